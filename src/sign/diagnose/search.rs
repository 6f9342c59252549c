//! The search: combinations of wrong forms, fewest mistakes first, signed and compared.

use alloc::vec::Vec;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::forms::{Form, MOST, Mistakes, Part, Texts};
use super::parts::{BLANKS, Parts, TIME, TIME_WINDOWS, times_around};
use super::{Diagnosis, Match, Mistake, Suspect};
use crate::credentials::Secret;
use crate::encoding::hex_digit;
use crate::error::{Code, Error};

/// Most HMACs that one diagnosis computes.
pub const HMAC_LIMIT: u32 = 20_000;

/// A key that may have been used, with the mistakes that lead to it.
type Key = (Mistakes, Hmac<Sha256>);

/// What a search found.
#[derive(Default)]
struct Found {
    matches: Vec<Mistakes>,
    hmacs: u32,
}

/// Finds the mistakes behind a sign with `most` HMACs at most.
pub(super) fn search(suspect: &Suspect<'_>, most: u32) -> Result<Diagnosis, Error> {
    let keys = keys(suspect)?;
    let mut parts = Parts::of(suspect)?;
    let mut found = Found::default();
    let Some(sign) = bytes_of(suspect.sign) else { return Ok(found.diagnosis(false)) };
    let is_lower_case = suspect.sign.bytes().any(|byte| byte.is_ascii_lowercase());
    let given = if is_lower_case { Mistake::LowerCaseSign.alone() } else { Mistakes::NONE };

    let level = Level { keys: &keys, sign, given, most };
    level.sign(&parts, None, 0, &mut found);
    let mut correct = !found.matches.is_empty();
    found.matches.clear();
    if correct && parts.milliseconds.is_none() {
        // A time that is right but for its unit counts as a mistake.
        found.matches.push(given.and(Mistake::TimeInSeconds.alone()));
    }
    correct &= found.matches.is_empty() && given == Mistakes::NONE;
    let mut more = 0;
    while !correct && found.matches.is_empty() && given.count() + more <= MOST {
        level.sign(&parts, None, more, &mut found);
        let window = more.checked_sub(1).and_then(|others| TIME_WINDOWS.get(others as usize));
        // Thousands of times are no part of a search that has found what it looks for.
        if let (Some(milliseconds), Some(window), true) = (parts.milliseconds, window, found.matches.is_empty()) {
            let times = times_around(&mut parts.texts, milliseconds, *window);
            level.sign(&parts, Some(&times), more, &mut found);
        }
        more += 1;
    }
    Ok(found.diagnosis(correct))
}

impl Found {
    fn diagnosis(&self, correct: bool) -> Diagnosis {
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
    keys: &'a [Key],
    sign: [u8; 32],
    /// Mistakes that the sign itself shows.
    given: Mistakes,
    /// How many HMACs are enough.
    most: u32,
}

impl Level<'_> {
    /// Signs all combinations of exactly `mistakes`, with these wrong times or with the time's own forms.
    fn sign(&self, parts: &Parts, times: Option<&Part>, mistakes: u32, found: &mut Found) {
        for string in &parts.strings {
            let mut walk = Walk {
                level: self,
                texts: &parts.texts,
                stages: Vec::new(),
                right: Vec::new(),
                certain: if times.is_some() { TIME + 1 } else { 0 },
                found,
            };
            for (at, part) in parts.list.iter().enumerate() {
                if at <= TIME || string.rest.contains(&at) {
                    walk.push(times.filter(|_| at == TIME).unwrap_or(part));
                }
            }
            walk.count();
            for (of_key, mac) in self.keys {
                let chosen = string.mistakes.and(*of_key);
                if let Some(left) = mistakes.checked_sub(chosen.count()) {
                    walk.descend(mac.clone(), 0, left, chosen);
                }
            }
        }
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
    /// The first part from which on the right forms are among those that are looked for.
    certain: usize,
    found: &'a mut Found,
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
    /// common at their beginning is hashed once, and what no mistake is left for is hashed at once.
    fn descend(&mut self, mut mac: Hmac<Sha256>, at: usize, left: u32, chosen: Mistakes) {
        if self.found.hmacs >= self.level.most {
            return;
        }
        let stage = self.stages.get(at);
        if left == 0 && at >= self.certain {
            mac.update(stage.and_then(|stage| self.right.get(stage.right..)).unwrap_or_default());
            self.compare(mac, chosen);
            return;
        }
        let Some(Stage { forms, most_after, .. }) = stage else { return };
        let (forms, most_after) = (*forms, *most_after);
        for count in 0..=left {
            for form in forms {
                if form.mistakes.count() != count || left - count > most_after {
                    continue;
                }
                let mut mac = mac.clone();
                mac.update(self.texts.of(form.text));
                self.descend(mac, at + 1, left - count, chosen.and(form.mistakes));
            }
        }
    }

    fn compare(&mut self, mac: Hmac<Sha256>, chosen: Mistakes) {
        self.found.hmacs += 1;
        let computed: [u8; 32] = mac.finalize().into_bytes().into();
        if self.level.sign == computed {
            self.found.matches.push(self.level.given.and(chosen));
        }
    }
}

/// The bytes of a sign; `None` when it is not 64 hex digits, which no key and string give.
fn bytes_of(sign: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    let (pairs, odd) = sign.as_bytes().as_chunks::<2>();
    if pairs.len() != bytes.len() || !odd.is_empty() {
        return None;
    }
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = hex_digit(*high).ok()? << 4 | hex_digit(*low).ok()?;
    }
    Some(bytes)
}

/// The secret and the others, each also with white space around it.
fn keys(suspect: &Suspect<'_>) -> Result<Vec<Key>, Error> {
    let mut keys = Vec::new();
    push_keys(&mut keys, Mistakes::NONE, suspect.secret)?;
    for other in suspect.other_secrets {
        push_keys(&mut keys, Mistake::OtherSecret.alone(), other)?;
    }
    Ok(keys)
}

#[inline(never)]
fn push_keys(keys: &mut Vec<Key>, of_secret: Mistakes, secret: &Secret) -> Result<(), Error> {
    let secret = secret.as_bytes();
    let mut mistakes = of_secret;
    for [before, after] in BLANKS {
        // Room for all of it: what a growing text leaves behind is not wiped.
        let mut key = Zeroizing::new(Vec::with_capacity(secret.len() + 2));
        for piece in [before.as_bytes(), secret, after.as_bytes()] {
            key.extend_from_slice(piece);
        }
        keys.push((mistakes, Hmac::new_from_slice(&key).map_err(|_| Code::InvalidSecret)?));
        mistakes = of_secret.and(Mistake::WhitespaceAroundSecret.alone());
    }
    Ok(())
}
