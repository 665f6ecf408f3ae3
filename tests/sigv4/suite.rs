//! AWS's SigV4 suite, which is not part of this repository: `shared/conformance/sigv4/v4` beside
//! the workspace. Without it the tests here check nothing, except in CI, where they fail.
//!
//! Each step is fed from the suite's own file of the step before, so that a wrong step shows
//! itself alone; the headers of the signed request then prove them together.

use std::fs;
use std::path::{Path, PathBuf};

use http::HeaderValue;
use http::request::Parts;
use serde_json::Value;
use smithy_reqwest::sigv4::{Payload, Signing};
use smithy_reqwest::{Credentials, Timestamp};
use workspace_tests::shared;

use super::{SECRET_KEY, header_lines, time};

const FOLDER: &str = "conformance/sigv4/v4";

/// Left out: its header value goes over several lines, and such a header cannot be sent.
const UNSENDABLE: &str = "get-header-value-multiline";

/// Cases whose canonical path is encoded once only: `/example%20space/`.
///
/// They take the path in the request for one that is not encoded yet, and a space cannot stand in
/// a URI. Of a path that is sent as `/example%20space/` the AWS reference wants each segment
/// encoded twice (S3 alone does not), as the suite's `double-encode-path` and `double-url-encode`
/// do. The `aws-sigv4` crate leaves these two out of its run of the suite for the same reason. All
/// but this line, and the signature that follows from it, is compared here too.
const ENCODED_ONCE: [&str; 2] = ["get-space-normalized", "get-space-unnormalized"];

#[test]
fn every_case_of_the_aws_suite_is_signed_as_it_says() {
    let Some(folder) = shared(FOLDER) else { return };
    let cases = cases(&folder);
    assert_eq!(cases.len(), 39, "the suite has 39 cases that can be sent");

    let mismatches: Vec<String> = cases.iter().flat_map(Case::mismatches).collect();

    assert!(mismatches.is_empty(), "{}", mismatches.join("\n"));
}

#[test]
fn the_case_left_out_has_a_header_that_cannot_be_sent() {
    let Some(folder) = shared(FOLDER) else { return };
    let text = read(&folder.join(UNSENDABLE), "request.txt").unwrap();
    let (_, value) = text.split_once("My-Header1:").unwrap();

    assert!(HeaderValue::from_str(value).is_err());
}

fn cases(folder: &Path) -> Vec<Case> {
    let mut folders: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the suite can be listed")
        .map(|entry| entry.expect("the suite can be listed").path())
        .filter(|path| path.is_dir() && !path.ends_with(UNSENDABLE))
        .collect();
    folders.sort();
    folders.iter().map(|folder| Case::read(folder)).collect()
}

struct Case {
    name: String,
    context: Context,
    request: Parts,
    body: String,
    canonical_request: String,
    string_to_sign: Option<String>,
    signature: Option<String>,
    signed_request: String,
}

struct Context {
    credentials: Credentials,
    region: String,
    service: String,
    time: Timestamp,
    normalize_path: bool,
    content_header: bool,
    unsigned_token: bool,
}

impl Case {
    fn read(folder: &Path) -> Self {
        let required = |file| {
            read(folder, file).unwrap_or_else(|| panic!("{} has no {file}", folder.display()))
        };
        let signed_request = required("header-signed-request.txt");
        let json = read(folder, "context.json");
        // The two cases without a context do without some of the steps too.
        let step = |file| match json {
            Some(_) => Some(required(file)),
            None => read(folder, file),
        };
        let (request, body) = parse_request(&required("request.txt"));
        Self {
            name: folder.file_name().unwrap().to_string_lossy().into_owned(),
            request,
            body,
            canonical_request: required("header-canonical-request.txt"),
            string_to_sign: step("header-string-to-sign.txt"),
            signature: step("header-signature.txt"),
            context: match &json {
                Some(json) => Context::from_json(json),
                None => Context::from_signed_request(&signed_request),
            },
            signed_request,
        }
    }

    /// What is signed otherwise than the suite says.
    fn mismatches(&self) -> Vec<String> {
        let name = &self.name;
        self.steps()
            .into_iter()
            .filter(|(_, ours, expected)| ours != expected)
            .map(|(step, ours, expected)| {
                format!("{name}: {step}\nours:\n{ours}\nexpected:\n{expected}\n")
            })
            .collect()
    }

    /// Each step's name, what our signer makes of it, and what it should be.
    fn steps(&self) -> Vec<(&'static str, String, String)> {
        let signing = self.signing();
        let mut canonical_request = self.canonical_request.clone();
        let mut ours = header_lines(&self.signed(&signing).headers);
        let mut expected = expected_header_lines(&self.signed_request);
        if ENCODED_ONCE.contains(&self.name.as_str()) {
            canonical_request = canonical_request.replace('%', "%25");
            ours = without_signature(&ours);
            expected = without_signature(&expected);
        }
        let mut steps = vec![
            (
                "canonical request",
                self.our_canonical_request(),
                canonical_request,
            ),
            ("signed request", ours, expected),
        ];
        if let Some(string_to_sign) = &self.string_to_sign {
            let ours = signing.string_to_sign(&self.canonical_request);
            steps.push(("string to sign", ours, string_to_sign.clone()));
            let ours = signing.signature(string_to_sign);
            let signature = self.signature.clone();
            steps.extend(signature.map(|signature| ("signature", ours, signature)));
        }
        steps
    }

