//! Net promoter score, 净推荐值.

use chrono::NaiveDate;

use crate::fact::{Context, GivenRating};
use crate::kpi::rating::{below_top, rated_on};
use crate::kpi::{Cohort, Definition, Direction, FigureKind, Kpi, Observe, Policies, PolicyName, ScaleMapping, Unit};
use crate::outcome::{Outcome, Term};
use crate::record::{RatingQuestion, RecordKind, Score};
use crate::state::{Nps, Recommendation};

/// The share of promoters less the share of detractors, in points.
///
/// Counted are answers to the question `nps` ("would you recommend us?") on a scale of 0 to 10: 9 and above promote, 6 and
/// below detract, what lies between is passive. Other questions are not read, other scales not guessed at.
///
/// `scale_mapping=five_point_5_4_123` reads answers on a scale of 1 to 5 as well: 5 promotes, 3 and below detract, between
/// them is passive. Who asks for it has no other question to go by, so it opens the answers to `csat` too, on every
/// aspect; those must be on that scale, for ten points of satisfaction are no recommendation. The result prints the
/// mapping: it is a likeness of the score, not the score.
///
/// - counted: promoters, passives, detractors
/// - excluded: `system_default`; `other_question` (`handling`, and `csat` without the mapping); with `per=waybill` also
///   `not_latest`, among the questions read
/// - invalid: `other_scale`
/// - evidence lists detractors
///
/// # Formula
/// 100 × (promoters − detractors) / n; one answer has the variance p + d − (p − d)², and the interval is the normal one,
/// held within ±100.
///
/// # By hand
/// Of 324 answers half promote and a sixth detract: 33.33 points, half-width 8.1.
///
/// ```
/// use parcelgauge::state::{Nps, Recommendation, Scale, State};
/// let mut nps = Nps::default();
/// for (answer, count) in [(Recommendation::Promoter, 162), (Recommendation::Passive, 108), (Recommendation::Detractor, 54)] {
///     (0..count).for_each(|_| nps.observe(answer));
/// }
/// let figure = &nps.figures(Scale::PERCENT)[0];
/// let interval = figure.interval().unwrap();
/// assert!((figure.value().unwrap() - 33.33).abs() < 0.01);
/// assert!(((interval.high - interval.low) / 2.0 - 8.116).abs() < 0.001); // 1.96 × 100 √(5/9 / 324)
/// ```
///
/// # Source
/// Reichheld, F. (2003), The one number you need to grow, Harvard Business Review 81 (12).
#[doc(alias = "净推荐值")]
#[doc(alias = "NPS")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetPromoterScore {
    policies: Policies,
}

const DEFINITION: Definition = Definition {
    id: "nps",
    version: 1,
    name_en: "Net promoter score",
    name_zh: "净推荐值",
    formula: "100 × (answers of 9 and 10 − answers of 0 to 6) / answers to the question of recommendation by customers",
    kind: FigureKind::Nps,
    unit: Unit::Points,
    direction: Direction::HigherIsBetter,
    cohorts: &[Cohort::Rated],
    needs: &[RecordKind::Rating],
    policies: &[PolicyName::Per, PolicyName::ScaleMapping],
    clustered: false,
    looks_back: false,
    source: "Reichheld 2003",
};

impl Default for NetPromoterScore {
    fn default() -> Self {
        Self { policies: Policies::by(Cohort::Rated) }
    }
}

impl NetPromoterScore {
    fn questions(&self) -> &'static [RatingQuestion] {
        match self.policies.scale_mapping {
            ScaleMapping::None => &[RatingQuestion::Nps],
            ScaleMapping::FivePoint54123 => &[RatingQuestion::Nps, RatingQuestion::Csat],
        }
    }

    /// What an answer counts as; none on a scale that is not read.
    fn read(&self, question: RatingQuestion, score: Score) -> Option<Recommendation> {
        let scale = (score.value() - score.above_min(), score.width());
        let (promotes, detracts) = match (question, scale, self.policies.scale_mapping) {
            (RatingQuestion::Nps, (0, 10_000), _) => (9_000, 6_000),
            (_, (1_000, 4_000), ScaleMapping::FivePoint54123) => (5_000, 3_000),
            _ => return None,
        };
        Some(match score.value() {
            value if value >= promotes => Recommendation::Promoter,
            value if value <= detracts => Recommendation::Detractor,
            _ => Recommendation::Passive,
        })
    }
}

impl Kpi for NetPromoterScore {
    type State = Nps;

    fn definition(&self) -> &'static Definition {
        &DEFINITION
    }
    fn empty(&self) -> Nps {
        Nps::default()
    }
    fn policies(&self) -> Option<&Policies> {
        Some(&self.policies)
    }
    fn policies_mut(&mut self) -> Option<&mut Policies> {
        Some(&mut self.policies)
    }
}

impl Observe<GivenRating> for NetPromoterScore {
    fn cohort(&self, given: &GivenRating, at: &Context) -> Option<NaiveDate> {
        Some(rated_on(given, at))
    }

    fn outcome(&self, given: &GivenRating, _at: &Context) -> Outcome<Recommendation> {
        let score = match self.policies.answer(given, self.questions()) {
            Ok(score) => score,
            Err(reason) => return Outcome::Excluded(reason),
        };
        match self.read(given.rating.question, score) {
            Some(recommendation) => Outcome::ranked(recommendation, below_top(score)),
            None => Outcome::Invalid(Term::OTHER_SCALE),
        }
    }
}
