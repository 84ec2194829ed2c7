use std::fmt::{self, Write};
use std::ops::Deref;

use arrow_array::cast::AsArray;
use arrow_array::{Array, LargeStringArray, StringArray, StringViewArray};
use arrow_buffer::ScalarBuffer;
use arrow_schema::DataType;

use super::integers::Integers;
use super::keys::Keyed;
use super::nulls::Nulls;
use super::{Column, Unfit};
use crate::intake::quarantine::Reason;

/// Identifiers and labels: texts, or whole numbers that stand for their decimal digits.
#[derive(Debug, Clone)]
pub(crate) struct Words {
    cells: Cells,
    codes: Option<ScalarBuffer<u32>>, // for each row which of the cells; none where rows and cells are the same
    nulls: Nulls,                     // by row
    unused: Nulls,                    // by cell
}

#[derive(Debug, Clone)]
enum Cells {
    Small(StringArray),
    Large(LargeStringArray),
    View(StringViewArray),
    Integers(Integers),
}

impl Cells {
    fn of(array: &dyn Array) -> Option<Self> {
        match array.data_type() {
            DataType::Utf8 => array.as_string_opt().cloned().map(Self::Small),
            DataType::LargeUtf8 => array.as_string_opt().cloned().map(Self::Large),
            DataType::Utf8View => array.as_string_view_opt().cloned().map(Self::View),
            _ => Integers::of(array).map(Self::Integers),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Small(texts) => texts.len(),
            Self::Large(texts) => texts.len(),
            Self::View(texts) => texts.len(),
            Self::Integers(Integers::Signed(values)) => values.len(),
            Self::Integers(Integers::Unsigned(values)) => values.len(),
        }
    }

    fn key(&self, cell: usize) -> Option<Key<'_>> {
        let text = match self {
            Self::Small(texts) => texts.value(cell),
            Self::Large(texts) => texts.value(cell),
            Self::View(texts) => texts.value(cell),
            Self::Integers(Integers::Signed(values)) => return Some(Key::Integer(values[cell])),
            Self::Integers(Integers::Unsigned(values)) => {
                let value = values[cell];
                return Some(i64::try_from(value).map_or(Key::Large(value), Key::Integer));
            }
        };
        (!text.is_empty()).then_some(Key::Text(text))
    }
}

/// A word as it lies in the column. A number and the text of its digits are the same word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key<'a> {
    /// A whole number.
    Integer(i64),
    /// A whole number above the range of `i64`.
    Large(u64),
    /// A text that is not empty.
    Text(&'a str),
}

impl Words {
    /// The word in a row, as it lies there; none where it is null or empty.
    pub(crate) fn key_at(&self, row: usize) -> Option<Key<'_>> {
        if self.nulls.holds(row) {
            return None;
        }
        self.cells.key(self.codes.as_ref().map_or(row, |codes| codes[row] as usize))
    }

    /// For a dictionary: which of its values a row holds; none where it is null, or the column is no dictionary.
    pub(crate) fn code_at(&self, row: usize) -> Option<u32> {
        self.codes.as_ref().filter(|_| !self.nulls.holds(row)).map(|codes| codes[row])
    }

    /// For a dictionary: [`Words::code_at`] of every row; where a row is null, any.
    pub(super) fn codes(&self) -> Option<&ScalarBuffer<u32>> {
        self.codes.as_ref()
    }

    /// Whether the column is of text, and not of numbers.
    pub(super) fn is_text(&self) -> bool {
        !matches!(self.cells, Cells::Integers(_))
    }

    /// For a dictionary: its values in order, for [`Words::code_at`]; none among them where a value is null or empty.
    pub(crate) fn dictionary(&self) -> Option<impl ExactSizeIterator<Item = Option<Key<'_>>>> {
        let values = self.codes.is_some().then(|| 0..self.cells.len())?;
        Some(values.map(|cell| if self.unused.holds(cell) { None } else { self.cells.key(cell) }))
    }
}

impl Column for Words {
    type Value<'a> = Word<'a>;

    fn of(array: &dyn Array) -> Result<Self, Unfit> {
        let nulls = Nulls::of(array);
        match Keyed::of(array)? {
            None => {
                let cells = Cells::of(array).ok_or(Unfit::Type)?;
                Ok(Self { cells, codes: None, unused: nulls.clone(), nulls })
            }
            Some(keyed) => {
                let cells = Cells::of(&keyed.values).ok_or(Unfit::Type)?;
                Ok(Self { cells, codes: Some(keyed.codes), nulls, unused: Nulls::of(&keyed.values) })
            }
        }
    }

