//! SHA-256 (FIPS 180-4) and HMAC-SHA256 (RFC 2104) of texts that are held as a whole, on the compression function of
//! `sha2`. Hashers that take a text in pieces keep a block of it and wrap their state once for each trait: in the modules
//! of the npm package that is as much again as the hash itself.

use sha2::block_api::compress256;
use zeroize::{Zeroize, Zeroizing};

/// Bytes of a block.
pub(crate) const BLOCK: usize = 64;

/// The eight words of a hash.
pub(crate) type State = [u32; 8];

/// The state before the first block (FIPS 180-4, section 5.3.3).
const INITIAL: State =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

/// The SHA-256 of a text.
pub(crate) fn sha256(text: &[u8]) -> [u8; 32] {
    finish(INITIAL, 0, text)
}

/// Takes the whole blocks of a text into a state; gives the rest of it.
pub(crate) fn take_blocks<'a>(state: &mut State, text: &'a [u8]) -> &'a [u8] {
    let (blocks, rest) = text.as_chunks();
    compress256(state, blocks);
    rest
}

/// The hash of what is in a state, `before` bytes, and of the text behind it.
#[inline(never)]
fn finish(mut state: State, before: usize, text: &[u8]) -> [u8; 32] {
    let rest = take_blocks(&mut state, text);
    let mut last = [[0; BLOCK]; 2];
    if let Some((of_rest, [mark, ..])) = last.as_flattened_mut().split_at_mut_checked(rest.len()) {
        of_rest.copy_from_slice(rest);
        *mark = 0x80;
    }
    let (first, second) = last.split_at_mut(usize::from(rest.len() + 9 > BLOCK));
    if let Some(length) = second.first_mut().and_then(|block| block.last_chunk_mut()) {
        *length = (8 * (before + text.len()) as u64).to_be_bytes();
    }
    compress256(&mut state, first);
    compress256(&mut state, second.get(..1).unwrap_or_default());
    let mut digest = [0; 32];
    let (words, _) = digest.as_chunks_mut();
    for (bytes, word) in words.iter_mut().zip(state) {
        *bytes = word.to_be_bytes();
    }
    digest
}

/// A key as HMAC uses it: the state of the inner and that of the outer hash behind the key's block. Wiped when dropped.
#[derive(Clone)]
pub struct Key {
    pub(crate) inner: State,
    pub(crate) outer: State,
}

impl Key {
    /// The key that some bytes are.
    #[must_use]
    #[inline(never)]
    pub fn of(secret: &[u8]) -> Self {
        let digest;
        let mut short = secret;
        if secret.len() > BLOCK {
            digest = Zeroizing::new(sha256(secret));
            short = digest.as_slice();
        }
        let mut block = Zeroizing::new([0; BLOCK]);
        for (byte, of_key) in block.iter_mut().zip(short) {
            *byte = *of_key;
        }
        let mut states = [INITIAL; 2];
        for (state, pad) in states.iter_mut().zip([0x36, 0x36 ^ 0x5c]) {
            for byte in block.iter_mut() {
                *byte ^= pad;
            }
            take_blocks(state, block.as_slice());
        }
        let [inner, outer] = states;
        Self { inner, outer }
    }

    /// The HMAC of a text.
    #[must_use]
    pub fn sign(&self, text: &[u8]) -> [u8; 32] {
        finish(self.outer, BLOCK, &finish(self.inner, BLOCK, text))
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        self.inner.zeroize();
        self.outer.zeroize();
    }
}
