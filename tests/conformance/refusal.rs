//! The suite of Amazon S3, whose operations are refused until its rules are known.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;
use smithy_reqwest_codegen::{Options, generate};

use crate::input::SHARED;
use crate::workspace::Error;

/// The name of the suite on the command line.
pub(crate) const NAME: &str = "restxml-service-s3";

/// The file of the suite.
const FILE: &str = "conformance/protocol-next/restXml-service-s3.json";

/// Its cases, none of which is run: each is of an operation that is refused.
const CASES: [(&str, &str); 13] = [
    ("DeleteObjectTagging", "S3EscapeObjectKeyInUriLabel"),
    ("DeleteObjectTagging", "S3EscapePathObjectKeyInUriLabel"),
    ("GetBucketLocation", "GetBucketLocationUnwrappedOutput"),
    ("GetObject", "S3PreservesEmbeddedDotSegmentInUriLabel"),
    ("GetObject", "S3PreservesLeadingDotSegmentInUriLabel"),
    ("ListObjectsV2", "S3DefaultAddressing"),
    ("ListObjectsV2", "S3OperationAddressingPreferred"),
    ("ListObjectsV2", "S3PathAddressing"),
    ("ListObjectsV2", "S3VirtualHostAccelerateAddressing"),
    ("ListObjectsV2", "S3VirtualHostAddressing"),
    (
        "ListObjectsV2",
        "S3VirtualHostDualstackAccelerateAddressing",
    ),
    ("ListObjectsV2", "S3VirtualHostDualstackAddressing"),
    ("NoSuchBucket", "S3OperationNoErrorWrappingResponse"),
];

/// Returns what is wrong: an operation that is not refused for the rules of Amazon S3, or a case that is
/// not on the list.
pub(crate) fn problems() -> Result<Vec<String>, Error> {
    let path = Path::new(SHARED).join(FILE);
    let in_file = |error: &dyn std::fmt::Display| Error::new(format!("{FILE}: {error}"));
    let text = fs::read_to_string(path).map_err(|error| in_file(&error))?;
    let model: Value = serde_json::from_str(&text).map_err(|error| in_file(&error))?;
    let shapes = model.get("shapes").and_then(Value::as_object);
    let shapes: Vec<_> = shapes.into_iter().flatten().collect();
    let mut problems = Vec::new();

    let cases = shapes.iter().flat_map(|(id, shape)| {
        let name = id.split('#').next_back().unwrap_or_default();
        let lists = ["httpRequestTests", "httpResponseTests"];
        let lists = lists.map(|list| format!("/traits/smithy.test#{list}"));
        let cases = lists
            .into_iter()
            .filter_map(|list| shape.pointer(&list)?.as_array());
        let ids = cases.flatten().filter_map(|case| case.get("id")?.as_str());
        ids.map(move |id| (name, id)).collect::<Vec<_>>()
    });
    let found: BTreeSet<(&str, &str)> = cases.collect();
    if found != BTreeSet::from(CASES) {
        problems.push(format!(
            "{NAME}: the cases are {found:?}, and others are listed"
        ));
    }

    let report = match generate(&text, &Options::new(FILE, "s3-client")) {
        Ok(_) => "nothing is refused".to_owned(),
        Err(error) => error.to_string(),
    };
    let operations = shapes
        .iter()
        .filter(|(_, shape)| shape["type"] == "operation");
    for (id, _) in operations {
        if !report.contains(&format!("`{id}` follows the rules of Amazon S3")) {
            problems.push(format!("{NAME}: `{id}` is not refused: {report}"));
        }
    }
    Ok(problems)
}
