use std::sync::Arc;

use chrono::NaiveDate;

use crate::journey::{ForkJoin, LegPace, Pace, Passage, Passages, StorageCompletes, Stretch};
use crate::outcome::Term;
use crate::record::{FacilityId, Instant, Label, WaybillKey};

use super::shipment::Days;
use super::{Context, Shipment};

/// One time a shipment went, or was to go, through a stage, along a leg or the whole way.
///
/// Every stage that is gone through once is there once a shipment and leg, scanned or not; a repeatable one as often as it
/// was scanned or planned; a leg where it has scans or plans; the whole way always.
#[doc(alias = "环节")]
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StagePassage {
    /// Whose passage it is, and where that shipment stands.
    pub shipment: Arc<Standing>,
    /// What was passed.
    pub stretch: Stretch,
    /// On which leg; none on routes without legs, and for the whole way.
    pub leg: Option<Label>,
    /// Which time through the stage, counted from 1.
    pub occurrence: u32,
    /// Planned and taken time; of a whole way with a fork as [`ForkJoin::default`] joins its legs.
    pub pace: Pace,
    /// Where the stage ended.
    pub facility: Option<FacilityId>,
}

/// Where a shipment stands: what all its passages share.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Standing {
    /// Its identity.
    pub key: WaybillKey,
    /// Why it is not of the population of shipment figures, if so: see [`Shipment::acceptance`].
    pub outside: Option<Term>,
    /// Whether force majeure affected it before it was completed, by delivery or by storing with consent given or unknown.
    pub force_majeure: bool,
    /// Why it will not be completed any more, if so: see [`Shipment::ended_without_completion`].
    pub ended: Option<Term>,
    /// When it was ordered.
    pub ordered_at: Option<Instant>,
    /// When it was accepted.
    pub accepted_at: Option<Instant>,
    /// When it was completed, by delivery or by storing with consent given or unknown.
    pub completed_at: Option<Instant>,
    /// Whether acceptance is inferred from the first handling.
    pub inferred_acceptance: bool,
    /// Whether it was completed by storing, and nobody recorded whether the recipient had agreed.
    pub consent_unknown: bool,
    /// Whether the completing scan's clock is in doubt.
    pub anomalous_completion: bool,
    /// The legs that make its whole way, in their order; none on routes without legs.
    pub legs: Vec<LegPace>,
    days: Days,
}

impl Standing {
    /// The reporting day of the order.
    #[must_use]
    pub fn ordered_on(&self, at: &Context) -> Option<NaiveDate> {
        self.day(self.days.ordered, self.ordered_at, at)
    }

    /// The reporting day of acceptance.
    #[must_use]
    pub fn accepted_on(&self, at: &Context) -> Option<NaiveDate> {
        self.day(self.days.accepted, self.accepted_at, at)
    }

    /// The reporting day of completion.
    #[must_use]
    pub fn completed_on(&self, at: &Context) -> Option<NaiveDate> {
        self.day(self.days.delivered_or_consented, self.completed_at, at)
    }

    /// Itself to be shared, in the memory of another where nobody else holds that any more.
    fn shared(self, place: &mut Option<Arc<Self>>) -> Arc<Self> {
        match place {
            None => Arc::clone(place.insert(Arc::new(self))),
            Some(held) => {
                match Arc::get_mut(held) {
                    Some(unused) => *unused = self,
                    None => *held = Arc::new(self),
                }
                Arc::clone(held)
            }
        }
    }

    /// The day in the zone the facts were made in, else found anew.
    fn day(&self, found: Option<NaiveDate>, instant: Option<Instant>, at: &Context) -> Option<NaiveDate> {
        if self.days.zone == at.zone { found } else { instant.map(|instant| at.zone.date_of(instant)) }
    }

    fn of(shipment: &Shipment, passages: &Passages<'_>) -> Self {
        let (acceptance, course) = (shipment.acceptance(), &shipment.course);
        let done = shipment.completion(StorageCompletes::Consented);
        Self {
            key: shipment.key.clone(),
            inferred_acceptance: acceptance.as_ref().is_ok_and(|acceptance| acceptance.inferred),
            outside: acceptance.err(),
            force_majeure: shipment.was_held_up_by_force_majeure(StorageCompletes::Consented),
            ended: shipment.ended_without_completion(),
            ordered_at: course.ordered.map(|ordered| ordered.occurred_at),
            accepted_at: course.accepted_at(),
            completed_at: done.map(|done| done.milestone.at),
            consent_unknown: done.is_some_and(|done| done.consent_unknown),
            anomalous_completion: done.is_some_and(|done| done.milestone.anomalous),
            legs: passages.legs().to_vec(),
            days: shipment.days,
        }
    }
}

impl StagePassage {
    /// The passages of one shipment. What they share is written into `standing`, where nobody else holds it any more.
    pub(super) fn of<'p>(
        shipment: &Shipment,
        passages: &'p Passages<'_>,
        standing: &mut Option<Arc<Standing>>,
    ) -> impl Iterator<Item = Self> + use<'p> {
        let shipment = Standing::of(shipment, passages).shared(standing);
        passages.list().iter().map(move |passage: &Passage<'_>| Self {
            shipment: Arc::clone(&shipment),
            stretch: passage.stretch,
            leg: passage.leg.cloned(),
            occurrence: passage.occurrence,
            pace: passage.pace,
            facility: passage.facility.cloned(),
        })
    }

    /// Planned and taken time, with the legs of a fork joined in a way of the caller's choice.
    #[must_use]
    pub fn joined(&self, fork: ForkJoin) -> Pace {
        match (self.stretch, self.shipment.legs.as_slice()) {
            (Stretch::Way, legs @ [_, ..]) => fork.way(legs),
            _ => self.pace,
        }
    }

    /// Whether it may be one of several of its shipment: on a leg, or a further time through its stage.
    #[must_use]
    pub fn is_one_of_several(&self) -> bool {
        self.leg.is_some() || self.occurrence > 1
    }

    /// Notes what is to be known of it and its shipment, where that is of the population.
    pub fn note(&self, note: &mut dyn FnMut(&Term)) {
        let shipment = &self.shipment;
        if shipment.outside.is_some() {
            return;
        }
        if shipment.inferred_acceptance {
            note(&Term::INFERRED_ACCEPTANCE);
        }
        if shipment.consent_unknown {
            note(&Term::CONSENT_UNKNOWN);
        }
        if shipment.anomalous_completion {
            note(&Term::ANOMALOUS_COMPLETION);
        }
        if self.is_one_of_several() {
            note(&Term::ONE_OF_SEVERAL);
        }
    }
}
