//! Cutting text at ASCII marks. The standard library's searches do the same for any pattern; over single bytes they
//! weigh several times as much in the WebAssembly modules.

/// What stands before and after the first `mark`, which is an ASCII character.
pub(crate) fn cut(text: &str, mark: u8) -> Option<(&str, &str)> {
    around(text, text.bytes().position(|byte| byte == mark)?)
}

/// What stands before and after the last `mark`.
pub(crate) fn cut_last(text: &str, mark: u8) -> Option<(&str, &str)> {
    around(text, text.bytes().rposition(|byte| byte == mark)?)
}

/// The pieces between the marks; one more than there are marks.
pub(crate) fn pieces(text: &str, mark: u8) -> impl Iterator<Item = &str> + Clone {
    let mut rest = Some(text);
    core::iter::from_fn(move || {
        let whole = rest?;
        let (piece, after) = cut(whole, mark).map_or((whole, None), |(piece, after)| (piece, Some(after)));
        rest = after;
        Some(piece)
    })
}

fn around(text: &str, at: usize) -> Option<(&str, &str)> {
    Some((text.get(..at)?, text.get(at + 1..)?))
}
