//! A word in each of four lanes, by WebAssembly's vectors of 128 bits.

use core::arch::wasm32::{
    i8x16_shuffle, u32x4, u32x4_add, u32x4_extract_lane, u32x4_shl, u32x4_shr, u32x4_splat, v128, v128_bitselect,
    v128_or, v128_xor,
};
use core::ops::{Add, BitXor};

/// Four words.
#[derive(Clone, Copy)]
pub struct Words(v128);

impl Words {
    /// The same word in all lanes.
    #[inline]
    pub fn all(word: u32) -> Self {
        Self(u32x4_splat(word))
    }

    /// A word for each lane.
    #[inline]
    pub fn of([a, b, c, d]: [u32; 4]) -> Self {
        Self(u32x4(a, b, c, d))
    }

    /// A big-endian word for each lane.
    #[inline]
    pub fn of_bytes([a, b, c, d]: [[u8; 4]; 4]) -> Self {
        let number = u32::from_le_bytes;
        let words = u32x4(number(a), number(b), number(c), number(d));
        Self(i8x16_shuffle::<3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12>(words, words))
    }

    /// The word of each lane.
    #[inline]
    pub fn lanes(self) -> [u32; 4] {
        let Self(words) = self;
        [
            u32x4_extract_lane::<0>(words),
            u32x4_extract_lane::<1>(words),
            u32x4_extract_lane::<2>(words),
            u32x4_extract_lane::<3>(words),
        ]
    }

    /// Rotated to the right.
    #[inline]
    pub fn rotated(self, bits: u32) -> Self {
        Self(v128_or(u32x4_shr(self.0, bits), u32x4_shl(self.0, 32 - bits)))
    }

    /// Shifted to the right.
    #[inline]
    pub fn shifted(self, bits: u32) -> Self {
        Self(u32x4_shr(self.0, bits))
    }

    /// Its bits where those of `mask` are set, `other`'s elsewhere.
    #[inline]
    pub fn where_set(self, mask: Self, other: Self) -> Self {
        Self(v128_bitselect(self.0, other.0, mask.0))
    }
}

impl Add for Words {
    type Output = Self;

    /// Wraps around.
    #[inline]
    fn add(self, other: Self) -> Self {
        Self(u32x4_add(self.0, other.0))
    }
}

impl BitXor for Words {
    type Output = Self;

    #[inline]
    fn bitxor(self, other: Self) -> Self {
        Self(v128_xor(self.0, other.0))
    }
}
