//! Rules and their outcomes.

use serde::Deserialize;
use serde_json::Value;

use super::expression::Scope;
use super::literal::Problem;
use crate::ir::endpoint::{
    AuthScheme, Condition, EndpointItem, Expression, Outcome, Property, Rule,
};
use crate::model::traits::rule as model;

impl Scope {
    pub(super) fn rules(&self, raw: &[model::Rule]) -> Result<Vec<Rule>, Problem> {
        let mut rules = Vec::new();
        for raw in raw {
            let mut scope = self.nested();
            for call in &raw.conditions {
                scope.condition(call)?;
            }
            let outcome = scope.outcome(raw)?;
            let mut conditions = scope.conditions;
            conditions.retain(|condition| constant(condition) != Some(true));
            if conditions.iter().any(|it| constant(it) == Some(false)) {
                // The rule never holds.
                continue;
            }
            let always = conditions
                .iter()
                .all(|condition| matches!(condition, Condition::Let(..)));
            rules.push(Rule {
                conditions,
                outcome,
            });
            if always {
                // Nothing after a rule without conditions is ever tried.
                break;
            }
        }
        Ok(rules)
    }

    fn outcome(&mut self, raw: &model::Rule) -> Result<Outcome, Problem> {
        if let Some(rules) = &raw.rules {
            return Ok(Outcome::Rules(self.rules(rules)?));
        }
        // It is too late for conditions.
        self.may_narrow = false;
        if let Some(error) = &raw.error {
            return Ok(Outcome::Error(self.text(error)?));
        }
        let endpoint = raw.endpoint.as_ref();
        self.endpoint(endpoint.ok_or("has a rule that leads to nothing")?)
    }

    pub(super) fn endpoint(&mut self, raw: &model::Endpoint) -> Result<Outcome, Problem> {
        let url = self.text(&raw.url)?;
        let mut items = Vec::new();
        let has_values = |(_, values): &(&String, &Vec<Value>)| !values.is_empty();
        for (name, values) in raw.headers.iter().filter(has_values) {
            let values = self.texts(values)?;
            items.push(EndpointItem::Header(name.clone(), values));
        }
        for (name, value) in &raw.properties {
            if name == "authSchemes" {
                items.extend(self.auth_schemes(value)?);
            } else {
                let value = self.property(value)?;
                items.push(EndpointItem::Property(name.clone(), value));
            }
        }
        Ok(Outcome::Endpoint(url, items))
    }

    fn texts(&mut self, values: &[Value]) -> Result<Vec<Expression>, Problem> {
        values.iter().map(|value| self.text(value)).collect()
    }

    fn auth_schemes(&mut self, value: &Value) -> Result<Vec<EndpointItem>, Problem> {
        let schemes = Vec::<model::AuthScheme>::deserialize(value)
            .map_err(|error| format!("has malformed `authSchemes`: {error}"))?;
        let mut lower = |raw: &model::AuthScheme| {
            let mut optional = |value: &Option<Value>| {
                let value = value.as_ref();
                value.map(|value| self.text(value)).transpose()
            };
            Ok(EndpointItem::AuthScheme(AuthScheme {
                signing_name: optional(&raw.signing_name)?,
                signing_region: optional(&raw.signing_region)?,
                name: self.text(&raw.name)?,
                signing_region_set: self.texts(&raw.signing_region_set)?,
                disable_double_encoding: raw.disable_double_encoding,
                disable_normalize_path: raw.disable_normalize_path,
            }))
        };
        schemes.iter().map(&mut lower).collect()
    }

    fn property(&mut self, value: &Value) -> Result<Property, Problem> {
        Ok(match value {
            Value::Bool(value) => Property::Boolean(*value),
            Value::Array(values) => {
                let values = values.iter().map(|value| self.property(value));
                Property::List(values.collect::<Result<_, _>>()?)
            }
            Value::Object(object) => {
                let entry = |(name, value): (&String, &Value)| {
                    Ok::<_, Problem>((name.clone(), self.property(value)?))
                };
                Property::Object(object.iter().map(entry).collect::<Result<_, _>>()?)
            }
            value => Property::Text(self.text(value)?),
        })
    }
}

/// Returns the value of a condition, if it is constant.
fn constant(condition: &Condition) -> Option<bool> {
    match condition {
        Condition::IsTrue(Expression::Boolean(value)) => Some(*value),
        _ => None,
    }
}