    fn at(&self, row: usize) -> Result<Option<Word<'_>>, Reason> {
        Ok(self.key_at(row).map(Word::of))
    }

    fn shown(&self, row: usize) -> String {
        self.key_at(row).map_or_else(String::new, |key| Word::of(key).to_string())
    }

    fn expected(&self, _: usize) -> String {
        "expected a text of 1 to 256 bytes without control characters; correct it".to_owned()
    }
}

/// A word as text, without allocation.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Word<'a> {
    /// A text of the column.
    Text(&'a str),
    /// The digits of a number.
    Digits(Digits),
}

impl<'a> Word<'a> {
    /// The text of a word.
    pub(crate) fn of(key: Key<'a>) -> Self {
        match key {
            Key::Text(text) => Self::Text(text),
            Key::Integer(value) => Self::Digits(Digits::of(value.into())),
            Key::Large(value) => Self::Digits(Digits::of(value.into())),
        }
    }
}

impl fmt::Display for Word<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl Deref for Word<'_> {
    type Target = str;
    fn deref(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Digits(digits) => digits.as_str(),
        }
    }
}

/// The decimal digits of a number of 64 bits, with its sign.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Digits {
    bytes: [u8; 20], // as many as `i64::MIN` and `u64::MAX` have
    length: u8,
}

impl Digits {
    fn of(value: i128) -> Self {
        let mut digits = Self { bytes: [0; 20], length: 0 };
        // Twenty bytes hold every number of 64 bits.
        let _ = write!(digits, "{value}");
        digits
    }

    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.length)]).unwrap_or_default()
    }
}

impl Write for Digits {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let start = usize::from(self.length);
        let place = self.bytes.get_mut(start..start + text.len()).ok_or(fmt::Error)?;
        place.copy_from_slice(text.as_bytes());
        self.length += text.len() as u8;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::types::{Int32Type, UInt8Type};
    use arrow_array::{DictionaryArray, Int32Array, Int64Array, UInt8Array, UInt64Array};

    use super::*;

    #[test]
    fn numbers_are_their_digits() {
        for value in [i64::MIN, -1, 0, 17, i64::MAX] {
            let words = Words::of(&Int64Array::from(vec![value])).unwrap();
            assert_eq!(words.key_at(0), Some(Key::Integer(value)));
            assert_eq!(&*words.at(0).unwrap().unwrap(), value.to_string());
        }
        let words = Words::of(&UInt64Array::from(vec![17, i64::MAX as u64, u64::MAX])).unwrap();
        let keys: Vec<_> = (0..3).map(|row| words.key_at(row).unwrap()).collect();
        assert_eq!(keys, [Key::Integer(17), Key::Integer(i64::MAX), Key::Large(u64::MAX)]);
        assert_eq!(words.shown(2), u64::MAX.to_string());
    }

    #[test]
    fn dictionaries_are_mapped_once() {
        let words: DictionaryArray<Int32Type> = [Some("x"), Some("b"), None, Some(""), Some("b")].into_iter().collect();
        let words = Words::of(&words.slice(1, 4)).unwrap();
        let values: Vec<_> = words.dictionary().unwrap().collect();
        assert_eq!(values, [Some(Key::Text("x")), Some(Key::Text("b")), None]);
        let codes: Vec<_> = (0..4).map(|row| words.code_at(row)).collect();
        assert_eq!(codes, [Some(1), None, Some(2), Some(1)]);
        assert_eq!((words.key_at(0), words.key_at(1), words.key_at(2)), (Some(Key::Text("b")), None, None));
        let plain = Words::of(&StringArray::from(vec!["b"])).unwrap();
        assert_eq!((plain.code_at(0), plain.dictionary().is_some()), (None, false));
    }

    #[test]
    fn a_null_among_the_values_is_null_in_its_rows() {
        let values = Arc::new(Int32Array::from(vec![Some(5), None]));
        let words = DictionaryArray::<UInt8Type>::new(UInt8Array::from(vec![1, 0]), values);
        let words = Words::of(&words).unwrap();
        assert_eq!((words.key_at(0), words.code_at(0), words.key_at(1)), (None, None, Some(Key::Integer(5))));
        assert_eq!(words.dictionary().unwrap().collect::<Vec<_>>(), [Some(Key::Integer(5)), None]);
    }
}
