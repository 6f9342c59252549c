//! A key as a search uses it: thousands of texts are signed with it, four at a time, each from a state of its own. The
//! hashers of `hmac` and `sha2` do not give their state away.

use sha2::block_api::compress256;
use zeroize::{Zeroize, Zeroizing};

use crate::sign::canonical::sha256;

/// Bytes of a block.
pub(super) const BLOCK: usize = 64;

/// The eight words of a hash.
pub(super) type State = [u32; 8];

/// The state before the first block (FIPS 180-4, section 5.3.3).
const INITIAL: State =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

/// Takes the whole blocks of a text into a state; gives the rest of it.
pub(super) fn take_blocks<'a>(state: &mut State, text: &'a [u8]) -> &'a [u8] {
    let (blocks, rest) = text.as_chunks();
    compress256(state, blocks);
    rest
}

/// The state of HMAC's inner and that of its outer hash behind the key's block (RFC 2104). Wiped when dropped.
#[derive(Clone)]
pub(super) struct Key {
    pub(super) inner: State,
    pub(super) outer: State,
}

impl Key {
    /// The key that some bytes are.
    #[inline(never)]
    pub(super) fn of(secret: &[u8]) -> Self {
        let mut block = Zeroizing::new([0; BLOCK]);
        if let Some(of_key) = block.get_mut(..secret.len()) {
            of_key.copy_from_slice(secret);
        } else if let Some(of_key) = block.first_chunk_mut() {
            *of_key = sha256(secret);
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
}

impl Drop for Key {
    fn drop(&mut self) {
        self.inner.zeroize();
        self.outer.zeroize();
    }
}
