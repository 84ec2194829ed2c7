//! One format of waybill numbers, and reading a number by it.

use thiserror::Error;

use super::formats::FORMATS;
use super::shape::{Matched, Part, matched};
use super::{CheckDigit, countries};
use crate::record::{CarrierId, RecordError, WaybillKey, WaybillNumber};

/// A format of waybill numbers.
#[derive(Debug, Clone, Copy)]
pub struct NumberFormat {
    pub(super) id: &'static str,
    pub(super) courier: &'static str,
    pub(super) name: &'static str,
    pub(super) check: Option<CheckDigit>,
    pub(super) lead: &'static str,
    pub(super) routing: Routing,
    pub(super) shapes: &'static [&'static [Part]],
}

/// Whether a barcode may carry the recipient's ZIP code before the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Routing {
    None,
    /// `420` and 5 or 9 digits.
    UsPostal,
}

/// A number as a format reads it. That the check digit is right does not say that the number was ever given out.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NumberReading {
    /// The number in its one way of writing, without blanks, in capitals.
    pub number: WaybillNumber,
    /// The format's [id](NumberFormat::id).
    pub format: &'static str,
    /// Whose format it is, by the courier's short name.
    pub courier: &'static str,
    /// Whether a check digit stands behind the reading.
    pub certainty: Certainty,
}

/// How much a reading can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Certainty {
    /// The check digit is right.
    Checked,
    /// The format has none, or none that is published: only the shape fits.
    ShapeOnly,
}

/// Why a text is no number of a format.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum NumberError {
    /// Letters and digits do not stand where the format has them.
    #[error("`{text}` has not the shape of {format}")]
    Shape {
        /// The text, cut to 64 characters.
        text: String,
        /// The format's name.
        format: &'static str,
    },
    /// The check digit is wrong.
    #[error("`{number}`: the check digit of {format} is `{found}`, and would have to be `{expected}`")]
    CheckDigit {
        /// The number, normalised.
        number: String,
        /// The format's name.
        format: &'static str,
        /// What stands there.
        found: char,
        /// What the other letters come to.
        expected: char,
    },
    /// The country is none of ISO 3166-1.
    #[error("`{number}`: there is no country `{country}`")]
    Country {
        /// The number, normalised.
        number: String,
        /// Its two letters.
        country: String,
    },
}

/// The one way to write a number: without blanks, in capitals. Hyphens stay; some formats have them.
///
/// ```
/// use parcelgauge::codes::normalised_number;
/// assert_eq!(normalised_number(" rb 123 456 785 gb "), "RB123456785GB");
/// ```
#[must_use]
pub fn normalised_number(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).map(|letter| letter.to_ascii_uppercase()).collect()
}

/// Every format that reads a text: which couriers it could be, those with a right check digit first.
///
/// ```
/// use parcelgauge::codes::number_readings;
/// let ids = number_readings("1Z 5R89390357567127").into_iter().map(|reading| reading.format).collect::<Vec<_>>();
/// assert_eq!(ids, ["ups"]);
/// assert!(number_readings("1Z1111111111111111").is_empty(), "its check digit is wrong");
/// ```
#[must_use]
pub fn number_readings(text: &str) -> Vec<NumberReading> {
    let mut readings: Vec<_> = NumberFormat::all().iter().filter_map(|format| format.read(text).ok()).collect();
    readings.sort_by_key(|reading| reading.certainty);
    readings
}

impl NumberReading {
    /// The key of the waybill that bears the number. Couriers use their numbers again, so that it takes the courier and the
    /// day it was posted to make a number one.
    ///
    /// # Errors
    /// None for the couriers of this crate; [`RecordError`] where one had no name.
    pub fn key(&self, posted_on: chrono::NaiveDate) -> Result<WaybillKey, RecordError> {
        Ok(WaybillKey::new(self.number.clone(), posted_on).with_carrier(CarrierId::new(self.courier)?))
    }
}

impl NumberFormat {
    /// All formats, ascending by courier.
    #[must_use]
    pub fn all() -> &'static [Self] {
        FORMATS
    }

    /// The format of an id.
    #[must_use]
    pub fn named(id: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.id == id)
    }

    /// Its short name: `usps_20`.
    #[must_use]
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// Whose it is: `usps`.
    #[must_use]
    pub fn courier(&self) -> &'static str {
        self.courier
    }

    /// Its name for people.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// How its check digit is found; none where it has none.
    #[must_use]
    pub fn check_digit(&self) -> Option<CheckDigit> {
        self.check
    }

    /// Reads a number, blanks and case aside.
    ///
    /// # Errors
    /// [`NumberError`] where it is none of this format.
    pub fn read(&self, text: &str) -> Result<NumberReading, NumberError> {
        const SHOWN: usize = 64;
        let misshapen = || NumberError::Shape { text: text.chars().take(SHOWN).collect(), format: self.name };
        let normalised = normalised_number(text);
        let found = self.matched(&normalised).ok_or_else(misshapen)?;
        if let Some(country) = found.country
            && !countries::exists(&country)
        {
            return Err(NumberError::Country { number: normalised, country });
        }
        let certainty = match self.check {
            None => Certainty::ShapeOnly,
            Some(check) => {
                let lead = if found.serial.starts_with(self.lead) { "" } else { self.lead };
                let serial = format!("{lead}{}", found.serial);
                let (Some(found), Some(expected)) = (found.check, check.of(&serial)) else { return Err(misshapen()) };
                if found != expected {
                    let (number, format) = (normalised, self.name);
                    return Err(NumberError::CheckDigit { number, format, found, expected });
                }
                Certainty::Checked
            }
        };
        let number = WaybillNumber::new(&normalised).map_err(|_| misshapen())?;
        Ok(NumberReading { number, format: self.id, courier: self.courier, certainty })
    }

    fn matched(&self, number: &str) -> Option<Matched> {
        let by_shape = |number: &str| self.shapes.iter().find_map(|shape| matched(number, shape));
        by_shape(number).or_else(|| self.without_routing(number).find_map(by_shape))
    }

    /// The number behind a ZIP code of 5 digits, or of 9, which only numbers of up to 22 digits have before them.
    fn without_routing<'n>(&self, number: &'n str) -> impl Iterator<Item = &'n str> {
        let routed = self.routing == Routing::UsPostal && number.starts_with("420") && number.is_ascii();
        let zips: &[(usize, usize)] = if routed { &[(8, 26), (12, 22)] } else { &[] };
        zips.iter().filter_map(|&(zip, most)| number.get(zip..).filter(|rest| rest.len() <= most))
    }
}
