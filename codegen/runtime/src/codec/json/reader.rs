//! The grammar of JSON, RFC 8259.

use std::borrow::Cow;

use super::scan::plain_length;
use crate::big_number::is_json_number;
use crate::codec::Error;

/// The maximum nesting depth of values, because reading them uses the stack of the caller.
const DEPTH: usize = 128;
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A text, read up to a position.
pub(super) struct Reader<'t> {
    text: &'t str,
    /// The number of bytes that have been read. They end between two characters.
    at: usize,
    depth: usize,
    /// The number of bytes that decoded values may still take.
    budget: usize,
}

/// The progress of reading an object or a list.
#[derive(Clone, Copy)]
pub(super) enum Progress {
    Nothing,
    Some,
}

impl<'t> Reader<'t> {
    pub(super) fn new(body: &'t [u8], budget: usize) -> Result<Self, Error> {
        let text = std::str::from_utf8(body).map_err(|error| {
            let at = error.valid_up_to();
            Error::new(format!("invalid JSON at byte {at}: not UTF-8"))
        })?;
        let at = if text.starts_with(BYTE_ORDER_MARK) {
            BYTE_ORDER_MARK.len()
        } else {
            0
        };
        Ok(Self {
            text,
            at,
            depth: 0,
            budget,
        })
    }

    /// Returns the error of a text that is not JSON.
    #[cold]
    fn invalid(&self, problem: &str) -> Error {
        Error::new(format!("invalid JSON at byte {}: {problem}", self.at))
    }

    /// Takes bytes of memory from the budget.
    pub(super) fn charge(&mut self, bytes: usize) -> Result<(), Error> {
        match self.budget.checked_sub(bytes) {
            Some(rest) => self.budget = rest,
            None => return Err(Error::too_large()),
        }
        Ok(())
    }

    /// Returns what has not been read.
    fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// Returns the text between two positions.
    fn between(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// Skips white space, and returns the byte that follows.
    pub(super) fn peek(&mut self) -> Result<u8, Error> {
        let next = self.first();
        next.ok_or_else(|| self.invalid("unexpected end"))
    }

    /// Skips white space, and returns the byte that follows; `None` at the end.
    fn first(&mut self) -> Option<u8> {
        let is_space = |byte: &&u8| matches!(byte, b' ' | b'\n' | b'\t' | b'\r');
        let rest = self.rest();
        match rest.first() {
            // Most values are written without spaces.
            Some(byte) if *byte > b' ' => Some(*byte),
            _ => {
                let spaces = rest.iter().take_while(is_space).count();
                self.at += spaces;
                rest.get(spaces).copied()
            }
        }
    }

    /// Reads a byte if it is the next.
    fn take(&mut self, wanted: u8) -> Result<bool, Error> {
        let is_next = self.peek()? == wanted;
        self.at += usize::from(is_next);
        Ok(is_next)
    }

    /// Expects the end of the text.
    pub(super) fn end(&mut self) -> Result<(), Error> {
        match self.first() {
            Some(_) => Err(self.invalid("expected the end")),
            None => Ok(()),
        }
    }

    /// Begins an object or a list if it is next.
    pub(super) fn open(&mut self, bracket: u8) -> Result<bool, Error> {
        if !self.take(bracket)? {
            return Ok(false);
        }
        if self.depth == DEPTH {
            return Err(self.invalid("values are nested too deeply"));
        }
        self.depth += 1;
        Ok(true)
    }

    /// Goes to the next element of the object or list that was opened last. Returns `false` at its
    /// end.
    pub(super) fn next(&mut self, bracket: u8, progress: &mut Progress) -> Result<bool, Error> {
        if self.take(bracket)? {
            self.depth -= 1;
            return Ok(false);
        }
        if matches!(progress, Progress::Some) && !self.take(b',')? {
            return Err(self.invalid(if bracket == b'}' {
                "expected `,` or `}`"
            } else {
                "expected `,` or `]`"
            }));
        }
        *progress = Progress::Some;
        Ok(true)
    }

    /// Reads the name of the next member of an object; `None` at its end.
    pub(super) fn name(&mut self, progress: &mut Progress) -> Result<Option<Cow<'t, str>>, Error> {
        if !self.next(b'}', progress)? {
            return Ok(None);
        }
        let Some(name) = self.string()? else {
            return Err(self.invalid("expected the name of a member"));
        };
        if !self.take(b':')? {
            return Err(self.invalid("expected `:`"));
        }
        Ok(Some(name))
    }

