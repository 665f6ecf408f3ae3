//! Builds without ES256.

pub(super) const IS_AVAILABLE: bool = false;

/// A private key, which cannot be created.
pub(in crate::credentials) enum Key {}

impl Key {
    pub(super) fn parse(_: &str) -> Option<Self> {
        None
    }

    pub(super) fn public_point(&self) -> &[u8; 64] {
        match *self {}
    }

    pub(super) fn sign(&self, _: &[u8]) -> Option<[u8; 64]> {
        match *self {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::ProofError;
    use super::Key;

    #[test]
    fn without_a_backend_there_is_no_key() {
        assert_eq!(Key::from_pem("").err(), Some(ProofError::NoBackend));
    }
}
