//! The load generator of the benchmark.

use super::apt;
use crate::process;

/// Installs it when it is absent. Where that cannot be done, says so: the benchmark leaves its part out then.
pub fn provide() {
    if process::find(&["wrk"]).is_none()
        && let Err(error) = apt::install("wrk", &["wrk"])
    {
        println!("left out, {error:#}");
    }
}
