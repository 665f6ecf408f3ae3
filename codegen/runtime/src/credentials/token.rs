//! Bearer tokens, for operations that use one instead of a signature.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use zeroize::Zeroizing;

use super::CredentialsError;
use super::network::Network;

/// The return type of [`ProvideToken::provide_token`].
pub(crate) type TokenFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Zeroizing<String>, CredentialsError>> + Send + 'a>>;

/// A source of bearer tokens.
pub(crate) trait ProvideToken: fmt::Debug + Send + Sync {
    /// Returns a token that has not expired.
    fn provide_token(&self) -> TokenFuture<'_>;
}

/// The source of a token that is not set in code. The builder uses only this interface: see
/// [`ChosenSource`](super::ChosenSource).
pub(crate) trait ChosenToken: Send + Sync {
    /// Returns a provider that fetches tokens when they are needed.
    fn provider(self: Box<Self>, network: Network) -> Arc<dyn ProvideToken>;
}

/// A token that is set in code. It is erased from memory when the client is dropped, and `Debug`
/// never shows it.
pub(crate) struct BearerToken(Zeroizing<String>);

impl BearerToken {
    pub(crate) fn new(token: String) -> Self {
        Self(Zeroizing::new(token))
    }
}

impl ProvideToken for BearerToken {
    fn provide_token(&self) -> TokenFuture<'_> {
        Box::pin(std::future::ready(Ok(self.0.clone())))
    }
}

impl fmt::Debug for BearerToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}