    fn our_canonical_request(&self) -> String {
        let signing = Signing {
            // The canonical request of `double-encode-path` is of another day than the rest of it.
            time: time(header(&self.canonical_request, "x-amz-date")),
            ..self.signing()
        };
        let mut request = self.signed(&signing);
        if signing.unsigned_token {
            request.headers.remove("x-amz-security-token");
        }
        signing
            .canonical_request(&request, self.payload())
            .expect("the suite's requests can be signed")
    }

    fn signed(&self, signing: &Signing<'_>) -> Parts {
        let mut request = self.request.clone();
        signing
            .sign(&mut request, self.payload())
            .expect("the suite's requests can be signed");
        request
    }

    fn signing(&self) -> Signing<'_> {
        let context = &self.context;
        Signing {
            normalize_path: context.normalize_path,
            content_header: context.content_header,
            unsigned_token: context.unsigned_token,
            ..Signing::new(
                &context.credentials, &context.region, &context.service, context.time,
            )
        }
    }

    fn payload(&self) -> Payload<'_> {
        Payload::Bytes(self.body.as_bytes())
    }
}

impl Context {
    fn from_json(json: &str) -> Self {
        let context: Value = serde_json::from_str(json).expect("a context is JSON");
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let flag = |value: &Value| value.as_bool().expect("true or false");
        let credentials = &context["credentials"];
        Self {
            credentials: Credentials::new(
                text(&credentials["access_key_id"]),
                text(&credentials["secret_access_key"]),
                credentials.get("token").map(text),
            ),
            region: text(&context["region"]),
            service: text(&context["service"]),
            time: time(&text(&context["timestamp"])),
            normalize_path: flag(&context["normalize"]),
            content_header: flag(&context["sign_body"]),
            unsigned_token: context.get("omit_session_token").is_some_and(flag),
        }
    }

    /// The context of `double-encode-path` and `double-url-encode`, which the authors of
    /// `aws-sigv4` added without one: what they signed with is in the signed request, but for the
    /// secret, which is the suite's own or that of their test credentials.
    fn from_signed_request(signed_request: &str) -> Self {
        let authorization = header(signed_request, "authorization");
        let (_, rest) = authorization.split_once("Credential=").unwrap();
        let (credential, _) = rest.split_once(',').unwrap();
        let [access_key, _date, region, service, _] = *credential.split('/').collect::<Vec<_>>()
        else {
            panic!("{credential} has five parts");
        };
        let secret_key = match access_key {
            "AKIDEXAMPLE" => SECRET_KEY,
            "ANOTREAL" => "notrealrnrELgWzOk3IfjzDKtFBhDby",
            other => panic!("{other} has no context and no known secret"),
        };
        Self {
            credentials: Credentials::new(access_key, secret_key, None),
            region: region.to_owned(),
            service: service.to_owned(),
            time: time(header(signed_request, "x-amz-date")),
            normalize_path: true,
            content_header: false,
            unsigned_token: false,
        }
    }
}

/// A file of a case, without the line breaks some end with.
fn read(folder: &Path, file: &str) -> Option<String> {
    let text = fs::read_to_string(folder.join(file)).ok()?;
    Some(text.trim_end_matches('\n').to_owned())
}

/// The request in a `request.txt`, and its body.
///
/// A space in the target is percent-encoded, as an HTTP client would do, because no URI can hold
/// it. Raw UTF-8 can stand in an [`http::Uri`] and is signed as it stands.
fn parse_request(text: &str) -> (Parts, String) {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.lines();
    let first = lines.next().expect("a request line");
    let target = first.strip_suffix(" HTTP/1.1").expect("HTTP/1.1");
    let (method, target) = target.split_once(' ').expect("a method and a target");
    let request = http::Request::builder()
        .method(method)
        .uri(target.replace(' ', "%20"));
    let request = lines
        .map(|line| line.split_once(':').expect("a header line"))
        .fold(request, |request, (name, value)| {
            request.header(name, value)
        });
    let (request, ()) = request.body(()).expect("a valid request").into_parts();
    (request, body.to_owned())
}

/// The value of a header in the text of a request.
fn header<'a>(text: &'a str, name: &str) -> &'a str {
    text.lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(found, _)| found.eq_ignore_ascii_case(name))
        .unwrap_or_else(|| panic!("no {name} in:\n{text}"))
        .1
        .trim()
}

/// The headers in the text of a request, as [`header_lines`] writes them.
fn expected_header_lines(request: &str) -> String {
    let (head, _body) = request.split_once("\n\n").unwrap_or((request, ""));
    let mut lines: Vec<String> = head
        .lines()
        .skip(1)
        .map(|line| line.split_once(':').expect("a header line"))
        .map(|(name, value)| format!("{}: {}", name.to_lowercase(), value.trim()))
        .collect();
    lines.sort();
    lines.join("\n")
}

fn without_signature(header_lines: &str) -> String {
    let cut = |line: &str| line.split("Signature=").next().map(str::to_owned);
    let lines: Vec<String> = header_lines.lines().filter_map(cut).collect();
    lines.join("\n")
}
