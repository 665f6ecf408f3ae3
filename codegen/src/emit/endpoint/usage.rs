//! Usages of names in endpoint rules.

use crate::ir::endpoint::{
    Condition, EndpointItem, Expression, Outcome, Property, Rule, TemplatePart,
};
use crate::name::Ident;

/// Returns `true` if conditions or what they lead to use a name.
pub(super) fn uses(conditions: &[Condition], outcome: &Outcome, name: &Ident) -> bool {
    let mut found = false;
    let mut look = |value: &Expression| {
        found |= matches!(value, Expression::Variable(variable, _) if variable == name);
    };
    for condition in conditions {
        in_condition(condition, &mut look);
    }
    in_outcome(outcome, &mut look);
    found
}

/// Looks at every expression of rules.
pub(super) fn in_rules(rules: &[Rule], look: &mut dyn FnMut(&Expression)) {
    for rule in rules {
        for condition in &rule.conditions {
            in_condition(condition, look);
        }
        in_outcome(&rule.outcome, look);
    }
}

fn in_condition(condition: &Condition, look: &mut dyn FnMut(&Expression)) {
    match condition {
        Condition::IsTrue(value) | Condition::HasValue(_, value) | Condition::Let(_, value) => {
            in_expression(value, look);
        }
    }
}

/// Looks at every expression of an outcome.
pub(super) fn in_outcome(outcome: &Outcome, look: &mut dyn FnMut(&Expression)) {
    match outcome {
        Outcome::Error(text) => in_expression(text, look),
        Outcome::Rules(rules) => in_rules(rules, look),
        Outcome::Endpoint(url, items) => {
            in_expression(url, look);
            for item in items {
                in_item(item, look);
            }
        }
    }
}

fn in_item(item: &EndpointItem, look: &mut dyn FnMut(&Expression)) {
    match item {
        EndpointItem::Header(_, values) => values.iter().for_each(|it| in_expression(it, look)),
        EndpointItem::AuthScheme(scheme) => {
            let one = [Some(&scheme.name), scheme.signing_name.as_ref()];
            let another = [scheme.signing_region.as_ref()];
            let all = one.into_iter().chain(another).flatten();
            all.chain(&scheme.signing_region_set)
                .for_each(|value| in_expression(value, look));
        }
        EndpointItem::Property(_, property) => in_property(property, look),
    }
}

fn in_property(property: &Property, look: &mut dyn FnMut(&Expression)) {
    match property {
        Property::Boolean(_) => {}
        Property::Text(value) => in_expression(value, look),
        Property::List(values) => values.iter().for_each(|it| in_property(it, look)),
        Property::Object(entries) => entries.iter().for_each(|(_, it)| in_property(it, look)),
    }
}

/// Looks at an expression and all that it is made of.
pub(super) fn in_expression(value: &Expression, look: &mut dyn FnMut(&Expression)) {
    look(value);
    match value {
        Expression::Literal(_) | Expression::Parameter { .. } | Expression::Variable(..) => {}
        Expression::Template(parts) => {
            for part in parts {
                if let TemplatePart::Value(value) = part {
                    in_expression(value, look);
                }
            }
        }
        Expression::Field(value, ..)
        | Expression::Element(value, _)
        | Expression::Not(value)
        | Expression::IsSet(value) => in_expression(value, look),
        Expression::Call(_, values) | Expression::Coalesce { values, .. } => {
            for value in values {
                in_expression(value, look);
            }
        }
        Expression::Equal(left, right) => {
            in_expression(left, look);
            in_expression(right, look);
        }
        Expression::IfElse {
            condition,
            then,
            otherwise,
        } => [condition, &then.0, &otherwise.0]
            .into_iter()
            .for_each(|value| in_expression(value, look)),
    }
}
