//! Endpoint rules: from the trait `smithy.rules#endpointRuleSet` to typed expressions.
//!
//! Conditions narrow: after `isSet` on a parameter that may be absent, the parameter is a value
//! that is there. Names in scope and their types are kept in an [`Environment`], which grows on
//! the way into nested rules.

mod case;
mod document;

use std::collections::BTreeMap;

use proc_macro2::Ident;
use serde::Deserialize;
use serde_json::Value;

use self::case::cases;
use self::document::{RawCall, RawParameter, RawRule, RawRuleSet, RawTests};
use super::Lowering;
use crate::diagnostic::{Diagnostic, cause};
use crate::ir::{
    Condition, Expression, Literal, Outcome, Parameter, Rule, RuleSet, Setting, TemplatePart,
    ValueType,
};
use crate::name;
use crate::prose;

const RULE_SET: &str = "smithy.rules#endpointRuleSet";
const TESTS: &str = "smithy.rules#endpointTests";

/// Names in scope: what they stand for, and of what type it is.
type Environment = BTreeMap<String, (Expression, ValueType)>;

/// What is wrong with a rule, in half a sentence.
type Problem = String;

impl Lowering<'_, '_, '_> {
    pub(super) fn endpoint(&mut self) -> RuleSet {
        let lowered = self
            .parse::<RawRuleSet>(RULE_SET)
            .and_then(|raw| rule_set(&raw));
        let rules = match lowered {
            Ok(rules) => rules,
            Err(problem) => {
                self.report(RULE_SET, &problem);
                return RuleSet::default();
            }
        };
        if !self.selection.service.traits.has(TESTS) {
            return rules;
        }
        match self
            .parse::<RawTests>(TESTS)
            .and_then(|tests| cases(&tests, &rules.parameters))
        {
            Ok(cases) => RuleSet { cases, ..rules },
            Err(problem) => {
                self.report(TESTS, &problem);
                rules
            }
        }
    }

    fn parse<T: serde::de::DeserializeOwned>(&self, id: &str) -> Result<T, Problem> {
        let raw = self.selection.service.traits.raw(id).ok_or("is missing")?;
        serde_json::from_str(raw.get()).map_err(|error| format!("is malformed: {}", cause(&error)))
    }

    fn report(&mut self, id: &str, problem: &str) {
        let service = self.selection.service;
        let span = service
            .traits
            .raw(id)
            .map_or(service.span.clone(), |raw| self.model.key_span(raw));
        self.diagnostics.push(Diagnostic::new(
            format!("the trait `{id}` of `{}` {problem}", service.id),
            span,
            "needed to know where requests go",
            "give the service a rule set as the page \"Rules engine\" of the Smithy reference \
             describes it",
        ));
    }
}

fn rule_set(raw: &RawRuleSet) -> Result<RuleSet, Problem> {
    let mut environment = Environment::new();
    let mut parameters = Vec::new();
    for (name, parameter) in &raw.parameters {
        let parameter = lower_parameter(name, parameter)?;
        let ty = match parameter.setting {
            Setting::Region | Setting::Endpoint => ValueType::OptionalString,
            Setting::UseFips | Setting::UseDualStack => ValueType::Boolean,
        };
        let expression = Expression::Parameter(parameter.field.clone(), ty);
        environment.insert(name.clone(), (expression, ty));
        parameters.push(parameter);
    }
    let rules = lower_rules(&raw.rules, &environment)?;
    Ok(RuleSet {
        parameters,
        rules,
        cases: Vec::new(),
    })
}

fn lower_parameter(name: &str, raw: &RawParameter) -> Result<Parameter, Problem> {
    let setting = match raw.built_in.as_deref() {
        Some("AWS::Region") => Setting::Region,
        Some("SDK::Endpoint") => Setting::Endpoint,
        Some("AWS::UseFIPS") => Setting::UseFips,
        Some("AWS::UseDualStack") => Setting::UseDualStack,
        Some(other) => {
            return Err(format!(
                "has the parameter `{name}` with the built-in `{other}`, which is not supported"
            ));
        }
        None => {
            return Err(format!(
                "has the parameter `{name}`, which is no built-in; such are not supported"
            ));
        }
    };
    let documentation = raw
        .documentation
        .as_deref()
        .map(prose::markdown)
        .unwrap_or_default();
    Ok(Parameter {
        name: name.to_owned(),
        field: name::member_name(name),
        docs: if documentation.is_empty() {
            format!("`{name}` of the rules.")
        } else {
            documentation
        },
        setting,
        default: raw.default.as_ref().and_then(literal),
    })
}

fn literal(value: &Value) -> Option<Literal> {
    match value {
        Value::Bool(value) => Some(Literal::Boolean(*value)),
        Value::String(value) => Some(Literal::String(value.clone())),
        _ => None,
    }
}

