//! Every member of every type and every value of every enum, there and back.
//!
//! The messages are made from the model's shapes and are no sensible ones: what has alternatives,
//! such as the properties of connectors, has all of them at once.

use std::any::type_name;
use std::fmt::Debug;

use appflow_client::ServiceError;
use appflow_client::operation::{
    CancelFlowExecutionsRequest, CreateConnectorProfileRequest, CreateFlowRequest,
    DeleteConnectorProfileRequest, DeleteFlowRequest, DescribeConnectorEntityRequest,
    DescribeConnectorProfilesRequest, DescribeConnectorRequest, DescribeConnectorsRequest,
    DescribeFlowExecutionRecordsRequest, DescribeFlowRequest, ListConnectorEntitiesRequest,
    ListConnectorsRequest, ListFlowsRequest, ListTagsForResourceRequest, RegisterConnectorRequest,
    ResetConnectorMetadataCacheRequest, StartFlowRequest, StopFlowRequest, TagResourceRequest,
    UnregisterConnectorRequest, UntagResourceRequest, UpdateConnectorProfileRequest,
    UpdateConnectorRegistrationRequest, UpdateFlowRequest,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use smithy_reqwest::operation::Request;

use super::model::{Model, SECRET, TURNS};
use super::{answered, json};

#[tokio::test]
async fn every_member_is_sent_and_read_and_no_secret_shows() {
    let model = Model::read();
    let tried = [
        there_and_back::<CancelFlowExecutionsRequest>(&model).await,
        there_and_back::<CreateConnectorProfileRequest>(&model).await,
        there_and_back::<CreateFlowRequest>(&model).await,
        there_and_back::<DeleteConnectorProfileRequest>(&model).await,
        there_and_back::<DeleteFlowRequest>(&model).await,
        there_and_back::<DescribeConnectorRequest>(&model).await,
        there_and_back::<DescribeConnectorEntityRequest>(&model).await,
        there_and_back::<DescribeConnectorProfilesRequest>(&model).await,
        there_and_back::<DescribeConnectorsRequest>(&model).await,
        there_and_back::<DescribeFlowRequest>(&model).await,
        there_and_back::<DescribeFlowExecutionRecordsRequest>(&model).await,
        there_and_back::<ListConnectorEntitiesRequest>(&model).await,
        there_and_back::<ListConnectorsRequest>(&model).await,
        there_and_back::<ListFlowsRequest>(&model).await,
        there_and_back::<ListTagsForResourceRequest>(&model).await,
        there_and_back::<RegisterConnectorRequest>(&model).await,
        there_and_back::<ResetConnectorMetadataCacheRequest>(&model).await,
        there_and_back::<StartFlowRequest>(&model).await,
        there_and_back::<StopFlowRequest>(&model).await,
        there_and_back::<TagResourceRequest>(&model).await,
        there_and_back::<UnregisterConnectorRequest>(&model).await,
        there_and_back::<UntagResourceRequest>(&model).await,
        there_and_back::<UpdateConnectorProfileRequest>(&model).await,
        there_and_back::<UpdateConnectorRegistrationRequest>(&model).await,
        there_and_back::<UpdateFlowRequest>(&model).await,
    ];
    assert_eq!(tried[..], model.operations());
}

/// The name of the operation, after calls with all members set and all values of enums.
async fn there_and_back<R>(model: &Model) -> &'static str
where
    R: Request<Error = ServiceError, Response: Serialize + Debug> + DeserializeOwned + Debug,
{
    // The type is named for the operation.
    let request = type_name::<R>().rsplit("::").next().unwrap();
    let operation = request.strip_suffix("Request").unwrap();
    for turn in 0..TURNS {
        let (input, output, body) = model.messages(operation, turn);
        let request: R = serde_json::from_value(input).unwrap();
        expect_plain(&request);
        let (client, sent) = answered(&output);
        let response = client.send(request).await.unwrap();
        expect_plain(&response);
        let sent = sent.lock().unwrap().take().unwrap();
        assert_eq!(json(&sent), body, "{operation}");
        let read = serde_json::to_value(&response).unwrap();
        assert_eq!(read, output, "{operation}");
    }
    operation
}

/// Looks whether `Debug` shows a secret, or a value that the model has and the crate not.
fn expect_plain(message: &impl Debug) {
    let shown = format!("{message:?} {message:#?}");
    assert!(!shown.contains(SECRET), "{shown}");
    assert!(!shown.contains("Unknown("), "{shown}");
}
