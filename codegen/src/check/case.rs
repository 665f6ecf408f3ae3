//! Protocol cases: their parameters are values of requests, responses and errors.

use super::checker::Checker;
use crate::ir::{ProtocolCases, ResponseCase};
use crate::lower::Types;
use crate::lower::case::Cases;
use crate::model::Shape;
use crate::model::traits::{Spanned, Test};
use crate::select::Operation;

impl Checker<'_, '_> {
    /// Lowers the protocol cases.
    pub(super) fn cases(&mut self, types: &Types) -> ProtocolCases {
        let selection = self.selection;
        let reader = Cases::new(selection, types);
        let mut cases = ProtocolCases::default();
        let operations = selection.operations.iter().zip(&types.messages);
        for (operation, messages) in operations.clone() {
            let (shape, traits) = (operation.shape, &operation.shape.traits);
            let requests = self.lowered(shape, traits.request_tests.as_ref(), |test| {
                reader.request(test, operation, &messages.request)
            });
            let responses = self.lowered(shape, traits.response_tests.as_ref(), |test| {
                reader.response(test, operation, messages, &messages.response)
            });
            let events = self.lowered(shape, traits.event_tests.as_ref(), |test| {
                reader.event(test, operation, messages)
            });
            cases.requests.extend(requests);
            cases.responses.extend(responses);
            cases.events.extend(events);
        }
        // An error is the response to the first operation that has it.
        for (id, shape) in &selection.errors {
            let has_it =
                |operation: &Operation<'_>| operation.errors.iter().any(|it| it.id == **id);
            let call = operations.clone().find(|(operation, _)| has_it(operation));
            let (Some(error), Some((operation, messages))) = (types.error(shape, selection), call)
            else {
                continue;
            };
            let responses = self.lowered(shape, shape.traits.response_tests.as_ref(), |test| {
                let case = reader.response(test, operation, messages, error)?;
                Ok(ResponseCase {
                    is_error: true,
                    ..case
                })
            });
            cases.responses.extend(responses);
        }
        cases
    }

    /// Lowers the tests of a shape that are for clients of the protocol, and reports those that do
    /// not fit.
    fn lowered<T, C>(
        &mut self,
        shape: &Shape,
        tests: Option<&Spanned<Vec<Test<T>>>>,
        lower: impl Fn(&Test<T>) -> Result<C, String>,
    ) -> Vec<C> {
        let mut cases = Vec::new();
        let Some(tests) = tests else {
            return cases;
        };
        let protocol = self.protocol().id();
        for test in tests.value.iter().filter(|it| it.is_for(protocol)) {
            match lower(test) {
                Ok(case) => cases.push(case),
                Err(problem) => self.report(
                    format!("the case `{}` of `{}` {problem}", test.id, shape.id),
                    tests.span.clone(),
                    "`params` must be values of the members",
                    "correct the case, or remove it",
                ),
            }
        }
        cases
    }
}
