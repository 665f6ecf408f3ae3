//! The endpoint rules, compiled to Rust, and their cases as tests.

mod case;
mod expression;
mod rule;
mod usage;

use proc_macro2::TokenStream;
use quote::quote;

use crate::format::{Source, comment};
use crate::ir::Service;
use crate::ir::endpoint::{Literal, Parameter, ParameterPresence, RuleSet, Setting, ValueType};

pub(super) use case::tests;

/// Returns `true` if callers have parameters to give, and so documentation to read.
pub(super) fn has_parameters(service: &Service) -> bool {
    let mut parameters = service.endpoint.parameters.iter();
    parameters.any(|parameter| parameter.set_by.is_some())
}

/// Returns the module with the parameters and the rules.
pub(super) fn endpoint(service: &Service) -> Source {
    let parameters = &service.endpoint.parameters;
    Source::new(format!("The endpoint rules of {}.", service.title))
        .item(definition(parameters))
        .items(default(parameters))
        .item(from_settings(parameters))
        .item(resolve(&service.endpoint))
}

fn definition(parameters: &[Parameter]) -> TokenStream {
    let fields = parameters.iter().map(|parameter| {
        let (field, docs) = (&parameter.field, comment(&parameter.docs));
        let ty = field_type(parameter);
        quote! { #docs pub #field: #ty, }
    });
    let default = has_plain_default(parameters).then(|| quote! { Default, });
    quote! {
        /// The parameters of the endpoint rules.
        #[derive(Debug, Clone, #default PartialEq, Eq)]
        #[non_exhaustive]
        pub struct Params { #(#fields)* }
    }
}

fn field_type(parameter: &Parameter) -> TokenStream {
    let ty = match parameter.ty {
        ValueType::Boolean => quote! { bool },
        ValueType::StringArray => quote! { Vec<String> },
        _ => quote! { String },
    };
    super::optional(ty, is_optional(parameter))
}

/// Returns `true` if the field of a parameter may have no value.
fn is_optional(parameter: &Parameter) -> bool {
    !matches!(parameter.presence, ParameterPresence::Default(_))
}

/// Returns `true` if every parameter is absent or false if it is not given.
fn has_plain_default(parameters: &[Parameter]) -> bool {
    parameters
        .iter()
        .all(|parameter| match &parameter.presence {
            ParameterPresence::Default(value) => *value == Literal::Boolean(false),
            ParameterPresence::Optional | ParameterPresence::Required(_) => true,
        })
}

fn default(parameters: &[Parameter]) -> Option<TokenStream> {
    if has_plain_default(parameters) {
        return None;
    }
    let fields = parameters.iter().map(|parameter| {
        let field = &parameter.field;
        let value = match &parameter.presence {
            ParameterPresence::Default(value) => constant(value),
            ParameterPresence::Optional | ParameterPresence::Required(_) => quote! { None },
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

/// Returns a constant as the value of a field.
fn constant(value: &Literal) -> TokenStream {
    match value {
        Literal::Boolean(value) => quote! { #value },
        Literal::String(value) if value.is_empty() => quote! { String::new() },
        Literal::String(value) => quote! { #value.to_owned() },
        Literal::StringArray(values) => quote! { vec![#(#values.to_owned()),*] },
        Literal::Integer(value) => quote! { #value },
    }
}

fn from_settings(parameters: &[Parameter]) -> TokenStream {
    let fields = parameters.iter().map(|parameter| {
        let (field, value) = (&parameter.field, setting(parameter));
        quote! { #field: #value }
    });
    let is_given = |parameter: &Parameter| parameter.set_by.is_some();
    let given = parameters.iter().any(is_given).then(|| {
        quote! { let given = &settings.parameters; }
    });
    let may_be_left_out = |parameter: &Parameter| {
        let is_flag = parameter.setting.is_some() && parameter.ty == ValueType::Boolean;
        !is_optional(parameter) && !is_flag
    };
    let defaults = parameters.iter().any(may_be_left_out).then(|| {
        quote! { let defaults = Params::default(); }
    });
    let settings = if parameters.is_empty() {
        quote! { _ }
    } else {
        quote! { settings }
    };
    quote! {
        /// Resolves the endpoint for the settings of a client.
        pub(super) fn from_settings(#settings: &::smithy_reqwest::endpoint::EndpointSettings) -> Result<::smithy_reqwest::endpoint::Endpoint, ::smithy_reqwest::endpoint::EndpointError> {
            #given
            #defaults
            let params = Params { #(#fields),* };
            resolve(&params)
        }
    }
}

/// Returns the value of a parameter, out of the settings of a client.
fn setting(parameter: &Parameter) -> TokenStream {
    let name = &parameter.name;
    let given = parameter.set_by.map(|_| match parameter.ty {
        ValueType::Boolean => quote! { given.boolean(#name)? },
        ValueType::StringArray => quote! { given.string_array(#name)? },
        _ => quote! { given.string(#name)? },
    });
    let optional = match (parameter.setting, given) {
        (Some(Setting::UseFips), given) => {
            return flag(parameter, given, &quote! { settings.use_fips });
        }
        (Some(Setting::UseDualStack), given) => {
            return flag(parameter, given, &quote! { settings.use_dual_stack });
        }
        (Some(text), given) => {
            let text = if text == Setting::Region {
                quote! { settings.region.clone() }
            } else {
                quote! { settings.endpoint_url.clone() }
            };
            given.map_or(text.clone(), |given| quote! { #given.or_else(|| #text) })
        }
        (None, given) => given.unwrap_or_else(|| quote! { None }),
    };
    if is_optional(parameter) {
        optional
    } else {
        let field = &parameter.field;
        quote! { #optional.unwrap_or(defaults.#field) }
    }
}

/// Returns the value of a parameter that a setting always has.
fn flag(parameter: &Parameter, given: Option<TokenStream>, flag: &TokenStream) -> TokenStream {
    let value = given.map_or(flag.clone(), |given| quote! { #given.unwrap_or(#flag) });
    if is_optional(parameter) {
        quote! { Some(#value) }
    } else {
        value
    }
}

fn resolve(rules: &RuleSet) -> TokenStream {
    let ignores = rules
        .parameters
        .is_empty()
        .then(|| quote! { let _ = params; });
    let required = rules
        .parameters
        .iter()
        .filter_map(|parameter| rule::required(parameter, &rules.rules));
    let statements = rule::statements(&rules.rules, true);
    let function = quote! {
        pub fn resolve(params: &Params) -> Result<::smithy_reqwest::endpoint::Endpoint, ::smithy_reqwest::endpoint::EndpointError> {
            #ignores
            #(#required)*
            #statements
        }
    };
    quote! {
        /// Resolves the endpoint for these parameters.
        ///
        /// # Errors
        ///
        /// Parameters that contradict each other, in the words of the rules.
        #[doc(hidden)]
        #function
    }
}
