//! No TLS.

use std::path::Path;

use super::TlsError;

const NO_TLS: &str = "no TLS is compiled in; enable the feature `rustls-ring`, `rustls-aws-lc` \
     or `native-tls`, or pass your own client to `http_client(…)`";

pub(super) fn with_tls(
    _: reqwest::ClientBuilder,
    _: Option<&Path>,
    _: &[&str],
) -> Result<reqwest::ClientBuilder, TlsError> {
    Err(TlsError(NO_TLS.to_owned()))
}

#[expect(clippy::unnecessary_wraps, reason = "another backend can fail")]
pub(super) fn trusting_nobody(
    builder: reqwest::ClientBuilder,
) -> Result<reqwest::ClientBuilder, TlsError> {
    Ok(builder)
}
