//! Credentials in JSON, as the endpoints beside a container or an instance give them.

use jiff::Timestamp;
use serde::Deserialize;

use super::Credentials;
use super::network::Answer;

/// An answer of such an endpoint: credentials, or in some services what went wrong.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Document {
    #[serde(alias = "code")]
    code: Option<String>,
    access_key_id: Option<String>,
    secret_access_key: Option<String>,
    token: Option<String>,
    expiration: Option<String>,
}

/// The credentials of an answer, or in words why there are none.
pub(super) fn credentials(answer: &Answer) -> Result<Credentials, String> {
    let status = answer.status.as_u16();
    let document: Result<Document, _> = serde_json::from_slice(&answer.body);
    if !answer.status.is_success() {
        let code = document.ok().and_then(|document| document.code);
        return Err(code.map_or_else(
            || format!("the answer has status {status}"),
            |code| format!("the answer is {code} (status {status})"),
        ));
    }
    // What is wrong in the JSON is not repeated: a secret may stand there.
    let document = document.map_err(|_| "the answer is not JSON with credentials".to_owned())?;
    match document {
        Document {
            code: Some(code), ..
        } if code != "Success" => Err(format!("the answer is {code}")),
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
            let end: Timestamp = end
                .parse()
                .map_err(|_| "the `Expiration` of the answer is no timestamp".to_owned())?;
            Ok(credentials.with_expiry(end))
        }
        _ => Err("the answer lacks `AccessKeyId` or `SecretAccessKey`".to_owned()),
    }
}
