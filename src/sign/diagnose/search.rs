//! The search: combinations of wrong forms, fewest mistakes first, signed and compared.

use alloc::vec::Vec;

use zeroize::Zeroizing;

use super::forms::{Form, MOST, Mistakes, Part, Texts};
use super::key::{Key, State};
use super::parts::{BLANKS, Parts, TIME, TIME_WINDOWS, times_around};
use super::trials::{Begun, Trials};
use super::{Diagnosis, Match, Mistake, Suspect};
use crate::credentials::Secret;
use crate::encoding::hex_digit;
use crate::error::Error;

/// Most HMACs that one diagnosis computes.
pub const HMAC_LIMIT: u32 = 20_000;

/// Finds the mistakes behind a sign with `most` HMACs at most.
pub(super) fn search(suspect: &Suspect<'_>, most: u32) -> Result<Diagnosis, Error> {
    let keys = keys(suspect);
    let mut parts = Parts::of(suspect)?;
    let Some(sign) = words_of(suspect.sign) else {
        return Ok(Diagnosis { correct: false, matches: Vec::new(), hmacs: 0 });
    };
    let mut found = Trials::new(sign);
    let is_lower_case = suspect.sign.bytes().any(|byte| byte.is_ascii_lowercase());
    let given = if is_lower_case { Mistake::LowerCaseSign.alone() } else { Mistakes::NONE };

    let level = Level { keys: &keys, given, most };
    for others in 0..=MOST.saturating_sub(given.count()) {
        level.sign(&parts, None, others, &mut found);
        // Thousands of times are no part of a search that has found what it looks for.
        let window = others.checked_sub(1).and_then(|others| TIME_WINDOWS.get(others as usize));
        if let (Some(milliseconds), Some(window), []) = (parts.milliseconds, window, found.matches.as_slice()) {
            let times = times_around(&mut parts.texts, milliseconds, *window);
            level.sign(&parts, Some(&times), others, &mut found);
        }
        if let [right, ..] = found.matches.as_mut_slice() {
            if others == 0 && parts.milliseconds.is_none() {
                // A time that is right but for its unit counts as a mistake.
                *right = given.and(Mistake::TimeInSeconds.alone());
            }
            break;
        }
    }
    Ok(found.diagnosis())
}

impl Trials {
    fn diagnosis(&self) -> Diagnosis {
        let correct = self.matches.first() == Some(&Mistakes::NONE);
        let mut matches = Vec::new();
        let mut above = Mistakes::ALL;
        // As they are of one size, the greatest has the likeliest mistakes.
        loop {
            let mut next = Mistakes::NONE;
            for found in &self.matches {
                if *found < above && *found > next {
                    next = *found;
                }
            }
            if next == Mistakes::NONE {
                return Diagnosis { correct, matches, hmacs: self.hmacs };
            }
            matches.push(Match { mistakes: next.list() });
            above = next;
        }
    }
}

/// What all combinations of one number of mistakes have in common.
struct Level<'a> {
    keys: &'a [(Mistakes, Key)],
    /// Mistakes that the sign itself shows.
    given: Mistakes,
    /// How many HMACs are enough.
    most: u32,
}

impl Level<'_> {
    /// Signs all combinations of exactly `mistakes`, with these wrong times or with the time's own forms.
    fn sign(&self, parts: &Parts, times: Option<&Part>, mistakes: u32, found: &mut Trials) {
        for string in &parts.strings {
            let mut walk = Walk {
                level: self,
                texts: &parts.texts,
                stages: Vec::new(),
                right: Vec::new(),
                certain: if times.is_some() { TIME + 1 } else { 0 },
                string: Vec::new(),
                found,
            };
            for (at, part) in parts.list.iter().enumerate() {
                if at <= TIME || string.rest.contains(&at) {
                    walk.push(times.filter(|_| at == TIME).unwrap_or(part));
                }
            }
            walk.count();
            for (of_key, key) in self.keys {
                let chosen = string.mistakes.and(*of_key);
                if let Some(left) = mistakes.checked_sub(chosen.count()) {
                    walk.descend(key, Begun::of(key), 0, left, chosen);
                }
            }
        }
        found.finish();
    }
}

