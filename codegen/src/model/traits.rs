//! Traits of shapes and members, each parsed once into its own type.

mod case;
mod event_case;
mod http;
mod operation;
mod pattern;
mod protocol;
pub(crate) mod rule;
mod value;
mod waiter;
mod xml;

use std::collections::BTreeMap;
use std::ops::Range;

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;

use super::span::{key_span, offset, span_of};
use crate::diagnostic::{Diagnostic, cause};
use crate::ir::xml::Namespace;
use crate::ir::{EnumValue, TimestampFormat};

pub(crate) use case::{Example, Message, RequestTest, ResponseTest, Test};
pub(crate) use event_case::{Direction, Event, EventTest, InitialRequest};
pub(crate) use http::{Http, HttpBinding};
pub(crate) use operation::{
    ConstantParameter, Endpoint, HttpChecksum, NamedParameter, Paginated, PathParameter,
    RequestCompression,
};
pub(crate) use pattern::Pattern;
use protocol::HttpVersions;
pub(crate) use protocol::Spoken;
pub(crate) use value::{Bounds, Deprecated, Fault, ListedValue, Retryable, ServiceNames, SigV4};
pub(crate) use waiter::{Acceptor, Matcher, PathComparator, PathMatcher, Waitable};
pub(crate) use xml::{QueryError, XmlTraits, is_xml_name};

pub(crate) const HTTP: &str = "smithy.api#http";
pub(crate) const ENDPOINT: &str = "smithy.api#endpoint";
pub(crate) const ENUM_VALUE: &str = "smithy.api#enumValue";
pub(crate) const PAGINATED: &str = "smithy.api#paginated";
pub(crate) const RETRYABLE: &str = "smithy.api#retryable";
pub(crate) const WAITABLE: &str = "smithy.waiters#waitable";
pub(crate) const RULE_SET: &str = "smithy.rules#endpointRuleSet";
pub(crate) const DECISION_DIAGRAM: &str = "smithy.rules#endpointBdd";
pub(crate) const ENDPOINT_TESTS: &str = "smithy.rules#endpointTests";
pub(crate) const REQUEST_TESTS: &str = "smithy.test#httpRequestTests";
pub(crate) const RESPONSE_TESTS: &str = "smithy.test#httpResponseTests";
pub(crate) const EVENT_TESTS: &str = "smithy.test#eventStreamTests";
pub(crate) const STREAMING: &str = "smithy.api#streaming";
pub(crate) const EVENT_HEADER: &str = "smithy.api#eventHeader";
pub(crate) const EVENT_PAYLOAD: &str = "smithy.api#eventPayload";

/// A value, with its place in the source.
#[derive(Debug, Clone)]
pub(crate) struct Spanned<T> {
    pub(crate) value: T,
    /// The place of the trait's id, or of the value where that is what a report is about.
    pub(crate) span: Range<usize>,
}

/// The traits of a shape or a member.
#[derive(Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a trait without a value is there or is not"
)]
pub(crate) struct Traits {
    // Of anything.
    pub(crate) documentation: Option<String>,
    pub(crate) deprecated: Option<Deprecated>,
    pub(crate) sensitive: bool,
    /// The traits whose values are malformed, by id.
    pub(crate) malformed: Vec<(String, Diagnostic)>,

    // Of members.
    pub(crate) required: bool,
    pub(crate) client_optional: bool,
    pub(crate) default: Option<Spanned<Value>>,
    pub(crate) added_default: bool,
    pub(crate) idempotency_token: bool,
    pub(crate) json_name: Option<String>,
    pub(crate) enum_value: Option<EnumValue>,
    pub(crate) bindings: Vec<HttpBinding>,
    pub(crate) event_header: bool,
    pub(crate) event_payload: bool,
    pub(crate) host_label: bool,
    pub(crate) context_parameter: Option<NamedParameter>,
    pub(crate) xml: XmlTraits,

    // Of values.
    /// The trait `smithy.api#enum`, which Smithy 1.0 has in place of enum shapes.
    pub(crate) values: Option<Vec<ListedValue>>,
    pub(crate) timestamp_format: Option<TimestampFormat>,
    pub(crate) media_type: Option<String>,
    pub(crate) sparse: bool,
    pub(crate) streaming: bool,
    pub(crate) requires_length: bool,
    pub(crate) pattern: Option<Pattern>,
    pub(crate) length: Option<Bounds>,

