//! The cache of the AWS CLI for credentials of assumed roles.
//!
//! Only roles with an MFA device are read from it: their credentials require a code, while others
//! are cheap to get.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::assume_role::Role;
use super::network::Network;
use super::source::Source;
use super::{Credentials, CredentialsError, CredentialsFuture, document, file};
use crate::digest::{hex, sha1};

/// The minimum remaining lifetime of cached credentials, in seconds.
const LEAST_TIME: i64 = 5 * 60;

/// A role, and its file in the cache.
#[derive(Debug)]
pub(super) struct CachedRole {
    role: Role,
    file: PathBuf,
}

impl CachedRole {
    /// Returns a role in the cache below the home directory.
    pub(super) fn new(role: Role, home: &Path) -> Self {
        let name = format!("{}.json", key(&role));
        let file = home.join(".aws").join("cli").join("cache").join(name);
        Self { role, file }
    }

    /// Reads the credentials in the file, if they are still valid for some minutes.
    async fn cached(&self, network: &Network) -> Option<Credentials> {
        let text = file::read(self.file.clone()).await.ok()?;
        let cached: Value = serde_json::from_str(&text).ok()?;
        let member = |name: &str| cached.get("Credentials")?.get(name)?.as_str();
        let end = document::time(member("Expiration")?)?;
        let is_valid = end.as_second() - network.clock.now().ok()?.as_second() >= LEAST_TIME;
        let token = member("SessionToken")?.to_owned();
        let credentials = Credentials::new(
            member("AccessKeyId")?,
            member("SecretAccessKey")?,
            Some(token),
        );
        is_valid.then(|| credentials.with_expiry(end))
    }
}

impl Source for CachedRole {
    fn fetch<'a>(&'a self, network: &'a Network) -> CredentialsFuture<'a> {
        Box::pin(async move {
            match self.cached(network).await {
                Some(credentials) => Ok(credentials),
                None => self.role.fetch(network).await,
            }
        })
    }

    fn explain(&self, error: CredentialsError) -> CredentialsError {
        self.role.explain(error)
    }
}

/// Returns the cache key of a role: the SHA-1 of the request parameters as JSON, formatted like
/// Python's `json.dumps(…, sort_keys=True)`.
fn key(role: &Role) -> String {
    let session = &role.session;
    let text = |text: &String| Value::from(text.as_str()).to_string();
    let parameters = [
        ("DurationSeconds", session.duration.map(|it| it.to_string())),
        ("ExternalId", session.external_id.as_ref().map(text)),
        ("RoleArn", Some(text(&role.arn))),
        ("RoleSessionName", session.name.as_ref().map(text)),
        ("SerialNumber", session.mfa_serial.as_ref().map(text)),
    ];
    let members = parameters
        .into_iter()
        .filter_map(|(name, value)| Some(format!("\"{name}\": {}", value?)));
    let members: Vec<String> = members.collect();
    hex(&sha1(format!("{{{}}}", members.join(", ")).as_bytes()))
}
