//! Satisfaction rate, 客户满意度.

use chrono::NaiveDate;

use crate::fact::{Context, GivenRating};
use crate::kpi::rating::{below_top, rated_on, reaches};
use crate::kpi::{Cohort, Definition, Direction, FigureKind, Kpi, Observe, Policies, PolicyName, Unit};
use crate::outcome::Outcome;
use crate::record::{RatingQuestion, RecordKind};
use crate::state::{Share, Verdict};

/// The share of satisfaction ratings in the upper quarter of their scale.
///
/// Counted are answers to the question `csat`, on every aspect: 4 and 5 of 5 are satisfied, 8 to 10 of 0 to 10, a thumb
/// up. On a scale of 1 to 10 it takes 7.75, so 8. A rating counts once it is known, whether its waybill is or not; one
/// without a known waybill stands in the group `unassigned`. Ratings about the handling of a case are no satisfaction with
/// the parcel, and whether one would recommend is another question.
///
/// - numerator: (rating − min) / (max − min) ≥ 3/4
/// - denominator: answers to `csat`
/// - excluded: `system_default`; `other_question` (`nps`, `handling`); with `per=waybill` also `not_latest`
/// - `per=waybill`: of the answers about one waybill the latest counts, of equal instants one about the whole before one
///   about an aspect, then the one with the greater identifier; answers about no waybill count each for itself
///
/// # Formula
/// hit / (hit + miss), with its Wilson interval.
///
/// # By hand
/// 80 of 100 ratings are 4 or 5 of 5: 80 %. A single 4 is satisfied, a 3.999 is not.
///
/// ```
/// use parcelgauge::prelude::*;
/// use parcelgauge::record::RatingId;
/// let mut records = Records::default();
/// for (id, stars) in ["4", "3.999", "5", "1"].into_iter().enumerate() {
///     let id = RatingId::new(id.to_string())?;
///     let score = Score::parse(stars, "1", "5")?;
///     records.ratings.push(Rating::new(id, "2026-10-01T10:00:00+08:00".parse()?, score));
/// }
/// let plan = Plan::new([catalogue().find("satisfaction_rate")?]).with_window(Window::All);
/// let scorecard = Scorecard::measure(&records, &plan, &Context::at("2026-10-02T00:00:00+08:00".parse()?));
/// assert_eq!(scorecard.rows[0].figure.value(), Some(0.5));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Source
/// CSAT as commonly defined: satisfied answers over all answers. No standard fixes which answers are satisfied.
#[doc(alias = "客户满意度")]
#[doc(alias = "CSAT")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SatisfactionRate {
    policies: Policies,
}

const DEFINITION: Definition = Definition {
    id: "satisfaction_rate",
    version: 1,
    name_en: "Satisfaction rate",
    name_zh: "客户满意度",
    formula: "ratings at or above 3/4 of their scale / satisfaction ratings by customers",
    kind: FigureKind::Share,
    unit: Unit::Ratio,
    direction: Direction::HigherIsBetter,
    cohorts: &[Cohort::Rated],
    needs: &[RecordKind::Rating],
    policies: &[PolicyName::Per],
    clustered: false,
    looks_back: false,
    source: "CSAT as commonly defined",
};

impl Default for SatisfactionRate {
    fn default() -> Self {
        Self { policies: Policies::by(Cohort::Rated) }
    }
}

impl Kpi for SatisfactionRate {
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

impl Observe<GivenRating> for SatisfactionRate {
    fn cohort(&self, given: &GivenRating, at: &Context) -> Option<NaiveDate> {
        Some(rated_on(given, at))
    }

    fn outcome(&self, given: &GivenRating, _at: &Context) -> Outcome<Verdict> {
        match self.policies.answer(given, &[RatingQuestion::Csat]) {
            Ok(score) if reaches(score, 3) => Outcome::measured(Verdict::Hit),
            Ok(score) => Outcome::ranked(Verdict::Miss, below_top(score)),
            Err(reason) => Outcome::Excluded(reason),
        }
    }
}