    // Of errors.
    pub(crate) error: Option<Fault>,
    pub(crate) http_error: Option<u16>,
    pub(crate) retryable: Option<Retryable>,
    pub(crate) query_error: Option<QueryError>,
    pub(crate) response_tests: Option<Spanned<Vec<Test<ResponseTest>>>>,

    // Of operations.
    pub(crate) http: Option<Box<Spanned<Http>>>,
    pub(crate) endpoint: Option<Box<Spanned<Endpoint>>>,
    pub(crate) waiters: Option<Spanned<BTreeMap<String, Waitable>>>,
    pub(crate) unsigned_payload: bool,
    pub(crate) http_checksum: Option<HttpChecksum>,
    pub(crate) http_checksum_required: bool,
    pub(crate) request_compression: Option<RequestCompression>,
    pub(crate) examples: Vec<Example>,
    pub(crate) request_tests: Option<Spanned<Vec<Test<RequestTest>>>>,
    pub(crate) event_tests: Option<Spanned<Vec<Test<EventTest>>>>,
    pub(crate) path_parameters: BTreeMap<String, PathParameter>,
    pub(crate) constant_parameters: BTreeMap<String, ConstantParameter>,

    // Of operations and services.
    pub(crate) paginated: Option<Box<Spanned<Paginated>>>,
    pub(crate) auth: Option<Vec<String>>,
    pub(crate) optional_auth: bool,

    // Of services.
    pub(crate) title: Option<String>,
    pub(crate) service: Option<ServiceNames>,
    pub(crate) signing: Option<SigV4>,
    /// The ids of the traits that are authentication schemes.
    pub(crate) auth_schemes: Vec<String>,
    pub(crate) protocols: Vec<Spoken>,
    pub(crate) query_compatible: bool,
    pub(crate) rule_set: Option<Box<Spanned<rule::RuleSet>>>,
    pub(crate) endpoint_tests: Option<Spanned<rule::Tests>>,
    pub(crate) decision_diagram: Option<Range<usize>>,
    pub(crate) client_parameters: BTreeMap<String, Value>,
}

impl Traits {
    /// Reads one more trait of a shape or a member. A malformed value is kept as a problem.
    pub(super) fn read(&mut self, source: &str, subject: &str, id: &str, value: &RawValue) {
        let raw = RawTrait {
            source,
            subject,
            id,
            value,
        };
        if let Err(problem) = self.take(&raw) {
            self.malformed.push((id.to_owned(), problem));
        }
    }

    /// Returns `true` if it has a trait of this id with a malformed value.
    pub(crate) fn is_malformed(&self, id: &str) -> bool {
        self.malformed.iter().any(|(malformed, _)| malformed == id)
    }

