//! Reads a list of 1,000 flows and writes a request of 200 tasks with the official SDK, and prints
//! how many MB a second. Its serializers are private, so these are whole calls, unsigned, over a
//! connection that is replayed.

use std::hint::black_box;
use std::sync::{Arc, Mutex};

use aws_sdk_appflow::config::http::{HttpRequest, HttpResponse};
use aws_sdk_appflow::config::{BehaviorVersion, Region, RuntimeComponents};
use aws_sdk_appflow::operation::create_flow::builders::CreateFlowInputBuilder;
use aws_sdk_appflow::types::{
    ConnectorOperator, ConnectorType, DestinationConnectorProperties, DestinationFlowConfig,
    OperatorPropertiesKeys, S3DestinationProperties, SalesforceConnectorOperator,
    SalesforceSourceProperties, SourceConnectorProperties, SourceFlowConfig, Task, TaskType,
    TriggerConfig, TriggerType,
};
use aws_sdk_appflow::{Client, Config};
use aws_smithy_runtime_api::client::auth::AuthSchemeId;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use driver::codec::{Work, creation, fields, flows, print_speeds};
use tokio::runtime::Builder;

/// A connection that gives the same response to every request, and keeps the length of the last.
#[derive(Debug, Clone)]
struct Replayed {
    body: &'static str,
    sent: Arc<Mutex<usize>>,
}

impl HttpConnector for Replayed {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let bytes = request.body().bytes().unwrap_or_default();
        *self.sent.lock().expect("no thread panicked") = bytes.len();
        let status = 200.try_into().expect("it is a status");
        HttpConnectorFuture::ready(Ok(HttpResponse::new(status, self.body.into())))
    }
}

impl HttpClient for Replayed {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

fn main() {
    let runtime = Builder::new_current_thread().enable_time().build();
    let runtime = runtime.expect("a runtime can be built");
    let list: &'static str = flows().leak();
    let sent = Arc::new(Mutex::new(0));
    let (reader, writer) = (client(list, &sent), client("{}", &sent));
    let request = request();
    let read = || {
        let response = runtime.block_on(reader.list_flows().send());
        response.expect("the list is read")
    };
    let write = || {
        let response = runtime.block_on(request.clone().send_with(&writer));
        response.expect("the request is written")
    };
    assert_eq!(read().flows().len(), 1_000);
    write();
    let length = *sent.lock().expect("no thread panicked");
    assert_eq!(length, creation().len());

    print_speeds(&[
        Work {
            length: list.len(),
            run: &|| drop(black_box(read())),
        },
        Work {
            length,
            run: &|| drop(black_box(write())),
        },
    ]);
}

fn client(body: &'static str, sent: &Arc<Mutex<usize>>) -> Client {
    let sent = Arc::clone(sent);
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .allow_no_auth()
        .auth_scheme_preference([AuthSchemeId::from("no_auth")])
        .http_client(Replayed { body, sent });
    Client::from_conf(config.build())
}

/// The request whose body [`creation`] is.
fn request() -> CreateFlowInputBuilder {
    let salesforce = SalesforceSourceProperties::builder()
        .object("Order")
        .build();
    let s3 = S3DestinationProperties::builder()
        .bucket_name("orders")
        .build();
    let source = SourceConnectorProperties::builder()
        .salesforce(salesforce.expect("it is complete"))
        .build();
    let destination = DestinationConnectorProperties::builder()
        .s3(s3.expect("it is complete"))
        .build();
    let source = SourceFlowConfig::builder()
        .connector_type(ConnectorType::Salesforce)
        .source_connector_properties(source)
        .build();
    let destination = DestinationFlowConfig::builder()
        .connector_type(ConnectorType::S3)
        .destination_connector_properties(destination)
        .build();
    let trigger = TriggerConfig::builder()
        .trigger_type(TriggerType::Ondemand)
        .build();
    CreateFlowInputBuilder::default()
        .flow_name("orders-to-s3")
        .description("Copies the orders of all regions")
        .trigger_config(trigger.expect("it is complete"))
        .source_flow_config(source.expect("it is complete"))
        .destination_flow_config_list(destination.expect("it is complete"))
        .set_tasks(Some(fields().iter().map(task).collect()))
        .client_token("e8ec0de5-0000-4000-8000-000000000001")
}

fn task(field: &String) -> Task {
    let operator = ConnectorOperator::builder()
        .salesforce(SalesforceConnectorOperator::NoOp)
        .build();
    let task = Task::builder()
        .source_fields(field)
        .connector_operator(operator)
        .destination_field(field)
        .task_type(TaskType::Map)
        .task_properties(OperatorPropertiesKeys::DestinationDataType, "string")
        .task_properties(OperatorPropertiesKeys::SourceDataType, "string");
    task.build().expect("it is complete")
}
