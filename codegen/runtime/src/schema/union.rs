//! The declaration of unions.

/// Declares a union: its members by their Rust names, with their names in the model and their
/// traits. A member with a value has `(value)` after its Rust name.
///
/// ```
/// use smithy_reqwest::{Document, union};
///
/// #[derive(Clone, PartialEq)]
/// enum Target {
///     Bucket(String),
///     Nowhere,
///     Unknown(String, Document),
/// }
///
/// union!(Target {
///     Bucket(value): "bucket",
///     Nowhere: "nowhere",
/// });
///
/// let json = r#"[{"bucket":"b"},{"nowhere":{}},{"moon":1}]"#;
/// let targets: Vec<Target> = serde_json::from_str(json).unwrap();
/// assert_eq!(targets[1], Target::Nowhere);
/// assert_eq!(serde_json::to_string(&targets).unwrap(), json);
/// ```
#[macro_export]
macro_rules! union {
    ($name:ident { $(
        $variant:ident $(($value:ident))? : $model_name:literal $([$($trait:ident $(($($argument:expr),+))?),+])?
    ),* $(,)? }) => {
        impl $crate::schema::Value for $name {
            #[inline]
            fn initial() -> Self {
                Self::Unknown(::std::string::String::new(), $crate::Document::Null)
            }

            #[inline]
            fn view(&self) -> $crate::schema::View<'_> {
                $crate::schema::View::Union(self)
            }

            #[inline]
            fn slot(&mut self) -> $crate::schema::Slot<'_> {
                $crate::schema::Slot::Union(self)
            }
        }

        #[allow(deprecated)]
        impl $crate::schema::Union for $name {
            #[inline]
            fn schema(&self) -> &'static $crate::schema::Schema {
                static SCHEMA: $crate::schema::Schema = $crate::schema::Schema {
                    name: ::core::stringify!($name),
                    members: &[$(
                        $crate::schema::Member::new(::core::stringify!($variant), $model_name)
                            $($(.$trait($($($argument),+)?))+)?
                    ),*],
                    lenient: true,
                };
                &SCHEMA
            }

            #[inline]
            fn get(&self) -> $crate::schema::Variant<'_> {
                match self {
                    $(Self::$variant $(($value))? => $crate::schema::Variant::Known(
                        $model_name,
                        $crate::union!(@view $($value)?),
                    ),)*
                    Self::Unknown(name, value) => $crate::schema::Variant::Unknown(name, value),
                }
            }

            #[inline]
            fn set(&mut self, name: &str) -> ::core::option::Option<&mut dyn $crate::schema::Value> {
                match name {
                    $($model_name => $crate::union!(@set self $variant $($value)?),)*
                    _ => ::core::option::Option::None,
                }
            }

            #[inline]
            fn set_unknown(&mut self, name: &str, value: $crate::Document) {
                *self = Self::Unknown(name.to_owned(), value);
            }
        }

        /// An unknown member without a name, for a required member that a response lacks.
        impl ::core::default::Default for $name {
            #[inline]
            fn default() -> Self {
                $crate::schema::Value::initial()
            }
        }

        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::schema::debug_union(self, f)
            }
        }

        $crate::structure!(@serde $name);
    };
    (@view) => { ::core::option::Option::None };
    (@view $value:ident) => { ::core::option::Option::Some($crate::schema::Value::view($value)) };
    (@set $self:ident $variant:ident) => {{
        *$self = Self::$variant;
        ::core::option::Option::None
    }};
    (@set $self:ident $variant:ident $value:ident) => {{
        *$self = Self::$variant($crate::schema::Value::initial());
        match $self {
            Self::$variant($value) => ::core::option::Option::Some($value),
            _ => ::core::option::Option::None,
        }
    }};
}
