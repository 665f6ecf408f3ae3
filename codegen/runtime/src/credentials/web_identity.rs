//! A role that is assumed with a web identity: a token in a file, for which AWS STS returns
//! credentials (`AssumeRoleWithWebIdentity`).

use std::path::PathBuf;
use std::sync::Arc;

use super::endpoint::{STS, check_private};
use super::network::Network;
use super::provider::provider;
use super::source::{Context, Lookup, Source};
use super::sts::{Form, StsSettings, session_name};
use super::{Credentials, CredentialsError, CredentialsFuture, file};

const TOKEN_FILE: &str = "AWS_WEB_IDENTITY_TOKEN_FILE";
const ROLE: &str = "AWS_ROLE_ARN";
const SESSION: &str = "AWS_ROLE_SESSION_NAME";

provider! {
    /// Credentials of a role that is assumed with a web identity: a token in a file, as provided by
    /// Amazon EKS and OpenID Connect providers.
    ///
    /// They are cached: see [`CachedCredentials`](super::CachedCredentials). The file is read for
    /// each request to AWS STS.
    WebIdentity
}

impl WebIdentity {
    /// Creates credentials of the role with this ARN, in the region of the client. `session_name`
    /// is the name of the session in CloudTrail; `None` for a random name.
    pub fn new(
        role_arn: impl Into<String>,
        token_file: impl Into<PathBuf>,
        session_name: Option<String>,
    ) -> Self {
        Self::of(Arc::new(Role {
            arn: role_arn.into(),
            session_name,
            token_file: token_file.into(),
            sts: StsSettings::default(),
        }))
    }
}

/// A role, and the token with which it is assumed.
#[derive(Debug)]
struct Role {
    arn: String,
    session_name: Option<String>,
    token_file: PathBuf,
    sts: StsSettings,
}

pub(super) fn find(context: &Context<'_>) -> Result<Lookup, CredentialsError> {
    let profile = context.profile()?;
    let get = |variable, property| {
        let of_profile = || profile?.text(property).map(str::to_owned);
        context.variable(variable).or_else(of_profile)
    };
    let Some(token_file) = get(TOKEN_FILE, "web_identity_token_file") else {
        return Ok(if context.uses_variables {
            Lookup::Absent(format!("web identity: {TOKEN_FILE} is not set"))
        } else {
            Lookup::NotInProfile
        });
    };
    let Some(arn) = get(ROLE, "role_arn") else {
        return Err(match context.variable(TOKEN_FILE) {
            Some(_) => CredentialsError::setting(format!(
                "{TOKEN_FILE} is set but {ROLE} is not; set the role to assume"
            )),
            None => context
                .error("has a `web_identity_token_file` but no `role_arn`; add the role to assume"),
        });
    };
    let sts = StsSettings::find(context).map_err(CredentialsError::setting)?;
    if let Some(url) = &sts.url {
        check_private(url, &STS).map_err(CredentialsError::setting)?;
    }
    Ok(Lookup::Found(Arc::new(Role {
        arn,
        session_name: get(SESSION, "role_session_name"),
        token_file: context.settings.environment.expand_home(&token_file),
        sts,
    })))
}

impl Role {
    async fn credentials(&self, network: &Network) -> Result<Credentials, CredentialsError> {
        let token = file::token(&self.token_file).await?;
        if token.trim().is_empty() {
            let path = self.token_file.display();
            let problem = format!("the token file {path} is empty");
            return Err(CredentialsError::temporary(problem));
        }
        let form = Form::new("AssumeRoleWithWebIdentity")
            .with("RoleArn", &self.arn)
            .with(
                "RoleSessionName",
                session_name(self.session_name.as_deref(), network),
            )
            .with("WebIdentityToken", token.trim());
        let sts = self.sts.sts(&network.region);
        let sts = sts.map_err(CredentialsError::new)?;
        sts.credentials(network, form, None).await
    }
}

impl Source for Role {
    fn fetch<'a>(&'a self, network: &'a Network) -> CredentialsFuture<'a> {
        Box::pin(self.credentials(network))
    }

    fn explain(&self, error: CredentialsError) -> CredentialsError {
        error.about(format_args!("no credentials from the role {}", self.arn))
    }
}
