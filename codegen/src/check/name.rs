//! Conflicting names.

use std::collections::BTreeMap;

use super::checker::Checker;
use crate::lower::error::error_code;
use crate::lower::{TypeNames, named_shapes};
use crate::model::Shape;
use crate::name;

impl Checker<'_, '_> {
    /// Checks that types, errors and methods have different names.
    pub(super) fn names(&mut self, names: &TypeNames<'_>) {
        let errors = || self.selection.errors.values().copied();
        let types = named_shapes(self.selection).map(|(shape, _)| shape);
        let types = shared(types.chain(errors()), |shape| names.name(shape).to_string());
        let codes = shared(errors(), |shape| {
            error_code(shape, self.selection).to_owned()
        });
        let operations = self.selection.operations.iter().map(|it| it.shape);
        let methods = shared(operations, |shape| {
            name::module_name(shape.id.name()).to_string()
        });
        for (other, shape, name) in types {
            let id = &shape.id;
            self.second(
                shape,
                format!("`{other}` and `{id}` would both be the Rust type `{name}`"),
                "this is the second of them".to_owned(),
                "give one of them another name in `rename` of the service, or leave out the \
                 operations that need it with `--operations`",
            );
        }
        for (other, shape, code) in codes {
            self.second(
                shape,
                format!("`{other}` and `{}` have the same error code", shape.id),
                format!("a response with the code `{code}` could be either"),
                "leave out the operations that need one of them with `--operations`",
            );
        }
        for (other, shape, method) in methods {
            let id = &shape.id;
            self.second(
                shape,
                format!("`{other}` and `{id}` would both be the method `{method}`"),
                "this is the second of them".to_owned(),
                "leave one of them out with `--operations`",
            );
        }
    }

    fn second(&mut self, shape: &Shape, title: String, label: String, help: &str) {
        self.report(title, shape.span.clone(), label, help);
    }
}

/// Returns the shapes that share a name with one before them: the id of that, the shape, and the
/// name.
fn shared<'m>(
    shapes: impl Iterator<Item = &'m Shape>,
    name: impl Fn(&Shape) -> String,
) -> Vec<(String, &'m Shape, String)> {
    let mut names: BTreeMap<String, &Shape> = BTreeMap::new();
    let shared = shapes.filter_map(|shape| {
        let name = name(shape);
        let other = names.insert(name.clone(), shape)?;
        Some((other.id.to_string(), shape, name))
    });
    shared.collect()
}
