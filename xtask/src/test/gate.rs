//! Adds up what the lints and runners say.

use std::process::{Command, ExitCode};

use anyhow::Result;

use super::tally;
use crate::process::Step;

/// One run of a test runner.
pub struct Suite {
    /// Its name in reports.
    pub title: &'static str,
    /// The fewest tests that must pass or fail in it.
    pub floor: u64,
}

/// The sum so far.
#[derive(Default)]
pub struct Gate {
    passed: u64,
    failed: u64,
    complaints: Vec<String>,
}

impl Gate {
    /// Counts a step that is no test: as a failure when it failed, else not at all. Says whether it held.
    pub fn check<T>(&mut self, result: &Result<T>) -> bool {
        if let Err(error) = result {
            self.complain(format!("{error:#}"));
        }
        result.is_ok()
    }

    /// Runs a suite, shows its output and counts its tests.
    pub fn run(&mut self, suite: &Suite, command: &mut Command) {
        let shown = match Step::new(suite.title).show(command) {
            Ok(shown) => shown,
            Err(error) => return self.complain(format!("{error:#}")),
        };
        let sum = tally::tally(&shown.output);
        self.passed += sum.passed;
        self.failed += sum.failed;
        if !shown.ok && sum.failed == 0 {
            self.complain(format!("{} failed without a failed test; see above", suite.title));
        }
        if shown.output.contains("no tests to run!") {
            self.complain(format!("{}: a test file without a test that runs there", suite.title));
        }
        if sum.passed + sum.failed < suite.floor {
            self.complain(format!(
                "{} ran {} tests, fewer than {} (xtask/src/test.rs)",
                suite.title,
                sum.passed + sum.failed,
                suite.floor
            ));
        }
    }

    /// Repeats the complaints' first lines and prints the sum, alone on the last line.
    pub fn finish(self) -> ExitCode {
        println!();
        for complaint in &self.complaints {
            println!("failed: {}", complaint.lines().next().unwrap_or_default());
        }
        println!("{} passed, {} failed", self.passed, self.failed);
        if self.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }

    fn complain(&mut self, complaint: String) {
        println!("failed: {complaint}");
        self.failed += 1;
        self.complaints.push(complaint);
    }
}
