//! Connector profiles: how AppFlow reaches an application, and with which credentials.

use std::collections::BTreeMap;

use appflow_client::operation::{CreateConnectorProfileRequired, UpdateConnectorProfileRequired};
use appflow_client::types::{
    AuthenticationType, BasicAuthCredentials, ConnectionMode, ConnectorOAuthRequest,
    ConnectorProfileConfig, ConnectorProfileCredentials, ConnectorProfileProperties, ConnectorType,
    CustomAuthCredentials, CustomConnectorProfileCredentials, CustomConnectorProfileProperties,
    OAuth2Credentials, OAuth2GrantType, OAuth2Properties, OAuthProperties, OAuthPropertiesRequired,
    PrivateConnectionProvisioningFailureCause, PrivateConnectionProvisioningStatus,
    SapoDataConnectorProfileCredentials, SapoDataConnectorProfileProperties,
    SapoDataConnectorProfilePropertiesRequired,
};
use serde_json::{Value, json};

use super::{at, round_trip};

const ARN: &str = "arn:aws:appflow:eu-west-1:123456789012:connectorprofile/erp";

/// An SAP system behind a private link.
fn erp() -> ConnectorProfileConfig {
    let oauth = OAuthProperties::new(OAuthPropertiesRequired {
        token_url: "https://erp.test/token".into(),
        auth_code_url: "https://erp.test/code".into(),
        oauth_scopes: vec!["orders.read".into(), "orders.write".into()],
    });
    let host = SapoDataConnectorProfilePropertiesRequired {
        application_host_url: "https://erp.test".into(),
        application_service_path: "/sap/odata".into(),
        port_number: 443,
        client_number: "100".into(),
    };
    let properties = SapoDataConnectorProfileProperties::new(host)
        .logon_language("EN")
        .private_link_service_name("com.amazonaws.vpce.eu-west-1.vpce-svc-1")
        .oauth_properties(oauth)
        .disable_sso(true);
    let credentials = SapoDataConnectorProfileCredentials::default()
        .basic_auth_credentials(BasicAuthCredentials::new("ada", "s3cret"));
    let properties = ConnectorProfileProperties::default().sapo_data(properties);
    let credentials = ConnectorProfileCredentials::default().sapo_data(credentials);
    ConnectorProfileConfig::new(properties).connector_profile_credentials(credentials)
}

fn erp_properties_json() -> Value {
    json!({
        "SAPOData": {
            "applicationHostUrl": "https://erp.test",
            "applicationServicePath": "/sap/odata",
            "portNumber": 443,
            "clientNumber": "100",
            "logonLanguage": "EN",
            "privateLinkServiceName": "com.amazonaws.vpce.eu-west-1.vpce-svc-1",
            "oAuthProperties": {
                "tokenUrl": "https://erp.test/token",
                "authCodeUrl": "https://erp.test/code",
                "oAuthScopes": ["orders.read", "orders.write"]
            },
            "disableSSO": true
        }
    })
}

/// An application that was registered as a custom connector.
fn shop() -> ConnectorProfileConfig {
    let map = |key: &str, value: &str| BTreeMap::from([(key.to_owned(), value.to_owned())]);
    let oauth2 = OAuth2Properties::new("https://shop.test/token", OAuth2GrantType::JwtBearer)
        .token_url_custom_properties(map("audience", "orders"));
    let properties = CustomConnectorProfileProperties::default()
        .profile_properties(map("shopId", "17"))
        .oauth2_properties(oauth2);
    let request = ConnectorOAuthRequest::default()
        .auth_code("code")
        .redirect_uri("https://app.test/back");
    let token = OAuth2Credentials::default()
        .client_id("id")
        .client_secret("client s3cret")
        .access_token("access")
        .refresh_token("refresh")
        .oauth_request(request);
    let custom = CustomAuthCredentials::new("HMAC").credentials_map(map("key", "s3cret"));
    let credentials = CustomConnectorProfileCredentials::new(AuthenticationType::Custom)
        .oauth2(token)
        .custom(custom);
    let properties = ConnectorProfileProperties::default().custom_connector(properties);
    let credentials = ConnectorProfileCredentials::default().custom_connector(credentials);
    ConnectorProfileConfig::new(properties).connector_profile_credentials(credentials)
}

