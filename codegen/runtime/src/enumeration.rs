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

            fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
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
