//! Protocol cases: their parameters are values of requests, responses and errors.

use std::ops::Range;

use super::checker::Checker;
use crate::ir::{ProtocolCases, ResponseCase, Structure};
use crate::lower::Types;
use crate::lower::case::{Cases, applies};
use crate::lower::error::error_code;
use crate::lower::event_case::{EventCases, is_for};
use crate::lower::types::Messages;
use crate::model::Shape;
use crate::select::Operation;

impl Checker<'_, '_> {
    /// Lowers the protocol cases.
    pub(super) fn cases(&mut self, types: &Types) -> ProtocolCases {
        let reader = Cases::new(types);
        let mut cases = ProtocolCases::default();
        let operations = self.selection.operations.iter().zip(&types.messages);
        for (operation, messages) in operations.clone() {
            self.requests(&reader, operation, messages, &mut cases);
            let (shape, expected) = (operation.shape, &messages.response);
            let responses = self.responses(&reader, (operation, messages), shape, expected);
            cases.responses.extend(responses);
        }
        self.event_cases(types, &mut cases);
        // An error is the response to the first operation that has it.
        for (id, shape) in &self.selection.errors {
            let has_it =
                |operation: &Operation<'_>| operation.errors.iter().any(|it| it.id == **id);
            let mut errors = types.errors.iter();
            let error = errors.find(|error| error.code == error_code(shape, self.selection));
            let call = operations.clone().find(|(operation, _)| has_it(operation));
            let (Some(error), Some(call)) = (error, call) else {
                continue;
            };
            let expected = &error.structure;
            let responses = self.responses(&reader, call, shape, expected);
            cases
                .responses
                .extend(responses.into_iter().map(|case| ResponseCase {
                    error: Some(expected.name.clone()),
                    ..case
                }));
        }
        cases
    }

    fn requests(
        &mut self,
        reader: &Cases<'_>,
        operation: &Operation<'_>,
        messages: &Messages,
        cases: &mut ProtocolCases,
    ) {
        let Some(tests) = &operation.shape.traits.request_tests else {
            return;
        };
        let protocol = self.selection.service.protocol;
        for test in tests
            .value
            .iter()
            .filter(|it| applies(&it.message, protocol))
        {
            match reader.request(test, operation, &messages.request) {
                Ok(case) => cases.requests.push(case),
                Err(problem) => {
                    let id = &test.message.id;
                    self.misfit(operation.shape, &tests.span, id, &problem);
                }
            }
        }
    }

    /// Lowers the cases of the responses of an operation or of an error.
    fn responses(
        &mut self,
        reader: &Cases<'_>,
        (operation, messages): (&Operation<'_>, &Messages),
        shape: &Shape,
        expected: &Structure,
    ) -> Vec<ResponseCase> {
        let mut cases = Vec::new();
        let Some(tests) = &shape.traits.response_tests else {
            return cases;
        };
        let protocol = self.selection.service.protocol;
        for test in tests
            .value
            .iter()
            .filter(|it| applies(&it.message, protocol))
        {
            match reader.response(test, operation, messages, expected) {
                Ok(case) => cases.push(case),
                Err(problem) => self.misfit(shape, &tests.span, &test.message.id, &problem),
            }
        }
        cases
    }

    /// Lowers the cases of event streams.
    fn event_cases(&mut self, types: &Types, cases: &mut ProtocolCases) {
        let reader = EventCases::new(self.model, self.selection, types);
        let protocol = self.selection.service.protocol;
        let operations = self.selection.operations.iter().zip(&types.messages);
        for (operation, messages) in operations {
            let Some(tests) = &operation.shape.traits.event_tests else {
                continue;
            };
            for test in tests.value.iter().filter(|it| is_for(it, protocol)) {
                match reader.case(test, operation, messages) {
                    Ok(case) => cases.events.push(case),
                    Err(problem) => self.misfit(operation.shape, &tests.span, &test.id, &problem),
                }
            }
        }
    }

    fn misfit(&mut self, shape: &Shape, span: &Range<usize>, case: &str, problem: &str) {
        self.report(
            format!("the case `{case}` of `{}` {problem}", shape.id),
            span.clone(),
            "`params` must be values of the members",
            "correct the case, or remove it",
        );
    }
}
