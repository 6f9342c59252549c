//! The browsers beside Chromium that run the package in tests: Firefox, and `WebKitGTK` with its driver and a screen in
//! memory.

use super::apt;
use crate::process;

/// What a browser is called here, its programs on the search path, and Debian's packages of them.
type Browser = (&'static str, &'static [&'static str], &'static [&'static str]);

const FIREFOX: Browser = ("Firefox", &["firefox-esr", "firefox"], &["firefox-esr"]);
const WEBKIT: Browser = ("WebKitGTK", &["WebKitWebDriver"], &["webkit2gtk-driver"]);
const SCREEN: Browser = ("WebKitGTK's screen", &["Xvfb"], &["xvfb"]);

/// Installs those that are absent. Where that cannot be done, says so: their tests are left out then, with the reason.
pub fn provide() {
    for (what, programs, packages) in [FIREFOX, WEBKIT, SCREEN] {
        if process::find(programs).is_some() {
            continue;
        }
        if let Err(error) = apt::install(what, packages) {
            println!("left out, {error:#}");
        }
    }
}
