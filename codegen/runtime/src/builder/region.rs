//! The region of a client.

use std::sync::Arc;

use super::ClientBuilder;
use crate::auth::{NO_CREDENTIALS, no_credentials};
use crate::clock::Clock;
use crate::credentials::{CredentialsError, MetadataService, Network, Region};
use crate::error::Failure;
use crate::setting::Settings;
use crate::uri::is_host_label;

const NO_REGION: &str = "no region: call `region(…)` on the builder, or set AWS_REGION, or `region` \
     in the profile, which `from_env` and `build_from_env` read";

impl<C> ClientBuilder<C> {
    /// Takes a region like `fips-us-east-1`, which some old settings have, for what it means.
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

    /// Asks the instance for its region. Where there is no instance there is none.
    pub(super) async fn region_of_instance(
        &self,
        settings: &Settings,
    ) -> Result<Option<String>, CredentialsError> {
        let Some(instance) = MetadataService::new(settings)? else {
            return Ok(None);
        };
        let network = Network {
            // Nothing of AWS is asked.
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

/// The region, where there is one and something to sign with in it.
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
    // It becomes a part of a host name, so it must not be able to end it.
    if !is_host_label(&region) {
        return Err(Failure::configuration(format!(
            "{region:?} is not a region: it has other characters than letters, digits and hyphens"
        )));
    }
    Ok(region)
}
