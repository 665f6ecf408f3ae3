//! Lists and maps, dense and sparse.

use std::collections::BTreeMap;
use std::marker::PhantomData;

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
        let read = Vec::<Option<Read<T, F>>>::deserialize(deserializer)?;
        Ok(read.into_iter().flatten().map(|read| read.value).collect())
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
        let read = Vec::<Option<Read<T, F>>>::deserialize(deserializer)?;
        Ok(read
            .into_iter()
            .map(|read| read.map(|read| read.value))
            .collect())
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
        let read = BTreeMap::<K, Option<Read<T, F>>>::deserialize(deserializer)?;
        Ok(read
            .into_iter()
            .filter_map(|(key, value)| Some((key, value?.value)))
            .collect())
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
        let read = BTreeMap::<K, Option<Read<T, F>>>::deserialize(deserializer)?;
        Ok(read
            .into_iter()
            .map(|(key, value)| (key, value.map(|read| read.value)))
            .collect())
    }
}
