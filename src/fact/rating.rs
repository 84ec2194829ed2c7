//! The rating fact.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::record::{Rating, RatingAspect, RatingQuestion};

/// A rating, and which questions were answered again, or besides, about the same waybill later on.
///
/// All ratings of a waybill lie in one source partition, so that no split of the records can hide a later one.
#[doc(alias = "评价")]
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct GivenRating {
    /// The rating.
    pub rating: Rating,
    /// The questions answered later about its waybill. What the system filled in is no answer. Of answers at one
    /// instant one about the whole stands after one about an aspect, and the greater identifier after the lesser.
    pub answered_later: BTreeSet<RatingQuestion>,
}

impl GivenRating {
    /// Whether no later answer to any of some questions stands in its place; a rating without a waybill has no other.
    #[must_use]
    pub fn is_latest_of(&self, questions: &[RatingQuestion]) -> bool {
        !questions.iter().any(|question| self.answered_later.contains(question))
    }

    /// Ratings, each identifier once, with what came later about the waybill of each.
    pub(super) fn of(ratings: Vec<&Rating>) -> Vec<Self> {
        let mut given: Vec<Self> = ratings
            .into_iter()
            .map(|rating| Self { rating: rating.clone(), answered_later: BTreeSet::new() })
            .collect();
        let answers = given.iter_mut().filter(|given| given.rating.waybill.is_some() && !given.rating.system_default);
        let mut answers: Vec<&mut Self> = answers.collect();
        // The latest of each waybill first.
        answers.sort_unstable_by(|a, b| {
            let place = |given: &Self| {
                let rating = &given.rating;
                Reverse((rating.rated_at, rating.aspect == RatingAspect::Overall))
            };
            let by_waybill = a.rating.waybill.cmp(&b.rating.waybill);
            by_waybill.then_with(|| place(a).cmp(&place(b))).then_with(|| b.rating.id.cmp(&a.rating.id))
        });
        for of_waybill in answers.chunk_by_mut(|a, b| a.rating.waybill == b.rating.waybill) {
            let mut later = BTreeSet::new();
            for answer in of_waybill {
                answer.answered_later.clone_from(&later);
                later.insert(answer.rating.question);
            }
        }
        given
    }
}
