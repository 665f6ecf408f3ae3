//! The traffic that a scenario was recorded with: what must be asked, and what is answered.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use http::header::HeaderName;
use serde_json::Value;
use smithy_reqwest::reqwest::Url;

use super::super::{Reply, Sent, array, reply, text};
use super::Scenario;

/// Headers of a recorded request that are its client's own.
const OF_CLIENT: [&str; 9] = [
    "authorization", "content-length", "host", "user-agent", "x-amz-date", "x-amz-security-token",
    "x-amz-user-agent", "amz-sdk-invocation-id", "amz-sdk-request",
];

/// Requests with their answers, in order.
pub(super) struct Traffic {
    exchanges: Vec<Exchange>,
    next: AtomicUsize,
    /// What was asked otherwise than recorded.
    wrong: Mutex<Vec<String>>,
}

#[derive(Debug, Default)]
struct Exchange {
    request: Value,
    body: String,
    /// What was answered, without the body.
    response: Value,
    answer: String,
}

impl Traffic {
    pub(super) fn read(scenario: &Scenario) -> Self {
        let path = scenario.folder.join("http-traffic.json");
        let recorded = match fs::read_to_string(path) {
            Ok(text) => serde_json::from_str(&scenario.adapted(&text, Path::new(""))).unwrap(),
            Err(_) => Value::Null,
        };
        let mut exchanges: BTreeMap<u64, Exchange> = BTreeMap::new();
        for event in recorded["events"].as_array().into_iter().flatten() {
            let connection = event["connection_id"].as_u64().unwrap();
            exchanges
                .entry(connection)
                .or_default()
                .add(&event["action"]);
        }
        Self {
            exchanges: exchanges.into_values().collect(),
            next: AtomicUsize::new(0),
            wrong: Mutex::default(),
        }
    }

    /// The recorded answer to a request; none where there is no more, so that no connection is made.
    /// A server that is down in the end stays down.
    pub(super) fn answer(&self, sent: &Sent) -> Option<Reply> {
        let next = self.next.fetch_add(1, Ordering::Relaxed);
        let last = self.exchanges.last().filter(|last| last.is_server_error());
        let exchange = self.exchanges.get(next).or(last)?;
        let differences = exchange.differences(sent);
        self.wrong.lock().unwrap().extend(differences);
        Some(exchange.reply())
    }

    /// Asserts that all was asked, as it was recorded, and no more.
    pub(super) fn assert_over(&self, scenario: &Scenario) {
        let (name, wrong) = (&scenario.name, self.wrong.lock().unwrap());
        assert!(wrong.is_empty(), "{name}: {wrong:#?}");
        let asked = self.next.load(Ordering::Relaxed);
        let is_down = self.exchanges.last().is_some_and(Exchange::is_server_error);
        let expected = if is_down { 3 } else { self.exchanges.len() };
        assert_eq!(asked, expected, "{name}");
    }
}

impl Exchange {
    fn add(&mut self, action: &Value) {
        if let Some(request) = action.get("Request") {
            self.request = request["request"].clone();
        } else if let Some(response) = action.get("Response") {
            self.response = response["response"]["Ok"].clone();
        } else if let Some(data) = action.get("Data") {
            let part = text(&data["data"], "Utf8");
            match text(data, "direction") {
                "Request" => self.body.push_str(part),
                _ => self.answer.push_str(part),
            }
        }
    }

    fn is_server_error(&self) -> bool {
        self.response["status"].as_u64().is_some_and(|it| it >= 500)
    }

    /// The answer. Its length is not the recorded one, as secrets were taken out.
    fn reply(&self) -> Reply {
        let status = self.response["status"].as_u64().unwrap();
        let mut reply = reply(u16::try_from(status).unwrap(), self.answer.clone());
        let headers = self.response["headers"].as_object().into_iter().flatten();
        for (name, values) in headers.filter(|(name, _)| *name != "content-length") {
            let name = HeaderName::try_from(name).unwrap();
            let value = array(values)[0].as_str().unwrap();
            reply.headers_mut().insert(name, value.parse().unwrap());
        }
        reply
    }

    fn differences(&self, sent: &Sent) -> Vec<String> {
        let mut differences = Vec::new();
        let mut compare = |what: &str, sent: &str, expected: &str| {
            if sent != expected {
                differences.push(format!("{what}: {sent:?} for {expected:?}"));
            }
        };
        compare(
            "method",
            sent.head.method.as_str(),
            text(&self.request, "method"),
        );
        compare(
            "uri",
            &uri(&sent.head.uri.to_string()),
            &uri(text(&self.request, "uri")),
        );
        for (name, values) in self.request["headers"].as_object().unwrap() {
            let name = name.to_lowercase();
            if !OF_CLIENT.contains(&name.as_str()) {
                let expected = array(values)[0].as_str().unwrap();
                compare(&name, sent.header(&name).unwrap_or_default(), expected);
            }
        }
        // Roles, sessions and tokens in the bodies are not those of the scenarios' own files.
        let body = std::str::from_utf8(&sent.body).unwrap();
        compare("body", action(body), action(&self.body));
        differences
    }
}

/// A URI whose path is not empty, and whose parameters are sorted.
fn uri(text: &str) -> String {
    let mut url: Url = text.parse().unwrap();
    let mut parameters: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    parameters.sort();
    url.query_pairs_mut().clear().extend_pairs(parameters);
    url.to_string()
}

/// The action and the version of a form.
fn action(form: &str) -> &str {
    form.split("&RoleArn=").next().unwrap()
}
