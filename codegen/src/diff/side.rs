//! The two sides of a difference, generated.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostics;
use crate::generate::{GenerateError, Generated, Options, generate};
use crate::model::Model;
use crate::select::select;
use crate::source::ModelText;

/// Generates both sides of a difference, the older one first.
///
/// Of the operations that the options name, one that only one side has is left out of the other: it
/// is new there, or gone.
///
/// # Errors
///
/// Every problem of a model. An operation that neither side has is one, and so is a side that has
/// none of the operations.
pub fn generate_sides(
    sides: [ModelText<'_>; 2],
    options: &Options,
) -> Result<[Generated; 2], GenerateError> {
    let service = options.service.as_deref();
    let [old, new] = sides;
    // Where none is named, all of both sides are compared, and no model need be read before.
    let of = |model| match options.operations.as_slice() {
        [] => BTreeSet::new(),
        _ => operations(model, service),
    };
    let (of_old, of_new) = (of(old), of(new));
    Ok([
        side(old, options, &of_old, &of_new)?,
        side(new, options, &of_new, &of_old)?,
    ])
}

fn side(
    model: ModelText<'_>,
    options: &Options,
    own: &BTreeSet<String>,
    others: &BTreeSet<String>,
) -> Result<Generated, GenerateError> {
    let mut options = options.clone();
    model.name.clone_into(&mut options.model_name);
    let wanted = options.operations.iter().filter(|wanted| {
        let name = wanted.rsplit('#').next().unwrap_or(wanted);
        own.contains(name) || !others.contains(name)
    });
    let wanted: Vec<String> = wanted.cloned().collect();
    // None at all would mean all of them.
    if !wanted.is_empty() {
        options.operations = wanted;
    }
    generate(model.text, &options)
}

/// The names of all operations of a service; none where there is no service, which generating it
/// reports.
fn operations(model: ModelText<'_>, service: Option<&str>) -> BTreeSet<String> {
    let mut diagnostics = Diagnostics::new(model.name, model.text);
    let model = Model::read(model.text, &mut diagnostics);
    let selection = select(&model, service, &[], &mut diagnostics);
    let operations = selection.map(|it| it.operations).unwrap_or_default();
    let names = operations.iter().map(|it| it.name().to_owned());
    names.collect()
}
