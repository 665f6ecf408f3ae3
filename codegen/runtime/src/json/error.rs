//! What is wrong with a text.

use std::fmt::{self, Display};

use serde::de::{Expected, Unexpected};

/// What is wrong with a text and where, without the values that are in it.
#[derive(Debug)]
pub(crate) struct Error(Box<Content>);

#[derive(Debug)]
struct Content {
    problem: String,
    /// The line and the column, from 1 on, where they are known.
    place: Option<(usize, usize)>,
}

impl Error {
    pub(super) fn new(problem: impl Into<String>) -> Self {
        Self(Box::new(Content {
            problem: problem.into(),
            place: None,
        }))
    }

    pub(super) fn expected(what: &dyn Expected) -> Self {
        Self::new(format!("expected {what}"))
    }

    /// The same error, at a place where it has none yet.
    pub(super) fn at(mut self, place: (usize, usize)) -> Self {
        self.0.place.get_or_insert(place);
        self
    }
}

impl Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.problem)?;
        match self.0.place {
            Some((line, column)) => write!(f, " at line {line} column {column}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {}

/// What the types say of values that are not theirs, without the values.
impl serde::de::Error for Error {
    fn custom<T: Display>(_: T) -> Self {
        Self::new("a value is not of its format")
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::expected(expected)
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::expected(expected)
    }

    fn invalid_length(_: usize, expected: &dyn Expected) -> Self {
        Self::expected(expected)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(format!("the member `{field}` is missing"))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(format!("the member `{field}` is there twice"))
    }
}
