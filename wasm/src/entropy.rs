//! Random bytes out of the runtime's `crypto.getRandomValues`.

use alloc::vec::Vec;

use spin::Mutex;
use tuya_auth::{Code, Error};

/// 16 random bytes, which nobody else is given; drawn in blocks, since a call out of the module costs more than a sign.
pub(crate) fn draw() -> Result<[u8; 16], Error> {
    static POOL: Mutex<Vec<[u8; 16]>> = Mutex::new(Vec::new());
    let mut pool = POOL.lock();
    if let Some(bytes) = pool.pop() {
        return Ok(bytes);
    }
    let mut block = [[0; 16]; 64];
    fill(block.as_flattened_mut())?;
    let [first, rest @ ..] = block;
    pool.extend_from_slice(&rest);
    Ok(first)
}

fn fill(bytes: &mut [u8]) -> Result<(), Error> {
    getrandom::fill(bytes).map_err(|_| Error::new(Code::UnsupportedRuntime, "crypto.getRandomValues"))
}
