//! Endpoint rules and their cases.

use std::ops::Range;

use super::checker::Checker;
use crate::ir::endpoint::{Parameter, ParameterBinding, RuleSet};
use crate::lower::Types;
use crate::lower::endpoint::{bindings, cases, custom_endpoint_alone, rule_set};
use crate::lower::types::Messages;
use crate::model::traits::{DECISION_DIAGRAM, ENDPOINT_TESTS, RULE_SET};
use crate::select::Operation;

const SEE_THE_REFERENCE: &str =
    "give the service a rule set as the page \"Rules engine\" of the Smithy reference describes it";

impl Checker<'_, '_> {
    /// Lowers the endpoint rules and their cases, if they are sound.
    pub(super) fn endpoint(&mut self) -> Option<RuleSet> {
        let traits = &self.selection.service.shape.traits;
        let Some(declared) = &traits.rule_set else {
            if let Some(span) = &traits.decision_diagram {
                let problem = "has no rule set beside it";
                let help = "use a model that also has `smithy.rules#endpointRuleSet`: diagrams are \
                            not supported";
                self.unsound(DECISION_DIAGRAM, span.clone(), problem, help);
                return None;
            }
            return Some(custom_endpoint_alone());
        };
        let mut rules = match rule_set(&declared.value) {
            Ok(rules) => rules,
            Err(problem) => {
                let span = declared.span.clone();
                self.unsound(RULE_SET, span, &problem, SEE_THE_REFERENCE);
                return None;
            }
        };
        let Some(tests) = &traits.endpoint_tests else {
            return Some(rules);
        };
        let only_dual_stack_suffix = declared.value.only_dual_stack_suffix;
        match cases(&tests.value, &rules.parameters, only_dual_stack_suffix) {
            Ok(cases) => rules.cases = cases,
            Err(problem) => {
                let span = tests.span.clone();
                self.unsound(ENDPOINT_TESTS, span, &problem, SEE_THE_REFERENCE);
            }
        }
        Some(rules)
    }

    fn unsound(&mut self, id: &str, span: Range<usize>, problem: &str, help: &str) {
        let service = &self.selection.service.shape.id;
        let title = format!("the trait `{id}` of `{service}` {problem}");
        self.report(title, span, "needed to know where requests go", help);
    }

    /// Lowers the endpoint parameters that an operation sets.
    pub(super) fn parameters(
        &mut self,
        operation: &Operation<'_>,
        messages: &Messages,
        parameters: &[Parameter],
        types: &Types,
    ) -> Vec<ParameterBinding> {
        let request = &messages.request;
        let found = bindings(self.model, operation, request, parameters, &types.items);
        found.unwrap_or_else(|problem| {
            self.report(
                format!("`{}` {problem}", operation.shape.id),
                operation.shape.span.clone(),
                "needed to know where its requests go",
                "see the page \"Rules engine parameters\" of the Smithy reference",
            );
            Vec::new()
        })
    }
}