    fn take(&mut self, raw: &RawTrait<'_>) -> Result<(), Diagnostic> {
        match raw.id {
            // Of anything.
            "smithy.api#documentation" => self.documentation = Some(raw.value()?),
            "smithy.api#deprecated" => self.deprecated = Some(raw.value()?),
            "smithy.api#sensitive" => self.sensitive = true,

            // Of members.
            "smithy.api#required" => self.required = true,
            "smithy.api#clientOptional" => self.client_optional = true,
            "smithy.api#default" => {
                let (value, span) = (raw.value()?, span_of(raw.source, raw.value.get()));
                self.default = Some(Spanned { value, span });
            }
            "smithy.api#addedDefault" => self.added_default = true,
            "smithy.api#idempotencyToken" => self.idempotency_token = true,
            "smithy.api#jsonName" => self.json_name = Some(raw.value()?),
            ENUM_VALUE => self.enum_value = Some(raw.value()?),
            EVENT_HEADER => self.event_header = true,
            EVENT_PAYLOAD => self.event_payload = true,
            "smithy.api#hostLabel" => self.host_label = true,
            "smithy.rules#contextParam" => self.context_parameter = Some(raw.value()?),
            "smithy.api#httpHeader" => self.bind(HttpBinding::Header(raw.value()?)),
            "smithy.api#httpLabel" => self.bind(HttpBinding::Label),
            "smithy.api#httpPayload" => self.bind(HttpBinding::Payload),
            "smithy.api#httpPrefixHeaders" => self.bind(HttpBinding::PrefixHeaders(raw.value()?)),
            "smithy.api#httpQuery" => self.bind(HttpBinding::Query(raw.value()?)),
            "smithy.api#httpQueryParams" => self.bind(HttpBinding::QueryParams),
            "smithy.api#httpResponseCode" => self.bind(HttpBinding::ResponseCode),
            "smithy.api#xmlName" => self.xml.name = Some(raw.xml_name()?),
            "smithy.api#xmlNamespace" => self.xml.namespace = Some(raw.xml_namespace()?),
            "smithy.api#xmlAttribute" => self.xml.is_attribute = true,
            "smithy.api#xmlFlattened" => self.xml.is_flattened = true,
            "aws.protocols#ec2QueryName" => self.xml.ec2_name = Some(raw.value()?),

            // Of values.
            "smithy.api#enum" => self.values = Some(raw.value()?),
            "smithy.api#timestampFormat" => self.timestamp_format = Some(raw.value()?),
            "smithy.api#mediaType" => self.media_type = Some(raw.value()?),
            "smithy.api#sparse" => self.sparse = true,
            STREAMING => self.streaming = true,
            "smithy.api#requiresLength" => self.requires_length = true,
            "smithy.api#pattern" => self.pattern = Some(raw.pattern()?),
            "smithy.api#length" => self.length = Some(raw.bounds(0.0)?),
            "smithy.api#range" => {
                raw.bounds(f64::NEG_INFINITY)?;
            }

            // Of errors.
            "smithy.api#error" => self.error = Some(raw.value()?),
            "smithy.api#httpError" => self.http_error = Some(raw.value()?),
            RETRYABLE => self.retryable = Some(raw.value()?),
            "aws.protocols#awsQueryError" => self.query_error = Some(raw.value()?),
            RESPONSE_TESTS => self.response_tests = Some(raw.in_place()?),

            // Of operations.
            HTTP => self.http = Some(Box::new(raw.in_place()?)),
            ENDPOINT => self.endpoint = Some(Box::new(raw.in_place()?)),
            WAITABLE => self.waiters = Some(raw.in_place()?),
            "aws.auth#unsignedPayload" => self.unsigned_payload = true,
            "aws.protocols#httpChecksum" => self.http_checksum = Some(raw.value()?),
            "smithy.api#httpChecksumRequired" => self.http_checksum_required = true,
            "smithy.api#requestCompression" => self.request_compression = Some(raw.value()?),
            "smithy.api#examples" => self.examples = raw.value()?,
            REQUEST_TESTS => self.request_tests = Some(raw.in_place()?),
            EVENT_TESTS => self.event_tests = Some(raw.in_place()?),
            "smithy.rules#operationContextParams" => self.path_parameters = raw.value()?,
            "smithy.rules#staticContextParams" => self.constant_parameters = raw.value()?,

            // Of operations and services.
            PAGINATED => self.paginated = Some(Box::new(raw.in_place()?)),
            "smithy.api#auth" => self.auth = Some(raw.value()?),
            "smithy.api#optionalAuth" => self.optional_auth = true,

            // Of services.
            "smithy.api#title" => self.title = Some(raw.value()?),
            "aws.api#service" => self.service = Some(raw.value()?),
            "aws.auth#sigv4" => {
                self.auth_schemes.push(raw.id.to_owned());
                self.signing = Some(raw.value()?);
            }
            "aws.auth#sigv4a"
            | "smithy.api#httpApiKeyAuth"
            | "smithy.api#httpBasicAuth"
            | "smithy.api#httpBearerAuth"
            | "smithy.api#httpDigestAuth" => self.auth_schemes.push(raw.id.to_owned()),
            RULE_SET => {
                let mut rules: Spanned<rule::RuleSet> = raw.in_place()?;
                rules.value.only_dual_stack_suffix =
                    rule::use_dual_stack_suffix_alone(raw.value.get());
                self.rule_set = Some(Box::new(rules));
            }
            DECISION_DIAGRAM => self.decision_diagram = Some(raw.span()),
            ENDPOINT_TESTS => self.endpoint_tests = Some(raw.in_place()?),
            "smithy.rules#clientContextParams" => self.client_parameters = raw.value()?,
            "aws.protocols#awsQueryCompatible" => self.query_compatible = true,
            id if id.starts_with("aws.protocols#") || id.starts_with("smithy.protocols#") => {
                self.take_protocol(raw)?;
            }
            // A trait that does not change what is generated.
            _ => {}
        }
        Ok(())
    }

