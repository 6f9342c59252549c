//! State is rows: a key and JSON text. Records are typed views of them.

mod records;
mod work;

pub(crate) use records::{
    Account, AppSource, Authorization, Clock, Code, Device, Fault, FaultyBody, Link, Login, Oauth, Packages, Phone,
    Point, ProductSource, Project, Refresh, RequestRecord, Scan, ScanStage, Settings, SignDiagnosis, SignMatch, Simple,
    Token, Who,
};
pub(crate) use work::{Broken, Expiring, Record, Rows, Work, number_key};

use serde::{Deserialize, Serialize};

/// One row of the cloud's state, or its removal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Table and key parts joined by `/`, each part percent-encoded.
    pub key: String,
    /// JSON text; `None` removes the row.
    pub value: Option<String>,
}
