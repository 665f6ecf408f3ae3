//! What an application has: its entities, such as objects and tables, and their fields.

use appflow_client::types::{ConnectorType, Operator, WriteOperationType};
use serde_json::json;

use super::round_trip;

pub(super) async fn list_connector_entities() {
    let listed = round_trip(
        |client| {
            client
                .list_connector_entities()
                .connector_profile_name("sales")
                .connector_type(ConnectorType::Salesforce)
                .entities_path("/objects")
                .api_version("60.0")
                .max_results(1000)
                .next_token("page-2")
        },
        "POST /list-connector-entities",
        json!({
            "connectorProfileName": "sales",
            "connectorType": "Salesforce",
            "entitiesPath": "/objects",
            "apiVersion": "60.0",
            "maxResults": 1000,
            "nextToken": "page-2"
        }),
        json!({
            "connectorEntityMap": {
                "Objects": [
                    { "name": "Order", "label": "Orders", "hasNestedEntities": true },
                    { "name": "Account", "hasNestedEntities": false }
                ],
                "Events": []
            },
            "nextToken": "page-3"
        }),
    )
    .await;
    assert_eq!(listed.next_token.as_deref(), Some("page-3"));
    let entities = listed.connector_entity_map;
    assert_eq!(entities["Events"], []);
    let [order, account] = entities["Objects"].as_slice() else {
        panic!("{entities:?}");
    };
    assert_eq!(order.label.as_deref(), Some("Orders"));
    assert!(order.has_nested_entities && !account.has_nested_entities);
}

pub(super) async fn describe_connector_entity() {
    let described = round_trip(
        |client| {
            client
                .describe_connector_entity("Order")
                .connector_type(ConnectorType::Salesforce)
                .connector_profile_name("sales")
                .api_version("60.0")
        },
        "POST /describe-connector-entity",
        json!({
            "connectorEntityName": "Order",
            "connectorType": "Salesforce",
            "connectorProfileName": "sales",
            "apiVersion": "60.0"
        }),
        json!({
            "connectorEntityFields": [{
                "identifier": "Amount",
                "parentIdentifier": "Order",
                "label": "Amount",
                "isPrimaryKey": false,
                "defaultValue": "0",
                "isDeprecated": true,
                "supportedFieldTypeDetails": {
                    "v1": {
                        "fieldType": "currency",
                        "filterOperators": ["LESS_THAN", "BETWEEN"],
                        "supportedValues": ["0", "1"],
                        "valueRegexPattern": "[0-9]+",
                        "supportedDateFormat": "yyyy",
                        "fieldValueRange": { "maximum": 1.5e300, "minimum": -0.5 },
                        "fieldLengthRange": { "maximum": 18.0, "minimum": 1.0 }
                    }
                },
                "description": "What the order costs",
                "sourceProperties": {
                    "isRetrievable": true,
                    "isQueryable": false,
                    "isTimestampFieldForIncrementalQueries": true
                },
                "destinationProperties": {
                    "isCreatable": true,
                    "isNullable": false,
                    "isUpsertable": true,
                    "isUpdatable": false,
                    "isDefaultedOnCreate": true,
                    "supportedWriteOperations": ["DELETE"]
                },
                "customProperties": { "unit": "EUR" }
            }]
        }),
    )
    .await;
    let fields = described.connector_entity_fields;
    let [amount] = fields.as_slice() else {
        panic!("{fields:?}");
    };
    assert!(amount.is_deprecated && !amount.is_primary_key);
    let details = &amount.supported_field_type_details.as_ref().unwrap().v1;
    let operators = [Operator::LessThan, Operator::Between];
    assert_eq!(details.filter_operators, operators);
    let range = details.field_value_range.as_ref().unwrap();
    assert_eq!((range.minimum, range.maximum), (-0.5, 1.5e300));
    let source = amount.source_properties.as_ref().unwrap();
    assert!(source.is_timestamp_field_for_incremental_queries);
    let destination = amount.destination_properties.as_ref().unwrap();
    let writes = destination.supported_write_operations.as_ref().unwrap();
    assert_eq!(writes[..], [WriteOperationType::Delete]);
    let properties = amount.custom_properties.as_ref().unwrap();
    assert_eq!(properties["unit"], "EUR");
}

pub(super) async fn reset_connector_metadata_cache() {
    round_trip(
        |client| {
            client
                .reset_connector_metadata_cache()
                .connector_profile_name("sales")
                .connector_type(ConnectorType::Salesforce)
                .connector_entity_name("Order")
                .entities_path("/objects")
                .api_version("60.0")
        },
        "POST /reset-connector-metadata-cache",
        json!({
            "connectorProfileName": "sales",
            "connectorType": "Salesforce",
            "connectorEntityName": "Order",
            "entitiesPath": "/objects",
            "apiVersion": "60.0"
        }),
        json!({}),
    )
    .await;
}
