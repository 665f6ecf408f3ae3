//! What no public item shows, and documentation.

use serde_json::{Value, json};
use smithy_reqwest_codegen::diff::Class::{self, Major, Minor, Patch};
use smithy_reqwest_codegen::diff::Subject;

use super::type_item::waiter;
use super::{Case, case, member, shapes, traits};

pub(super) fn client() -> Vec<Case> {
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

pub(super) fn endpoints() -> Vec<Case> {
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

pub(super) fn wire_of_operations() -> Vec<Case> {
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

pub(super) fn wire_of_members() -> Vec<Case> {
    let wire = (Patch, Subject::Wire);
    let one = |name, place, traits: Value| member(name, wire, place, &json!({ "traits": traits }));
    let input = |name| ("PutThingInput", name);
    let value = |value: Value| json!({ "smithy.api#enumValue": value });
    let default = |value: i32| {
        let traits = json!({ "smithy.api#default": value, "smithy.api#addedDefault": {} });
        member("", wire, ("Shelf", "depth"), &json!({ "traits": traits })).new
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
    let of_type = (Patch, Subject::Type);
    let mut values = case(
        "the values of an enum are in another order",
        &[of_type],
        &json!({}),
    );
    let members = values.new["shapes"]["fixture#Color"]["members"].as_object_mut();
    let members = members.unwrap();
    let red = members.shift_remove("RED").unwrap();
    members.insert("RED".to_owned(), red);
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
        values,
    ]
}

pub(super) fn documentation() -> Vec<Case> {
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
