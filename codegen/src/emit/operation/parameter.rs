//! Endpoint parameters of operations.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::Operation;
use crate::ir::endpoint::{Literal, MemberPath, ParameterBinding, ParameterSource, Part};
use crate::name::{self, Ident, Scope};

/// Returns the method that gives the parameters; nothing if the operation gives none.
pub(super) fn endpoint_parameters(operation: &Operation) -> Option<TokenStream> {
    let bindings = &operation.parameters;
    let url = operation.endpoint_url.as_ref();
    if bindings.is_empty() && url.is_none() {
        return None;
    }
    let url = url.map(|member| quote! { parameters.set_url(&self.#member); });
    let statements = bindings.iter().map(statement);
    Some(quote! {
        fn endpoint_parameters(
            &self,
            parameters: &mut ::smithy_reqwest::endpoint::EndpointParameters,
        ) -> Result<(), ::smithy_reqwest::InvalidRequest> {
            #(#statements)*
            #url
            Ok(())
        }
    })
}

fn statement(binding: &ParameterBinding) -> TokenStream {
    let parameter = &binding.parameter;
    let path = match &binding.source {
        ParameterSource::Constant(value) => {
            let value = constant(value);
            return quote! { parameters.set(#parameter, #value); };
        }
        ParameterSource::Required(model_name, member) => {
            return quote! {
                ::smithy_reqwest::operation::check_not_blank(#model_name, &self.#member)?;
                parameters.set(#parameter, self.#member.as_str());
            };
        }
        ParameterSource::Request(path) => path,
    };
    let mut scope = Scope::default();
    for name in ["parameters", "values"] {
        scope.claim(Ident::new(name));
    }
    let mut walk = Walk { parameter, scope };
    let request = ValueExpression {
        tokens: quote! { self },
        is_reference: true,
    };
    walk.follow(path, &request, Vec::new(), false)
}

fn constant(value: &Literal) -> TokenStream {
    match value {
        Literal::Boolean(value) => quote! { #value },
        Literal::String(value) => quote! { #value },
        Literal::StringArray(values) if values.is_empty() => quote! { Vec::new() },
        Literal::StringArray(values) => quote! { vec![#(#values.to_owned()),*] },
    }
}

/// An expression for a value on the path.
struct ValueExpression {
    tokens: TokenStream,
    is_reference: bool,
}

impl ValueExpression {
    fn by_reference(&self) -> TokenStream {
        let tokens = &self.tokens;
        if self.is_reference {
            quote! { #tokens }
        } else {
            quote! { &#tokens }
        }
    }
}

/// A walk along the path to a parameter.
struct Walk<'p> {
    parameter: &'p str,
    scope: Scope,
}

impl Walk<'_> {
    /// Returns the statements for the rest of a path. The conditions so far become those of one
    /// `if`, and `is_one` is `true` if the value is one of several.
    fn follow(
        &mut self,
        path: &MemberPath,
        place: &ValueExpression,
        mut conditions: Vec<TokenStream>,
        is_one: bool,
    ) -> TokenStream {
        let tokens = &place.tokens;
        let statements = match path {
            MemberPath::Member {
                name,
                optional: false,
                then,
            } => {
                let member = ValueExpression {
                    tokens: quote! { #tokens.#name },
                    is_reference: false,
                };
                return self.follow(then, &member, conditions, is_one);
            }
            MemberPath::Member { name, then, .. } => {
                let variable = self.scope.claim(name.clone());
                conditions.push(quote! { let Some(#variable) = &#tokens.#name });
                return self.follow(then, &reference(&variable), conditions, is_one);
            }
            MemberPath::Variant {
                union,
                name,
                boxed,
                then,
            } => {
                let variable = self.scope.claim(name::member_name(&name.to_string()));
                let value = match (boxed, place.is_reference) {
                    (true, true) => quote! { &**#tokens },
                    (true, false) => quote! { &*#tokens },
                    (false, _) => place.by_reference(),
                };
                conditions.push(quote! { let crate::types::#union::#name(#variable) = #value });
                return self.follow(then, &reference(&variable), conditions, is_one);
            }
            MemberPath::Text if is_one => quote! { values.push(#tokens.clone()); },
            MemberPath::Enumeration if is_one => {
                quote! { values.push(#tokens.as_str().to_owned()); }
            }
            MemberPath::Text | MemberPath::Enumeration => self.set(&quote! { #tokens.as_str() }),
            MemberPath::Boolean if place.is_reference => self.set(&quote! { *#tokens }),
            MemberPath::Boolean => self.set(&quote! { #tokens }),
            MemberPath::Each { part, sparse, then } => {
                self.each(*part, *sparse, then, place, is_one)
            }
            MemberPath::Several(paths) => {
                let mut follow = |path| self.follow(path, place, Vec::new(), true);
                let several = paths.iter().map(&mut follow).collect();
                self.list(several, is_one)
            }
        };
        if conditions.is_empty() {
            statements
        } else {
            quote! { if #(#conditions)&&* { #statements } }
        }
    }

    fn each(
        &mut self,
        part: Part,
        sparse: bool,
        then: &MemberPath,
        place: &ValueExpression,
        is_one: bool,
    ) -> TokenStream {
        let tokens = &place.tokens;
        let (name, all) = match part {
            Part::Elements if sparse => ("item", quote! { #tokens.iter() }),
            Part::Elements => ("item", place.by_reference()),
            Part::Values => ("value", quote! { #tokens.values() }),
            Part::Keys => ("key", quote! { #tokens.keys() }),
        };
        let present = sparse.then(|| quote! { .flatten() });
        let name = self.scope.claim(name::member_name(name));
        let body = self.follow(then, &reference(&name), Vec::new(), true);
        self.list(quote! { for #name in #all #present { #body } }, is_one)
    }

    /// Returns statements that add to the list, which they create and set unless they are part of a
    /// longer list.
    fn list(&self, statements: TokenStream, is_one: bool) -> TokenStream {
        if is_one {
            return statements;
        }
        let set = self.set(&quote! { values });
        quote! {
            let mut values = Vec::new();
            #statements
            #set
        }
    }

    fn set(&self, value: &TokenStream) -> TokenStream {
        let parameter = self.parameter;
        quote! { parameters.set(#parameter, #value); }
    }
}

fn reference(name: &Ident) -> ValueExpression {
    ValueExpression {
        tokens: quote! { #name },
        is_reference: true,
    }
}
