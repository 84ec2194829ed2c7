//! The shipment fact.

use chrono::NaiveDate;

use crate::journey::{Completion, Course, Exit, StorageCompletes};
use crate::outcome::Term;
use crate::record::{
    CaseClass, CourierId, CustomerId, Decision, FacilityId, Flow, Instant, Label, LossKind, Money, NodeKind, Party,
    Promise, WaybillKey, Zone,
};

use super::Context;

/// A waybill, its journey, and what a pass over its customer's orders found.
#[doc(alias = "快件")]
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Shipment {
    /// Its identity.
    pub key: WaybillKey,
    /// Which way it runs.
    pub flow: Flow,
    /// What its journey says.
    pub course: Course,
    /// The promise first given.
    pub promise_original: Option<Promise>,
    /// The promise that is judged: the original, or the customer's own last request.
    pub promise_judged: Option<Promise>,
    /// The promise as it stands, whoever moved it.
    pub promise_current: Option<Promise>,
    /// How often the customer moved it.
    pub promise_moves_by_customer: u32,
    /// How often the carrier moved it.
    pub promise_moves_by_carrier: u32,
    /// The zone a promised day ends in.
    pub destination_zone: Option<Zone>,
    /// The sender.
    pub customer: Option<CustomerId>,
    /// The recipient.
    pub recipient: Option<CustomerId>,
    /// When the sender last ordered before this order.
    pub previous_order_by_customer: Option<Instant>,
    /// When something was last ordered for the recipient before this order.
    pub previous_order_for_recipient: Option<Instant>,
    /// The fee.
    pub fee: Option<Money>,
    /// Where it was sent from.
    pub origin_region: Option<Label>,
    /// Where it was sent to.
    pub destination_region: Option<Label>,
    /// The city it was sent from.
    pub origin_city: Option<Label>,
    /// The city it was sent to.
    pub destination_city: Option<Label>,
    /// Who handled it in which role.
    pub roles: Roles,
    /// The cases about it, ascending by opening.
    pub cases: Vec<HangingCase>,
    /// The claims on it, ascending by filing.
    pub claims: Vec<HangingClaim>,
    pub(super) days: Days,
}

/// The days of a shipment in one zone, found once for all KPIs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Days {
    pub(super) zone: Zone,
    pub(super) ordered: Option<NaiveDate>,
    pub(super) accepted: Option<NaiveDate>,
    pub(super) delivered: Option<NaiveDate>,
    pub(super) delivered_or_consented: Option<NaiveDate>,
    pub(super) delivered_or_stored: Option<NaiveDate>,
}

impl Days {
    pub(super) fn of(course: &Course, zone: Zone) -> Self {
        let day = |at: Option<Instant>| at.map(|at| zone.date_of(at));
        let done = |completion: Option<Completion>| completion.map(|done| done.milestone.at);
        let delivered = day(done(course.delivered));
        // Most parcels are completed by delivery, whatever the policy on storing.
        let or_delivered = |completion: Option<Completion>| {
            if completion == course.delivered { delivered } else { day(done(completion)) }
        };
        Self {
            zone,
            ordered: day(course.ordered.map(|ordered| ordered.occurred_at)),
            accepted: day(course.accepted_at()),
            delivered,
            delivered_or_consented: or_delivered(course.delivered_or_consented),
            delivered_or_stored: or_delivered(course.delivered_or_stored),
        }
    }
}

/// Facilities and courier by role.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Roles {
    /// Of the first `collected` or `origin_arrived` that names one.
    pub origin_facility: Option<FacilityId>,
    /// Of the last `destination_arrived` before completion, else of the last scan that names one.
    pub destination_facility: Option<FacilityId>,
    /// On the completing scan, else on the last `out_for_delivery` or `attempt_failed`.
    pub delivery_courier: Option<CourierId>,
}

/// A case about a shipment, as KPIs over shipments see it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct HangingCase {
    /// When it was opened.
    pub opened_at: Instant,
    /// What kind of case.
    pub class: CaseClass,
    /// About what.
    pub cause: Option<Label>,
    /// Whether the firm was found responsible; none while undecided.
    pub upheld: Option<bool>,
}

/// A claim on a shipment, as KPIs over shipments see it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct HangingClaim {
    /// When it was filed.
    pub filed_at: Instant,
    /// What went wrong.
    pub loss_kind: Option<LossKind>,
    /// How it was decided; none while undecided.
    pub decision: Option<Decision>,
}

/// How a shipment entered the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acceptance {
    /// When.
    pub at: Instant,
    /// Whether that is the first handling because no collection was scanned.
    pub inferred: bool,
}

impl Shipment {
    /// The population rule of every shipment KPI: forward, and accepted.
    ///
    /// # Errors
    /// The reason for exclusion: [`Term::NOT_FORWARD`], [`Term::CANCELLED`] before collection, [`Term::NEVER_COLLECTED`].
    pub fn acceptance(&self) -> Result<Acceptance, Term> {
        if self.flow != Flow::Forward {
            return Err(Term::NOT_FORWARD);
        }
        let cancelled = self.course.cancelled.map(|exit| exit.at);
        match self.course.accepted_at() {
            Some(at) if cancelled.is_none_or(|cancelled| at <= cancelled) => {
                Ok(Acceptance { at, inferred: self.course.collected.is_none() })
            }
            _ if cancelled.is_some() => Err(Term::CANCELLED),
            _ => Err(Term::NEVER_COLLECTED),
        }
    }

