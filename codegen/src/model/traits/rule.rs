//! The traits `smithy.rules#endpointRuleSet` and `smithy.rules#endpointTests`.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

use super::value::Deprecated;

#[derive(Debug, Deserialize)]
#[serde(expecting = "an object with `parameters` and `rules`")]
pub(crate) struct RuleSet {
    pub(crate) parameters: IndexMap<String, Parameter>,
    pub(crate) rules: Vec<Rule>,
    /// Is `true` if the only host name suffix in the rules is the dual-stack one.
    #[serde(skip)]
    pub(crate) only_dual_stack_suffix: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Parameter {
    #[serde(rename = "type")]
    pub(crate) ty: String,
    pub(crate) built_in: Option<String>,
    #[serde(default)]
    pub(crate) required: bool,
    pub(crate) documentation: Option<String>,
    pub(crate) default: Option<Value>,
    pub(crate) deprecated: Option<Deprecated>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Rule {
    #[serde(default)]
    pub(crate) conditions: Vec<FunctionCall>,
    pub(crate) endpoint: Option<Endpoint>,
    pub(crate) error: Option<Value>,
    pub(crate) rules: Option<Vec<Rule>>,
}

/// An endpoint: of a rule, or as a test expects it.
#[derive(Debug, Deserialize)]
pub(crate) struct Endpoint {
    pub(crate) url: Value,
    #[serde(default)]
    pub(crate) properties: IndexMap<String, Value>,
    #[serde(default)]
    pub(crate) headers: IndexMap<String, Vec<Value>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AuthScheme {
    pub(crate) name: Value,
    pub(crate) signing_name: Option<Value>,
    pub(crate) signing_region: Option<Value>,
    #[serde(default)]
    pub(crate) signing_region_set: Vec<Value>,
    #[serde(default)]
    pub(crate) disable_double_encoding: bool,
    #[serde(default)]
    pub(crate) disable_normalize_path: bool,
}

#[derive(Debug, Deserialize)]
pub(crate) struct FunctionCall {
    #[serde(rename = "fn")]
    pub(crate) function: String,
    #[serde(default)]
    pub(crate) argv: Vec<Value>,
    pub(crate) assign: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Tests {
    #[serde(default)]
    pub(crate) test_cases: Vec<Case>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Case {
    #[serde(default)]
    pub(crate) documentation: String,
    #[serde(default)]
    pub(crate) params: IndexMap<String, Value>,
    pub(crate) expect: Expectation,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Expectation {
    pub(crate) error: Option<String>,
    pub(crate) endpoint: Option<Endpoint>,
}

/// Returns `true` if the only host name suffix in the text of rules is the dual-stack one.
pub(super) fn use_dual_stack_suffix_alone(rules: &str) -> bool {
    let use_suffix = |name: &str| {
        ["#", "\""]
            .iter()
            .any(|before| rules.contains(&format!("{before}{name}")))
    };
    use_suffix("dualStackDnsSuffix") && !use_suffix("dnsSuffix")
}
