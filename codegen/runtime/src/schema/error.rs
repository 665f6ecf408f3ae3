//! The modeled errors of a service.

use std::fmt;

use super::{Structure, View, with_fields};
use crate::one_line::OneLine;

/// The modeled errors of a service: an enum with a variant for each, declared by `service_errors!`.
pub trait ModeledError: std::error::Error + Send + Sync + Sized + 'static {
    /// The descriptions of the errors.
    const SHAPES: &'static [ErrorShape];

    /// Creates an error by its code, without members; `None` for an unknown code.
    fn of_code(code: &str) -> Option<Self>;

    /// Returns the members of the error for writing.
    fn structure_mut(&mut self) -> &mut dyn Structure;
}

/// The description of a modeled error.
#[derive(Debug, Clone, Copy)]
pub struct ErrorShape {
    /// The code.
    pub code: &'static str,
    /// The reason for a retry, if the error is retryable (`smithy.api#retryable`).
    pub retryable: Option<Retryable>,
    /// Is `true` if the message is secret (`smithy.api#sensitive`).
    pub sensitive: bool,
}

/// The reason for a retry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retryable {
    /// A temporary failure.
    Transient,
    /// Throttling.
    Throttling,
}

/// The traits of an error, as `service_errors!` names them in brackets.
impl ErrorShape {
    /// Creates an error that is not retryable.
    #[must_use]
    pub const fn new(code: &'static str) -> Self {
        Self {
            code,
            retryable: None,
            sensitive: false,
        }
    }

    /// Marks the error as retryable.
    #[must_use]
    pub const fn retryable(mut self) -> Self {
        self.retryable = Some(Retryable::Transient);
        self
    }

    /// Marks the error as throttling.
    #[must_use]
    pub const fn throttling(mut self) -> Self {
        self.retryable = Some(Retryable::Throttling);
        self
    }

    /// Marks the message as secret.
    #[must_use]
    pub const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }
}

/// Formats the code and the message of an error, if there is one and it is not secret.
///
/// # Errors
///
/// Errors of the formatter.
pub fn display_error(code: &str, error: &dyn Structure, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str(code)?;
    let schema = error.schema();
    with_fields(error, |fields| {
        let mut members = schema.members.iter().zip(fields);
        let message = members.find(|(member, _)| member.name.eq_ignore_ascii_case("message"));
        match message.map(|(member, field)| (member.sensitive, *field)) {
            Some((false, View::String(message))) => write!(f, ": {}", OneLine(message)),
            _ => Ok(()),
        }
    })
    .unwrap_or(Ok(()))
}

/// Declares the modeled errors of a service: the enum, and the code and traits of each variant,
/// which is named like its structure.
///
/// ```
/// use smithy_reqwest::{service_errors, structure};
///
/// #[derive(Clone, PartialEq)]
/// struct NotFound {
///     message: Option<String>,
/// }
///
/// structure!(NotFound: Default { message: "message" });
///
/// #[derive(Debug, Clone, PartialEq)]
/// enum ServiceError {
///     NotFound(NotFound),
/// }
///
/// service_errors!(ServiceError { NotFound: "NotFoundException" [retryable] });
///
/// let error = NotFound { message: Some("no such flow".to_owned()) };
/// assert_eq!(error.to_string(), "NotFoundException: no such flow");
/// ```
#[macro_export]
macro_rules! service_errors {
    ($errors:ident { $(
        $name:ident : $code:literal $([$($trait:ident),+])?
    ),* $(,)? }) => {
        // A service may have no modeled errors.
        #[allow(unreachable_code)]
        impl $crate::schema::ModeledError for $errors {
            const SHAPES: &'static [$crate::schema::ErrorShape] = &[$(
                $crate::schema::ErrorShape::new($code) $($(.$trait())+)?
            ),*];

            #[inline]
            fn of_code(code: &str) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(match code {
                    $($code => Self::$name(::core::default::Default::default()),)*
                    _ => return ::core::option::Option::None,
                })
            }

            #[inline]
            fn structure_mut(&mut self) -> &mut dyn $crate::schema::Structure {
                match *self {
                    $(Self::$name(ref mut error) => error,)*
                }
            }
        }

        impl ::core::fmt::Display for $errors {
            #[inline]
            fn fmt(&self, _f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match *self {
                    $(Self::$name(ref error) => ::core::fmt::Display::fmt(error, _f),)*
                }
            }
        }

        impl ::core::error::Error for $errors {}

        $(
            impl ::core::fmt::Display for $name {
                #[inline]
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    $crate::schema::display_error($code, self, f)
                }
            }

            impl ::core::error::Error for $name {}
        )*
    };
}