fn lower_rules(raw: &[RawRule], environment: &Environment) -> Result<Vec<Rule>, Problem> {
    let mut rules = Vec::new();
    for raw in raw {
        let mut environment = environment.clone();
        let mut conditions = Vec::new();
        for call in &raw.conditions {
            conditions.extend(lower_condition(call, &mut environment)?);
        }
        let outcome = lower_outcome(raw, &environment)?;
        let always = conditions.is_empty();
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

fn lower_outcome(raw: &RawRule, environment: &Environment) -> Result<Outcome, Problem> {
    if let Some(rules) = &raw.rules {
        return Ok(Outcome::Rules(lower_rules(rules, environment)?));
    }
    if let Some(error) = &raw.error {
        return Ok(Outcome::Error(text(error, environment)?));
    }
    let endpoint = raw
        .endpoint
        .as_ref()
        .ok_or("has a rule that leads to nothing")?;
    if !endpoint.headers.is_empty() {
        return Err("has an endpoint with headers, which are not supported".to_owned());
    }
    let scheme = endpoint
        .properties
        .auth_schemes
        .iter()
        .find(|scheme| scheme.name == "sigv4");
    let of_scheme = |value: Option<&Value>| value.map(|value| text(value, environment)).transpose();
    Ok(Outcome::Endpoint {
        url: text(&endpoint.url, environment)?,
        signing_name: of_scheme(scheme.and_then(|scheme| scheme.signing_name.as_ref()))?,
        signing_region: of_scheme(scheme.and_then(|scheme| scheme.signing_region.as_ref()))?,
    })
}

/// Lowers a condition; `None` where it always holds.
fn lower_condition(
    call: &RawCall,
    environment: &mut Environment,
) -> Result<Option<Condition>, Problem> {
    if call.function == "isSet" {
        let argument = argument(call, 0)?;
        let (value, ty) = expression(argument, environment)?;
        let Some(present) = ty.present() else {
            return Ok(None);
        };
        let name = argument
            .get("ref")
            .and_then(Value::as_str)
            .unwrap_or("value");
        return Ok(Some(bind(name, value, present, environment)));
    }
    if call.function == "not"
        && argument(call, 0)?.get("fn").and_then(Value::as_str) == Some("isSet")
    {
        let inner: RawCall = nested(argument(call, 0)?)?;
        let (value, ty) = expression(argument(&inner, 0)?, environment)?;
        return match ty.present() {
            Some(_) => Ok(Some(Condition::HasNone(value))),
            None => Err("asks whether a value is absent that never is".to_owned()),
        };
    }
    let (value, ty) = function(call, environment)?;
    match (ty.present(), &call.assign) {
        (Some(present), name) => {
            let name = name.as_deref().unwrap_or("value");
            Ok(Some(bind(name, value, present, environment)))
        }
        (None, Some(name)) => {
            environment.insert(name.clone(), (value, ty));
            Ok(None)
        }
        (None, None) if ty == ValueType::Boolean => Ok(Some(Condition::IsTrue(value))),
        (None, None) => Err(format!(
            "has a condition `{}` that is neither true nor false",
            call.function
        )),
    }
}

/// Gives a value that may be absent a name under which it is there.
fn bind(name: &str, value: Expression, ty: ValueType, environment: &mut Environment) -> Condition {
    let variable = name::member_name(name);
    environment.insert(
        name.to_owned(),
        (Expression::Variable(variable.clone(), ty), ty),
    );
    Condition::HasValue(variable, value)
}

fn argument(call: &RawCall, index: usize) -> Result<&Value, Problem> {
    call.argv
        .get(index)
        .ok_or_else(|| format!("calls `{}` with too few arguments", call.function))
}

fn nested(value: &Value) -> Result<RawCall, Problem> {
    RawCall::deserialize(value).map_err(|error| format!("has a malformed call: {error}"))
}

fn expression(
    value: &Value,
    environment: &Environment,
) -> Result<(Expression, ValueType), Problem> {
    match value {
        Value::Bool(value) => Ok((
            Expression::Literal(Literal::Boolean(*value)),
            ValueType::Boolean,
        )),
        Value::String(template) => Ok((parse_template(template, environment)?, ValueType::String)),
        Value::Object(object) => match object.get("ref").and_then(Value::as_str) {
            Some(name) => variable(name, environment),
            None => function(&nested(value)?, environment),
        },
        _ => Err(format!("has the value {value}, which is not supported")),
    }
}

fn variable(name: &str, environment: &Environment) -> Result<(Expression, ValueType), Problem> {
    environment
        .get(name)
        .cloned()
        .ok_or_else(|| format!("refers to `{name}`, which has no value there"))
}

fn function(call: &RawCall, environment: &Environment) -> Result<(Expression, ValueType), Problem> {
    let value = |index| expression(argument(call, index)?, environment);
    let boxed = |index| Ok::<_, Problem>(Box::new(value(index)?.0));
    match call.function.as_str() {
        "booleanEquals" | "stringEquals" => {
            let (left, right) = (value(0)?.0, value(1)?.0);
            Ok((equal(left, right), ValueType::Boolean))
        }
        "not" => Ok((Expression::Not(boxed(0)?), ValueType::Boolean)),
        "aws.partition" => Ok((
            Expression::Partition(boxed(0)?),
            ValueType::OptionalPartition,
        )),
        "getAttr" => {
            let path = argument(call, 1)?.as_str().unwrap_or_default();
            field(value(0)?, path)
        }
        name => Err(format!("calls `{name}`, which is not supported")),
    }
}

/// Whether two values are the same, in the shortest way.
fn equal(left: Expression, right: Expression) -> Expression {
    match (left, right) {
        (Expression::Literal(Literal::Boolean(true)), value)
        | (value, Expression::Literal(Literal::Boolean(true))) => value,
        (Expression::Literal(Literal::Boolean(false)), value)
        | (value, Expression::Literal(Literal::Boolean(false))) => Expression::Not(Box::new(value)),
        (left, right) => Expression::Equal(Box::new(left), Box::new(right)),
    }
}

fn field(
    (value, ty): (Expression, ValueType),
    path: &str,
) -> Result<(Expression, ValueType), Problem> {
    let known = match (ty, path) {
        (ValueType::Partition, "name") => Some(("name", ValueType::String)),
        (ValueType::Partition, "dnsSuffix") => Some(("dns_suffix", ValueType::String)),
        (ValueType::Partition, "dualStackDnsSuffix") => {
            Some(("dual_stack_dns_suffix", ValueType::String))
        }
        (ValueType::Partition, "implicitGlobalRegion") => {
            Some(("implicit_global_region", ValueType::String))
        }
        (ValueType::Partition, "supportsFIPS") => Some(("supports_fips", ValueType::Boolean)),
        (ValueType::Partition, "supportsDualStack") => {
            Some(("supports_dual_stack", ValueType::Boolean))
        }
        _ => None,
    };
    let (name, ty) =
        known.ok_or_else(|| format!("asks for `{path}` of a value that has no such field"))?;
    let name = Ident::new(name, proc_macro2::Span::call_site());
    Ok((Expression::Field(Box::new(value), name, ty), ty))
}

fn text(value: &Value, environment: &Environment) -> Result<Expression, Problem> {
    let (expression, ty) = expression(value, environment)?;
    if ty == ValueType::String {
        Ok(expression)
    } else {
        Err(format!("has {value} where text belongs"))
    }
}

/// Parses text with values in it: `https://{Region}.{Partition#dnsSuffix}`.
fn parse_template(template: &str, environment: &Environment) -> Result<Expression, Problem> {
    let mut parts: Vec<TemplatePart> = Vec::new();
    let mut literal = String::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, brace) = rest.split_at(at);
        literal.push_str(before);
        if let Some(escaped) = ["{{", "}}"]
            .iter()
            .find(|escaped| brace.starts_with(**escaped))
        {
            literal.push_str(&escaped[..1]);
            rest = &brace[2..];
            continue;
        }
        let unbalanced = || format!("has unbalanced braces in {template:?}");
        let (name, after) = brace
            .strip_prefix('{')
            .and_then(|inner| inner.split_once('}'))
            .ok_or_else(unbalanced)?;
        if !literal.is_empty() {
            parts.push(TemplatePart::Literal(std::mem::take(&mut literal)));
        }
        let (name, path) = name
            .split_once('#')
            .map_or((name, None), |(name, path)| (name, Some(path)));
        let value = variable(name, environment)?;
        let (value, ty) = match path {
            Some(path) => field(value, path)?,
            None => value,
        };
        if ty != ValueType::String {
            return Err(format!(
                "puts `{name}` into text, which is none or may be absent"
            ));
        }
        parts.push(TemplatePart::Value(value));
        rest = after;
    }
    literal.push_str(rest);
    if parts.is_empty() {
        return Ok(Expression::Literal(Literal::String(literal)));
    }
    if !literal.is_empty() {
        parts.push(TemplatePart::Literal(literal));
    }
    if let [TemplatePart::Value(value)] = parts.as_slice() {
        return Ok(value.clone());
    }
    Ok(Expression::Template(parts))
}

impl ValueType {
    /// The type of a value that may be absent when it is there; `None` where it always is.
    fn present(self) -> Option<Self> {
        match self {
            Self::OptionalString => Some(Self::String),
            Self::OptionalPartition => Some(Self::Partition),
            Self::Boolean | Self::String | Self::Partition => None,
        }
    }
}
