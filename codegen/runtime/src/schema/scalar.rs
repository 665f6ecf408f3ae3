//! Leaf values: those without members or elements.

use bytes::Bytes;

use super::{Integer, Key, Slot, Text, Value, View};
use crate::big_number::{BigDecimal, BigInteger};
use crate::body::Body;
use crate::{Document, Timestamp};

/// Implements [`Value`] for a type whose view and slot are one expression each.
macro_rules! leaf {
    ($type:ty, $initial:expr, |$view:ident| $shown:expr, |$slot:ident| $filled:expr) => {
        impl Value for $type {
            fn initial() -> Self {
                $initial
            }

            fn view(&self) -> View<'_> {
                let $view = self;
                $shown
            }

            fn slot(&mut self) -> Slot<'_> {
                let $slot = self;
                $filled
            }
        }
    };
}

leaf!(bool, false, |it| View::Boolean(*it), |it| Slot::Boolean(it));
leaf!(f32, 0.0, |it| View::Float(*it), |it| Slot::Float(it));
leaf!(f64, 0.0, |it| View::Double(*it), |it| Slot::Double(it));
leaf!(String, String::new(), |it| View::String(it), |it| {
    Slot::String(it)
});
leaf!(Bytes, Bytes::new(), |it| View::Blob(it), |it| Slot::Blob(
    it
));
leaf!(Body, Body::default(), |it| View::Stream(it), |it| {
    Slot::Stream(it)
});
leaf!(
    Timestamp,
    Timestamp::UNIX_EPOCH,
    |it| View::Timestamp(*it),
    |it| Slot::Timestamp(it)
);
leaf!(Document, Document::Null, |it| View::Document(it), |it| {
    Slot::Document(it)
});
leaf!(
    BigInteger,
    BigInteger::default(),
    |it| View::Number(it.as_str()),
    |it| Slot::Number(it)
);
leaf!(
    BigDecimal,
    BigDecimal::default(),
    |it| View::Number(it.as_str()),
    |it| Slot::Number(it)
);

macro_rules! integers {
    ($($type:ty)*) => {
        $(
            leaf!($type, 0, |it| View::Integer(i64::from(*it)), |it| Slot::Integer(it));

            impl Integer for $type {
                fn set(&mut self, value: i64) -> bool {
                    let fitting = Self::try_from(value);
                    *self = fitting.unwrap_or(*self);
                    fitting.is_ok()
                }
            }
        )*
    };
}

integers!(i8 i16 i32 i64);

impl Text for String {
    fn set(&mut self, text: &str) -> bool {
        text.clone_into(self);
        true
    }
}

impl Key for String {
    fn as_str(&self) -> &str {
        self
    }

    fn from_text(text: &str) -> Self {
        text.to_owned()
    }
}

macro_rules! numbers {
    ($($type:ty)*) => {
        $(impl Text for $type {
            fn set(&mut self, text: &str) -> bool {
                let number = text.parse();
                let is_number = number.is_ok();
                if let Ok(number) = number {
                    *self = number;
                }
                is_number
            }
        })*
    };
}

numbers!(BigInteger BigDecimal);

impl<T: Value> Value for Option<T> {
    fn initial() -> Self {
        None
    }

    fn null() -> Option<Self> {
        Some(None)
    }

    fn view(&self) -> View<'_> {
        match self {
            Some(value) => value.view(),
            None => View::Null,
        }
    }

    fn slot(&mut self) -> Slot<'_> {
        match self {
            Some(value) => value.slot(),
            None => self.insert(T::initial()).slot(),
        }
    }

    fn clear(&mut self) {
        *self = None;
    }
}

impl<T: Value> Value for Box<T> {
    fn initial() -> Self {
        Self::new(T::initial())
    }

    fn view(&self) -> View<'_> {
        T::view(self)
    }

    fn slot(&mut self) -> Slot<'_> {
        T::slot(self)
    }
}
