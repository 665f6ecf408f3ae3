//! The grammar of CBOR.

use std::borrow::Cow;

use crate::codec::Error;

/// The maximum nesting depth of values, because reading them uses the stack of the caller.
const DEPTH: usize = 128;

/// A body, read up to a position.
pub(crate) struct Reader<'b> {
    body: &'b [u8],
    at: usize,
    depth: usize,
    /// The number of bytes that decoded values may still take.
    budget: usize,
}

/// The head of an item. A length is `None` if a break ends the value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Head {
    Unsigned(u64),
    /// The number -1 - n.
    Negative(u64),
    Bytes(Option<u64>),
    Text(Option<u64>),
    List(Option<u64>),
    Map(Option<u64>),
    Tag(u64),
    Boolean(bool),
    Null,
    Float(f64),
    Break,
}

/// The number of remaining elements or entries; `None` up to a break.
pub(crate) type Count = Option<u64>;

impl<'b> Reader<'b> {
    pub(crate) fn new(body: &'b [u8], budget: usize) -> Self {
        Self {
            body,
            at: 0,
            depth: 0,
            budget,
        }
    }

    /// Returns the error of a body that is not CBOR.
    #[cold]
    fn invalid(&self, problem: &str) -> Error {
        Error::new(format!("invalid CBOR at byte {}: {problem}", self.at))
    }

    /// Takes bytes of memory from the budget.
    pub(super) fn charge(&mut self, bytes: usize) -> Result<(), Error> {
        match self.budget.checked_sub(bytes) {
            Some(rest) => self.budget = rest,
            None => return Err(Error::too_large()),
        }
        Ok(())
    }

