//! A client of Amazon AppFlow that is small enough to read. It starts flows, and does the rest of
//! what the service does.
//!
//! Every operation is a method of [`Client`]. What the operation requires is an argument, or a field of
//! a structure where it requires three things or more; what is optional is a setter on the [`Call`] that
//! the method returns. [`Call::send`] makes the call.
//!
//! # Start a flow
//!
//! ```no_run
//! use appflow_client::Client;
//! use appflow_client::types::FlowStatus;
//!
//! #[tokio::main]
//! async fn main() -> Result<(), appflow_client::Error> {
//!     let client = Client::from_env().await?;
//!     let started = client.start_flow("orders-to-s3").send().await?;
//!     if started.flow_status == Some(FlowStatus::Active) {
//!         println!("run: {:?}", started.execution_id);
//!     }
//!     Ok(())
//! }
//! ```
//!
//! [`Client::from_env`] finds the region, the credentials and the endpoint where the AWS command line
//! finds them: in environment variables, in `~/.aws/config` and `~/.aws/credentials`, and from AWS
//! itself in a container or on an instance. [`ClientBuilder::build_from_env`] lists all of it. An on-demand flow runs at once, and the
//! response has the id of the run. A scheduled or event-triggered flow is activated, and the
//! response has none.
//!
//! A client is cheap to clone, and its clones share one connection pool: make one and keep it.
//!
//! # See a run through
//!
//! [`Client::run_flow`] starts an on-demand flow and returns its [`Run`](run::Run), which is waited for,
//! followed or canceled:
//!
//! ```no_run
//! # async fn example(client: appflow_client::Client) -> Result<(), appflow_client::run::RunError> {
//! let run = client.run_flow("orders-to-s3").start().await?;
//! println!("run {}", run.execution_id());
//! let ended = run.wait().await?;
//! println!("{:?}: {} records", ended.outcome(), ended.records_processed());
//! # Ok(())
//! # }
//! ```
//!
//! The module [`run`] has more: progress, timeouts, cancellation, and resuming in another process.
//!
//! # Operations
//!
//! - Flows: [`create_flow`](Client::create_flow), [`update_flow`](Client::update_flow),
//!   [`describe_flow`](Client::describe_flow), [`list_flows`](Client::list_flows),
//!   [`delete_flow`](Client::delete_flow).
//! - Their runs: [`start_flow`](Client::start_flow), [`stop_flow`](Client::stop_flow),
//!   [`cancel_flow_executions`](Client::cancel_flow_executions),
//!   [`describe_flow_execution_records`](Client::describe_flow_execution_records).
//! - Connector profiles, which hold the credentials of an application:
//!   [`create_connector_profile`](Client::create_connector_profile),
//!   [`update_connector_profile`](Client::update_connector_profile),
//!   [`describe_connector_profiles`](Client::describe_connector_profiles),
//!   [`delete_connector_profile`](Client::delete_connector_profile).
//! - Connectors, those of the service and your own:
//!   [`describe_connector`](Client::describe_connector),
//!   [`describe_connectors`](Client::describe_connectors),
//!   [`list_connectors`](Client::list_connectors),
//!   [`register_connector`](Client::register_connector),
//!   [`update_connector_registration`](Client::update_connector_registration),
//!   [`unregister_connector`](Client::unregister_connector).
//! - What an application has: [`list_connector_entities`](Client::list_connector_entities),
//!   [`describe_connector_entity`](Client::describe_connector_entity),
//!   [`reset_connector_metadata_cache`](Client::reset_connector_metadata_cache).
//! - Tags: [`tag_resource`](Client::tag_resource), [`untag_resource`](Client::untag_resource),
//!   [`list_tags_for_resource`](Client::list_tags_for_resource).
//!
//! The module [`operation`] has what each sends and returns, and [`types`] what that is made of.
//!
//! # Make a flow
//!
//! Types are built as calls are: what is required goes into `new`, and the rest are setters. Nothing can
//! be left out or swapped: from three required members on they are named.
//! This flow copies all fields of orders from Salesforce to a bucket. The connector profile `sales`
//! has been made before.
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
//!     .description("All orders, as they are")
//!     .tags([("team", "sales")])
//!     .send()
//!     .await?;
//!
//! let flow = client.describe_flow("orders-to-s3").send().await?;
//! println!("{:?}, made at {:?}", flow.flow_status, flow.created_at);
//! # Ok(())
//! # }
//! ```
//!
//! [`update_flow`](Client::update_flow) is not atomic for on-demand flows: a run that is started right
//! after it may still use the old configuration.
//!
//! # Settings in code
//!
//! [`ClientBuilder::build`] takes the region, the credentials and the endpoint from code alone:
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
//! Credentials that change are given by a type of your own: see [`ProvideCredentials`], and
//! [`CachedCredentials`], which keeps them until they end.
//!
//! # Credentials
//!
//! [`Client::from_env`] takes the first of these that is set up:
//!
//! | source | set up by |
//! |---|---|
//! | keys | `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN` |
//! | role of the profile | `role_arn` with `source_profile` or `credential_source` |
//! | web identity | `AWS_WEB_IDENTITY_TOKEN_FILE`, `AWS_ROLE_ARN`: Kubernetes on AWS |
//! | profile | IAM Identity Center (`aws sso login`), keys, `aws login`, or a process |
//! | container | `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI` or `…_FULL_URI`: Amazon ECS, EKS, Lambda |
//! | instance | nothing: the role of an Amazon EC2 instance |
//!
//! Credentials that expire are replaced in time, and so are those that AppFlow refuses as expired. A
//! source that is set up and fails is an error: no call is made with another identity.
//! [`ClientBuilder::profile`] chooses a profile in code, which is then the only source.
//!
//! The profile is that of `AWS_PROFILE` or `AWS_DEFAULT_PROFILE`, or else `default`. These are the places
//! and the order of the AWS CLI: see [`credentials`] for all of them, and for the types that are
//! created in code. To call AppFlow as a role:
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use appflow_client::credentials::AssumeRole;
//! use appflow_client::{Client, Credentials};
//!
//! let base = Credentials::new("AKIDEXAMPLE", "secret", None);
//! let role = AssumeRole::builder("arn:aws:iam::123456789012:role/nightly").source(base);
//! let client = Client::builder()
//!     .region("us-east-1")
//!     .credentials(role.build()?)
//!     .build()?;
//! # drop(client);
//! # Ok(())
//! # }
//! ```
//!
//! # Repeat a call safely
//!
//! `StartFlow` has an idempotency token. AppFlow remembers a token for 8 hours, and the same token
//! again within that time does not start the flow twice.
//!
//! - The client itself tries again where that may help, with three attempts a call unless you say
//!   otherwise, and sends the same token each time. See [`ClientBuilder::max_attempts`], and [`ClientBuilder::call_timeout`] for
//!   how long all of that may take.
//! - A token of your own, set with `client_token`, makes a repeated call safe: send the same one
//!   each time.
//! - A token that the client fills in lasts for one call. A second call has another token, and so
//!   is a second start.
//!
//! # Read page by page
//!
//! Five operations answer in pages. [`Call::pages`] reads one page after the other, and
//! [`Call::items`] gives what is in them. Each page is a call of its own, made when it is asked
//! for:
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
//! An error ends the pages. So does a token that repeats: it is an error too, and not a loop without
//! end. [`Pages`] and [`Items`] are streams, for those who use the `futures` crate.
//!
//! `DescribeConnectors` has pages and no items, since there are two kinds of things in its pages.
//! What pages are made of is [`FlowDefinition`](types::FlowDefinition) for `ListFlows`,
//! [`ConnectorDetail`](types::ConnectorDetail) for `ListConnectors`,
//! [`ConnectorProfile`](types::ConnectorProfile) for `DescribeConnectorProfiles`, and
//! [`ExecutionRecord`](types::ExecutionRecord) for `DescribeFlowExecutionRecords`.
//!
//! # Errors
//!
//! All calls fail with one type, [`Error`]. It prints as one line with the operation, the error
//! code, the message, the status and the request id. Typed variants, predicates and the code tell
//! errors apart, so no message has to be searched:
//!
//! ```no_run
//! use appflow_client::{Client, Error, ErrorKind, ServiceError};
//!
//! # async fn example(client: Client) -> Result<(), Error> {
//! match client.start_flow("orders-to-s3").send().await {
//!     Ok(started) => println!("run: {:?}", started.execution_id),
//!     Err(error) if error.is_throttling() => eprintln!("too many calls, try later: {error}"),
//!     Err(error) => match error.kind() {
//!         ErrorKind::Service(ServiceError::ResourceNotFoundException(_)) => {
//!             eprintln!("there is no such flow in this region");
//!         }
//!         ErrorKind::Service(ServiceError::ConflictException(conflict)) => {
//!             eprintln!("the token is taken: {:?}", conflict.message);
//!         }
//!         // The model does not declare it, but the code is kept.
//!         ErrorKind::Unmodeled if error.code() == Some("ExpiredTokenException") => {
//!             eprintln!("the credentials have expired");
//!         }
//!         _ => return Err(error),
//!     },
//! }
//! # Ok(())
//! # }
//! ```
//!
//! `StartFlow` declares the first four of these errors. The other three arrive for any operation.
//! All seven are variants of [`ServiceError`].
//!
//! | variant | status | what to do |
//! |---|---|---|
//! | [`ConflictException`](ServiceError::ConflictException) | 409 | if the token had another use in the last 8 hours, give a new one |
//! | [`InternalServerException`](ServiceError::InternalServerException) | 500 | try again later, with the same token of your own |
//! | [`ResourceNotFoundException`](ServiceError::ResourceNotFoundException) | 404 | check the name of the flow, and that the client's region is the flow's |
//! | [`ServiceQuotaExceededException`](ServiceError::ServiceQuotaExceededException) | 402 | wait until other runs have ended, or have the quota raised |
//! | [`ThrottlingException`](ServiceError::ThrottlingException) | 429 | wait, then try again; [`is_throttling`](Error::is_throttling) is true |
//! | [`ValidationException`](ServiceError::ValidationException) | 400 | correct the request: a flow name has 2 to 256 letters, digits and `_!@#.-`, and no spaces |
//! | [`AccessDeniedException`](ServiceError::AccessDeniedException) | 403 | allow the action `appflow:StartFlow` on the flow in the caller's IAM policy |
//!
//! [`code`](Error::code), [`message`](Error::message), [`status`](Error::status) and
//! [`request_id`](Error::request_id) are there for every error that the service answers with,
//! whether its model declares it or not. [`is_retryable`](Error::is_retryable) tells whether the
//! same call may succeed when it is made again, and [`attempts`](Error::attempts) how often the
//! client has tried. [`ErrorKind`] lists what can go wrong without an answer.
//!
//! # Test without a network
//!
//! A closure can take the place of the HTTP client: see [`ClientBuilder::transport`]. It gets the
//! request as it would be sent, signed, and gives the response.
//!
//! ```
//! use appflow_client::types::FlowStatus;
//! use appflow_client::{Body, Client, Credentials, Error, http};
//!
//! /// Stands in for AppFlow, which has one flow here.
//! async fn appflow(request: http::Request<Body>) -> http::Result<http::Response<&'static str>> {
//!     assert_eq!(request.method(), "POST");
//!     assert_eq!(request.uri().path(), "/start-flow");
//!     match request.body().bytes().map(|bytes| &bytes[..]) {
//!         Some(br#"{"flowName":"orders-to-s3","clientToken":"nightly"}"#) => {
//!             http::Response::builder().body(r#"{"flowStatus":"Active","executionId":"run-1"}"#)
//!         }
//!         _ => http::Response::builder()
//!             .status(404)
//!             .header("x-amzn-errortype", "ResourceNotFoundException")
//!             .body(r#"{"message":"There is no such flow."}"#),
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Error> {
//! let client = Client::builder()
//!     .region("us-east-1")
//!     .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
//!     .transport(appflow)
//!     .build()?;
//!
//! let started = client.start_flow("orders-to-s3").client_token("nightly").send().await?;
//! assert_eq!(started.flow_status, Some(FlowStatus::Active));
//! assert_eq!(started.execution_id.as_deref(), Some("run-1"));
//!
//! let error = client.start_flow("no-such-flow").send().await.unwrap_err();
//! assert_eq!(
//!     error.to_string(),
//!     "StartFlow: ResourceNotFoundException: There is no such flow. (status 404)"
//! );
//! # Ok(())
//! # }
//! ```
//!
//! With the feature `stand-in`, the module `stand_in` has AppFlow in memory, with flows, runs, a clock
//! and faults that the test controls, and typed mocks of single operations.
//!
//! [`ClientBuilder::time_source`] and [`ClientBuilder::token_source`] fix what else differs from
//! run to run, and [`ClientBuilder::environment`] takes the place of the process's variables.
//!
//! # Features
//!
//! | feature | TLS |
//! |---|---|
//! | `rustls-ring` (default) | rustls on ring, with the platform's root certificates |
//! | `rustls-aws-lc` | rustls on aws-lc, with the platform's root certificates |
//! | `native-tls` | the platform's own TLS library |
//!
//! To change it, turn the default features off. With none of the three, hand in an HTTP client of
//! your own with [`ClientBuilder::http_client`]; `reqwest` is re-exported for that.
//!
//! | feature | adds |
//! |---|---|
//! | `jiff` | conversions between [`Timestamp`] and `jiff::Timestamp` |
//! | `stand-in` | the module `stand_in`: AppFlow in memory, and typed mocks, for tests |
//! | `blocking` | the module `blocking`: calls that block the thread |
//! | `cli` | the command `appflow` |
//!
//! # How it was generated
//!
//! `cargo codegen` wrote `src/generated` and `tests/generated` from `model/appflow.json`, a Smithy
//! model, as `[package.metadata.codegen]` in the manifest says. They are not edited by hand. This
//! page is. What the operations have in common (signing, sending, errors) is in the crate
//! `smithy-reqwest`, and the generator is `smithy-reqwest-codegen`.

// The documentation on docs.rs tells of every item which feature it needs.
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "blocking")]
#[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
pub mod blocking;
#[rustfmt::skip]
mod generated;
pub mod run;
#[cfg(feature = "stand-in")]
#[cfg_attr(docsrs, doc(cfg(feature = "stand-in")))]
pub mod stand_in;

#[doc(no_inline)]
pub use generated::operation::*;
pub use generated::*;
pub use smithy_reqwest::pagination::{Items, Pages};
pub use smithy_reqwest::{
    Body, Bytes, CachedCredentials, Credentials, CredentialsError, CredentialsFuture,
    EnvironmentVariables, ProvideCredentials, Timestamp, Transport, TransportError, credentials,
    http, http_client_builder, reqwest, retry,
};

/// Compiles the code of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
