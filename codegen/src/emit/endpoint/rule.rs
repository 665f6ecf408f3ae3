//! Endpoint rules, as statements.

use proc_macro2::TokenStream;
use quote::quote;

use super::expression::Emitter;
use crate::ir::endpoint::{
    AuthScheme, Condition, EndpointItem, Expression, Outcome, Property, Rule, Storage,
};

impl Emitter {
    /// Emits rules as statements. At the end of a function, the last value is left without
    /// `return`.
    pub(super) fn rules(&mut self, rules: &[Rule], at_end: bool) -> TokenStream {
        let mut statements = TokenStream::new();
        for (index, rule) in rules.iter().enumerate() {
            let rest = rules.get(index..).unwrap_or_default();
            if let Some(guard) = self.guard(rest, at_end) {
                statements.extend(guard);
                return statements;
            }
            statements.extend(self.guarded(&rule.conditions, &rule.outcome, at_end));
            if is_unconditional(rule) {
                return statements;
            }
        }
        statements.extend(no_match(at_end));
        statements
    }

    /// Emits the last rules of a list if they are nested rules under one condition, and otherwise
    /// an error. The error comes first, so that the nested rules are not indented.
    fn guard(&mut self, rules: &[Rule], at_end: bool) -> Option<TokenStream> {
        let (rule, error) = match rules {
            [rule] => (rule, None),
            [rule, last] if last.conditions.is_empty() => match &last.outcome {
                error @ Outcome::Error(_) => (rule, Some(error)),
                _ => return None,
            },
            _ => return None,
        };
        let (Outcome::Rules(rules), [condition]) = (&rule.outcome, rule.conditions.as_slice())
        else {
            return None;
        };
        let error = match error {
            Some(error) => self.outcome(error, false),
            None => no_match(false),
        };
        match condition {
            Condition::Let(..) => None,
            Condition::HasValue(name, given) => {
                let rest = self.rules(rules, at_end);
                if self.declare(name) {
                    let given = self.value(given);
                    return Some(quote! { let Some(#name) = #given else { #error }; #rest });
                }
                let given = self.place(given);
                Some(quote! { if #given.is_none() { #error } #rest })
            }
            Condition::IsTrue(holds) => {
                let rest = self.rules(rules, at_end);
                let fails = self.place(&holds.clone().negated());
                Some(quote! { if #fails { #error } #rest })
            }
        }
    }

    /// Emits the outcome of conditions. A condition that declares a name separates the conditions
    /// before it from those after it.
    fn guarded(
        &mut self,
        conditions: &[Condition],
        outcome: &Outcome,
        at_end: bool,
    ) -> TokenStream {
        let is_name = |condition: &Condition| matches!(condition, Condition::Let(..));
        let at = conditions.iter().position(is_name);
        let (before, from_name) = conditions.split_at(at.unwrap_or(conditions.len()));
        let at_end = at_end && before.is_empty();
        let then = match from_name {
            [Condition::Let(name, made), rest @ ..] => {
                let rest = self.guarded(rest, outcome, at_end);
                let declaration = self.declare(name).then(|| {
                    let made = self.value(made);
                    quote! { let #name = #made; }
                });
                quote! { #declaration #rest }
            }
            _ => self.outcome(outcome, at_end),
        };
        if before.is_empty() {
            return then;
        }
        let from_last = before.iter().rev().map(|it| self.condition(it));
        let mut chain: Vec<TokenStream> = from_last.collect();
        chain.reverse();
        quote! { if #(#chain)&&* { #then } }
    }

    fn condition(&mut self, condition: &Condition) -> TokenStream {
        match condition {
            Condition::HasValue(name, given) if self.declare(name) => {
                let given = self.value(given);
                quote! { let Some(#name) = #given }
            }
            Condition::HasValue(_, given) => {
                let given = self.place(given);
                quote! { #given.is_some() }
            }
            Condition::IsTrue(value) | Condition::Let(_, value) => self.place(value),
        }
    }

    fn outcome(&mut self, outcome: &Outcome, at_end: bool) -> TokenStream {
        let (statement, result) = match outcome {
            Outcome::Rules(rules) => return self.rules(rules, at_end),
            Outcome::Error(reason) => self.error(reason),
            Outcome::Endpoint(url @ Expression::Template(_), items) if items.is_empty() => {
                let url = self.value(url);
                let result = quote! { Ok(::smithy_reqwest::endpoint::Endpoint::new(url)) };
                (Some(quote! { let url = #url; }), result)
            }
            Outcome::Endpoint(url, items) => {
                let endpoint = self.endpoint(url, items);
                if items.is_empty() {
                    (None, quote! { Ok(#endpoint) })
                } else {
                    let statement = quote! { let endpoint = #endpoint; };
                    (Some(statement), quote! { Ok(endpoint) })
                }
            }
        };
        if at_end {
            quote! { #statement #result }
        } else {
            quote! { #statement return #result; }
        }
    }

    fn error(&mut self, reason: &Expression) -> (Option<TokenStream>, TokenStream) {
        let (statement, reason) = match reason {
            Expression::Template(_) => {
                let reason = self.value(reason);
                (Some(quote! { let reason = #reason; }), quote! { reason })
            }
            Expression::String(_) | Expression::Variable(_, Storage::OwnedString) => {
                (None, self.place(reason))
            }
            _ => {
                let reason = self.value(reason);
                (None, quote! { #reason.to_owned() })
            }
        };
        let result = quote! { ::smithy_reqwest::endpoint::refuse(#reason) };
        (statement, result)
    }

    pub(super) fn endpoint(&mut self, url: &Expression, items: &[EndpointItem]) -> TokenStream {
        let url = self.value(url);
        let items = items.iter().map(|item| self.item(item));
        quote! { ::smithy_reqwest::endpoint::Endpoint::new(#url) #(#items)* }
    }

    /// Returns the method call that adds an item to an endpoint.
    fn item(&mut self, item: &EndpointItem) -> TokenStream {
        match item {
            EndpointItem::Header(name, values) => {
                let values = self.list(values);
                quote! { .header(#name, #values) }
            }
            EndpointItem::AuthScheme(scheme) => {
                let scheme = self.auth_scheme(scheme);
                quote! { .auth_scheme(#scheme) }
            }
            EndpointItem::Property(name, value) => {
                let value = self.property(value);
                quote! { .property(#name, #value) }
            }
        }
    }

    /// Returns an array of references to values.
    fn list(&mut self, values: &[Expression]) -> TokenStream {
        let values = values.iter().map(|expression| {
            let value = self.value(expression);
            if expression.storage() == Storage::OwnedString {
                quote! { #value.as_str() }
            } else {
                value
            }
        });
        quote! { [#(#values),*] }
    }

    fn auth_scheme(&mut self, scheme: &AuthScheme) -> TokenStream {
        let name = self.value(&scheme.name);
        let mut setters = TokenStream::new();
        if let Some(name) = &scheme.signing_name {
            let name = self.value(name);
            setters.extend(quote! { .signing_name(#name) });
        }
        if let Some(region) = &scheme.signing_region {
            let region = self.value(region);
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
        quote! { ::smithy_reqwest::endpoint::AuthScheme::new(#name) #setters }
    }

    fn property(&mut self, property: &Property) -> TokenStream {
        match property {
            Property::Boolean(value) => quote! { #value },
            Property::Text(text) => self.value(text),
            Property::List(values) => {
                let values = values.iter().map(|value| self.property(value));
                quote! { ::smithy_reqwest::Document::Array(vec![#(#values.into()),*]) }
            }
            Property::Object(entries) => {
                let entries = entries.iter().map(|(name, value)| {
                    let value = self.property(value);
                    quote! { .property(#name, #value) }
                });
                quote! { ::smithy_reqwest::endpoint::Properties::new() #(#entries)* }
            }
        }
    }
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
