//! Values of models in words.

use crate::ir::endpoint::Literal;
use crate::ir::{
    AuthScheme, Binding, Checksum, Encoding, Fallback, Operation, Pagination, PayloadSigning,
    Presence, Step, TimestampFormat, Type, Value,
};

/// Text in quotes.
pub(super) fn quoted(text: &str) -> String {
    format!("{text:?}")
}

pub(super) fn request_line(operation: &Operation) -> String {
    let method = format!("{:?}", operation.http_method).to_uppercase();
    format!("{method} {}", operation.uri)
}

pub(super) fn auth(scheme: AuthScheme) -> &'static str {
    match scheme {
        AuthScheme::SigV4 => "a signature",
        AuthScheme::Bearer => "a bearer token",
        AuthScheme::None => "none",
    }
}

pub(super) fn payload_signing(signing: PayloadSigning) -> &'static str {
    match signing {
        PayloadSigning::Signed => "signed",
        PayloadSigning::Unsigned => "not signed",
    }
}

pub(super) fn compression(encoding: Option<Encoding>) -> &'static str {
    match encoding {
        None => "",
        Some(Encoding::Gzip) => "gzip",
    }
}

pub(super) fn checksum(checksum: Option<Checksum>) -> &'static str {
    match checksum {
        None => "",
        Some(Checksum::Md5) => "Content-MD5",
        Some(Checksum::Sha256TreeHash) => "SHA-256 with its tree hash",
    }
}

/// How answers come in pages.
pub(super) fn pages(pagination: &Pagination) -> String {
    let way = |steps: &[Step]| {
        let names: Vec<String> = steps.iter().map(|step| step.name.to_string()).collect();
        names.join(".")
    };
    let Pagination {
        input_token,
        output_token,
        items,
    } = pagination;
    let items = items.as_ref();
    let items = items.map(|(steps, _)| format!(", items in {}", way(steps)));
    let output = way(output_token);
    format!("{output} to {input_token}{}", items.unwrap_or_default())
}

pub(super) fn presence(presence: &Presence) -> String {
    match presence {
        Presence::Optional => "optional".to_owned(),
        Presence::Required(Fallback::Standard) => "required".to_owned(),
        Presence::Required(Fallback::Value(value)) => {
            format!("required, and {} where it is absent", self::value(value))
        }
        Presence::Default(Fallback::Standard) => "defaulted".to_owned(),
        Presence::Default(Fallback::Value(value)) => {
            format!("defaulted to {}", self::value(value))
        }
    }
}

/// A value as a model writes it, as far as it is a plain one.
fn value(value: &Value) -> String {
    match value {
        Value::Boolean(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Float(value, _) => value.to_string(),
        Value::BigNumber(_, digits) => digits.clone(),
        Value::Text(text) | Value::TimestampText(text) => quoted(text),
        Value::Variant { variant, .. } => variant.to_string(),
        Value::Unlisted { value, .. } | Value::Boxed(value) => self::value(value),
        Value::Document(value) => value.to_string(),
        other => format!("{other:?}"),
    }
}

pub(super) fn binding(binding: &Binding, json_name: &str) -> String {
    match binding {
        Binding::Body => format!("the body, as {}", quoted(json_name)),
        Binding::Label => "the path".to_owned(),
        Binding::Query(name) => format!("the query, as {}", quoted(name)),
        Binding::QueryParams => "the query, an entry a parameter".to_owned(),
        Binding::Header { name, media_type } => {
            let encoded = media_type.as_ref().map_or("", |_| ", in base64");
            format!("the header {name}{encoded}")
        }
        Binding::PrefixHeaders(prefix) => format!("the headers {prefix}…"),
        Binding::Payload { media_type } => match media_type {
            Some(media_type) => format!("the whole body, as {media_type}"),
            None => "the whole body".to_owned(),
        },
        Binding::ResponseCode => "the status".to_owned(),
    }
}

/// A type as it is in Rust and on the wire.
pub(super) fn ty(ty: &Type) -> String {
    let on_the_wire = match ty {
        Type::Stream {
            requires_length: true,
        } => " of a known length",
        Type::Timestamp(TimestampFormat::EpochSeconds) => " in seconds since 1970",
        Type::Timestamp(TimestampFormat::DateTime) => " as in RFC 3339",
        Type::Timestamp(TimestampFormat::HttpDate) => " as in HTTP's headers",
        _ => "",
    };
    format!("{}{on_the_wire}", written(ty, self::ty))
}

/// A type as it is in Rust.
pub(super) fn rust_type(ty: &Type) -> String {
    written(ty, rust_type)
}

/// A type in Rust, with its elements as this function writes them.
fn written(ty: &Type, inner: fn(&Type) -> String) -> String {
    let element = |ty: &Type, sparse: &bool| {
        let element = inner(ty);
        if *sparse {
            format!("Option<{element}>")
        } else {
            element
        }
    };
    match ty {
        Type::Boolean => "bool".to_owned(),
        Type::Integer(bits) => format!("i{bits}"),
        Type::Float(bits) => format!("f{bits}"),
        Type::BigInteger => "BigInteger".to_owned(),
        Type::BigDecimal => "BigDecimal".to_owned(),
        Type::String => "String".to_owned(),
        Type::Blob => "Bytes".to_owned(),
        Type::Stream { .. } => "Body".to_owned(),
        Type::Timestamp(_) => "Timestamp".to_owned(),
        Type::Document => "Document".to_owned(),
        Type::Enumeration(name)
        | Type::IntEnumeration(name)
        | Type::Structure { name, boxed: false } => name.to_string(),
        Type::Structure { name, boxed: true } => format!("Box<{name}>"),
        Type::List {
            element: of,
            sparse,
        } => format!("Vec<{}>", element(of, sparse)),
        Type::Map { key, value, sparse } => {
            format!("BTreeMap<{}, {}>", inner(key), element(value, sparse))
        }
    }
}

/// A constant of the endpoint rules.
pub(super) fn literal(value: &Literal) -> String {
    match value {
        Literal::Boolean(value) => value.to_string(),
        Literal::Integer(value) => value.to_string(),
        Literal::String(text) => quoted(text),
        Literal::StringArray(texts) => format!("{texts:?}"),
    }
}
