//! Texts that occur again and again, numbered as they come.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::record::{Currency, Id, Kind, PassageKey, RecordError, Text, Zone};

/// A value that its text stands for.
pub(super) trait Named: Sized {
    /// Reads the text.
    ///
    /// # Errors
    /// [`RecordError`] where it stands for none.
    fn read(text: &str) -> Result<Self, RecordError>;
}

impl<K: Kind> Named for Id<K> {
    fn read(text: &str) -> Result<Self, RecordError> {
        Self::new(text)
    }
}

impl Named for Zone {
    fn read(text: &str) -> Result<Self, RecordError> {
        text.parse()
    }
}

impl Named for PassageKey {
    fn read(text: &str) -> Result<Self, RecordError> {
        text.parse()
    }
}

impl Named for Currency {
    fn read(text: &str) -> Result<Self, RecordError> {
        Self::new(text)
    }
}

/// Values by number. 0 stands for none, so that a code of a nullable column is one word.
#[derive(Debug)]
pub(super) struct Dictionary<T> {
    values: Vec<T>,
    codes: HashMap<Text, u32, FixedState>,
    last: Option<(Text, u32)>,
}

impl<T> Default for Dictionary<T> {
    fn default() -> Self {
        Self { values: Vec::new(), codes: HashMap::with_hasher(FixedState::with_seed(0)), last: None }
    }
}

/// The code of none.
pub(super) const NONE: u32 = 0;

impl<T: Named> Dictionary<T> {
    /// The code of a text.
    ///
    /// # Errors
    /// [`RecordError`] where it stands for no value.
    pub(super) fn code(&mut self, text: &str) -> Result<u32, RecordError> {
        // Rows of one value often come in a run.
        if let Some((last, code)) = &self.last
            && last.as_str() == text
        {
            return Ok(*code);
        }
        let code = match self.codes.get(text) {
            Some(&code) => code,
            None => {
                self.values.push(T::read(text)?);
                let code = self.values.len() as u32;
                self.codes.insert(text.into(), code);
                code
            }
        };
        self.last = Some((text.into(), code));
        Ok(code)
    }

    /// The value of a code.
    pub(super) fn value(&self, code: u32) -> Option<&T> {
        self.values.get((code as usize).checked_sub(1)?)
    }
}
