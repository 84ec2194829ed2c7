//! Shapes of numbers: rows of parts, matched from the left.

/// Which letters a part is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letters {
    Digits,
    Capitals,
    DigitsAndCapitals,
    /// The same, with at least one digit.
    WithADigit,
    /// One of these.
    Among(&'static str),
    /// This word, letter by letter.
    Word(&'static str),
    /// One of these words.
    Words(&'static [&'static str]),
}

/// What a part is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Outside the sum.
    Frame,
    /// Of the serial part that the check digit is found from.
    Serial,
    /// The check character, one letter.
    Check,
    /// A country of ISO 3166-1, by its two letters.
    Country,
}

/// One part of a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) letters: Letters,
    pub(super) least: usize, // 1 <= least <= most
    pub(super) most: usize,
    pub(super) role: Role,
}

/// What the parts of a role came to. Only letters and digits of ASCII are ever matched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Matched {
    pub(super) serial: String,
    pub(super) check: Option<char>,
    pub(super) country: Option<String>,
}

/// The number read by a shape; the first way where there are several.
pub(super) fn matched(number: &str, shape: &[Part]) -> Option<Matched> {
    let [part, rest @ ..] = shape else {
        return number.is_empty().then(Matched::default);
    };
    for length in part.least..=part.most {
        let (here, after) = number.split_at_checked(length)?;
        if part.letters.hold(here)
            && let Some(mut found) = matched(after, rest)
        {
            match part.role {
                Role::Frame => {}
                Role::Serial => found.serial.insert_str(0, here),
                Role::Check => found.check = here.chars().next(),
                Role::Country => found.country = Some(here.to_owned()),
            }
            return Some(found);
        }
    }
    None
}

impl Letters {
    fn hold(self, text: &str) -> bool {
        let every = |fits: fn(u8) -> bool| text.bytes().all(fits);
        match self {
            Self::Digits => every(|letter| letter.is_ascii_digit()),
            Self::Capitals => every(|letter| letter.is_ascii_uppercase()),
            Self::DigitsAndCapitals => every(|letter| letter.is_ascii_digit() || letter.is_ascii_uppercase()),
            Self::WithADigit => Self::DigitsAndCapitals.hold(text) && !Self::Capitals.hold(text),
            Self::Among(set) => text.chars().all(|letter| set.contains(letter)),
            Self::Word(word) => text == word,
            Self::Words(words) => words.contains(&text),
        }
    }
}

/// So many digits.
pub(super) const fn digits(count: usize, role: Role) -> Part {
    Part { letters: Letters::Digits, least: count, most: count, role }
}

/// So many capitals.
pub(super) const fn capitals(count: usize, role: Role) -> Part {
    Part { letters: Letters::Capitals, least: count, most: count, role }
}

/// So many digits or capitals.
pub(super) const fn either(count: usize, role: Role) -> Part {
    Part { letters: Letters::DigitsAndCapitals, least: count, most: count, role }
}

/// One of these letters.
pub(super) const fn among(set: &'static str, role: Role) -> Part {
    Part { letters: Letters::Among(set), least: 1, most: 1, role }
}

/// A word.
pub(super) const fn word(word: &'static str, role: Role) -> Part {
    Part { letters: Letters::Word(word), least: word.len(), most: word.len(), role }
}

/// A check digit.
pub(super) const CHECK: Part = digits(1, Role::Check);
