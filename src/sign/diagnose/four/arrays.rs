//! A word in each of four lanes, where no vectors are known: compilers make some of it by themselves.

use core::ops::{Add, BitXor};

/// Four words.
#[derive(Clone, Copy)]
pub struct Words([u32; 4]);

impl Words {
    /// The same word in all lanes.
    #[inline]
    pub fn all(word: u32) -> Self {
        Self([word; 4])
    }

    /// A word for each lane.
    #[inline]
    pub fn of(words: [u32; 4]) -> Self {
        Self(words)
    }

    /// A big-endian word for each lane.
    #[inline]
    pub fn of_bytes(bytes: [[u8; 4]; 4]) -> Self {
        Self(bytes.map(u32::from_be_bytes))
    }

    /// The word of each lane.
    #[inline]
    pub fn lanes(self) -> [u32; 4] {
        self.0
    }

    /// Rotated to the right.
    #[inline]
    pub fn rotated(self, bits: u32) -> Self {
        Self(self.0.map(|word| word.rotate_right(bits)))
    }

    /// Shifted to the right.
    #[inline]
    pub fn shifted(self, bits: u32) -> Self {
        Self(self.0.map(|word| word >> bits))
    }

    /// Its bits where those of `mask` are set, `other`'s elsewhere.
    #[inline]
    pub fn where_set(self, mask: Self, other: Self) -> Self {
        other ^ (self ^ other).joined(mask, |word, mask| word & mask)
    }

    #[inline]
    fn joined(self, other: Self, join: impl Fn(u32, u32) -> u32) -> Self {
        let Self(mut words) = self;
        for (word, other) in words.iter_mut().zip(other.0) {
            *word = join(*word, other);
        }
        Self(words)
    }
}

impl Add for Words {
    type Output = Self;

    /// Wraps around.
    #[inline]
    fn add(self, other: Self) -> Self {
        self.joined(other, u32::wrapping_add)
    }
}

impl BitXor for Words {
    type Output = Self;

    #[inline]
    fn bitxor(self, other: Self) -> Self {
        self.joined(other, |word, other| word ^ other)
    }
}