    /// Reads so many bytes.
    fn take(&mut self, length: u64) -> Result<&'b [u8], Error> {
        let length = usize::try_from(length).ok();
        let end = length.and_then(|length| self.at.checked_add(length));
        let taken = end.and_then(|end| Some((end, self.body.get(self.at..end)?)));
        let Some((end, taken)) = taken else {
            return Err(self.invalid("unexpected end"));
        };
        self.at = end;
        Ok(taken)
    }

    /// Reads a big-endian number of so many bytes.
    fn number(&mut self, bytes: u64) -> Result<u64, Error> {
        let bytes = self.take(bytes)?.iter();
        Ok(bytes.fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    /// Reads what begins here.
    pub(crate) fn head(&mut self) -> Result<Head, Error> {
        let first = self.number(1)?;
        let (major, information) = (first >> 5, first & 0x1f);
        let argument = match information {
            0..=23 => Some(information),
            24..=27 => Some(self.number(1 << (information - 24))?),
            31 => None,
            _ => return Err(self.invalid("a reserved length")),
        };
        Ok(match (major, argument) {
            (0, Some(value)) => Head::Unsigned(value),
            (1, Some(value)) => Head::Negative(value),
            (2, length) => Head::Bytes(length),
            (3, length) => Head::Text(length),
            (4, length) => Head::List(length),
            (5, length) => Head::Map(length),
            (6, Some(tag)) => Head::Tag(tag),
            (7, None) => Head::Break,
            (7, Some(bits)) => return self.simple(information, bits),
            _ => return Err(self.invalid("a reserved length")),
        })
    }

    /// Returns a simple value or a float.
    fn simple(&self, information: u64, bits: u64) -> Result<Head, Error> {
        // The floats that are read so have no more bits than that.
        let low = || u32::try_from(bits).unwrap_or_default();
        Ok(match information {
            20 => Head::Boolean(false),
            21 => Head::Boolean(true),
            22 | 23 => Head::Null,
            25 => Head::Float(half(low())),
            26 => Head::Float(f32::from_bits(low()).into()),
            27 => Head::Float(f64::from_bits(bits)),
            _ => return Err(self.invalid("an unknown simple value")),
        })
    }

    /// Reads a null. Returns `true` if there was one.
    pub(super) fn null(&mut self) -> bool {
        let is_null = matches!(self.body.get(self.at), Some(0xf6 | 0xf7));
        self.at += usize::from(is_null);
        is_null
    }

    /// Begins a list or a map after its head.
    pub(crate) fn open(&mut self) -> Result<(), Error> {
        self.depth += 1;
        if self.depth > DEPTH {
            let problem = format!("more than {DEPTH} values inside each other");
            return Err(self.invalid(&problem));
        }
        Ok(())
    }

    /// Returns `true` if there is one more element, and ends the list or the map if there is none.
    pub(crate) fn next(&mut self, count: &mut Count) -> Result<bool, Error> {
        let has_next = match count {
            Some(rest) => {
                let has_next = *rest > 0;
                *rest = rest.saturating_sub(1);
                has_next
            }
            None => match self.body.get(self.at) {
                Some(0xff) => {
                    self.at += 1;
                    false
                }
                Some(_) => true,
                None => return Err(self.invalid("unexpected end")),
            },
        };
        if !has_next {
            self.depth = self.depth.saturating_sub(1);
        }
        Ok(has_next)
    }

    /// Reads bytes of a length, or chunks of the kind that `chunk` gives the length of.
    fn chunks(
        &mut self,
        length: Option<u64>,
        chunk: fn(Head) -> Option<u64>,
    ) -> Result<Cow<'b, [u8]>, Error> {
        if let Some(length) = length {
            return self.take(length).map(Cow::Borrowed);
        }
        let mut joined = Vec::new();
        loop {
            let head = self.head()?;
            if head == Head::Break {
                return Ok(Cow::Owned(joined));
            }
            let length = chunk(head).ok_or_else(|| self.invalid("expected a chunk"))?;
            joined.extend_from_slice(self.take(length)?);
        }
    }

    /// Reads bytes after their head.
    pub(crate) fn bytes(&mut self, length: Option<u64>) -> Result<Cow<'b, [u8]>, Error> {
        self.chunks(length, |head| match head {
            Head::Bytes(length) => length,
            _ => None,
        })
    }

    /// Reads text after its head.
    pub(crate) fn text(&mut self, length: Option<u64>) -> Result<Cow<'b, str>, Error> {
        let bytes = self.chunks(length, |head| match head {
            Head::Text(length) => length,
            _ => None,
        })?;
        let text = match bytes {
            Cow::Borrowed(bytes) => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
            Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Cow::Owned),
        };
        text.ok_or_else(|| self.invalid("not UTF-8"))
    }

    /// Reads the key of an entry.
    pub(crate) fn key(&mut self) -> Result<Cow<'b, str>, Error> {
        match self.head()? {
            Head::Text(length) => self.text(length),
            _ => Err(self.invalid("expected a key that is text")),
        }
    }

    /// Skips a value.
    pub(crate) fn skip(&mut self) -> Result<(), Error> {
        let head = self.head()?;
        self.skip_after(head)
    }

    /// Skips the rest of an item after its head.
    pub(super) fn skip_after(&mut self, mut head: Head) -> Result<(), Error> {
        while let Head::Tag(_) = head {
            head = self.head()?;
        }
        match head {
            Head::Bytes(length) => self.bytes(length).map(drop),
            Head::Text(length) => self.text(length).map(drop),
            Head::List(mut count) => {
                self.open()?;
                while self.next(&mut count)? {
                    self.skip()?;
                }
                Ok(())
            }
            Head::Map(mut count) => {
                self.open()?;
                while self.next(&mut count)? {
                    self.key()?;
                    self.skip()?;
                }
                Ok(())
            }
            Head::Break => Err(self.invalid("a break that ends nothing")),
            _ => Ok(()),
        }
    }

    /// Expects the end of the body.
    pub(crate) fn end(&self) -> Result<(), Error> {
        if self.at == self.body.len() {
            Ok(())
        } else {
            Err(self.invalid("more than one value"))
        }
    }
}

/// Converts a float of 16 bits: a sign, 5 bits of exponent, 10 of fraction.
fn half(bits: u32) -> f64 {
    let (exponent, fraction) = (bits >> 10 & 0x1f, f64::from(bits & 0x3ff));
    let magnitude = match exponent {
        0 => fraction * 2_f64.powi(-24),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => {
            let exponent = i32::try_from(exponent).unwrap_or_default() - 25;
            (fraction + 1024.0) * 2_f64.powi(exponent)
        }
    };
    if bits & 0x8000 == 0 {
        magnitude
    } else {
        -magnitude
    }
}
