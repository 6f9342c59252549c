//! A project's permission packages (section 1).

use maud::html;

use super::{
    devices_tab::{self, Section},
    form::{Field, Form},
    parts,
    session::Visit,
    stop::Stop,
};
use crate::{
    console::projects,
    http::{Answer, Parameters},
    state::Packages,
    turn::Turn,
};

const PACKAGES: [Field<'_>; 3] = [
    Field {
        name: "pid",
        label: "PID permission package",
        hint: "Lets tokens of simple mode reach every device of the products that are data sources of the project.",
        required: false,
    },
    Field {
        name: "app",
        label: "Mobile app/WeChat Mini Program permission package",
        hint: "Lets tokens of simple mode reach the devices of all users of the apps and mini programs that are data \
               sources of the project.",
        required: false,
    },
    Field {
        name: "user",
        label: "User permission package",
        hint: "Lets tokens of simple mode reach the devices of linked users, and tokens of code mode the devices of \
               the user who authorized on the web page.",
        required: false,
    },
];

/// `GET /console/projects/{id}/devices/packages`
pub(super) fn show(turn: &Turn<'_>, visit: &Visit, project: &str) -> Result<Answer, Stop> {
    let project = projects::find(&turn.work, project)?;
    let Packages { pid, app, user } = project.packages;
    let states = [pid, app, user].map(|has| if has { "on" } else { "" });
    let form = Form::stored(visit, PACKAGES.iter().map(|field| field.name).zip(states).collect());
    let rest = html! {
        h2 { "Permission Packages" }
        p.lead { "A package opens one kind of data source. Without it, calls are answered with 1106, “permission deny”. \
            Tokens that are out feel a change at once." }
        form.card method="post" action={ (parts::project_path(&project.id)) "/devices/packages" } {
            (form.start())
            @for field in PACKAGES { (form.check(field)) }
            div.actions { button.primary type="submit" { "Save" } }
        }
    };
    Ok(devices_tab::page(&project, Section::Packages, None, visit, &rest))
}

/// `POST /console/projects/{id}/devices/packages`
pub(super) fn save(turn: &mut Turn<'_>, project: &str, fields: &Parameters) -> Result<Answer, Stop> {
    let [pid, app, user] = PACKAGES.map(|field| fields.get(field.name).is_some());
    projects::set_packages(turn, project, Packages { pid, app, user })?;
    Ok(Answer::see_other(format!("{}/devices/packages?done=saved", parts::project_path(project))))
}
