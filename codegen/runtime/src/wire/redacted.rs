//! What `Debug` shows of secrets.

use std::fmt;

/// What `Debug` shows in place of a secret.
pub struct Redacted;

impl Redacted {
    /// Shows whether there is a secret.
    #[must_use]
    pub fn option<T>(value: &Option<T>) -> Option<Self> {
        value.is_some().then_some(Self)
    }
}

/// Shows a member of a union, for the `Debug` of one that has secrets.
///
/// # Errors
///
/// What the formatter says.
pub fn debug_member(f: &mut fmt::Formatter<'_>, name: &str, value: &dyn fmt::Debug) -> fmt::Result {
    f.debug_tuple(name).field(value).finish()
}

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("** redacted **")
    }
}
