//! The search: combinations of wrong forms, fewest mistakes first, signed and compared.

use alloc::vec::Vec;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::choice::{Choice, MOST, Part};
use super::parts::{Parts, Reading, TIME_WINDOWS, times_around, with_blanks};
use super::{Diagnosis, Match, Mistake, Suspect};
use crate::error::{Code, Error};
use crate::order;
use crate::sign::Algorithm;

/// Most HMACs that one diagnosis computes.
pub const HMAC_LIMIT: u32 = 20_000;

/// A key that may have been used, with the mistakes that lead to it.
type Key = (Vec<Mistake>, Hmac<Sha256>);

/// One diagnosis on its way.
pub(super) struct Search {
    keys: Vec<Key>,
    parts: Parts,
    right: Algorithm,
    /// The sign as bytes; `None` when it is not 64 hex digits, which no key and string give.
    sign: Option<[u8; 32]>,
    /// Mistakes that the sign itself shows.
    given: Vec<Mistake>,
    matches: Vec<Match>,
    hmacs: u32,
    /// How many of them are enough.
    most: u32,
}

impl Search {
    pub fn of(suspect: &Suspect<'_>, most: u32) -> Result<Self, Error> {
        let mut sign = [0; 32];
        let is_sign = hex::decode_to_slice(suspect.sign, &mut sign).is_ok();
        let lower_case = suspect.sign.bytes().any(|byte| byte.is_ascii_lowercase());
        Ok(Self {
            keys: keys(suspect)?,
            parts: Parts::of(suspect)?,
            right: suspect.options.algorithm,
            sign: is_sign.then_some(sign),
            given: if lower_case { Vec::from([Mistake::LowerCaseSign]) } else { Vec::new() },
            matches: Vec::new(),
            hmacs: 0,
            most,
        })
    }

    pub fn run(mut self) -> Diagnosis {
        let correct = self.sign.is_some() && self.is_correct();
        for mistakes in self.given.len()..=MOST {
            if self.sign.is_none() || correct || !self.matches.is_empty() {
                break;
            }
            let more = mistakes - self.given.len();
            let time = self.parts.time.clone();
            self.level(more, &time);
            // Thousands of times are no part of a search that has found what it looks for.
            if let (Some(milliseconds), Some(window), true) =
                (self.parts.milliseconds, more.checked_sub(1), self.matches.is_empty())
            {
                let window = TIME_WINDOWS.get(window).copied().unwrap_or_default();
                self.level(more, &times_around(milliseconds, window));
            }
        }
        Diagnosis { correct, matches: self.matches, hmacs: self.hmacs }
    }

    /// Whether the sign is right as it stands. A time that is right but for its unit counts as a mistake.
    fn is_correct(&mut self) -> bool {
        let time = self.parts.time.clone();
        self.level(0, &time);
        let reproduced = !self.matches.is_empty();
        self.matches.clear();
        if reproduced && self.parts.milliseconds.is_none() {
            self.matches.push(Match { mistakes: [self.given.as_slice(), &[Mistake::TimeInSeconds]].concat() });
            return false;
        }
        reproduced && self.given.is_empty()
    }

    /// Signs all combinations of exactly `mistakes`, with these forms of the time.
    fn level(&mut self, mistakes: usize, time: &Part) {
        let keys = self.keys.clone();
        for (of_string, stages) in self.strings(time) {
            for (of_key, mac) in &keys {
                let mut chosen = [of_key.as_slice(), &of_string].concat();
                if let Some(left) = mistakes.checked_sub(chosen.len()) {
                    self.descend(mac.clone(), &stages, left, &mut chosen);
                }
            }
        }
    }

