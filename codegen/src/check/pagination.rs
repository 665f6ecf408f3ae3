//! The trait `smithy.api#paginated`: the members that it names must be there, and of a fitting type.

use std::ops::Range;

use super::Checker;
use crate::diagnostic::cause;
use crate::lower::pagination::{Paginated, follow};
use crate::model::{Kind, Member, Shape, Simple, Target};

/// The trait's id.
const TRAIT: &str = "smithy.api#paginated";

impl<'m, 'a> Checker<'m, 'a, '_> {
    /// Checks how an operation pages, where it does.
    pub(super) fn pagination(&mut self, service: &Shape<'_>, operation: &Shape<'_>) {
        let Some(raw) = operation.traits.raw(TRAIT) else {
            return;
        };
        let span = self.model.key_span(raw);
        for shape in [service, operation] {
            let Some(raw) = shape.traits.raw(TRAIT) else {
                continue;
            };
            if let Err(error) = serde_json::from_str::<Paginated>(raw.get()) {
                let title = format!("the trait `{TRAIT}` of `{}` is malformed", shape.id);
                let help = "give `inputToken`, `outputToken`, `items` and `pageSize` as text";
                return self.report(title, self.model.key_span(raw), cause(&error), help);
            }
        }
        let Some(paginated) = Paginated::of(service, operation) else {
            return;
        };
        let Kind::Operation { input, output, .. } = &operation.kind else {
            return;
        };
        let place = Place {
            operation,
            span: &span,
        };
        self.token(&place, "inputToken", paginated.input_token, input.as_ref());
        self.token(
            &place,
            "outputToken",
            paginated.output_token,
            output.as_ref(),
        );
        if let Some(path) = paginated.page_size {
            self.named(&place, "pageSize", &path, input.as_ref());
        }
        if let Some(path) = paginated.items
            && let Some(member) = self.named(&place, "items", &path, output.as_ref())
            && let Some(target) = self.model.shape(&member.target.id)
            && !matches!(target.kind, Kind::List | Kind::Map)
        {
            let label = format!("`{path}` is neither a list nor a map");
            self.paging_problem(
                &place,
                "items",
                label,
                "name the list or the map that is paged",
            );
        }
    }

    /// A token must be there, and be text; that of the input must be one that can be left out.
    fn token(
        &mut self,
        place: &Place<'_, '_>,
        key: &str,
        path: Option<String>,
        target: Option<&Target>,
    ) {
        let Some(path) = path else {
            let label = "neither the operation nor the service names it".to_owned();
            return self.paging_problem(place, key, label, "name the member that the token is in");
        };
        let Some(member) = self.named(place, key, &path, target) else {
            return;
        };
        let shape = self.model.shape(&member.target.id);
        let is_text = |shape: &Shape<'_>| {
            shape.kind == Kind::Simple(Simple::String) && !shape.traits.has("smithy.api#enum")
        };
        if !shape.is_none_or(is_text) {
            let label = format!("`{path}` is no string");
            let help = "only tokens that are strings are supported; leave the operation out with \
                        `--operations`";
            self.paging_problem(place, key, label, help);
        } else if key == "inputToken" && member.traits.has("smithy.api#required") {
            let label = format!("`{path}` is required, but the first page has no token");
            let help = "remove `smithy.api#required` from the member";
            self.paging_problem(place, key, label, help);
        }
    }

    /// The member that a path names, which must be there. A path into the input has one name.
    fn named(
        &mut self,
        place: &Place<'_, '_>,
        key: &str,
        path: &str,
        target: Option<&Target>,
    ) -> Option<&'m Member<'a>> {
        let steps = follow(self.model, target, path);
        let in_input = matches!(key, "inputToken" | "pageSize");
        let expected = if in_input { 1 } else { path.split('.').count() };
        if path.split('.').count() == expected && steps.len() == expected {
            return steps.last().map(|(_, member)| *member);
        }
        let side = if in_input { "input" } else { "output" };
        let label = format!("the {side} has no member `{path}`");
        let help = format!("name a member of the {side}, or remove the trait");
        self.paging_problem(place, key, label, help);
        None
    }

    fn paging_problem(
        &mut self,
        place: &Place<'_, '_>,
        key: &str,
        label: String,
        help: impl Into<String>,
    ) {
        let title = format!(
            "`{key}` in the trait `{TRAIT}` of `{}` does not fit",
            place.operation.id
        );
        self.report(title, place.span.clone(), label, help);
    }
}

/// The operation that pages, and where its trait is.
struct Place<'o, 'a> {
    operation: &'o Shape<'a>,
    span: &'o Range<usize>,
}
