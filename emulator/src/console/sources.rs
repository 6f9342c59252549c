//! A project's data sources of simple mode (section 1): products, apps, mini programs and linked users. What a token
//! may read of them, the permission packages decide.

use tuya_auth::DataCenter;

use super::{
    accounts, formats, projects,
    refused::{Reason, Refused},
};
use crate::{
    state::{AppSource, Link, ProductSource, Work},
    turn::Turn,
};

/// A data source.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// Every device of a product, by product ID.
    Product(String),
    /// Every account of an app, by application name.
    App(String),
    /// Every account of a `WeChat` mini program, by app id.
    MiniProgram(String),
    /// One account, by data center and uid.
    User(DataCenter, String),
}

impl Source {
    /// The kind's name in JSON.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Product(_) => "product",
            Self::App(_) => "app",
            Self::MiniProgram(_) => "mini_program",
            Self::User(..) => "user",
        }
    }
}

/// The data sources of a project, kind by kind.
pub(crate) fn list(work: &Work<'_>, project: &str) -> Result<Vec<Source>, Refused> {
    projects::find(work, project)?;
    let products = work.names::<ProductSource>(&[project])?.into_iter().map(Source::Product);
    let (mini_programs, apps): (Vec<String>, Vec<String>) =
        work.names::<AppSource>(&[project])?.into_iter().partition(|app| formats::is_wechat_app_id(app));
    let apps = apps.into_iter().map(Source::App).chain(mini_programs.into_iter().map(Source::MiniProgram));
    let mut sources: Vec<Source> = products.chain(apps).collect();
    for center in DataCenter::ALL {
        let users = work.names::<Link>(&[project, center.code()])?.into_iter();
        sources.extend(users.map(|uid| Source::User(center, uid)));
    }
    Ok(sources)
}

/// Makes something a data source of a project; nothing happens if it is one. A product or an app need not be known
/// to this cloud, a user has to.
pub(crate) fn add(turn: &mut Turn<'_>, project: &str, source: &Source) -> Result<(), Refused> {
    store(&mut turn.work, project, source)
}

/// What [`add`] does.
pub(crate) fn store(work: &mut Work<'_>, project: &str, source: &Source) -> Result<(), Refused> {
    projects::find(work, project)?;
    match source {
        Source::Product(id) => work.put(&[project, &formats::product_id("productId", id)?], &ProductSource {}),
        Source::App(app) => work.put(&[project, &formats::application_name("app", app)?], &AppSource {}),
        Source::MiniProgram(app) => work.put(&[project, &formats::wechat_app_id("app", app)?], &AppSource {}),
        Source::User(center, uid) => {
            accounts::with_uid(work, *center, uid)?;
            work.put(&[project, center.code(), uid], &Link {})
        }
    }?;
    Ok(())
}

/// Ends that something is a data source of a project.
pub(crate) fn remove(turn: &mut Turn<'_>, project: &str, source: &Source) -> Result<(), Refused> {
    if !list(&turn.work, project)?.contains(source) {
        return Err(Refused::new(Reason::SourceUnknown, "The project has no such data source."));
    }
    match source {
        Source::Product(id) => turn.work.remove::<ProductSource>(&[project, id]),
        Source::App(app) | Source::MiniProgram(app) => turn.work.remove::<AppSource>(&[project, app]),
        Source::User(center, uid) => turn.work.remove::<Link>(&[project, center.code(), uid]),
    }
    Ok(())
}
