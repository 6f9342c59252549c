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
        let mut text = hex::encode(self.bytes());
        text.truncate(32);
        text
    }

    /// So many lower-case letters and digits, each as likely as the others.
    pub(crate) fn alphanumeric(&mut self, length: usize) -> String {
        let mut text = String::new();
        while text.len() < length {
            let bytes = self.bytes();
            text.extend(bytes.into_iter().filter_map(alphanumeric).take(length - text.len()));
        }
        text
    }

    /// So many lower-case letters and digits that `taken` does not know.
    pub(crate) fn unlike(&mut self, length: usize, taken: impl Fn(&String) -> bool) -> String {
        loop {
            let text = self.alphanumeric(length);
            if !taken(&text) {
                return text;
            }
        }
    }

    fn bytes(&mut self) -> [u8; 32] {
        self.drawn += 1;
        Sha256::new().chain_update(self.entropy).chain_update(self.drawn.to_be_bytes()).finalize().into()
    }
}

/// A letter or digit for a byte; none for those past the last whole run of 36, which would make some likelier.
fn alphanumeric(byte: u8) -> Option<char> {
    (byte < 252).then(|| char::from_digit(u32::from(byte % 36), 36)).flatten()
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
    fn letters_and_digits_are_as_many_as_asked_for() {
        let mut random = Random::new(&[0; 64]);
        let (short, long) = (random.alphanumeric(20), random.alphanumeric(5000));
        assert_eq!((short.len(), long.len()), (20, 5000));
        let counted = (b'0'..=b'9').chain(b'a'..=b'z').map(|own| long.bytes().filter(|byte| *byte == own).count());
        assert!(counted.clone().all(|count| (70..220).contains(&count)), "{:?}", counted.collect::<Vec<_>>());
        assert!(!long.contains(&short));
    }

    #[test]
    fn what_is_taken_is_not_drawn_again() {
        let first = Random::new(&[0; 64]).alphanumeric(20);
        assert_ne!(Random::new(&[0; 64]).unlike(20, |text| *text == first), first);
    }

    #[test]
    fn a_fingerprint_is_sha_256() {
        assert_eq!(fingerprint(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
