//! ES256 with the crypto library of rustls.

use rustls::SignatureScheme;
#[cfg(all(feature = "rustls-aws-lc", not(feature = "rustls-ring")))]
use rustls::crypto::aws_lc_rs::sign::any_ecdsa_type;
#[cfg(feature = "rustls-ring")]
use rustls::crypto::ring::sign::any_ecdsa_type;
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::sign::Signer;
use zeroize::Zeroizing;

pub(super) const IS_AVAILABLE: bool = true;

/// A private key on the curve P-256.
pub(in crate::credentials) struct Key {
    signer: Box<dyn Signer>,
    public_point: [u8; 64],
}

impl Key {
    pub(super) fn parse(pem: &str) -> Option<Self> {
        let der = Zeroizing::new(PrivateKeyDer::from_pem_slice(pem.as_bytes()).ok()?);
        let key = any_ecdsa_type(&der).ok()?;
        let signer = key.choose_scheme(&[SignatureScheme::ECDSA_NISTP256_SHA256])?;
        // The public key ends with the uncompressed point: 4, x and y.
        let public = key.public_key()?;
        let (_, [4, public_point @ ..]) = public.split_last_chunk::<65>()? else {
            return None;
        };
        Some(Self {
            signer,
            public_point: *public_point,
        })
    }

    /// Returns both coordinates of the public key.
    pub(super) fn public_point(&self) -> &[u8; 64] {
        &self.public_point
    }

    /// Signs a message. The signature has both of its numbers with 32 bytes (RFC 7518, section
    /// 3.4).
    pub(super) fn sign(&self, message: &[u8]) -> Option<[u8; 64]> {
        fixed(&self.signer.sign(message).ok()?)
    }
}

/// Converts a signature from DER, a sequence of two integers.
fn fixed(der: &[u8]) -> Option<[u8; 64]> {
    let [0x30, _, integers @ ..] = der else {
        return None;
    };
    let (r, rest) = integer(integers)?;
    let (s, []) = integer(rest)? else {
        return None;
    };
    let mut signature = [0; 64];
    for (place, byte) in signature.iter_mut().zip(r.into_iter().chain(s)) {
        *place = byte;
    }
    Some(signature)
}

/// Reads an integer in DER, without the leading zero that shows its sign, and returns the rest.
fn integer(der: &[u8]) -> Option<([u8; 32], &[u8])> {
    let [0x02, length, rest @ ..] = der else {
        return None;
    };
    let (bytes, rest) = rest.split_at_checked(usize::from(*length))?;
    let bytes = bytes.strip_prefix(&[0]).unwrap_or(bytes);
    let mut integer = [0; 32];
    let start = integer.len().checked_sub(bytes.len())?;
    integer.get_mut(start..)?.copy_from_slice(bytes);
    Some((integer, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(all(feature = "rustls-aws-lc", not(feature = "rustls-ring")))]
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
    #[cfg(feature = "rustls-ring")]
    use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

    /// The keys of AWS's cases for `aws login`.
    #[test]
    fn signatures_of_both_formats_of_keys_are_valid() {
        for pem in [
            "-----BEGIN EC PRIVATE KEY-----\n\
             MHcCAQEEIPt/u8InPLpQeQLJTvVX+sNDzni8vMDMt3Liu+nMBigfoAoGCCqGSM49\n\
             AwEHoUQDQgAEILkGG7rNOnxiIJlMgimY1UPP8eDMFP0DAY6WGjngP4bvTAiUCQ/I\n\
             ffut2379uP+OBCm2ovGpBOJRgrl1RspUOQ==\n\
             -----END EC PRIVATE KEY-----\n",
            "-----BEGIN PRIVATE KEY-----\r\n\
             MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg+PNauWi/ihtwHHbq\r\n\
             1tgc8Vgpwx0qQlNSN38y+z0igWehRANCAAR2Ntw6BXJ1v8jb9XjzKZJ+gL5f/3Jq\r\n\
             IqiH2PUGKWxoFwNlcNB83FivEXEzlTbuCQK5OezOYb3gbvHuzKkB0nDX\r\n\
             -----END PRIVATE KEY-----",
        ] {
            let key = Key::parse(pem).unwrap();
            let signature = key.sign(b"message").unwrap();
            let point = [&[4], key.public_point().as_slice()].concat();
            UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point)
                .verify(b"message", &signature)
                .unwrap();
        }
    }

    /// 2¹²⁷ and 2²⁵⁶ - 1: one integer is shorter than 32 bytes, and the other has the zero of its
    /// sign.
    #[test]
    fn both_numbers_of_a_signature_have_32_bytes() {
        let short = [[0x02, 17, 0x00, 0x80].as_slice(), &[0; 15]].concat();
        let long = [[0x02, 33, 0x00].as_slice(), &[0xff; 32]].concat();
        let der = [[0x30, 54].as_slice(), &short, &long].concat();
        let expected = [[0; 16].as_slice(), &[0x80], &[0; 15], &[0xff; 32]].concat();
        assert_eq!(fixed(&der).unwrap().as_slice(), expected);
        for broken in [&der[..53], &[&der[..], &[0]].concat(), &der[2..], &[]] {
            assert_eq!(fixed(broken), None);
        }
    }
}
