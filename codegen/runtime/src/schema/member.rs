//! Descriptions of types and their members.

#[cfg(feature = "xml")]
mod xml;

use super::View;
use crate::timestamp::TimestampFormat;

#[cfg(feature = "xml")]
pub use xml::{Elements, Namespace, Xml};

/// A type with members: a structure or a union.
#[derive(Debug)]
pub struct Schema {
    /// The Rust name of the type.
    pub name: &'static str,
    /// The members, in the order of the model.
    pub members: &'static [Member],
    /// Is `true` if a required member may be missing, because services return the type.
    pub lenient: bool,
}

impl Schema {
    /// Returns a member by its name in the model.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<&'static Member> {
        self.members.iter().find(|member| member.name == name)
    }
}

/// A member of a structure or of a union.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a trait of Smithy's")]
pub struct Member {
    /// The Rust name.
    pub field: &'static str,
    /// The name in the model, which errors use.
    pub name: &'static str,
    /// The name in JSON (`smithy.api#jsonName`).
    pub json_name: &'static str,
    /// The location in the HTTP message.
    pub location: Location,
    /// The timestamp format, if it is not that of the location.
    pub timestamp_format: Option<TimestampFormat>,
    /// The media type of text or bytes (`smithy.api#mediaType`).
    pub media_type: Option<&'static str>,
    /// The text for an absent label.
    pub default_label: Option<&'static str>,
    /// Is `true` if only the text after the last slash is sent as the label.
    pub last_segment: bool,
    /// Is `true` if the service requires the member.
    pub required: bool,
    /// Is `true` if an absent member is filled with a random token (`smithy.api#idempotencyToken`).
    pub idempotency_token: bool,
    /// Is `true` if empty text and control characters are rejected.
    pub checked: bool,
    /// Is `true` if a stream must have a known length (`smithy.api#requiresLength`).
    pub requires_length: bool,
    /// Is `true` if the value is secret (`smithy.api#sensitive`).
    pub sensitive: bool,
    /// The default value, which is not sent.
    pub unsent: Option<Unsent>,
    /// The names in XML and in queries.
    #[cfg(feature = "xml")]
    pub xml: Xml,
}

/// A default of a number or boolean, which is not sent, so that the service uses its own.
#[derive(Debug, Clone, Copy)]
pub enum Unsent {
    /// A boolean.
    Boolean(bool),
    /// An integer of any size.
    Integer(i64),
    /// A number of 32 or 64 bits.
    Float(f64),
}

impl Unsent {
    /// Returns `true` if a value equals this one.
    #[must_use]
    pub fn is(self, value: View<'_>) -> bool {
        match (self, value) {
            (Self::Boolean(unsent), View::Boolean(value)) => unsent == value,
            (Self::Integer(unsent), View::Integer(value)) => unsent == value,
            (Self::Float(unsent), View::Double(value)) => unsent.total_cmp(&value).is_eq(),
            #[expect(clippy::cast_possible_truncation, reason = "the member has 32 bits")]
            (Self::Float(unsent), View::Float(value)) => (unsent as f32).total_cmp(&value).is_eq(),
            _ => false,
        }
    }
}

