//! Objects that live in the module's memory, known to JavaScript by a number.

use alloc::vec::Vec;

/// A table of objects.
pub(crate) struct Slots<T>(Vec<Option<T>>);

impl<T> Slots<T> {
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Keeps an object, and gives its number: the first that is free.
    pub fn keep(&mut self, object: T) -> u32 {
        let free = self.0.iter().position(Option::is_none).unwrap_or(self.0.len());
        match self.0.get_mut(free) {
            Some(slot) => *slot = Some(object),
            None => self.0.push(Some(object)),
        }
        u32::try_from(free).unwrap_or(u32::MAX)
    }

    pub fn get(&self, number: u32) -> Option<&T> {
        self.0.get(number as usize)?.as_ref()
    }

    pub fn get_mut(&mut self, number: u32) -> Option<&mut T> {
        self.0.get_mut(number as usize)?.as_mut()
    }

    /// Gives an object away, and its number free.
    pub fn take(&mut self, number: u32) -> Option<T> {
        self.0.get_mut(number as usize)?.take()
    }
}
