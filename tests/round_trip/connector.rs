//! Connectors: those that AppFlow comes with, and those that an account has registered.

use appflow_client::types::{
    ConnectorProvisioningConfig, ConnectorProvisioningType, ConnectorType, DataTransferApiType,
    LambdaConnectorProvisioningConfig, OAuth2GrantType, Operators, SalesforceDataTransferApi,
    ScheduleFrequencyType, SupportedDataTransferType, TriggerType, WriteOperationType,
};
use serde_json::{Value, json};

use super::{at, round_trip};

const ARN: &str = "arn:aws:appflow:eu-west-1:123456789012:connector/shop";
const LAMBDA: &str = "arn:aws:lambda:eu-west-1:123456789012:function:shop";

fn lambda() -> ConnectorProvisioningConfig {
    let lambda = LambdaConnectorProvisioningConfig::new(LAMBDA);
    ConnectorProvisioningConfig::default().lambda(lambda)
}

/// What there is to know of a connector.
fn configuration() -> Value {
    json!({
        "canUseAsSource": true,
        "canUseAsDestination": false,
        "supportedDestinationConnectors": ["S3", "EventBridge", "CustomConnector"],
        "supportedSchedulingFrequencies": ["BYMINUTE", "ONCE"],
        "isPrivateLinkEnabled": true,
        "isPrivateLinkEndpointUrlRequired": false,
        "supportedTriggerTypes": ["Scheduled", "Event", "OnDemand"],
        "connectorMetadata": {
            "Salesforce": {
                "oAuthScopes": ["api"],
                "dataTransferApis": ["AUTOMATIC", "REST_SYNC"],
                "oauth2GrantTypesSupported": ["CLIENT_CREDENTIALS"]
            },
            "S3": {}
        },
        "connectorType": "CustomConnector",
        "connectorLabel": "shop",
        "connectorDescription": "Orders of the shop",
        "connectorOwner": "Ada",
        "connectorName": "Shop",
        "connectorVersion": "1.2",
        "connectorArn": ARN,
        "connectorModes": ["SOURCE"],
        "authenticationConfig": {
            "isBasicAuthSupported": false,
            "isApiKeyAuthSupported": true,
            "isOAuth2Supported": true,
            "isCustomAuthSupported": true,
            "oAuth2Defaults": {
                "oauthScopes": ["orders"],
                "tokenUrls": ["https://shop.test/token"],
                "authCodeUrls": ["https://shop.test/code"],
                "oauth2GrantTypesSupported": ["AUTHORIZATION_CODE"],
                "oauth2CustomProperties": [{
                    "key": "audience",
                    "isRequired": true,
                    "label": "Audience",
                    "description": "Who the token is for",
                    "isSensitiveField": false,
                    "connectorSuppliedValues": ["orders", "stock"],
                    "type": "TOKEN_URL"
                }]
            },
            "customAuthConfigs": [{
                "customAuthenticationType": "HMAC",
                "authParameters": [{
                    "key": "key", "isRequired": true, "label": "Key", "isSensitiveField": true
                }]
            }]
        },
        "connectorRuntimeSettings": [{
            "key": "batch",
            "dataType": "Integer",
            "isRequired": false,
            "label": "Batch size",
            "description": "How many orders to read at once",
            "scope": "SOURCE",
            "connectorSuppliedValueOptions": ["10", "100"]
        }],
        "supportedApiVersions": ["v1"],
        "supportedOperators": ["PROJECTION", "NO_OP"],
        "supportedWriteOperations": ["INSERT", "UPSERT"],
        "connectorProvisioningType": "LAMBDA",
        "connectorProvisioningConfig": { "lambda": { "lambdaArn": LAMBDA } },
        "logoURL": "https://shop.test/logo.svg",
        "registeredAt": 1_795_222_800,
        "registeredBy": "arn:aws:iam::123456789012:user/ada",
        "supportedDataTransferTypes": ["RECORD", "FILE"],
        "supportedDataTransferApis": [{ "Name": "orders", "Type": "ASYNC" }]
    })
}

/// What lists have of a connector.
fn detail() -> Value {
    json!({
        "connectorDescription": "Orders of the shop",
        "connectorName": "Shop",
        "connectorOwner": "Ada",
        "connectorVersion": "1.2",
        "applicationType": "Shop",
        "connectorType": "CustomConnector",
        "connectorLabel": "shop",
        "registeredAt": 1_795_222_800,
        "registeredBy": "arn:aws:iam::123456789012:user/ada",
        "connectorProvisioningType": "LAMBDA",
        "connectorModes": ["SOURCE"],
        "supportedDataTransferTypes": ["RECORD"]
    })
}

pub(super) async fn register_connector() {
    let registered = round_trip(
        |client| {
            client
                .register_connector()
                .connector_label("shop")
                .description("Orders of the shop")
                .connector_provisioning_type(ConnectorProvisioningType::Lambda)
                .connector_provisioning_config(lambda())
                .client_token("made-once")
        },
        "POST /register-connector",
        json!({
            "connectorLabel": "shop",
            "description": "Orders of the shop",
            "connectorProvisioningType": "LAMBDA",
            "connectorProvisioningConfig": { "lambda": { "lambdaArn": LAMBDA } },
            "clientToken": "made-once"
        }),
        json!({ "connectorArn": ARN }),
    )
    .await;
    assert_eq!(registered.connector_arn.as_deref(), Some(ARN));
}