    /// Reads a string if it is next.
    pub(super) fn string(&mut self) -> Result<Option<Cow<'t, str>>, Error> {
        if !self.take(b'"')? {
            return Ok(None);
        }
        let start = self.at;
        self.at += plain_length(self.rest());
        let plain = self.between(start, self.at);
        match self.rest().first() {
            Some(b'"') => {
                self.at += 1;
                Ok(Some(Cow::Borrowed(plain)))
            }
            _ => self.escaped(plain.to_owned()).map(Cow::Owned).map(Some),
        }
    }

    /// Reads the rest of a string that has escapes.
    fn escaped(&mut self, mut text: String) -> Result<String, Error> {
        loop {
            let start = self.at;
            self.at += plain_length(self.rest());
            text.push_str(self.between(start, self.at));
            match self.rest().first() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => {
                    let character = self.escape()?;
                    text.push(character);
                }
                Some(_) => return Err(self.invalid("a control character in a string")),
                None => return Err(self.invalid("unexpected end of a string")),
            }
        }
    }

    /// Reads what a backslash escapes.
    fn escape(&mut self) -> Result<char, Error> {
        let character = match self.rest().get(1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(),
            _ => return Err(self.invalid("an unknown escape in a string")),
        };
        self.at += 2;
        Ok(character)
    }

    /// Reads an escape of four digits, or a surrogate pair of two. Half a pair becomes U+FFFD,
    /// because Rust text cannot contain it.
    fn unicode_escape(&mut self) -> Result<char, Error> {
        let Some(unit) = code_unit(self.rest()) else {
            return Err(self.invalid("an unknown escape in a string"));
        };
        self.at += 6;
        let low = code_unit(self.rest()).filter(|low| (0xdc00..0xe000).contains(low));
        if let (0xd800..0xdc00, Some(low)) = (unit, low) {
            self.at += 6;
            let code = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
            return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        Ok(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    /// Reads `null` if it is next.
    pub(super) fn null(&mut self) -> Result<bool, Error> {
        if self.peek()? != b'n' {
            return Ok(false);
        }
        self.word("null").map(|()| true)
    }

    /// Reads `true` or `false` if it is next.
    pub(super) fn boolean(&mut self) -> Result<Option<bool>, Error> {
        match self.peek()? {
            b't' => self.word("true").map(|()| Some(true)),
            b'f' => self.word("false").map(|()| Some(false)),
            _ => Ok(None),
        }
    }

    fn word(&mut self, word: &str) -> Result<(), Error> {
        if !self.rest().starts_with(word.as_bytes()) {
            return Err(self.invalid("expected a value"));
        }
        self.at += word.len();
        Ok(())
    }

    /// Reads a number if it is next, as text.
    pub(super) fn number(&mut self) -> Result<Option<&'t str>, Error> {
        if !matches!(self.peek()?, b'-' | b'0'..=b'9') {
            return Ok(None);
        }
        let is_part = |byte: &&u8| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E');
        let length = self.rest().iter().take_while(is_part).count();
        let digits = self.between(self.at, self.at + length);
        if !is_json_number(digits) {
            return Err(self.invalid("a malformed number"));
        }
        self.at += length;
        Ok(Some(digits))
    }

    /// Skips a value of any depth.
    pub(super) fn skip(&mut self) -> Result<(), Error> {
        let mut open: Vec<(u8, Progress)> = Vec::new();
        loop {
            match self.peek()? {
                bracket @ (b'{' | b'[') => {
                    self.at += 1;
                    self.depth += 1;
                    // The bracket that closes either is two characters after it.
                    open.push((bracket + 2, Progress::Nothing));
                }
                b'"' => drop(self.string()?),
                b'n' => self.word("null")?,
                b't' | b'f' => drop(self.boolean()?),
                _ if self.number()?.is_some() => {}
                _ => return Err(self.invalid("expected a value")),
            }
            loop {
                let Some((bracket, progress)) = open.last_mut() else {
                    return Ok(());
                };
                let goes_on = match bracket {
                    b'}' => self.name(progress)?.is_some(),
                    _ => self.next(*bracket, progress)?,
                };
                if goes_on {
                    break;
                }
                open.pop();
            }
        }
    }
}

/// Returns the code unit that a text begins with, written as `\u12ab`.
fn code_unit(text: &[u8]) -> Option<u32> {
    let digits = text.strip_prefix(b"\\u")?.get(..4)?;
    digits.iter().try_fold(0, |unit, digit| {
        Some(unit * 16 + char::from(*digit).to_digit(16)?)
    })
}
