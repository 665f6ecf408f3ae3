//! Small changes of one small model, each with what it asks for.
//!
//! A change is a JSON merge patch (RFC 7396) of `base.json`: `null` takes away. What it asks for is
//! what the Cargo book says, and not what the code under test does.

use serde_json::{Value, json};
use smithy_reqwest_codegen::diff::{Class, Subject};

use Class::{Major, Minor, Patch};

/// A change, and what is expected of its difference.
pub(crate) struct Case {
    /// What is done.
    pub(crate) name: &'static str,
    /// What it asks for, and what it is told of: an entry a change.
    pub(crate) expected: Vec<(Class, Subject)>,
    /// The model before, as a fixture.
    pub(crate) old: Value,
    /// The model after.
    pub(crate) new: Value,
}

impl Case {
    /// The same from the other end: what was new is gone.
    fn reversed(self, name: &'static str, class: Class) -> [Self; 2] {
        let back = Self {
            name,
            expected: self.expected.iter().map(|(_, it)| (class, *it)).collect(),
            old: self.new.clone(),
            new: self.old.clone(),
        };
        [self, back]
    }
}

/// The model that is changed.
pub(crate) fn base() -> Value {
    serde_json::from_str(include_str!("base.json")).unwrap()
}

/// Applies a merge patch.
fn merge(value: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *value = patch.clone();
        return;
    };
    if !value.is_object() {
        *value = json!({});
    }
    let object = value.as_object_mut().unwrap();
    for (key, patch) in patch {
        if patch.is_null() {
            object.shift_remove(key);
        } else {
            merge(object.entry(key).or_insert(Value::Null), patch);
        }
    }
}

fn case(name: &'static str, expected: &[(Class, Subject)], patch: &Value) -> Case {
    let (old, mut new) = (base(), base());
    merge(&mut new, patch);
    let expected = expected.to_vec();
    Case {
        name,
        expected,
        old,
        new,
    }
}

/// A change of shapes.
fn shapes(name: &'static str, expected: &[(Class, Subject)], patch: &Value) -> Case {
    let named = patch.as_object().unwrap().iter();
    let named = named.map(|(shape, patch)| (format!("fixture#{shape}"), patch.clone()));
    let named: serde_json::Map<String, Value> = named.collect();
    case(name, expected, &json!({ "shapes": named }))
}

/// A change of one member.
fn member(
    name: &'static str,
    expected: (Class, Subject),
    (shape, member): (&str, &str),
    patch: &Value,
) -> Case {
    let patch = json!({ shape: { "members": { member: patch } } });
    shapes(name, &[expected], &patch)
}

/// A change of the traits of a shape.
fn traits(name: &'static str, expected: (Class, Subject), shape: &str, patch: &Value) -> Case {
    shapes(name, &[expected], &json!({ shape: { "traits": patch } }))
}

/// The cases, by what they are about: each group is a snapshot.
pub(crate) fn groups() -> Vec<(&'static str, Vec<Case>)> {
    vec![
        ("operation", operations()),
        ("type", types()),
        ("member", members()),
        ("required_member", required_members()),
        ("enum_value", values()),
        ("error", errors()),
        ("client", client()),
        ("endpoint", endpoints()),
        ("wire_of_operation", wire_of_operations()),
        ("wire_of_member", wire_of_members()),
        ("documentation", documentation()),
    ]
}

fn string() -> Value {
    json!({ "target": "smithy.api#String" })
}

fn required() -> Value {
    json!({ "target": "smithy.api#String", "traits": { "smithy.api#required": {} } })
}

fn deprecated() -> Value {
    json!({ "smithy.api#deprecated": { "message": "Use another." } })
}

