//! Expressions of endpoint rules.

use std::collections::BTreeSet;

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use crate::ir::endpoint::{Expression, Storage, TemplatePart, ValueType};
use crate::name::Ident;

/// An emitter of rules. The scope of a name is emitted before its declaration, which is left out if
/// the scope does not use it.
#[derive(Default)]
pub(super) struct Emitter {
    /// The names that the code so far uses and does not declare.
    used: BTreeSet<Ident>,
}

impl Emitter {
    /// Begins the scope of a name. Returns `true` if the code in it uses the name.
    pub(super) fn declare(&mut self, name: &Ident) -> bool {
        self.used.remove(name)
    }

    /// Returns an expression of the exact type: `&str` for text, `&[String]` for a list. A value
    /// that allocates is owned.
    pub(super) fn value(&mut self, expression: &Expression) -> TokenStream {
        let place = self.place(expression);
        match expression {
            Expression::Variable(_, storage) | Expression::Field(_, _, storage) => match storage {
                Storage::Plain => place,
                Storage::OwnedString => quote! { #place.as_str() },
                Storage::OwnedArray => quote! { #place.as_slice() },
            },
            Expression::Parameter { ty, optional, .. } => match (ty, optional) {
                (ValueType::String | ValueType::StringArray, true) => {
                    quote! { #place.as_deref() }
                }
                (ValueType::String, false) => quote! { #place.as_str() },
                (ValueType::StringArray, false) => quote! { #place.as_slice() },
                _ => place,
            },
            _ => place,
        }
    }

    /// Returns an expression for an argument of a function, where references are coerced.
    fn argument(&mut self, expression: &Expression) -> TokenStream {
        let owns = match expression {
            Expression::Variable(_, storage) | Expression::Field(_, _, storage) => {
                *storage != Storage::Plain
            }
            Expression::Parameter { ty, optional, .. } => !optional && *ty != ValueType::Boolean,
            _ => false,
        };
        if owns {
            let place = self.place(expression);
            quote! { &#place }
        } else {
            self.value(expression)
        }
    }

    /// Returns an expression for a comparison or a presence check, where ownership does not matter.
    pub(super) fn place(&mut self, expression: &Expression) -> TokenStream {
        match expression {
            Expression::Boolean(value) => quote! { #value },
            Expression::String(value) => quote! { #value },
            Expression::Integer(value) => {
                let value = Token::u32_unsuffixed(*value);
                quote! { #value }
            }
            Expression::Template(parts) => self.template(parts),
            Expression::Parameter { field, .. } => quote! { params.#field },
            Expression::Variable(name, _) => {
                self.used.insert(name.clone());
                quote! { #name }
            }
            Expression::Field(value, field, _) => {
                let value = self.place(value);
                quote! { #value.#field }
            }
            Expression::Element(list, index) => {
                let (list, index) = (self.argument(list), Token::i32_unsuffixed(*index));
                quote! { ::smithy_reqwest::endpoint::element(#list, #index) }
            }
            Expression::Call {
                function,
                arguments,
                ..
            } => {
                let function = Ident::new(*function);
                let arguments = arguments.iter().map(|argument| self.argument(argument));
                quote! { ::smithy_reqwest::endpoint::#function(#(#arguments),*) }
            }
            Expression::Equal(left, right) => self.equal(left, right, true),
            Expression::Not(value) => self.not(value),
            Expression::IsSet(value) => {
                let value = self.place(value);
                quote! { #value.is_some() }
            }
            Expression::Coalesce { values, optional } => self.coalesce(values, *optional),
            Expression::IfElse {
                condition,
                then,
                otherwise,
            } => {
                let condition = self.place(condition);
                let (then, otherwise) = (self.branch(then), self.branch(otherwise));
                quote! { if #condition { #then } else { #otherwise } }
            }
        }
    }

    fn not(&mut self, value: &Expression) -> TokenStream {
        match value {
            Expression::Equal(left, right) => self.equal(left, right, false),
            Expression::IsSet(value) => {
                let value = self.place(value);
                quote! { #value.is_none() }
            }
            value => {
                let value = self.place(value);
                quote! { !#value }
            }
        }
    }

    /// Emits a comparison of two values. A constant is on the right side.
    fn equal(&mut self, left: &Expression, right: &Expression, same: bool) -> TokenStream {
        let (left, right) = match left {
            Expression::String(_) => (right, left),
            _ => (left, right),
        };
        let is_empty_text = matches!(right, Expression::String(text) if text.is_empty());
        let (left, right) = (self.operand(left), self.operand(right));
        match (is_empty_text, same) {
            (true, true) => quote! { #left.is_empty() },
            (true, false) => quote! { !#left.is_empty() },
            (false, true) => quote! { #left == #right },
            (false, false) => quote! { #left != #right },
        }
    }

    /// Returns an operand of a comparison. Rust does not chain comparisons.
    fn operand(&mut self, expression: &Expression) -> TokenStream {
        let place = self.place(expression);
        let value = match expression {
            Expression::Not(value) => value,
            value => value,
        };
        match value {
            Expression::Equal(..) => quote! { (#place) },
            _ => place,
        }
    }

    fn coalesce(&mut self, values: &[Expression], optional: bool) -> TokenStream {
        let count = values.len();
        let mut values = values.iter().map(|value| self.value(value)).enumerate();
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

    fn branch(&mut self, (value, wrap): &(Box<Expression>, bool)) -> TokenStream {
        let value = self.value(value);
        if *wrap {
            quote! { Some(#value) }
        } else {
            value
        }
    }

    /// Returns a template as a `format!` call, which captures variables.
    fn template(&mut self, parts: &[TemplatePart]) -> TokenStream {
        let mut format = String::new();
        let mut arguments = Vec::new();
        for part in parts {
            match part {
                TemplatePart::Literal(text) => {
                    format.push_str(&text.replace('{', "{{").replace('}', "}}"));
                }
                TemplatePart::Value(Expression::Variable(name, _)) => {
                    self.used.insert(name.clone());
                    format.push_str(&format!("{{{name}}}"));
                }
                TemplatePart::Value(value) => {
                    format.push_str("{}");
                    arguments.push(self.place(value));
                }
            }
        }
        quote! { format!(#format #(, #arguments)*) }
    }
}
