//! The grammar of XML, of which quick-xml finds the tags, within bounds.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use crate::codec::Error;

/// The maximum nesting depth of elements, because reading them uses the stack of the caller.
const DEPTH: usize = 128;

/// A document, read up to a position.
pub(crate) struct Reader<'t> {
    inner: quick_xml::Reader<&'t [u8]>,
    /// The number of elements that are open.
    depth: usize,
    /// The number of bytes that decoded values may still take.
    budget: usize,
}

/// The start tag of an element.
pub(crate) struct Tag<'t>(BytesStart<'t>);

impl Tag<'_> {
    /// Returns `true` if the element has this name, with any namespace prefix.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name() == name || self.local_name() == name
    }

    fn name(&self) -> &str {
        self.0.name().0
    }

    /// Returns the name without the prefix of a namespace.
    pub(crate) fn local_name(&self) -> &str {
        let name = self.name();
        name.split_once(':').map_or(name, |(_, local)| local)
    }

    /// Calls a function with the name and the value of each attribute.
    pub(super) fn attributes(
        &self,
        with: &mut dyn FnMut(&str, &str) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut attributes = self.0.attributes();
        // The check compares each with all others, and a sender may write thousands.
        for attribute in attributes.with_checks(false) {
            let attribute = attribute.map_err(|error| invalid(&error))?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            let value = value.map_err(|error| invalid(&error))?;
            with(attribute.key.0, &value)?;
        }
        Ok(())
    }
}

#[cold]
fn invalid(problem: &dyn std::fmt::Display) -> Error {
    Error::new(format!("invalid XML: {problem}"))
}

impl<'t> Reader<'t> {
    pub(crate) fn new(body: &'t [u8], budget: usize) -> Result<Self, Error> {
        let text = std::str::from_utf8(body).map_err(|error| {
            let at = error.valid_up_to();
            Error::new(format!("invalid XML at byte {at}: not UTF-8"))
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut inner = quick_xml::Reader::from_str(text);
        inner.config_mut().expand_empty_elements = true;
        Ok(Self {
            inner,
            depth: 0,
            budget,
        })
    }

    /// Takes bytes of memory from the budget.
    pub(super) fn charge(&mut self, bytes: usize) -> Result<(), Error> {
        match self.budget.checked_sub(bytes) {
            Some(rest) => self.budget = rest,
            None => return Err(Error::too_large()),
        }
        Ok(())
    }

    /// Reads the next event, without comments and instructions. Rejects a document type, which
    /// could define entities.
    fn event(&mut self) -> Result<Event<'t>, Error> {
        loop {
            let event = self.inner.read_event();
            let event = event.map_err(|error| {
                let at = self.inner.error_position();
                Error::new(format!("invalid XML at byte {at}: {error}"))
            })?;
            match event {
                Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {}
                Event::DocType(_) => return Err(invalid(&"a document type is not allowed")),
                Event::Eof if self.depth > 0 => return Err(invalid(&"unexpected end")),
                Event::Start(_) => {
                    self.depth += 1;
                    if self.depth > DEPTH {
                        let problem = format!("more than {DEPTH} elements inside each other");
                        return Err(invalid(&problem));
                    }
                    return Ok(event);
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(event);
                }
                event => return Ok(event),
            }
        }
    }

    /// Reads the start tag of the document's element.
    pub(crate) fn root(&mut self) -> Result<Tag<'t>, Error> {
        match self.child()? {
            Some(tag) => Ok(tag),
            None => Err(invalid(&"no element")),
        }
    }

    /// Reads the start tag of the next child of the open element, and skips text before it; `None`
    /// if there is none, and then the open element is closed.
    pub(crate) fn child(&mut self) -> Result<Option<Tag<'t>>, Error> {
        loop {
            match self.event()? {
                Event::Start(tag) => return Ok(Some(Tag(tag))),
                Event::End(_) | Event::Eof => return Ok(None),
                _ => {}
            }
        }
    }

    /// Reads the text of the open element, and closes it.
    pub(crate) fn text(&mut self) -> Result<Cow<'t, str>, Error> {
        let mut text = Cow::Borrowed("");
        loop {
            let part = match self.event()? {
                Event::Text(part) => part.xml10_content(),
                Event::CData(part) => part.xml10_content(),
                Event::GeneralRef(reference) => {
                    let character = reference.resolve_char_ref();
                    let character = character.map_err(|error| invalid(&error))?;
                    let character = character.or_else(|| named(&reference));
                    let character = character.ok_or_else(|| invalid(&"an unknown entity"))?;
                    Cow::Owned(character.to_string())
                }
                Event::Start(_) => return Err(invalid(&"an element where text is expected")),
                Event::End(_) | Event::Eof => return Ok(text),
                _ => continue,
            };
            if text.is_empty() {
                text = part;
            } else {
                text.to_mut().push_str(&part);
            }
        }
    }

    /// Closes the open element, whatever is in it.
    pub(crate) fn skip(&mut self) -> Result<(), Error> {
        let outer = self.depth.saturating_sub(1);
        while self.depth > outer {
            self.event()?;
        }
        Ok(())
    }

    /// Reads to the end of the document.
    pub(crate) fn end(&mut self) -> Result<(), Error> {
        match self.child()? {
            None => Ok(()),
            Some(_) => Err(invalid(&"more than one element")),
        }
    }
}

/// Returns the character of an entity that XML has without a document type.
fn named(name: &str) -> Option<char> {
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "apos" => '\'',
        "quot" => '"',
        _ => return None,
    })
}
