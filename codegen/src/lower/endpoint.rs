//! Endpoint rules: from the trait `smithy.rules#endpointRuleSet` to typed expressions.
//!
//! Conditions narrow: after `isSet` on a parameter that may be absent, the parameter is a value
//! that is there. Names in scope and their types are kept in a [`Scope`], which grows on the way
//! into nested rules.

mod binding;
mod case;
mod document;
mod expression;
mod function;
mod path;
mod rule;
mod template;

use serde_json::Value;

use self::case::{Suffixes, cases};
use self::document::{RawParameter, RawRuleSet, RawTests};
use self::expression::{Scope, Typed};
use super::Lowering;
use crate::diagnostic::{Diagnostic, cause};
use crate::ir::endpoint::{
    Condition, Expression, Giver, Literal, Outcome, Parameter, ParameterPresence, Rule, RuleSet,
    Setting, Storage, ValueType,
};
use crate::name;
use crate::prose;

const RULE_SET: &str = "smithy.rules#endpointRuleSet";
const DECISION_DIAGRAM: &str = "smithy.rules#endpointBdd";
const TESTS: &str = "smithy.rules#endpointTests";

const SEE_THE_REFERENCE: &str =
    "give the service a rule set as the page \"Rules engine\" of the Smithy reference describes it";
const NO_ENDPOINT: &str = "the model of this service does not say where it is: call `endpoint_url(…)` on the builder, or \
     set AWS_ENDPOINT_URL";

/// What is wrong with a rule, in half a sentence.
type Problem = String;

impl Lowering<'_, '_, '_> {
    pub(super) fn endpoint(&mut self) -> RuleSet {
        let traits = &self.selection.service.traits;
        if !traits.has(RULE_SET) {
            if traits.has(DECISION_DIAGRAM) {
                let problem = "stands alone: no rule set is beside it";
                let help = "take a model that has `smithy.rules#endpointRuleSet` too, of which the \
                            diagram is compiled; diagrams are not read";
                self.report(DECISION_DIAGRAM, problem, help);
            }
            return custom_endpoint_alone();
        }
        let lowered = self
            .parse::<RawRuleSet>(RULE_SET)
            .and_then(|raw| rule_set(&raw));
        let rules = match lowered {
            Ok(rules) => rules,
            Err(problem) => {
                self.report(RULE_SET, &problem, SEE_THE_REFERENCE);
                return RuleSet::default();
            }
        };
        if !traits.has(TESTS) {
            return rules;
        }
        let suffixes = Suffixes::of_rules(traits.raw(RULE_SET).map_or("", |raw| raw.get()));
        match self
            .parse::<RawTests>(TESTS)
            .and_then(|tests| cases(&tests, &rules.parameters, suffixes))
        {
            Ok(cases) => RuleSet { cases, ..rules },
            Err(problem) => {
                self.report(TESTS, &problem, SEE_THE_REFERENCE);
                rules
            }
        }
    }

    fn parse<T: serde::de::DeserializeOwned>(&self, id: &str) -> Result<T, Problem> {
        let raw = self.selection.service.traits.raw(id).ok_or("is missing")?;
        serde_json::from_str(raw.get()).map_err(|error| format!("is malformed: {}", cause(&error)))
    }

    fn report(&mut self, id: &str, problem: &str, help: &str) {
        let service = self.selection.service;
        let span = service
            .traits
            .raw(id)
            .map_or(service.span.clone(), |raw| self.model.key_span(raw));
        self.diagnostics.push(Diagnostic::new(
            format!("the trait `{id}` of `{}` {problem}", service.id),
            span,
            "needed to know where requests go",
            help,
        ));
    }
}

/// The rules of a service that has none: it is where the caller says.
fn custom_endpoint_alone() -> RuleSet {
    let field = name::member_name("endpoint");
    let endpoint = Parameter {
        name: "Endpoint".to_owned(),
        field: field.clone(),
        docs: "The URL of the service.".to_owned(),
        ty: ValueType::String,
        setting: Some(Setting::Endpoint),
        giver: None,
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

fn rule_set(raw: &RawRuleSet) -> Result<RuleSet, Problem> {
    let mut scope = Scope::of_rules();
    let mut fields = name::Scope::default();
    let mut parameters = Vec::new();
    for (name, parameter) in &raw.parameters {
        let field = fields.claim(name::member_name(name));
        let mut parameter = lower_parameter(name, field, parameter)?;
        if let ParameterPresence::Required(variable) = &mut parameter.presence {
            *variable = scope.claim(name);
        }
        scope.define(name, parameter_value(&parameter));
        parameters.push(parameter);
    }
    let rules = scope.rules(&raw.rules)?;
    Ok(RuleSet {
        parameters,
        rules,
        cases: Vec::new(),
    })
}

/// What a parameter is in rules. One that is required has a name of its own, which is given before
/// the first rule is tried.
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

fn lower_parameter(
    name: &str,
    field: proc_macro2::Ident,
    raw: &RawParameter,
) -> Result<Parameter, Problem> {
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
        giver: setting.is_none().then_some(Giver::Client),
        setting: setting.map(|(setting, _)| setting),
        presence,
    })
}

fn docs(name: &str, raw: &RawParameter) -> String {
    let documentation = raw.documentation.as_deref().map(prose::markdown);
    let documentation = documentation.filter(|text| !text.is_empty());
    let mut docs = documentation.unwrap_or_else(|| format!("{} of the rules.", prose::code(name)));
    if let Some(deprecated) = &raw.deprecated {
        let message = deprecated.message.as_deref().unwrap_or("Do not use it.");
        docs.push_str(&format!("\n\n**Deprecated:** {}", prose::markdown(message)));
    }
    docs
}

/// A value of a parameter, with its type.
fn literal(value: &Value) -> Option<(Literal, ValueType)> {
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
