//! Negative rating rate, 差评率.

use chrono::NaiveDate;

use crate::fact::{Context, GivenRating};
use crate::kpi::rating::{below_top, exceeds, rated_on};
use crate::kpi::{Cohort, Definition, Direction, FigureKind, Kpi, Observe, Policies, PolicyName, Unit};
use crate::outcome::Outcome;
use crate::record::{RatingQuestion, RecordKind};
use crate::state::{Share, Verdict};

/// The share of satisfaction ratings in the lower quarter of their scale.
///
/// Counted are the same answers as in [`SatisfactionRate`](super::SatisfactionRate): 1 and 2 of 5 are negative, 0 to 2 of
/// 0 to 10, a thumb down. What lies between the quarters is neither satisfied nor negative, so the two rates do not add
/// up to 1.
///
/// - numerator: (rating − min) / (max − min) ≤ 1/4
/// - denominator: answers to `csat`
/// - excluded: `system_default`; `other_question` (`nps`, `handling`); with `per=waybill` also `not_latest`
///
/// # Formula
/// hit / (hit + miss), with its Wilson interval.
///
/// # By hand
/// Of the ratings 1, 2, 2.001 and 5 of 5 two are negative: 2 / 4.
///
/// ```
/// use parcelgauge::prelude::*;
/// use parcelgauge::record::RatingId;
/// let mut records = Records::default();
/// for (id, stars) in ["1", "2", "2.001", "5"].into_iter().enumerate() {
///     let id = RatingId::new(id.to_string())?;
///     let score = Score::parse(stars, "1", "5")?;
///     records.ratings.push(Rating::new(id, "2026-10-01T10:00:00+08:00".parse()?, score));
/// }
/// let plan = Plan::new([catalogue().find("negative_rating_rate")?]).with_window(Window::All);
/// let scorecard = Scorecard::measure(&records, &plan, &Context::at("2026-10-02T00:00:00+08:00".parse()?));
/// assert_eq!(scorecard.rows[0].figure.value(), Some(0.5));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Source
/// Common on marketplaces; no standard fixes which answers are negative.
#[doc(alias = "差评率")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NegativeRatingRate {
    policies: Policies,
}

const DEFINITION: Definition = Definition {
    id: "negative_rating_rate",
    version: 1,
    name_en: "Negative rating rate",
    name_zh: "差评率",
    formula: "ratings at or below 1/4 of their scale / satisfaction ratings by customers",
    kind: FigureKind::Share,
    unit: Unit::Ratio,
    direction: Direction::LowerIsBetter,
    cohorts: &[Cohort::Rated],
    needs: &[RecordKind::Rating],
    policies: &[PolicyName::Per],
    clustered: false,
    looks_back: false,
    source: "marketplaces' ratings",
};

impl Default for NegativeRatingRate {
    fn default() -> Self {
        Self { policies: Policies::by(Cohort::Rated) }
    }
}

impl Kpi for NegativeRatingRate {
    type State = Share;

    fn definition(&self) -> &'static Definition {
        &DEFINITION
    }
    fn empty(&self) -> Share {
        Share::default()
    }
    fn policies(&self) -> Option<&Policies> {
        Some(&self.policies)
    }
    fn policies_mut(&mut self) -> Option<&mut Policies> {
        Some(&mut self.policies)
    }
}

impl Observe<GivenRating> for NegativeRatingRate {
    fn cohort(&self, given: &GivenRating, at: &Context) -> Option<NaiveDate> {
        Some(rated_on(given, at))
    }

    fn outcome(&self, given: &GivenRating, _at: &Context) -> Outcome<Verdict> {
        match self.policies.answer(given, &[RatingQuestion::Csat]) {
            Ok(score) if exceeds(score, 1) => Outcome::measured(Verdict::Miss),
            Ok(score) => Outcome::ranked(Verdict::Hit, below_top(score)),
            Err(reason) => Outcome::Excluded(reason),
        }
    }
}
