//! The body of an error answer: its code, its message, and what the model says of it.
//!
//! It may come from anywhere and be as long as an answer may be, so only what somebody asks for is
//! kept of it. A value for everything in it would take many times its length.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer as _, Error, IgnoredAny, IntoDeserializer,
    MapAccess, Visitor,
};
use serde_json::Value;
use serde_json::value::RawValue;

/// The names of an error's code.
const CODE: [&str; 2] = ["code", "__type"];
/// The names of an error's message, the first of which is the modelled one.
const MESSAGE: [&str; 3] = ["message", "Message", "errorMessage"];

/// The code and the message that a body tells, each under the first of its names that has a text.
/// What is no JSON object tells none.
pub(super) fn code_and_message(body: &[u8]) -> (Option<String>, Option<String>) {
    let Told { code, message } = read(body, Told::default()).unwrap_or_default();
    (first(code), first(message))
}

fn first<const N: usize>(texts: [Option<String>; N]) -> Option<String> {
    texts.into_iter().flatten().find(|text| !text.is_empty())
}

/// A body as an error's structure, whose `message` is read under every name; `None` where the body is
/// not what the model says.
pub(super) fn structure<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    read(body, Structure(PhantomData)).ok()
}

fn read<'de, V: Visitor<'de>>(body: &'de [u8], visitor: V) -> serde_json::Result<V::Value> {
    let mut body = serde_json::Deserializer::from_slice(body);
    let value = body.deserialize_map(visitor)?;
    body.end()?;
    Ok(value)
}

/// The text that a value is; `None` where it is something else.
fn text(value: &RawValue) -> Option<String> {
    serde_json::from_str(value.get()).ok()
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

impl<'de> Visitor<'de> for Told {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an error")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<Self, A::Error> {
        while let Some(name) = members.next_key::<String>()? {
            let code = place(&CODE, &mut self.code, &name);
            match code.or_else(|| place(&MESSAGE, &mut self.message, &name)) {
                Some(place) => *place = text(members.next_value()?),
                None => drop(members.next_value::<IgnoredAny>()?),
            }
        }
        Ok(self)
    }
}

/// The structure of an error.
struct Structure<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for Structure<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an error")
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(Members {
            inner: members,
            message: Default::default(),
            next: Next::AsItComes,
        }))
    }
}

/// The members of an error's structure as they come, and in place of `message` the first text under
/// the names of the message.
struct Members<'de, A> {
    inner: A,
    message: [Option<String>; MESSAGE.len()],
    next: Next<'de>,
}

/// The value of the member whose name was asked for last.
enum Next<'de> {
    AsItComes,
    /// It was looked into.
    Seen(&'de RawValue),
    Message(String),
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Members<'de, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        let [modelled, ..] = MESSAGE;
        while let Some(name) = self.inner.next_key::<String>()? {
            self.next = Next::AsItComes;
            if let Some(place) = place(&MESSAGE, &mut self.message, &name) {
                let value = self.inner.next_value()?;
                *place = text(value);
                self.next = Next::Seen(value);
            }
            if name != modelled {
                return seed.deserialize(name.into_deserializer()).map(Some);
            }
        }
        match std::mem::take(&mut self.message)
            .into_iter()
            .flatten()
            .next()
        {
            None => Ok(None),
            Some(message) => {
                self.next = Next::Message(message);
                seed.deserialize(modelled.into_deserializer()).map(Some)
            }
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        match std::mem::replace(&mut self.next, Next::AsItComes) {
            Next::AsItComes => self.inner.next_value_seed(seed),
            Next::Seen(value) => seed.deserialize(value).map_err(A::Error::custom),
            Next::Message(text) => {
                let text = Value::String(text);
                seed.deserialize(text).map_err(A::Error::custom)
            }
        }
    }
}
