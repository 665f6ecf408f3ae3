//! Endpoint rules, as typed expressions.
//!
//! Two properties of every expression make it valid Rust. An optional value is used as a present
//! one only under the name that a condition declares. And an expression that allocates (see
//! [`Expression::is_made`]) is only the value of a name or part of an outcome, never an argument.

use crate::name::Ident;

/// The rules that resolve an endpoint.
#[derive(Debug, Clone, Default)]
pub struct RuleSet {
    pub parameters: Vec<Parameter>,
    /// The rules, in order; the first match counts.
    pub rules: Vec<Rule>,
    /// Cases with the outcome that the model's author expects.
    pub cases: Vec<EndpointCase>,
}

/// A parameter of a rule set.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// The name in rules.
    pub name: String,
    /// The Rust name.
    pub field: Ident,
    /// Markdown.
    pub docs: String,
    /// The type: true or false, text, or a list of text.
    pub ty: ValueType,
    /// The client setting that it takes its value from.
    pub setting: Option<Setting>,
    /// The other sources of its value.
    pub set_by: Option<SetBy>,
    /// The value if none is given. Without a default, the parameter is optional.
    pub default: Option<Literal>,
}

impl Parameter {
    /// Returns `true` if it takes its value from a setting that every client has.
    pub fn is_flag(&self) -> bool {
        self.setting.is_some() && self.ty == ValueType::Boolean
    }
}

/// The source of a parameter's value, if it is not a setting of every client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetBy {
    /// The client builder.
    Client,
    /// An operation, or else the client builder.
    Call,
}

/// A client setting that rules can depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// The region: text that may be absent.
    Region,
    /// A custom endpoint: text that may be absent.
    Endpoint,
    /// FIPS endpoints.
    UseFips,
    /// Dual-stack endpoints.
    UseDualStack,
}

/// A value of a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Literal {
    Boolean(bool),
    /// Text.
    String(String),
    /// A list of text.
    StringArray(Vec<String>),
}

/// A rule: conditions, and the outcome if all of them hold.
#[derive(Debug, Clone)]
pub struct Rule {
    /// All of these must hold.
    pub conditions: Vec<Condition>,
    pub outcome: Outcome,
}

/// The outcome of a rule.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// An endpoint: its URL and its other properties.
    Endpoint(Expression, Vec<EndpointItem>),
    /// An error, with its message.
    Error(Expression),
    /// More rules, after which no others are tried.
    Rules(Vec<Rule>),
}

/// The properties of an endpoint other than its URL.
#[derive(Debug, Clone)]
pub enum EndpointItem {
    /// A header, with its values.
    Header(String, Vec<Expression>),
    /// An authentication scheme.
    AuthScheme(AuthScheme),
    /// A property that only callers interpret.
    Property(String, Property),
}

/// An authentication scheme, with the signing properties that the endpoint changes.
#[derive(Debug, Clone)]
pub struct AuthScheme {
    /// The name, as in `sigv4`.
    pub name: Expression,
    /// The service name of the credential scope, if it is another one.
    pub signing_name: Option<Expression>,
    /// The region of the credential scope, if it is another one.
    pub signing_region: Option<Expression>,
    /// The regions of the signature, for schemes such as `sigv4a`.
    pub signing_region_set: Vec<Expression>,
    /// Is `true` if the path is not escaped twice.
    pub disable_double_encoding: bool,
    /// Is `true` if the path is not normalized.
    pub disable_normalize_path: bool,
}

/// The value of a property.
#[derive(Debug, Clone)]
pub enum Property {
    Boolean(bool),
    Text(Expression),
    List(Vec<Property>),
    Object(Vec<(String, Property)>),
}

/// A condition of a rule.
#[derive(Debug, Clone)]
pub enum Condition {
    /// An expression is true.
    IsTrue(Expression),
    /// An expression has a value, which then has this Rust name.
    HasValue(Ident, Expression),
    /// No condition: an expression, which always has a value, has this Rust name.
    Let(Ident, Expression),
}

