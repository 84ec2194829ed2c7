use crate::journey::{ForkJoin, LegPace, Pace, Passage, Passages, StorageCompletes, Stretch};
use crate::outcome::Term;
use crate::record::{FacilityId, Instant, Label, WaybillKey};

use super::Shipment;

/// One time a shipment went, or was to go, through a stage, along a leg or the whole way.
///
/// Every stage that is gone through once is there once a shipment and leg, scanned or not; a repeatable one as often as it
/// was scanned or planned; a leg where it has scans or plans; the whole way always.
#[doc(alias = "环节")]
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StagePassage {
    /// Whose passage it is.
    pub waybill: WaybillKey,
    /// What was passed.
    pub stretch: Stretch,
    /// On which leg; none on routes without legs, and for the whole way.
    pub leg: Option<Label>,
    /// Which time through the stage, counted from 1.
    pub occurrence: u32,
    /// Planned and taken time; of a whole way with legs see [`StagePassage::joined`].
    pub pace: Pace,
    /// The legs of a whole way, in order.
    pub legs: Vec<LegPace>,
    /// Where the stage ended.
    pub facility: Option<FacilityId>,
    /// Why the shipment is not of the population of shipment figures, if so: see [`Shipment::acceptance`].
    pub outside: Option<Term>,
    /// Whether force majeure affected the shipment.
    pub force_majeure: bool,
    /// Why the shipment will not be completed any more, if so.
    pub ended: Option<Term>,
    /// When the shipment was ordered.
    pub ordered_at: Option<Instant>,
    /// When the shipment was accepted.
    pub accepted_at: Option<Instant>,
    /// When the shipment was completed, by delivery or by storing with consent given or unknown.
    pub completed_at: Option<Instant>,
    /// Whether acceptance is inferred from the first handling.
    pub inferred_acceptance: bool,
    /// Whether it was completed by storing, and nobody recorded whether the recipient had agreed.
    pub consent_unknown: bool,
    /// Whether the completing scan's clock is in doubt.
    pub anomalous_completion: bool,
}

impl StagePassage {
    /// The passages of one shipment.
    pub(super) fn of<'p>(shipment: &'p Shipment, passages: &'p Passages<'_>) -> impl Iterator<Item = Self> + 'p {
        let acceptance = shipment.acceptance();
        let completion = shipment.completion(StorageCompletes::Consented);
        let passage = move |passage: &Passage<'_>| Self {
            waybill: shipment.key.clone(),
            stretch: passage.stretch,
            leg: passage.leg.cloned(),
            occurrence: passage.occurrence,
            pace: passage.pace,
            legs: if passage.stretch == Stretch::Way { passages.legs().to_vec() } else { Vec::new() },
            facility: passage.facility.cloned(),
            outside: acceptance.err(),
            force_majeure: shipment.course.force_majeure,
            ended: shipment.ended_without_completion(),
            ordered_at: shipment.course.ordered.map(|ordered| ordered.occurred_at),
            accepted_at: shipment.course.accepted_at(),
            completed_at: completion.map(|done| done.milestone.at),
            inferred_acceptance: acceptance.as_ref().is_ok_and(|acceptance| acceptance.inferred),
            consent_unknown: completion.is_some_and(|done| done.consent_unknown),
            anomalous_completion: completion.is_some_and(|done| done.milestone.anomalous),
        };
        passages.list().iter().map(passage)
    }

    /// Planned and taken time, with the legs of a fork joined in a way of the caller's choice.
    #[must_use]
    pub fn joined(&self, fork: ForkJoin) -> Pace {
        match self.legs.as_slice() {
            [] => self.pace,
            legs => fork.way(legs),
        }
    }

    /// Whether it may be one of several of its shipment: on a leg, or a further time through its stage.
    #[must_use]
    pub fn is_one_of_several(&self) -> bool {
        self.leg.is_some() || self.occurrence > 1
    }

    /// Notes what is to be known of its shipment, where that is of the population.
    pub fn note(&self, note: &mut dyn FnMut(&Term)) {
        let notes = [
            (self.inferred_acceptance, &Term::INFERRED_ACCEPTANCE),
            (self.consent_unknown, &Term::CONSENT_UNKNOWN),
            (self.anomalous_completion, &Term::ANOMALOUS_COMPLETION),
            (self.is_one_of_several(), &Term::ONE_OF_SEVERAL),
        ];
        notes.into_iter().filter(|(holds, _)| *holds && self.outside.is_none()).for_each(|(_, term)| note(term));
    }
}
