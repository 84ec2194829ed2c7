//! What a figure was computed with: every parameter and policy, defaults included.

use std::collections::BTreeMap;
use std::fmt;

/// One parameter's value.
#[derive(Debug, Clone, PartialEq, PartialOrd)]
pub enum Param {
    /// A number.
    Number(f64),
    /// A word.
    Word(String),
}

impl fmt::Display for Param {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => fmt::Display::fmt(number, f),
            Self::Word(word) => f.write_str(word),
        }
    }
}

/// Parameters by name, ascending.
#[derive(Debug, Clone, PartialEq, PartialOrd, Default)]
pub struct Params {
    values: BTreeMap<&'static str, Param>,
}

impl Params {
    /// Adds a number.
    pub fn number(&mut self, name: &'static str, value: impl Into<f64>) {
        self.values.insert(name, Param::Number(value.into()));
    }
    /// Adds a word.
    pub fn word(&mut self, name: &'static str, value: impl Into<String>) {
        self.values.insert(name, Param::Word(value.into()));
    }
    /// By name, ascending.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Param)> {
        self.values.iter().map(|(&name, value)| (name, value))
    }
    /// One of them.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Param> {
        self.values.get(name)
    }
}
