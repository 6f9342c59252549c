//! Sorting by insertion: lists here are short and mostly sorted already, and the standard library's sorts, one copy for
//! each type, would be the biggest part of a WebAssembly module.

use alloc::vec::Vec;

/// Puts an item behind those whose keys are not greater. Items inserted one by one are sorted stably.
pub(crate) fn insert<T, K: Ord + ?Sized>(sorted: &mut Vec<T>, item: T, key: impl Fn(&T) -> &K) {
    let at = sorted.partition_point(|known| key(known) <= key(&item));
    sorted.insert(at, item);
}
