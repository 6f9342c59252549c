//! What one request reads and writes: the rows as they are, and changes that are not applied yet.

use std::collections::BTreeMap;

use serde::{Serialize, de::DeserializeOwned};
use tuya_auth::encoding::{decode_path, encode_component};

use super::Row;

/// All rows, in the order of their keys.
pub(crate) type Rows = BTreeMap<String, String>;

/// A stored row that is not what this version of the cloud writes.
#[derive(Debug)]
pub(crate) struct Broken;

/// A kind of row.
pub(crate) trait Record: Serialize + DeserializeOwned {
    /// The first part of its keys.
    const TABLE: &'static str;
}

/// A kind of row that is over at some time.
pub(crate) trait Expiring: Record {
    /// When, in ms since the epoch.
    fn expires_at(&self) -> u64;
}

/// A view of the rows in which the changes of one request are already made.
pub(crate) struct Work<'a> {
    rows: &'a Rows,
    changes: BTreeMap<String, Option<String>>,
}

impl<'a> Work<'a> {
    pub(crate) fn new(rows: &'a Rows) -> Self {
        Self { rows, changes: BTreeMap::new() }
    }

    /// The record at that key.
    pub(crate) fn get<R: Record>(&self, parts: &[&str]) -> Result<Option<R>, Broken> {
        let key = key::<R>(parts);
        let value = match self.changes.get(&key) {
            Some(change) => change.as_ref(),
            None => self.rows.get(&key),
        };
        value.map(|text| parse(text)).transpose()
    }

    /// Writes the record at that key.
    pub(crate) fn put<R: Record>(&mut self, parts: &[&str], record: &R) -> Result<(), Broken> {
        self.put_key(key::<R>(parts), record)
    }

    /// Removes the record at that key, if there is one.
    pub(crate) fn remove<R: Record>(&mut self, parts: &[&str]) {
        self.remove_key(key::<R>(parts));
    }

    /// Removes the row with that whole key, as [`Work::list`] names it.
    pub(crate) fn remove_key(&mut self, key: String) {
        self.changes.insert(key, None);
    }

    /// Removes every record of a kind that is over.
    pub(crate) fn forget_over<R: Expiring>(&mut self, now: u64) -> Result<(), Broken> {
        self.forget(&[], |record: &R| record.expires_at() <= now)
    }

    /// Removes every record that is meant, of those whose key begins with these parts.
    pub(crate) fn forget<R: Record>(&mut self, parts: &[&str], is_meant: impl Fn(&R) -> bool) -> Result<(), Broken> {
        for (key, record) in self.list(parts)? {
            if is_meant(&record) {
                self.remove_key(key);
            }
        }
        Ok(())
    }

    /// Writes a record under the whole key that [`Work::list`] named.
    pub(crate) fn put_key<R: Record>(&mut self, key: String, record: &R) -> Result<(), Broken> {
        let text = serde_json::to_string(record).map_err(|_| Broken)?;
        self.changes.insert(key, Some(text));
        Ok(())
    }

    /// Every record whose key begins with these parts, with its whole key, in the order of the keys.
    pub(crate) fn list<R: Record>(&self, parts: &[&str]) -> Result<Vec<(String, R)>, Broken> {
        let prefix = format!("{}/", key::<R>(parts));
        let stored = self
            .rows
            .range(prefix.clone()..)
            .take_while(|(key, _)| key.starts_with(&prefix))
            .map(|(key, text)| (key, Some(text)));
        let changed = self
            .changes
            .range(prefix.clone()..)
            .take_while(|(key, _)| key.starts_with(&prefix))
            .map(|(key, text)| (key, text.as_ref()));
        let merged: BTreeMap<&String, Option<&String>> = stored.chain(changed).collect();
        merged
            .into_iter()
            .filter_map(|(key, text)| text.map(|text| parse(text).map(|record| (key.clone(), record))))
            .collect()
    }

    /// The last key part of every record whose key begins with these parts, in the order of the keys.
    pub(crate) fn names<R: Record>(&self, parts: &[&str]) -> Result<Vec<String>, Broken> {
        let last = |(key, _): (String, R)| decode_path(key.rsplit('/').next().unwrap_or_default()).map_err(|_| Broken);
        self.list::<R>(parts)?.into_iter().map(last).collect()
    }

    /// The number after the last one of a table whose keys are numbers, as [`number_key`] writes them.
    pub(crate) fn next_number<R: Record>(&self) -> u64 {
        let prefix = format!("{}/", R::TABLE);
        let end = format!("{}0", R::TABLE); // '0' is the character after '/'
        let last = self.rows.range(prefix..end).next_back();
        let number = last.and_then(|(key, _)| key.rsplit('/').next()?.parse::<u64>().ok());
        number.map_or(0, |number| number.saturating_add(1))
    }

    /// Removes every row of a table.
    pub(crate) fn clear<R: Record>(&mut self) {
        let prefix = format!("{}/", R::TABLE);
        self.changes.retain(|key, _| !key.starts_with(&prefix));
        let stored = self.rows.range(prefix.clone()..).map(|(key, _)| key);
        self.changes.extend(stored.take_while(|key| key.starts_with(&prefix)).map(|key| (key.clone(), None)));
    }

    /// Makes these rows all that there are.
    pub(crate) fn replace(&mut self, rows: Vec<Row>) {
        self.changes = self.rows.keys().map(|key| (key.clone(), None)).collect();
        self.changes.extend(rows.into_iter().map(|row| (row.key, row.value)));
    }

    /// Forgets every change.
    pub(crate) fn discard(&mut self) {
        self.changes.clear();
    }

    /// The rows to store.
    pub(crate) fn into_rows(self) -> Vec<Row> {
        self.changes.into_iter().map(|(key, value)| Row { key, value }).collect()
    }
}

/// A number as a key, so that the order of keys is the order of numbers.
pub(crate) fn number_key(number: u64) -> String {
    format!("{number:012}")
}

fn key<R: Record>(parts: &[&str]) -> String {
    parts.iter().fold(R::TABLE.to_owned(), |key, part| format!("{key}/{}", encode_component(part)))
}

fn parse<R: Record>(text: &str) -> Result<R, Broken> {
    serde_json::from_str(text).map_err(|_| Broken)
}
