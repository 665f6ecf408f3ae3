//! Errors of values and bodies, with their location.

use std::borrow::Cow;
use std::fmt;

use crate::message::InvalidRequest;

/// The error of a codec: a problem, and the path of its member. It does not contain values.
#[derive(Debug)]
pub(crate) struct Error(Box<Content>);

#[derive(Debug)]
struct Content {
    problem: Cow<'static, str>,
    /// The steps to the member, the last one first.
    path: Vec<Step>,
}

#[derive(Debug)]
enum Step {
    Member(&'static str),
    Index(usize),
    /// A value of a map, whose keys may be secrets.
    Entry,
}

impl Error {
    pub(crate) fn new(problem: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Content {
            problem: problem.into(),
            path: Vec::new(),
        }))
    }

    /// Returns the error of a body whose values exceed the memory limit.
    pub(super) fn too_large() -> Self {
        Self::new(
            "the values take more memory than is allowed; set another limit with \
             `max_decoded_size` on the builder",
        )
    }

    /// Adds the member with the problem to the path.
    pub(super) fn in_member(mut self, name: &'static str) -> Self {
        self.0.path.push(Step::Member(name));
        self
    }

    /// Adds the element of a list with the problem to the path.
    pub(super) fn in_element(mut self, index: usize) -> Self {
        self.0.path.push(Step::Index(index));
        self
    }

    /// Adds a value of a map with the problem to the path.
    pub(super) fn in_entry(mut self) -> Self {
        self.0.path.push(Step::Entry);
        self
    }

    /// Returns the error of a request. `whole` is the name for the value itself.
    pub(crate) fn in_request(self, whole: &'static str) -> InvalidRequest {
        let path = self.path();
        let member = if path.is_empty() {
            whole.into()
        } else {
            Cow::from(path)
        };
        InvalidRequest::new(member, self.0.problem)
    }

    /// Returns the path of the member with the problem: `flows[3].createdAt`; empty for the whole
    /// value.
    fn path(&self) -> String {
        let mut path = String::new();
        for step in self.0.path.iter().rev() {
            match step {
                Step::Member(name) if path.is_empty() => path.push_str(name),
                Step::Member(name) => path.push_str(&format!(".{name}")),
                Step::Index(index) => path.push_str(&format!("[{index}]")),
                Step::Entry => path.push_str("[*]"),
            }
        }
        path
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path();
        let colon = if path.is_empty() { "" } else { ": " };
        write!(f, "{path}{colon}{}", self.0.problem)
    }
}

impl std::error::Error for Error {}
