//! The endpoint rules, compiled to Rust, and their cases as tests.

mod case;
mod expression;
mod rule;

use proc_macro2::TokenStream;
use quote::quote;

use self::expression::Emitter;
use crate::format::{Source, comment};
use crate::ir::Service;
use crate::ir::endpoint::{Literal, Parameter, RuleSet, Setting, ValueType};

pub(super) use case::tests;

/// Returns `true` if callers can set parameters, so that the module is documented.
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
    super::optional(ty, parameter.default.is_none())
}

/// Returns `true` if every default is absent or `false`, so that `Default` can be derived.
fn has_plain_default(parameters: &[Parameter]) -> bool {
    let mut defaults = parameters.iter().filter_map(|it| it.default.as_ref());
    defaults.all(|default| *default == Literal::Boolean(false))
}

fn default(parameters: &[Parameter]) -> Option<TokenStream> {
    if has_plain_default(parameters) {
        return None;
    }
    let fields = parameters.iter().map(|Parameter { field, default, .. }| {
        let value = default.as_ref().map_or_else(|| quote! { None }, constant);
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
        Literal::StringArray(values) if values.is_empty() => quote! { Vec::new() },
        Literal::StringArray(values) => quote! { vec![#(#values.to_owned()),*] },
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
    let may_be_left_out =
        |parameter: &Parameter| parameter.default.is_some() && !parameter.is_flag();
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
    let Parameter { name, field, .. } = parameter;
    let given = parameter.set_by.map(|_| match parameter.ty {
        ValueType::Boolean => quote! { given.boolean(#name)? },
        ValueType::StringArray => quote! { given.string_array(#name)? },
        _ => quote! { given.string(#name)? },
    });
    let setting = parameter.setting.map(|setting| match setting {
        Setting::Region => quote! { settings.region.clone() },
        Setting::Endpoint => quote! { settings.endpoint_url.clone() },
        Setting::UseFips => quote! { settings.use_fips },
        Setting::UseDualStack => quote! { settings.use_dual_stack },
    });
    let is_flag = parameter.is_flag();
    let value = match (given, setting) {
        (Some(given), Some(flag)) if is_flag => quote! { #given.unwrap_or(#flag) },
        (Some(given), Some(text)) => quote! { #given.or_else(|| #text) },
        // Exactly one of the two is present.
        (given, setting) => quote! { #given #setting },
    };
    match (is_flag, &parameter.default) {
        (true, None) => quote! { Some(#value) },
        (true, Some(_)) | (false, None) => value,
        (false, Some(_)) => quote! { #value.unwrap_or(defaults.#field) },
    }
}

fn resolve(rules: &RuleSet) -> TokenStream {
    let is_empty = rules.parameters.is_empty();
    let ignores = is_empty.then(|| quote! { let _ = params; });
    let statements = Emitter::default().rules(&rules.rules, true);
    quote! {
        /// Resolves the endpoint for these parameters.
        ///
        /// # Errors
        ///
        /// Parameters that contradict each other, in the words of the rules.
        #[doc(hidden)]
        pub fn resolve(params: &Params) -> Result<::smithy_reqwest::endpoint::Endpoint, ::smithy_reqwest::endpoint::EndpointError> {
            #ignores
            #statements
        }
    }
}
