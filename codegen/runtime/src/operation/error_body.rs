//! The body of an error answer: its code, its message, and what the model says of it.
//!
//! It may come from anywhere and be as long as an answer may be, so only what somebody asks for is
//! kept of it. A value for everything in it would take many times its length.

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, DeserializeSeed, IntoDeserializer as _, MapAccess};

use crate::json::{self, Members, Text};

/// The names of an error's code.
const CODE: [&str; 2] = ["code", "__type"];
/// The names of an error's message, the first of which is the modelled one.
const MESSAGE: [&str; 3] = ["message", "Message", "errorMessage"];

/// The code and the message that a body tells, each under the first of its names that has a text.
/// What is no JSON object tells none.
pub(super) fn code_and_message(body: &[u8]) -> (Option<String>, Option<String>) {
    let Told { code, message } = json::members(body, told).unwrap_or_default();
    (first(code), first(message))
}

fn first<const N: usize>(texts: [Option<String>; N]) -> Option<String> {
    texts.into_iter().flatten().find(|text| !text.is_empty())
}

/// A body as an error's structure, whose `message` is read under every name; `None` where the body is
/// not what the model says.
pub(super) fn structure<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    let read = |members: Members<'_, '_>| {
        T::deserialize(MapAccessDeserializer::new(ErrorMembers::new(members)))
    };
    json::members(body, read).ok()
}

/// The place for the text of a name, where it is one of those.
fn place<'a, const N: usize>(
    names: &[&str; N],
    texts: &'a mut [Option<String>; N],
    name: &str,
) -> Option<&'a mut Option<String>> {
    let mut places = names.iter().zip(texts);
    places.find_map(|(of, place)| (*of == name).then_some(place))
}

/// The texts of the names of an error's code and message.
#[derive(Default)]
struct Told {
    code: [Option<String>; CODE.len()],
    message: [Option<String>; MESSAGE.len()],
}

fn told(mut members: Members<'_, '_>) -> Result<Told, json::Error> {
    let mut told = Told::default();
    while let Some(name) = members.name()? {
        let code = place(&CODE, &mut told.code, name);
        if let Some(place) = code.or_else(|| place(&MESSAGE, &mut told.message, name)) {
            *place = members.text();
        }
        members.skip()?;
    }
    Ok(told)
}

/// The members of an error's structure as they come, and in place of `message` the first text under
/// the names of the message.
struct ErrorMembers<'r, 'de> {
    inner: Members<'r, 'de>,
    texts: [Option<String>; MESSAGE.len()],
    /// The message, once all other members have been read and its name was asked for.
    message: Option<String>,
}

impl<'r, 'de> ErrorMembers<'r, 'de> {
    fn new(inner: Members<'r, 'de>) -> Self {
        Self {
            inner,
            texts: Default::default(),
            message: None,
        }
    }
}

impl<'de> MapAccess<'de> for ErrorMembers<'_, 'de> {
    type Error = json::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, json::Error> {
        let [modelled, ..] = MESSAGE;
        while let Some(name) = self.inner.name()?.map(str::to_owned) {
            if let Some(place) = place(&MESSAGE, &mut self.texts, &name) {
                *place = self.inner.text();
            }
            if name != modelled {
                return seed.deserialize((&*name).into_deserializer()).map(Some);
            }
            self.inner.skip()?;
        }
        self.message = std::mem::take(&mut self.texts).into_iter().flatten().next();
        match self.message {
            Some(_) => seed.deserialize(modelled.into_deserializer()).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, json::Error> {
        match self.message.take() {
            Some(message) => seed.deserialize(Text(message)),
            None => self.inner.next_value_seed(seed),
        }
    }
}
