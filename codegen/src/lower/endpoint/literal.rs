//! Constants of parameters.

use serde_json::Value;

use crate::ir::endpoint::{Literal, ValueType};

/// The problem of a rule, as a part of a sentence.
pub(crate) type Problem = String;

/// Returns a value of a parameter, with its type.
pub(super) fn literal(value: &Value) -> Option<(Literal, ValueType)> {
    match value {
        Value::Bool(value) => Some((Literal::Boolean(*value), ValueType::Boolean)),
        Value::String(value) => Some((Literal::String(value.clone()), ValueType::String)),
        Value::Array(values) => {
            let texts = values
                .iter()
                .map(|value| value.as_str().map(str::to_owned))
                .collect::<Option<Vec<String>>>()?;
            Some((Literal::StringArray(texts), ValueType::StringArray))
        }
        _ => None,
    }
}
