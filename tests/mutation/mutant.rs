//! What is done to a model.

use serde_json::{Map, Value, json};
use workspace_tests::Random;

/// Text that is hard to write into Rust, or that means something in it.
const HOSTILE: &[&str] = &[
    "", " ", "_", "__", "0", "1a", "self", "Self", "crate", "super", "type", "gen", "async",
    "match", "r#type", "new", "send", "request", "items", "pages", "wait", "clone", "default",
    "builder", "from_env", "http", "value", "name", "f", "debug", "output", "error", "client",
    "body", "params", "settings", "given", "url", "endpoint", "serializer", "deserializer",
    "expected", "result", "exchange", "Option", "Result", "Vec", "String", "Box", "Some", "None",
    "Ok", "Err", "Unknown", "Default", "Client", "Error", "ErrorKind", "ServiceError", "WaitError",
    "Call", "Request", "Response", "Operation", "Body", "Pages", "Items", "Waiter", "Endpoint",
    "Params", "Http", "Invalid", "Unbound", "Document", "Timestamp", "Bytes", "Redacted",
    "Paginated", "mod", "fmt", "message", "Message", "std", "serde", "smithy_reqwest", "types",
    "operation", "types/../..", "*/", "/*", "//", "\"", "\"#", "r#\"", "'", "`", "```",
    "```rust\nfn main() {", "\\", "\\\\\"", "\0", "\n", "\r\n", "\t", "\u{1b}[31m", "\u{7f}",
    "\u{85}", "\u{2028}", "\u{202e}", "\u{feff}", "ß", "日本", "é", "e\u{301}", "🦀", "İ", "ǅ",
    "{", "}", "{}", "{{", "}}", "{a}", "{name+}", "{0}", "{:?}", "{Region#x}", "/{a}/{a+}", "?",
    "/?a=b&c", "#", "#[cfg(no)]", "#![no_std]", "$crate", "%", "%00", "a-b", "a_b", "a.b", "a b",
    "A_B", "aB", "AB", "<", ">", "<b>", "</", "<a href=\"x\">", "<ul><li><ul><li>",
    "&lt;&#0;&#xffffff;", "[x](y)", "[x]", "![x](", "**", "- ", "1. ", "> ", "| |", "~~~",
    "\\u{1}", "1.0.0", "true", "false", "null", "NaN", "Infinity", "-0", "1e999", "GET",
    "smithy.api#Unit", "smithy.api#String", "smithy.api#Nothing", "fixture#Fixture", "a.b[].c",
    "length(a[]) == `1`", "[?a]", "`\"`", "^[a-z]+$", "(", "(?i)", "[[:alpha:]]", "a{99999}",
    "(a{999}){999}", "application/json", "http-date", "date-time", "epoch-seconds", "x-amz-",
    "x\r\ny",
];