fn operations() -> Vec<Case> {
    let operation = Subject::Operation;
    let new = shapes(
        "an operation is new",
        &[(Minor, operation)],
        &json!({
            "DropThing": {
                "type": "operation",
                "input": { "target": "fixture#DropThingInput" },
                "traits": { "smithy.api#http": { "method": "POST", "uri": "/drop" } },
            },
            "DropThingInput": { "type": "structure", "members": { "name": required(), "note": string() } },
        }),
    );
    let way = json!({ "inputToken": "next", "outputToken": "next", "items": "things" });
    let paged = traits(
        "answers come in pages",
        (Minor, operation),
        "ListThings",
        &json!({ "smithy.api#paginated": way }),
    );
    let waiter = traits(
        "a waiter is new",
        (Minor, operation),
        "ListThings",
        &json!({ "smithy.waiters#waitable": { "ThingsReady": waiter("READY") } }),
    );
    let old = traits(
        "an operation is deprecated",
        (Minor, operation),
        "PutThing",
        &deprecated(),
    );
    [
        new.reversed("an operation is gone", Major),
        paged.reversed("answers come in pages no more", Major),
        waiter.reversed("a waiter is gone", Major),
        old.reversed("an operation is deprecated no more", Patch),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn waiter(status: &str) -> Value {
    let output = json!({ "path": "status", "expected": status, "comparator": "stringEquals" });
    json!({ "acceptors": [{ "state": "success", "matcher": { "output": output } }] })
}

fn types() -> Vec<Case> {
    let new = shapes(
        "a type is new, with the member that has it",
        &[(Minor, Subject::Type), (Minor, Subject::Member)],
        &json!({
            "PutThingInput": { "members": { "lamp": { "target": "fixture#Lamp" } } },
            "Lamp": { "type": "structure", "members": { "watts": { "target": "smithy.api#Integer" } } },
        }),
    );
    let union = shapes(
        "a structure is a union",
        &[(Major, Subject::Type), (Minor, Subject::Type)],
        &json!({ "Shelf": { "type": "union", "members": { "place": { "traits": null } } } }),
    );
    let received = shapes(
        "a type that is sent is received too",
        &[(Minor, Subject::Member), (Minor, Subject::Type)],
        &json!({ "PutThingOutput": { "members": { "shelf": { "target": "fixture#Shelf" } } } }),
    );
    new.reversed("a type is gone, with the member that had it", Major)
        .into_iter()
        .chain([union])
        .chain(received.reversed("a type that was received is only sent", Major))
        .collect()
}

fn members() -> Vec<Case> {
    let member_of = (Minor, Subject::Member);
    let one = |name, place, patch: &Value| member(name, member_of, place, patch);
    let sent = one(
        "a member of an input is new",
        ("PutThingInput", "extra"),
        &string(),
    );
    let held = one(
        "a member of a structure is new",
        ("Shelf", "extra"),
        &string(),
    );
    let read = one(
        "a member of an output is new",
        ("PutThingOutput", "extra"),
        &string(),
    );
    let chosen = one(
        "a member of a union is new",
        ("Choice", "middle"),
        &string(),
    );
    let old = one(
        "a member is deprecated",
        ("Shelf", "width"),
        &json!({ "traits": deprecated() }),
    );
    let old_choice = one(
        "a member of a union is deprecated",
        ("Choice", "left"),
        &json!({ "traits": deprecated() }),
    );
    let long = json!({ "target": "smithy.api#Long" });
    let changed = |name, place| member(name, (Major, Subject::Member), place, &long);
    [
        sent.reversed("a member of an input is gone", Major),
        held.reversed("a member of a structure is gone", Major),
        read.reversed("a member of an output is gone", Major),
        chosen.reversed("a member of a union is gone", Major),
        old.reversed("a member is deprecated no more", Patch),
        old_choice.reversed("a member of a union is deprecated no more", Patch),
    ]
    .into_iter()
    .flatten()
    .chain([
        changed("a member has another type", ("Shelf", "width")),
        changed("a member of a union has another type", ("Choice", "right")),
    ])
    .collect()
}

fn required_members() -> Vec<Case> {
    let major = (Major, Subject::Member);
    let one = |name, place, patch: &Value| member(name, major, place, patch);
    let is_required = json!({ "traits": { "smithy.api#required": {} } });
    let sent = one(
        "a required member of an input is new",
        ("PutThingInput", "extra"),
        &required(),
    );
    let held = one(
        "a required member of a structure is new",
        ("Shelf", "extra"),
        &required(),
    );
    let first = one(
        "the first required member of an input is new",
        ("ListThingsInput", "extra"),
        &json!({ "target": "smithy.api#String",
            "traits": { "smithy.api#required": {}, "smithy.api#httpQuery": "extra" } }),
    );
    let read = member(
        "a required member of an output is new",
        (Minor, Subject::Member),
        ("PutThingOutput", "extra"),
        &required(),
    );
    let becomes = one(
        "a member becomes required",
        ("PutThingInput", "note"),
        &is_required,
    );
    let two = shapes(
        "two members become required",
        &[major, major],
        &json!({ "Shelf": { "members": { "width": is_required, "depth": is_required } } }),
    );
    let default = one(
        "a member has a default",
        ("Shelf", "depth"),
        &json!({ "traits": { "smithy.api#default": 7 } }),
    );
    [
        sent.reversed("a required member of an input is gone", Major),
        held.reversed("a required member of a structure is gone", Major),
        first.reversed("the last required member of an input is gone", Major),
        read.reversed("a required member of an output is gone", Major),
        becomes.reversed("a member becomes optional", Major),
        two.reversed("two members become optional", Major),
        default.reversed("a member has no default any more", Major),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn values() -> Vec<Case> {
    let minor = (Minor, Subject::EnumValue);
    let unit = json!({ "target": "smithy.api#Unit" });
    let number = json!({ "target": "smithy.api#Unit", "traits": { "smithy.api#enumValue": 3 } });
    let new = member("a value is new", minor, ("Color", "GREEN"), &unit);
    let new_number = member(
        "a value of an integer enum is new",
        minor,
        ("Size", "HUGE"),
        &number,
    );
    let old = member(
        "a value is deprecated",
        minor,
        ("Color", "RED"),
        &json!({ "traits": deprecated() }),
    );
    let renamed = shapes(
        "a value has another name",
        &[(Major, Subject::EnumValue), (Minor, Subject::EnumValue)],
        &json!({ "Color": { "members": {
            "BLUE": null,
            "AZURE": { "target": "smithy.api#Unit", "traits": { "smithy.api#enumValue": "blue" } },
        } } }),
    );
    [
        new.reversed("a value is gone", Major),
        new_number.reversed("a value of an integer enum is gone", Major),
        old.reversed("a value is deprecated no more", Patch),
    ]
    .into_iter()
    .flatten()
    .chain([renamed])
    .collect()
}

fn errors() -> Vec<Case> {
    let busy = json!({
        "type": "structure",
        "members": { "message": string() },
        "traits": { "smithy.api#error": "server", "smithy.api#httpError": 503 },
    });
    let targets = |names: &[&str]| -> Vec<Value> {
        let names = names.iter();
        names
            .map(|name| json!({ "target": format!("fixture#{name}") }))
            .collect()
    };
    let new = shapes(
        "an error is new",
        &[(Minor, Subject::Error), (Patch, Subject::Documentation)],
        &json!({ "Busy": busy, "PutThing": { "errors": targets(&["NotFound", "Busy"]) } }),
    );
    let gone = Case {
        name: "an error is gone",
        expected: vec![(Major, Subject::Error), (Patch, Subject::Documentation)],
        old: new.new.clone(),
        new: new.old.clone(),
    };
    let declared = shapes(
        "an operation declares an error of another",
        &[(Patch, Subject::Documentation)],
        &json!({ "ListThings": { "errors": targets(&["NotFound"]) } }),
    );
    let minor = (Minor, Subject::Member);
    let extra = member(
        "a member of an error is new",
        minor,
        ("NotFound", "extra"),
        &string(),
    );
    let wire = (Patch, Subject::Wire);
    let status = json!({ "smithy.api#httpError": 410 });
    let retryable = json!({ "smithy.api#retryable": { "throttling": true } });
    vec![
        new,
        gone,
        declared,
        extra,
        traits("an error has another status", wire, "NotFound", &status),
        traits(
            "an error is worth another attempt",
            wire,
            "NotFound",
            &retryable,
        ),
    ]
}

fn client() -> Vec<Case> {
    let wire = (Patch, Subject::Wire);
    let service = |name, patch: &Value| case(name, &[wire], &json!({ "service": patch }));
    let sdk_id = json!({ "aws.api#service": { "sdkId": "Things", "endpointPrefix": "fixture" } });
    let name = service(
        "the service has another signing name",
        &json!({
            "aws.auth#sigv4": { "name": "things" }
        }),
    );
    let titled = case(
        "the service has another title",
        &[(Patch, Subject::Documentation)],
        &json!({ "service": { "smithy.api#title": "Things" } }),
    );
    let mut last = shapes(
        "the last operation is gone",
        &[],
        &json!({ "ListThings": null, "PutThing": null }),
    );
    last.expected = vec![
        (Major, Subject::Operation),
        (Major, Subject::Operation),
        (Major, Subject::Type),
        (Major, Subject::Type),
        (Major, Subject::Type),
        (Major, Subject::Type),
        (Major, Subject::Error),
        (Major, Subject::Client),
    ];
    vec![
        name,
        service("the service has another name in SDKs", &sdk_id),
        titled,
        last,
    ]
}

fn endpoints() -> Vec<Case> {
    let rules = |name, expected: &[(Class, Subject)], patch: &Value| {
        let patch = json!({ "service": { "smithy.rules#endpointRuleSet": patch } });
        case(name, expected, &patch)
    };
    let parameter = json!({ "type": "boolean", "documentation": "Whether it is fast." });
    let new = rules(
        "a parameter of the endpoint is new",
        &[(Minor, Subject::Endpoint)],
        &json!({ "parameters": { "Fast": parameter } }),
    );
    let patch = [(Patch, Subject::Endpoint)];
    let other_url = json!([{
        "type": "endpoint",
        "conditions": [],
        "endpoint": { "url": "https://{Stage}.{Region}.example.com" },
    }]);
    let default = json!({ "parameters": { "Stage": { "default": "beta" } } });
    let docs = json!({ "parameters": { "Stage": { "documentation": "Which one." } } });
    new.reversed("a parameter of the endpoint is gone", Major)
        .into_iter()
        .chain([
            rules(
                "the endpoint is another one",
                &patch,
                &json!({ "rules": other_url }),
            ),
            rules("a parameter has another default", &patch, &default),
            rules(
                "a parameter has other documentation",
                &[(Patch, Subject::Documentation)],
                &docs,
            ),
        ])
        .collect()
}

fn wire_of_operations() -> Vec<Case> {
    let wire = (Patch, Subject::Wire);
    let put = |name, patch: Value| traits(name, wire, "PutThing", &patch);
    let pages = |input: &str| json!({ "smithy.api#paginated": { "inputToken": input, "outputToken": "next" } });
    let with = |name, shape: &str, before: &Value, after: &Value| {
        let of = |patch| traits(name, wire, shape, patch).new;
        Case {
            name,
            expected: vec![wire],
            old: of(before),
            new: of(after),
        }
    };
    let ready = |status| json!({ "smithy.waiters#waitable": { "ThingsReady": waiter(status) } });
    let mut slow = ready("READY");
    slow["smithy.waiters#waitable"]["ThingsReady"]["minDelay"] = json!(5);
    vec![
        put(
            "the path is another one",
            json!({ "smithy.api#http": { "uri": "/stuff/{name}" } }),
        ),
        put(
            "the method is another one",
            json!({ "smithy.api#http": { "method": "POST" } }),
        ),
        put(
            "a host prefix is new",
            json!({ "smithy.api#endpoint": { "hostPrefix": "data." } }),
        ),
        put(
            "the body is not signed",
            json!({ "aws.auth#unsignedPayload": {} }),
        ),
        shapes(
            "a call needs no signature, and so not all calls need credentials",
            &[wire, wire],
            &json!({ "PutThing": { "traits": { "smithy.api#auth": [] } } }),
        ),
        put(
            "the body is compressed",
            json!({ "smithy.api#requestCompression": { "encodings": ["gzip"] } }),
        ),
        put(
            "the body has a checksum",
            json!({ "smithy.api#httpChecksumRequired": {} }),
        ),
        with(
            "pages are asked for by another member",
            "ListThings",
            &pages("next"),
            &pages("after"),
        ),
        with(
            "a waiter waits for another value",
            "ListThings",
            &ready("READY"),
            &ready("DONE"),
        ),
        with(
            "a waiter waits longer",
            "ListThings",
            &ready("READY"),
            &slow,
        ),
        shapes(
            "an operation gives the endpoint its stage",
            &[wire, (Patch, Subject::Endpoint)],
            &json!({ "PutThing": { "traits": {
                "smithy.rules#staticContextParams": { "Stage": { "value": "beta" } },
            } } }),
        ),
    ]
}

fn wire_of_members() -> Vec<Case> {
    let wire = (Patch, Subject::Wire);
    let one = |name, place, traits: Value| member(name, wire, place, &json!({ "traits": traits }));
    let input = |name| ("PutThingInput", name);
    let value = |value: Value| json!({ "smithy.api#enumValue": value });
    let default = |value: i32| {
        let patch = json!({ "traits": { "smithy.api#default": value } });
        member("", wire, ("Shelf", "depth"), &patch).new
    };
    let defaulted = Case {
        name: "a member has another default",
        expected: vec![wire],
        old: default(7),
        new: default(8),
    };
    let mut reordered = case("the members are in another order", &[wire], &json!({}));
    let members = reordered.new["shapes"]["fixture#Shelf"]["members"]
        .as_object_mut()
        .unwrap();
    let width = members.shift_remove("width").unwrap();
    members.insert("width".to_owned(), width);
    vec![
        one(
            "a member has another name in JSON",
            ("Shelf", "width"),
            json!({ "smithy.api#jsonName": "breadth" }),
        ),
        one(
            "a member of a union has another name in JSON",
            ("Choice", "left"),
            json!({ "smithy.api#jsonName": "sinister" }),
        ),
        one(
            "a member is in another header",
            input("trace"),
            json!({ "smithy.api#httpHeader": "x-span" }),
        ),
        one(
            "a member is another parameter of the query",
            input("dryRun"),
            json!({ "smithy.api#httpQuery": "pretend" }),
        ),
        one(
            "a member goes from the body to the query",
            input("count"),
            json!({ "smithy.api#httpQuery": "count" }),
        ),
        one(
            "a timestamp has another format",
            input("since"),
            json!({ "smithy.api#timestampFormat": "date-time" }),
        ),
        one(
            "a token is filled in",
            input("token"),
            json!({ "smithy.api#idempotencyToken": {} }),
        ),
        one(
            "a value is another text",
            ("Color", "BLUE"),
            value(json!("azure")),
        ),
        one(
            "a value is another number",
            ("Size", "LARGE"),
            value(json!(9)),
        ),
        shapes(
            "a structure is secret, and so is the member that has it",
            &[wire, wire],
            &json!({ "Shelf": { "traits": { "smithy.api#sensitive": {} } } }),
        ),
        defaulted,
        reordered,
    ]
}

fn documentation() -> Vec<Case> {
    let said = (Patch, Subject::Documentation);
    let text = json!({ "smithy.api#documentation": "It is told otherwise." });
    let of_member = |name, place| member(name, said, place, &json!({ "traits": text }));
    let noted = |message: &str| {
        let note = json!({ "smithy.api#deprecated": { "message": message } });
        traits("", said, "PutThing", &note).new
    };
    let example =
        json!({ "smithy.api#examples": [{ "title": "A thing", "input": { "name": "a" } }] });
    vec![
        traits("an operation is told otherwise", said, "PutThing", &text),
        shapes(
            "a type is told otherwise, and so is the member that has its documentation",
            &[said, said],
            &json!({ "Shelf": { "traits": text } }),
        ),
        traits("an error is told otherwise", said, "NotFound", &text),
        of_member("a member is told otherwise", ("Shelf", "width")),
        of_member("a value is told otherwise", ("Color", "RED")),
        traits("an example is new", said, "PutThing", &example),
        Case {
            name: "a deprecation is told otherwise",
            expected: vec![said],
            old: noted("Use one."),
            new: noted("Use another."),
        },
    ]
}
