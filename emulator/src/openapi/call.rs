//! One call: who makes it, where, and what it brings along.

use serde::de::DeserializeOwned;
use tuya_auth::DataCenter;

use super::refusal::Refusal;
use crate::{guard::is_json, http::Parameters, state::Authorization, turn::Turn};

/// A call whose sign was right.
pub(super) struct Call<'c, 't> {
    pub(super) turn: &'c mut Turn<'t>,
    pub(super) data_center: DataCenter,
    /// Whose keys signed it.
    pub(super) authorization: &'c Authorization,
    /// What stands in the path for the braces of its route, decoded.
    pub(super) named: Vec<String>,
}

impl Call<'_, '_> {
    /// The one thing that the path names: a user, a device, a refresh token.
    pub(super) fn name(&self) -> &str {
        self.named.first().map_or("", String::as_str)
    }

    /// The query, decoded; refused when it cannot be or when a name is repeated.
    pub(super) fn query(&self) -> Result<Parameters, Refusal> {
        Parameters::parse(self.turn.request.query()).ok_or(Refusal::PARAMETER)
    }

    /// The body as JSON of that form. Members that the form does not know are passed over.
    pub(super) fn json<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        if !is_json(self.turn.request) {
            return Err(Refusal::CONTENT_TYPE);
        }
        serde_json::from_slice(self.turn.request.body).map_err(|_| Refusal::PARAMETER)
    }
}
