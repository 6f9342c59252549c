//! Bytes as text for the inside of a JavaScript string: after gzip no bigger than the bytes, where hexadecimal costs a
//! tenth more and base64 a quarter.
//!
//! The text keeps one character a byte where it can, so that gzip still finds what repeats: the 87 most frequent bytes
//! have a character of their own, the 169 others follow one of two marks. The more frequent the byte, the more frequent
//! its character is in JavaScript, since gzip has one code for both: that takes another hundredth off the whole bundle.
//!
//! | characters | hold |
//! |---|---|
//! | 89 | the alphabet: 87 places on a page, then the marks of the pages 1 and 2 |
//! | 2 × 87 | page 0 in hexadecimal: the most frequent bytes, in the order of the alphabet |
//! | the rest | each byte's place on its page, behind the page's mark unless that is page 0 |
//!
//! Pages 1 and 2 hold all other bytes, in order. `pkg-template/src/inline-text.ts` reads such a text.

use std::cmp::Reverse;

/// Characters that no JavaScript printer escapes in whichever quotes, and that no HTML around a script minds: printable
/// ASCII without `"`, `$`, `'`, `<`, `\` and `` ` ``; those first that minified JavaScript uses most.
const ALPHABET: &[u8; 89] =
    b"etrni, oas()uc=.dl:hf{}pwyg;m0_Rv1bk#!?2[]>8&6A453C|T9x7S/Uj-+EIOLKqzBMNPDQHWG*FVJY^ZX%~@";

/// The places on a page.
const PLACES: usize = 87;

/// The text of some bytes.
pub fn encode(bytes: &[u8]) -> String {
    let pages = pages(bytes);
    let (places, marks) = ALPHABET.split_at(PLACES);
    let marks = [&[][..]].into_iter().chain(marks.chunks(1));
    let mut characters: Vec<(u8, Vec<u8>)> = pages
        .chunks(PLACES)
        .zip(marks)
        .flat_map(|(page, mark)| page.iter().zip(places).map(move |(byte, place)| (*byte, [mark, &[*place]].concat())))
        .collect();
    characters.sort_unstable();

    let mut text: String = ALPHABET.iter().copied().map(char::from).collect();
    text.extend(pages.iter().take(PLACES).map(|byte| format!("{byte:02x}")));
    let characters = bytes.iter().filter_map(|byte| characters.get(usize::from(*byte))).flat_map(|(_, text)| text);
    text.extend(characters.copied().map(char::from));
    text
}

/// All 256 bytes, page after page.
fn pages(bytes: &[u8]) -> Vec<u8> {
    let mut counts = [0_usize; 256];
    for byte in bytes {
        if let Some(count) = counts.get_mut(usize::from(*byte)) {
            *count += 1;
        }
    }
    let mut order: Vec<(Reverse<usize>, u8)> = counts.map(Reverse).into_iter().zip(0..=u8::MAX).collect();
    order.sort_unstable();
    let mut pages: Vec<u8> = order.into_iter().map(|(_, byte)| byte).collect();
    if let Some(others) = pages.get_mut(PLACES..) {
        others.sort_unstable();
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::{ALPHABET, PLACES, encode};
    use proptest::collection::vec;
    use proptest::prelude::{any, proptest};

    const HEAD: usize = ALPHABET.len() + 2 * PLACES;

    /// Reads the text as the table above has it, one character after the other.
    fn decode(text: &str) -> Option<Vec<u8>> {
        let (alphabet, rest) = text.split_at_checked(ALPHABET.len())?;
        let (digits, body) = rest.split_at_checked(2 * PLACES)?;
        let mut pages = (0..PLACES)
            .map(|place| u8::from_str_radix(digits.get(2 * place..2 * place + 2)?, 16).ok())
            .collect::<Option<Vec<_>>>()?;
        let others: Vec<u8> = (0..=u8::MAX).filter(|byte| !pages.contains(byte)).collect();
        pages.extend(others);

        let mut places = body.chars().map(|character| alphabet.find(character));
        let mut bytes = Vec::new();
        while let Some(place) = places.next() {
            let (page, place) = match place?.checked_sub(PLACES) {
                Some(mark) => (mark + 1, places.next()??),
                None => (0, place?),
            };
            bytes.push(*pages.get(page * PLACES + place)?);
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
        let bytes: Vec<u8> = (0..=86).map(|byte| 255 - byte).collect();
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