/// Traits, each with a value of which mutations make others.
fn traits() -> Value {
    json!({
        "smithy.api#required": {}, "smithy.api#sensitive": {}, "smithy.api#sparse": {},
        "smithy.api#eventHeader": {}, "smithy.api#eventPayload": {},
        "smithy.api#streaming": {}, "smithy.api#requiresLength": {}, "smithy.api#deprecated": { "message": "No.", "since": "1.0" },
        "smithy.api#documentation": "<p>Text with <code>code</code>.</p>", "smithy.api#title": "A title",
        "smithy.api#default": "x", "smithy.api#clientOptional": {}, "smithy.api#input": {}, "smithy.api#output": {},
        "smithy.api#error": "client", "smithy.api#httpError": 404, "smithy.api#retryable": { "throttling": true },
        "smithy.api#http": { "method": "POST", "uri": "/{a}/b?c=d", "code": 200 }, "smithy.api#httpLabel": {},
        "smithy.api#httpQuery": "q", "smithy.api#httpQueryParams": {}, "smithy.api#httpHeader": "x-a",
        "smithy.api#httpPrefixHeaders": "x-b-", "smithy.api#httpPayload": {}, "smithy.api#httpResponseCode": {},
        "smithy.api#httpChecksumRequired": {}, "smithy.api#idempotencyToken": {}, "smithy.api#jsonName": "j",
        "smithy.api#mediaType": "application/json", "smithy.api#timestampFormat": "http-date",
        "smithy.api#enum": [{ "value": "a", "name": "A" }, { "value": "b", "deprecated": true }], "smithy.api#enumValue": "v",
        "smithy.api#pattern": "^[a-z]+$", "smithy.api#length": { "min": 1, "max": 2 }, "smithy.api#range": { "min": 1 },
        "smithy.api#auth": ["aws.auth#sigv4"], "smithy.api#optionalAuth": {}, "smithy.api#httpBearerAuth": {},
        "aws.auth#unsignedPayload": {}, "aws.auth#sigv4": { "name": "x" }, "smithy.api#hostLabel": {},
        "smithy.api#endpoint": { "hostPrefix": "{a}.b" }, "smithy.api#requestCompression": { "encodings": ["gzip"] },
        "smithy.api#paginated": { "inputToken": "a", "outputToken": "b", "items": "c.d", "pageSize": "e" },
        "smithy.api#examples": [{ "title": "T", "input": { "a": 1 }, "output": {} }],
        "smithy.waiters#waitable": { "W": { "acceptors": [{ "state": "success", "matcher": { "output": { "path": "a", "expected": "b", "comparator": "stringEquals" } } }] } },
        "smithy.test#httpRequestTests": [{ "id": "a", "protocol": "aws.protocols#restJson1", "method": "POST", "uri": "/", "params": {} }],
        "smithy.test#httpResponseTests": [{ "id": "a", "protocol": "aws.protocols#restJson1", "code": 200, "params": {}, "body": "{}" }],
        "smithy.rules#endpointTests": { "version": "1.0", "testCases": [{ "params": { "Region": "a" }, "expect": { "error": "b" } }] },
        "smithy.rules#contextParam": { "name": "Region" }, "aws.protocols#httpChecksum": { "requestChecksumRequired": true },
        "aws.protocols#awsJson1_0": {}, "aws.protocols#awsJson1_1": {}, "aws.protocols#awsQuery": {}, "aws.protocols#ec2Query": {},
        "aws.protocols#restJson1": {}, "aws.protocols#restXml": { "noErrorWrapping": true }, "smithy.protocols#rpcv2Cbor": {},
        "aws.protocols#awsQueryCompatible": {}, "aws.protocols#awsQueryError": { "code": "A.B", "httpResponseCode": 404 },
        "aws.protocols#ec2QueryName": "N", "smithy.api#xmlName": "p:n", "smithy.api#xmlNamespace": { "uri": "u", "prefix": "p" },
        "smithy.api#xmlAttribute": {}, "smithy.api#xmlFlattened": {},
    })
}

/// Changes a model in one place, and says how.
pub(crate) fn mutate(model: &mut Value, random: &mut Random) -> String {
    let ids: Vec<String> = model["shapes"]
        .as_object()
        .map(|shapes| shapes.keys().cloned().collect())
        .unwrap_or_default();
    if !ids.is_empty() && random.is_one_in(3) {
        return rename(model, random, &ids);
    }
    let strings = if ids.is_empty() {
        vec![String::new()]
    } else {
        ids
    };
    let mut way = String::new();
    // Beside the shapes there is little that could be changed.
    let node = if random.is_one_in(40) {
        model
    } else {
        &mut model["shapes"]
    };
    let place = descend(node, random, &mut way);
    let change = match place {
        Value::Object(object) => in_object(object, random, &strings),
        Value::Array(array) => in_array(array, random, &strings),
        scalar => {
            *scalar = other(scalar, random, &strings);
            format!("is {}", short(scalar))
        }
    };
    format!("{way}: {change}")
}

