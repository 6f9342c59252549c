//! Sorting by insertion: lists here are short and mostly sorted already, and the standard library's sorts, one copy for
//! each type, would be the biggest part of a WebAssembly module. What others send may be long, and is merged.

use alloc::vec::Vec;

/// The longest list that is sorted by insertion alone.
const SHORT: usize = 32;

/// Sorts a list stably, in a time that no order of it makes quadratic.
pub(crate) fn sorted<T, K: Ord + ?Sized>(mut items: Vec<T>, key: fn(&T) -> &K) -> Vec<T> {
    let mut done = Vec::with_capacity(items.len());
    if items.len() <= SHORT {
        for item in items {
            insert(&mut done, item, key);
        }
        return done;
    }
    let mut upper = sorted(items.split_off(items.len() / 2), key).into_iter().peekable();
    for item in sorted(items, key) {
        while let Some(smaller) = upper.next_if(|other| key(other) < key(&item)) {
            done.push(smaller);
        }
        done.push(item);
    }
    done.extend(upper);
    done
}

/// Puts an item behind those whose keys are not greater. Items inserted one by one are sorted stably.
pub(crate) fn insert<T, K: Ord + ?Sized>(sorted: &mut Vec<T>, item: T, key: impl Fn(&T) -> &K) {
    let at = sorted.partition_point(|known| key(known) <= key(&item));
    sorted.insert(at, item);
}
