//! Values of members that a message lacks.

use std::marker::PhantomData;

use serde::{Deserializer, Serializer};

use super::Format;

/// Gives the value of a member that a message lacks: see [`default_value`](crate::default_value).
pub trait DefaultValue<T> {
    /// The value.
    fn value() -> T;
}

/// A value that is there even where JSON has null: then it is the one that `D` gives.
#[derive(Debug)]
pub struct Or<D, F>(PhantomData<(D, F)>);

impl<T, D: DefaultValue<T>, F: Format<T>> Format<T> for Or<D, F> {
    fn serialize<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        F::serialize(value, serializer)
    }

    fn deserialize<'de, R: Deserializer<'de>>(deserializer: R) -> Result<T, R::Error> {
        let read = <Option<F> as Format<Option<T>>>::deserialize(deserializer)?;
        Ok(read.unwrap_or_else(D::value))
    }
}

/// Names the value of a member that a message lacks, so that serde's attributes can refer to it:
/// `default` for an absent member, and [`Or`](crate::wire::Or) for null.
///
/// ```
/// use serde::{Deserialize, Serialize};
/// use smithy_reqwest::wire::{As, Or, Plain};
///
/// #[derive(Serialize, Deserialize)]
/// struct Page {
///     #[serde(default = "DefaultPageSize::value")]
///     #[serde(with = "As::<Or<DefaultPageSize, Plain>>")]
///     size: i32,
/// }
///
/// smithy_reqwest::default_value!(DefaultPageSize: i32 = 10);
///
/// for (json, size) in [("{}", 10), (r#"{"size":null}"#, 10), (r#"{"size":5}"#, 5)] {
///     assert_eq!(serde_json::from_str::<Page>(json).unwrap().size, size);
/// }
/// ```
#[macro_export]
macro_rules! default_value {
    ($name:ident: $type:ty = $value:expr) => {
        struct $name;

        impl $name {
            fn value() -> $type {
                $value
            }
        }

        impl $crate::wire::DefaultValue<$type> for $name {
            fn value() -> $type {
                Self::value()
            }
        }
    };
}
