//! The third stage, *check*: finds every problem of a selection before anything is lowered.
//!
//! There are two steps. The first checks shapes and traits. The second checks what refers to the
//! types of valid shapes: pagination, endpoint parameters and protocol tests. Their lowered form is
//! part of the output of `check`, so that nothing is processed twice.

mod binding;
mod case;
mod checker;
mod distinct;
mod endpoint;
mod event;
mod kind;
mod member;
mod name;
mod nesting;
mod operation;
mod recursion;
mod xml;

use self::checker::Checker;
use crate::diagnostic::Diagnostics;
use crate::ir::Skipped;
use crate::lower::default::Defaults;
use crate::lower::endpoint::set_sources;
use crate::lower::{Accepted, Context, TypeNames, Types};
use crate::model::Model;
use crate::select::Selection;

/// Checks a selection. `skipped` is what was left out of it; if it is `None`, nothing may be.
///
/// # Errors
///
/// Every problem of the first step that has any, and those that were found before.
pub(crate) fn check<'m>(
    model: &'m Model,
    selection: &'m Selection<'m>,
    skipped: Option<Vec<Skipped>>,
    mut diagnostics: Diagnostics,
) -> Result<Accepted<'m>, Diagnostics> {
    let mut checker = Checker {
        model,
        selection,
        skipped,
        diagnostics: &mut diagnostics,
    };
    checker.malformed_traits();
    let names = TypeNames::of(selection);
    checker.names(&names);
    let endpoint = checker.endpoint();
    let operations = selection.operations.iter();
    let sound: Option<Vec<_>> = operations.map(|it| checker.operation(it)).collect();
    for shape in selection.shapes() {
        checker.members(shape);
        checker.kinds(shape);
        checker.distinct(shape);
        checker.xml(shape);
    }
    let (defaults, misfits) = Defaults::of(model, selection, &names);
    checker.defaults(misfits);
    checker.event_streams();
    checker.nesting();
    checker.endless_members();
    let (Some(mut endpoint), Some(sound), true) = (endpoint, sound, checker.is_content()) else {
        return Err(diagnostics);
    };
    let context = Context::new(model, selection, names, defaults);
    let types = Types::of(&context);
    let sound = sound.into_iter().zip(&types.messages);
    let operations =
        sound.map(|(sound, messages)| checker.call(sound, messages, &types, &endpoint.parameters));
    let operations: Vec<_> = operations.collect();
    let cases = checker.cases(&types);
    let (true, skipped) = (checker.is_content(), checker.skipped.unwrap_or_default()) else {
        return Err(diagnostics);
    };
    let bindings: Vec<_> = operations.iter().flat_map(|it| &it.parameters).collect();
    let service = &selection.service.shape.traits;
    set_sources(&mut endpoint.parameters, &bindings, service);
    Ok(Accepted {
        context,
        types,
        operations,
        endpoint,
        cases,
        skipped,
    })
}
