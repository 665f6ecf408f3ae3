//! Endpoint parameters that operations set.

use super::literal::{Problem, literal};
use super::path::{self, wrong_type};
use crate::ir::endpoint::{MemberPath, Parameter, ParameterBinding, ParameterSource, SetBy};
use crate::ir::{Structure, TypeItem};
use crate::model::Model;
use crate::model::traits::Traits;
use crate::select::Operation;

/// Sets the source of each parameter's value: an operation, or else the client builder, if the
/// rules declare it.
pub(crate) fn set_sources(
    parameters: &mut [Parameter],
    bindings: &[&ParameterBinding],
    service: &Traits,
) {
    for parameter in parameters {
        let is_of = |binding: &ParameterBinding| binding.parameter == parameter.name;
        if bindings.iter().copied().any(is_of) {
            parameter.set_by = Some(SetBy::Call);
        } else if service.client_parameters.contains_key(&parameter.name) {
            parameter.set_by = Some(SetBy::Client);
        }
    }
}

/// Lowers the endpoint parameters that an operation sets. A later binding of a parameter replaces
/// an earlier one.
///
/// # Errors
///
/// Returns the problem of the first binding that does not fit its parameter.
pub(crate) fn bindings(
    model: &Model,
    operation: &Operation<'_>,
    request: &Structure,
    parameters: &[Parameter],
    types: &[TypeItem],
) -> Result<Vec<ParameterBinding>, Problem> {
    let mut bindings = Vec::new();
    let traits = &operation.shape.traits;
    let paths = traits.path_parameters.iter();
    for (parameter, declared) in known(parameters, paths) {
        let path = path::lower(&declared.path, request, types, parameter)?;
        bindings.push(binding(parameter, ParameterSource::Request(path)));
    }
    let input = operation.input.map(|target| model.target(target));
    let members = input.into_iter().flat_map(|input| &input.members);
    let members = members.filter_map(|(name, member)| {
        let parameter = &member.traits.context_parameter.as_ref()?.name;
        Some((parameter, name))
    });
    for (parameter, name) in known(parameters, members) {
        let source = match path::lower(name, request, types, parameter)? {
            MemberPath::Member {
                name: member,
                optional: false,
                then,
            } if matches!(*then, MemberPath::Text) => {
                ParameterSource::Required(name.clone(), member)
            }
            path => ParameterSource::Request(path),
        };
        bindings.push(binding(parameter, source));
    }
    let constants = traits.constant_parameters.iter();
    for (parameter, declared) in known(parameters, constants) {
        let value = literal(&declared.value, parameter.ty).ok_or_else(|| wrong_type(parameter))?;
        bindings.push(binding(parameter, ParameterSource::Constant(value)));
    }
    Ok(bindings)
}

fn binding(parameter: &Parameter, source: ParameterSource) -> ParameterBinding {
    ParameterBinding {
        parameter: parameter.name.clone(),
        source,
    }
}

/// Returns the parameters with these names. Names that the rules do not have are skipped.
fn known<'p, 'n, T>(
    parameters: &'p [Parameter],
    named: impl Iterator<Item = (&'n String, T)>,
) -> impl Iterator<Item = (&'p Parameter, T)> {
    named.filter_map(|(name, value)| {
        let mut parameters = parameters.iter();
        let parameter = parameters.find(|parameter| parameter.name == *name)?;
        Some((parameter, value))
    })
}
