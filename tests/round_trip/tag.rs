//! The tags of flows. They are addressed by ARN, in the path.

use serde_json::{Value, json};

use super::round_trip;

const ARN: &str = "arn:aws:appflow:eu-west-1:123456789012:flow/orders-to-s3";
const PATH: &str = "/tags/arn%3Aaws%3Aappflow%3Aeu-west-1%3A123456789012%3Aflow%2Forders-to-s3";

pub(super) async fn list_tags_for_resource() {
    let listed = round_trip(
        |client| client.list_tags_for_resource(ARN),
        &format!("GET {PATH}"),
        Value::Null,
        json!({ "tags": { "team": "sales", "cost centre": "" } }),
    )
    .await;
    let tags = listed.tags.unwrap();
    assert_eq!(tags["team"], "sales");
    assert_eq!(tags["cost centre"], "");
}

pub(super) async fn tag_resource() {
    let tags = [("team", "sales"), ("cost centre", "")];
    round_trip(
        |client| client.tag_resource(ARN, tags),
        &format!("POST {PATH}"),
        json!({ "tags": { "team": "sales", "cost centre": "" } }),
        json!({}),
    )
    .await;
}

pub(super) async fn untag_resource() {
    let keys = ["team", "cost centre", "a&b=c"];
    round_trip(
        |client| client.untag_resource(ARN, keys),
        &format!("DELETE {PATH}?tagKeys=team&tagKeys=cost%20centre&tagKeys=a%26b%3Dc"),
        Value::Null,
        json!({}),
    )
    .await;
}
