//! Operations: their inputs and outputs, pagination and waiters.

use super::checker::Checker;
use crate::ir::endpoint::Parameter;
use crate::ir::waiter::Waiter;
use crate::ir::{HttpMethod, Pagination, Protocol, Skipped};
use crate::lower::auth::auth_schemes;
use crate::lower::pagination::{paginated, pagination};
use crate::lower::types::Messages;
use crate::lower::waiter::{Refusal, Waiters};
use crate::lower::{AcceptedOperation, SoundOperation, Types};
use crate::model::traits::{HTTP, PAGINATED};
use crate::model::{Kind, Shape};
use crate::select::Operation;

impl<'m> Checker<'m, '_> {
    /// Checks an operation; `None` if it has a problem.
    pub(super) fn operation(&mut self, operation: &'m Operation<'m>) -> Option<SoundOperation<'m>> {
        self.host_prefix(operation);
        self.messages(operation);
        let waiters = self.waiters(operation);
        let shape = operation.shape;
        let (http_method, uri) = self.http_target(operation)?;
        Some(SoundOperation {
            operation,
            http_method,
            uri,
            // An operation without a scheme that is supported is reported as such.
            auth: auth_schemes(self.selection.service.shape, shape).ok()?,
            waiters,
        })
    }

    /// Returns the HTTP method and the URI of an operation; `None` if the model does not give them.
    fn http_target(&mut self, operation: &Operation<'_>) -> Option<(HttpMethod, String)> {
        let shape = operation.shape;
        if !self.protocol().has_http_bindings() {
            return Some((HttpMethod::Post, self.rpc_uri(shape)));
        }
        let Some(http) = &shape.traits.http else {
            if !shape.traits.is_malformed(HTTP) {
                self.report(
                    format!("`{}` has no trait `{HTTP}`", shape.id),
                    shape.span.clone(),
                    "its HTTP method and URI are not specified",
                    "add the trait, or leave the operation out with `--operations`",
                );
            }
            return None;
        };
        self.uri(operation, http);
        Some((http.value.method, http.value.uri.text.clone()))
    }

    /// Returns the URI of an operation of a protocol without HTTP bindings.
    fn rpc_uri(&self, operation: &Shape) -> String {
        if self.protocol() != Protocol::RpcV2Cbor {
            return "/".to_owned();
        }
        let service = self.selection.service.shape.id.name();
        format!("/service/{service}/operation/{}", operation.id.name())
    }

    /// Checks that the input and output of an operation are structures.
    fn messages(&mut self, operation: &Operation<'_>) {
        let sent = operation.input.into_iter().chain(operation.output);
        for target in sent.chain(operation.errors.iter().copied()) {
            let (id, message) = (&operation.shape.id, &target.id);
            let shape = self.model.shape(message);
            if shape.is_some_and(|shape| shape.kind != Kind::Structure) {
                self.report(
                    format!("`{id}` sends or returns `{message}`, which is not a structure"),
                    target.span.clone(),
                    "a structure is expected here",
                    "correct the target",
                );
            }
        }
    }

    /// Lowers the waiters of an operation. Unsupported ones are skipped or reported.
    fn waiters(&mut self, operation: &'m Operation<'m>) -> Vec<Waiter> {
        let mut waiters = Vec::new();
        let Some(declared) = &operation.shape.traits.waiters else {
            return waiters;
        };
        let (id, operation_name) = (&operation.shape.id, operation.name());
        let span = &declared.span;
        let mut reader = Waiters::new(self.model, self.protocol(), operation);
        for (name, waiter) in &declared.value {
            match reader.waiter(name, waiter) {
                Ok(waiter) => waiters.push(waiter),
                Err(Refusal::Malformed(problem)) => self.report(
                    format!("the waiter `{name}` of `{id}` is malformed"),
                    span.clone(),
                    problem,
                    "correct the waiter, or remove it",
                ),
                Err(Refusal::Unsupported(reason)) => match &mut self.skipped {
                    Some(skipped) => skipped.push(Skipped {
                        operation: format!("{operation_name}.{name}"),
                        reason,
                    }),
                    None => self.report(
                        format!("the waiter `{name}` of `{operation_name}` is not supported"),
                        span.clone(),
                        reason,
                        "correct the waiter, or leave it out: use `--skip-unsupported`, or \
                         `skip-unsupported` in a manifest",
                    ),
                },
            }
        }
        waiters
    }

    /// Checks what an operation says about its messages.
    pub(super) fn call(
        &mut self,
        sound: SoundOperation<'m>,
        messages: &Messages,
        types: &Types,
        parameters: &[Parameter],
    ) -> AcceptedOperation<'m> {
        AcceptedOperation {
            pagination: self.pages(sound.operation, messages, types),
            parameters: self.parameters(sound.operation, messages, parameters, types),
            sound,
        }
    }

    /// Returns the pagination of an operation, and reports members that are missing or of the wrong
    /// type.
    fn pages(
        &mut self,
        operation: &Operation<'_>,
        messages: &Messages,
        types: &Types,
    ) -> Option<Pagination> {
        let (id, traits) = (&operation.shape.id, &operation.shape.traits);
        let span = &traits.paginated.as_ref()?.span;
        let service = &self.selection.service.shape.traits;
        let paginated = paginated(service, traits)?;
        if messages.request.streams() {
            let title = format!("`{id}` has the trait `{PAGINATED}`, but sends a stream");
            let label = "a stream is sent once, and every page needs a request";
            self.report(title, span.clone(), label, "remove the trait");
        }
        let misfits = match pagination(&paginated, messages, types) {
            Ok(pagination) => return Some(pagination),
            Err(misfits) => misfits,
        };
        for (key, label, help) in misfits {
            let title = format!("`{key}` in the trait `{PAGINATED}` of `{id}` does not fit");
            self.report(title, span.clone(), label, help);
        }
        None
    }
}
