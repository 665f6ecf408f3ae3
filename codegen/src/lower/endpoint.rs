//! Endpoint rules: from the trait `smithy.rules#endpointRuleSet` to typed expressions.
//!
//! Conditions narrow types: after `isSet` on an optional parameter, the parameter is present. A
//! [`Scope`] contains the names in scope and their types, and grows in nested rules.

mod binding;
mod case;
mod expression;
mod function;
mod literal;
mod path;
mod rule;
mod signature;
mod template;

use self::expression::{Scope, Typed};
use self::literal::{Problem, literal};
use crate::ir::endpoint::{
    Condition, Expression, Outcome, Parameter, Rule, RuleSet, SetBy, Setting, ValueType,
};
use crate::model::traits::rule as model;
use crate::name::{self, Ident};
use crate::prose;

pub(crate) use binding::{bindings, set_sources};
pub(crate) use case::cases;

const NO_ENDPOINT: &str = "the model of this service does not say where it is: call `endpoint_url(…)` on the builder, or \
     set AWS_ENDPOINT_URL";

/// Returns the rules for a service without rules, whose endpoint the caller sets.
pub(crate) fn custom_endpoint_alone() -> RuleSet {
    let endpoint = Parameter {
        name: "Endpoint".to_owned(),
        field: name::member_name("endpoint"),
        docs: "The URL of the service.".to_owned(),
        ty: ValueType::String,
        setting: Some(Setting::Endpoint),
        set_by: None,
        default: None,
    };
    let mut scope = Scope::default();
    let url = scope.bind(&endpoint.name, parameter_value(&endpoint));
    let rule = Rule {
        conditions: Vec::new(),
        outcome: Outcome::Endpoint(url.expression, Vec::new()),
    };
    RuleSet {
        parameters: vec![endpoint],
        rules: under(scope.conditions, NO_ENDPOINT.to_owned(), vec![rule]),
        cases: Vec::new(),
    }
}

/// Returns rules that apply under conditions, and an error otherwise.
fn under(conditions: Vec<Condition>, reason: String, rules: Vec<Rule>) -> Vec<Rule> {
    vec![
        Rule {
            conditions,
            outcome: Outcome::Rules(rules),
        },
        Rule {
            conditions: Vec::new(),
            outcome: Outcome::Error(Expression::String(reason)),
        },
    ]
}

/// Lowers a rule set. A required parameter is a condition of all rules.
///
/// # Errors
///
/// Returns the problem of the first invalid rule or parameter.
pub(crate) fn rule_set(declared: &model::RuleSet) -> Result<RuleSet, Problem> {
    let mut scope = Scope::default();
    let mut fields = name::Scope::default();
    let (mut parameters, mut required) = (Vec::new(), Vec::new());
    for (name, raw) in &declared.parameters {
        let parameter = lower_parameter(name, fields.claim(name::member_name(name)), raw)?;
        let mut value = parameter_value(&parameter);
        if raw.required && value.optional {
            value = scope.bind(name, value);
            required.push(name);
        }
        scope.define(name, value);
        parameters.push(parameter);
    }
    let mut rules = scope.rules(&declared.rules)?;
    for (name, is_given) in required.into_iter().zip(scope.conditions).rev() {
        let reason = format!("the endpoint parameter `{name}` is required");
        rules = under(vec![is_given], reason, rules);
    }
    Ok(RuleSet {
        parameters,
        rules,
        cases: Vec::new(),
    })
}

/// Returns the value of a parameter in rules.
fn parameter_value(parameter: &Parameter) -> Typed {
    let (ty, optional) = (parameter.ty, parameter.default.is_none());
    Typed {
        expression: Expression::Parameter {
            field: parameter.field.clone(),
            ty,
            optional,
        },
        ty,
        optional,
    }
}

fn lower_parameter(name: &str, field: Ident, raw: &model::Parameter) -> Result<Parameter, Problem> {
    let ty = match raw.ty.to_ascii_lowercase().as_str() {
        "string" => ValueType::String,
        "boolean" => ValueType::Boolean,
        "stringarray" => ValueType::StringArray,
        other => return Err(format!("has the parameter `{name}` of type `{other}`")),
    };
    // Any other built-in is a parameter that the caller may give.
    let setting = match raw.built_in.as_deref() {
        Some("AWS::Region") => Some((Setting::Region, ValueType::String)),
        Some("SDK::Endpoint") => Some((Setting::Endpoint, ValueType::String)),
        Some("AWS::UseFIPS") => Some((Setting::UseFips, ValueType::Boolean)),
        Some("AWS::UseDualStack") => Some((Setting::UseDualStack, ValueType::Boolean)),
        _ => None,
    };
    if setting.is_some_and(|(_, of_setting)| of_setting != ty) {
        let built_in = raw.built_in.as_deref().unwrap_or_default();
        return Err(format!(
            "has the parameter `{name}` of another type than its built-in `{built_in}`"
        ));
    }
    let default = raw.default.as_ref().map(|value| {
        literal(value, ty)
            .ok_or_else(|| format!("has the parameter `{name}` with a default of another type"))
    });
    Ok(Parameter {
        name: name.to_owned(),
        field,
        docs: docs(name, raw),
        ty,
        set_by: setting.is_none().then_some(SetBy::Client),
        setting: setting.map(|(setting, _)| setting),
        default: default.transpose()?,
    })
}

fn docs(name: &str, raw: &model::Parameter) -> String {
    let documentation = raw.documentation.as_deref().map(prose::markdown);
    let documentation = documentation.filter(|text| !text.is_empty());
    let mut docs =
        documentation.unwrap_or_else(|| format!("The endpoint parameter {}.", prose::code(name)));
    if let Some(deprecated) = &raw.deprecated {
        let message = deprecated.message.as_deref().unwrap_or("Do not use it.");
        docs.push_str(&format!("\n\n**Deprecated:** {}", prose::markdown(message)));
    }
    docs
}
