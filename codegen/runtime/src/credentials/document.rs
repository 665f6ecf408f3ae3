//! Credentials in JSON, as returned by the endpoints of containers and instances.

use serde_json::Value;
use zeroize::Zeroize as _;

use super::network::Response;
use super::{Credentials, CredentialsError};
use crate::codec;
use crate::codec::json::read_texts;
use crate::timestamp::Timestamp;

/// The response of an endpoint: credentials, or an error in some services.
#[derive(Default)]
struct Document {
    code: Option<String>,
    access_key_id: Option<String>,
    secret_access_key: Option<String>,
    token: Option<String>,
    expiration: Option<String>,
}

impl Document {
    fn read(body: &[u8]) -> Result<Self, codec::Error> {
        let mut document = Self::default();
        read_texts(body, &mut |name, text| {
            let member = match name {
                "Code" | "code" => &mut document.code,
                "AccessKeyId" => &mut document.access_key_id,
                "SecretAccessKey" => &mut document.secret_access_key,
                "Token" => &mut document.token,
                "Expiration" => &mut document.expiration,
                _ => return,
            };
            *member = Some(text.to_owned());
        })?;
        Ok(document)
    }
}

/// Erases the texts of a document from memory.
pub(super) fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(values) => values.iter_mut().for_each(wipe),
        Value::Object(members) => members.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Parses a time in a file of the AWS CLI, which may end with `UTC` instead of `Z`.
pub(super) fn time(text: &str) -> Option<Timestamp> {
    Timestamp::parse_lenient(&text.replace("UTC", "Z"))
}

/// Reads the credentials in a response.
pub(super) fn credentials(response: &Response) -> Result<Credentials, CredentialsError> {
    let document = Document::read(&response.body);
    if !response.status.is_success() {
        let code = document.ok().and_then(|document| document.code);
        return Err(refusal(response, code.as_deref()));
    }
    // The JSON error is not repeated, because it may contain a secret.
    let unreadable = |_| CredentialsError::new("the response is not JSON with credentials");
    match document.map_err(unreadable)? {
        Document {
            code: Some(code), ..
        } if code != "Success" => Err(CredentialsError::new(format!("the response is {code}"))),
        Document {
            access_key_id: Some(access_key),
            secret_access_key: Some(secret_key),
            token,
            expiration,
            ..
        } => {
            let credentials = Credentials::new(access_key, secret_key, token);
            let Some(end) = expiration else {
                return Ok(credentials);
            };
            let no_time =
                |_| CredentialsError::new("the `Expiration` of the response is not a timestamp");
            let end: Timestamp = end.parse().map_err(no_time)?;
            Ok(credentials.with_expiry(end))
        }
        _ => Err(CredentialsError::new(
            "the response lacks `AccessKeyId` or `SecretAccessKey`",
        )),
    }
}

/// Returns the error of an error response.
pub(super) fn refusal(response: &Response, code: Option<&str>) -> CredentialsError {
    let status = response.status.as_u16();
    let text = match code {
        Some(code) => format!("the response is {code} (status {status})"),
        None => format!("the response has status {status}"),
    };
    if response.status.is_server_error() {
        CredentialsError::temporary(text)
    } else {
        CredentialsError::new(text)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_texts_of_a_document_are_erased_wherever_they_are() {
        let mut value = json!({"token": "s3cr3t", "keys": ["s3cr3t", {"key": "s3cr3t"}], "end": 1});
        wipe(&mut value);
        assert_eq!(
            value,
            json!({"token": "", "keys": ["", {"key": ""}], "end": 1})
        );
    }
}
