//! Lists and maps, dense and sparse.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Format, Read, Written};

/// A list whose nulls are skipped.
#[derive(Debug)]
pub struct List<F>(PhantomData<F>);

impl<T, F: Format<T>> Format<Vec<T>> for List<F> {
    fn serialize<S: Serializer>(value: &Vec<T>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(value.iter().map(Written::<T, F>::new))
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
        let mut list = Vec::new();
        let mut keep = |read: Option<Read<T, F>>| list.extend(read.map(|read| read.value));
        deserializer.deserialize_seq(Each(&mut keep))?;
        Ok(list)
    }
}

/// A list whose nulls are kept.
#[derive(Debug)]
pub struct SparseList<F>(PhantomData<F>);

impl<T, F: Format<T>> Format<Vec<Option<T>>> for SparseList<F> {
    fn serialize<S: Serializer>(value: &Vec<Option<T>>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(
            value
                .iter()
                .map(|value| value.as_ref().map(Written::<T, F>::new)),
        )
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Option<T>>, D::Error> {
        let mut list = Vec::new();
        let mut keep = |read: Option<Read<T, F>>| list.push(read.map(|read| read.value));
        deserializer.deserialize_seq(Each(&mut keep))?;
        Ok(list)
    }
}

/// A map whose entries with null are skipped.
#[derive(Debug)]
pub struct Map<F>(PhantomData<F>);

impl<K, T, F: Format<T>> Format<BTreeMap<K, T>> for Map<F>
where
    K: Ord + Serialize + for<'de> Deserialize<'de>,
{
    fn serialize<S: Serializer>(value: &BTreeMap<K, T>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(
            value
                .iter()
                .map(|(key, value)| (key, Written::<T, F>::new(value))),
        )
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<K, T>, D::Error> {
        let mut map = BTreeMap::new();
        let mut keep = |key: K, read: Option<Read<T, F>>| {
            if let Some(read) = read {
                map.insert(key, read.value);
            }
        };
        deserializer.deserialize_map(EachEntry(&mut keep))?;
        Ok(map)
    }
}

/// A map whose entries with null are kept.
#[derive(Debug)]
pub struct SparseMap<F>(PhantomData<F>);

impl<K, T, F: Format<T>> Format<BTreeMap<K, Option<T>>> for SparseMap<F>
where
    K: Ord + Serialize + for<'de> Deserialize<'de>,
{
    fn serialize<S: Serializer>(
        value: &BTreeMap<K, Option<T>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_map(
            value
                .iter()
                .map(|(key, value)| (key, value.as_ref().map(Written::<T, F>::new))),
        )
    }

    fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<K, Option<T>>, D::Error> {
        let mut map = BTreeMap::new();
        let mut keep = |key: K, read: Option<Read<T, F>>| {
            map.insert(key, read.map(|read| read.value));
        };
        deserializer.deserialize_map(EachEntry(&mut keep))?;
        Ok(map)
    }
}

/// Reads a list, and hands on each element as it comes.
struct Each<'a, T>(&'a mut dyn FnMut(T));

impl<'de, T: Deserialize<'de>> Visitor<'de> for Each<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        while let Some(element) = elements.next_element()? {
            (self.0)(element);
        }
        Ok(())
    }
}

/// Reads a map, and hands on each entry as it comes.
struct EachEntry<'a, K, T>(&'a mut dyn FnMut(K, T));

impl<'de, K: Deserialize<'de>, T: Deserialize<'de>> Visitor<'de> for EachEntry<'_, K, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        while let Some((key, value)) = entries.next_entry()? {
            (self.0)(key, value);
        }
        Ok(())
    }
}
