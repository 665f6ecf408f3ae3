//! The commands that are longer than a screen.

pub(crate) mod diff;
pub(crate) mod refresh;
