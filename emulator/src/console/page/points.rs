//! The data points of a device as fields of a form: a box for what is on or off, a line for what is a number or text.

use maud::{Markup, html};
use serde_json::{Number, Value};

use super::form::{Field, Form};
use crate::{
    console::{Reason, Refused},
    http::Parameters,
    state::Point,
};

/// The inputs for all data points.
pub(super) fn inputs(points: &[Point], form: &Form<'_>) -> Markup {
    html! {
        @for point in points {
            @let name = field_name(&point.code);
            @let field = Field { name: &name, label: &point.code, hint: "", required: false };
            @match &point.value {
                Value::Bool(_) => { (form.check(field)) }
                Value::Number(_) => { (form.text(Field { hint: "A number.", required: true, ..field })) }
                _ => { (form.text(Field { hint: "Text.", ..field })) }
            }
        }
        @if points.is_empty() { p { "The device reports nothing." } }
    }
}

/// What a data point's field holds at first.
pub(super) fn stored(point: &Point) -> (String, String) {
    let value = match &point.value {
        Value::Bool(is_on) => if *is_on { "on" } else { "" }.to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    (field_name(&point.code), value)
}

/// The data points as a form sets them. Each keeps its type.
pub(super) fn sent(points: &[Point], fields: &Parameters) -> Result<Vec<Point>, Refused> {
    let read = |point: &Point| {
        let name = field_name(&point.code);
        let text = fields.get(&name).unwrap_or_default();
        let value = match point.value {
            Value::Bool(_) => Value::Bool(!text.is_empty()),
            Value::Number(_) => Value::Number(number(&name, text)?),
            _ => Value::String(text.to_owned()),
        };
        Ok(Point { code: point.code.clone(), value })
    };
    points.iter().map(read).collect()
}

/// Data points that are written as lines, `code = value`.
pub(super) fn lines(field: &str, text: &str) -> Result<Vec<Point>, Refused> {
    let read = |line: &str| {
        let (code, value) = line.split_once('=')?;
        Some(Point { code: code.trim().to_owned(), value: serde_json::from_str(value.trim()).ok()? })
    };
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| {
            let sentence = format!("This is no line like switch_led = true: {line}");
            read(line).ok_or_else(|| Refused::new(Reason::FieldInvalid, sentence).of(field))
        })
        .collect()
}

fn number(field: &str, text: &str) -> Result<Number, Refused> {
    serde_json::from_str(text.trim())
        .map_err(|_| Refused::new(Reason::FieldInvalid, "This must be a number.").of(field))
}

fn field_name(code: &str) -> String {
    format!("status.{code}")
}
