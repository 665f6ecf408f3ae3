//! Operations: their inputs and outputs, pagination and waiters.

use super::checker::Checker;
use crate::ir::endpoint::Parameter;
use crate::ir::waiter::Waiter;
use crate::ir::{AuthScheme, HttpMethod, Pagination, Protocol, Skipped};
use crate::lower::auth::auth_schemes;
use crate::lower::pagination::{paginated, pagination};
use crate::lower::types::Messages;
use crate::lower::waiter::{Refused, waiters};
use crate::lower::{AcceptedOperation, HttpTarget, Types};
use crate::model::traits::{HTTP, PAGINATED};
use crate::model::{Kind, Shape};
use crate::select::Operation;

/// An operation whose traits are sound.
pub(super) struct Sound<'m> {
    operation: &'m Operation<'m>,
    target: HttpTarget,
    auth: Vec<AuthScheme>,
    waiters: Vec<Waiter>,
}

impl<'m> Checker<'m, '_> {
    /// Checks an operation; `None` if it has a problem.
    pub(super) fn operation(&mut self, operation: &'m Operation<'m>) -> Option<Sound<'m>> {
        self.host_prefix(operation);
        self.messages(operation);
        let (waiters, refused) = waiters(self.model, self.protocol(), operation);
        for refused in refused {
            self.waiter(operation, refused);
        }
        let shape = operation.shape;
        let target = self.http_target(operation)?;
        Some(Sound {
            operation,
            target,
            // An operation without a scheme that is supported is reported as such.
            auth: auth_schemes(self.selection.service.shape, shape).ok()?,
            waiters,
        })
    }

    /// Returns how an operation is called over HTTP; `None` if that is not said.
    fn http_target(&mut self, operation: &Operation<'_>) -> Option<HttpTarget> {
        let shape = operation.shape;
        if !self.protocol().has_http_bindings() {
            return Some(HttpTarget {
                method: HttpMethod::Post,
                uri: self.rpc_uri(shape),
            });
        }
        let Some(http) = &shape.traits.http else {
            if !shape.traits.is_malformed(HTTP) {
                self.report(
                    format!("`{}` has no trait `{HTTP}`", shape.id),
                    shape.span.clone(),
                    "how it is called over HTTP is not said",
                    "add the trait, or leave the operation out with `--operations`",
                );
            }
            return None;
        };
        self.uri(operation, http);
        Some(HttpTarget {
            method: http.value.method,
            uri: http.value.uri.text.clone(),
        })
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
            let shape = self.model.shape(&target.id);
            if shape.is_some_and(|shape| shape.kind != Kind::Structure) {
                self.report(
                    format!(
                        "`{}` sends or returns `{}`, which is not a structure",
                        operation.shape.id, target.id
                    ),
                    target.span.clone(),
                    "a structure is expected here",
                    "correct the target",
                );
            }
        }
    }

    /// Waiters are sound, and those that are not supported may be left out.
    fn waiter(&mut self, operation: &Operation<'_>, refused: Refused) {
        let (waiter, problem) = (refused.waiter, refused.problem);
        let declared = operation.shape.traits.waiters.as_ref();
        let span = declared.map_or(0..0, |declared| declared.span.clone());
        match &mut self.skipped {
            _ if !refused.is_unsupported => self.report(
                format!(
                    "the waiter `{waiter}` of `{}` is malformed",
                    operation.shape.id
                ),
                span,
                problem,
                "correct the waiter, or remove it",
            ),
            Some(skipped) => skipped.push(Skipped {
                operation: format!("{}.{waiter}", operation.name()),
                reason: problem,
            }),
            None => self.report(
                format!(
                    "the waiter `{waiter}` of `{}` is not supported",
                    operation.name()
                ),
                span,
                problem,
                "correct the waiter, or leave it out: use `--skip-unsupported`, or \
                 `skip-unsupported` in a manifest",
            ),
        }
    }

    /// Checks what an operation says about its messages.
    pub(super) fn call(
        &mut self,
        sound: Sound<'m>,
        messages: &Messages,
        types: &Types,
        parameters: &[Parameter],
    ) -> AcceptedOperation<'m> {
        let Sound {
            operation,
            target,
            auth,
            waiters,
        } = sound;
        AcceptedOperation {
            operation,
            target,
            auth,
            waiters,
            pagination: self.pages(operation, messages, types),
            parameters: self.parameters(operation, messages, parameters, types),
        }
    }

    /// Returns the members that pages are made of are there, and of fitting types.
    fn pages(
        &mut self,
        operation: &Operation<'_>,
        messages: &Messages,
        types: &Types,
    ) -> Option<Pagination> {
        let shape = operation.shape;
        let span = &shape.traits.paginated.as_ref()?.span;
        let service = &self.selection.service.shape.traits;
        let paginated = paginated(service, &shape.traits)?;
        if messages.request.streams() {
            let title = format!(
                "`{}` has the trait `{PAGINATED}`, but sends a stream",
                shape.id
            );
            let label = "a stream is sent once, and every page needs a request";
            self.report(title, span.clone(), label, "remove the trait");
        }
        let misfits = match pagination(&paginated, messages, types) {
            Ok(pagination) => return Some(pagination),
            Err(misfits) => misfits,
        };
        for (key, label, help) in misfits {
            let title = format!(
                "`{key}` in the trait `{PAGINATED}` of `{}` does not fit",
                shape.id
            );
            self.report(title, span.clone(), label, help);
        }
        None
    }
}
