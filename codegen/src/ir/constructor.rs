//! Constructors of structures.

use crate::name::Ident;

/// The constructor of a structure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Constructor {
    /// `default`: nothing is required.
    #[default]
    Default,
    /// `new` with these members as its arguments, by their Rust names.
    Arguments(Vec<Ident>),
    /// `new` with a structure of all required members. This is its name.
    Fields(Ident, Vec<Ident>),
}

impl Constructor {
    /// Returns the members that it takes, in order.
    pub fn members(&self) -> &[Ident] {
        match self {
            Self::Default => &[],
            Self::Arguments(members) | Self::Fields(_, members) => members,
        }
    }
}
