//! Values in rules: constants, names, and calls of functions.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::literal::Problem;
use super::signature::FUNCTIONS;
use crate::ir::endpoint::{Condition, Expression, Storage, ValueType};
use crate::model::traits::rule as model;
use crate::name::{self, Ident};

/// Names that compiled rules use, in addition to those of [`FUNCTIONS`].
const TAKEN: &[&str] = &["params", "element", "refuse"];

/// A value, with its type.
#[derive(Debug, Clone)]
pub(super) struct Typed {
    pub(super) expression: Expression,
    pub(super) ty: ValueType,
    pub(super) optional: bool,
}

impl Typed {
    pub(super) fn new(expression: Expression, ty: ValueType) -> Self {
        Self {
            expression,
            ty,
            optional: false,
        }
    }

    pub(super) fn boolean(expression: Expression) -> Self {
        Self::new(expression, ValueType::Boolean)
    }
}

/// The names in scope of a rule, and its conditions so far.
#[derive(Debug, Default)]
pub(super) struct Scope {
    names: BTreeMap<String, Typed>,
    rust_names: name::Scope,
    pub(super) conditions: Vec<Condition>,
    /// Is `true` if conditions can be added: not inside an expression with its own condition.
    pub(super) may_narrow: bool,
    /// Is `true` if text is literal rather than a template.
    pub(super) is_constant: bool,
}

impl Scope {
    /// Returns the scope of an endpoint case, in which text is literal.
    pub(super) fn of_constants() -> Self {
        Self {
            is_constant: true,
            ..Self::default()
        }
    }

    /// Returns the scope of a rule inside this one.
    pub(super) fn nested(&self) -> Self {
        Self {
            names: self.names.clone(),
            rust_names: self.rust_names.clone(),
            conditions: Vec::new(),
            may_narrow: true,
            is_constant: self.is_constant,
        }
    }

    /// Gives a value a name in rules.
    pub(super) fn define(&mut self, name: &str, value: Typed) {
        self.names.insert(name.to_owned(), value);
    }

    /// Returns an unused Rust name for a name in rules. It has no `r#`, so that `format!` can
    /// capture it.
    fn claim(&mut self, name: &str) -> Ident {
        let name = name::member_name(name).to_string();
        let mut functions = FUNCTIONS.iter().map(|signature| signature.function);
        let is_taken = TAKEN.contains(&name.as_str()) || functions.any(|taken| taken == name);
        let name = if is_taken {
            format!("{name}_value")
        } else {
            name
        };
        self.rust_names.claim(name::member_name(&name))
    }

    /// Adds a call as a condition, and the names that it narrows or assigns.
    pub(super) fn condition(&mut self, call: &model::FunctionCall) -> Result<(), Problem> {
        if let ("isSet", Some(name)) = (call.function.as_str(), reference(call)) {
            let value = self.variable(name)?;
            if value.optional {
                let present = self.bind(name, value);
                self.define(name, present);
            }
            return Ok(());
        }
        let value = self.call(call)?;
        let assigned = call.assign.as_deref();
        let value = match (value.optional, assigned) {
            (true, _) => self.bind(assigned.unwrap_or("value"), value),
            (false, Some(name)) if value.ty != ValueType::Boolean => self.name(name, value),
            _ => value,
        };
        if value.ty == ValueType::Boolean {
            let value = self.argument(value, ValueType::Boolean)?;
            self.conditions.push(Condition::IsTrue(value));
            if let Some(name) = assigned {
                self.define(name, Typed::boolean(Expression::Boolean(true)));
            }
        } else if let Some(name) = assigned {
            self.define(name, value);
        }
        Ok(())
    }

    /// Adds the condition that an optional value is present, and returns the present value.
    pub(super) fn bind(&mut self, name: &str, value: Typed) -> Typed {
        let value = if value.expression.is_made() {
            self.name(name, value)
        } else {
            value
        };
        let variable = self.claim(name);
        self.conditions
            .push(Condition::HasValue(variable.clone(), value.expression));
        Typed::new(Expression::Variable(variable, Storage::Plain), value.ty)
    }

    /// Gives a value a Rust name.
    fn name(&mut self, name: &str, value: Typed) -> Typed {
        let variable = self.claim(name);
        let storage = value.expression.storage();
        self.conditions
            .push(Condition::Let(variable.clone(), value.expression));
        Typed {
            expression: Expression::Variable(variable, storage),
            ..value
        }
    }

    /// Returns a value as a part of another one. A value that allocates gets a name first.
    pub(super) fn part(&mut self, value: Typed) -> Typed {
        if !value.expression.is_made() {
            return value;
        }
        let name = match (&value.expression, value.ty) {
            (Expression::IfElse { .. }, _) => "choice",
            (_, ValueType::StringArray) => "parts",
            _ => "text",
        };
        self.name(name, value)
    }

    /// Returns a value as an argument of this type, which must be present.
    pub(super) fn argument(&mut self, value: Typed, ty: ValueType) -> Result<Expression, Problem> {
        if value.ty != ty {
            return Err("has a value of the wrong type".to_owned());
        }
        let value = self.part(value);
        if !value.optional {
            return Ok(value.expression);
        }
        let name = match (&value.expression, value.ty) {
            (Expression::Parameter { field, .. }, _) => field.to_string(),
            (_, ValueType::Arn) => "arn".to_owned(),
            (_, ValueType::Partition) => "partition".to_owned(),
            (_, ValueType::Url) => "url".to_owned(),
            _ => "value".to_owned(),
        };
        if self.may_narrow {
            Ok(self.bind(&name, value).expression)
        } else {
            Err(format!(
                "uses the value `{name}`, which may be absent, without checking `isSet` first"
            ))
        }
    }

    pub(super) fn expression(&mut self, value: &Value) -> Result<Typed, Problem> {
        match value {
            Value::Bool(value) => Ok(Typed::boolean(Expression::Boolean(*value))),
            Value::String(text) if self.is_constant => Ok(Typed::new(
                Expression::String(text.clone()),
                ValueType::String,
            )),
            Value::String(template) => Ok(Typed::new(self.template(template)?, ValueType::String)),
            Value::Number(number) => {
                let number = number.as_u64().and_then(|number| number.try_into().ok());
                let number = number.ok_or_else(|| format!("has the number {value}"))?;
                let number = Expression::Integer(number);
                Ok(Typed::new(number, ValueType::Integer))
            }
            Value::Object(object) => match object.get("ref").and_then(Value::as_str) {
                Some(name) => self.variable(name),
                None => self.call(&nested(value)?),
            },
            _ => Err(format!("has the unexpected value {value}")),
        }
    }

    pub(super) fn variable(&self, name: &str) -> Result<Typed, Problem> {
        let value = self.names.get(name).cloned();
        value.ok_or_else(|| format!("refers to `{name}`, which is not in scope"))
    }

    /// Returns text that is present.
    pub(super) fn text(&mut self, value: &Value) -> Result<Expression, Problem> {
        let found = self.expression(value)?;
        if found.ty == ValueType::String && !found.optional {
            Ok(found.expression)
        } else {
            Err(format!("has {value} where text belongs"))
        }
    }
}

/// Returns the name that a call refers to, if that is its only argument.
fn reference(call: &model::FunctionCall) -> Option<&str> {
    call.argv.first()?.get("ref")?.as_str()
}

fn nested(value: &Value) -> Result<model::FunctionCall, Problem> {
    model::FunctionCall::deserialize(value)
        .map_err(|error| format!("has a malformed call: {error}"))
}
