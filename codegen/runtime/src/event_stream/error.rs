//! The errors of frames.

/// The error of bytes that are not a frame, or of a frame that cannot be written. It never holds
/// contents.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FrameError {
    /// The checksum of a prelude is another one than its bytes have.
    #[error("the checksum of a prelude does not match")]
    PreludeChecksum,
    /// The checksum of a frame is another one than its bytes have.
    #[error("the checksum of a frame does not match")]
    Checksum,
    /// A frame is too short for the headers that it says it has.
    #[error("the lengths in a prelude contradict each other")]
    Length,
    /// The headers of a frame are too long.
    #[error("the headers of a frame are longer than 128 KiB")]
    HeadersTooLong,
    /// The payload of a frame is too long.
    #[error("the payload of a frame is longer than 24 MiB")]
    PayloadTooLong,
    /// A frame is longer than the limit, which is this many bytes.
    #[error(
        "a frame is longer than {0} bytes, the most that is read into memory; set another limit \
         with `max_response_size` on the builder"
    )]
    TooLong(usize),
    /// A header ends before its value does, has no name, or has a type that is not defined.
    #[error("the headers of a frame are invalid")]
    Header,
    /// The name of a header is empty or has more than 255 bytes.
    #[error("the name of a header is empty or longer than 255 bytes")]
    HeaderName,
    /// The value of a header has more than 32,767 bytes.
    #[error("the value of a header is longer than 32,767 bytes")]
    HeaderValue,
    /// The bytes end within a frame.
    #[error("the stream ended within a frame")]
    Incomplete,
}
