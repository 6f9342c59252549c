//! What a device's data points take: the standard instruction set of its category where the documents have one,
//! else whatever is of the kind of the present value.

use serde_json::{Value, json};

use crate::{console::devices::LONGEST_TEXT, state::Point};

/// The kinds of values, as the documents name them.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Boolean,
    Integer { min: i64, max: i64, unit: &'static str },
    Enum(&'static [&'static str]),
    String,
    Json,
}

/// The longest string that a data point takes, in bytes.
const LONGEST: usize = 255;

/// Codes of standard instruction sets, with the category each is of and what it takes.
const STANDARD: &[(&str, &[&str], Kind)] = &[
    ("dj", &["switch_led", "do_not_disturb"], Kind::Boolean),
    ("dj", &["bright_value"], Kind::Integer { min: 25, max: 255, unit: "" }),
    ("dj", &["temp_value"], Kind::Integer { min: 0, max: 255, unit: "" }),
    ("dj", &["bright_value_v2"], Kind::Integer { min: 10, max: 1000, unit: "" }),
    ("dj", &["temp_value_v2"], Kind::Integer { min: 0, max: 1000, unit: "" }),
    ("dj", &["countdown_1"], Kind::Integer { min: 0, max: 86_400, unit: "" }),
    ("dj", &["colour_data", "colour_data_v2", "scene_data", "scene_data_v2", "music_data", "control_data"], Kind::Json),
    (
        "dj",
        &["work_mode"],
        Kind::Enum(&["white", "colour", "scene", "music", "scene_1", "scene_2", "scene_3", "scene_4"]),
    ),
    ("cz", &["switch", "switch_1", "switch_2", "switch_3", "switch_4", "switch_5", "switch_6"], Kind::Boolean),
    (
        "cz",
        &["countdown_1", "countdown_2", "countdown_3", "countdown_4", "countdown_5", "countdown_6"],
        Kind::Integer { min: 0, max: 86_400, unit: "s" },
    ),
];

impl Kind {
    /// What that data point of a device of that category takes.
    pub(super) fn of(category: &str, point: &Point) -> Self {
        let standard = STANDARD.iter().find(|(own, codes, _)| *own == category && codes.contains(&point.code.as_str()));
        standard.map_or_else(|| Self::like(&point.value), |(.., kind)| *kind)
    }

    fn like(value: &Value) -> Self {
        match value {
            Value::Bool(_) => Self::Boolean,
            Value::Number(_) => Self::Integer { min: i64::from(i32::MIN), max: i64::from(i32::MAX), unit: "" },
            Value::String(_) => Self::String,
            Value::Null | Value::Array(_) | Value::Object(_) => Self::Json,
        }
    }

    /// Whether it takes that value.
    pub(super) fn takes(self, value: &Value) -> bool {
        match self {
            Self::Boolean => value.is_boolean(),
            Self::Integer { min, max, .. } => value.as_i64().is_some_and(|number| (min..=max).contains(&number)),
            Self::Enum(range) => value.as_str().is_some_and(|text| range.contains(&text)),
            Self::String => value.as_str().is_some_and(|text| text.len() <= LONGEST),
            Self::Json => json_text(value).is_some_and(|text| text.chars().count() <= LONGEST_TEXT),
        }
    }

    /// A value that it takes, as the status has it: JSON is a text there, as the cloud keeps it.
    pub(super) fn reported(self, value: Value) -> Value {
        match self {
            Self::Json => json_text(&value).map_or(value, Value::String),
            _ => value,
        }
    }

    /// Its name, and its limits as JSON text.
    pub(super) fn described(self) -> (&'static str, String) {
        match self {
            Self::Boolean => ("Boolean", "{}".to_owned()),
            Self::Integer { min, max, unit } => {
                let limits = json!({ "unit": unit, "min": min, "max": max, "scale": 0, "step": 1 });
                ("Integer", limits.to_string())
            }
            Self::Enum(range) => ("Enum", json!({ "range": range }).to_string()),
            Self::String => ("String", json!({ "maxlen": LONGEST }).to_string()),
            Self::Json => ("Json", "{}".to_owned()),
        }
    }
}

/// What a data point of JSON holds: a text as it is, an object or an array as JSON text.
fn json_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(_) | Value::Object(_) => Some(value.to_string()),
        _ => None,
    }
}
