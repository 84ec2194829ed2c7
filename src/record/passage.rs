//! Names of passages: which time through which stage, and on which leg.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Label, RecordError};

const ALLOWED: &str = "STAGE, STAGE#TIME, LEG/STAGE or LEG/STAGE#TIME, such as `dep`, `dep#2`, `i1/dep#2`";

/// Which time through which stage of the route, on which leg: what a stage's plan is for.
///
/// Written as the stage's name, with the leg and a `/` before it where the route has legs, and with `#` and a number
/// behind it from the second time on. So neither `/` nor `#` can stand in a name.
///
/// ```
/// use parcelgauge::record::PassageKey;
/// let key: PassageKey = "i1/dep#2".parse()?;
/// assert_eq!((key.leg().map(|leg| leg.as_str()), key.stage().as_str(), key.occurrence()), (Some("i1"), "dep", 2));
/// assert_eq!("dep#1".parse::<PassageKey>()?.to_string(), "dep");
/// assert!("dep#0".parse::<PassageKey>().is_err());
/// # Ok::<(), parcelgauge::record::RecordError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PassageKey {
    leg: Option<Label>, // neither `/` nor `#` in it
    stage: Label,       // neither `/` nor `#` in it
    occurrence: u32,    // >= 1
}

impl PassageKey {
    /// A time through a stage, counted from 1; on a leg where the route has legs.
    ///
    /// # Errors
    /// [`RecordError`] where a name holds `/` or `#`, or the count is 0.
    pub fn new(leg: Option<Label>, stage: Label, occurrence: u32) -> Result<Self, RecordError> {
        let key = Self { leg, stage, occurrence };
        let is_plain = |name: &Label| !name.as_str().contains(['/', '#']);
        match key.occurrence >= 1 && is_plain(&key.stage) && key.leg.iter().all(is_plain) {
            true => Ok(key),
            false => Err(refused(&key.to_string())),
        }
    }

    /// The leg; none on routes without legs.
    #[must_use]
    pub fn leg(&self) -> Option<&Label> {
        self.leg.as_ref()
    }
    /// The stage's name.
    #[must_use]
    pub fn stage(&self) -> &Label {
        &self.stage
    }
    /// Which time, counted from 1 in order of time.
    #[must_use]
    pub fn occurrence(&self) -> u32 {
        self.occurrence
    }
}

fn refused(text: &str) -> RecordError {
    RecordError::new("passage", text, ALLOWED, "name the stage as the route does, and count its times from 1")
}

impl FromStr for PassageKey {
    type Err = RecordError;
    fn from_str(text: &str) -> Result<Self, RecordError> {
        let (leg, rest) = match text.split_once('/') {
            Some((leg, rest)) => (Some(Label::new(leg)?), rest),
            None => (None, text),
        };
        let (stage, occurrence) = match rest.split_once('#') {
            None => (rest, 1),
            Some((stage, count)) if count.bytes().all(|byte| byte.is_ascii_digit()) => {
                (stage, count.parse().map_err(|_| refused(text))?)
            }
            Some(_) => return Err(refused(text)),
        };
        Self::new(leg, Label::new(stage)?, occurrence)
    }
}

impl fmt::Display for PassageKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(leg) = &self.leg {
            write!(f, "{leg}/")?;
        }
        write!(f, "{}", self.stage)?;
        match self.occurrence {
            1 => Ok(()),
            other => write!(f, "#{other}"),
        }
    }
}

impl fmt::Debug for PassageKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for PassageKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PassageKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
