//! A model with the names that are hardest to give to Rust, in every place that a name can be in.
//!
//! It is made here and is no file, since it is the same few names again and again.

#![expect(clippy::indexing_slicing, reason = "what is indexed is made here")]

use serde_json::{Map, Value, json};

use crate::fixture;

/// Names of members: words of the language, of its traits, and of what generated code is made of.
const MEMBERS: &str = "
    self Self super crate type new send http debug f fmt serializer deserializer value name
    output error client request body settings params query items pages wait waitUntilDone
    check_text check_length float clone default eq from into as to_string hash cmp partition
    message context result option some none ok err next drop add sub not neg index deref borrow
";

/// Names of types: those of the prelude, and those that generated code imports or defines.
const TYPES: &str = "
    Any AuxPort BTreeMap Body Bool Box Bytes Call Client Clone Con Copy Debug Default Display Document Drop
    Duration EmptyObject Endpoint Err Error ErrorKind Event EventSender Exchange From Http HttpRequest
    HttpResponse Into IntoBytes IntoTimestamp InvalidRequest Items Iterator Mod ModTwo ModeledError None Ok Operation
    Option Pages Paginated Params Redacted Request Response Result Self Send Serde Serialize
    Service ServiceError Sized Some Std Str StreamClosed String Timestamp Type U8 Unbound Vec WaitError
";

/// Names of operations: of methods that clients have, and of types that end as messages do.
const OPERATIONS: &str = "
    Aux Builder Client Clone Com1 Con Debug Default Drop Error From FromEnv Http Into Invalid Mod
    New Nul Option Prn Request Self Send Type
";

/// Names of variants.
const VARIANTS: &str = "
    Default Err Error From Infallible None Ok Option Result Self Some String Unknown as_str f
    name serializer value
";

/// The whole model.
#[must_use]
pub fn model() -> String {
    let mut shapes = Map::new();
    for name in TYPES.split_whitespace() {
        let members = json!({ "value": string(), "name": string(), "next": target(name) });
        shapes.insert(id(name), structure(members));
    }
    for name in OPERATIONS.split_whitespace() {
        shapes.insert(format!("operation#{name}"), operation(name, &json!({})));
    }
    add_types(&mut shapes);
    add_places(&mut shapes);
    add_errors(&mut shapes);
    add_pages(&mut shapes);
    add_events(&mut shapes);
    fixture::model(&json!({ "shapes": shapes }))
}

fn add_types(shapes: &mut Map<String, Value>) {
    let secret = json!({ "type": "string", "traits": { "smithy.api#sensitive": {} } });
    let everything = all(MEMBERS, |name| match name.len() % 3 {
        0 => json!({ "target": "smithy.api#Boolean" }),
        _ => string(),
    });
    let secrets = json!({ "f": target("Secret"), "debug": string(), "debug_member": string() });
    let flat = all(VARIANTS, |_| string());
    let values = all(
        VARIANTS,
        |name| json!({ "target": "smithy.api#Unit", "traits": { "smithy.api#enumValue": name } }),
    );
    let numbers = all(VARIANTS, |name| {
        let number = VARIANTS.split_whitespace().position(|other| other == name);
        json!({ "target": "smithy.api#Unit", "traits": { "smithy.api#enumValue": number } })
    });
    for (name, shape) in [
        ("Secret", secret),
        ("Everything", structure(everything)),
        ("Secrets", structure(secrets.clone())),
        (
            "SecretUnion",
            json!({ "type": "union", "members": secrets }),
        ),
        ("Union", json!({ "type": "union", "members": flat })),
        ("Values", json!({ "type": "enum", "members": values })),
        ("Numbers", json!({ "type": "intEnum", "members": numbers })),
        ("Strings", json!({ "type": "list", "member": string() })),
        (
            "Plain",
            json!({ "type": "string", "traits": { "smithy.api#pattern": "^[a-z]+$" } }),
        ),
    ] {
        shapes.insert(id(name), shape);
    }
}

/// Operations with the names in every place of a message.
fn add_places(shapes: &mut Map<String, Value>) {
    let bound = |name: &str, binding: &str, target: &str| {
        let place = format!("x-{}", name.replace('_', "-"));
        json!({ "target": target, "traits": { binding: place } })
    };
    let mut queries = all(MEMBERS, |name| {
        bound(name, "smithy.api#httpQuery", "smithy.api#String")
    });
    queries["float"]["target"] = "smithy.api#Float".into();
    queries["value"]["target"] = "fixture#Strings".into();
    let headers = all(MEMBERS, |name| {
        bound(name, "smithy.api#httpHeader", "smithy.api#String")
    });
    let label = json!({
        "target": "fixture#Plain",
        "traits": { "smithy.api#httpLabel": {}, "smithy.api#required": {} },
    });
    let mut labels = all("body message request self", |_| string());
    for (name, shape) in [
        ("http", label.clone()),
        ("value", label),
        (
            "check_text",
            json!({ "target": "fixture#Plain", "traits": { "smithy.api#required": {} } }),
        ),
        ("again", target("LabelRequest")),
        ("union", target("Union")),
        ("secrets", target("Secrets")),
        ("secretUnion", target("SecretUnion")),
        ("values", target("Values")),
        ("numbers", target("Numbers")),
        ("everything", target("Everything")),
    ] {
        labels[name] = shape;
    }
    let payload = json!({
        "http": { "target": "fixture#Option", "traits": { "smithy.api#httpPayload": {} } },
        "value": bound("value", "smithy.api#httpHeader", "smithy.api#String"),
    });
    let mut types = all(TYPES, target);
    types["types"] = string();
    for (name, uri, members) in [
        ("Query", "/query", queries),
        ("Header", "/header", headers),
        ("Label", "/label/{http}/{value}", labels),
        ("Payload", "/payload", payload),
        ("Types", "/types", types),
    ] {
        let ends =
            json!({ "input": target_in("message", name), "output": target_in("message", name) });
        let mut operation = operation(name, &ends);
        operation["traits"]["smithy.api#http"]["uri"] = uri.into();
        shapes.insert(format!("operation#{name}"), operation);
        shapes.insert(format!("message#{name}"), structure(members));
    }
    // The name of what an operation sends, which is not what it is.
    shapes.insert(
        id("LabelRequest"),
        structure(json!({ "again": target("LabelRequest") })),
    );
}

