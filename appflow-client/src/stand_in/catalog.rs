//! Connectors that the account has registered. The built-in ones are not simulated.

use smithy_reqwest::mock::MockError;

use super::account::{Account, Connector, arn};
use super::refusal::{conflict, not_found, not_simulated};
use super::validate::{self, page};
use crate::operation::{
    DescribeConnectorRequest, DescribeConnectorResponse, ListConnectorsRequest,
    ListConnectorsResponse, RegisterConnectorRequest, RegisterConnectorResponse,
    UnregisterConnectorRequest, UnregisterConnectorResponse, UpdateConnectorRegistrationRequest,
    UpdateConnectorRegistrationResponse,
};
use crate::types::{ConnectorConfiguration, ConnectorDetail, ConnectorType};

impl Account {
    fn connector(&mut self, label: &str) -> Result<&mut Connector, MockError> {
        validate::connector_label(label)?;
        let connector = self.connectors.get_mut(label);
        connector.ok_or_else(|| not_found("Connector", label))
    }

    pub(super) fn register(
        &mut self,
        region: &str,
        input: RegisterConnectorRequest,
    ) -> Result<RegisterConnectorResponse, MockError> {
        let label = input.connector_label.unwrap_or_default();
        validate::connector_label(&label)?;
        validate::client_token(input.client_token.as_deref())?;
        if self.connectors.contains_key(&label) {
            return Err(conflict(format!(
                "Connector with label {label} already exists."
            )));
        }
        let connector = Connector {
            arn: arn(region, &format!("connector/{label}")),
            description: input.description,
            provisioning_type: input.connector_provisioning_type,
            provisioning: input.connector_provisioning_config,
            registered_at: self.clock.timestamp(),
        };
        let connector_arn = Some(connector.arn.clone());
        self.connectors.insert(label, connector);
        Ok(RegisterConnectorResponse { connector_arn })
    }

    pub(super) fn update_registration(
        &mut self,
        input: UpdateConnectorRegistrationRequest,
    ) -> Result<UpdateConnectorRegistrationResponse, MockError> {
        validate::client_token(input.client_token.as_deref())?;
        let connector = self.connector(&input.connector_label)?;
        connector.description = input.description;
        if let Some(provisioning) = input.connector_provisioning_config {
            connector.provisioning = Some(provisioning);
        }
        Ok(UpdateConnectorRegistrationResponse {
            connector_arn: Some(connector.arn.clone()),
        })
    }

    pub(super) fn unregister(
        &mut self,
        input: &UnregisterConnectorRequest,
    ) -> Result<UnregisterConnectorResponse, MockError> {
        let label = &input.connector_label;
        self.connector(label)?;
        let mut profiles = self.profiles.values();
        let is_in_use = profiles.any(|profile| profile.connector_label.as_ref() == Some(label));
        if is_in_use && input.force_delete != Some(true) {
            return Err(conflict(format!("Connector with label {label} is in use.")));
        }
        self.connectors.remove(label);
        Ok(UnregisterConnectorResponse {})
    }

    pub(super) fn list_connectors(
        &self,
        input: &ListConnectorsRequest,
    ) -> Result<ListConnectorsResponse, MockError> {
        let connectors = self
            .connectors
            .iter()
            .map(|(label, connector)| ConnectorDetail {
                connector_description: connector.description.clone(),
                connector_type: Some(ConnectorType::CustomConnector),
                connector_label: Some(label.clone()),
                registered_at: Some(connector.registered_at),
                connector_provisioning_type: connector.provisioning_type.clone(),
                ..ConnectorDetail::default()
            });
        let (connectors, next_token) = page(
            connectors.collect(),
            input.max_results,
            input.next_token.as_deref(),
        )?;
        Ok(ListConnectorsResponse {
            connectors: Some(connectors),
            next_token,
        })
    }

    pub(super) fn describe_connector(
        &mut self,
        input: &DescribeConnectorRequest,
    ) -> Result<DescribeConnectorResponse, MockError> {
        if input.connector_type != ConnectorType::CustomConnector {
            return Err(not_simulated("built-in connectors"));
        }
        let label = input.connector_label.as_deref().unwrap_or_default();
        let connector = self.connector(label)?.clone();
        Ok(DescribeConnectorResponse {
            connector_configuration: Some(ConnectorConfiguration {
                connector_type: Some(ConnectorType::CustomConnector),
                connector_label: Some(label.to_owned()),
                connector_description: connector.description,
                connector_arn: Some(connector.arn),
                connector_provisioning_type: connector.provisioning_type,
                connector_provisioning_config: connector.provisioning,
                registered_at: Some(connector.registered_at),
                ..ConnectorConfiguration::default()
            }),
        })
    }
}
