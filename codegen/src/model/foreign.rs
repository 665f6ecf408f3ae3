//! Text that is not a Smithy JSON AST, and what it is instead.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

/// The repository of AWS's models.
const PUBLISHED: &str = "AWS publishes those of its services on GitHub, in aws/api-models-aws";

/// Returns the remedy for text that is not JSON.
pub(super) fn help_for_text(source: &str, error: &serde_json::Error) -> String {
    let mut lines = source.lines().map(str::trim_start);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with("//"));
    let first = first.unwrap_or_default();
    let is_idl = ["$", "namespace ", "metadata ", "use "];
    if is_idl.iter().any(|start| first.starts_with(start)) {
        "this is the Smithy IDL; `smithy ast` of the Smithy CLI prints the JSON AST of it"
            .to_owned()
    } else if first.starts_with('<') {
        "this is a web page, or XML; download the file itself, the raw one on GitHub".to_owned()
    } else if first.is_empty() {
        format!("the file is empty; a model is a Smithy JSON AST, and {PUBLISHED}")
    } else if error.is_eof() && first.starts_with('{') {
        "the file ends too early; if its download was cut off, download it again".to_owned()
    } else {
        format!("a model is a Smithy JSON AST, as `smithy ast` prints it; {PUBLISHED}")
    }
}

/// Returns the remedy for JSON that is not a Smithy AST.
pub(super) fn help_for_json(source: &str) -> String {
    // The members of the document tell what it is.
    let members: BTreeMap<String, &RawValue> = serde_json::from_str(source).unwrap_or_default();
    let has = |name| members.contains_key(name);
    if has("metadata") && has("operations") {
        format!(
            "this is a `service-2.json` of botocore, the older format of the AWS SDKs; give the \
             Smithy JSON AST of the service: {PUBLISHED}"
        )
    } else if has("waiters") || has("pagination") {
        format!("this belongs to a model of botocore; give a Smithy JSON AST: {PUBLISHED}")
    } else if has("openapi") || has("swagger") {
        format!("this is an OpenAPI document; give a Smithy JSON AST: {PUBLISHED}")
    } else {
        format!("give a Smithy JSON AST, as `smithy ast` prints it; {PUBLISHED}")
    }
}