/// The location of a member in an HTTP message or in an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Location {
    /// The body, beside other members.
    Body,
    /// The path, or the host prefix (`smithy.api#httpLabel`).
    Label,
    /// A parameter of the query (`smithy.api#httpQuery`).
    Query(&'static str),
    /// Parameters of the query, one an entry (`smithy.api#httpQueryParams`).
    QueryParams,
    /// A header, by its name in lower case (`smithy.api#httpHeader`).
    Header(&'static str),
    /// Headers with this prefix, in lower case (`smithy.api#httpPrefixHeaders`).
    PrefixHeaders(&'static str),
    /// The whole body (`smithy.api#httpPayload`).
    Payload,
    /// The status of the response (`smithy.api#httpResponseCode`).
    StatusCode,
    /// The events that follow the message: a stream of a union (`smithy.api#streaming`).
    EventStream,
    /// A header of an event, by the name of the member (`smithy.api#eventHeader`). An integer has
    /// this many bits.
    EventHeader(u8),
    /// The whole payload of an event (`smithy.api#eventPayload`).
    EventPayload,
}

impl Member {
    /// Returns the problem of a request that lacks the member, which is required.
    pub(crate) fn absence(&self) -> String {
        let setter = self.field.trim_start_matches("r#");
        format!("is required by the service: set it with `{setter}`")
    }
}

/// The traits of a member, as [`structure!`](crate::structure) and [`union!`](crate::union) name
/// them in brackets.
impl Member {
    /// Creates a member of the body, without traits.
    #[must_use]
    pub const fn new(field: &'static str, name: &'static str) -> Self {
        Self {
            field,
            name,
            json_name: name,
            location: Location::Body,
            timestamp_format: None,
            media_type: None,
            default_label: None,
            last_segment: false,
            required: false,
            idempotency_token: false,
            checked: false,
            requires_length: false,
            sensitive: false,
            unsent: None,
            #[cfg(feature = "xml")]
            xml: Xml::new(name),
        }
    }

    /// Sets the name in JSON.
    #[must_use]
    pub const fn json_name(mut self, name: &'static str) -> Self {
        self.json_name = name;
        self
    }

    /// Places the member in the path or in the host prefix.
    #[must_use]
    pub const fn label(mut self) -> Self {
        self.location = Location::Label;
        self
    }

    /// Places the member in the path, with a text for an absent one.
    #[must_use]
    pub const fn default_label(mut self, text: &'static str) -> Self {
        self.default_label = Some(text);
        self.label()
    }

    /// Sends only the text after the last slash: `Z1` for `/hostedzone/Z1`.
    #[must_use]
    pub const fn last_segment(mut self) -> Self {
        self.last_segment = true;
        self
    }

    /// Places the member in the query.
    #[must_use]
    pub const fn query(mut self, name: &'static str) -> Self {
        self.location = Location::Query(name);
        self
    }

    /// Places the entries of the member in the query.
    #[must_use]
    pub const fn query_params(mut self) -> Self {
        self.location = Location::QueryParams;
        self
    }

    /// Places the member in a header.
    #[must_use]
    pub const fn header(mut self, name: &'static str) -> Self {
        self.location = Location::Header(name);
        self
    }

    /// Places the entries of the member in headers.
    #[must_use]
    pub const fn prefix_headers(mut self, prefix: &'static str) -> Self {
        self.location = Location::PrefixHeaders(prefix);
        self
    }

    /// Makes the member the whole body.
    #[must_use]
    pub const fn payload(mut self) -> Self {
        self.location = Location::Payload;
        self
    }

    /// Fills the member with the status of the response.
    #[must_use]
    pub const fn status_code(mut self) -> Self {
        self.location = Location::StatusCode;
        self
    }

    /// Makes the member the stream of events that follows the message.
    #[must_use]
    pub const fn event_stream(mut self) -> Self {
        self.location = Location::EventStream;
        self
    }

    /// Places the member in a header of the event that has it. An integer has 32 bits.
    #[must_use]
    pub const fn event_header(mut self) -> Self {
        self.location = Location::EventHeader(32);
        self
    }

    /// Places the member, an integer of 8, 16, 32 or 64 bits, in a header of the event that has it.
    #[must_use]
    pub const fn event_integer(mut self, bits: u8) -> Self {
        self.location = Location::EventHeader(bits);
        self
    }

    /// Makes the member the whole payload of the event that has it.
    #[must_use]
    pub const fn event_payload(mut self) -> Self {
        self.location = Location::EventPayload;
        self
    }

    /// Formats timestamps as seconds since 1970.
    #[must_use]
    pub const fn epoch_seconds(mut self) -> Self {
        self.timestamp_format = Some(TimestampFormat::EpochSeconds);
        self
    }

    /// Formats timestamps as in RFC 3339.
    #[must_use]
    pub const fn date_time(mut self) -> Self {
        self.timestamp_format = Some(TimestampFormat::DateTime);
        self
    }

    /// Formats timestamps as in HTTP headers.
    #[must_use]
    pub const fn http_date(mut self) -> Self {
        self.timestamp_format = Some(TimestampFormat::HttpDate);
        self
    }

    /// Sets the media type of text or bytes.
    #[must_use]
    pub const fn media_type(mut self, media_type: &'static str) -> Self {
        self.media_type = Some(media_type);
        self
    }

    /// Marks the member as required by the service.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Fills an absent member with a random token.
    #[must_use]
    pub const fn idempotency_token(mut self) -> Self {
        self.idempotency_token = true;
        self
    }

    /// Rejects empty text and control characters.
    #[must_use]
    pub const fn checked(mut self) -> Self {
        self.checked = true;
        self
    }

    /// Rejects a stream of unknown length.
    #[must_use]
    pub const fn requires_length(mut self) -> Self {
        self.requires_length = true;
        self
    }

    /// Marks the value as secret.
    #[must_use]
    pub const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    /// Omits the member from requests if it has this value.
    #[must_use]
    pub const fn unsent_boolean(mut self, value: bool) -> Self {
        self.unsent = Some(Unsent::Boolean(value));
        self
    }

    /// Omits the member from requests if it has this value.
    #[must_use]
    pub const fn unsent_integer(mut self, value: i64) -> Self {
        self.unsent = Some(Unsent::Integer(value));
        self
    }

    /// Omits the member from requests if it has this value.
    #[must_use]
    pub const fn unsent_float(mut self, value: f64) -> Self {
        self.unsent = Some(Unsent::Float(value));
        self
    }
}
