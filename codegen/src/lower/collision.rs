//! Names that operations give, and that nothing else may have.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostic;
use crate::model::{Shape, ShapeId};
use crate::name;
use crate::select::Selection;

/// The Rust names of what operations send and return.
pub(super) fn messages(selection: &Selection<'_, '_>) -> BTreeSet<String> {
    let operations = selection.operations.iter();
    let names = operations.flat_map(|operation| {
        let name = |suffix| name::message_name(operation.id.name(), suffix).to_string();
        [name("Request"), name("Response")]
    });
    names.collect()
}

/// Operations that would become methods of one name.
pub(super) fn same_methods(operations: &[&Shape<'_>]) -> Vec<Diagnostic> {
    let mut modules: BTreeMap<String, &ShapeId> = BTreeMap::new();
    let second = operations.iter().filter_map(|shape| {
        let module = name::module_name(shape.id.name()).to_string();
        Some((shape, modules.insert(module.clone(), &shape.id)?, module))
    });
    let collision = |(shape, other, module): (&&Shape<'_>, &ShapeId, String)| {
        Diagnostic::new(
            format!(
                "`{other}` and `{}` would both be the method `{module}`",
                shape.id
            ),
            shape.span.clone(),
            "this is the second of them",
            "leave one of them out with `--operations`",
        )
    };
    second.map(collision).collect()
}
