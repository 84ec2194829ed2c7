//! Which promise is judged, and whether it was kept.

use chrono::NaiveDate;
use chrono_tz::Tz;
use parcelgauge::record::{Mover, Promise, PromiseMove, Waybill};

use super::choices::{Choices, PromiseEnd};
use super::clock;

/// A promise under judgement.
#[derive(Debug, Clone, Copy)]
pub struct Judged {
    pub promise: Promise,
    zone: Tz,
}

/// The moves made up to an instant.
pub fn moves(waybill: &Waybill, choices: &Choices) -> Vec<PromiseMove> {
    let mut moves = waybill.promise_moves.clone();
    moves.retain(|step| step.moved_at.as_millis() <= choices.as_of);
    moves
}

/// The promise that the policies judge.
pub fn judged(waybill: &Waybill, choices: &Choices) -> Option<Judged> {
    let mut last: Option<PromiseMove> = None;
    for step in moves(waybill, choices) {
        let counts = choices.current_promise || step.by == Mover::Customer;
        if counts && last.is_none_or(|last| step > last) {
            last = Some(step);
        }
    }
    let promise = last.map(|step| step.to).or(waybill.promise)?;
    let zone = waybill.destination_zone.map_or(choices.zone, |zone| zone.name().parse().expect("a zone"));
    Some(Judged { promise, zone })
}

impl Judged {
    /// The day it falls due: the promised date itself, whatever the zone.
    pub fn due(&self, choices: &Choices) -> NaiveDate {
        match self.promise {
            Promise::On(day) => day,
            Promise::By(instant) => clock::date(choices.zone, instant.as_millis()),
        }
    }

    /// The day whose calendar page is compared, where days are compared; else none.
    fn compared_day(&self, choices: &Choices) -> Option<NaiveDate> {
        match (self.promise, choices.promise_end) {
            (Promise::On(day), PromiseEnd::DayEnd | PromiseEnd::CalendarDay) => Some(day),
            (Promise::By(instant), PromiseEnd::CalendarDay) => Some(clock::date(self.zone, instant.as_millis())),
            _ => None,
        }
    }

    /// The line between in time and late, grace included.
    pub fn line(&self, choices: &Choices) -> i64 {
        let line = match (self.compared_day(choices), self.promise) {
            (Some(day), _) => clock::end_of(self.zone, day),
            (None, Promise::On(day)) => clock::start_of(self.zone, day),
            (None, Promise::By(instant)) => instant.as_millis(),
        };
        line + choices.grace
    }

    /// Whether an instant is in time. Where days are compared it is the calendar that tells.
    pub fn is_kept_at(&self, instant: i64, choices: &Choices) -> bool {
        match self.compared_day(choices) {
            Some(day) => clock::date(self.zone, instant - choices.grace) <= day,
            None if choices.strictly_before => instant < self.line(choices),
            None => instant <= self.line(choices),
        }
    }
}
