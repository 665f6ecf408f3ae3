//! The declaration of structures.

/// Declares a structure: its members by their Rust names, with their names in the model, their
/// traits, and default values other than zero or nothing.
///
/// An optional list with `-> [T]` after its name in the model gets a method that returns its
/// elements as a slice.
///
/// With `: Default`, the structure implements that trait; without it, required members must be
/// present when the structure is deserialized with serde. With `: Stream`, it does not implement
/// serde's traits, because its body can be read once.
///
/// ```
/// use smithy_reqwest::structure;
///
/// #[derive(Clone, PartialEq)]
/// struct Page {
///     size: i32,
///     token: Option<String>,
/// }
///
/// structure!(Page: Default {
///     size: "maxResults" = 10,
///     token: "nextToken" [sensitive],
/// });
///
/// let page: Page = serde_json::from_str(r#"{"nextToken":"secret"}"#).unwrap();
/// assert_eq!(page.size, 10);
/// assert_eq!(format!("{page:?}"), "Page { size: 10, token: ** redacted ** }");
/// ```
#[macro_export]
macro_rules! structure {
    ($name:ident $(: $($kind:ident),+)? { $(
        $field:ident : $model_name:literal $(-> [$element:ty])?
            $([$($trait:ident $(($($argument:expr),+))?),+])? $(= $value:expr)?
    ),* $(,)? }) => {
        $crate::structure!(@slices $name $($($field $element;)?)*);

        #[allow(deprecated)]
        impl $crate::schema::Value for $name {
            #[inline]
            fn initial() -> Self {
                Self { $($field: $crate::structure!(@initial $($value)?)),* }
            }

            #[inline]
            fn view(&self) -> $crate::schema::View<'_> {
                $crate::schema::View::Structure(self)
            }

            #[inline]
            fn slot(&mut self) -> $crate::schema::Slot<'_> {
                $crate::schema::Slot::Structure(self)
            }
        }

        #[allow(deprecated)]
        impl $crate::schema::Structure for $name {
            #[inline]
            fn schema(&self) -> &'static $crate::schema::Schema {
                static SCHEMA: $crate::schema::Schema = $crate::schema::Schema {
                    name: ::core::stringify!($name),
                    members: &[$(
                        $crate::schema::Member::new(::core::stringify!($field), $model_name)
                            $($(.$trait($($($argument),+)?))+)?
                    ),*],
                    lenient: $crate::structure!(@lenient $($($kind)+)?),
                };
                &SCHEMA
            }

            #[inline]
            fn members<'a>(&'a self, with: &mut dyn FnMut(&[$crate::schema::View<'a>])) {
                with(&[$($crate::schema::Value::view(&self.$field)),*]);
            }

            #[inline]
            fn members_mut(&mut self, with: &mut dyn FnMut(&mut [&mut dyn $crate::schema::Value])) {
                with(&mut [$(&mut self.$field),*]);
            }
        }

        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::schema::debug_structure(self, f)
            }
        }

        $crate::structure!(@kind $name $($($kind)+)?);
    };
    (@slices $name:ident) => {};
    (@slices $name:ident $($field:ident $element:ty;)+) => {
        /// Optional lists as slices.
        impl $name {
            $(
                #[doc = ::core::concat!(
                    "Returns the elements of `", ::core::stringify!($field), "`; none if it is absent."
                )]
                #[inline]
                #[must_use]
                pub fn $field(&self) -> &[$element] {
                    self.$field.as_deref().unwrap_or_default()
                }
            )+
        }
    };
    (@initial) => { $crate::schema::Value::initial() };
    (@initial $value:expr) => { $value };
    (@lenient Default $($kind:ident)?) => { true };
    (@lenient $($kind:ident)?) => { false };
    (@kind $name:ident) => { $crate::structure!(@serde $name); };
    (@kind $name:ident Default) => {
        $crate::structure!(@default $name);
        $crate::structure!(@serde $name);
    };
    (@kind $name:ident Default Stream) => { $crate::structure!(@default $name); };
    (@kind $name:ident Stream) => {};
    (@default $name:ident) => {
        impl ::core::default::Default for $name {
            #[inline]
            fn default() -> Self {
                $crate::schema::Value::initial()
            }
        }
    };
    (@serde $name:ident) => {
        impl $crate::schema::serde::Serialize for $name {
            #[inline]
            fn serialize<S: $crate::schema::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::schema::serialize(self, serializer)
            }
        }

        impl<'de> $crate::schema::serde::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: $crate::schema::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::schema::deserialize(deserializer)
            }
        }
    };
}
