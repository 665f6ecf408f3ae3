//! Serde attributes: how a member is named and written in JSON.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Fallback, Member, Presence, Type, Usage};

/// How most members of a structure are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Rust,
    Camel,
    Pascal,
}

impl Case {
    /// The case that names the most members of a structure without a word for each.
    pub(super) fn of(members: &[Member]) -> Self {
        let named = |case: Self| members.iter().filter(|member| case.names(member)).count();
        let (rust, camel, pascal) = (named(Self::Rust), named(Self::Camel), named(Self::Pascal));
        if pascal > rust && pascal > camel {
            Self::Pascal
        } else if camel > rust {
            Self::Camel
        } else {
            Self::Rust
        }
    }

    /// The attribute of the structure.
    pub(super) fn attribute(self) -> Option<TokenStream> {
        match self {
            Self::Rust => None,
            Self::Camel => Some(quote! { #[serde(rename_all = "camelCase")] }),
            Self::Pascal => Some(quote! { #[serde(rename_all = "PascalCase")] }),
        }
    }

    /// Whether serde makes the JSON name of the Rust name by itself.
    fn names(self, member: &Member) -> bool {
        self.apply(&member.name.to_string()) == member.json_name
    }

    /// The name that serde makes: it takes underscores away and raises the letter after each.
    fn apply(self, name: &str) -> String {
        let name = name.trim_start_matches("r#");
        match self {
            Self::Rust => name.to_owned(),
            Self::Camel | Self::Pascal => {
                let mut raise = self == Self::Pascal;
                let mut made = String::with_capacity(name.len());
                for character in name.chars() {
                    if character == '_' {
                        raise = true;
                    } else if raise {
                        made.push(character.to_ascii_uppercase());
                        raise = false;
                    } else {
                        made.push(character);
                    }
                }
                if self == Self::Camel {
                    made.get(..1)
                        .map(str::to_ascii_lowercase)
                        .unwrap_or_default()
                        + made.get(1..).unwrap_or_default()
                } else {
                    made
                }
            }
        }
    }
}

/// The attributes of a field.
pub(super) fn field_attributes(member: &Member, usage: Usage, case: Case) -> Vec<TokenStream> {
    let format = format(&member.ty, usage.output);
    let (default, with) = match &member.presence {
        Presence::Optional if format.is_none() => (Some(skip_absent()), None),
        Presence::Optional => (
            Some(quote! { #[serde(default, skip_serializing_if = "Option::is_none")] }),
            format.map(|format| format!("Option<{format}>")),
        ),
        Presence::Required(_) if !usage.output => (None, format),
        Presence::Default(Fallback::Standard) if !usage.output => {
            (Some(quote! { #[serde(default)] }), format)
        }
        Presence::Required(fallback) | Presence::Default(fallback) => {
            let format = format.unwrap_or_else(|| "Plain".to_owned());
            let (default, with) = or_fallback(fallback, &format);
            (Some(default), Some(with))
        }
    };
    let with = with
        .map(|with| format!("As::<{with}>"))
        .map(|with| quote! { #[serde(with = #with)] });
    [rename(member, case), default, with]
        .into_iter()
        .flatten()
        .collect()
}

/// What serde does for an absent value, and the format that does the same for null.
fn or_fallback(fallback: &Fallback, format: &str) -> (TokenStream, String) {
    match fallback {
        Fallback::Standard => (quote! { #[serde(default)] }, format!("Required<{format}>")),
        Fallback::Value { name, .. } => {
            let value = format!("{name}::value");
            (
                quote! { #[serde(default = #value)] },
                format!("Or<{name}, {format}>"),
            )
        }
    }
}

/// The attributes of a field that borrows its value and is only written.
pub(super) fn borrowed_field_attributes(member: &Member, case: Case) -> Vec<TokenStream> {
    let skip = (!member.is_always_there()).then(skip_absent);
    let with = format(&member.ty, false).map(|format| {
        let with = format!("As::<{}>::serialize_ref", of_optional(format, member));
        quote! { #[serde(serialize_with = #with)] }
    });
    [rename(member, case), skip, with]
        .into_iter()
        .flatten()
        .collect()
}

fn rename(member: &Member, case: Case) -> Option<TokenStream> {
    let name = &member.json_name;
    (!case.names(member)).then(|| quote! { #[serde(rename = #name)] })
}

fn skip_absent() -> TokenStream {
    quote! { #[serde(skip_serializing_if = "Option::is_none")] }
}

fn of_optional(format: String, member: &Member) -> String {
    if member.is_always_there() {
        format
    } else {
        format!("Option<{format}>")
    }
}

/// The format of a type; `None` where serde's own way is the protocol's, for input at least.
pub(super) fn format(ty: &Type, output: bool) -> Option<String> {
    match ty {
        Type::Float(_) => Some("Float".to_owned()),
        Type::Blob => Some("Base64".to_owned()),
        Type::Timestamp(format) => Some(format.name().to_string()),
        Type::List { element, sparse } => of_elements("List", element, *sparse, output),
        Type::Map { value, sparse, .. } => of_elements("Map", value, *sparse, output),
        Type::Boolean
        | Type::Integer(_)
        | Type::BigInteger
        | Type::BigDecimal
        | Type::String
        | Type::Document
        | Type::Stream { .. }
        | Type::Enumeration(_)
        | Type::IntEnumeration(_)
        | Type::Structure { .. } => None,
    }
}

/// The format of a list or a map. In a response, nulls in one that is not sparse are skipped.
fn of_elements(container: &str, element: &Type, sparse: bool, output: bool) -> Option<String> {
    let element = format(element, output);
    let skips_nulls = output && !sparse;
    if element.is_none() && !skips_nulls {
        return None;
    }
    let element = element.unwrap_or_else(|| "Plain".to_owned());
    let sparse = if sparse { "Sparse" } else { "" };
    Some(format!("{sparse}{container}<{element}>"))
}
