//! The modeled errors.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::structure;
use crate::format::{Row, Source, Table, comment};
use crate::ir::{ErrorItem, Retryable, Service, Structure};
use crate::name::Ident;
use crate::prose;

pub(super) fn errors(service: &Service) -> Source {
    let mut source = Source::new(format!("The errors of {}.", service.title))
        .item(quote! {
            /// The error of a call, or of a client that cannot be built.
            ///
            /// `Display` prints it in one line. [`Error::service`] returns the modeled error, if
            /// the service responded with one, and [`Error::code`] the code of any error response.
            pub type Error = smithy_reqwest::Error<ServiceError>;
        })
        .item(quote! {
            /// The kind of an [`Error`].
            pub type ErrorKind = smithy_reqwest::ErrorKind<ServiceError>;
        });
    if service.operations.iter().any(|it| !it.waiters.is_empty()) {
        source = source.item(quote! {
            /// The error of waiting for a state.
            pub type WaitError = smithy_reqwest::waiter::WaitError<ServiceError>;
        });
    }
    source = source
        .item(definition(&service.errors))
        .table(table(&service.errors));
    for error in &service.errors {
        source = source
            .item(structure::definition(&error.structure))
            .table(structure::table(&error.structure));
    }
    source
}

fn definition(errors: &[ErrorItem]) -> TokenStream {
    let names = errors.iter().map(|error| &error.structure.name);
    let docs_of_variants = errors.iter().map(|error| {
        let summary = prose::summary(&error.structure.docs);
        comment(&format!("Status {}. {summary}", error.status))
    });
    quote! {
        /// The modeled errors. An error that is not modeled keeps its code: see [`Error::code`].
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum ServiceError {
            #(#docs_of_variants #names(#names),)*
        }
    }
}

fn table(errors: &[ErrorItem]) -> Table {
    let rows = errors.iter().map(|error| {
        let retryable = error.retryable.map(|retryable| match retryable {
            Retryable::Transient => "retryable".to_owned(),
            Retryable::Throttling => "throttling".to_owned(),
        });
        let sensitive = is_secret(&error.structure).then(|| "sensitive".to_owned());
        Row {
            traits: retryable.into_iter().chain(sensitive).collect(),
            ..Row::new(
                error.structure.name.to_string(),
                Literal::string(&error.code),
            )
        }
    });
    Table::new("service_errors", &Ident::new("ServiceError"), rows)
}

/// Returns `true` if the message of an error must stay out of logs.
fn is_secret(structure: &Structure) -> bool {
    let mut members = structure.members.iter();
    let message = members.find(|member| member.model_name.eq_ignore_ascii_case("message"));
    message.is_some_and(|message| message.sensitive || structure.sensitive)
}
