//! Strings on trial: signed four at a time, and compared with the sign in question.

use alloc::vec::Vec;

use zeroize::Zeroize;

use super::forms::Mistakes;
use super::four::{Block, LANES, Words, compress, side_by_side};
use super::key::{BLOCK, Key, State, take_blocks};

/// The inner hash of a string's first blocks.
#[derive(Clone, Copy)]
pub(super) struct Begun {
    state: State,
    /// How many bytes of the string they are.
    pub length: usize,
}

impl Begun {
    /// A string that has not begun.
    pub const fn of(key: &Key) -> Self {
        Self { state: key.inner, length: 0 }
    }

    /// Takes in the blocks that are whole by now.
    pub fn advance(&mut self, string: &[u8]) {
        let rest = take_blocks(&mut self.state, string.get(self.length..).unwrap_or_default());
        self.length = string.len() - rest.len();
    }
}

/// A string that waits to be signed.
#[derive(Default)]
struct Lane {
    /// The state of what is hashed of it.
    state: State,
    /// What is not hashed yet, padded to whole blocks.
    rest: Vec<u8>,
    mistakes: Mistakes,
}

impl Lane {
    /// The block with which the last `left` begin.
    #[inline(never)]
    fn block(&self, left: usize) -> &Block {
        let (words, _) = self.rest.as_chunks();
        let (blocks, _) = words.as_chunks();
        blocks.len().checked_sub(left).and_then(|at| blocks.get(at)).unwrap_or(&[[0; 4]; 16])
    }
}

/// Signs strings, and keeps the mistakes of those whose sign is the one in question.
pub(super) struct Trials {
    sign: State,
    lanes: [Lane; LANES],
    waiting: usize,
    /// The states that the outer hashes begin with, a word of all lanes beside the other.
    outer: [[u32; LANES]; 8],
    /// How many HMACs were asked for.
    pub hmacs: u32,
    pub matches: Vec<Mistakes>,
}

impl Trials {
    pub fn new(sign: State) -> Self {
        Self { sign, lanes: Default::default(), waiting: 0, outer: [[0; LANES]; 8], hmacs: 0, matches: Vec::new() }
    }

    /// Signs a string at the next occasion: what is hashed of it, and its rest in two pieces.
    pub fn add(&mut self, key: &Key, begun: &Begun, rest: [&[u8]; 2], mistakes: Mistakes) {
        let Some(lane) = self.lanes.get_mut(self.waiting) else { return };
        lane.state = begun.state;
        lane.mistakes = mistakes;
        lane.rest.clear();
        for piece in rest {
            lane.rest.extend_from_slice(piece);
        }
        let length = BLOCK + begun.length + lane.rest.len();
        lane.rest.extend_from_slice(PADDING.get(..BLOCK - (length + 8) % BLOCK).unwrap_or_default());
        lane.rest.extend_from_slice(&(8 * length as u64).to_be_bytes());
        put(&mut self.outer, self.waiting, &key.outer);
        self.hmacs += 1;
        self.waiting += 1;
        if self.waiting == LANES {
            self.finish();
        }
    }

    /// Signs what waits.
    pub fn finish(&mut self) {
        let mut blocks = 0;
        for lane in self.lanes.iter().take(self.waiting) {
            blocks = blocks.max(lane.rest.len() / BLOCK);
        }
        let mut state = [[0; LANES]; 8];
        // All end together; a shorter one begins later.
        for left in (1..=blocks).rev() {
            for (at, lane) in self.lanes.iter().enumerate() {
                if lane.rest.len() == left * BLOCK {
                    put(&mut state, at, &lane.state);
                }
            }
            let [a, b, c, d] = &self.lanes;
            compress(&mut state, &mut side_by_side([a.block(left), b.block(left), c.block(left), d.block(left)]));
        }
        let mut last = [Words::all(0); 16];
        for (word, of_lanes) in last.iter_mut().zip(state) {
            *word = Words::of(of_lanes);
        }
        last[8] = Words::all(0x8000_0000);
        last[15] = Words::all(8 * (64 + 32));
        compress(&mut self.outer, &mut last);
        for (at, lane) in self.lanes.iter().enumerate().take(self.waiting) {
            let mut is_same = true;
            for (word, words) in self.sign.iter().zip(&self.outer) {
                is_same &= words.get(at) == Some(word);
            }
            if is_same {
                self.matches.push(lane.mistakes);
            }
        }
        self.waiting = 0;
    }
}

/// States of a secret's hash are as good as the secret.
impl Drop for Trials {
    fn drop(&mut self) {
        self.outer.zeroize();
        for lane in &mut self.lanes {
            lane.state.zeroize();
        }
    }
}

/// Sets the state of a lane.
#[inline(never)]
fn put(lanes: &mut [[u32; LANES]; 8], at: usize, state: &State) {
    for (words, word) in lanes.iter_mut().zip(state) {
        if let Some(to) = words.get_mut(at) {
            *to = *word;
        }
    }
}

/// What ends a text, before its length.
const PADDING: [u8; BLOCK] = {
    let mut padding = [0; BLOCK];
    padding[0] = 0x80;
    padding
};

#[cfg(test)]
#[expect(clippy::indexing_slicing, reason = "a test that fails should panic")]
mod tests {
    use hmac::digest::InvalidLength;
    use hmac::{Hmac, KeyInit, Mac};
    use sha2::Sha256;

    use super::super::Mistake;
    use super::*;

    /// What is signed, by its length.
    fn text(length: usize) -> Vec<u8> {
        (0..=250).cycle().take(length).collect()
    }

    /// Strings of these lengths are signed together; which of them have the sign of the first?
    fn found(secret: &[u8], lengths: [usize; 6]) -> Result<Vec<Mistakes>, InvalidLength> {
        let digest: [u8; 32] =
            Hmac::<Sha256>::new_from_slice(secret)?.chain_update(text(lengths[0])).finalize().into_bytes().into();
        let (words, _) = digest.as_chunks();
        let mut sign = State::default();
        for (word, bytes) in sign.iter_mut().zip(words) {
            *word = u32::from_be_bytes(*bytes);
        }
        let (key, mut trials) = (Key::of(secret), Trials::new(sign));
        for (at, length) in lengths.into_iter().enumerate() {
            let (string, mut begun) = (text(length), Begun::of(&key));
            if at % 2 == 0 {
                begun.advance(&string);
            }
            let rest = &string[begun.length..];
            let (one, other) = rest.split_at(rest.len() / 3);
            trials.add(&key, &begun, [one, other], Mistake::ALL[at].alone());
        }
        trials.finish();
        Ok(trials.matches.clone())
    }

    #[test]
    fn strings_of_every_length_are_signed_as_one_alone_is() -> Result<(), InvalidLength> {
        for secret in [text(7), text(64), text(65)] {
            for length in 0..300 {
                let others = |step: usize| (length + 37 * step) % 300;
                // The sixth is signed without two beside it.
                let lengths = [length, others(1), others(2), length, others(3), length];
                assert!(found(&secret, lengths)? == [0, 3, 5].map(|at| Mistake::ALL[at].alone()), "{length}");
            }
        }
        Ok(())
    }
}
