//! What every generated enumeration has.

/// Gives a string enumeration its `Display`, its conversions and its serde implementations.
///
/// The type declares its variants, `as_str` and `From<&str>`; a value that the model does not list
/// is kept in the `Unknown` variant as it came, so that it survives being read and written.
///
/// ```
/// #[derive(Debug, Clone, PartialEq)]
/// pub enum Color {
///     Red,
///     Unknown(String),
/// }
///
/// impl Color {
///     pub fn as_str(&self) -> &str {
///         match self {
///             Self::Red => "RED",
///             Self::Unknown(value) => value,
///         }
///     }
/// }
///
/// impl From<&str> for Color {
///     fn from(value: &str) -> Self {
///         match value {
///             "RED" => Self::Red,
///             unknown => Self::Unknown(unknown.to_owned()),
///         }
///     }
/// }
///
/// smithy_reqwest::string_enum!(Color);
///
/// let read: Vec<Color> = serde_json::from_str(r#"["RED","PLAID"]"#).unwrap();
/// assert_eq!(read, [Color::Red, Color::Unknown("PLAID".to_owned())]);
/// assert_eq!(serde_json::to_string(&read).unwrap(), r#"["RED","PLAID"]"#);
/// ```
#[macro_export]
macro_rules! string_enum {
    ($name:ident) => {
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        /// An unknown, empty value: it stands for a required member that a response lacks.
        impl ::std::default::Default for $name {
            fn default() -> Self {
                Self::Unknown(::std::string::String::new())
            }
        }

        impl ::std::convert::From<::std::string::String> for $name {
            fn from(value: ::std::string::String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            // `Self::Err` could be a variant.
            fn from_str(value: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                ::std::result::Result::Ok(Self::from(value))
            }
        }

        impl $crate::wire::serde::Serialize for $name {
            fn serialize<S: $crate::wire::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::wire::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::wire::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::wire::text(deserializer, |value| Self::from(value))
            }
        }
    };
}

/// Gives an integer enumeration its `Display`, its conversions and its serde implementations.
///
/// The type declares its variants, `as_i32` and `From<i32>`; a value that the model does not list
/// is kept in the `Unknown` variant as it came.
///
/// ```
/// #[derive(Debug, Clone, Copy, PartialEq)]
/// pub enum Size {
///     Small,
///     Unknown(i32),
/// }
///
/// impl Size {
///     pub fn as_i32(self) -> i32 {
///         match self {
///             Self::Small => 1,
///             Self::Unknown(value) => value,
///         }
///     }
/// }
///
/// impl From<i32> for Size {
///     fn from(value: i32) -> Self {
///         match value {
///             1 => Self::Small,
///             unknown => Self::Unknown(unknown),
///         }
///     }
/// }
///
/// smithy_reqwest::int_enum!(Size);
///
/// let read: Vec<Size> = serde_json::from_str("[1,7]").unwrap();
/// assert_eq!(read, [Size::Small, Size::Unknown(7)]);
/// assert_eq!(serde_json::to_string(&read).unwrap(), "[1,7]");
/// ```
#[macro_export]
macro_rules! int_enum {
    ($name:ident) => {
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.as_i32(), f)
            }
        }

        /// An unknown 0: it stands for a required member that a response lacks.
        impl ::std::default::Default for $name {
            fn default() -> Self {
                Self::Unknown(0)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::num::ParseIntError;

            // `Self::Err` could be a variant.
            fn from_str(value: &str) -> ::std::result::Result<Self, ::std::num::ParseIntError> {
                value.parse().map(|value: i32| Self::from(value))
            }
        }

        impl $crate::wire::serde::Serialize for $name {
            fn serialize<S: $crate::wire::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_i32(self.as_i32())
            }
        }

        impl<'de> $crate::wire::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::wire::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                <i32 as $crate::wire::serde::Deserialize<'de>>::deserialize(deserializer)
                    .map(Self::from)
            }
        }
    };
}
