//! Rule sets and their cases as they stand in a model.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
#[serde(expecting = "an object with `parameters` and `rules`")]
pub(super) struct RawRuleSet {
    pub(super) parameters: IndexMap<String, RawParameter>,
    pub(super) rules: Vec<RawRule>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawParameter {
    #[serde(rename = "type")]
    pub(super) ty: String,
    pub(super) built_in: Option<String>,
    #[serde(default)]
    pub(super) required: bool,
    pub(super) documentation: Option<String>,
    pub(super) default: Option<Value>,
    pub(super) deprecated: Option<RawDeprecated>,
}

#[derive(Deserialize)]
pub(super) struct RawDeprecated {
    pub(super) message: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct RawRule {
    #[serde(default)]
    pub(super) conditions: Vec<RawCall>,
    pub(super) endpoint: Option<RawEndpoint>,
    pub(super) error: Option<Value>,
    pub(super) rules: Option<Vec<RawRule>>,
}

/// An endpoint: of a rule, or as a case expects it.
#[derive(Deserialize)]
pub(super) struct RawEndpoint {
    pub(super) url: Value,
    #[serde(default)]
    pub(super) properties: IndexMap<String, Value>,
    #[serde(default)]
    pub(super) headers: IndexMap<String, Vec<Value>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawAuthScheme {
    pub(super) name: Value,
    pub(super) signing_name: Option<Value>,
    pub(super) signing_region: Option<Value>,
    #[serde(default)]
    pub(super) signing_region_set: Vec<Value>,
    #[serde(default)]
    pub(super) disable_double_encoding: bool,
    #[serde(default)]
    pub(super) disable_normalize_path: bool,
}

#[derive(Deserialize)]
pub(super) struct RawCall {
    #[serde(rename = "fn")]
    pub(super) function: String,
    #[serde(default)]
    pub(super) argv: Vec<Value>,
    pub(super) assign: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawTests {
    #[serde(default)]
    pub(super) test_cases: Vec<RawCase>,
}

#[derive(Deserialize)]
pub(super) struct RawCase {
    #[serde(default)]
    pub(super) documentation: String,
    #[serde(default)]
    pub(super) params: IndexMap<String, Value>,
    pub(super) expect: RawExpectation,
}

#[derive(Deserialize)]
pub(super) struct RawExpectation {
    pub(super) error: Option<String>,
    pub(super) endpoint: Option<RawEndpoint>,
}
