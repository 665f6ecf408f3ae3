//! Frames from bytes that come in pieces.

use bytes::{Buf, Bytes};

use super::error::FrameError;
use super::frame::{Frame, PRELUDE, Prelude};

/// The room for a frame that comes in pieces, before any of it has come.
const FIRST_ROOM: usize = 4 * 1024;

/// A reader of frames from bytes that come in pieces of any size.
///
/// It keeps one incomplete frame and the last piece. A frame that is whole in one piece is not
/// copied. An error is final: where the next frame begins is not known.
///
/// ```
/// use smithy_reqwest::event_stream::{Frame, FrameDecoder};
///
/// let frame = Frame::new("tokens").encode()?;
/// let mut decoder = FrameDecoder::new();
/// decoder.push(frame.slice(..9));
/// assert!(decoder.next_frame()?.is_none());
/// decoder.push(frame.slice(9..));
/// assert_eq!(decoder.next_frame()?.unwrap().payload(), "tokens");
/// decoder.end()?;
/// # Ok::<_, smithy_reqwest::event_stream::FrameError>(())
/// ```
pub struct FrameDecoder {
    /// The piece that is being read.
    piece: Bytes,
    /// The beginning of a frame, from earlier pieces.
    partial: Vec<u8>,
    /// Its prelude, if that is complete.
    prelude: Option<Prelude>,
    max_length: usize,
}

impl FrameDecoder {
    /// Creates a decoder of frames of any length that the format allows.
    #[must_use]
    pub fn new() -> Self {
        Self::with_limit(usize::MAX)
    }

    /// Creates a decoder that refuses longer frames.
    pub(crate) fn with_limit(max_length: usize) -> Self {
        Self {
            piece: Bytes::new(),
            partial: Vec::new(),
            prelude: None,
            max_length,
        }
    }

    /// Adds a piece. Take all frames of the piece before first, because the rest of it is copied.
    pub fn push(&mut self, piece: impl Into<Bytes>) {
        let rest = std::mem::replace(&mut self.piece, piece.into());
        if !rest.is_empty() {
            self.piece = [rest, std::mem::take(&mut self.piece)].concat().into();
        }
    }

    /// Takes the next frame; `None` if more bytes are needed.
    ///
    /// # Errors
    ///
    /// Bytes that are not a frame.
    pub fn next_frame(&mut self) -> Result<Option<Frame>, FrameError> {
        if self.partial.is_empty()
            && let Some(prelude) = Prelude::read(&self.piece, self.max_length)?
            && self.piece.len() >= prelude.length
        {
            let frame = self.piece.split_to(prelude.length);
            return Frame::decode(&frame, prelude).map(Some);
        }
        self.keep_up_to(PRELUDE);
        let prelude = match self.prelude {
            Some(prelude) => prelude,
            None => match Prelude::read(&self.partial, self.max_length)? {
                Some(prelude) => *self.prelude.insert(prelude),
                None => return Ok(None),
            },
        };
        self.keep_up_to(prelude.length);
        if self.partial.len() < prelude.length {
            return Ok(None);
        }
        self.prelude = None;
        let frame = std::mem::take(&mut self.partial).into();
        Frame::decode(&frame, prelude).map(Some)
    }

    /// Checks that the bytes have ended with a frame.
    ///
    /// # Errors
    ///
    /// [`FrameError::Incomplete`].
    pub fn end(&self) -> Result<(), FrameError> {
        if self.piece.is_empty() && self.partial.is_empty() {
            Ok(())
        } else {
            Err(FrameError::Incomplete)
        }
    }

    /// Moves bytes of the piece to the frame that is incomplete, until it has so many.
    fn keep_up_to(&mut self, length: usize) {
        let missing = length.saturating_sub(self.partial.len());
        let taken = missing.min(self.piece.len());
        if taken > 0 && self.partial.capacity() == 0 {
            self.partial.reserve(FIRST_ROOM);
        }
        self.partial
            .extend_from_slice(self.piece.get(..taken).unwrap_or_default());
        self.piece.advance(taken);
    }
}

impl Default for FrameDecoder {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for FrameDecoder {
    /// Shows lengths and never contents, which may be secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FrameDecoder")
            .field("kept", &(self.partial.len() + self.piece.len()))
            .finish_non_exhaustive()
    }
}
