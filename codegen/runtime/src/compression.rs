//! Compression of request bodies (`smithy.api#requestCompression`).

use http::header::{CONTENT_ENCODING, HeaderMap, HeaderValue};

use crate::setting::Settings;

/// The default minimum size of a body that is compressed, in bytes.
const MIN_SIZE: usize = 10_240;
/// The maximum of that setting.
const MAX_MIN_SIZE: usize = 10_485_760;

/// A compression algorithm.
#[derive(Debug)]
pub struct Encoding {
    /// The name in `content-encoding`.
    name: &'static str,
    compress: fn(&[u8]) -> Option<Vec<u8>>,
}

/// RFC 1952.
#[cfg(feature = "gzip")]
pub static GZIP: Encoding = Encoding {
    name: "gzip",
    compress: gzip,
};

#[cfg(feature = "gzip")]
fn gzip(body: &[u8]) -> Option<Vec<u8>> {
    use std::io::Write as _;

    let compressed = Vec::with_capacity(body.len() / 2);
    let mut encoder = flate2::write::GzEncoder::new(compressed, flate2::Compression::default());
    encoder.write_all(body).ok()?;
    encoder.finish().ok()
}

/// Settings of request compression.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct CompressionSettings {
    pub(crate) disabled: Option<bool>,
    pub(crate) min_size: Option<usize>,
}

impl CompressionSettings {
    /// Reads settings that are not set in code.
    pub(crate) fn fill(&mut self, settings: &Settings) -> Result<(), String> {
        if self.disabled.is_none() {
            let variable = "AWS_DISABLE_REQUEST_COMPRESSION";
            self.disabled = settings.flag(variable, "disable_request_compression")?;
        }
        if self.min_size.is_none() {
            let variable = "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES";
            let property = "request_min_compression_size_bytes";
            self.min_size = settings.parse(variable, property, RANGE)?;
        }
        Ok(())
    }

    /// Rejects a size outside the range that all AWS SDKs share.
    pub(crate) fn check(&self) -> Result<(), String> {
        match self.min_size {
            Some(size) if size > MAX_MIN_SIZE => Err(format!(
                "the least size of a request to compress is {size}; {RANGE}"
            )),
            _ => Ok(()),
        }
    }

    /// Returns the compressed body, and adds the encoding to `content-encoding`; `None` if the body
    /// is sent uncompressed.
    pub(crate) fn compress(
        &self,
        encoding: &Encoding,
        body: &[u8],
        headers: &mut HeaderMap,
    ) -> Option<Vec<u8>> {
        let is_small = body.len() < self.min_size.unwrap_or(MIN_SIZE);
        if self.disabled.unwrap_or(false) || is_small {
            return None;
        }
        let compressed = (encoding.compress)(body)?;
        let before = headers.get_all(CONTENT_ENCODING).iter();
        let before = before.filter_map(|value| value.to_str().ok());
        let encodings: Vec<&str> = before.chain([encoding.name]).collect();
        let encodings = HeaderValue::from_str(&encodings.join(", ")).ok()?;
        headers.insert(CONTENT_ENCODING, encodings);
        Some(compressed)
    }
}

const RANGE: &str = "set it to a number of bytes from 0 to 10485760";