/// Gives a shape another name wherever it is referred to, so that the model stays sound.
fn rename(model: &mut Value, random: &mut Random, ids: &[String]) -> String {
    let old = random.one_of(ids);
    // Names of other shapes with something behind them are those of requests, of files and such.
    let new = if random.is_one_in(3) {
        let (_, name) = random.one_of(ids).split_once('#').unwrap_or_default();
        let suffix = *random.one_of(&["Request", "Response", "Value", "2", "_", ""]);
        format!("other#{name}{suffix}")
    } else {
        other_name(old, random)
    };
    rename_in(model, old, &new);
    format!("{old} renamed to {} everywhere", short(&Value::from(new)))
}

fn rename_in(value: &mut Value, old: &str, new: &str) {
    match value {
        Value::String(text) if text == old => *text = new.to_owned(),
        Value::Array(values) => values.iter_mut().for_each(|it| rename_in(it, old, new)),
        Value::Object(object) => {
            let renamed = std::mem::take(object).into_iter().map(|(key, mut value)| {
                rename_in(&mut value, old, new);
                (if key == old { new.to_owned() } else { key }, value)
            });
            *object = renamed.collect();
        }
        _ => {}
    }
}

/// Goes some way into a value.
fn descend<'v>(value: &'v mut Value, random: &mut Random, way: &mut String) -> &'v mut Value {
    let stops = way.is_empty() && random.is_one_in(20) || !way.is_empty() && random.is_one_in(5);
    let count = match value {
        Value::Object(object) => object.len(),
        Value::Array(array) => array.len(),
        _ => 0,
    };
    if stops || count == 0 {
        return value;
    }
    let at = random.below(count);
    match value {
        Value::Object(object) => {
            let (name, inner) = object.iter_mut().nth(at).unwrap();
            way.push_str(&format!("/{}", short(&Value::from(name.as_str()))));
            descend(inner, random, way)
        }
        Value::Array(array) => {
            way.push_str(&format!("/{at}"));
            descend(&mut array[at], random, way)
        }
        scalar => scalar,
    }
}

fn in_object(object: &mut Map<String, Value>, random: &mut Random, ids: &[String]) -> String {
    let names: Vec<String> = object.keys().cloned().collect();
    let what = random.below(8);
    if names.is_empty() || what == 0 {
        return add_trait(object, random);
    }
    let (one, another) = (random.one_of(&names).clone(), random.one_of(&names).clone());
    match what {
        1 => {
            object.shift_remove(&one);
            format!("without {one:?}")
        }
        2 => {
            let (a, b) = (object[&one].clone(), object[&another].clone());
            object.insert(one.clone(), b);
            object.insert(another.clone(), a);
            format!("{one:?} and {another:?} swapped")
        }
        3 => {
            let name = other_name(&one, random);
            let value = object[&one].clone();
            object.insert(name.clone(), value);
            format!("{one:?} also as {}", short(&Value::from(name)))
        }
        4 | 5 => {
            let name = other_name(&one, random);
            // Its place among the others stays.
            let renamed = object.iter().map(|(key, value)| {
                let key = if *key == one {
                    name.clone()
                } else {
                    key.clone()
                };
                (key, value.clone())
            });
            *object = renamed.collect();
            format!("{one:?} renamed to {}", short(&Value::from(name)))
        }
        6 => {
            let value = other(&object[&one], random, ids);
            let told = short(&value);
            object.insert(one.clone(), value);
            format!("{one:?} is {told}")
        }
        _ => add_trait(object, random),
    }
}

/// Adds a trait to a shape or a member, or takes the object for the traits themselves.
fn add_trait(object: &mut Map<String, Value>, random: &mut Random) -> String {
    let traits = traits();
    let traits = traits.as_object().unwrap();
    let (id, value) = traits.iter().nth(random.below(traits.len())).unwrap();
    let has_traits = object.contains_key("target") || object.contains_key("type");
    let mut value = value.clone();
    let change = if random.is_one_in(2) {
        mutate_value(&mut value, random)
    } else {
        String::new()
    };
    if has_traits {
        let traits = object.entry("traits").or_insert_with(|| json!({}));
        if let Some(traits) = traits.as_object_mut() {
            traits.insert(id.clone(), value);
        }
    } else {
        object.insert(id.clone(), value);
    }
    format!("with the trait {id} {change}")
}

