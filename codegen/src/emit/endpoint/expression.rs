//! Expressions of endpoint rules.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use crate::ir::endpoint::{Expression, Function, Literal, Storage, TemplatePart, ValueType};
use crate::name::{Ident, Scope};

/// Returns an expression, of exactly its type: text is `&str`, a list `&[String]`.
pub(super) fn value(expression: &Expression) -> TokenStream {
    match expression {
        Expression::Variable(_, storage) | Expression::Field(_, _, storage) => {
            let place = place(expression);
            match storage {
                Storage::Plain => place,
                Storage::OwnedString => quote! { #place.as_str() },
                Storage::OwnedArray => quote! { #place.as_slice() },
            }
        }
        Expression::Parameter {
            field,
            ty,
            optional,
        } => match (ty, optional) {
            (ValueType::String | ValueType::StringArray, true) => {
                quote! { params.#field.as_deref() }
            }
            (ValueType::String, false) => quote! { params.#field.as_str() },
            (ValueType::StringArray, false) => quote! { params.#field.as_slice() },
            _ => quote! { params.#field },
        },
        expression => place(expression),
    }
}

/// Returns an expression where a reference becomes what is needed: the argument of a function.
fn argument(expression: &Expression) -> TokenStream {
    let owns = match expression {
        Expression::Variable(_, storage) | Expression::Field(_, _, storage) => {
            *storage != Storage::Plain
        }
        Expression::Parameter { ty, optional, .. } => !optional && *ty != ValueType::Boolean,
        _ => false,
    };
    if owns {
        let place = place(expression);
        quote! { &#place }
    } else {
        value(expression)
    }
}

/// Returns an expression where it does not matter who owns the value: in comparisons, and where the
/// question is whether it is there.
pub(super) fn place(expression: &Expression) -> TokenStream {
    match expression {
        Expression::Literal(literal) => constant(literal),
        Expression::Template(_) | Expression::IfElse { .. } => {
            let (bindings, made) = Names::default().made(expression);
            quote! { { #bindings #made } }
        }
        Expression::Parameter { field, .. } => quote! { params.#field },
        Expression::Variable(name, _) => quote! { #name },
        Expression::Field(value, field, _) => {
            let value = place(value);
            quote! { #value.#field }
        }
        Expression::Element(list, index) => {
            let (list, index) = (argument(list), integer(*index));
            quote! { ::smithy_reqwest::endpoint::element(#list, #index) }
        }
        Expression::Call(function, arguments) => {
            let function = function_name(*function);
            let arguments = arguments.iter().map(argument);
            quote! { ::smithy_reqwest::endpoint::#function(#(#arguments),*) }
        }
        Expression::Equal(left, right) => equal(left, right, true),
        Expression::Not(value) => match &**value {
            Expression::Equal(left, right) => equal(left, right, false),
            Expression::IsSet(value) => {
                let value = place(value);
                quote! { #value.is_none() }
            }
            value => {
                let value = place(value);
                quote! { !#value }
            }
        },
        Expression::IsSet(value) => {
            let value = place(value);
            quote! { #value.is_some() }
        }
        Expression::Coalesce { values, optional } => coalesce(values, *optional),
    }
}

/// Emits a comparison of two values. A constant is on the right side.
fn equal(left: &Expression, right: &Expression, same: bool) -> TokenStream {
    let (left, right) = match left {
        Expression::Literal(_) => (right, left),
        _ => (left, right),
    };
    let is_empty_text =
        matches!(right, Expression::Literal(Literal::String(text)) if text.is_empty());
    let (left, right) = (place(left), place(right));
    match (is_empty_text, same) {
        (true, true) => quote! { #left.is_empty() },
        (true, false) => quote! { !#left.is_empty() },
        (false, true) => quote! { #left == #right },
        (false, false) => quote! { #left != #right },
    }
}

fn coalesce(values: &[Expression], optional: bool) -> TokenStream {
    let count = values.len();
    let mut values = values.iter().map(value).enumerate();
    let first = values.next().map(|(_, first)| first);
    let rest = values.map(|(index, value)| {
        if index + 1 == count && !optional {
            quote! { .unwrap_or(#value) }
        } else {
            quote! { .or(#value) }
        }
    });
    quote! { #first #(#rest)* }
}

fn constant(literal: &Literal) -> TokenStream {
    match literal {
        Literal::Boolean(value) => quote! { #value },
        Literal::String(value) => quote! { #value },
        Literal::StringArray(values) => quote! { [#(#values),*] },
        Literal::Integer(value) => {
            let value = Token::u32_unsuffixed(*value);
            quote! { #value }
        }
    }
}

fn integer(value: i32) -> TokenStream {
    let digits = Token::u32_unsuffixed(value.unsigned_abs());
    if value < 0 {
        quote! { -#digits }
    } else {
        quote! { #digits }
    }
}

/// All functions.
const FUNCTIONS: &[Function] = &[
    Function::IsValidHostLabel,
    Function::IsVirtualHostableS3Bucket,
    Function::ParseArn,
    Function::ParseUrl,
    Function::Partition,
    Function::Split,
    Function::Substring,
    Function::UriEncode,
];

fn function_name(function: Function) -> Ident {
    let name = match function {
        Function::IsValidHostLabel => "is_valid_host_label",
        Function::IsVirtualHostableS3Bucket => "is_virtual_hostable_s3_bucket",
        Function::ParseArn => "parse_arn",
        Function::ParseUrl => "parse_url",
        Function::Partition => "partition",
        Function::Split => "split",
        Function::Substring => "substring",
        Function::UriEncode => "uri_encode",
    };
    Ident::new(name)
}

/// The names in a block of statements, so that none hides another or a function.
pub(super) struct Names {
    scope: Scope,
    /// The names of values that `format!` cannot refer to itself, by their expression.
    bound: BTreeMap<String, Ident>,
}

impl Default for Names {
    fn default() -> Self {
        let mut scope = Scope::default();
        for function in FUNCTIONS {
            scope.claim(function_name(*function));
        }
        for taken in ["element", "params", "refuse"] {
            scope.claim(Ident::new(taken));
        }
        Self {
            scope,
            bound: BTreeMap::new(),
        }
    }
}

impl Names {
    /// Names beside those that a block uses already.
    pub(super) fn beside(used: BTreeSet<Ident>) -> Self {
        let mut names = Self::default();
        for name in used {
            names.scope.claim(name);
        }
        names
    }

    pub(super) fn claim(&mut self, name: &str) -> Ident {
        self.scope.claim(crate::name::member_name(name))
    }

    /// Returns the first of several names that is free, and else the last with a number.
    pub(super) fn claim_first(&mut self, names: &[&str]) -> Ident {
        let is_free = |name: &&&str| !self.scope.has(name);
        let free = names.iter().find(is_free).or(names.last());
        self.claim(free.copied().unwrap_or_default())
    }

    /// Returns a value that is made anew, after the statements that it needs.
    pub(super) fn made(&mut self, expression: &Expression) -> (TokenStream, TokenStream) {
        match expression {
            Expression::Template(parts) => self.template(parts),
            Expression::IfElse {
                condition,
                then,
                otherwise,
            } => {
                let branch = |(value_of, wrap): &(Box<Expression>, bool)| {
                    let value = value(value_of);
                    if *wrap {
                        quote! { Some(#value) }
                    } else {
                        value
                    }
                };
                let (then, otherwise) = (branch(then), branch(otherwise));
                let condition = place(condition);
                let value = quote! { if #condition { #then } else { #otherwise } };
                (TokenStream::new(), value)
            }
            expression => (TokenStream::new(), value(expression)),
        }
    }

    /// Text with values in it: a `format!`, with the names that this captures.
    fn template(&mut self, parts: &[TemplatePart]) -> (TokenStream, TokenStream) {
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
                TemplatePart::Value(expression) => {
                    let (binding, name) = self.bind(expression);
                    bindings.extend(binding);
                    format.push_str(&format!("{{{name}}}"));
                }
            }
        }
        (bindings, quote! { format!(#format) })
    }

    /// Returns a name for a value, with the statement that gives it if it has none yet.
    fn bind(&mut self, expression: &Expression) -> (TokenStream, Ident) {
        let value = argument(expression);
        let key = value.to_string();
        if let Some(name) = self.bound.get(&key) {
            return (TokenStream::new(), name.clone());
        }
        let name = match expression {
            Expression::Field(_, field, _) | Expression::Parameter { field, .. } => {
                field.to_string()
            }
            _ => "value".to_owned(),
        };
        let name = self.claim(name.trim_start_matches("r#"));
        // `format!` captures no name with `r#`.
        let name = match name.to_string().strip_prefix("r#") {
            Some(plain) => self.claim(&format!("{plain}_value")),
            None => name,
        };
        self.bound.insert(key, name.clone());
        (quote! { let #name = #value; }, name)
    }
}
