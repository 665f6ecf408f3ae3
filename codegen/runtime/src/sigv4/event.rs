//! Signatures of events: each covers the one before it, and the first that of the request.

use std::sync::{Arc, OnceLock};

use super::key::SigningKey;
use super::{Signing, date, date_time};
use crate::access_key::Credentials;
use crate::digest::{hex, sha256};
use crate::timestamp::Timestamp;

const ALGORITHM: &str = "AWS4-HMAC-SHA256-PAYLOAD";

/// The place of a signer, which is there when the request has been signed.
pub(crate) type EventSeed = Arc<OnceLock<EventSigner>>;

/// A signer of the events of one request.
#[derive(Clone)]
pub(crate) struct EventSigner {
    credentials: Credentials,
    region: String,
    service: String,
    /// The signature of the last event, or of the request.
    last: String,
    /// The signing key of a date.
    key: Option<(String, SigningKey)>,
}

impl Signing<'_> {
    /// Creates a signer of the events that follow a request with this signature.
    pub(crate) fn event_signer(&self, signature: &[u8; 32]) -> EventSigner {
        EventSigner {
            credentials: self.credentials.clone(),
            region: self.region.to_owned(),
            service: self.service.to_owned(),
            last: hex(signature),
            key: None,
        }
    }
}

impl EventSigner {
    /// Returns the signature of an event at a time: of its headers but this signature, and its
    /// payload.
    pub(crate) fn sign(&mut self, time: Timestamp, headers: &[u8], payload: &[u8]) -> [u8; 32] {
        let signing = Signing::new(&self.credentials, &self.region, &self.service, time);
        let time = date_time(time);
        let to_sign = [
            ALGORITHM,
            &time,
            &signing.scope(&time),
            &self.last,
            &hex(&sha256(headers)),
            &hex(&sha256(payload)),
        ];
        let date = date(&time);
        let key = match self.key.take().filter(|(of, _)| of == date) {
            Some((_, key)) => key,
            None => SigningKey::derive(&signing, date),
        };
        let signature = key.sign(&to_sign.join("\n"));
        self.last = hex(&signature);
        self.key = Some((date.to_owned(), key));
        signature
    }
}
