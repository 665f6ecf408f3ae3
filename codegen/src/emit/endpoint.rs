//! The endpoint rules, compiled to Rust, and their cases as tests.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::docs;
use crate::format::Source;
use crate::ir::{
    Condition, EndpointCase, Expression, Literal, Outcome, Parameter, Rule, Service, Setting,
    TemplatePart, ValueType,
};
use crate::name::{self, Scope};

/// The module with the parameters and the rules.
pub(super) fn endpoint(service: &Service) -> Source {
    let parameters = &service.endpoint.parameters;
    let rules = statements(&service.endpoint.rules, true);
    let ignores = parameters.is_empty().then(|| quote! { let _ = params; });
    Source::new(format!(
        "Where requests to {} go: its endpoint rules.",
        service.title
    ))
    .item(definition(parameters))
    .items(setters(parameters))
    .items(default(parameters))
    .item(from_settings(parameters))
    .item(quote! {
        /// The endpoint for these parameters.
        ///
        /// # Errors
        ///
        /// Parameters that contradict each other, in the words of the rules.
        pub fn resolve(params: &Params) -> Result<Endpoint, EndpointError> {
            #ignores
            #rules
        }
    })
}

fn definition(parameters: &[Parameter]) -> TokenStream {
    let fields = parameters.iter().map(|parameter| {
        let (field, docs) = (&parameter.field, docs(&parameter.docs, 1));
        let ty = field_type(parameter);
        quote! { #docs pub #field: #ty, }
    });
    let default = has_plain_default(parameters).then(|| quote! { Default, });
    quote! {
        /// What the endpoint depends on.
        #[derive(Debug, Clone, #default PartialEq, Eq)]
        #[non_exhaustive]
        pub struct Params { #(#fields)* }
    }
}

fn field_type(parameter: &Parameter) -> TokenStream {
    match parameter.setting {
        Setting::Region | Setting::Endpoint => quote! { Option<String> },
        Setting::UseFips | Setting::UseDualStack => quote! { bool },
    }
}

fn setters(parameters: &[Parameter]) -> Option<TokenStream> {
    let setters = parameters.iter().map(|parameter| {
        let (field, docs) = (&parameter.field, docs(&parameter.docs, 1));
        let (ty, value) = match parameter.setting {
            Setting::Region | Setting::Endpoint => {
                (quote! { impl Into<String> }, quote! { Some(#field.into()) })
            }
            Setting::UseFips | Setting::UseDualStack => (quote! { bool }, quote! { #field }),
        };
        quote! {
            #docs
            #[must_use]
            pub fn #field(mut self, #field: #ty) -> Self {
                self.#field = #value;
                self
            }
        }
    });
    let setters: Vec<TokenStream> = setters.collect();
    (!setters.is_empty()).then(|| quote! { impl Params { #(#setters)* } })
}

/// Whether every parameter is absent or false where it is not given.
fn has_plain_default(parameters: &[Parameter]) -> bool {
    let mut defaults = parameters
        .iter()
        .filter_map(|parameter| parameter.default.as_ref());
    defaults.all(|default| *default == Literal::Boolean(false))
}

fn default(parameters: &[Parameter]) -> Option<TokenStream> {
    if has_plain_default(parameters) {
        return None;
    }
    let fields = parameters.iter().map(|parameter| {
        let field = &parameter.field;
        let value = match (&parameter.default, parameter.setting) {
            (Some(Literal::Boolean(value)), _) => quote! { #value },
            (Some(Literal::String(value)), _) => quote! { Some(#value.to_owned()) },
            (None, Setting::Region | Setting::Endpoint) => quote! { None },
            (None, Setting::UseFips | Setting::UseDualStack) => quote! { false },
        };
        quote! { #field: #value }
    });
    Some(quote! {
        impl Default for Params {
            fn default() -> Self {
                Self { #(#fields),* }
            }
        }
    })
}

fn from_settings(parameters: &[Parameter]) -> TokenStream {
    let fields = parameters.iter().map(|parameter| {
        let field = &parameter.field;
        let value = match parameter.setting {
            Setting::Region => quote! { settings.region.clone() },
            Setting::Endpoint => quote! { settings.endpoint_url.clone() },
            Setting::UseFips => quote! { settings.use_fips },
            Setting::UseDualStack => quote! { settings.use_dual_stack },
        };
        quote! { #field: #value }
    });
    let settings = if parameters.is_empty() {
        quote! { _ }
    } else {
        quote! { settings }
    };
    quote! {
        /// The endpoint for the settings of a client.
        pub(super) fn from_settings(#settings: &EndpointSettings) -> Result<Endpoint, EndpointError> {
            let params = Params { #(#fields),* };
            resolve(&params)
        }
    }
}

/// The statements of rules; those of a function's end leave the last value without `return`.
fn statements(rules: &[Rule], at_end: bool) -> TokenStream {
    let mut statements = TokenStream::new();
    for rule in rules {
        if rule.conditions.is_empty() {
            statements.extend(outcome(&rule.outcome, at_end));
            return statements;
        }
        let conditions = conditions(rule);
        let body = outcome(&rule.outcome, false);
        statements.extend(quote! { if #conditions { #body } });
    }
    let no_match = quote! { refuse(NO_MATCH) };
    statements.extend(if at_end {
        no_match
    } else {
        quote! { return #no_match; }
    });
    statements
}

fn outcome(outcome: &Outcome, at_end: bool) -> TokenStream {
    let (bindings, value) = match outcome {
        Outcome::Rules(rules) => return statements(rules, at_end),
        Outcome::Error(text) => {
            let (bindings, text) = owned(text);
            (bindings, quote! { refuse(#text) })
        }
        Outcome::Endpoint {
            url,
            signing_name,
            signing_region,
        } => {
            let url_expression = url;
            let (mut bindings, mut url) = owned(url);
            let mut setter = |method: &str, value: &Option<Expression>| {
                let method = Ident::new(method, Span::call_site());
                let (more, value) = value.as_ref().map(owned)?;
                bindings.extend(more);
                Some(quote! { .#method(#value) })
            };
            let name = setter("signing_name", signing_name);
            let region = setter("signing_region", signing_region);
            if !matches!(url_expression, Expression::Variable(..)) {
                bindings.extend(quote! { let url = #url; });
                url = quote! { url };
            }
            if name.is_none() && region.is_none() {
                (bindings, quote! { Ok(Endpoint::new(#url)) })
            } else {
                bindings.extend(quote! { let endpoint = Endpoint::new(#url) #name #region; });
                (bindings, quote! { Ok(endpoint) })
            }
        }
    };
    if at_end {
        quote! { #bindings #value }
    } else {
        quote! { #bindings return #value; }
    }
}

/// The conditions of a rule, as those of one `if`.
fn conditions(rule: &Rule) -> TokenStream {
    let conditions = rule
        .conditions
        .iter()
        .enumerate()
        .map(|(index, condition)| match condition {
            Condition::IsTrue(value) => expression(value),
            Condition::HasNone(value) => {
                let value = possible(value);
                quote! { #value.is_none() }
            }
            Condition::HasValue(name, value) => {
                let rest = rule.conditions.get(index + 1..).unwrap_or_default();
                if rest.iter().any(|condition| condition_uses(condition, name))
                    || outcome_uses(&rule.outcome, name)
                {
                    let value = expression(value);
                    quote! { let Some(#name) = #value }
                } else {
                    let value = possible(value);
                    quote! { #value.is_some() }
                }
            }
        });
    quote! { #(#conditions)&&* }
}

/// A value that may be absent, where only that is of interest.
fn possible(value: &Expression) -> TokenStream {
    match value {
        Expression::Parameter(field, _) => quote! { params.#field },
        value => expression(value),
    }
}

fn expression(value: &Expression) -> TokenStream {
    match value {
        Expression::Literal(Literal::Boolean(value)) => quote! { #value },
        Expression::Literal(Literal::String(value)) => quote! { #value },
        Expression::Template(_) => {
            let (bindings, text) = owned(value);
            quote! { &{ #bindings #text } }
        }
        Expression::Parameter(field, ValueType::OptionalString) => {
            quote! { params.#field.as_deref() }
        }
        Expression::Parameter(field, _) => quote! { params.#field },
        Expression::Variable(name, _) => quote! { #name },
        Expression::Field(value, field, _) => {
            let value = expression(value);
            quote! { #value.#field }
        }
        Expression::Partition(region) => {
            let region = expression(region);
            quote! { partition(#region) }
        }
        Expression::Equal(left, right) => {
            let (left, right) = (expression(left), expression(right));
            quote! { #left == #right }
        }
        Expression::Not(value) => {
            if let Expression::Equal(left, right) = &**value {
                let (left, right) = (expression(left), expression(right));
                quote! { #left != #right }
            } else {
                let value = expression(value);
                quote! { !#value }
            }
        }
    }
}

/// Text as it is handed on: a constant, a name or a `format!`, with the names that this captures.
fn owned(text: &Expression) -> (TokenStream, TokenStream) {
    let Expression::Template(parts) = text else {
        return (TokenStream::new(), expression(text));
    };
    let mut format = String::new();
    let mut bindings = TokenStream::new();
    for part in parts {
        match part {
            TemplatePart::Literal(text) => {
                format.push_str(&text.replace('{', "{{").replace('}', "}}"));
            }
            TemplatePart::Value(Expression::Variable(name, _))
                if !name.to_string().starts_with("r#") =>
            {
                format.push_str(&format!("{{{name}}}"));
            }
            TemplatePart::Value(value) => {
                let name = match value {
                    Expression::Field(_, field, _) => field.clone(),
                    _ => Ident::new("value", Span::call_site()),
                };
                let value = expression(value);
                bindings.extend(quote! { let #name = #value; });
                format.push_str(&format!("{{{name}}}"));
            }
        }
    }
    (bindings, quote! { format!(#format) })
}

fn condition_uses(condition: &Condition, name: &Ident) -> bool {
    match condition {
        Condition::IsTrue(value) | Condition::HasNone(value) | Condition::HasValue(_, value) => {
            uses(value, name)
        }
    }
}

fn outcome_uses(outcome: &Outcome, name: &Ident) -> bool {
    match outcome {
        Outcome::Endpoint {
            url,
            signing_name,
            signing_region,
        } => [Some(url), signing_name.as_ref(), signing_region.as_ref()]
            .into_iter()
            .flatten()
            .any(|value| uses(value, name)),
        Outcome::Error(text) => uses(text, name),
        Outcome::Rules(rules) => rules.iter().any(|rule| {
            rule.conditions
                .iter()
                .any(|condition| condition_uses(condition, name))
                || outcome_uses(&rule.outcome, name)
        }),
    }
}

fn uses(value: &Expression, name: &Ident) -> bool {
    match value {
        Expression::Variable(variable, _) => variable == name,
        Expression::Literal(_) | Expression::Parameter(..) => false,
        Expression::Template(parts) => parts.iter().any(|part| match part {
            TemplatePart::Literal(_) => false,
            TemplatePart::Value(value) => uses(value, name),
        }),
        Expression::Field(value, ..) | Expression::Partition(value) | Expression::Not(value) => {
            uses(value, name)
        }
        Expression::Equal(left, right) => uses(left, name) || uses(right, name),
    }
}

/// The cases, each as a test; nothing where the model has none.
pub(super) fn tests(service: &Service, crate_name: &Ident) -> Option<Source> {
    if service.endpoint.cases.is_empty() {
        return None;
    }
    let mut source = Source::new("The endpoint cases.")
        .item(quote! { use #crate_name::endpoint::{Params, resolve}; })
        .item(quote! {
            fn expect_url(params: &Params, url: &str) {
                let found = resolve(params).map(|endpoint| endpoint.url);
                assert_eq!(found, Ok(url.to_owned()));
            }
        })
        .item(quote! {
            fn expect_error(params: &Params, error: &str) {
                let found = resolve(params).map_err(|error| error.to_string());
                assert_eq!(found.err().as_deref(), Some(error));
            }
        });
    let mut scope = Scope::default();
    for case in &service.endpoint.cases {
        source = source.item(test(case, &mut scope));
    }
    Some(source)
}

fn test(case: &EndpointCase, scope: &mut Scope) -> TokenStream {
    let name = scope.claim(name::member_name(&case.documentation));
    let setters = case.parameters.iter().map(|(field, value)| match value {
        Literal::Boolean(value) => quote! { .#field(#value) },
        Literal::String(value) => quote! { .#field(#value) },
    });
    let ignore = case.outdated.map(|reason| quote! { #[ignore = #reason] });
    let expect = match &case.expected {
        Ok(url) => quote! { expect_url(&params, #url); },
        Err(error) => quote! { expect_error(&params, #error); },
    };
    quote! {
        #[test]
        #ignore
        fn #name() {
            let params = Params::default() #(#setters)*;
            #expect
        }
    }
}
