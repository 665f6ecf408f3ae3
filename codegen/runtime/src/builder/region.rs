//! The region of a client.

use std::sync::Arc;

use super::ClientBuilder;
use crate::auth::{NO_CREDENTIALS, no_credentials};
use crate::clock::Clock;
use crate::credentials::{CredentialsError, MetadataService, Network, Region};
use crate::error::Failure;
use crate::setting::Settings;
use crate::uri::is_host_label;

const NO_REGION: &str = "no region: call `region(…)` on the builder, or set AWS_REGION or `region` in \
     the profile and create the client with `from_env` or `build_from_env`";

impl<C> ClientBuilder<C> {
    /// Resolves a pseudo-region such as `fips-us-east-1`, which old configurations contain.
    pub(super) fn resolve_fips_region(&mut self) {
        let region = self.region.as_deref();
        let actual = region.and_then(|region| {
            let prefixed = region.strip_prefix("fips-");
            prefixed.or_else(|| region.strip_suffix("-fips"))
        });
        if let Some(actual) = actual.map(str::to_owned) {
            self.region = Some(actual);
            self.use_fips = Some(true);
        }
    }

    /// Returns the region of the instance; `None` if this is not an instance.
    pub(super) async fn region_of_instance(
        &self,
        settings: &Settings,
    ) -> Result<Option<String>, CredentialsError> {
        let Some(instance) = MetadataService::new(settings)? else {
            return Ok(None);
        };
        let network = Network {
            // No request is sent to AWS.
            internet: Arc::clone(&self.metadata),
            metadata: Arc::clone(&self.metadata),
            clock: Arc::new(Clock::new(Arc::clone(&self.now))),
            random: Arc::clone(&self.random),
            new_token: Arc::clone(&self.new_token),
            region: Region::default(),
        };
        Ok(instance.region(&network).await.ok())
    }
}

/// Returns the region, if it is valid and there are credentials.
pub(super) fn check(region: Option<String>, lacks_credentials: bool) -> Result<String, Failure> {
    let region = match (region, lacks_credentials) {
        (Some(region), false) => region,
        (None, false) => return Err(Failure::configuration(NO_REGION)),
        (Some(_), true) => return Err(no_credentials()),
        (None, true) => {
            let missing = format!("{NO_REGION}; {NO_CREDENTIALS}");
            return Err(Failure::configuration(missing));
        }
    };
    // The region becomes part of a host name, so it must not be able to change the host.
    if !is_host_label(&region) {
        return Err(Failure::configuration(format!(
            "invalid region {region:?}: use only letters, digits and hyphens"
        )));
    }
    Ok(region)
}
