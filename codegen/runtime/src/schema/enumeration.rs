//! Enumerations of text and of integers.

use std::fmt;

/// A value of an enum that this version of the crate does not know.
///
/// It can be created only by parsing (`From`, `FromStr`, or a response), so an unknown value never
/// equals a known one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownValue<T = String>(T);

impl<T> UnknownValue<T> {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(value: T) -> Self {
        Self(value)
    }
}

impl UnknownValue {
    /// Returns the value that the service sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl UnknownValue<i32> {
    /// Returns the number that the service sent.
    #[must_use]
    pub fn as_i32(self) -> i32 {
        self.0
    }
}

impl<T: fmt::Display> fmt::Display for UnknownValue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: fmt::Debug> fmt::Debug for UnknownValue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A value of a string enum.
pub trait Enumeration {
    /// Returns the value as text.
    fn as_str(&self) -> &str;

    /// Returns the Rust name of the variant, if the value is a known one.
    fn variant(&self) -> Option<&'static str>;
}

/// Declares a string enum: its variants and their values.
///
/// The type has `as_str`, `Display`, conversions from text, and serde's traits. Other values are
/// kept in `Unknown`, so they round-trip.
///
/// ```
/// use smithy_reqwest::{schema::UnknownValue, string_enum};
///
/// #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
/// enum Color {
///     Red,
///     Unknown(UnknownValue),
/// }
///
/// string_enum!(Color { Red: "RED" });
///
/// let colors: Vec<Color> = serde_json::from_str(r#"["RED","PLAID"]"#).unwrap();
/// assert_eq!(colors, [Color::Red, Color::from("PLAID")]);
/// assert_eq!(serde_json::to_string(&colors).unwrap(), r#"["RED","PLAID"]"#);
/// ```
#[macro_export]
macro_rules! string_enum {
    ($name:ident { $($variant:ident : $text:literal),* $(,)? }) => {
        #[allow(deprecated)]
        impl $name {
            /// Returns the value as text.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }
        }

        #[allow(deprecated)]
        impl ::core::convert::From<&str> for $name {
            #[inline]
            fn from(value: &str) -> Self {
                match value {
                    $($text => Self::$variant,)*
                    _ => Self::Unknown($crate::schema::UnknownValue::new(value.to_owned())),
                }
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            #[inline]
            fn from(value: ::std::string::String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            // `Self::Err` could be a variant.
            #[inline]
            fn from_str(value: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(Self::from(value))
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(&$crate::schema::Value::view(self), f)
            }
        }

        /// An unknown, empty value, for a required member that a response lacks.
        impl ::core::default::Default for $name {
            #[inline]
            fn default() -> Self {
                $crate::schema::Value::initial()
            }
        }

        #[allow(deprecated)]
        impl $crate::schema::Enumeration for $name {
            #[inline]
            fn as_str(&self) -> &str {
                self.as_str()
            }

            #[inline]
            fn variant(&self) -> ::core::option::Option<&'static str> {
                match self {
                    $(Self::$variant => ::core::option::Option::Some(::core::stringify!($variant)),)*
                    Self::Unknown(_) => ::core::option::Option::None,
                }
            }
        }

        impl $crate::schema::Value for $name {
            #[inline]
            fn initial() -> Self {
                Self::Unknown($crate::schema::UnknownValue::new(::std::string::String::new()))
            }

            #[inline]
            fn view(&self) -> $crate::schema::View<'_> {
                $crate::schema::View::Enumeration(self)
            }

            #[inline]
            fn slot(&mut self) -> $crate::schema::Slot<'_> {
                $crate::schema::Slot::String(self)
            }
        }

        impl $crate::schema::Text for $name {
            #[inline]
            fn set(&mut self, text: &str) -> bool {
                *self = Self::from(text);
                true
            }
        }

        impl $crate::schema::Key for $name {
            #[inline]
            fn as_str(&self) -> &str {
                self.as_str()
            }

            #[inline]
            fn from_text(text: &str) -> Self {
                Self::from(text)
            }
        }

        $crate::structure!(@serde $name);
    };
}

/// Declares an integer enum: its variants and their numbers.
///
/// The type has `as_i32`, `Display`, conversions from numbers, and serde's traits. Other numbers
/// are kept in `Unknown`.
///
/// ```
/// use smithy_reqwest::{int_enum, schema::UnknownValue};
///
/// #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
/// enum Size {
///     Small,
///     Unknown(UnknownValue<i32>),
/// }
///
/// int_enum!(Size { Small: 1 });
///
/// let sizes: Vec<Size> = serde_json::from_str("[1,7]").unwrap();
/// assert_eq!(sizes, [Size::Small, Size::from(7)]);
/// assert_eq!(serde_json::to_string(&sizes).unwrap(), "[1,7]");
/// ```
#[macro_export]
macro_rules! int_enum {
    ($name:ident { $($variant:ident : $number:literal),* $(,)? }) => {
        #[allow(deprecated)]
        impl $name {
            /// Returns the number.
            #[must_use]
            #[inline]
            pub fn as_i32(self) -> i32 {
                match self {
                    $(Self::$variant => $number,)*
                    Self::Unknown(number) => number.as_i32(),
                }
            }
        }

        #[allow(deprecated)]
        impl ::core::convert::From<i32> for $name {
            #[inline]
            fn from(number: i32) -> Self {
                match number {
                    $($number => Self::$variant,)*
                    _ => Self::Unknown($crate::schema::UnknownValue::new(number)),
                }
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::num::ParseIntError;

            // `Self::Err` could be a variant.
            #[inline]
            fn from_str(value: &str) -> ::core::result::Result<Self, ::core::num::ParseIntError> {
                value.parse().map(|number: i32| Self::from(number))
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.as_i32(), f)
            }
        }

        #[allow(deprecated)]
        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(match self {
                    $(Self::$variant => ::core::stringify!($variant),)*
                    Self::Unknown(number) => return f.debug_tuple("Unknown").field(number).finish(),
                })
            }
        }

        /// An unknown 0, for a required member that a response lacks.
        impl ::core::default::Default for $name {
            #[inline]
            fn default() -> Self {
                $crate::schema::Value::initial()
            }
        }

        impl $crate::schema::Value for $name {
            #[inline]
            fn initial() -> Self {
                Self::from(0)
            }

            #[inline]
            fn view(&self) -> $crate::schema::View<'_> {
                $crate::schema::View::Integer(i64::from(self.as_i32()))
            }

            #[inline]
            fn slot(&mut self) -> $crate::schema::Slot<'_> {
                $crate::schema::Slot::Integer(self)
            }
        }

        impl $crate::schema::Integer for $name {
            #[inline]
            fn set(&mut self, value: i64) -> bool {
                let number = i32::try_from(value);
                *self = number.map_or(*self, Self::from);
                number.is_ok()
            }
        }

        $crate::structure!(@serde $name);
    };
}
