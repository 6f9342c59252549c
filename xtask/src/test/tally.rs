//! Reads the closing lines of test runners.

/// How many tests passed and failed.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Passed.
    pub passed: u64,
    /// Failed, or ended before they could pass.
    pub failed: u64,
}

/// Adds up every `test result:` of cargo's and wasm-bindgen's runners, and the summary of Node's.
pub fn tally(output: &str) -> Tally {
    let mut sum = Tally::default();
    for line in output.lines().map(str::trim) {
        if let Some(result) = line.strip_prefix("test result:") {
            sum.passed += before(result, " passed");
            sum.failed += before(result, " failed");
        }
        sum.passed += after(line, "ℹ pass ");
        sum.failed += after(line, "ℹ fail ") + after(line, "ℹ cancelled ");
    }
    sum
}

/// The number in front of a word.
fn before(text: &str, word: &str) -> u64 {
    let number = text.split(word).next().and_then(|front| front.rsplit(' ').next());
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// The number after the beginning of a line.
fn after(line: &str, beginning: &str) -> u64 {
    line.strip_prefix(beginning).and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{Tally, tally};

    #[test]
    fn adds_up_results_of_cargo() {
        let output = "test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
                      test a ... ok\n\
                      test result: FAILED. 11 passed; 3 failed; 1 ignored; 0 filtered out; finished in 0.01s\n";
        assert_eq!(tally(output), Tally { passed: 13, failed: 3 });
    }

    #[test]
    fn reads_the_summary_of_node() {
        let output = "✔ a (1 ms)\nℹ tests 9\nℹ suites 0\nℹ pass 5\nℹ fail 1\nℹ cancelled 2\nℹ skipped 1\nℹ todo 0\n";
        assert_eq!(tally(output), Tally { passed: 5, failed: 3 });
    }

    #[test]
    fn finds_nothing_where_nothing_ran() {
        assert_eq!(tally("no tests to run!\n"), Tally::default());
    }
}