    /// The strings that can have been signed, each with the mistakes that are all its parts' own: by this algorithm or
    /// the other, the body read in one way or another.
    fn strings(&self, time: &Part) -> Vec<(Vec<Mistake>, Vec<Stage>)> {
        let Parts { client_id, token, readings, .. } = &self.parts;
        let (of_short, of_full) = match self.right {
            Algorithm::Current => (Some(Mistake::LegacyAlgorithm), None),
            Algorithm::Legacy => (None, Some(Mistake::CurrentAlgorithm)),
        };
        let short = [client_id, token, time];
        let mut strings = Vec::from([(of_short.into_iter().collect(), stages(&short))]);
        for Reading { mistakes, parts } in readings {
            let mistakes = of_full.into_iter().chain(mistakes.iter().copied()).collect();
            let full: Vec<&Part> = short.into_iter().chain(parts).collect();
            strings.push((mistakes, stages(&full)));
        }
        strings
    }

    /// Continues the string with the first of the parts, in each form that `left` mistakes allow. What strings have in
    /// common at their beginning is hashed once.
    fn descend(&mut self, mac: Hmac<Sha256>, stages: &[Stage], left: usize, chosen: &mut Vec<Mistake>) {
        let Some((stage, rest)) = stages.split_first() else {
            self.compare(mac, chosen);
            return;
        };
        for (count, choices) in stage.by_count.iter().enumerate() {
            let Some(left) = left.checked_sub(count).filter(|left| *left <= stage.most_after) else { continue };
            for Choice { mistakes, text } in choices {
                if self.hmacs >= self.most {
                    return;
                }
                let mut mac = mac.clone();
                mac.update(text.as_bytes());
                chosen.extend_from_slice(mistakes);
                self.descend(mac, rest, left, chosen);
                chosen.truncate(chosen.len() - count);
            }
        }
    }

    fn compare(&mut self, mac: Hmac<Sha256>, chosen: &[Mistake]) {
        self.hmacs += 1;
        let computed: [u8; 32] = mac.finalize().into_bytes().into();
        if self.sign == Some(computed) {
            let mut mistakes = Vec::new();
            for mistake in self.given.iter().chain(chosen) {
                order::insert(&mut mistakes, *mistake, |mistake| mistake);
            }
            let found = Match { mistakes };
            if !self.matches.contains(&found) {
                order::insert(&mut self.matches, found, |found| &found.mistakes);
            }
        }
    }
}

/// A part on the way through a string.
struct Stage {
    /// Its forms by the number of their mistakes.
    by_count: Vec<Vec<Choice>>,
    /// How many mistakes the parts after it can take at most.
    most_after: usize,
}

fn stages(parts: &[&Part]) -> Vec<Stage> {
    let mut most_after = 0;
    let mut stages: Vec<Stage> = Vec::new();
    for part in parts.iter().rev() {
        let of_count = |count| part.choices.iter().filter(move |choice| choice.mistakes.len() == count);
        let by_count: Vec<Vec<Choice>> = (0..=MOST).map(|count| of_count(count).cloned().collect()).collect();
        let most = by_count.iter().rposition(|choices| !choices.is_empty()).unwrap_or_default();
        stages.insert(0, Stage { by_count, most_after });
        most_after += most;
    }
    stages
}

/// The secret and the others, each also with white space around it.
fn keys(suspect: &Suspect<'_>) -> Result<Vec<Key>, Error> {
    let others = suspect.other_secrets.iter().map(|secret| (secret, Some(Mistake::OtherSecret)));
    let mut keys = Vec::new();
    for (secret, other) in core::iter::once((suspect.secret, None)).chain(others) {
        let text = core::str::from_utf8(secret.as_bytes()).map_err(|_| Code::InvalidSecret)?;
        for Choice { mistakes, text } in with_blanks(text, Mistake::WhitespaceAroundSecret).choices {
            let mac = Hmac::new_from_slice(Zeroizing::new(text).as_bytes()).map_err(|_| Code::InvalidSecret)?;
            keys.push((other.into_iter().chain(mistakes).collect(), mac));
        }
    }
    Ok(keys)
}
