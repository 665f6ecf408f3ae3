//! The grammar of JSON, RFC 8259.

use memchr::{memchr_iter, memchr2};
use serde::de::Expected;

use super::Error;
use crate::big_number::is_json_number;

/// How deep values may lie in each other: reading them takes the stack of the caller.
const DEPTH: usize = 128;

/// A text, read up to a place.
#[derive(Clone)]
pub(crate) struct Reader<'de> {
    text: &'de str,
    /// The bytes that have been read. They end between two characters.
    at: usize,
    depth: usize,
    /// The last string that had escapes, as what it says.
    unescaped: String,
}

/// How much of an object or a list has been read.
#[derive(Clone, Copy)]
pub(super) enum Progress {
    Nothing,
    Some,
    All,
}

/// A string as it is written, with its quotation marks.
#[derive(Clone, Copy)]
struct Quoted<'de> {
    text: &'de str,
    has_escapes: bool,
}

/// A number, as what it can be without loss where it is an integer.
pub(super) enum Number {
    Unsigned(u64),
    Negative(i64),
    Float(f64),
}

impl<'de> Reader<'de> {
    pub(super) fn new(text: &'de [u8]) -> Result<Self, Error> {
        let text = std::str::from_utf8(text).map_err(|error| {
            let valid = text.get(..error.valid_up_to()).unwrap_or_default();
            Error::new("the text is not UTF-8").at(line_and_column(valid))
        })?;
        Ok(Self {
            text,
            at: 0,
            depth: 0,
            unescaped: String::new(),
        })
    }

    /// The place in the text: its line and column, from 1 on.
    pub(super) fn line_and_column(&self) -> (usize, usize) {
        line_and_column(self.text.as_bytes().get(..self.at).unwrap_or_default())
    }

    /// What has not been read.
    fn rest(&self) -> &'de str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The first byte that is no space, where the text does not end before it.
    pub(super) fn peek(&mut self) -> Result<u8, Error> {
        let is_space = |byte: &u8| matches!(byte, b' ' | b'\n' | b'\t' | b'\r');
        let bytes = self.rest().as_bytes();
        let spaces = bytes.iter().take_while(|byte| is_space(byte)).count();
        self.at += spaces;
        let next = bytes.get(spaces).copied();
        next.ok_or_else(|| Error::new("the text ends too early"))
    }

    /// Reads a byte if it is the next.
    fn take(&mut self, wanted: u8) -> Result<bool, Error> {
        let is_next = self.peek()? == wanted;
        self.at += usize::from(is_next);
        Ok(is_next)
    }

    /// The text has nothing more.
    pub(super) fn end(&mut self) -> Result<(), Error> {
        match self.peek() {
            Ok(_) => Err(Error::new("the text goes on after its value").at(self.line_and_column())),
            Err(_) => Ok(()),
        }
    }

    /// Begins an object or a list.
    pub(super) fn open(&mut self, bracket: u8, expected: &dyn Expected) -> Result<(), Error> {
        if !self.take(bracket)? {
            return Err(Error::expected(expected));
        }
        if self.depth == DEPTH {
            return Err(Error::new("values lie too deep in each other"));
        }
        self.depth += 1;
        Ok(())
    }

    /// Goes to the next element of what was begun last, or to its end; the result is whether there is
    /// one.
    pub(super) fn next(&mut self, bracket: u8, progress: &mut Progress) -> Result<bool, Error> {
        match progress {
            Progress::All => return Ok(false),
            _ if self.take(bracket)? => {
                *progress = Progress::All;
                self.depth -= 1;
                return Ok(false);
            }
            Progress::Some if !self.take(b',')? => {
                let bracket = char::from(bracket);
                return Err(Error::new(format!("expected `,` or `{bracket}`")));
            }
            _ => {}
        }
        *progress = Progress::Some;
        Ok(true)
    }

    /// The name of the next member of an object.
    pub(super) fn name(&mut self, progress: &mut Progress) -> Result<Option<&str>, Error> {
        if !self.next(b'}', progress)? {
            return Ok(None);
        }
        let name = self.quoted(&"the name of a member")?;
        if !self.take(b':')? {
            return Err(Error::new("expected `:`"));
        }
        self.unquoted(name).map(Some)
    }

    /// Reads a string.
    pub(super) fn string(&mut self, expected: &dyn Expected) -> Result<&str, Error> {
        let quoted = self.quoted(expected)?;
        self.unquoted(quoted)
    }

