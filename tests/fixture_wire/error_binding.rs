//! Members of errors that are elsewhere than in a JSON body.

use super::client_with_status;
use super::error_binding_client::types::Reason;
use super::error_binding_client::{Client, Error, ServiceError};

async fn error(code: &str, status: u16, headers: &[(&str, &str)], body: &'static str) -> Error {
    let mut all = vec![("x-amzn-errortype", code)];
    all.extend(headers);
    let (client, _) = client_with_status::<Client>(status, &all, body);
    client.open().send().await.unwrap_err()
}

#[tokio::test]
async fn prefixed_headers_and_the_status_are_members_beside_the_body() {
    let headers = [("X-Limit-Day", "10"), ("X-Limit-Hour", "1")];
    let error = error("Limited", 429, &headers, r#"{"message":"wait"}"#).await;
    let Some(ServiceError::Limited(limited)) = error.service() else {
        panic!("{error:?}")
    };
    assert_eq!(limited.message.as_deref(), Some("wait"));
    assert_eq!(limited.status, 429);
    let limits = limited.limits.as_ref().unwrap();
    assert_eq!((&*limits["day"], &*limits["hour"]), ("10", "1"));
    let expected = "Open: Limited: wait (status 429)";
    assert_eq!(error.to_string(), expected);
}

#[tokio::test]
async fn the_whole_body_is_a_member() {
    let headers = [("X-Until", "noon")];
    let blocked = error("Blocked", 403, &headers, r#"{"rule":"7"}"#).await;
    let Some(ServiceError::Blocked(blocked)) = blocked.service() else {
        panic!("{blocked:?}")
    };
    let rule = |reason: &Reason| reason.rule.clone();
    assert_eq!(blocked.reason.as_ref().and_then(rule).as_deref(), Some("7"));
    assert_eq!(blocked.until.as_deref(), Some("noon"));

    let refused = error("Refused", 400, &[], "because").await;
    let Some(ServiceError::Refused(refused)) = refused.service() else {
        panic!("{refused:?}")
    };
    assert_eq!(refused.to_string(), "Refused: because");

    let spoiled = error("Spoiled", 422, &[], "crumbs").await;
    let Some(ServiceError::Spoiled(spoiled)) = spoiled.service() else {
        panic!("{spoiled:?}")
    };
    assert_eq!(spoiled.content, "crumbs");
}

#[tokio::test]
async fn a_body_that_is_not_what_the_model_says_does_not_hide_the_error() {
    let error = error("Blocked", 403, &[("X-Until", "noon")], "<html>").await;
    let Some(ServiceError::Blocked(blocked)) = error.service() else {
        panic!("{error:?}")
    };
    assert_eq!(blocked.reason, None);
    assert_eq!(blocked.until.as_deref(), Some("noon"));
}
