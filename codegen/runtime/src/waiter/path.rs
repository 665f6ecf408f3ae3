//! The subset of JMESPath, a query language for JSON, that waiters use, as data.
//!
//! The generator parses the expressions of a model, so an invalid one is rejected there.

use std::cmp::Ordering;

use serde_json::Value;

/// An expression. If it does not apply to a value, its result is null.
#[derive(Debug)]
pub enum Path {
    /// The value itself: `@`.
    Current,
    /// A member of a member: `a.b`.
    Fields(&'static [&'static str]),
    /// An element of a list; a negative index counts from the end: `[0]`, `[-1]`.
    Index(i64),
    /// A constant.
    Literal(Literal),
    /// The second expression, applied to the result of the first: `a | b`.
    Pipe(&'static Path, &'static Path),
    /// An expression for each element of a list, without nulls: `a[*].b`.
    Each(&'static Path, &'static Path),
    /// An expression for the value of each member, without nulls: `a.*.b`.
    Values(&'static Path, &'static Path),
    /// A flattened list: `a[]`.
    Flatten(&'static Path),
    /// The elements of a list for which an expression is true: `a[?b]`.
    Filter(&'static Path, &'static Path),
    /// A list of the results of expressions: `[a, b]`.
    List(&'static [Path]),
    /// A comparison: `a == b`.
    Compare(&'static Path, Comparator, &'static Path),
    /// The first value if it is not true, else the second: `a && b`.
    And(&'static Path, &'static Path),
    /// The first value if it is true, else the second: `a || b`.
    Or(&'static Path, &'static Path),
    /// The negation of a value: `!a`.
    Not(&'static Path),
    /// The length of a list, an object or text: `length(a)`.
    Length(&'static Path),
    /// `true` if a list or text contains a value: `contains(a, b)`.
    Contains(&'static Path, &'static Path),
    /// The names of the members of an object: `keys(a)`.
    Keys(&'static Path),
}

/// A constant.
#[derive(Debug)]
pub enum Literal {
    /// Null.
    Null,
    /// A boolean.
    Boolean(bool),
    /// A number.
    Number(f64),
    /// Text.
    String(&'static str),
}

/// A comparison operator.
#[derive(Debug, Clone, Copy)]
pub enum Comparator {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`, of numbers.
    Less,
    /// `<=`, of numbers.
    LessOrEqual,
    /// `>`, of numbers.
    Greater,
    /// `>=`, of numbers.
    GreaterOrEqual,
}

impl Path {
    /// Evaluates the expression for a value.
    #[must_use]
    pub fn evaluate(&self, value: &Value) -> Value {
        match self {
            Self::Current => value.clone(),
            Self::Fields(names) => {
                let mut names = names.iter();
                let member = names.try_fold(value, |value, name| value.get(name));
                member.cloned().unwrap_or_default()
            }
            Self::Index(index) => element(value, *index).cloned().unwrap_or_default(),
            Self::Literal(literal) => literal.value(),
            Self::Pipe(first, second) => second.evaluate(&first.evaluate(value)),
            Self::Each(list, rest) => match list.evaluate(value) {
                Value::Array(elements) => rest.of_each(&elements),
                _ => Value::Null,
            },
            Self::Values(object, rest) => match object.evaluate(value) {
                Value::Object(members) => rest.of_each(members.values()),
                _ => Value::Null,
            },
            Self::Flatten(list) => flatten(list.evaluate(value)),
            Self::Filter(list, condition) => match list.evaluate(value) {
                Value::Array(mut elements) => {
                    elements.retain(|element| is_true(&condition.evaluate(element)));
                    Value::Array(elements)
                }
                _ => Value::Null,
            },
            // An object has members, and null has none.
            Self::List(_) if value.is_null() => Value::Null,
            Self::List(paths) => paths.iter().map(|path| path.evaluate(value)).collect(),
            Self::Compare(left, comparator, right) => {
                comparator.compare(&left.evaluate(value), &right.evaluate(value))
            }
            Self::And(left, right) => {
                let left = left.evaluate(value);
                if is_true(&left) {
                    right.evaluate(value)
                } else {
                    left
                }
            }
            Self::Or(left, right) => {
                let left = left.evaluate(value);
                if is_true(&left) {
                    left
                } else {
                    right.evaluate(value)
                }
            }
            Self::Not(path) => Value::Bool(!is_true(&path.evaluate(value))),
            Self::Length(path) => length(&path.evaluate(value)),
            Self::Contains(place, part) => contains(&place.evaluate(value), &part.evaluate(value)),
            Self::Keys(path) => match path.evaluate(value) {
                Value::Object(members) => members.into_iter().map(|(name, _)| name).collect(),
                _ => Value::Null,
            },
        }
    }

    fn of_each<'v>(&self, values: impl IntoIterator<Item = &'v Value>) -> Value {
        let found = values.into_iter().map(|value| self.evaluate(value));
        found.filter(|value| !value.is_null()).collect()
    }
}

impl Literal {
    fn value(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Boolean(boolean) => Value::from(*boolean),
            Self::Number(number) => Value::from(*number),
            Self::String(text) => Value::from(*text),
        }
    }
}

impl Comparator {
    /// Returns the result; null if the values cannot be compared.
    fn compare(self, left: &Value, right: &Value) -> Value {
        let order = match (left.as_f64(), right.as_f64()) {
            (Some(left), Some(right)) => left.partial_cmp(&right),
            _ => None,
        };
        let equal = left == right || order == Some(Ordering::Equal);
        let holds = match self {
            Self::Equal => Some(equal),
            Self::NotEqual => Some(!equal),
            Self::Less => order.map(Ordering::is_lt),
            Self::LessOrEqual => order.map(Ordering::is_le),
            Self::Greater => order.map(Ordering::is_gt),
            Self::GreaterOrEqual => order.map(Ordering::is_ge),
        };
        holds.map_or(Value::Null, Value::Bool)
    }
}

fn element(value: &Value, index: i64) -> Option<&Value> {
    let list = value.as_array()?;
    let index = if index < 0 {
        list.len()
            .checked_sub(usize::try_from(index.unsigned_abs()).ok()?)?
    } else {
        usize::try_from(index).ok()?
    };
    list.get(index)
}

fn flatten(value: Value) -> Value {
    let Value::Array(elements) = value else {
        return Value::Null;
    };
    let mut flat = Vec::with_capacity(elements.len());
    for element in elements {
        match element {
            Value::Array(inner) => flat.extend(inner),
            other => flat.push(other),
        }
    }
    Value::Array(flat)
}

/// Returns `false` for null, false and empty values.
fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(boolean) => *boolean,
        Value::Number(_) => true,
        Value::String(text) => !text.is_empty(),
        Value::Array(elements) => !elements.is_empty(),
        Value::Object(members) => !members.is_empty(),
    }
}

fn length(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::from(text.chars().count()),
        Value::Array(elements) => Value::from(elements.len()),
        Value::Object(members) => Value::from(members.len()),
        _ => Value::Null,
    }
}

fn contains(place: &Value, part: &Value) -> Value {
    match (place, part) {
        (Value::Array(elements), part) => {
            let is_part = |element| Comparator::Equal.compare(element, part) == true;
            Value::Bool(elements.iter().any(is_part))
        }
        (Value::String(text), part) => {
            Value::Bool(part.as_str().is_some_and(|part| text.contains(part)))
        }
        _ => Value::Null,
    }
}
