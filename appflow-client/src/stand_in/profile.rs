//! Connector profiles. Their credentials are not kept.

use smithy_reqwest::mock::MockError;

use super::account::{Account, arn};
use super::refusal::{conflict, not_found};
use super::validate::{self, page};
use crate::operation::{
    CreateConnectorProfileRequest, CreateConnectorProfileResponse, DeleteConnectorProfileRequest,
    DeleteConnectorProfileResponse, DescribeConnectorProfilesRequest,
    DescribeConnectorProfilesResponse, UpdateConnectorProfileRequest,
    UpdateConnectorProfileResponse,
};
use crate::types::ConnectorProfile;

impl Account {
    /// Returns an error if a flow names a profile that does not exist.
    pub(super) fn check_profile(&self, name: Option<&str>) -> Result<(), MockError> {
        match name {
            Some(name) if !self.profiles.contains_key(name) => {
                Err(not_found("Connector profile", name))
            }
            _ => Ok(()),
        }
    }

    pub(super) fn create_profile(
        &mut self,
        region: &str,
        input: CreateConnectorProfileRequest,
    ) -> Result<CreateConnectorProfileResponse, MockError> {
        let name = input.connector_profile_name;
        validate::profile_name(&name)?;
        validate::client_token(input.client_token.as_deref())?;
        if self.profiles.contains_key(&name) {
            return Err(conflict(format!(
                "Connector profile with name {name} already exists."
            )));
        }
        let now = Some(self.clock.timestamp());
        let arn = Some(arn(region, &format!("connectorprofile/{name}")));
        let profile = ConnectorProfile {
            connector_profile_arn: arn.clone(),
            connector_profile_name: Some(name.clone()),
            connector_type: Some(input.connector_type),
            connector_label: input.connector_label,
            connection_mode: Some(input.connection_mode),
            connector_profile_properties: Some(
                input.connector_profile_config.connector_profile_properties,
            ),
            created_at: now,
            last_updated_at: now,
            ..ConnectorProfile::default()
        };
        self.profiles.insert(name, profile);
        Ok(CreateConnectorProfileResponse {
            connector_profile_arn: arn,
        })
    }

    pub(super) fn update_profile(
        &mut self,
        input: UpdateConnectorProfileRequest,
    ) -> Result<UpdateConnectorProfileResponse, MockError> {
        let name = input.connector_profile_name;
        validate::profile_name(&name)?;
        validate::client_token(input.client_token.as_deref())?;
        let now = Some(self.clock.timestamp());
        let profile = self.profiles.get_mut(&name);
        let profile = profile.ok_or_else(|| not_found("Connector profile", &name))?;
        profile.connection_mode = Some(input.connection_mode);
        profile.connector_profile_properties =
            Some(input.connector_profile_config.connector_profile_properties);
        profile.last_updated_at = now;
        Ok(UpdateConnectorProfileResponse {
            connector_profile_arn: profile.connector_profile_arn.clone(),
        })
    }

    pub(super) fn describe_profiles(
        &self,
        input: &DescribeConnectorProfilesRequest,
    ) -> Result<DescribeConnectorProfilesResponse, MockError> {
        let names = input.connector_profile_names.as_deref().unwrap_or_default();
        let is_wanted = |profile: &&ConnectorProfile| {
            let name = profile.connector_profile_name.as_ref();
            let has_name = names.is_empty() || name.is_some_and(|name| names.contains(name));
            let kind = &input.connector_type;
            let has_kind = kind.is_none() || *kind == profile.connector_type;
            let label = &input.connector_label;
            has_name && has_kind && (label.is_none() || *label == profile.connector_label)
        };
        let profiles = self.profiles.values().filter(is_wanted).cloned().collect();
        let (profiles, next_token) =
            page(profiles, input.max_results, input.next_token.as_deref())?;
        Ok(DescribeConnectorProfilesResponse {
            connector_profile_details: Some(profiles),
            next_token,
        })
    }

    pub(super) fn delete_profile(
        &mut self,
        input: &DeleteConnectorProfileRequest,
    ) -> Result<DeleteConnectorProfileResponse, MockError> {
        let name = &input.connector_profile_name;
        validate::profile_name(name)?;
        self.check_profile(Some(name))?;
        let is_in_use = self.flows.values().any(|state| {
            let source = state.flow.source_flow_config.as_ref();
            let source = source.and_then(|source| source.connector_profile_name.as_ref());
            let destinations = state.flow.destination_flow_config_list.iter().flatten();
            let mut names = destinations.filter_map(|it| it.connector_profile_name.as_ref());
            source == Some(name) || names.any(|used| used == name)
        });
        if is_in_use && input.force_delete != Some(true) {
            return Err(conflict(format!(
                "Connector profile with name {name} is in use."
            )));
        }
        self.profiles.remove(name);
        Ok(DeleteConnectorProfileResponse {})
    }
}
