//! Random values of one request, drawn from its entropy.

use sha2::{Digest, Sha256};

/// Gives values that differ from each other, as unpredictable as the entropy they are drawn from.
pub(crate) struct Random<'a> {
    entropy: &'a [u8; 64],
    drawn: u32,
}

impl<'a> Random<'a> {
    pub(crate) fn new(entropy: &'a [u8; 64]) -> Self {
        Self { entropy, drawn: 0 }
    }

    /// 128 bits as 32 lower-case hex digits: the length of a code in the documents' example, and of a token.
    pub(crate) fn id(&mut self) -> String {
        self.drawn += 1;
        let digest = Sha256::new().chain_update(self.entropy).chain_update(self.drawn.to_be_bytes()).finalize();
        let mut text = hex::encode(digest);
        text.truncate(32);
        text
    }
}

/// Whether a text has the form of [`Random::id`].
pub(crate) fn is_id(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// The SHA-256 of a secret, in hex. Secrets are stored and compared by it, so that a comparison's time tells
/// nothing about them.
pub(crate) fn fingerprint(secret: &str) -> String {
    hex::encode(Sha256::digest(secret))
}

#[cfg(test)]
mod tests {
    use super::{Random, fingerprint};

    #[test]
    fn each_value_differs() {
        let mut random = Random::new(&[0; 64]);
        let (first, second) = (random.id(), random.id());
        assert_eq!((first.len(), second.len()), (32, 32));
        assert_ne!(first, second);
    }

    #[test]
    fn a_fingerprint_is_sha_256() {
        assert_eq!(fingerprint(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
