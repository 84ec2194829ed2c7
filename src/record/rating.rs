//! Ratings: what customers said when they were asked.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{CustomerId, Instant, RatingId, RecordError, WaybillKey};

/// What was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RatingQuestion {
    /// How satisfied are you?
    #[default]
    Csat,
    /// Would you recommend us?
    Nps,
    /// How satisfied are you with the handling of your case?
    Handling,
}

impl RatingQuestion {
    /// All questions, in their order.
    pub const ALL: [Self; 3] = [Self::Csat, Self::Nps, Self::Handling];

    /// The name in files and results: `csat`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Csat => "csat",
            Self::Nps => "nps",
            Self::Handling => "handling",
        }
    }
}

/// What the question was about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RatingAspect {
    /// All of it.
    #[default]
    Overall,
    /// Taking the order.
    Acceptance,
    /// Collection.
    Collection,
    /// Delivery.
    Delivery,
    /// After-sales service.
    AfterSales,
    /// Information.
    Information,
    /// Attitude.
    Attitude,
    /// Price.
    Price,
}

impl RatingAspect {
    /// All aspects, in their order.
    pub const ALL: [Self; 8] = [
        Self::Overall,
        Self::Acceptance,
        Self::Collection,
        Self::Delivery,
        Self::AfterSales,
        Self::Information,
        Self::Attitude,
        Self::Price,
    ];

    /// The name in files and results: `after_sales`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Overall => "overall",
            Self::Acceptance => "acceptance",
            Self::Collection => "collection",
            Self::Delivery => "delivery",
            Self::AfterSales => "after_sales",
            Self::Information => "information",
            Self::Attitude => "attitude",
            Self::Price => "price",
        }
    }
}

/// An answer on a scale, in thousandths of a point: exact for every scale with up to three decimal places.
///
/// ```
/// use parcelgauge::record::Score;
/// let score = Score::parse("4.5", "1", "5")?;
/// assert_eq!((score.above_min(), score.width()), (3500, 4000));
/// # Ok::<(), parcelgauge::record::RecordError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "ScoreText", into = "ScoreText")]
pub struct Score {
    value: i32, // min <= value <= max
    min: i32,   // min < max
    max: i32,
}

impl Score {
    /// Reads an answer and the ends of its scale.
    ///
    /// # Errors
    /// [`RecordError`] where a number has more than three decimal places or is beyond ±1,000,000, where the scale is
    /// empty, or where the answer lies outside it.
    pub fn parse(value: &str, min: &str, max: &str) -> Result<Self, RecordError> {
        let [value, min, max] =
            [thousandths("rating", value)?, thousandths("scale_min", min)?, thousandths("scale_max", max)?];
        if min >= max {
            return Err(RecordError::new("scale_max", max, "a number above `scale_min`", "give the ends of the scale"));
        }
        if !(min..=max).contains(&value) {
            return Err(RecordError::new(
                "rating",
                Decimal::new(value.into(), 3).normalize(),
                "an answer on its scale",
                "correct the answer, or the ends of the scale",
            ));
        }
        Ok(Self { value, min, max })
    }
    /// The answer in thousandths.
    #[must_use]
    pub fn value(self) -> i32 {
        self.value
    }
    /// Thousandths above the lower end of the scale.
    #[must_use]
    pub fn above_min(self) -> i32 {
        self.value - self.min
    }
    /// The scale's width in thousandths.
    #[must_use]
    pub fn width(self) -> i32 {
        self.max - self.min
    }
}

fn thousandths(field: &'static str, text: &str) -> Result<i32, RecordError> {
    let refuse = || {
        RecordError::new(
            field,
            text,
            "a number within ±1,000,000 with up to three decimal places",
            "write it as digits",
        )
    };
    let number = Decimal::from_str_exact(text).map_err(|_| refuse())?;
    let scaled = number.checked_mul(Decimal::ONE_THOUSAND).ok_or_else(refuse)?;
    match i32::try_from(scaled.trunc()) {
        Ok(whole) if scaled.fract().is_zero() && whole.unsigned_abs() <= 1_000_000_000 => Ok(whole),
        _ => Err(refuse()),
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ScoreText {
    value: String,
    min: String,
    max: String,
}

impl TryFrom<ScoreText> for Score {
    type Error = RecordError;
    fn try_from(text: ScoreText) -> Result<Self, RecordError> {
        Self::parse(&text.value, &text.min, &text.max)
    }
}

impl From<Score> for ScoreText {
    fn from(score: Score) -> Self {
        let [value, min, max] =
            [score.value, score.min, score.max].map(|n| Decimal::new(n.into(), 3).normalize().to_string());
        Self { value, min, max }
    }
}

/// One rating.
#[doc(alias = "评价")]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Rating {
    /// Its identity.
    pub id: RatingId,
    /// When this state of the row was written: of two unlike rows of one rating the later one holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Instant>,
    /// When the row became known; without it the row is known from `rated_at`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded_at: Option<Instant>,
    /// When the customer rated.
    pub rated_at: Instant,
    /// The answer.
    pub score: Score,
    /// What was asked.
    #[serde(default)]
    pub question: RatingQuestion,
    /// About what.
    #[serde(default)]
    pub aspect: RatingAspect,
    /// About which waybill; none leaves it in the group `unassigned`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waybill: Option<WaybillKey>,
    /// By whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<CustomerId>,
    /// Whether the system filled it in because the customer did not answer: excluded from every figure.
    #[serde(default)]
    pub system_default: bool,
}

impl Rating {
    /// An overall satisfaction rating.
    #[must_use]
    pub fn new(id: RatingId, rated_at: Instant, score: Score) -> Self {
        Self {
            id,
            updated_at: None,
            recorded_at: None,
            rated_at,
            score,
            question: RatingQuestion::Csat,
            aspect: RatingAspect::Overall,
            waybill: None,
            customer: None,
            system_default: false,
        }
    }

    /// From when on the row is known.
    #[must_use]
    pub fn known_at(&self) -> Instant {
        self.recorded_at.unwrap_or(self.rated_at)
    }
}
