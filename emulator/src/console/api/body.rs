//! A JSON object that was sent, read field by field, so that a refusal can name the field.

use serde_json::{Map, Value};

use crate::{
    console::refused::{Reason, Refused},
    http::Request,
};

/// The longest field name that a refusal repeats, in characters.
const LONGEST_NAME: usize = 64;

/// The fields that are still to be read.
pub(super) struct Body(Map<String, Value>);

impl Body {
    pub(super) fn of(request: &Request<'_>) -> Result<Self, Refused> {
        match serde_json::from_slice(request.body) {
            Ok(Value::Object(fields)) => Ok(Self(fields)),
            _ => Err(Refused::new(Reason::JsonInvalid, "Send a JSON object.")),
        }
    }

    /// A field that need not be there.
    pub(super) fn take<T>(
        &mut self,
        field: &str,
        expected: &str,
        read: impl FnOnce(Value) -> Option<T>,
    ) -> Result<Option<T>, Refused> {
        match self.0.remove(field) {
            None => Ok(None),
            Some(value) => read(value).map(Some).ok_or_else(|| Refused::invalid(field, expected)),
        }
    }

    /// A text that need not be there.
    pub(super) fn text(&mut self, field: &str) -> Result<Option<String>, Refused> {
        self.take(field, "a string", text)
    }

    /// A flag that need not be there.
    pub(super) fn flag(&mut self, field: &str) -> Result<Option<bool>, Refused> {
        self.take(field, "true or false", |value| value.as_bool())
    }

    /// A text that must be there.
    pub(super) fn required_text(&mut self, field: &str) -> Result<String, Refused> {
        self.text(field)?.ok_or_else(|| Refused::missing(field))
    }

    /// A flag that must be there.
    pub(super) fn required_flag(&mut self, field: &str) -> Result<bool, Refused> {
        self.flag(field)?.ok_or_else(|| Refused::missing(field))
    }

    /// Refuses what nobody read; `fixed` are fields that are there and cannot be changed.
    pub(super) fn finish(self, fixed: &[&str]) -> Result<(), Refused> {
        let Some((name, _)) = self.0.into_iter().next() else { return Ok(()) };
        let (reason, sentence) = if fixed.contains(&name.as_str()) {
            (Reason::FieldFixed, "This field cannot be changed.")
        } else {
            (Reason::FieldUnknown, "There is no such field.")
        };
        let name: String = name.chars().take(LONGEST_NAME).collect();
        Err(Refused::new(reason, sentence).of(&name))
    }
}

/// The text that a JSON string holds.
pub(super) fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        _ => None,
    }
}