fn mutate_value(value: &mut Value, random: &mut Random) -> String {
    let mut way = String::from("value");
    let place = descend(value, random, &mut way);
    *place = other(place, random, &[String::new()]);
    format!("of which {way} is {}", short(place))
}

fn in_array(array: &mut Vec<Value>, random: &mut Random, ids: &[String]) -> String {
    if array.is_empty() || random.is_one_in(3) {
        let value = junk(random);
        let told = short(&value);
        array.push(value);
        return format!("with {told} at its end");
    }
    let (one, another) = (random.below(array.len()), random.below(array.len()));
    match random.below(4) {
        0 => {
            array.remove(one);
            format!("without {one}")
        }
        1 => {
            array.swap(one, another);
            format!("{one} and {another} swapped")
        }
        2 => {
            array.push(array[one].clone());
            format!("with {one} twice")
        }
        _ => {
            array[one] = other(&array[one], random, ids);
            format!("{one} is {}", short(&array[one]))
        }
    }
}

/// Another value: mostly of the same kind, of which more is accepted.
fn other(value: &Value, random: &mut Random, ids: &[String]) -> Value {
    match value {
        Value::String(text) if text.contains('#') && !random.is_one_in(4) => {
            Value::from(random.one_of(ids).as_str())
        }
        Value::String(text) if !random.is_one_in(4) => Value::from(other_name(text, random)),
        Value::Bool(value) if !random.is_one_in(4) => Value::from(!value),
        Value::Number(_) if !random.is_one_in(4) => number(random),
        _ => junk(random),
    }
}

fn other_name(name: &str, random: &mut Random) -> String {
    let hostile = hostile(random);
    // A shape id stays one, and what refers to it by its namespace still does.
    let (namespace, bare) = name.split_once('#').unwrap_or(("", name));
    let other = match random.below(6) {
        0 => bare.to_uppercase(),
        1 => bare.to_lowercase(),
        2 => format!("{bare}{hostile}"),
        3 => format!("{hostile}{bare}"),
        _ => hostile,
    };
    if namespace.is_empty() {
        other
    } else {
        format!("{namespace}#{other}")
    }
}

fn hostile(random: &mut Random) -> String {
    match random.below(HOSTILE.len() + 4) {
        0 => "a".repeat(10_000),
        1 => "<ul><li>".repeat(1_000),
        2 => "a b ".repeat(2_000),
        3 => "日".repeat(300),
        at => HOSTILE[at - 4].to_owned(),
    }
}

fn number(random: &mut Random) -> Value {
    let numbers = [
        json!(0),
        json!(-1),
        json!(1),
        json!(0.1),
        json!(-0.0),
        json!(255),
        json!(65_536),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(1e300),
        json!(253_402_300_800_i64),
        json!(1_500_000_000.123_456_7),
    ];
    random.one_of(&numbers).clone()
}

fn junk(random: &mut Random) -> Value {
    match random.below(9) {
        0 => Value::Null,
        1 => json!(true),
        2 => number(random),
        3 | 4 => Value::from(hostile(random)),
        5 => json!([]),
        6 => json!({}),
        7 => json!([hostile(random), null, { "a": hostile(random) }]),
        _ => {
            let depth = *random.one_of(&[3, 30, 100, 126, 200, 1_000]);
            (0..depth).fold(json!(1), |inner, _| json!([inner]))
        }
    }
}

/// The beginning of a value, to tell it.
fn short(value: &Value) -> String {
    let text = value.to_string();
    let start: String = text.chars().take(60).collect();
    if start.len() < text.len() {
        format!("{start}… ({} bytes)", text.len())
    } else {
        start
    }
}
