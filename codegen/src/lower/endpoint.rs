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
mod template;

use self::expression::{Scope, Typed};
use self::literal::{Problem, literal};
use crate::ir::endpoint::{
    Condition, Expression, Literal, Outcome, Parameter, ParameterPresence, Rule, RuleSet, SetBy,
    Setting, Storage, ValueType,
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
    let field = name::member_name("endpoint");
    let endpoint = Parameter {
        name: "Endpoint".to_owned(),
        field: field.clone(),
        docs: "The URL of the service.".to_owned(),
        ty: ValueType::String,
        setting: Some(Setting::Endpoint),
        set_by: None,
        presence: ParameterPresence::Optional,
    };
    let given = Expression::Parameter {
        field: field.clone(),
        ty: ValueType::String,
        optional: true,
    };
    let variable = Expression::Variable(field.clone(), Storage::Plain);
    let reason = Literal::String(NO_ENDPOINT.to_owned());
    RuleSet {
        parameters: vec![endpoint],
        rules: vec![
            Rule {
                conditions: vec![Condition::HasValue(field, given)],
                outcome: Outcome::Endpoint(variable, Vec::new()),
            },
            Rule {
                conditions: Vec::new(),
                outcome: Outcome::Error(Expression::Literal(reason)),
            },
        ],
        cases: Vec::new(),
    }
}

/// Lowers a rule set.
///
/// # Errors
///
/// Returns the problem of the first invalid rule or parameter.
pub(crate) fn rule_set(declared: &model::RuleSet) -> Result<RuleSet, Problem> {
    let mut scope = Scope::of_rules();
    let mut fields = name::Scope::default();
    let mut parameters = Vec::new();
    for (name, parameter) in &declared.parameters {
        let field = fields.claim(name::member_name(name));
        let mut parameter = lower_parameter(name, field, parameter)?;
        if let ParameterPresence::Required(variable) = &mut parameter.presence {
            *variable = scope.claim(name);
        }
        scope.define(name, parameter_value(&parameter));
        parameters.push(parameter);
    }
    let rules = scope.rules(&declared.rules)?;
    Ok(RuleSet {
        parameters,
        rules,
        cases: Vec::new(),
    })
}

/// Returns the value of a parameter in rules. A required one has a name of its own, which is given
/// before the first rule is tried.
fn parameter_value(parameter: &Parameter) -> Typed {
    let (field, ty) = (parameter.field.clone(), parameter.ty);
    let optional = parameter.presence == ParameterPresence::Optional;
    let expression = match &parameter.presence {
        ParameterPresence::Required(name) => Expression::Variable(name.clone(), Storage::Plain),
        ParameterPresence::Optional | ParameterPresence::Default(_) => Expression::Parameter {
            field,
            ty,
            optional,
        },
    };
    Typed {
        expression,
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
    let presence = match &raw.default {
        Some(value) => match literal(value).filter(|(_, of_default)| *of_default == ty) {
            Some((literal, _)) => ParameterPresence::Default(literal),
            None => {
                return Err(format!(
                    "has the parameter `{name}` with a default of another type"
                ));
            }
        },
        None if raw.required => ParameterPresence::Required(field.clone()),
        None => ParameterPresence::Optional,
    };
    Ok(Parameter {
        name: name.to_owned(),
        field,
        docs: docs(name, raw),
        ty,
        set_by: setting.is_none().then_some(SetBy::Client),
        setting: setting.map(|(setting, _)| setting),
        presence,
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
