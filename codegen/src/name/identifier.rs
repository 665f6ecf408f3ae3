//! Conversion of text to identifiers, and identifiers that generated code uses itself.

use std::fmt;

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, TokenStreamExt};

/// A Rust identifier, which starts with `r#` if it is a keyword. Unlike that of `proc_macro2`, it
/// can be sent to another thread.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ident(String);

impl Ident {
    /// Creates an identifier of text that is one.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PartialEq<&str> for Ident {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let span = Span::call_site();
        tokens.append(match self.0.strip_prefix("r#") {
            Some(keyword) => proc_macro2::Ident::new_raw(keyword, span),
            None => proc_macro2::Ident::new(&self.0, span),
        });
    }
}

/// Prelude names, and names that generated files import.
pub(super) const HIDING: &[&str] = &[
    "As", "AsMut", "AsRef", "Auth", "BTreeMap", "Base64", "BigDecimal", "BigInteger", "Body",
    "Box", "Bytes", "Call", "Client", "Clone", "Copy", "DateTime", "Debug", "Default",
    "Deserialize", "Deserializer", "Display", "Document", "DoubleEndedIterator", "Drop",
    "Duration", "EmptyObject", "EncodedText", "EpochSeconds", "Eq", "Err", "Error", "ErrorKind",
    "ExactSizeIterator", "Exchange", "Extend", "Float", "Fn", "FnMut", "FnOnce", "Formatter",
    "From", "FromIterator", "Future", "Hash", "HttpDate", "HttpRequest", "HttpResponse", "Into",
    "IntoBytes", "IntoFuture", "IntoIterator", "IntoTimestamp", "InvalidRequest",
    "InvalidResponse", "Iterator", "List", "Map", "Method", "ModeledError", "None", "Ok",
    "Operation", "Option", "Or", "Ord", "Paginated", "PaginatedItems", "PartialEq", "PartialOrd",
    "Plain", "Redacted", "Request", "Required", "Retryable", "Result", "Self", "Send", "Serialize",
    "Serializer", "ServiceError", "Sized", "Some", "SparseList", "SparseMap", "String", "Sync",
    "Timestamp", "ToOwned", "ToString", "TryFrom", "TryInto", "Unbound", "Unpin", "Vec",
    "WaitError",
];

/// Words of the language that not even `r#` makes an identifier.
const NEVER_RAW: &[&str] = &["Self", "_", "crate", "self", "super"];

pub(super) fn camel(name: &str, fallback: &str) -> String {
    let name = ascii(name).to_upper_camel_case();
    match name.chars().next() {
        None => fallback.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("N{name}"),
        Some(_) => name,
    }
}

/// Words with a capital inside, and how they are written to count as one.
const ONE_WORD: [(&str, &str); 3] = [("OAuth", "Oauth"), ("IoT", "Iot"), ("IPv", "Ipv")];

pub(super) fn snake(name: &str) -> String {
    // A name that begins as `oAuth` does begins with the word `OAuth`.
    let mut name = ascii(name);
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    let name = ONE_WORD
        .iter()
        .fold(name, |name, (word, plain)| name.replace(word, plain))
        .to_snake_case();
    match name.chars().next() {
        None => "value".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("n_{name}"),
        Some(_) => name,
    }
}

/// Keeps ASCII letters and digits; other characters become `_`, which separates words.
fn ascii(name: &str) -> String {
    name.chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect()
}

/// Returns `true` if text of letters, digits and `_` is a keyword. `gen` is one since edition 2024,
/// which syn does not know.
pub(crate) fn is_keyword(name: &str) -> bool {
    // No keyword is longer than `continue` or has digits. Checking that is faster than parsing.
    let may_be = name.len() <= "continue".len() && name.bytes().all(|b| b.is_ascii_alphabetic());
    may_be && (name == "gen" || syn::parse_str::<syn::Ident>(name).is_err())
}

/// Creates an identifier from text that is valid, unless it is a keyword.
pub(super) fn ident(name: &str) -> Ident {
    if NEVER_RAW.contains(&name) {
        Ident(format!("{name}_"))
    } else if is_keyword(name) {
        Ident(format!("r#{name}"))
    } else {
        Ident(name.to_owned())
    }
}
