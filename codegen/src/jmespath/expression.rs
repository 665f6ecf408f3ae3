//! The syntax tree of a JMESPath expression.

/// A JMESPath expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// The current value: `@`.
    Current,
    /// Nested members: `a.b`.
    Fields(Vec<String>),
    /// An element of a list, counted from the end if negative: `[0]`, `[-1]`.
    Index(i64),
    /// A constant: `` `0` `` or `'text'`.
    Literal(Literal),
    /// The second expression, applied to the result of the first: `a | b`, and `a.b` unless both
    /// are [`Fields`](Self::Fields).
    Pipe(Box<Self>, Box<Self>),
    /// A list projection: the second expression, applied to each element of the first: `a[*].b`.
    Each(Box<Self>, Box<Self>),
    /// An object projection: the second expression, applied to the value of each member of the
    /// first: `a.*.b`.
    Values(Box<Self>, Box<Self>),
    /// A list in which elements that are lists are replaced by their elements: `a[]`.
    Flatten(Box<Self>),
    /// The elements of a list for which a condition holds: `a[?b]`.
    Filter(Box<Self>, Box<Self>),
    /// A multiselect list: `[a, b]`.
    List(Vec<Self>),
    /// A comparison: `a == b`.
    Compare(Box<Self>, Comparator, Box<Self>),
    /// `a && b`.
    And(Box<Self>, Box<Self>),
    /// `a || b`.
    Or(Box<Self>, Box<Self>),
    /// `!a`.
    Not(Box<Self>),
    /// `length(a)`.
    Length(Box<Self>),
    /// `contains(a, b)`.
    Contains(Box<Self>, Box<Self>),
    /// `keys(a)`.
    Keys(Box<Self>),
}

/// A constant in an expression.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(untagged)]
pub enum Literal {
    Null,
    Boolean(bool),
    Number(f64),
    String(String),
}

/// A comparison operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
