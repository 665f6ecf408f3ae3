//! Endpoint rules, as statements.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::expression::{Names, place, value};
use super::usage;
use crate::ir::endpoint::{
    AuthScheme, Condition, EndpointItem, Expression, Outcome, Parameter, ParameterPresence,
    Property, Rule, Storage,
};
use crate::name::Ident;

/// Returns the statement that refuses to go on without a parameter that is required.
pub(super) fn required(parameter: &Parameter, rules: &[Rule]) -> Option<TokenStream> {
    let ParameterPresence::Required(name) = &parameter.presence else {
        return None;
    };
    let reason = format!("the endpoint parameter `{}` is required", parameter.name);
    let given = Expression::Parameter {
        field: parameter.field.clone(),
        ty: parameter.ty,
        optional: true,
    };
    let mut is_used = false;
    usage::in_rules(rules, &mut |value| {
        is_used |= variable(value).as_ref() == Some(name);
    });
    Some(if is_used {
        let given = value(&given);
        quote! {
            let Some(#name) = #given else {
                return ::smithy_reqwest::endpoint::refuse(#reason);
            };
        }
    } else {
        let given = place(&given);
        quote! {
            if #given.is_none() {
                return ::smithy_reqwest::endpoint::refuse(#reason);
            }
        }
    })
}

/// Returns the statements of rules; those of a function's end leave the last value without
/// `return`.
pub(super) fn statements(rules: &[Rule], at_end: bool) -> TokenStream {
    let mut statements = TokenStream::new();
    for (index, rule) in rules.iter().enumerate() {
        let rest = rules.get(index..).unwrap_or_default();
        if let Some(guard) = guard(rest, at_end) {
            statements.extend(guard);
            return statements;
        }
        statements.extend(guarded(&rule.conditions, &rule.outcome, at_end));
        if is_unconditional(rule) {
            return statements;
        }
    }
    statements.extend(no_match(at_end));
    statements
}

fn is_unconditional(rule: &Rule) -> bool {
    let mut conditions = rule.conditions.iter();
    conditions.all(|condition| matches!(condition, Condition::Let(..)))
}

fn no_match(at_end: bool) -> TokenStream {
    let no_match =
        quote! { ::smithy_reqwest::endpoint::refuse(::smithy_reqwest::endpoint::NO_MATCH) };
    if at_end {
        no_match
    } else {
        quote! { return #no_match; }
    }
}

/// Returns the last rules of a list, if they are more rules under one condition, and else an error:
/// the error comes first, so that the rules need not be deeper than the condition.
fn guard(rules: &[Rule], at_end: bool) -> Option<TokenStream> {
    let (rule, error) = match rules {
        [rule] => (rule, no_match(false)),
        [rule, last] if last.conditions.is_empty() => match &last.outcome {
            error @ Outcome::Error(_) => (rule, outcome(error, false)),
            _ => return None,
        },
        _ => return None,
    };
    let (Outcome::Rules(rules), [condition]) = (&rule.outcome, rule.conditions.as_slice()) else {
        return None;
    };
    let fails = match condition {
        Condition::Let(..) => return None,
        Condition::HasValue(name, given) if usage::uses(&[], &rule.outcome, name) => {
            let given = value(given);
            let rest = statements(rules, at_end);
            return Some(quote! {
                let Some(#name) = #given else { #error };
                #rest
            });
        }
        Condition::HasValue(_, given) => {
            let given = place(given);
            quote! { #given.is_none() }
        }
        Condition::IsTrue(Expression::Not(holds)) => place(holds),
        Condition::IsTrue(holds) => place(&Expression::Not(Box::new(holds.clone()))),
    };
    let rest = statements(rules, at_end);
    Some(quote! {
        if #fails { #error }
        #rest
    })
}

/// Emits the outcome of conditions. A condition that declares a name separates the conditions
/// before it from those after it.
fn guarded(conditions: &[Condition], outcome: &Outcome, at_end: bool) -> TokenStream {
    let is_name = |condition: &Condition| matches!(condition, Condition::Let(..));
    let at = conditions.iter().position(is_name);
    let (before, from_name) = conditions.split_at(at.unwrap_or(conditions.len()));
    let at_end = at_end && before.is_empty();
    let then = match from_name {
        [Condition::Let(name, made), rest @ ..] => {
            let binding = usage::uses(rest, outcome, name).then(|| named(name, made));
            let rest = guarded(rest, outcome, at_end);
            quote! { #binding #rest }
        }
        _ => self::outcome(outcome, at_end),
    };
    if before.is_empty() {
        return then;
    }
    let chain = before.iter().enumerate().map(|(index, condition)| {
        let rest = conditions.get(index + 1..).unwrap_or_default();
        self::condition(condition, rest, outcome)
    });
    quote! { if #(#chain)&&* { #then } }
}

/// Returns the statement that gives a value a name.
fn named(name: &Ident, made: &Expression) -> TokenStream {
    let mut used = BTreeSet::new();
    usage::in_expression(made, &mut |value| used.extend(variable(value)));
    let (bindings, value) = Names::beside(used).made(made);
    if bindings.is_empty() {
        quote! { let #name = #value; }
    } else {
        quote! { let #name = { #bindings #value }; }
    }
}

fn variable(value: &Expression) -> Option<Ident> {
    match value {
        Expression::Variable(name, _) => Some(name.clone()),
        _ => None,
    }
}

/// Returns a condition, followed by others.
fn condition(condition: &Condition, rest: &[Condition], outcome: &Outcome) -> TokenStream {
    match condition {
        Condition::HasValue(name, given) if usage::uses(rest, outcome, name) => {
            let given = value(given);
            quote! { let Some(#name) = #given }
        }
        Condition::HasValue(_, given) => {
            let given = place(given);
            quote! { #given.is_some() }
        }
        Condition::IsTrue(value) | Condition::Let(_, value) => place(value),
    }
}

fn outcome(outcome: &Outcome, at_end: bool) -> TokenStream {
    let mut used = BTreeSet::new();
    usage::in_outcome(outcome, &mut |value| used.extend(variable(value)));
    let names = Names::beside(used);
    let (bindings, value) = match outcome {
        Outcome::Rules(rules) => return statements(rules, at_end),
        Outcome::Error(text) => error(text, names),
        Outcome::Endpoint(url, items) => endpoint(url, items, names),
    };
    if at_end {
        quote! { #bindings #value }
    } else {
        quote! { #bindings return #value; }
    }
}

fn error(text: &Expression, mut names: Names) -> (TokenStream, TokenStream) {
    let (mut bindings, reason) = names.made(text);
    let reason = match text {
        Expression::Literal(_) => reason,
        Expression::Variable(name, Storage::OwnedString) => quote! { #name },
        Expression::Template(_) => {
            let name = names.claim("reason");
            bindings.extend(quote! { let #name = #reason; });
            quote! { #name }
        }
        _ => quote! { #reason.to_owned() },
    };
    (
        bindings,
        quote! { ::smithy_reqwest::endpoint::refuse(#reason) },
    )
}

fn endpoint(url: &Expression, items: &[EndpointItem], names: Names) -> (TokenStream, TokenStream) {
    let mut parts = Parts {
        names,
        bindings: TokenStream::new(),
    };
    let url = match url {
        Expression::Variable(name, _) => quote! { #name },
        url => {
            let url = parts.made(url);
            let name = parts.names.claim_first(&["url", "endpoint_url"]);
            parts.bindings.extend(quote! { let #name = #url; });
            quote! { #name }
        }
    };
    let items: Vec<TokenStream> = items.iter().map(|item| parts.item(item)).collect();
    let mut bindings = parts.bindings;
    if items.is_empty() {
        return (
            bindings,
            quote! { Ok(::smithy_reqwest::endpoint::Endpoint::new(#url)) },
        );
    }
    bindings.extend(
        quote! { let endpoint = ::smithy_reqwest::endpoint::Endpoint::new(#url) #(#items)*; },
    );
    (bindings, quote! { Ok(endpoint) })
}

/// The parts of an endpoint, after the statements that they need.
pub(super) struct Parts {
    pub(super) names: Names,
    pub(super) bindings: TokenStream,
}

impl Parts {
    fn made(&mut self, value: &Expression) -> TokenStream {
        let (bindings, value) = self.names.made(value);
        self.bindings.extend(bindings);
        value
    }

    /// Values in one list, which are all references.
    fn list(&mut self, values: &[Expression]) -> TokenStream {
        let mut references = Vec::new();
        for expression in values {
            references.push(if expression.is_made() {
                let made = self.made(expression);
                let name: Ident = self.names.claim("text");
                self.bindings.extend(quote! { let #name = #made; });
                quote! { #name.as_str() }
            } else {
                value(expression)
            });
        }
        quote! { [#(#references),*] }
    }

    /// Returns the call that gives an endpoint one more item.
    pub(super) fn item(&mut self, item: &EndpointItem) -> TokenStream {
        match item {
            EndpointItem::Header(name, values) => {
                let values = self.list(values);
                quote! { .header(#name, #values) }
            }
            EndpointItem::AuthScheme(scheme) => self.auth_scheme(scheme),
            EndpointItem::Property(name, value) => {
                let value = self.property(name, value);
                quote! { .property(#name, #value) }
            }
        }
    }

    fn auth_scheme(&mut self, scheme: &AuthScheme) -> TokenStream {
        let name = self.made(&scheme.name);
        let mut setters = TokenStream::new();
        if let Some(name) = &scheme.signing_name {
            let name = self.made(name);
            setters.extend(quote! { .signing_name(#name) });
        }
        if let Some(region) = &scheme.signing_region {
            let region = self.made(region);
            setters.extend(quote! { .signing_region(#region) });
        }
        if !scheme.signing_region_set.is_empty() {
            let regions = self.list(&scheme.signing_region_set);
            setters.extend(quote! { .signing_region_set(#regions) });
        }
        if scheme.disable_double_encoding {
            setters.extend(quote! { .disable_double_encoding(true) });
        }
        if scheme.disable_normalize_path {
            setters.extend(quote! { .disable_normalize_path(true) });
        }
        let variable = self.names.claim("scheme");
        self.bindings.extend(
            quote! { let #variable = ::smithy_reqwest::endpoint::AuthScheme::new(#name) #setters; },
        );
        quote! { .auth_scheme(#variable) }
    }

    /// Returns the value of a property, which gets a name if it is more than a word.
    fn property(&mut self, name: &str, property: &Property) -> TokenStream {
        let value = match property {
            Property::Boolean(value) => return quote! { #value },
            Property::Text(text) if !text.is_made() => return value(text),
            Property::Text(text) => self.made(text),
            Property::List(values) => {
                let values: Vec<_> = values.iter().map(|it| self.property(name, it)).collect();
                quote! { ::smithy_reqwest::Document::Array(vec![#(#values.into()),*]) }
            }
            Property::Object(entries) => {
                let entries = entries.iter().map(|(name, value)| {
                    let value = self.property(name, value);
                    quote! { .property(#name, #value) }
                });
                let entries: Vec<_> = entries.collect();
                quote! { ::smithy_reqwest::endpoint::Properties::new() #(#entries)* }
            }
        };
        let variable = self.names.claim(name);
        self.bindings.extend(quote! { let #variable = #value; });
        quote! { #variable }
    }
}
