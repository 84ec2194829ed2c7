//! Satisfaction score, 满意度得分.

use chrono::NaiveDate;

use crate::fact::{Context, GivenRating};
use crate::kpi::rating::rated_on;
use crate::kpi::{Cohort, Definition, Direction, FigureKind, Kpi, Observe, Policies, PolicyName, ScaleFrom, Unit};
use crate::outcome::{Outcome, Term};
use crate::record::{RatingQuestion, RecordKind};
use crate::state::{ScalePoints, Scores};

/// How far up their scale satisfaction ratings stand on average, in points out of a hundred.
///
/// Counted are the same answers as in [`SatisfactionRate`](super::SatisfactionRate). The worst answer is 0 points and the
/// best 100, on every scale. Others take rating / max, where the worst of 1 to 5 still earns 20 points: that is
/// `scale_from=zero` (or `of_max`), and the two may stand on either side of a target, so the choice is printed.
///
/// - above the line: Σ (rating − min), in thousandths of a point; with `scale_from=zero` Σ rating
/// - below the line: answers to `csat` × (max − min); with `scale_from=zero` × max. Scales of unlike width are brought to
///   their common multiple
/// - excluded: `system_default`; `other_question` (`nps`, `handling`); with `per=waybill` also `not_latest`
/// - invalid, with `scale_from=zero` only: `other_scale`, one that reaches below nought
///
/// # Formula
/// 100 × Σ (rating − min) / (max − min) / n, as one quotient of whole numbers. No interval, and no rating is adverse.
///
/// # By hand
/// A mean of 4.0776 of 5 is (4.0776 − 1) / 4 = 76.94 points, or 4.0776 / 5 = 81.55 of the maximum.
///
/// ```
/// use parcelgauge::prelude::*;
/// use parcelgauge::record::RatingId;
/// let mut records = Records::default();
/// let score = Score::parse("4.078", "1", "5")?;
/// records.ratings.push(Rating::new(RatingId::new("1")?, "2026-10-01T10:00:00+08:00".parse()?, score));
/// for (scale_from, points) in [("min", 76.95), ("of_max", 81.56)] {
///     let gauge = catalogue().find("satisfaction_score")?.with(Policy::parse("scale_from", scale_from)?)?;
///     let plan = Plan::new([gauge]).with_window(Window::All);
///     let scorecard = Scorecard::measure(&records, &plan, &Context::at("2026-10-02T00:00:00+08:00".parse()?));
///     assert_eq!(scorecard.rows[0].figure.value(), Some(points));
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Source
/// Common in satisfaction surveys; no standard fixes where the scale begins.
#[doc(alias = "满意度得分")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SatisfactionScore {
    policies: Policies,
}

const DEFINITION: Definition = Definition {
    id: "satisfaction_score",
    version: 1,
    name_en: "Satisfaction score",
    name_zh: "满意度得分",
    formula: "100 × mean of (rating − min) / (max − min) over satisfaction ratings by customers",
    kind: FigureKind::Ratio,
    unit: Unit::Points,
    direction: Direction::HigherIsBetter,
    cohorts: &[Cohort::Rated],
    needs: &[RecordKind::Rating],
    policies: &[PolicyName::Per, PolicyName::ScaleFrom],
    clustered: false,
    looks_back: false,
    source: "satisfaction surveys",
};

impl Default for SatisfactionScore {
    fn default() -> Self {
        Self { policies: Policies::by(Cohort::Rated) }
    }
}

impl Kpi for SatisfactionScore {
    type State = Scores;

    fn definition(&self) -> &'static Definition {
        &DEFINITION
    }
    fn empty(&self) -> Scores {
        Scores::default()
    }
    fn policies(&self) -> Option<&Policies> {
        Some(&self.policies)
    }
    fn policies_mut(&mut self) -> Option<&mut Policies> {
        Some(&mut self.policies)
    }
}

impl Observe<GivenRating> for SatisfactionScore {
    fn cohort(&self, given: &GivenRating, at: &Context) -> Option<NaiveDate> {
        Some(rated_on(given, at))
    }

    fn outcome(&self, given: &GivenRating, _at: &Context) -> Outcome<ScalePoints> {
        let score = match self.policies.answer(given, &[RatingQuestion::Csat]) {
            Ok(score) => score,
            Err(reason) => return Outcome::Excluded(reason),
        };
        let points = match self.policies.scale_from {
            ScaleFrom::Min => Some(ScalePoints::from_min(score)),
            ScaleFrom::Zero => ScalePoints::from_zero(score),
        };
        points.map_or(Outcome::Invalid(Term::OTHER_SCALE), Outcome::measured)
    }
}
