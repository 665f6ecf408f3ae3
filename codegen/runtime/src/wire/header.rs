//! Values in headers.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::{Float, Plain, float};

/// How a `T` is written in a header, and read from one.
pub trait TextFormat<T> {
    /// How many commas there are in one value: between the values of a list there is one more.
    const COMMAS: usize = 0;

    /// The value as text; `None` where this format has none for it.
    fn to_text(value: &T) -> Option<String>;

    /// The value of a text; `None` where it is none of this format.
    fn from_text(text: &str) -> Option<T>;
}

impl<T: fmt::Display + FromStr> TextFormat<T> for Plain {
    fn to_text(value: &T) -> Option<String> {
        Some(value.to_string())
    }

    fn from_text(text: &str) -> Option<T> {
        text.parse().ok()
    }
}

impl TextFormat<f64> for Float {
    fn to_text(value: &f64) -> Option<String> {
        Some(float(*value))
    }

    fn from_text(text: &str) -> Option<f64> {
        text.parse().ok()
    }
}

impl TextFormat<f32> for Float {
    fn to_text(value: &f32) -> Option<String> {
        Some(float(*value))
    }

    fn from_text(text: &str) -> Option<f32> {
        text.parse().ok()
    }
}

/// Text of a media type, which headers carry in base64.
#[derive(Debug)]
pub struct EncodedText;

impl TextFormat<String> for EncodedText {
    fn to_text(value: &String) -> Option<String> {
        Some(BASE64_STANDARD.encode(value))
    }

    fn from_text(text: &str) -> Option<String> {
        String::from_utf8(BASE64_STANDARD.decode(text).ok()?).ok()
    }
}
