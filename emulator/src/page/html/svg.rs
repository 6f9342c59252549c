//! A QR code as an inline SVG, black on white in every colour scheme: scanners want it so.

use std::fmt::Write;

use fast_qr::{ECL, QRBuilder};
use maud::{Markup, html};

/// The white around a code, in modules (ISO/IEC 18004 section 6.3.8).
const QUIET: usize = 4;

/// The code of a text; `None` when it is longer than a code can hold.
pub(super) fn qr(text: &str, name: &str) -> Option<Markup> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let side = code.size + 2 * QUIET;
    Some(html! {
        svg.qr role="img" aria-label=(name) viewBox={ "0 0 " (side) " " (side) } shape-rendering="crispEdges" {
            rect width=(side) height=(side) fill="#fff" {}
            path fill="#000" d=(dark(&code)) {}
        }
    })
}

/// A path over all dark modules: one strip for each run of them in a row.
fn dark(code: &fast_qr::QRCode) -> String {
    let mut path = String::new();
    for (y, row) in code.data.chunks(code.size).take(code.size).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, next| one.value() == next.value()) {
            if run.first().is_some_and(|module| module.value()) {
                let (left, top, width) = (x + QUIET, y + QUIET, run.len());
                let _ = write!(path, "M{left} {top}h{width}v1h-{width}z"); // writing to a String does not fail
            }
            x += run.len();
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::qr;

    #[test]
    fn a_code_begins_with_its_finder_pattern_inside_the_quiet_zone() {
        let svg =
            qr("http://localhost:8787/us/d/scan?token=0", "code").map_or_else(String::new, maud::Markup::into_string);
        assert!(svg.contains("viewBox=\"0 0 37 37\""), "{svg}"); // version 3: 29 modules, and 4 on each side
        assert!(svg.contains("d=\"M4 4h7v1h-7z"), "{svg}");
    }

    #[test]
    fn a_text_can_be_too_long() {
        assert!(qr(&"x".repeat(3000), "code").is_none());
    }
}
