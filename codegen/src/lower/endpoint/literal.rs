//! Constants of parameters.

use serde_json::Value;

use crate::ir::endpoint::{Literal, ValueType};

/// The problem of a rule, as a part of a sentence.
pub(crate) type Problem = String;

/// Returns a value of a parameter, if it has the parameter's type.
pub(super) fn literal(value: &Value, ty: ValueType) -> Option<Literal> {
    match (value, ty) {
        (Value::Bool(value), ValueType::Boolean) => Some(Literal::Boolean(*value)),
        (Value::String(value), ValueType::String) => Some(Literal::String(value.clone())),
        (Value::Array(values), ValueType::StringArray) => {
            let texts = values.iter().map(|value| value.as_str().map(str::to_owned));
            Some(Literal::StringArray(texts.collect::<Option<_>>()?))
        }
        _ => None,
    }
}
