//! Structures: plain data with public fields, and the table of their members.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{converted, default, deprecation, docs_with_alias, optional, parameter_type, ty, xml};
use crate::format::{Row, Source, Table, comment};
use crate::ir::{Binding, Constructor, Member, Presence, Structure, TimestampFormat, Type};
use crate::name::{self, Ident};
use crate::prose;

/// Adds a structure: its definition, its methods and its table.
pub(super) fn structure(source: Source, structure: &Structure) -> Source {
    let constructor = constructor(structure);
    let name = &structure.name;
    let setters = structure
        .members
        .iter()
        .filter(|member| !member.is_argument() && structure.usage.input)
        .map(|member| {
            let method = name::setter_name(&member.name);
            setter(member, &method, &quote! { self })
        });
    let methods: Vec<TokenStream> = constructor.into_iter().chain(setters).collect();
    let methods = (!methods.is_empty()).then(|| quote! { impl #name { #(#methods)* } });
    source
        .item(definition(structure))
        .items(methods)
        .items(required(structure))
        .table(table(structure))
}

/// The sentence about secrets in the docs of a type.
const SECRETS: &str = "\n\n`Debug` redacts its secrets. serde writes them: see \
                       [`WithoutSecrets`](crate::WithoutSecrets).";

pub(super) fn definition(structure: &Structure) -> TokenStream {
    let name = &structure.name;
    let has_secrets = structure.sensitive || structure.members.iter().any(|it| it.sensitive);
    let secrets = if has_secrets { SECRETS } else { "" };
    let docs = format!("{}{secrets}", structure.docs);
    let docs = docs_with_alias(structure.alias.as_deref(), &docs);
    // A stream can be neither cloned nor compared.
    let derive = (!structure.streams()).then(|| quote! { #[derive(Clone, PartialEq)] });
    let fields = structure.members.iter().map(field);
    quote! {
        #docs
        #derive
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
        }
    }
}

fn field(member: &Member) -> TokenStream {
    let name = &member.name;
    let alias = name::alias(&member.model_name, name);
    let docs = docs_with_alias(alias.as_deref(), &member.docs);
    let ty = optional(ty(&member.ty), !member.is_always_there());
    let deprecated = deprecation::attribute(member.deprecated.as_ref());
    quote! {
        #docs
        #deprecated
        pub #name: #ty,
    }
}

pub(super) fn table(structure: &Structure) -> Table {
    let is_lenient = structure.usage.output || !structure.members.iter().any(Member::is_argument);
    let default = is_lenient.then_some("Default");
    let stream = structure.streams().then_some("Stream");
    let rows = structure.members.iter().map(|member| Row {
        slice: slice(member, structure),
        traits: traits(member, structure),
        value: default::value(member),
        ..Row::new(member.name.to_string(), Literal::string(&member.model_name))
    });
    Table {
        kinds: default.into_iter().chain(stream).collect(),
        ..Table::new("structure", &structure.name, rows)
    }
}

/// Returns the element type for the getter of an optional list; `None` if the list has a setter of
/// that name.
fn slice(member: &Member, structure: &Structure) -> Option<TokenStream> {
    match &member.ty {
        Type::List { element, sparse }
            if !structure.usage.input && member.presence == Presence::Optional =>
        {
            Some(optional(ty(element), *sparse))
        }
        _ => None,
    }
}

/// Returns the traits of a member, as the runtime names them.
fn traits(member: &Member, structure: &Structure) -> Vec<String> {
    let mut traits = Vec::new();
    if member.json_name != member.model_name {
        traits.push(with_argument("json_name", &member.json_name));
    }
    traits.extend(xml::traits(&member.xml));
    traits.extend(location(member));
    let media_type = member.media_type.as_deref();
    traits.extend(media_type.map(|it| with_argument("media_type", it)));
    traits.extend(timestamp_format(&member.ty, &member.binding));
    let flags = [
        (member.required, "required"),
        (member.idempotency_token, "idempotency_token"),
        (member.last_segment, "last_segment"),
        (member.checked, "checked"),
        (
            matches!(
                member.ty,
                Type::Stream {
                    requires_length: true
                }
            ),
            "requires_length",
        ),
        (structure.sensitive || member.sensitive, "sensitive"),
    ];
    let flags = flags.into_iter().filter(|(is_set, _)| *is_set);
    traits.extend(flags.map(|(_, name)| name.to_owned()));
    traits.extend(default::unsent(member));
    traits
}

fn with_argument(name: &str, argument: &str) -> String {
    format!("{name}({})", Literal::string(argument))
}

/// Returns the location trait of a member; `None` for the body.
fn location(member: &Member) -> Option<String> {
    let location = match &member.binding {
        Binding::Body => return None,
        Binding::Label => match &member.default_label {
            Some(text) => with_argument("default_label", text),
            None => "label".to_owned(),
        },
        Binding::Query(name) => with_argument("query", name),
        Binding::QueryParams => "query_params".to_owned(),
        Binding::Header(name) => with_argument("header", name),
        Binding::PrefixHeaders(prefix) => with_argument("prefix_headers", prefix),
        Binding::Payload => "payload".to_owned(),
        Binding::ResponseCode => "status_code".to_owned(),
        Binding::EventStream => "event_stream".to_owned(),
        Binding::EventHeader => match member.ty {
            Type::Integer(bits) if bits != 32 => format!("event_integer({bits})"),
            _ => "event_header".to_owned(),
        },
        Binding::EventPayload => "event_payload".to_owned(),
    };
    Some(location)
}

/// Returns the format of the timestamps in a type, if it is not the one of the place.
pub(super) fn timestamp_format(ty: &Type, binding: &Binding) -> Option<String> {
    let format = match ty {
        Type::Timestamp(format) => *format,
        Type::List { element, .. } => return timestamp_format(element, binding),
        Type::Map { value, .. } => return timestamp_format(value, binding),
        _ => return None,
    };
    let standard = match binding {
        Binding::Header(_) => TimestampFormat::HttpDate,
        Binding::Label | Binding::Query(_) => TimestampFormat::DateTime,
        _ => TimestampFormat::EpochSeconds,
    };
    let name = match format {
        TimestampFormat::EpochSeconds => "epoch_seconds",
        TimestampFormat::DateTime => "date_time",
        TimestampFormat::HttpDate => "http_date",
    };
    (format != standard).then(|| name.to_owned())
}

/// Returns the constructor that takes the required members; nothing if there are none.
pub(super) fn constructor(structure: &Structure) -> Option<TokenStream> {
    let others = structure.members.iter().filter(|it| !it.is_argument());
    let others = others.map(default::field);
    let (parameters, values): (Vec<_>, Vec<_>) = match &structure.constructor {
        Constructor::Default => return None,
        Constructor::Arguments(_) => structure.arguments().map(parameter).unzip(),
        Constructor::Fields(name, _) => {
            let values = structure.arguments().map(|Member { name, ty, .. }| {
                if matches!(ty, Type::Structure { boxed: true, .. }) {
                    quote! { #name: Box::new(required.#name) }
                } else {
                    quote! { #name: required.#name }
                }
            });
            (vec![quote! { required: #name }], values.collect())
        }
    };
    let docs = comment(&format!(
        "Creates {} from its required fields.",
        with_article(&structure.name)
    ));
    Some(quote! {
        #docs
        pub fn new(#(#parameters),*) -> Self {
            Self { #(#values,)* #(#others),* }
        }
    })
}

/// Returns the name of the structure that has the required members; nothing if they are arguments.
pub(super) fn required_name(structure: &Structure) -> Option<&Ident> {
    match &structure.constructor {
        Constructor::Fields(name, _) => Some(name),
        _ => None,
    }
}

/// Returns the structure that has the required members; nothing if they are arguments.
pub(super) fn required(structure: &Structure) -> Option<TokenStream> {
    let name = required_name(structure)?;
    let docs_of_type = comment(&format!("The required fields of [`{}`].", structure.name));
    let fields = structure.arguments().map(|member| {
        let (name, docs) = (&member.name, comment(prose::summary(&member.docs)));
        let ty = match &member.ty {
            Type::Structure { name, .. } => quote! { crate::types::#name },
            ty => super::ty(ty),
        };
        quote! { #docs pub #name: #ty, }
    });
    Some(quote! {
        #docs_of_type
        pub struct #name { #(#fields)* }
    })
}

/// Returns the name of a type as code, with the article that it takes.
fn with_article(name: &Ident) -> String {
    let name = name.to_string();
    let vowels = ['A', 'E', 'I', 'O', 'U'];
    let article = if name.starts_with(vowels) { "an" } else { "a" };
    format!("{article} `{name}`")
}

/// Returns an argument for a required member, and the field that it fills.
pub(super) fn parameter(member: &Member) -> (TokenStream, TokenStream) {
    let name = &member.name;
    let ty = parameter_type(&member.ty);
    let value = converted(&member.ty, &quote! { #name });
    let field = if name.as_str() == value.to_string() {
        quote! { #name }
    } else {
        quote! { #name: #value }
    };
    (quote! { #name: #ty }, field)
}

/// Returns the setter of a member. `place` is `self` or a field of it.
pub(super) fn setter(member: &Member, method: &Ident, place: &TokenStream) -> TokenStream {
    let Member { name, .. } = member;
    let summary = prose::summary(&member.docs);
    let docs = if member.is_required_setting() {
        comment(&format!("{summary} Required by the service."))
    } else {
        comment(summary)
    };
    let ty = parameter_type(&member.ty);
    let value = converted(&member.ty, &quote! { value });
    let value = if member.presence == Presence::Optional {
        quote! { Some(#value) }
    } else {
        value
    };
    let deprecated = deprecation::attribute(member.deprecated.as_ref());
    quote! {
        #docs
        #deprecated
        pub fn #method(mut self, value: #ty) -> Self {
            #place.#name = #value;
            self
        }
    }
}