/// Errors, one of which is the value of a member too.
fn add_errors(shapes: &mut Map<String, Value>) {
    let names = ["Fmt", "Message", "ReadError"];
    let errors: Vec<Value> = names.iter().map(|name| target_in("error", name)).collect();
    for name in names {
        let header = json!({ "target": "smithy.api#String", "traits": { "smithy.api#httpHeader": "x-code" } });
        let mut error = structure(json!({
            "message": string(), "f": string(), "error": target("Error"), "http": string(), "read": header,
        }));
        error["traits"] = json!({ "smithy.api#error": "client" });
        shapes.insert(format!("error#{name}"), error);
    }
    let output = structure(json!({ "failure": target_in("error", "Message") }));
    shapes.insert("message#Fail".to_owned(), output);
    let ends = json!({ "output": target_in("message", "Fail"), "errors": errors });
    shapes.insert("operation#Fail".to_owned(), operation("Fail", &ends));
}

/// An operation whose calls have all the methods that calls can have.
fn add_pages(shapes: &mut Map<String, Value>) {
    let members = "items page pages request send wait waitUntilDone";
    let input = all(members, |_| string());
    let output = json!({ "page": string(), "items": target("Paged"), "self": string() });
    let given = all("items request send wait waitUntilDone", |name| json!(name));
    let succeeds = json!({ "acceptors": [{ "state": "success", "matcher": { "success": true } }] });
    let ends =
        json!({ "input": target_in("message", "List"), "output": target_in("message", "Page") });
    let mut list = operation("List", &ends);
    for (id, value) in [
        (
            "smithy.api#paginated",
            json!({ "inputToken": "page", "outputToken": "page", "items": "items" }),
        ),
        (
            "smithy.waiters#waitable",
            json!({ "Done": succeeds, "done": succeeds }),
        ),
        (
            "smithy.api#examples",
            json!([{ "title": "All setters", "input": given }]),
        ),
    ] {
        list["traits"][id] = value;
    }
    shapes.insert("operation#List".to_owned(), list);
    shapes.insert("message#List".to_owned(), structure(input));
    shapes.insert("message#Page".to_owned(), structure(output));
    shapes.insert(
        id("Paged"),
        json!({ "type": "list", "member": target("Paginated") }),
    );
}

/// An operation whose event streams have the names of the types that send and receive events.
fn add_events(shapes: &mut Map<String, Value>) {
    let part = all(
        MEMBERS,
        |_| json!({ "target": "smithy.api#String", "traits": { "smithy.api#eventHeader": {} } }),
    );
    shapes.insert(id("Part"), structure(part));
    for name in ["Events", "EventReceiver"] {
        let mut events = all(VARIANTS, |_| target("Part"));
        events["failure"] = target_in("error", "Fmt");
        let stream = json!({
            "type": "union", "traits": { "smithy.api#streaming": {} }, "members": events,
        });
        shapes.insert(id(name), stream);
    }
    let body =
        |name: &str| json!({ "target": id(name), "traits": { "smithy.api#httpPayload": {} } });
    let sent = json!({ "events": body("Events") });
    let received = json!({ "next": body("EventReceiver") });
    shapes.insert("message#Hear".to_owned(), structure(sent));
    shapes.insert("message#Heard".to_owned(), structure(received));
    let ends =
        json!({ "input": target_in("message", "Hear"), "output": target_in("message", "Heard") });
    shapes.insert("operation#Hear".to_owned(), operation("Hear", &ends));
}

fn id(name: &str) -> String {
    format!("fixture#{name}")
}

fn target(name: &str) -> Value {
    target_in("fixture", name)
}

fn target_in(namespace: &str, name: &str) -> Value {
    json!({ "target": format!("{namespace}#{name}") })
}

fn string() -> Value {
    json!({ "target": "smithy.api#String" })
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "a shape reads best as one expression"
)]
fn structure(members: Value) -> Value {
    json!({ "type": "structure", "members": members })
}

/// An operation with what it sends and returns.
fn operation(name: &str, ends: &Value) -> Value {
    let mut operation = ends.clone();
    operation["type"] = "operation".into();
    let http = json!({ "method": "POST", "uri": format!("/{name}") });
    operation["traits"] = json!({ "smithy.api#http": http });
    operation
}

/// Members of these names.
fn all(names: &str, member: impl Fn(&str) -> Value) -> Value {
    let members = names.split_whitespace();
    let members = members.map(|name| (name.to_owned(), member(name)));
    Value::Object(members.collect())
}
