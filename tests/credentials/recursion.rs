//! The trace id of a Lambda invocation: AWS's cases.

use super::{Wire, array, builder, official, text, variables};

const KEYS: [(&str, &str); 3] = [
    ("AWS_ACCESS_KEY_ID", "AKIDENV"),
    ("AWS_SECRET_ACCESS_KEY", "s"),
    ("AWS_REGION", "us-east-1"),
];

#[tokio::test]
async fn the_trace_id_is_passed_on_as_every_case_says() {
    let Some(suite) = official("recursion-detection.json") else {
        return;
    };
    let cases = array(&suite);
    assert_eq!(cases.len(), 5);
    for case in cases {
        if !array(&case["requestHeadersBefore"]).is_empty() {
            // No operation of AppFlow has the header of itself.
            assert_eq!(text(&case["env"], "_X_AMZN_TRACE_ID"), "EnvValue");
            continue;
        }
        let wire = Wire::default();
        let variables = KEYS.into_iter().chain(variables(&case["env"]));
        wire.call(builder(variables), |_| None).await.unwrap();
        let expected = array(&case["requestHeadersAfter"]).first();
        let expected = expected.map(|it| it.as_str().unwrap().split_once(": ").unwrap().1);
        let call = wire.last_call();
        assert_eq!(call.header("x-amzn-trace-id"), expected, "{case}");
        // The way to the service may change it.
        assert!(!call.header("authorization").unwrap().contains("trace-id"));
    }
}