pub(super) async fn update_connector_registration() {
    let updated = round_trip(
        |client| {
            client
                .update_connector_registration("shop")
                .description("Orders and stock of the shop")
                .connector_provisioning_config(lambda())
                .client_token("changed-once")
        },
        "POST /update-connector-registration",
        json!({
            "connectorLabel": "shop",
            "description": "Orders and stock of the shop",
            "connectorProvisioningConfig": { "lambda": { "lambdaArn": LAMBDA } },
            "clientToken": "changed-once"
        }),
        json!({ "connectorArn": ARN }),
    )
    .await;
    assert_eq!(updated.connector_arn.as_deref(), Some(ARN));
}

pub(super) async fn unregister_connector() {
    round_trip(
        |client| client.unregister_connector("shop").force_delete(true),
        "POST /unregister-connector",
        json!({ "connectorLabel": "shop", "forceDelete": true }),
        json!({}),
    )
    .await;
}

pub(super) async fn describe_connector() {
    let described = round_trip(
        |client| {
            let call = client.describe_connector(ConnectorType::CustomConnector);
            call.connector_label("shop")
        },
        "POST /describe-connector",
        json!({ "connectorType": "CustomConnector", "connectorLabel": "shop" }),
        json!({ "connectorConfiguration": configuration() }),
    )
    .await;
    let shop = described.connector_configuration.unwrap();
    assert!(shop.can_use_as_source && !shop.can_use_as_destination);
    let frequencies = shop.supported_scheduling_frequencies.unwrap();
    let (by_minute, once) = (ScheduleFrequencyType::Byminute, ScheduleFrequencyType::Once);
    assert_eq!(frequencies, [by_minute, once]);
    let triggers = shop.supported_trigger_types.unwrap();
    let (scheduled, event) = (TriggerType::Scheduled, TriggerType::Event);
    assert_eq!(triggers, [scheduled, event, TriggerType::OnDemand]);
    let metadata = shop.connector_metadata.unwrap();
    let salesforce = metadata.salesforce.unwrap();
    let apis = salesforce.data_transfer_apis.unwrap();
    assert_eq!(apis[1], SalesforceDataTransferApi::RestSync);
    assert!(metadata.s3.is_some() && metadata.slack.is_none());
    let authentication = shop.authentication_config.unwrap();
    assert!(authentication.is_oauth2_supported && !authentication.is_basic_auth_supported);
    let grants = authentication.oauth2_defaults.unwrap();
    let grants = grants.oauth2_grant_types_supported.unwrap();
    assert_eq!(grants, [OAuth2GrantType::AuthorizationCode]);
    let operators = shop.supported_operators.unwrap();
    assert_eq!(operators, [Operators::Projection, Operators::NoOp]);
    let writes = shop.supported_write_operations.unwrap();
    assert_eq!(writes[1], WriteOperationType::Upsert);
    assert_eq!(shop.connector_provisioning_config, Some(lambda()));
    assert_eq!(shop.logo_url.unwrap(), "https://shop.test/logo.svg");
    assert_eq!(shop.registered_at, Some(at(1_795_222_800)));
    let types = shop.supported_data_transfer_types.unwrap();
    assert_eq!(types[1], SupportedDataTransferType::File);
    let apis = shop.supported_data_transfer_apis.unwrap();
    assert_eq!(apis[0].r#type, Some(DataTransferApiType::Async));
}

pub(super) async fn describe_connectors() {
    let described = round_trip(
        |client| {
            let call = client.describe_connectors();
            call.connector_types([ConnectorType::CustomConnector, ConnectorType::S3])
                .max_results(100)
                .next_token("page-2")
        },
        "POST /describe-connectors",
        json!({
            "connectorTypes": ["CustomConnector", "S3"],
            "maxResults": 100,
            "nextToken": "page-2"
        }),
        json!({
            "connectorConfigurations": { "CustomConnector": configuration() },
            "connectors": [detail()],
            "nextToken": "page-3"
        }),
    )
    .await;
    assert_eq!(described.next_token.as_deref(), Some("page-3"));
    let configurations = described.connector_configurations.unwrap();
    let shop = &configurations[&ConnectorType::CustomConnector];
    assert_eq!(shop.connector_label.as_deref(), Some("shop"));
    let connectors = described.connectors.unwrap();
    assert_eq!(connectors[0].connector_owner.as_deref(), Some("Ada"));
}

pub(super) async fn list_connectors() {
    let listed = round_trip(
        |client| {
            client
                .list_connectors()
                .max_results(50)
                .next_token("page-2")
        },
        "POST /list-connectors",
        json!({ "maxResults": 50, "nextToken": "page-2" }),
        json!({ "connectors": [detail()], "nextToken": "page-3" }),
    )
    .await;
    assert_eq!(listed.next_token.as_deref(), Some("page-3"));
    let connectors = listed.connectors.unwrap();
    let [shop] = connectors.as_slice() else {
        panic!("{connectors:?}");
    };
    assert_eq!(shop.connector_type, Some(ConnectorType::CustomConnector));
    assert_eq!(shop.application_type.as_deref(), Some("Shop"));
    let lambda = ConnectorProvisioningType::Lambda;
    assert_eq!(shop.connector_provisioning_type, Some(lambda));
    assert_eq!(shop.registered_at, Some(at(1_795_222_800)));
}
