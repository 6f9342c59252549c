//! Objects that live in the module's memory, known to JavaScript by a number.

use alloc::vec::Vec;

/// A table of objects.
pub(crate) struct Slots<T>(Vec<Option<T>>);

impl<T> Slots<T> {
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Keeps an object, and gives its number: the first that is free.
    pub fn keep(&mut self, object: T) -> usize {
        let free = self.0.iter().position(Option::is_none).unwrap_or(self.0.len());
        match self.0.get_mut(free) {
            Some(slot) => *slot = Some(object),
            None => self.0.push(Some(object)),
        }
        free
    }

    pub fn get(&self, number: usize) -> Option<&T> {
        self.0.get(number)?.as_ref()
    }

    pub fn get_mut(&mut self, number: usize) -> Option<&mut T> {
        self.0.get_mut(number)?.as_mut()
    }

    /// Gives an object away, and its number free.
    pub fn take(&mut self, number: usize) -> Option<T> {
        self.0.get_mut(number)?.take()
    }
}
