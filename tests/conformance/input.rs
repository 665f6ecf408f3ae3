//! The models and the files of cases beside the checkout.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use workspace_tests::fixture::make_callable;

use crate::refusal;
use crate::workspace::Error;

/// The folder of AWS's data.
pub(crate) const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared");

/// The folders, in the order in which their files are taken.
const FOLDERS: [&str; 3] = ["conformance/endpoints", "conformance/protocol", "models"];

/// The folders of which the files of protocols that are supported are taken.
const NEXT: [&str; 2] = ["conformance/protocol-next", "models-next"];

/// The suites of protocols beside restJson1, with the numbers of their cases for clients: of
/// requests, and of responses.
const SUITES: [(&str, usize, usize); 11] = [
    ("awsjson1_0", 28, 39),
    ("awsjson1_0-query-compatible", 1, 2),
    ("awsjson1_1", 56, 62),
    ("awsjson1_1-service-machinelearning", 1, 0),
    ("awsquery", 38, 39),
    ("ec2query", 30, 29),
    ("restxml", 97, 81),
    ("restxml-with-namespace", 1, 1),
    ("rpcv2cbor", 29, 43),
    ("rpcv2cbor-not-query-compatible", 1, 0),
    ("rpcv2cbor-query-compatible", 1, 2),
];

/// The models beside those of restJson1 in the first folders: other protocols, and event streams.
const MODELS: [&str; 14] = [
    "arc-region-switch", "bedrock-runtime", "cloudfront", "cloudwatch", "dynamodb", "kms",
    "lambda", "machine-learning", "route", "s3-control", "sns", "sqs", "sts",
    "transcribe-streaming",
];

/// A model that a crate is made of.
pub(crate) struct Input {
    /// The name of the file, without the date of the API.
    pub(crate) name: String,
    /// The model.
    pub(crate) model: Value,
}

/// The models, or those of them that are named.
pub(crate) fn find(names: &[String]) -> Result<Vec<Input>, Error> {
    let mut found = Vec::new();
    for folder in FOLDERS.into_iter().chain(NEXT) {
        let folder_name = folder;
        let folder = Path::new(SHARED).join(folder);
        let entries = fs::read_dir(&folder).map_err(|error| {
            Error::new(format!(
                "{} cannot be read: {error}; put the official data there",
                folder.display()
            ))
        })?;
        let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
        let mut paths: Vec<PathBuf> = paths
            .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
            // Facts that the rules use, and no model.
            .filter(|path| !path.ends_with("partitions.data.json"))
            .collect();
        paths.sort();
        for path in paths {
            let input = Input::read(&path)?;
            if !NEXT.contains(&folder_name) || input.is_next() {
                found.push(input);
            }
        }
    }
    let unknown = names
        .iter()
        .filter(|name| **name != refusal::NAME)
        .find(|name| !found.iter().any(|input| input.name == **name));
    if let Some(name) = unknown {
        return Err(Error::new(format!("there is no model `{name}`")));
    }
    found.retain(|input| names.is_empty() || names.contains(&input.name));
    Ok(found)
}

impl Input {
    fn read(path: &Path) -> Result<Self, Error> {
        let of_file = |error: String| Error::new(format!("{}: {error}", path.display()));
        let text = fs::read_to_string(path).map_err(|error| of_file(error.to_string()))?;
        let mut model = serde_json::from_str(&text).map_err(|error| of_file(error.to_string()))?;
        make_callable(&mut model);
        add_validation_error(&mut model);
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let words = stem.split('-');
        let words = words.take_while(|word| !word.bytes().all(|byte| byte.is_ascii_digit()));
        let name = words.collect::<Vec<_>>().join("-").to_lowercase();
        Ok(Self { name, model })
    }

    /// The name of the package that is made of it.
    pub(crate) fn package(&self) -> String {
        format!("{}-client", self.name)
    }

    /// Whether it is a suite or a model of a protocol beside restJson1.
    fn is_next(&self) -> bool {
        let suite = SUITES.iter().find(|(name, ..)| *name == self.name);
        suite.is_some() || MODELS.contains(&&*self.name)
    }

    /// How many cases of each kind the model has for clients: by the table of suites, or else counted
    /// without the generator.
    pub(crate) fn expected_cases(&self) -> [(&'static str, usize); 4] {
        let suite = SUITES.iter().find(|(name, ..)| *name == self.name);
        if let Some((_, requests, responses)) = suite {
            return [
                ("endpoint", 0),
                ("event", 0),
                ("request", *requests),
                ("response", *responses),
            ];
        }
        let shapes = self.model.get("shapes").and_then(Value::as_object);
        let shapes = shapes.into_iter().flatten();
        let mut counts = [
            ("endpoint", 0),
            ("event", 0),
            ("request", 0),
            ("response", 0),
        ];
        for (_, shape) in shapes {
            let lists = [
                "/traits/smithy.rules#endpointTests/testCases",
                "/traits/smithy.test#eventStreamTests",
                "/traits/smithy.test#httpRequestTests",
                "/traits/smithy.test#httpResponseTests",
            ];
            for ((_, count), list) in counts.iter_mut().zip(lists) {
                let cases = shape.pointer(list).and_then(Value::as_array);
                let cases = cases.into_iter().flatten();
                *count += cases.filter(|case| is_for_clients(case)).count();
            }
        }
        counts
    }
}

/// Adds the error of Smithy's own model that suites refer to and some do not have.
fn add_validation_error(model: &mut Value) {
    let error = json!({
        "type": "structure",
        "members": { "message": { "target": "smithy.api#String" } },
        "traits": { "smithy.api#error": "client" },
    });
    if let Some(shapes) = model.get_mut("shapes").and_then(Value::as_object_mut) {
        let id = "smithy.framework#ValidationException";
        shapes.entry(id).or_insert(error);
    }
}

fn is_for_clients(case: &Value) -> bool {
    let applies_to = case.get("appliesTo").and_then(Value::as_str);
    applies_to.is_none_or(|who| who == "client")
}
