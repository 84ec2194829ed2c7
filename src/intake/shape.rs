//! What a field does to a text before its table of values sees it: a closed set of small steps, not a language.

use std::borrow::Cow;

use super::IntakeError;
use super::keys::Keys;

/// The steps, in the order in which they are taken.
#[derive(Debug, Default)]
pub(super) struct Shape {
    strip_prefix: Option<String>,
    split: Option<Split>,
    letters: Option<Letters>,
    pad: usize, // to at least so many characters, with zeros before
}

#[derive(Debug)]
struct Split {
    by: String,  // not empty
    take: usize, // >= 1
}

#[derive(Debug, Clone, Copy)]
enum Letters {
    Lower,
    Upper,
}

/// More zeros than any number has.
const LONGEST_PAD: usize = 64;

impl Shape {
    /// Takes `strip_prefix`, `split`, `letters` and `pad` of a field; none where it has none of them.
    pub(super) fn read(field: &mut Keys<'_>) -> Result<Option<Self>, IntakeError> {
        let keys = ["strip_prefix", "split", "letters", "pad"];
        let Some(first) = keys.into_iter().rfind(|&key| field.may(key).is_some()) else { return Ok(None) };
        if field.may("constant").is_some() {
            return Err(field.rule(first, "a constant is written as it is meant", "take this out"));
        }
        let split = match field.table("split")? {
            None => None,
            Some(table) => {
                let mut keys = field.below("split", table);
                let by = keys.need_text("by")?.to_owned();
                keys.need("take")?;
                let take = count(&mut keys, "take")?.unwrap_or(1);
                keys.done("a split")?;
                if by.is_empty() || take == 0 {
                    let remedy = "write such as { by = \"-\", take = 2 } for the second part";
                    return Err(keys.rule("", "there is no such part", remedy));
                }
                Some(Split { by, take })
            }
        };
        Ok(Some(Self {
            strip_prefix: field.text("strip_prefix")?.map(str::to_owned),
            split,
            letters: field.choice("letters", &[("lower", Letters::Lower), ("upper", Letters::Upper)])?,
            pad: count(field, "pad")?.unwrap_or_default(),
        }))
    }

    /// The text after all steps; none where the part to take is not there.
    pub(super) fn of<'t>(&self, text: Cow<'t, str>) -> Option<Cow<'t, str>> {
        let text = match (&self.strip_prefix, text) {
            (Some(prefix), Cow::Borrowed(text)) => Cow::Borrowed(text.strip_prefix(prefix.as_str()).unwrap_or(text)),
            (Some(prefix), Cow::Owned(text)) => {
                text.strip_prefix(prefix.as_str()).map(str::to_owned).unwrap_or(text).into()
            }
            (None, text) => text,
        };
        let text = match (&self.split, text) {
            (Some(split), Cow::Borrowed(text)) => Cow::Borrowed(split.part(text)?),
            (Some(split), Cow::Owned(text)) => Cow::Owned(split.part(&text)?.to_owned()),
            (None, text) => text,
        };
        let text = match self.letters {
            None => text,
            Some(Letters::Lower) => text.to_lowercase().into(),
            Some(Letters::Upper) => text.to_uppercase().into(),
        };
        let length = text.chars().count();
        Some(if length < self.pad { format!("{}{text}", "0".repeat(self.pad - length)).into() } else { text })
    }
}

impl Split {
    fn part<'t>(&self, text: &'t str) -> Option<&'t str> {
        text.split(self.by.as_str()).nth(self.take - 1).map(str::trim).filter(|part| !part.is_empty())
    }
}

fn count(keys: &mut Keys<'_>, key: &'static str) -> Result<Option<usize>, IntakeError> {
    let Some(text) = keys.literal(key)? else { return Ok(None) };
    match text.parse().ok().filter(|&count| count <= LONGEST_PAD) {
        Some(count) => Ok(Some(count)),
        None => {
            let remedy = format!("write a whole number of at most {LONGEST_PAD}");
            Err(keys.rule(key, format!("`{text}` is no count"), &remedy))
        }
    }
}
