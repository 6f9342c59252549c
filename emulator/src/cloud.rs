//! The cloud: its rows, and what a request makes of them.

use std::fmt;

use crate::{
    fault,
    guard::Access,
    http::{Answer, Request},
    journal,
    route::{Reply, route, turned_away},
    seed::{Seed, SeedError},
    state::{Row, Rows},
    turn::Turn,
};

/// A local Tuya cloud of seven data centers. All of its state is [`Row`]s. `Debug` counts them and shows none: they
/// hold secrets.
#[derive(Clone)]
pub struct Cloud {
    rows: Rows,
    access: Access,
}

impl fmt::Debug for Cloud {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cloud").field("rows", &self.rows.len()).field("access", &self.access).finish()
    }
}

impl Cloud {
    /// A new cloud with the seed's project, accounts and devices.
    ///
    /// # Errors
    /// [`SeedError`] when a value of the seed cannot be used.
    pub fn new(seed: &Seed) -> Result<Self, SeedError> {
        Ok(Self::restore(&seed.rows()?))
    }

    /// The cloud whose [`Cloud::snapshot`] these rows are.
    #[must_use]
    pub fn restore(rows: &[Row]) -> Self {
        let mut cloud = Self { rows: Rows::new(), access: Access::default() };
        cloud.apply(rows);
        cloud
    }

    /// The same cloud, for those whom `access` admits.
    #[must_use]
    pub fn with_access(self, access: Access) -> Self {
        Self { access, ..self }
    }

    /// Answers a request. Changes nothing: the rows of the change are handed out, to be stored and then applied,
    /// before the answer goes out and before the next request is handled. Never panics, whatever the request.
    ///
    /// An answer that a rule of `/control/fail` delays or cuts says so; the server does it, after storing the rows.
    #[must_use]
    pub fn handle(&self, request: &Request<'_>) -> (Answer, Vec<Row>) {
        let mut turn = Turn::new(&self.rows, &self.access, request);
        let mut reply = turned_away(&turn).unwrap_or_else(|| answered(&mut turn));
        if reply.journalled {
            journal::record(&mut turn, &mut reply);
        }
        (reply.answer, turn.work.into_rows())
    }

    /// Makes a change that [`Cloud::handle`] handed out.
    pub fn apply(&mut self, rows: &[Row]) {
        for row in rows {
            match &row.value {
                Some(value) => self.rows.insert(row.key.clone(), value.clone()),
                None => self.rows.remove(&row.key),
            };
        }
    }

    /// All rows, in the order of their keys.
    #[must_use]
    pub fn snapshot(&self) -> Vec<Row> {
        let row = |(key, value): (&String, &String)| Row { key: key.clone(), value: Some(value.clone()) };
        self.rows.iter().map(row).collect()
    }
}

/// What a rule of test control makes of the request, else what the cloud does.
fn answered(turn: &mut Turn<'_>) -> Reply {
    let Some(fault) = fault::find(turn) else { return route(turn) };
    let mut reply = match fault.instead(turn) {
        Some(reply) => reply,
        None => route(turn),
    };
    fault.spend(turn, &mut reply.answer);
    reply
}
