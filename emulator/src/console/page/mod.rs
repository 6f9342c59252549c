//! The console's pages, where a developer manages projects as on the Tuya Developer Platform (section 1). They work
//! without scripts; every change goes through the operations that the console's JSON has too.

mod accounts;
mod authorization_texts;
mod authorizations;
mod devices;
mod devices_tab;
mod form;
mod frame;
mod links;
mod login;
mod oauth;
mod packages;
mod parts;
mod points;
mod projects;
mod requests;
mod session;
mod sources;
mod stop;

use session::Visit;
use stop::Stop;

use tuya_auth::encoding::decode_path;

use crate::{
    guard,
    http::{Answer, Parameters},
    turn::Turn,
};

const STYLE: &str = concat!(include_str!("../../style/tokens.css"), include_str!("style.css"));

/// Answers `/console/{path}`, the segments of `path`.
pub(super) fn answer(turn: &mut Turn<'_>, path: &[&str]) -> Answer {
    let answer = match path {
        ["style.css"] => Answer::new(200, "text/css; charset=utf-8", STYLE.to_owned()),
        ["script.js"] => Answer::new(200, "text/javascript; charset=utf-8", include_str!("script.js").to_owned()),
        _ => page(turn, path),
    };
    frame::guarded(answer)
}

fn page(turn: &mut Turn<'_>, path: &[&str]) -> Answer {
    let is_form = match turn.request.method {
        "GET" => false,
        "POST" => true,
        _ => return Answer::text(405, "The console's pages take GET and POST.").with("allow", "GET, POST"),
    };
    if !is_form && session::comes_from_elsewhere(turn.request) {
        return frame::again(turn.request.target);
    }
    let Ok(path) = path.iter().map(|segment| decode_path(segment)).collect::<Result<Vec<String>, _>>() else {
        return Answer::text(404, "The console has nothing here.");
    };
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let Ok(mut visit) = Visit::of(turn) else {
        return Answer::text(500, "This cloud cannot read its own state.");
    };
    let outcome = if is_form { submitted(turn, &mut visit, &path) } else { shown(turn, &visit, &path) };
    let answer = outcome.unwrap_or_else(|stop| {
        turn.work.discard();
        frame::stopped(&visit, &stop)
    });
    match visit.set_cookie() {
        Some(set_cookie) => answer.with("set-cookie", set_cookie),
        None => answer,
    }
}

/// A page, or the way to the login for who has not shown the token.
fn shown(turn: &mut Turn<'_>, visit: &Visit, path: &[&str]) -> Result<Answer, Stop> {
    match path {
        ["login"] => Ok(login::show(visit)),
        _ if !visit.is_admitted => Ok(Answer::see_other("/console/login")),
        _ => show(turn, visit, path),
    }
}

/// What a form does, if a page made for this browser sent it.
fn submitted(turn: &mut Turn<'_>, visit: &mut Visit, path: &[&str]) -> Result<Answer, Stop> {
    if !guard::is_same_origin(turn.request) {
        return Err(Stop::new(403, "origin_foreign", "This form was sent by a page of another site."));
    }
    let fields = visit.form(turn.request)?;
    match path {
        ["login"] => login::submit(turn, visit, &fields),
        _ if !visit.is_admitted => Err(Stop::new(401, "token_missing", "Log in with this cloud's token first.")),
        ["logout"] => {
            visit.log_out(turn);
            Ok(Answer::see_other("/console/login"))
        }
        _ => submit(turn, visit, path, &fields),
    }
}

fn show(turn: &mut Turn<'_>, visit: &Visit, path: &[&str]) -> Result<Answer, Stop> {
    match path {
        [] | ["" | "projects"] => projects::list(turn, visit),
        ["projects", "new"] => Ok(projects::new(visit)),
        ["projects", project] => projects::overview(turn, visit, project),
        ["projects", project, "authorization", kind] => authorizations::list(turn, visit, project, kind),
        ["projects", project, "authorization", kind, "new"] => authorizations::new(turn, visit, project, kind),
        ["projects", project, "authorization", kind, id, "edit"] => {
            authorizations::edit(turn, visit, (project, kind, id))
        }
        ["projects", project, "devices"] => links::show(turn, visit, project),
        ["projects", project, "devices", "oauth"] => oauth::show(turn, visit, project),
        ["projects", project, "devices", "link"] => links::new(turn, visit, project),
        ["projects", project, "devices", "sources"] => sources::show(turn, visit, project),
        ["projects", project, "devices", "sources", kind] => sources::new(turn, visit, project, kind),
        ["projects", project, "devices", "packages"] => packages::show(turn, visit, project),
        ["accounts"] => accounts::list(turn, visit),
        ["accounts", "new"] => accounts::new(turn, visit),
        ["accounts", data_center, name] => accounts::edit(turn, visit, data_center, name),
        ["devices"] => devices::list(turn, visit),
        ["devices", "new"] => devices::new(turn, visit),
        ["devices", data_center, id] => devices::show(turn, visit, data_center, id),
        ["requests"] => requests::show(turn, visit),
        _ => Err(Stop::not_found()),
    }
}

fn submit(turn: &mut Turn<'_>, visit: &Visit, path: &[&str], fields: &Parameters) -> Result<Answer, Stop> {
    match path {
        ["projects", "new"] => projects::create(turn, visit, fields),
        ["projects", project] => projects::rename(turn, visit, project, fields),
        ["projects", project, "authorization", kind, "new"] => authorizations::add(turn, visit, project, kind, fields),
        ["projects", project, "authorization", kind, id, "edit"] => {
            authorizations::save(turn, visit, (project, kind, id), fields)
        }
        ["projects", project, "devices", "oauth"] => oauth::save(turn, visit, project, fields),
        ["projects", project, "devices", "link"] => links::add(turn, visit, project, fields),
        ["projects", project, "devices", "sources", "remove"] => sources::remove(turn, project, fields),
        ["projects", project, "devices", "sources", kind] => sources::add(turn, visit, (project, kind), fields),
        ["projects", project, "devices", "packages"] => packages::save(turn, project, fields),
        ["accounts", "new"] => accounts::create(turn, visit, fields),
        ["accounts", data_center, name] => accounts::save(turn, visit, (data_center, name), fields),
        ["accounts", data_center, name, "delete"] => accounts::delete(turn, data_center, name),
        ["devices", "new"] => devices::create(turn, visit, fields),
        ["devices", data_center, id] => devices::save(turn, visit, (data_center, id), fields),
        ["devices", data_center, id, "delete"] => devices::delete(turn, data_center, id),
        _ => Err(Stop::not_found()),
    }
}
