//! SHA-256 (FIPS 180-4) of four blocks at once, each in a lane of its own: what a search hashes by the ten thousand takes
//! half the time of one after the other.

#[cfg_attr(all(target_arch = "wasm32", target_feature = "simd128"), path = "vectors.rs")]
#[cfg_attr(not(all(target_arch = "wasm32", target_feature = "simd128")), path = "arrays.rs")]
mod words;

pub(super) use words::Words;

/// How many lanes there are.
pub(super) const LANES: usize = 4;

/// A block in words, which are big-endian.
pub(super) type Block = [[u8; 4]; 16];

/// A constant for each round: the cube roots of the first primes (section 4.2.2).
const ROUNDS: [u32; 64] = cube_roots();

/// A block of each lane.
#[inline]
#[expect(clippy::indexing_slicing, reason = "all five have 16 words")]
pub(super) fn side_by_side([a, b, c, d]: [&Block; LANES]) -> [Words; 16] {
    let mut words = [Words::all(0); 16];
    for at in 0..16 {
        words[at] = Words::of_bytes([a[at], b[at], c[at], d[at]]);
    }
    words
}

/// Takes a block of each lane into the lane's state (section 6.2.2).
#[inline(never)]
#[expect(clippy::indexing_slicing, reason = "no place is beyond 16")]
#[expect(clippy::many_single_char_names, reason = "the standard's")]
pub(super) fn compress(state: &mut [[u32; LANES]; 8], schedule: &mut [Words; 16]) {
    let [a, b, c, d, e, f, g, h] = &*state;
    let (mut a, mut b, mut c, mut d) = (Words::of(*a), Words::of(*b), Words::of(*c), Words::of(*d));
    let (mut e, mut f, mut g, mut h) = (Words::of(*e), Words::of(*f), Words::of(*g), Words::of(*h));
    for (round, constant) in ROUNDS.iter().enumerate() {
        let at = |ahead: usize| (round + ahead) % 16;
        let word = schedule[at(0)];
        let sigma = e.rotated(6) ^ e.rotated(11) ^ e.rotated(25);
        let first = h + sigma + f.where_set(e, g) + Words::all(*constant) + word;
        let sigma = a.rotated(2) ^ a.rotated(13) ^ a.rotated(22);
        let majority = c.where_set(a ^ b, a);
        (h, g, f, e, d, c, b, a) = (g, f, e, d + first, c, b, a, first + sigma + majority);

        // The word of sixteen rounds later.
        let (next, last) = (schedule[at(1)], schedule[at(14)]);
        let next = next.rotated(7) ^ next.rotated(18) ^ next.shifted(3);
        let last = last.rotated(17) ^ last.rotated(19) ^ last.shifted(10);
        schedule[at(0)] = word + next + schedule[at(9)] + last;
    }
    for (state, worked) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
        *state = (Words::of(*state) + worked).lanes();
    }
}

/// The first 32 bits of the fractional parts of the cube roots of the first primes.
#[expect(clippy::indexing_slicing, reason = "the compiler's, which would refuse a place beyond the last")]
const fn cube_roots() -> [u32; 64] {
    let mut roots = [0; 64];
    let (mut found, mut number) = (0, 2);
    while found < roots.len() {
        let mut divisor = 2;
        while number % divisor != 0 {
            divisor += 1;
        }
        if divisor == number {
            roots[found] = cube_root(number);
            found += 1;
        }
        number += 1;
    }
    roots
}

/// The first 32 bits of the fractional part of a cube root.
#[expect(clippy::cast_possible_truncation, reason = "the integral part is cut off")]
const fn cube_root(number: u128) -> u32 {
    let cube = number << (3 * 32);
    let (mut root, mut bit) = (0_u128, 1 << 40);
    while bit > 0 {
        if (root | bit).pow(3) <= cube {
            root |= bit;
        }
        bit >>= 1;
    }
    root as u32
}
