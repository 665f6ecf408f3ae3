//! The generic types behind three aliases of this crate:
//! [`ClientBuilder`](crate::ClientBuilder), [`Error`](crate::Error) and
//! [`ErrorKind`](crate::ErrorKind).
//!
//! Generated crates share them, so code that works with several services uses these types.

#[doc(inline)]
pub use smithy_reqwest::{ClientBuilder, Error, ErrorKind, GeneratedClient};
