//! The page that asks for the cloud's token, where it has one.

use maud::html;

use super::{
    form::{Field, Form, Problem},
    frame::{Area, Page},
    session::Visit,
    stop::Stop,
};
use crate::{
    http::{Answer, Parameters},
    turn::Turn,
};

const TOKEN: Field<'_> =
    Field { name: "token", label: "Token", hint: "The token that the cloud was started with.", required: true };

/// `GET /console/login`
pub(super) fn show(visit: &Visit) -> Answer {
    if visit.is_admitted { Answer::see_other("/console") } else { page(&Form::empty(visit)) }
}

/// `POST /console/login`
pub(super) fn submit(turn: &mut Turn<'_>, visit: &mut Visit, fields: &Parameters) -> Result<Answer, Stop> {
    if visit.is_admitted || visit.log_in(turn, fields.get("token").unwrap_or_default())? {
        return Ok(Answer::see_other("/console"));
    }
    let sentence = "This is not the token of this cloud.".to_owned();
    let problem = Problem { status: 401, field: Some(TOKEN.name.to_owned()), sentence };
    Ok(page(&Form { problem: Some(&problem), ..Form::empty(visit) }))
}

fn page(form: &Form<'_>) -> Answer {
    let main = html! {
        h1 { "Log in to the console" }
        form.card method="post" action="/console/login" {
            (form.start())
            (form.password(TOKEN))
            button.primary type="submit" { "Log in" }
        }
    };
    Page { status: form.status(), area: Area::Elsewhere, title: "Log in", main }.answer(form.visit)
}
