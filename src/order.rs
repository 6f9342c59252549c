//! Sorting: the standard library's sorts, one copy for each type, would be the biggest part of a WebAssembly module.

use alloc::vec::Vec;

/// Sorts a list stably by merging ever longer runs, so that no order of it makes the time quadratic: what others send
/// may be long.
pub(crate) fn sort<T: Copy>(items: &mut Vec<T>, is_after: impl Fn(T, T) -> bool) {
    let mut run = 1;
    while run < items.len() {
        let mut merged = Vec::with_capacity(items.len());
        for runs in items.chunks(2 * run) {
            let (mut left, mut right) = runs.split_at_checked(run).unwrap_or((runs, &[]));
            while let ([first, left_rest @ ..], [second, right_rest @ ..]) = (left, right) {
                if is_after(*first, *second) {
                    merged.push(*second);
                    right = right_rest;
                } else {
                    merged.push(*first);
                    left = left_rest;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        *items = merged;
        run *= 2;
    }
}
