//! What one fact means for each KPI: the specification's sentences in their order.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use parcelgauge::record::{CustomerId, Flow, Mover, Party, Waybill, WaybillKey};

use super::choices::{Choices, CohortDate};
use super::clock;
use super::promise::{Judged, judged, moves};
use super::trip::{Completion, Exit, Trip};

/// What one fact means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Hit,
    Miss,
    /// A duration in milliseconds.
    Lasted(i64),
    /// Undecided; under way since then, where an age is shown.
    Open(Option<i64>),
    Excluded(&'static str),
    Invalid(&'static str),
}

/// A waybill with its trip.
#[derive(Debug)]
pub struct Shipment<'a> {
    pub waybill: &'a Waybill,
    pub trip: Trip,
}

impl Shipment<'_> {
    /// Why it is not of the accepted forward shipments, if it is not.
    pub fn outside(&self) -> Option<&'static str> {
        if self.waybill.flow != Flow::Forward {
            Some("not_forward")
        } else if self.trip.is_cancelled_before_collection() {
            Some("cancelled")
        } else if self.trip.accepted.is_none() {
            Some("never_collected")
        } else {
            None
        }
    }

    /// The day by which it falls into a window.
    pub fn day_by(&self, cohort: CohortDate, choices: &Choices) -> Option<NaiveDate> {
        let instant = match cohort {
            CohortDate::Due => return judged(self.waybill, choices).map(|promise| promise.due(choices)),
            CohortDate::Ordered => self.trip.ordered.map(|ordered| ordered.occurred),
            CohortDate::Accepted => self.trip.accepted,
            CohortDate::Completed => self.trip.completion.map(|completion| completion.scanned.at),
        };
        instant.map(|instant| clock::date(choices.zone, instant))
    }

    /// Until when what is paid on it counts, where payments of shipments are counted.
    pub fn pays_until(&self, choices: &Choices) -> Option<i64> {
        choices.paid_within.zip(self.trip.accepted).map(|(within, accepted)| accepted + within)
    }

    /// For `on_time_delivery_rate`.
    pub fn on_time(&self, choices: &Choices) -> Verdict {
        if let Some(reason) = self.outside() {
            return Verdict::Excluded(reason);
        }
        let Some(promise) = judged(self.waybill, choices) else { return Verdict::Excluded("no_promise") };
        if choices.adjusted && self.trip.force_majeure {
            return Verdict::Excluded("force_majeure");
        }
        if !self.is_open(promise, choices) || (choices.provisional && self.leans(promise, choices)) {
            return self.so_far(promise, choices);
        }
        Verdict::Open(None)
    }

    fn is_open(&self, promise: Judged, choices: &Choices) -> bool {
        promise.line(choices) + choices.settle > choices.as_of
    }

    /// Whether an open one would count, were it decided on what is known now, and has not only not been delivered yet.
    fn leans(&self, promise: Judged, choices: &Choices) -> bool {
        let trip = &self.trip;
        let has_ended = trip.completion.is_some() || trip.returned.is_some() || trip.lost || trip.cancelled.is_some();
        let is_due = !promise.is_kept_at(choices.as_of, choices);
        (has_ended || is_due) && matches!(self.so_far(promise, choices), Verdict::Hit | Verdict::Miss)
    }

    /// What it comes to on what is known.
    fn so_far(&self, promise: Judged, choices: &Choices) -> Verdict {
        let completed_at = self.trip.completion.map(|completion| completion.scanned.at);
        if completed_at.is_some_and(|at| promise.is_kept_at(at, choices)) {
            return Verdict::Hit;
        }
        if self.is_on_the_customers_account() && self.was_tried_in_time(promise, choices) {
            return Verdict::Excluded("customer_return");
        }
        if choices.delivered_only && completed_at.is_none() {
            return Verdict::Excluded("not_delivered");
        }
        Verdict::Miss
    }

    /// Cancelled, redirected or refused in transit, unless the carrier did it, or returned for a sender's or recipient's
    /// reason; a return without a reason is the recipient's after a refusal or a failure on the recipient's account.
    fn is_on_the_customers_account(&self) -> bool {
        let trip = &self.trip;
        let completed_at = trip.completion.map(|completion| completion.scanned.at);
        let in_transit = |exit: &Exit| completed_at.is_none_or(|completed_at| exit.at < completed_at);
        if let Some(returned) = trip.returned.filter(in_transit) {
            return match returned.party {
                Some(Party::Sender | Party::Recipient) => true,
                Some(Party::Carrier | Party::ForceMajeure) => false,
                None => trip.refused.is_some() || trip.first_failure == Some(Party::Recipient),
            };
        }
        let exits = [trip.cancelled, trip.redirected, trip.refused];
        let is_customers = |exit: Exit| !matches!(exit.party, Some(Party::Carrier | Party::ForceMajeure));
        exits.into_iter().flatten().filter(in_transit).any(is_customers)
    }

    fn was_tried_in_time(&self, promise: Judged, choices: &Choices) -> bool {
        self.trip.attempts.iter().any(|&attempt| promise.is_kept_at(attempt, choices))
    }

    /// What is to be known beside the verdict of `on_time_delivery_rate`.
    pub fn on_time_notes(&self, choices: &Choices) -> Vec<&'static str> {
        let mut notes = self.end_notes();
        if self.trip.is_inferred() {
            notes.push("inferred_acceptance");
        }
        let moved_by = |mover| moves(self.waybill, choices).iter().any(|step| step.by == mover);
        if moved_by(Mover::Customer) {
            notes.push("promise_moved_by_customer");
        }
        if moved_by(Mover::Carrier) {
            notes.push("promise_moved_by_carrier");
        }
        let promise = judged(self.waybill, choices);
        let is_earlier = |(promise, accepted): (Judged, i64)| promise.line(choices) - choices.grace < accepted;
        if promise.zip(self.trip.accepted).is_some_and(is_earlier) {
            notes.push("promise_before_collection");
        }
        let is_counted = matches!(self.on_time(choices), Verdict::Hit | Verdict::Miss);
        if is_counted && promise.is_some_and(|promise| self.is_open(promise, choices)) {
            notes.push("provisional");
        }
        notes
    }

    /// Notes on how the trip ended.
    pub fn end_notes(&self) -> Vec<&'static str> {
        let Some(completion) = self.trip.completion else { return Vec::new() };
        let mut notes = Vec::new();
        if completion.consent_unknown {
            notes.push("consent_unknown");
        }
        if completion.scanned.anomalous {
            notes.push("anomalous_completion");
        }
        notes
    }

    /// For `end_to_end_hours`.
    pub fn lasted(&self, choices: &Choices) -> Verdict {
        if let Some(reason) = self.outside() {
            return Verdict::Excluded(reason);
        }
        if choices.adjusted && self.trip.force_majeure {
            return Verdict::Excluded("force_majeure");
        }
        let trip = &self.trip;
        let (start, none) =
            if choices.from_order { (trip.ordered, "no_order") } else { (trip.collected, "no_collection") };
        let Some(Completion { scanned: end, .. }) = trip.completion else {
            return if trip.returned.is_some() {
                Verdict::Excluded("returned")
            } else if trip.lost {
                Verdict::Excluded("lost")
            } else if trip.cancelled.is_some() {
                Verdict::Excluded("cancelled")
            } else {
                // Without its start the age since acceptance is a lower bound all the same.
                Verdict::Open(start.map(|start| start.at).or(trip.accepted))
            };
        };
        let Some(start) = start else { return Verdict::Invalid(none) };
        if choices.keep_anomalies {
            return Verdict::Lasted(end.occurred - start.occurred);
        }
        if start.anomalous || end.anomalous || end.at < start.at {
            return Verdict::Invalid("clock_anomaly");
        }
        Verdict::Lasted(end.at - start.at)
    }

    /// Whose order it is.
    pub fn customer(&self, choices: &Choices) -> Option<&CustomerId> {
        if choices.of_recipient { self.waybill.recipient.as_ref() } else { self.waybill.customer.as_ref() }
    }

    /// Why it is no customer's order, if it is none.
    pub fn no_order_of_a_customer(&self, choices: &Choices) -> Option<&'static str> {
        if self.waybill.flow != Flow::Forward {
            Some("not_forward")
        } else if self.customer(choices).is_none() {
            Some("no_customer")
        } else if self.trip.ordered.is_none() {
            Some("no_order")
        } else {
            None
        }
    }
}

/// All orders by customer: instant and waybill of each.
pub type Orders<'a> = BTreeMap<&'a CustomerId, Vec<(i64, &'a WaybillKey)>>;

/// Whether an order follows another of its customer.
pub fn follows(order: (i64, &WaybillKey), orders: &[(i64, &WaybillKey)], choices: &Choices) -> Verdict {
    let reach = |other: i64| choices.look_back.is_none_or(|look_back| order.0 - other <= look_back);
    if let Some(look_back) = choices.look_back {
        let complete_enough = choices.known_from.is_some_and(|known_from| order.0 >= known_from + look_back);
        if !complete_enough {
            return Verdict::Open(None);
        }
    }
    if orders.iter().any(|&other| other < order && reach(other.0)) { Verdict::Hit } else { Verdict::Miss }
}
