//! Small traits of shapes, members and services.

use serde::Deserialize;
use serde_json::Number;

/// The value of `smithy.api#deprecated`.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Deprecated {
    pub(crate) message: Option<String>,
    pub(crate) since: Option<String>,
}

/// A value of the trait `smithy.api#enum`.
#[derive(Debug, Deserialize)]
pub(crate) struct ListedValue {
    pub(crate) value: String,
    pub(crate) name: Option<String>,
    pub(crate) documentation: Option<String>,
    #[serde(default)]
    pub(crate) deprecated: bool,
}

/// The value of `smithy.api#length` or `smithy.api#range`.
#[derive(Debug, Deserialize)]
pub(crate) struct Bounds {
    min: Option<Number>,
    max: Option<Number>,
}

impl Bounds {
    /// Returns the lower bound, if there is one.
    pub(crate) fn min(&self) -> Option<f64> {
        self.min.as_ref()?.as_f64()
    }

    /// Returns what is wrong with bounds of numbers that are not below `least`.
    pub(super) fn problem(&self, least: f64) -> Option<&'static str> {
        if self.min.is_none() && self.max.is_none() {
            return Some("`min`, `max` or both are needed");
        }
        let min = self.min().unwrap_or(least);
        let max = self.max.as_ref().and_then(Number::as_f64);
        let is_empty = max.is_some_and(|max| min > max);
        (is_empty || min < least).then_some("no value is within these bounds")
    }
}

/// The value of `smithy.api#error`.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Fault {
    Client,
    Server,
}

/// The value of `smithy.api#retryable`.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(crate) struct Retryable {
    #[serde(default)]
    pub(crate) throttling: bool,
}

/// The value of `aws.api#service`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ServiceNames {
    pub(crate) sdk_id: Option<String>,
    pub(crate) endpoint_prefix: Option<String>,
}

/// The value of `aws.auth#sigv4`.
#[derive(Debug, Deserialize)]
pub(crate) struct SigV4 {
    /// The service name of the credential scope.
    pub(crate) name: String,
}
