//! Ratings: which answers count, and where on their scale they stand. Whole numbers only.

use chrono::NaiveDate;

use crate::fact::{Context, GivenRating};
use crate::outcome::{Severity, Term};
use crate::record::{RatingQuestion, Score};

use super::{Per, Policies};

impl Policies {
    /// The answer of a rating that counts, or the reason why it does not: filled in by the system, to another question,
    /// or overtaken by a later answer about the same waybill where only the latest counts.
    pub(super) fn answer(&self, given: &GivenRating, questions: &[RatingQuestion]) -> Result<Score, Term> {
        let rating = &given.rating;
        if rating.system_default {
            Err(Term::SYSTEM_DEFAULT)
        } else if !questions.contains(&rating.question) {
            Err(Term::OTHER_QUESTION)
        } else if self.per == Per::Waybill && !given.is_latest_of(questions) {
            Err(Term::NOT_LATEST)
        } else {
            Ok(rating.score)
        }
    }
}

/// The reporting day of the answer.
pub(super) fn rated_on(given: &GivenRating, at: &Context) -> NaiveDate {
    at.zone.date_of(given.rating.rated_at)
}

/// Whether an answer stands at so many quarters of its scale or above: (rating − min) / (max − min) ≥ quarters / 4.
pub(super) fn reaches(score: Score, quarters: i64) -> bool {
    4 * i64::from(score.above_min()) >= quarters * i64::from(score.width())
}

/// Whether an answer stands above so many quarters of its scale: (rating − min) / (max − min) > quarters / 4.
pub(super) fn exceeds(score: Score, quarters: i64) -> bool {
    4 * i64::from(score.above_min()) > quarters * i64::from(score.width())
}

/// How far below the top of its scale an answer stands, in millionths of the scale.
pub(super) fn below_top(score: Score) -> Severity {
    let below = i64::from(score.width()) - i64::from(score.above_min());
    Severity::Amount(below * 1_000_000 / i64::from(score.width()))
}
