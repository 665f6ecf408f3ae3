//! Signing keys, which are derived from the secret key for one day, region and service.

use std::sync::{Mutex, PoisonError};

use zeroize::Zeroizing;

use super::Signing;
use crate::digest::hmac_sha256;

/// A signing key, which is erased when it is dropped.
#[derive(Clone)]
pub(super) struct SigningKey(Zeroizing<[u8; 32]>);

impl SigningKey {
    /// Derives the key of a date, such as `20261122`.
    pub(super) fn derive(signing: &Signing<'_>, date: &str) -> Self {
        let secret = Zeroizing::new(format!("AWS4{}", signing.credentials.secret_key()));
        let mut key = Zeroizing::new(hmac_sha256(secret.as_bytes(), date.as_bytes()));
        for part in [signing.region, signing.service, "aws4_request"] {
            key = Zeroizing::new(hmac_sha256(&*key, part.as_bytes()));
        }
        Self(key)
    }

    /// Returns the signature of a string to sign.
    pub(super) fn sign(&self, string_to_sign: &str) -> [u8; 32] {
        hmac_sha256(&*self.0, string_to_sign.as_bytes())
    }
}

/// The last signing key: most clients need one per day.
#[derive(Default)]
pub(crate) struct SigningKeys(Mutex<Option<Kept>>);

/// A key, with the values from which it was derived.
struct Kept {
    secret_key: Zeroizing<String>,
    date: String,
    region: String,
    service: String,
    key: SigningKey,
}

impl SigningKeys {
    /// Returns the key of a date, which is derived if it differs from the last.
    pub(super) fn get(&self, signing: &Signing<'_>, date: &str) -> SigningKey {
        // A panic cannot leave the key inconsistent.
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = kept.as_ref().filter(|kept| kept.is_of(signing, date)) {
            return kept.key.clone();
        }
        let key = SigningKey::derive(signing, date);
        *kept = Some(Kept {
            secret_key: Zeroizing::new(signing.credentials.secret_key().to_owned()),
            date: date.to_owned(),
            region: signing.region.to_owned(),
            service: signing.service.to_owned(),
            key: key.clone(),
        });
        key
    }
}

impl Kept {
    fn is_of(&self, signing: &Signing<'_>, date: &str) -> bool {
        self.secret_key.as_str() == signing.credentials.secret_key()
            && self.date == date
            && self.region == signing.region
            && self.service == signing.service
    }
}

#[cfg(test)]
mod tests {
    use super::{Signing, SigningKeys};
    use crate::{Credentials, Timestamp};

    /// Returns the address of the kept secret. It differs after each derivation, because the new secret
    /// is allocated before the old one is freed.
    fn address(keys: &SigningKeys) -> Option<*const u8> {
        let kept = keys.0.lock().unwrap();
        kept.as_ref().map(|kept| kept.secret_key.as_ptr())
    }

    #[test]
    fn a_key_is_derived_once_a_day() {
        let credentials = Credentials::new("AKIDEXAMPLE", "secret", None);
        let signing = Signing::new(&credentials, "us-east-1", "appflow", Timestamp::UNIX_EPOCH);
        let keys = SigningKeys::default();
        keys.get(&signing, "20261122");
        let first = address(&keys);
        keys.get(&signing, "20261122");
        assert_eq!(address(&keys), first);
        keys.get(&signing, "20261123");
        assert_ne!(address(&keys), first);
    }
}