/// An expression in a rule.
#[derive(Debug, Clone)]
pub enum Expression {
    Boolean(bool),
    /// Text.
    String(String),
    /// A number, which is only used as an argument.
    Integer(u32),
    /// A template.
    Template(Vec<TemplatePart>),
    /// A field of the parameters.
    Parameter {
        field: Ident,
        /// Its type.
        ty: ValueType,
        /// Is `true` if it is optional.
        optional: bool,
    },
    /// A value that a condition named.
    Variable(Ident, Storage),
    /// A field of a value.
    Field(Box<Expression>, Ident, Storage),
    /// An element of a list, counted from the end where the index is negative.
    Element(Box<Expression>, i32),
    /// A call of a function of the runtime.
    Call {
        /// The name in the runtime.
        function: &'static str,
        arguments: Vec<Expression>,
        /// The Rust type of its value.
        storage: Storage,
    },
    /// A comparison of two values.
    Equal(Box<Expression>, Box<Expression>),
    /// A negation.
    Not(Box<Expression>),
    /// A check for the presence of a value.
    IsSet(Box<Expression>),
    /// The first of several values that is there. All but the last may be absent.
    Coalesce {
        values: Vec<Expression>,
        /// Is `true` if the last value is optional, too.
        optional: bool,
    },
    /// One of two values.
    IfElse {
        condition: Box<Expression>,
        /// The value if it is true, and whether it is to be wrapped in `Some`.
        then: (Box<Expression>, bool),
        /// The value if it is false, and whether it is to be wrapped in `Some`.
        otherwise: (Box<Expression>, bool),
    },
}

impl Expression {
    /// Returns `true` if it allocates its value, which then needs a name before anything can refer
    /// to it.
    pub fn is_made(&self) -> bool {
        self.storage() != Storage::Plain || matches!(self, Self::IfElse { .. })
    }

    /// Returns the Rust type of a variable for it.
    pub fn storage(&self) -> Storage {
        match self {
            Self::Template(_) => Storage::OwnedString,
            Self::Call { storage, .. } => *storage,
            _ => Storage::Plain,
        }
    }

    /// Returns the negation of a boolean expression, in its shortest form.
    pub fn negated(self) -> Self {
        match self {
            Self::Boolean(value) => Self::Boolean(!value),
            Self::Not(value) => *value,
            value => Self::Not(Box::new(value)),
        }
    }
}

/// The Rust type of a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Storage {
    /// A value that is used as it is: `bool`, `&str`, `&[String]` or a structure.
    Plain,
    /// A `String`.
    OwnedString,
    /// A `Vec<String>`.
    OwnedArray,
}

/// A part of a template.
#[derive(Debug, Clone)]
pub enum TemplatePart {
    /// Literal text.
    Literal(String),
    Value(Expression),
}

/// The type of a value in a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueType {
    Boolean,
    /// Text.
    String,
    /// A list of text.
    StringArray,
    /// A number.
    Integer,
    Partition,
    /// A URL in parts.
    Url,
    /// An ARN in parts.
    Arn,
}

/// A case of the endpoint rules.
#[derive(Debug, Clone)]
pub struct EndpointCase {
    /// The documentation, in one line.
    pub documentation: String,
    /// The parameters that are given, without those that have their default.
    pub parameters: Vec<(Ident, Literal)>,
    /// The expected result: an endpoint with constant parts, or an error.
    pub expected: Outcome,
    /// The reason why the case is outdated, if AWS's data has changed since.
    pub outdated: Option<&'static str>,
}

/// A parameter that an operation gives to the rules.
#[derive(Debug, Clone)]
pub struct ParameterBinding {
    /// The name in rules.
    pub parameter: String,
    /// Its value.
    pub source: ParameterSource,
}

/// The source of a parameter's value in an operation.
#[derive(Debug, Clone)]
pub enum ParameterSource {
    /// It is the same for every call.
    Constant(Literal),
    /// It is in the request.
    Request(MemberPath),
    /// A required text member of the request: its names in the model and in Rust.
    Required(String, Ident),
}

/// A path from a request to a value, or to several values of one list.
#[derive(Debug, Clone)]
pub enum MemberPath {
    /// The end of the path: text.
    Text,
    /// The end of the path: a string enumeration.
    Enumeration,
    /// The end of the path: a boolean.
    Boolean,
    /// Through a member of a structure.
    Member {
        /// The Rust name.
        name: Ident,
        /// Is `true` if it is optional.
        optional: bool,
        /// The rest of the path.
        then: Box<MemberPath>,
    },
    /// Through a member of a union.
    Variant {
        /// The Rust name of the union.
        union: Ident,
        /// The Rust name of the member.
        name: Ident,
        /// Is `true` if the union is boxed.
        boxed: bool,
        /// The rest of the path.
        then: Box<MemberPath>,
    },
    /// Through each part of a list or a map.
    Each {
        /// The selected parts.
        part: Part,
        /// Is `true` if some may be absent, which the path skips.
        sparse: bool,
        /// The rest of the path for each.
        then: Box<MemberPath>,
    },
    /// Several paths to values of one list.
    Several(Vec<MemberPath>),
}

/// The parts of a list or a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The elements of a list.
    Elements,
    /// The values of a map.
    Values,
    /// The keys of a map.
    Keys,
}