pub(super) async fn create_connector_profile() {
    let created = round_trip(
        |client| {
            client
                .create_connector_profile(CreateConnectorProfileRequired {
                    connector_profile_name: "erp".into(),
                    connector_type: ConnectorType::SapoData,
                    connection_mode: ConnectionMode::Private,
                    connector_profile_config: erp(),
                })
                .kms_arn("arn:aws:kms:eu-west-1:123456789012:key/1234abcd")
                .connector_label("SAP")
                .client_token("made-once")
        },
        "POST /create-connector-profile",
        json!({
            "connectorProfileName": "erp",
            "kmsArn": "arn:aws:kms:eu-west-1:123456789012:key/1234abcd",
            "connectorType": "SAPOData",
            "connectorLabel": "SAP",
            "connectionMode": "Private",
            "connectorProfileConfig": {
                "connectorProfileProperties": erp_properties_json(),
                "connectorProfileCredentials": {
                    "SAPOData": {
                        "basicAuthCredentials": { "username": "ada", "password": "s3cret" }
                    }
                }
            },
            "clientToken": "made-once"
        }),
        json!({ "connectorProfileArn": ARN }),
    )
    .await;
    assert_eq!(created.connector_profile_arn.as_deref(), Some(ARN));
}

pub(super) async fn update_connector_profile() {
    let updated = round_trip(
        |client| {
            client
                .update_connector_profile(UpdateConnectorProfileRequired {
                    connector_profile_name: "shop".into(),
                    connection_mode: ConnectionMode::Public,
                    connector_profile_config: shop(),
                })
                .client_token("changed-once")
        },
        "POST /update-connector-profile",
        json!({
            "connectorProfileName": "shop",
            "connectionMode": "Public",
            "connectorProfileConfig": {
                "connectorProfileProperties": {
                    "CustomConnector": {
                        "profileProperties": { "shopId": "17" },
                        "oAuth2Properties": {
                            "tokenUrl": "https://shop.test/token",
                            "oAuth2GrantType": "JWT_BEARER",
                            "tokenUrlCustomProperties": { "audience": "orders" }
                        }
                    }
                },
                "connectorProfileCredentials": {
                    "CustomConnector": {
                        "authenticationType": "CUSTOM",
                        "oauth2": {
                            "clientId": "id",
                            "clientSecret": "client s3cret",
                            "accessToken": "access",
                            "refreshToken": "refresh",
                            "oAuthRequest": {
                                "authCode": "code",
                                "redirectUri": "https://app.test/back"
                            }
                        },
                        "custom": {
                            "customAuthenticationType": "HMAC",
                            "credentialsMap": { "key": "s3cret" }
                        }
                    }
                }
            },
            "clientToken": "changed-once"
        }),
        json!({ "connectorProfileArn": ARN }),
    )
    .await;
    assert_eq!(updated.connector_profile_arn.as_deref(), Some(ARN));
}

pub(super) async fn delete_connector_profile() {
    round_trip(
        |client| client.delete_connector_profile("erp").force_delete(false),
        "POST /delete-connector-profile",
        json!({ "connectorProfileName": "erp", "forceDelete": false }),
        json!({}),
    )
    .await;
}

pub(super) async fn describe_connector_profiles() {
    let names = ["erp", "shop"].map(str::to_owned);
    let described = round_trip(
        |client| {
            client
                .describe_connector_profiles()
                .connector_profile_names(names)
                .connector_type(ConnectorType::SapoData)
                .connector_label("SAP")
                .max_results(10)
                .next_token("page-2")
        },
        "POST /describe-connector-profiles",
        json!({
            "connectorProfileNames": ["erp", "shop"],
            "connectorType": "SAPOData",
            "connectorLabel": "SAP",
            "maxResults": 10,
            "nextToken": "page-2"
        }),
        json!({
            "connectorProfileDetails": [{
                "connectorProfileArn": ARN,
                "connectorProfileName": "erp",
                "connectorType": "SAPOData",
                "connectorLabel": "SAP",
                "connectionMode": "Private",
                "credentialsArn": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:erp",
                "connectorProfileProperties": erp_properties_json(),
                "createdAt": 1_795_222_800,
                "lastUpdatedAt": 1_795_309_323,
                "privateConnectionProvisioningState": {
                    "status": "FAILED",
                    "failureMessage": "The endpoint refuses the service.",
                    "failureCause": "ACCESS_DENIED"
                }
            }],
            "nextToken": "page-3"
        }),
    )
    .await;
    assert_eq!(described.next_token.as_deref(), Some("page-3"));
    let profiles = described.connector_profile_details.unwrap();
    let [profile] = profiles.as_slice() else {
        panic!("{profiles:?}");
    };
    let properties = profile.connector_profile_properties.as_ref();
    assert_eq!(properties, Some(&erp().connector_profile_properties));
    assert_eq!(profile.last_updated_at, Some(at(1_795_309_323)));
    let state = &profile.private_connection_provisioning_state;
    let state = state.as_ref().unwrap();
    let failed = PrivateConnectionProvisioningStatus::Failed;
    assert_eq!(state.status, Some(failed));
    let denied = PrivateConnectionProvisioningFailureCause::AccessDenied;
    assert_eq!(state.failure_cause, Some(denied));
}
