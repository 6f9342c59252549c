//! Running other programs: quietly as one line with its time, or with their output shown as it comes.

use std::env;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, ScopedJoinHandle};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};

use crate::files;

/// How many lines of a failed program's output an error shows.
const TAIL: usize = 40;

/// A program's run: its name in reports, and what a person can do where it fails.
pub struct Step<'a> {
    title: &'a str,
    advice: Option<&'a str>,
}

impl<'a> Step<'a> {
    /// A step whose failure is mended by running the same command by hand.
    pub fn new(title: &'a str) -> Self {
        Self { title, advice: None }
    }

    /// The same with better advice.
    pub fn advise(self, advice: &'a str) -> Self {
        Self { advice: Some(advice), ..self }
    }

    /// Runs the program and waits; both of its streams go to `target/logs/`.
    ///
    /// # Errors
    /// Names the step and ends with the output's last lines and the advice.
    pub fn run(&self, command: &mut Command) -> Result<String> {
        let started = Instant::now();
        let log = self.log();
        files::write(&log, "")?;
        let file = File::options().append(true).open(&log).with_context(|| format!("opening {}", log.display()))?;
        let status = command
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .status()
            .with_context(|| format!("{}: cannot start `{}`", self.title, line(command)))?;
        let output = String::from_utf8_lossy(&files::read(&log)?).into_owned();
        if !status.success() {
            let by_hand = self.advice.map_or_else(|| format!("run `{}`", line(command)), str::to_string);
            bail!(
                "{} failed ({status})\n{}\nwhole output: {}\nby hand: {by_hand}",
                self.title,
                tail(&output),
                log.display()
            );
        }
        report(self.title, started.elapsed());
        Ok(output)
    }

    /// Runs the program and waits; shows its output as it comes, both streams on standard output, and keeps it.
    pub fn show(&self, command: &mut Command) -> Result<Shown> {
        println!("\n== {}: {}", self.title, line(command));
        let started = Instant::now();
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("{}: cannot start `{}`", self.title, line(command)))?;
        let output = Mutex::new(String::new());
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        thread::scope(|scope| {
            scope.spawn(|| stdout.map(|stream| forward(stream, &output)));
            scope.spawn(|| stderr.map(|stream| forward(stream, &output)));
        });
        let status = child.wait()?;
        let output = output.into_inner().unwrap_or_else(PoisonError::into_inner);
        files::write(self.log(), &output)?;
        report(self.title, started.elapsed());
        Ok(Shown { ok: status.success(), output })
    }

    fn log(&self) -> PathBuf {
        let name = self.title.replace(|character: char| !character.is_ascii_alphanumeric(), "-");
        PathBuf::from(format!("target/logs/{name}.log"))
    }
}

/// What became of a program whose output was shown.
pub struct Shown {
    /// Whether it exited with status 0.
    pub ok: bool,
    /// Both of its streams, line by line as they came.
    pub output: String,
}

/// One line about a step that held.
pub fn report(title: &str, took: Duration) {
    eprintln!("  {title:<44} {:>7.1} s", took.as_secs_f64());
}

/// The standard output of a program that asks the machine something, trimmed; `None` when it is absent or fails.
pub fn ask(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_string())
}

/// The first of these programs that is on the search path.
pub fn find(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    names.iter().find_map(|name| folders.iter().map(|folder| folder.join(name)).find(|file| file.is_file()))
}

/// The cargo that runs this program.
pub fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// A program out of `node_modules`.
pub fn npm_program(name: &str) -> Command {
    Command::new(format!("node_modules/.bin/{name}"))
}

/// What a thread came to.
pub fn join<T>(thread: ScopedJoinHandle<'_, Result<T>>) -> Result<T> {
    thread.join().unwrap_or_else(|_| Err(anyhow!("a thread of the build ended unexpectedly")))
}

fn forward(stream: impl Read, output: &Mutex<String>) {
    for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line).into_owned();
        let mut output = output.lock().unwrap_or_else(PoisonError::into_inner);
        println!("{line}");
        output.push_str(&line);
        output.push('\n');
    }
}

/// The command as a person would type it.
fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

fn tail(output: &str) -> String {
    let lines: Vec<String> = output.lines().map(|line| format!("  | {line}")).collect();
    lines.get(lines.len().saturating_sub(TAIL)..).unwrap_or_default().join("\n")
}