    /// Reads a string, and leaves it as it is written.
    fn quoted(&mut self, expected: &dyn Expected) -> Result<Quoted<'de>, Error> {
        if self.peek()? != b'"' {
            return Err(Error::expected(expected));
        }
        let rest = self.rest();
        let (mut length, mut has_escapes) = (1, false);
        loop {
            let after = rest.as_bytes().get(length..).unwrap_or_default();
            let Some(at) = memchr2(b'"', b'\\', after) else {
                self.at = self.text.len();
                return Err(Error::new("the text ends in a string"));
            };
            length += at + 1;
            if after.get(at) == Some(&b'"') {
                break;
            }
            // What is escaped may be a quotation mark, which ends nothing.
            length += 1;
            has_escapes = true;
        }
        let text = rest.get(..length).unwrap_or_default();
        if text.bytes().any(|byte| byte < b' ') {
            return Err(Error::new("a string has a control character in it"));
        }
        self.at += length;
        Ok(Quoted { text, has_escapes })
    }

    /// What a string says.
    fn unquoted<'s>(&'s mut self, quoted: Quoted<'s>) -> Result<&'s str, Error> {
        let Quoted { text, has_escapes } = quoted;
        if !has_escapes {
            return Ok(text.get(1..text.len() - 1).unwrap_or_default());
        }
        self.unescaped = serde_json::from_str(text)
            .map_err(|_| Error::new("a string has an escape that means nothing"))?;
        Ok(&self.unescaped)
    }

    /// Reads `null` where it is next; the result is whether it was.
    pub(super) fn null(&mut self) -> Result<bool, Error> {
        if self.peek()? != b'n' {
            return Ok(false);
        }
        self.word("null").map(|()| true)
    }

    /// Reads `true` or `false`.
    pub(super) fn boolean(&mut self, expected: &dyn Expected) -> Result<bool, Error> {
        match self.peek()? {
            b't' => self.word("true").map(|()| true),
            b'f' => self.word("false").map(|()| false),
            _ => Err(Error::expected(expected)),
        }
    }

    fn word(&mut self, word: &str) -> Result<(), Error> {
        if !self.rest().starts_with(word) {
            return Err(Error::new("expected a value"));
        }
        self.at += word.len();
        Ok(())
    }

    /// Reads a number, as it is written.
    pub(super) fn digits(&mut self, expected: &dyn Expected) -> Result<&'de str, Error> {
        if !matches!(self.peek()?, b'-' | b'0'..=b'9') {
            return Err(Error::expected(expected));
        }
        let rest = self.rest();
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E');
        let length = rest.bytes().take_while(|byte| is_digit(*byte)).count();
        let digits = rest.get(..length).unwrap_or_default();
        if !is_json_number(digits) {
            return Err(Error::new("a number is not written as numbers are"));
        }
        self.at += length;
        Ok(digits)
    }

    /// Reads a number.
    pub(super) fn number(&mut self, expected: &dyn Expected) -> Result<Number, Error> {
        let digits = self.digits(expected)?;
        if let Ok(number) = digits.parse() {
            return Ok(Number::Unsigned(number));
        }
        match digits.parse() {
            // Of integers none is the negative zero.
            Ok(number) if number != 0 => return Ok(Number::Negative(number)),
            _ => {}
        }
        match digits.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Number::Float(number)),
            _ => Err(Error::new("a number is out of range")),
        }
    }

    /// Reads a value that nobody asks for. It may be as deep as it likes: this takes no stack.
    pub(super) fn skip(&mut self) -> Result<(), Error> {
        let mut open: Vec<(u8, Progress)> = Vec::new();
        loop {
            match self.peek()? {
                bracket @ (b'{' | b'[') => {
                    self.at += 1;
                    self.depth += 1;
                    // Of both, the bracket that ends it is the second character after it.
                    open.push((bracket + 2, Progress::Nothing));
                }
                b'"' => self.quoted(&"a string").map(drop)?,
                b'n' => self.word("null")?,
                b't' | b'f' => self.boolean(&"a boolean").map(drop)?,
                _ => self.digits(&"a value").map(drop)?,
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

/// The line and the column that follow what was read, from 1 on.
fn line_and_column(read: &[u8]) -> (usize, usize) {
    let lines = memchr_iter(b'\n', read).count();
    let line = read.rsplit(|byte| *byte == b'\n').next();
    (lines + 1, line.unwrap_or_default().len() + 1)
}