    /// Binds a member to a place in an HTTP message.
    fn bind(&mut self, binding: HttpBinding) {
        self.bindings.retain(|other| other.id() != binding.id());
        self.bindings.push(binding);
    }

    /// Reads a trait that is a protocol. The service speaks it even if its value is malformed.
    fn take_protocol(&mut self, raw: &RawTrait<'_>) -> Result<(), Diagnostic> {
        let (versions, problem) = match raw.value() {
            Ok(versions) => (versions, Ok(())),
            Err(problem) => (HttpVersions::default(), Err(problem)),
        };
        let id = raw.id.to_owned();
        self.protocols.push(Spoken { id, versions });
        problem
    }
}

/// A trait of a document: its id, its value, and the shape or member that has it.
struct RawTrait<'r> {
    source: &'r str,
    subject: &'r str,
    id: &'r str,
    value: &'r RawValue,
}

impl RawTrait<'_> {
    fn value<T: DeserializeOwned>(&self) -> Result<T, Diagnostic> {
        let text = self.value.get();
        serde_json::from_str(text).map_err(|error| {
            let problem = cause(&error);
            // What is missing has no place of its own.
            if problem.starts_with("missing field") {
                return self.malformed(self.span(), problem);
            }
            let at = span_of(self.source, text).start + offset(text, error.line(), error.column());
            self.malformed(at..at, problem)
        })
    }

    fn in_place<T: DeserializeOwned>(&self) -> Result<Spanned<T>, Diagnostic> {
        let (value, span) = (self.value()?, self.span());
        Ok(Spanned { value, span })
    }

    fn pattern(&self) -> Result<Pattern, Diagnostic> {
        let pattern: String = self.value()?;
        Pattern::parse(&pattern).map_err(|problem| self.unsound(problem))
    }

    fn bounds(&self, least: f64) -> Result<Bounds, Diagnostic> {
        let bounds: Bounds = self.value()?;
        match bounds.problem(least) {
            Some(problem) => Err(self.unsound(problem)),
            None => Ok(bounds),
        }
    }

    fn xml_name(&self) -> Result<String, Diagnostic> {
        let name: String = self.value()?;
        if is_xml_name(&name) {
            Ok(name)
        } else {
            Err(self.unsound(format!("{name:?} is not the name of an XML element")))
        }
    }

    fn xml_namespace(&self) -> Result<Namespace, Diagnostic> {
        let namespace: Namespace = self.value()?;
        let prefix = &namespace.prefix;
        if prefix.is_empty() || xml::is_prefix(prefix) {
            Ok(namespace)
        } else {
            Err(self.unsound(format!("{prefix:?} is not the prefix of an XML namespace")))
        }
    }

    /// Returns the place of the id.
    fn span(&self) -> Range<usize> {
        key_span(self.source, self.value.get())
    }

    /// Returns the problem of a value that is of the right form, but makes no sense.
    fn unsound(&self, problem: impl Into<String>) -> Diagnostic {
        self.malformed(span_of(self.source, self.value.get()), problem)
    }

    fn malformed(&self, span: Range<usize>, problem: impl Into<String>) -> Diagnostic {
        let Self { subject, id, .. } = self;
        let title = format!("the trait `{id}` of `{subject}` is malformed");
        Diagnostic::new(title, span, problem, help(id))
    }
}

/// Returns what to do about a malformed value of a trait.
fn help(id: &str) -> &'static str {
    match id {
        HTTP => "give `method`, an HTTP method in capitals, and `uri`, both text",
        ENDPOINT => "give `hostPrefix` as text",
        PAGINATED => "give `inputToken`, `outputToken`, `items` and `pageSize` as text",
        RETRYABLE => "give an empty object, or one with `throttling`, which is true or false",
        WAITABLE => "see the page \"Waiters\" of the Smithy reference",
        RULE_SET | ENDPOINT_TESTS => {
            "see the page \"Rules engine\" of the Smithy reference for what may stand here"
        }
        REQUEST_TESTS | RESPONSE_TESTS => {
            "see the page \"HTTP Protocol Compliance Tests\" of the Smithy reference"
        }
        _ => "correct the trait, or remove it",
    }
}
