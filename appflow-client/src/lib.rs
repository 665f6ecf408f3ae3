//! A small, readable client for Amazon AppFlow: start flows, wait for their runs, and manage flows,
//! connectors and connector profiles.
//!
//! ```no_run
//! use appflow_client::Client;
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let client = Client::from_env().await?;
//!     let run = client.run_flow("orders-to-s3").start().await?;
//!     let ended = run.wait().await?.into_success()?;
//!     println!("{} records", ended.records_processed());
//!     Ok(())
//! }
//! ```
//!
//! [`Client::from_env`] finds the region, credentials and endpoint in the same places as the AWS
//! CLI. A client is cheap to clone, and clones share connections: create one and keep it.
//!
//! The [guide] has a page for each common task: [starting flows and waiting](guide::start),
//! [retries](guide::retry), [credentials](guide::credentials), [errors](guide::error),
//! [testing](guide::testing), [timeouts](guide::timeout), [proxies](guide::proxy),
//! [tracing](guide::tracing), and [troubleshooting](guide::troubleshooting) by error message.
//!
//! # Operations
//!
//! Every operation is a method of [`Client`]. Required fields are arguments, or fields of a
//! structure if there are three or more. Optional fields are setters on the request builder, a
//! [`Call`], that the method returns. [`Call::send`] or `.await` sends the request.
//!
//! - Flows: [`create_flow`](Client::create_flow), [`update_flow`](Client::update_flow),
//!   [`describe_flow`](Client::describe_flow), [`list_flows`](Client::list_flows),
//!   [`delete_flow`](Client::delete_flow).
//! - Runs: [`run_flow`](Client::run_flow), which is built on [`start_flow`](Client::start_flow);
//!   [`stop_flow`](Client::stop_flow),
//!   [`cancel_flow_executions`](Client::cancel_flow_executions),
//!   [`describe_flow_execution_records`](Client::describe_flow_execution_records).
//! - Connector profiles, which hold the credentials of an application:
//!   [`create_connector_profile`](Client::create_connector_profile),
//!   [`update_connector_profile`](Client::update_connector_profile),
//!   [`describe_connector_profiles`](Client::describe_connector_profiles),
//!   [`delete_connector_profile`](Client::delete_connector_profile).
//! - Connectors: [`describe_connector`](Client::describe_connector),
//!   [`describe_connectors`](Client::describe_connectors),
//!   [`list_connectors`](Client::list_connectors),
//!   [`register_connector`](Client::register_connector),
//!   [`update_connector_registration`](Client::update_connector_registration),
//!   [`unregister_connector`](Client::unregister_connector).
//! - Entities of an application: [`list_connector_entities`](Client::list_connector_entities),
//!   [`describe_connector_entity`](Client::describe_connector_entity),
//!   [`reset_connector_metadata_cache`](Client::reset_connector_metadata_cache).
//! - Tags: [`tag_resource`](Client::tag_resource), [`untag_resource`](Client::untag_resource),
//!   [`list_tags_for_resource`](Client::list_tags_for_resource).
//!
//! The module [`operation`] contains requests and responses, and [`types`] the types they consist
//! of.
//!
//! # Create a flow
//!
//! Types are created from their required fields, with `new` or with a structure that names them, so
//! that none can be left out or swapped. This flow copies all fields of orders from Salesforce to a
//! bucket, and uses an existing connector profile, `sales`.
//!
//! ```no_run
//! use appflow_client::CreateFlowRequired;
//! use appflow_client::types::{
//!     ConnectorType, DestinationConnectorProperties, DestinationFlowConfig,
//!     S3DestinationProperties, SalesforceSourceProperties, SourceConnectorProperties,
//!     SourceFlowConfig, Task, TaskType, TriggerConfig, TriggerType,
//! };
//!
//! # async fn example(client: appflow_client::Client) -> Result<(), appflow_client::Error> {
//! let orders = SalesforceSourceProperties::new("Order").include_deleted_records(true);
//! let source = SourceFlowConfig::new(
//!     ConnectorType::Salesforce,
//!     SourceConnectorProperties::default().salesforce(orders),
//! );
//! let bucket = S3DestinationProperties::new("my-bucket").bucket_prefix("raw");
//! let destination = DestinationFlowConfig::new(
//!     ConnectorType::S3,
//!     DestinationConnectorProperties::default().s3(bucket),
//! );
//! client
//!     .create_flow(CreateFlowRequired {
//!         flow_name: "orders-to-s3".into(),
//!         trigger_config: TriggerConfig::new(TriggerType::OnDemand),
//!         source_flow_config: source.connector_profile_name("sales"),
//!         destination_flow_config_list: vec![destination],
//!         tasks: vec![Task::new(Vec::<String>::new(), TaskType::MapAll)],
//!     })
//!     .description("All orders, unchanged")
//!     .tags([("team", "sales")])
//!     .send()
//!     .await?;
//!
//! let flow = client.describe_flow("orders-to-s3").send().await?;
//! println!("{:?}, created at {:?}", flow.flow_status, flow.created_at);
//! # Ok(())
//! # }
//! ```
//!
//! [`update_flow`](Client::update_flow) is not atomic for on-demand flows: a run that is started
//! right after it may still use the old configuration.
//!
//! # Settings
//!
//! [`Client::builder`] sets the same things in code. `build` uses only these settings and does no
//! I/O except reading certificates; `build_from_env` takes everything that is not set from the
//! environment.
//!
//! ```no_run
//! use appflow_client::{Client, Credentials};
//!
//! # async fn example() -> Result<(), appflow_client::Error> {
//! let client = Client::builder()
//!     .region("us-east-1")
//!     .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
//!     .endpoint_url("http://127.0.0.1:8080")
//!     .build()?;
//! let started = client
//!     .start_flow("orders-to-s3")
//!     .client_token("2026-11-22-nightly")
//!     .send()
//!     .await?;
//! # drop(started);
//! # Ok(())
//! # }
//! ```
//!
//! [`ClientBuilder`] lists all settings.
//!
//! # Pagination
//!
//! Five operations return their results in pages. [`Call::pages`] reads pages one after the other,
//! and [`Call::items`] reads their items. Each page is requested when it is needed:
//!
//! ```no_run
//! # async fn example(client: appflow_client::Client) -> Result<(), appflow_client::Error> {
//! let mut flows = client.list_flows().max_results(100).items();
//! while let Some(flow) = flows.next().await {
//!     println!("{:?}", flow?.flow_name);
//! }
//!
//! let connectors: Vec<_> = client.list_connectors().items().try_collect().await?;
//! println!("{} connectors", connectors.len());
//! # Ok(())
//! # }
//! ```
//!
//! Both are streams of the `futures` crate. A stream ends after an error. `DescribeConnectors` has
//! pages but no items, because its pages contain two lists.
//!
//! # Errors of `StartFlow`
//!
//! The model declares the first four for `StartFlow`. The other three can be returned by any
//! operation. All are variants of [`ServiceError`].
//!
//! | variant | status | solution |
//! |---|---|---|
//! | [`ConflictException`](ServiceError::ConflictException) | 409 | if the token was used for another request in the last 8 hours, use a new one |
//! | [`InternalServerException`](ServiceError::InternalServerException) | 500 | try again later, with the same token |
//! | [`ResourceNotFoundException`](ServiceError::ResourceNotFoundException) | 404 | check the name of the flow and the region |
//! | [`ServiceQuotaExceededException`](ServiceError::ServiceQuotaExceededException) | 402 | wait until other runs have ended, or request a higher quota |
//! | [`ThrottlingException`](ServiceError::ThrottlingException) | 429 | wait, then try again |
//! | [`ValidationException`](ServiceError::ValidationException) | 400 | correct the request: a flow name has 2 to 256 letters, digits and `_!@#.-`, and no spaces |
//! | [`AccessDeniedException`](ServiceError::AccessDeniedException) | 403 | allow the action `appflow:StartFlow` on the flow in the IAM policy of the caller |
//!
//! # Features
//!
//! | feature | TLS |
//! |---|---|
//! | `rustls-ring` (default) | rustls on ring, with the platform's root certificates |
//! | `rustls-aws-lc` | rustls on aws-lc, with the platform's root certificates |
//! | `native-tls` | the platform's own TLS library |
//!
//! To use another TLS library, disable the default features. Without any of the three, pass an HTTP
//! client to `http_client` on the builder; `reqwest` is re-exported for that.
//!
//! | feature | adds |
//! |---|---|
//! | `jiff` | conversions between [`Timestamp`] and `jiff::Timestamp` |
//! | `stand-in` | the module `stand_in`: AppFlow in memory, and typed mocks, for tests |
//! | `blocking` | the module `blocking`: methods that block the thread |
//! | `cli` | the command `appflow` |
//!
//! # Generated code
//!
//! `cargo codegen` generates `src/generated` and `tests/generated` from `model/appflow.json`, a
//! Smithy model. The rest of this crate is written by hand. Signing, sending and errors are
//! implemented in the crate `smithy-reqwest`; the generator is `smithy-reqwest-codegen`.

// The documentation on docs.rs shows which feature an item requires.
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "blocking")]
#[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
pub mod blocking;
#[rustfmt::skip]
mod generated;
pub mod generic;
pub mod guide;
pub mod run;
#[cfg(feature = "stand-in")]
#[cfg_attr(docsrs, doc(cfg(feature = "stand-in")))]
pub mod stand_in;

#[doc(no_inline)]
pub use generated::operation::*;
pub use generated::*;
#[doc(inline)]
pub use smithy_reqwest::pagination::{Items, Pages};
#[doc(inline)]
pub use smithy_reqwest::{
    Body, Bytes, CachedCredentials, Credentials, CredentialsError, CredentialsFuture,
    EnvironmentVariables, ProvideCredentials, Timestamp, Transport, TransportError, credentials,
    http_client_builder, retry,
};
pub use smithy_reqwest::{http, reqwest};

/// Compiles the code of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