    /// When it was completed under a storage policy.
    #[must_use]
    pub fn completion(&self, storage: StorageCompletes) -> Option<Completion> {
        self.course.completion(storage)
    }

    /// Whether it left the normal trip on the customer's account: refused, redirected or cancelled unless the carrier
    /// did it, or returned for the sender's or recipient's reason. A return nobody gave a reason for is the recipient's
    /// after a refusal or after an attempt that failed on the recipient's account, else the carrier's. Force majeure is
    /// no customer's account.
    ///
    /// What happened after completion under the storage policy was no longer in transit and explains nothing.
    #[must_use]
    pub fn left_on_customers_account(&self, storage: StorageCompletes) -> bool {
        let course = &self.course;
        let done_at = self.completion(storage).map(|done| done.milestone.at);
        let in_transit = |exit: &Exit| done_at.is_none_or(|done_at| exit.at < done_at);
        if let Some(returned) = course.returned.filter(in_transit) {
            return match returned.party {
                Some(party) => party.is_customer(),
                None => course.refused.is_some() || course.first_attempt_party == Some(Party::Recipient),
            };
        }
        let is_customers = |exit: Exit| exit.party.is_none_or(Party::is_customer);
        let by_customer = |exit: Option<Exit>| exit.filter(in_transit).is_some_and(is_customers);
        by_customer(course.refused) || by_customer(course.redirected) || by_customer(course.cancelled)
    }

    /// Whether force majeure affected the trip up to its completion under the storage policy, the completing scan included:
    /// what befell a parcel later took none of its time.
    #[must_use]
    pub fn was_held_up_by_force_majeure(&self, storage: StorageCompletes) -> bool {
        let done = self.completion(storage).map(|done| done.milestone.occurred_at);
        self.course.force_majeure_at.is_some_and(|at| done.is_none_or(|done| at <= done))
    }

    /// Why nothing more is to be expected of a shipment that was not completed, if so.
    #[must_use]
    pub fn ended_without_completion(&self) -> Option<Term> {
        let course = &self.course;
        if course.returned.is_some() {
            Some(Term::RETURNED)
        } else if course.lost_at.is_some() && !course.found_after_lost {
            Some(Term::LOST)
        } else if course.cancelled.is_some() {
            Some(Term::CANCELLED)
        } else {
            None
        }
    }

    /// Whether a node of a kind is among its scans.
    #[must_use]
    pub fn has(&self, kind: NodeKind) -> bool {
        self.course.kinds.contains(kind)
    }
}

/// Dates and notes that KPIs over shipments share.
impl Shipment {
    /// The reporting day of acceptance.
    #[must_use]
    pub fn accepted_on(&self, at: &Context) -> Option<NaiveDate> {
        self.days_in(at.zone).accepted
    }

    /// The reporting day of completion under a storage policy.
    #[must_use]
    pub fn completed_on(&self, storage: StorageCompletes, at: &Context) -> Option<NaiveDate> {
        let days = self.days_in(at.zone);
        match storage {
            StorageCompletes::Consented => days.delivered_or_consented,
            StorageCompletes::Always => days.delivered_or_stored,
            StorageCompletes::Never => days.delivered,
        }
    }

    /// The reporting day of the order.
    #[must_use]
    pub fn ordered_on(&self, at: &Context) -> Option<NaiveDate> {
        self.days_in(at.zone).ordered
    }

    /// The days in the zone the facts were made in, else found anew.
    fn days_in(&self, zone: Zone) -> Days {
        if self.days.zone == zone { self.days } else { Days::of(&self.course, zone) }
    }

    /// Notes an acceptance that is inferred.
    pub fn note_acceptance(&self, note: &mut dyn FnMut(&Term)) {
        if self.acceptance().is_ok_and(|acceptance| acceptance.inferred) {
            note(&Term::INFERRED_ACCEPTANCE);
        }
    }

    /// Notes by whom the promise was moved.
    pub fn note_promise_moves(&self, note: &mut dyn FnMut(&Term)) {
        if self.promise_moves_by_customer > 0 {
            note(&Term::PROMISE_MOVED_BY_CUSTOMER);
        }
        if self.promise_moves_by_carrier > 0 {
            note(&Term::PROMISE_MOVED_BY_CARRIER);
        }
    }

    /// Notes a completion by storing with unknown consent, or with a doubtful clock.
    pub fn note_completion(&self, storage: StorageCompletes, note: &mut dyn FnMut(&Term)) {
        let Some(done) = self.completion(storage) else { return };
        if done.consent_unknown {
            note(&Term::CONSENT_UNKNOWN);
        }
        if done.milestone.anomalous {
            note(&Term::ANOMALOUS_COMPLETION);
        }
    }
}
