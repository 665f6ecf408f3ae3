//! Generates the two sides of a difference.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostics;
use crate::error::Error;
use crate::generate::{Generated, generate};
use crate::model::Model;
use crate::options::Options;
use crate::select::select;
use crate::source::ModelText;

/// Generates both sides of a difference, the old one first.
///
/// An operation that the options name and only one side has is added or removed.
///
/// # Errors
///
/// Every problem of a model. An operation that neither side has is a problem, and so is a side
/// without any of the operations.
pub fn generate_sides(
    sides: [ModelText<'_>; 2],
    options: &Options,
) -> Result<[Generated; 2], Error> {
    let [old, new] = sides;
    // Without names, all operations are compared, and the models need not be read here.
    let of = |model| match options.operations.as_slice() {
        [] => BTreeSet::new(),
        _ => operations(model, options),
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
) -> Result<Generated, Error> {
    let mut options = options.clone();
    model.name.clone_into(&mut options.model_name);
    let wanted = options.operations.iter().filter(|wanted| {
        let name = wanted.rsplit('#').next().unwrap_or(wanted);
        own.contains(name) || !others.contains(name)
    });
    let wanted: Vec<String> = wanted.cloned().collect();
    // An empty list means all operations.
    if !wanted.is_empty() {
        options.operations = wanted;
    }
    generate(model.text, &options)
}

/// Returns the names of all operations of a service; none if it is unknown, which `generate`
/// reports.
fn operations(model: ModelText<'_>, options: &Options) -> BTreeSet<String> {
    let mut diagnostics = Diagnostics::new(model.name, model.text);
    let model = Model::read(model.text, &mut diagnostics);
    let all = Options {
        operations: Vec::new(),
        ..options.clone()
    };
    let selection = select(&model, &all, &mut diagnostics);
    let operations = selection.map(|it| it.operations).unwrap_or_default();
    let names = operations.iter().map(|it| it.name().to_owned());
    names.collect()
}
