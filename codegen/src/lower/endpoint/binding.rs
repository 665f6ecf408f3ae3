//! The parameters that operations give to the rules.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::{Lowering, Problem, literal, path};
use crate::diagnostic::Diagnostic;
use crate::ir::endpoint::{
    Giver, Literal, Parameter, ParameterBinding, ParameterSource, Path, ValueType,
};
use crate::ir::{Operation, Service, TypeItem};
use crate::model::{Kind, Shape};

const OF_CLIENT: &str = "smithy.rules#clientContextParams";
const OF_MEMBER: &str = "smithy.rules#contextParam";
const OF_OPERATION: &str = "smithy.rules#operationContextParams";
const CONSTANT: &str = "smithy.rules#staticContextParams";

/// The value of `smithy.rules#contextParam`.
#[derive(Deserialize)]
struct MemberParameter {
    name: String,
}

/// A value of `smithy.rules#operationContextParams`.
#[derive(Deserialize)]
struct PathParameter {
    path: String,
}

/// A value of `smithy.rules#staticContextParams`.
#[derive(Deserialize)]
struct ConstantParameter {
    value: Value,
}

impl Lowering<'_, '_, '_> {
    /// Gives every operation what it has for the endpoint rules, and every parameter who gives it.
    pub(in crate::lower) fn bind_parameters(&mut self, service: &mut Service) {
        let parameters = &service.endpoint.parameters;
        let shapes = &self.selection.operations;
        let bindings: Vec<_> = shapes
            .iter()
            .zip(&service.operations)
            .map(|(shape, operation)| {
                self.parameter_bindings(shape, operation, parameters, &service.types)
            })
            .collect();
        let traits = &self.selection.service.traits;
        let of_client: BTreeMap<String, Value> = traits.get(OF_CLIENT).unwrap_or_default();
        for parameter in &mut service.endpoint.parameters {
            let is_of = |binding: &ParameterBinding| binding.parameter == parameter.name;
            if bindings.iter().flatten().any(is_of) {
                parameter.giver = Some(Giver::Call);
            } else if of_client.contains_key(&parameter.name) {
                parameter.giver = Some(Giver::Client);
            }
        }
        for (operation, bindings) in service.operations.iter_mut().zip(bindings) {
            operation.parameters = bindings;
        }
    }

    /// What an operation gives to the rules. A later binding stands in for an earlier one of the
    /// same parameter.
    fn parameter_bindings(
        &mut self,
        shape: &Shape<'_>,
        operation: &Operation,
        parameters: &[Parameter],
        types: &[TypeItem],
    ) -> Vec<ParameterBinding> {
        let found =
            bindings_by_path(shape, operation, parameters, types).and_then(|mut bindings| {
                bindings.extend(self.bindings_of_members(shape, operation, parameters, types)?);
                bindings.extend(constant_bindings(shape, parameters)?);
                Ok(bindings)
            });
        found.unwrap_or_else(|problem| {
            self.diagnostics.push(Diagnostic::new(
                format!("`{}` {problem}", shape.id),
                shape.span.clone(),
                "needed to know where its requests go",
                "see the page \"Rules engine parameters\" of the Smithy reference",
            ));
            Vec::new()
        })
    }

    fn bindings_of_members(
        &self,
        shape: &Shape<'_>,
        operation: &Operation,
        parameters: &[Parameter],
        types: &[TypeItem],
    ) -> Result<Vec<ParameterBinding>, Problem> {
        let input = match &shape.kind {
            Kind::Operation { input, .. } => input.as_ref(),
            _ => None,
        };
        let input = input.and_then(|target| self.model.shape(&target.id));
        let mut bindings = Vec::new();
        for (name, member) in input.iter().flat_map(|input| &input.members) {
            let Some(MemberParameter { name: parameter }) = member.traits.get(OF_MEMBER) else {
                continue;
            };
            let Some(parameter) = find(parameters, &parameter) else {
                continue;
            };
            let path = path::lower(name, &operation.request, types)?;
            check(parameter, &path)?;
            let is_required = matches!(&path, Path::Member { optional: false, then, .. }
                if matches!(**then, Path::Text));
            bindings.push(ParameterBinding {
                parameter: parameter.name.clone(),
                source: if is_required {
                    ParameterSource::Required(name.clone(), path)
                } else {
                    ParameterSource::Request(path)
                },
            });
        }
        Ok(bindings)
    }
}

fn bindings_by_path(
    shape: &Shape<'_>,
    operation: &Operation,
    parameters: &[Parameter],
    types: &[TypeItem],
) -> Result<Vec<ParameterBinding>, Problem> {
    let paths: BTreeMap<String, PathParameter> = shape.traits.get(OF_OPERATION).unwrap_or_default();
    let mut bindings = Vec::new();
    for (name, PathParameter { path }) in paths {
        if let Some(parameter) = find(parameters, &name) {
            let path = path::lower(&path, &operation.request, types)?;
            check(parameter, &path)?;
            bindings.push(ParameterBinding {
                parameter: name,
                source: ParameterSource::Request(path),
            });
        }
    }
    Ok(bindings)
}

fn constant_bindings(
    shape: &Shape<'_>,
    parameters: &[Parameter],
) -> Result<Vec<ParameterBinding>, Problem> {
    let constants: BTreeMap<String, ConstantParameter> =
        shape.traits.get(CONSTANT).unwrap_or_default();
    let mut bindings = Vec::new();
    for (name, ConstantParameter { value }) in constants {
        let Some(parameter) = find(parameters, &name) else {
            continue;
        };
        let value = literal(&value).filter(|(_, ty)| *ty == parameter.ty);
        let (value, _): (Literal, _) = value.ok_or_else(|| wrong_type(parameter))?;
        bindings.push(ParameterBinding {
            parameter: name,
            source: ParameterSource::Constant(value),
        });
    }
    Ok(bindings)
}

/// The parameter of a name. What the rules do not know depends on nothing.
fn find<'p>(parameters: &'p [Parameter], name: &str) -> Option<&'p Parameter> {
    parameters.iter().find(|parameter| parameter.name == name)
}

fn wrong_type(parameter: &Parameter) -> Problem {
    format!(
        "gives the endpoint parameter `{}` a value of another type",
        parameter.name
    )
}

/// The type of what a path leads to must be that of the parameter.
fn check(parameter: &Parameter, path: &Path) -> Result<(), Problem> {
    let ty = match end(path) {
        Path::Boolean => ValueType::Boolean,
        Path::Each { .. } | Path::Several(_) => ValueType::StringArray,
        _ => ValueType::String,
    };
    if ty == parameter.ty {
        Ok(())
    } else {
        Err(wrong_type(parameter))
    }
}

/// Where the way to one value ends, or to several begins.
fn end(path: &Path) -> &Path {
    match path {
        Path::Member { then, .. } | Path::Variant { then, .. } => end(then),
        path => path,
    }
}
