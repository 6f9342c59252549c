//! Bytes as text for the inside of a JavaScript string: after gzip no bigger than the bytes, where hexadecimal costs a
//! tenth more and base64 a quarter.
//!
//! The text keeps one character a byte where it can, so that gzip still finds what repeats: 85 bytes, the most frequent
//! above all, have a character of their own, each other follows one of four marks. The more frequent the byte, the more
//! frequent its character is in JavaScript, since gzip has one code for both: that takes another hundredth off the whole
//! bundle.
//!
//! | characters | hold |
//! |---|---|
//! | 256 | the character of each byte; of those that have none, a mark |
//! | the rest | the bytes: the byte's character, or a mark and a character, where the byte is 80 × mark + character |
//!
//! `pkg-template/src/inline-text.ts` reads such a text, by the WebAssembly of `inline-text.wat`.

use std::cmp::Reverse;

/// Characters that no JavaScript printer escapes in whichever quotes, and that no HTML around a script minds: printable
/// ASCII without `"`, `$`, `'`, `<`, `\` and `` ` ``, and without the marks; those first that minified JavaScript uses
/// most.
const ALPHABET: &[u8; 85] = b"etrni, oas()uc=.dl:hfpwyg;m0_Rv1bk#!?2[]>8&6A453CT9x7S/Uj-+EIOLKqzBMNPDQHWG*FVJY^ZX%@";

/// The characters after all those.
const MARKS: &[u8; 4] = b"{|}~";

/// What a mark's code is taken by: of what was tried, the number that leaves the text the smallest after gzip.
const FACTOR: u8 = 80;

/// The text of some bytes.
pub fn encode(bytes: &[u8]) -> String {
    let own = with_own_character(bytes);
    let character = |byte: u8| own.iter().zip(ALPHABET).find(|(known, _)| **known == byte).map(|(_, own)| *own);
    let characters: Vec<Option<u8>> = (0..=u8::MAX).map(character).collect();
    let head = characters.iter().map(|own| own.unwrap_or(MARKS[0]));
    let body = bytes.iter().flat_map(|byte| match characters.get(usize::from(*byte)) {
        Some(Some(own)) => vec![*own],
        _ => marked(*byte).unwrap_or_default(),
    });
    head.chain(body).map(char::from).collect()
}

/// The bytes that have a character of their own, in the order of the alphabet: those that no mark leads to, and the most
/// frequent.
fn with_own_character(bytes: &[u8]) -> Vec<u8> {
    let mut order = by_frequency(bytes);
    let mut room = ALPHABET.len() - order.iter().filter(|byte| marked(**byte).is_none()).count();
    order.retain(|byte| {
        let taken = room > 0 && marked(*byte).is_some();
        room -= usize::from(taken);
        taken || marked(*byte).is_none()
    });
    order
}

/// A mark and a character of the alphabet for a byte; there are none for a few.
fn marked(byte: u8) -> Option<Vec<u8>> {
    let second = |mark: u8| byte.wrapping_sub(mark.wrapping_mul(FACTOR));
    let mark = MARKS.iter().copied().find(|mark| ALPHABET.contains(&second(*mark)))?;
    Some(vec![mark, second(mark)])
}

/// All 256 bytes, the most frequent first.
fn by_frequency(bytes: &[u8]) -> Vec<u8> {
    let mut counts = [0_usize; 256];
    for byte in bytes {
        if let Some(count) = counts.get_mut(usize::from(*byte)) {
            *count += 1;
        }
    }
    let mut order: Vec<(Reverse<usize>, u8)> = counts.map(Reverse).into_iter().zip(0..=u8::MAX).collect();
    order.sort_unstable();
    order.into_iter().map(|(_, byte)| byte).collect()
}

#[cfg(test)]
mod tests {
    use super::{ALPHABET, FACTOR, MARKS, encode, marked};
    use proptest::collection::vec;
    use proptest::prelude::{any, proptest};

    const HEAD: usize = 256;

    /// Reads the text as the table above has it, one character after the other.
    fn decode(text: &str) -> Option<Vec<u8>> {
        let (head, body) = text.split_at_checked(HEAD)?;
        let mut characters = body.bytes();
        let mut bytes = Vec::new();
        while let Some(character) = characters.next() {
            bytes.push(if MARKS.contains(&character) {
                character.wrapping_mul(FACTOR).wrapping_add(characters.next()?)
            } else {
                u8::try_from(head.bytes().position(|own| own == character)?).ok()?
            });
        }
        Some(bytes)
    }

    proptest! {
        #[test]
        fn any_bytes_come_back(bytes in vec(any::<u8>(), 0..2_000)) {
            assert_eq!(decode(&encode(&bytes)), Some(bytes));
        }
    }

    #[test]
    fn every_byte_has_a_text_of_its_own() {
        let bytes: Vec<u8> = (0..=u8::MAX).collect();
        assert_eq!(decode(&encode(&bytes)), Some(bytes));
    }

    #[test]
    fn frequent_bytes_take_one_character() {
        let alone: Vec<u8> = (0..=u8::MAX).filter(|byte| marked(*byte).is_none()).collect();
        let others = (0..=u8::MAX).filter(|byte| !alone.contains(byte));
        let bytes: Vec<u8> = others.take(ALPHABET.len() - alone.len()).collect();
        assert_eq!(encode(&bytes).len(), HEAD + bytes.len());
        assert_eq!(encode(&[]).len(), HEAD);
    }

    #[test]
    fn no_character_is_special_in_a_string_or_in_html() {
        let bytes: Vec<u8> = (0..=u8::MAX).collect();
        let text = encode(&bytes);
        assert!(text.bytes().all(|character| (0x20..0x7f).contains(&character)));
        assert!(!text.contains(['"', '$', '\'', '<', '\\', '`']));
    }
}