/// A part on the way through a string.
struct Stage<'a> {
    forms: &'a [Form],
    /// How many mistakes the parts after it can take at most.
    most_after: u32,
    /// Where the right forms of this part and those after it begin.
    right: usize,
}

/// One string, signed in all forms that a number of mistakes can give it.
struct Walk<'a> {
    level: &'a Level<'a>,
    texts: &'a Texts,
    stages: Vec<Stage<'a>>,
    /// The right forms of all parts, one after the other.
    right: Vec<u8>,
    /// The string, as far as it is chosen.
    string: Vec<u8>,
    /// The first part from which on the right forms are among those that are looked for.
    certain: usize,
    found: &'a mut Trials,
}

impl<'a> Walk<'a> {
    fn push(&mut self, forms: &'a [Form]) {
        self.stages.push(Stage { forms, most_after: 0, right: self.right.len() });
        if let Some(right) = forms.first() {
            self.right.extend_from_slice(self.texts.of(right.text));
        }
    }

    /// Counts how many mistakes can come after each part.
    fn count(&mut self) {
        let mut most_after = 0;
        for stage in self.stages.iter_mut().rev() {
            stage.most_after = most_after;
            let mut most = 0;
            for form in stage.forms {
                most = most.max(form.mistakes.count());
            }
            most_after += most;
        }
    }

    /// Continues the string with the parts from `at` on, in each form that `left` mistakes allow. What strings have in
    /// common at their beginning is hashed once, and what no mistake is left for is signed at once.
    fn descend(&mut self, key: &Key, mut begun: Begun, at: usize, left: u32, chosen: Mistakes) {
        if self.found.hmacs >= self.level.most {
            return;
        }
        let stage = self.stages.get(at);
        if left == 0 && at >= self.certain {
            let right = stage.and_then(|stage| self.right.get(stage.right..)).unwrap_or_default();
            let rest = self.string.get(begun.length..).unwrap_or_default();
            self.found.add(key, &begun, [rest, right], self.level.given.and(chosen));
            return;
        }
        let Some(Stage { forms, most_after, .. }) = stage else { return };
        let (forms, most_after) = (*forms, *most_after);
        begun.advance(&self.string);
        for count in 0..=left {
            for form in forms {
                if form.mistakes.count() != count || left - count > most_after {
                    continue;
                }
                let length = self.string.len();
                self.string.extend_from_slice(self.texts.of(form.text));
                self.descend(key, begun, at + 1, left - count, chosen.and(form.mistakes));
                self.string.truncate(length);
            }
        }
    }
}

/// The words of a sign; `None` when it is not 64 hex digits, which no key and string give.
fn words_of(sign: &str) -> Option<State> {
    let (numbers, odd) = sign.as_bytes().as_chunks::<8>();
    let mut words = State::default();
    if numbers.len() != words.len() || !odd.is_empty() {
        return None;
    }
    for (word, digits) in words.iter_mut().zip(numbers) {
        for digit in digits {
            *word = *word << 4 | u32::from(hex_digit(*digit).ok()?);
        }
    }
    Some(words)
}

/// The secret and the others, each also with white space around it.
fn keys(suspect: &Suspect<'_>) -> Vec<(Mistakes, Key)> {
    // Room for all of them, and for all of a key below: what something that grows leaves behind is not wiped.
    let mut keys = Vec::with_capacity(BLANKS.len() * (1 + suspect.other_secrets.len()));
    push_keys(&mut keys, Mistakes::NONE, suspect.secret);
    for other in suspect.other_secrets {
        push_keys(&mut keys, Mistake::OtherSecret.alone(), other);
    }
    keys
}

#[inline(never)]
fn push_keys(keys: &mut Vec<(Mistakes, Key)>, of_secret: Mistakes, secret: &Secret) {
    let secret = secret.as_bytes();
    let mut mistakes = of_secret;
    for [before, after] in BLANKS {
        let mut key = Zeroizing::new(Vec::with_capacity(secret.len() + 2));
        for piece in [before.as_bytes(), secret, after.as_bytes()] {
            key.extend_from_slice(piece);
        }
        keys.push((mistakes, Key::of(&key)));
        mistakes = of_secret.and(Mistake::WhitespaceAroundSecret.alone());
    }
}
