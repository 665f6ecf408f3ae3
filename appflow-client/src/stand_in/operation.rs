//! The table of the operations.

use std::sync::{Arc, Mutex, PoisonError};

use smithy_reqwest::mock::{Mock, MockError};
use smithy_reqwest::operation::Request;

use super::account::Account;
use super::refusal::not_simulated;
use super::validate;
use crate::http::HeaderMap;
use crate::operation::{
    CancelFlowExecutionsRequest, CreateConnectorProfileRequest, CreateFlowRequest,
    DeleteConnectorProfileRequest, DeleteFlowRequest, DescribeConnectorEntityRequest,
    DescribeConnectorProfilesRequest, DescribeConnectorRequest, DescribeConnectorsRequest,
    DescribeFlowExecutionRecordsRequest, DescribeFlowRequest, ListConnectorEntitiesRequest,
    ListConnectorsRequest, ListFlowsRequest, ListTagsForResourceRequest, RegisterConnectorRequest,
    ResetConnectorMetadataCacheRequest, ResetConnectorMetadataCacheResponse, StartFlowRequest,
    StopFlowRequest, TagResourceRequest, UnregisterConnectorRequest, UntagResourceRequest,
    UpdateConnectorProfileRequest, UpdateConnectorRegistrationRequest, UpdateFlowRequest,
};

/// Returns the operations, as functions of the state of an account.
pub(super) fn all(account: &Arc<Mutex<Account>>) -> Mock {
    let mock = flows(Table {
        mock: Mock::new(),
        account: Arc::clone(account),
    });
    connectors(mock).mock
}

fn flows(table: Table) -> Table {
    table
        .on(|it, region, input: StartFlowRequest| it.start_flow(region, &input))
        .on(|it, region, input: StopFlowRequest| it.stop_flow(region, &input))
        .on(|it, _, input: DescribeFlowExecutionRecordsRequest| it.records(&input))
        .on(|it, _, input: CancelFlowExecutionsRequest| it.cancel(&input))
        .on(|it, region, input: CreateFlowRequest| it.create_flow(region, input))
        .on(|it, _, input: UpdateFlowRequest| it.update_flow(input))
        .on(|it, _, input: DeleteFlowRequest| it.delete_flow(&input))
        .on(|it, region, input: DescribeFlowRequest| it.describe_flow(region, &input))
        .on(|it, region, input: ListFlowsRequest| it.list_flows(region, &input))
        .on(|it, _, input: TagResourceRequest| it.tag(input))
        .on(|it, _, input: UntagResourceRequest| it.untag(&input))
        .on(|it, _, input: ListTagsForResourceRequest| it.list_tags(&input))
}

fn connectors(table: Table) -> Table {
    table
        .on(|it, region, input: CreateConnectorProfileRequest| it.create_profile(region, input))
        .on(|it, _, input: UpdateConnectorProfileRequest| it.update_profile(input))
        .on(|it, _, input: DescribeConnectorProfilesRequest| it.describe_profiles(&input))
        .on(|it, _, input: DeleteConnectorProfileRequest| it.delete_profile(&input))
        .on(|it, region, input: RegisterConnectorRequest| it.register(region, input))
        .on(|it, _, input: UpdateConnectorRegistrationRequest| it.update_registration(input))
        .on(|it, _, input: UnregisterConnectorRequest| it.unregister(&input))
        .on(|it, _, input: ListConnectorsRequest| it.list_connectors(&input))
        .on(|it, _, input: DescribeConnectorRequest| it.describe_connector(&input))
        .on(|_, _, _: DescribeConnectorsRequest| Err(not_simulated("built-in connectors")))
        .on(|_, _, _: ListConnectorEntitiesRequest| Err(not_simulated("entities of applications")))
        .on(|_, _, _: DescribeConnectorEntityRequest| {
            Err(not_simulated("entities of applications"))
        })
        .on(|it, _, input: ResetConnectorMetadataCacheRequest| {
            let profile = input.connector_profile_name.as_deref();
            profile.map_or(Ok(()), validate::profile_name)?;
            it.check_profile(profile)?;
            Ok(ResetConnectorMetadataCacheResponse {})
        })
}

/// Operations that share an account.
struct Table {
    mock: Mock,
    account: Arc<Mutex<Account>>,
}

impl Table {
    /// Adds an operation: a function of the account, of the region of the signature, and of the
    /// input.
    fn on<R: Request>(
        self,
        answer: impl Fn(&mut Account, &str, R) -> Result<R::Response, MockError> + Send + Sync + 'static,
    ) -> Self {
        let account = Arc::clone(&self.account);
        let mock = self.mock.on_with_headers(move |input: R, headers| {
            let mut account = account.lock().unwrap_or_else(PoisonError::into_inner);
            answer(&mut account, signing_region(headers), input)
        });
        Self { mock, ..self }
    }
}

/// Returns the region in `Credential=<key>/<date>/<region>/appflow/aws4_request`.
fn signing_region(headers: &HeaderMap) -> &str {
    let authorization = headers.get("authorization");
    let authorization = authorization.and_then(|value| value.to_str().ok());
    let scope = authorization.and_then(|value| value.split('/').nth(2));
    scope.unwrap_or("us-east-1")
}
