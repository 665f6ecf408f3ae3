//! The documentation of event streams.

use quote::quote;

use super::example::snippet;
use crate::emit::value::{owned, request_call};
use crate::ir::{EventExample, Operation};

/// Returns the section about the events of an operation, as Markdown; `None` if it has none.
pub(super) fn events(operation: &Operation, crate_name: &str) -> Option<String> {
    // The labels are not names in scope: rustdoc warns if a label resolves to the target of its
    // link.
    let to_service = operation.request.event_stream().map(|(field, union)| {
        format!(
            "The request is followed by [events](crate::types::{union}), which `{field}` takes from a \
             [sender](crate::EventSender), a list or [any stream](crate::Events). They end when the \
             sender is dropped. A call that sends events is not retried."
        )
    });
    let from_service = operation.response.event_stream().map(|(field, union)| {
        format!(
            "The response is followed by [events](crate::types::{union}). Its field `{field}` is a \
             [receiver](crate::EventReceiver), which returns each event when the service sends it."
        )
    });
    let http2 = operation.requires_http2.then(|| {
        "The call uses HTTP/2, which the feature `http2` of `smithy-reqwest` provides.".to_owned()
    });
    let paragraphs: Vec<String> = [to_service, from_service, http2]
        .into_iter()
        .flatten()
        .collect();
    if paragraphs.is_empty() {
        return None;
    }
    let example = operation.event_example.as_ref().and_then(|example| {
        // Emitted values are always valid Rust.
        let code = code(operation, example, crate_name).ok()?;
        Some(format!("\n\n```no_run\n{code}```"))
    });
    let example = example.unwrap_or_default();
    Some(format!("# Events\n\n{}{example}", paragraphs.join("\n\n")))
}

/// Returns the code of an example, of which rustdoc shows only the statements.
fn code(
    operation: &Operation,
    example: &EventExample,
    crate_name: &str,
) -> Result<String, syn::Error> {
    let channel = example.sent.as_ref().map(|event| {
        let event = owned(event);
        quote! {
            let (sender, events) = crate::Events::channel();
            sender.send(#event).await?;
            drop(sender);
        }
    });
    let has_pages = operation.pagination.is_some();
    let call = request_call(&operation.method, &example.request, has_pages);
    let rest = if let Some(field) = &example.received {
        quote! {
            let mut response = #call?;
            while let Some(event) = response.#field.next().await? {
                println!("{event:?}");
            }
        }
    } else {
        quote! { #call?; }
    };
    let error = if channel.is_some() {
        "Box<dyn std::error::Error>".to_owned()
    } else {
        format!("{crate_name}::Error")
    };
    snippet(&quote! { #channel #rest }, crate_name, &error)
}
