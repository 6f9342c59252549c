//! A part of the signed string: how it should be, and how mistakes make it.

use alloc::string::String;
use alloc::vec::Vec;

use super::Mistake;

/// Most mistakes that one explanation joins.
pub(super) const MOST: usize = 3;

/// One form of a part, and the mistakes that lead to it; none for the right one.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    pub mistakes: Vec<Mistake>,
    pub text: String,
}

/// All forms of one part. Every form differs from the right one, and takes as few mistakes as lead to it.
#[derive(Debug, Clone, Default)]
pub(super) struct Part {
    pub choices: Vec<Choice>,
}

impl Part {
    /// A part with its right form.
    pub fn right(text: impl Into<String>) -> Self {
        let mut part = Self::default();
        part.add(&[], text);
        part
    }

    /// Adds a form, unless fewer mistakes, or the same ones, give it already.
    pub fn add(&mut self, mistakes: &[Mistake], text: impl Into<String>) {
        let text = text.into();
        let known = |choice: &Choice| {
            choice.text == text && (choice.mistakes.len() < mistakes.len() || choice.mistakes == mistakes)
        };
        if mistakes.len() > MOST || self.choices.iter().any(known) {
            return;
        }
        self.choices.retain(|choice| choice.text != text || choice.mistakes.len() <= mistakes.len());
        self.choices.push(Choice { mistakes: mistakes.to_vec(), text });
    }

    /// Whether the part has one form only.
    pub fn is_certain(&self) -> bool {
        self.choices.len() == 1
    }

    /// The forms of this part followed by those of the next, as one part.
    pub fn followed_by(&self, next: &Self) -> Self {
        let mut joined = Self::default();
        for one in &self.choices {
            for other in &next.choices {
                let mistakes = [one.mistakes.as_slice(), &other.mistakes].concat();
                joined.add(&mistakes, [one.text.as_str(), &other.text].concat());
            }
        }
        joined
    }
}
