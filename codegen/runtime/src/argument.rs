//! Conversions of arguments for which `Into` is not enough.

use std::borrow::Cow;
use std::time::SystemTime;

use bytes::{Bytes, BytesMut};

use crate::schema::Structure;
use crate::timestamp::Timestamp;

/// A value that converts into bytes: arrays, slices, vectors and text.
///
/// ```
/// use smithy_reqwest::IntoBytes as _;
///
/// assert_eq!([1, 2].into_bytes(), b"\x01\x02".into_bytes());
/// ```
pub trait IntoBytes {
    /// Returns the bytes. Static data is not copied.
    fn into_bytes(self) -> Bytes;
}

macro_rules! into_bytes {
    ($($type:ty)*) => {
        $(impl IntoBytes for $type {
            fn into_bytes(self) -> Bytes {
                self.into()
            }
        })*
    };
}

into_bytes!(Bytes BytesMut Vec<u8> Box<[u8]> &'static [u8] String &'static str);

impl<const N: usize> IntoBytes for [u8; N] {
    fn into_bytes(self) -> Bytes {
        Bytes::copy_from_slice(&self)
    }
}

impl<const N: usize> IntoBytes for &'static [u8; N] {
    fn into_bytes(self) -> Bytes {
        Bytes::from_static(self)
    }
}

impl IntoBytes for Cow<'static, [u8]> {
    fn into_bytes(self) -> Bytes {
        match self {
            Cow::Borrowed(bytes) => bytes.into(),
            Cow::Owned(bytes) => bytes.into(),
        }
    }
}

/// A value that converts into a timestamp.
pub trait IntoTimestamp {
    /// Returns the timestamp. A time outside the range of [`Timestamp`], the years -9999 to 9999,
    /// becomes [`Timestamp::MIN`] or [`Timestamp::MAX`].
    fn into_timestamp(self) -> Timestamp;
}

impl IntoTimestamp for Timestamp {
    fn into_timestamp(self) -> Timestamp {
        self
    }
}

impl IntoTimestamp for SystemTime {
    fn into_timestamp(self) -> Timestamp {
        let outside = || match self.duration_since(Self::UNIX_EPOCH) {
            Ok(_) => Timestamp::MAX,
            Err(_) => Timestamp::MIN,
        };
        Timestamp::try_from(self).unwrap_or_else(|_| outside())
    }
}

#[cfg(feature = "jiff")]
impl IntoTimestamp for jiff::Timestamp {
    fn into_timestamp(self) -> Timestamp {
        self.into()
    }
}

/// Changes a structure in a chain of setters, for example to set a field from an `Option`.
pub trait With: Structure + Sized {
    /// Returns the structure after a function has changed it.
    ///
    /// ```
    /// use smithy_reqwest::{With as _, structure};
    ///
    /// #[derive(Clone, PartialEq)]
    /// struct Page {
    ///     token: Option<String>,
    /// }
    ///
    /// structure!(Page: Default { token: "nextToken" });
    ///
    /// let token = std::env::args().nth(1);
    /// let page = Page::default().with(|page| page.token = token);
    /// # drop(page);
    /// ```
    #[must_use]
    fn with(mut self, set: impl FnOnce(&mut Self)) -> Self {
        set(&mut self);
        self
    }
}

impl<T: Structure> With for T {}
