//! Unions: a value that is one of several.

use proc_macro2::TokenStream;
use quote::quote;

use super::{deprecation, docs, serde_attribute, ty};
use crate::ir::{Type, Union, UnionVariant};

pub(super) fn union(union: &Union) -> Vec<TokenStream> {
    let mut items = vec![definition(union), default(union)];
    if hides(union) {
        items.push(redacted_debug(union));
    }
    items.extend([serialize(union), deserialize(union)]);
    items
}

fn touches(union: &Union) -> Option<TokenStream> {
    let mut variants = union.variants.iter();
    deprecation::expected(variants.any(|variant| variant.deprecated.is_some()))
}

fn hides(union: &Union) -> bool {
    union.sensitive || union.variants.iter().any(|variant| variant.sensitive)
}

fn definition(union: &Union) -> TokenStream {
    let name = &union.name;
    let docs_of_type = docs(&union.docs, 0);
    let debug = (!hides(union)).then(|| quote! { Debug, });
    let variants = union.variants.iter().map(|variant| {
        let (name, docs) = (&variant.name, docs(&variant.docs, 1));
        let value = variant.ty.as_ref().map(ty).map(|ty| quote! { (#ty) });
        let deprecated = deprecation::attribute(variant.deprecated.as_ref());
        quote! { #docs #deprecated #name #value, }
    });
    quote! {
        #docs_of_type
        #[derive(#debug Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A member that this version of the crate does not know: its name and its value.
            Unknown(String, Document),
        }
    }
}

fn default(union: &Union) -> TokenStream {
    let name = &union.name;
    quote! {
        /// An unknown member without a name: it stands for a required one that a response lacks.
        impl Default for #name {
            fn default() -> Self {
                Self::Unknown(String::new(), Document::Null)
            }
        }
    }
}

/// A `Debug` that shows which member there is and no secret.
fn redacted_debug(union: &Union) -> TokenStream {
    let name = &union.name;
    let arms = union.variants.iter().map(|variant| {
        let name = &variant.name;
        let text = name.to_string();
        match (&variant.ty, union.sensitive || variant.sensitive) {
            (None, _) => quote! { Self::#name => f.write_str(#text), },
            (Some(_), false) => {
                quote! { Self::#name(value) => debug_member(f, #text, value), }
            }
            (Some(_), true) => {
                quote! { Self::#name(_) => debug_member(f, #text, &Redacted), }
            }
        }
    });
    let touches = touches(union);
    quote! {
        impl fmt::Debug for #name {
            #touches
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    #(#arms)*
                    Self::Unknown(name, _) => debug_member(f, "Unknown", name),
                }
            }
        }
    }
}

/// The format of a member's value, which names it in the runtime.
fn format(ty: &Type, union: &Union) -> TokenStream {
    let format = serde_attribute::format(ty, union.usage.output);
    // A format is made of names and angle brackets, which are always tokens.
    format
        .as_deref()
        .unwrap_or("Plain")
        .parse()
        .unwrap_or_default()
}

fn serialize(union: &Union) -> TokenStream {
    let name = &union.name;
    let arms = union.variants.iter().map(|UnionVariant { name, json_name, ty, .. }| {
        if let Some(ty) = ty {
            let format = format(ty, union);
            quote! {
                Self::#name(value) => write_member::<#format, _, _>(serializer, #json_name, value),
            }
        } else {
            quote! { Self::#name => write_empty_member(serializer, #json_name), }
        }
    });
    let touches = touches(union);
    quote! {
        impl Serialize for #name {
            #touches
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    #(#arms)*
                    Self::Unknown(name, value) => write_member::<Plain, _, _>(serializer, name, value),
                }
            }
        }
    }
}

fn deserialize(union: &Union) -> TokenStream {
    let name = &union.name;
    let arms = union.variants.iter().map(
        |UnionVariant {
             name,
             json_name,
             ty,
             ..
         }| {
            if let Some(ty) = ty {
                let format = format(ty, union);
                quote! { #json_name => Self::#name(member_value::<#format, _, _>(value)?), }
            } else {
                quote! { #json_name => Self::#name, }
            }
        },
    );
    let touches = touches(union);
    quote! {
        impl<'de> Deserialize<'de> for #name {
            #touches
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let (name, value) = read_member(deserializer)?;
                let member = match name.as_str() {
                    #(#arms)*
                    _ => Self::Unknown(name, value),
                };
                Ok(member)
            }
        }
    }
}
