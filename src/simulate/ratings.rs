//! Ratings that follow from a trip and from the handling of a complaint.
//!
//! What this module does not do: it keeps no customer's mood. Every rating is drawn from this shipment alone.

use super::calendar::{DAY, HOUR, waking_hours};
use super::cases::{Cases, Trouble};
use super::draws::{Draws, Topic};
use super::order::{Order, Person};
use super::rates::Ledger;
use super::trip::Trip;
use super::{Network, Rate};
use crate::record::{Rating, RatingAspect, RatingQuestion};

/// Weights of 1 to 5 of 5.
const CONTENT: [u32; 5] = [1, 2, 6, 25, 66];
const ANNOYED: [u32; 5] = [35, 25, 20, 12, 8];
/// Weights of 0 to 10 of 10.
const WOULD_RECOMMEND: [u32; 11] = [1, 1, 1, 1, 1, 3, 4, 10, 20, 23, 35];
const WOULD_NOT_RECOMMEND: [u32; 11] = [14, 8, 8, 10, 10, 15, 12, 10, 7, 3, 3];

/// What overall questions are about, and how often of 100.
const ASPECTS: [RatingAspect; 7] = [
    RatingAspect::Overall,
    RatingAspect::Delivery,
    RatingAspect::Collection,
    RatingAspect::Acceptance,
    RatingAspect::Attitude,
    RatingAspect::Price,
    RatingAspect::Information,
];
const ASPECT_WEIGHTS: [u32; 7] = [60, 18, 5, 4, 5, 4, 4];

/// The ratings of a shipment.
pub(super) fn draw(
    network: &Network,
    order: &Order,
    trip: &Trip,
    trouble: Option<Trouble>,
    cases: &Cases,
    ledger: &mut Ledger,
) -> Vec<Rating> {
    let mut survey =
        Survey { network, order, draws: Draws::new(network.seed(), order.index, Topic::Ratings), ratings: Vec::new() };
    if let Some(completed_at) = trip.completed_at {
        if ledger.draw(Rate::Rated, &mut survey.draws) {
            survey.rate(completed_at, trouble.is_some());
        } else if ledger.draw(Rate::RatedByDefault, &mut survey.draws) {
            // Full marks after a week of silence.
            survey.add(completed_at + 7 * DAY, order.recipient, 5).system_default = true;
        }
    }
    if let Some((resolved_at, who)) = cases.resolved
        && ledger.draw(Rate::HandlingRated, &mut survey.draws)
    {
        let stars = survey.draws.weighted(&[15, 10, 20, 30, 25]) + 1;
        let at = waking_hours(resolved_at + survey.draws.between(HOUR, 3 * DAY));
        let rating = survey.add(at, who, stars);
        (rating.question, rating.aspect) = (RatingQuestion::Handling, RatingAspect::AfterSales);
    }
    survey.ratings
}

struct Survey<'n> {
    network: &'n Network,
    order: &'n Order,
    draws: Draws,
    ratings: Vec<Rating>,
}

impl Survey<'_> {
    fn rate(&mut self, completed_at: i64, is_annoyed: bool) {
        let at = waking_hours(completed_at + self.draws.between(HOUR, 3 * DAY));
        let who = self.order.recipient;
        if self.draws.below(100) < 15 {
            let points = self.draws.weighted(if is_annoyed { &WOULD_NOT_RECOMMEND } else { &WOULD_RECOMMEND });
            let score = self.network.names.recommendation(points);
            let rating = self.add(at, who, 5);
            (rating.question, rating.score) = (RatingQuestion::Nps, score);
        } else {
            let stars = self.draws.weighted(if is_annoyed { &ANNOYED } else { &CONTENT }) + 1;
            let aspect = ASPECTS[self.draws.weighted(&ASPECT_WEIGHTS)];
            self.add(at, who, stars).aspect = aspect;
        }
    }

    /// A satisfaction rating with `stars` of 5.
    fn add(&mut self, at: i64, who: Person, stars: usize) -> &mut Rating {
        let (names, midnight) = (&self.network.names, self.network.midnight);
        let position = self.ratings.len();
        let id = names.rating(self.order.index, position as u8 + 1);
        let mut rating = Rating::new(id, midnight.instant(at), names.satisfaction(stars));
        rating.recorded_at = Some(midnight.instant(at + self.draws.between(0, 30)));
        rating.waybill = Some(self.order.key.clone());
        rating.customer = Some(names.customer(who.number));
        self.ratings.push(rating);
        &mut self.ratings[position]
    }
}
