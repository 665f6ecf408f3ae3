//! Examples in the documentation of an operation.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::value::request_call;
use crate::format::shorten;
use crate::ir::{Example, Operation};

/// Returns the section with the examples of an operation, as Markdown; nothing if it has none.
pub(super) fn examples(operation: &Operation, crate_name: &str) -> Option<String> {
    let mut section = "# Examples".to_owned();
    for example in &operation.examples {
        let title = example.title.trim_end_matches(['.', ':']);
        let lead = if title.is_empty() {
            String::new()
        } else {
            format!("{title}:\n\n")
        };
        // Emitted values are always valid Rust.
        let code = code(operation, example, crate_name).unwrap_or_default();
        section.push_str(&format!("\n\n{lead}```no_run\n{code}```"));
    }
    (!operation.examples.is_empty()).then_some(section)
}

/// Returns the code of an example, of which rustdoc shows the call alone.
fn code(operation: &Operation, example: &Example, crate_name: &str) -> Result<String, syn::Error> {
    let has_pages = operation.pagination.is_some();
    let call = request_call(&operation.method, &example.request, has_pages);
    let statement = quote! { let response = #call?; };
    snippet(&statement, crate_name, &format!("{crate_name}::Error"))
}

/// Returns statements as a doc example with a client, of which rustdoc shows only these. `error` is
/// the type of their error.
pub(super) fn snippet(
    statements: &TokenStream,
    crate_name: &str,
    error: &str,
) -> Result<String, syn::Error> {
    let mut file = syn::parse2(quote! { fn example() { #statements } })?;
    let imports = shorten(&mut file, crate_name)?;
    let function = prettyplease::unparse(&file);
    let statements = function
        .lines()
        .filter_map(|line| line.strip_prefix("    "));
    let hidden = |line: &str| format!("# {line}\n");
    let imports = imports.lines().filter(|line| !line.is_empty()).map(hidden);
    let opening =
        format!("async fn example(client: {crate_name}::Client) -> Result<(), {error}> {{");
    let code = imports
        .chain([hidden(&opening)])
        .chain(statements.map(|line| format!("{line}\n")))
        .chain([hidden("Ok(())"), hidden("}")]);
    Ok(code.collect())
}
