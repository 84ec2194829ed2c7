//! When a trip's scans are judged, and which of two clocks may be compared.

use crate::fact::{Acceptance, NodeScan, Shipment};
use crate::outcome::{Outcome, Severity, Term};
use crate::record::{Duration, Flow, Instant};
use crate::state::Verdict;

use super::{Anomalies, Policies};

/// When a shipment's scans are judged: `settle` after its completion, else `horizon` after its acceptance.
pub(super) fn decided_at(shipment: &Shipment, acceptance: Acceptance, policies: &Policies) -> Instant {
    match shipment.completion(policies.storage_completes) {
        Some(done) => done.milestone.at.saturating_add(policies.settle),
        None => acceptance.at.saturating_add(policies.horizon),
    }
}

/// A shipment judged at its instant: a hit without faults. Of misses the uncompleted rank first, then those with the most
/// faults.
pub(super) fn judged(faults: Option<u32>, shipment: &Shipment, due: Instant, policies: &Policies) -> Outcome<Verdict> {
    let Some(faults) = faults else { return Outcome::measured(Verdict::Hit) };
    let severity = match shipment.completion(policies.storage_completes) {
        Some(_) => Severity::Amount(faults.into()),
        None => Severity::Unfinished { due },
    };
    Outcome::ranked(Verdict::Miss, severity)
}

/// Notes an acceptance that is inferred, a doubtful completion, and the end of a trip that was never completed.
pub(super) fn note_trip(shipment: &Shipment, policies: &Policies, note: &mut dyn FnMut(&Term)) {
    if shipment.acceptance().is_err() {
        return;
    }
    shipment.note_acceptance(note);
    shipment.note_completion(policies.storage_completes, note);
    if shipment.completion(policies.storage_completes).is_none()
        && let Some(end) = shipment.ended_without_completion()
    {
        note(&end);
    }
}

/// How long after a scan it was recorded; else why that cannot be told.
pub(super) fn recording_delay<M>(scan: &NodeScan, policies: &Policies) -> Result<Duration, Outcome<M>> {
    if scan.flow != Flow::Forward {
        return Err(Outcome::Excluded(Term::NOT_FORWARD));
    }
    match scan.recorded_at {
        None => Err(Outcome::Invalid(Term::NO_RECORDING_CLOCK)),
        Some(_) if scan.anomalous && policies.anomalies == Anomalies::Exclude => {
            Err(Outcome::Invalid(Term::CLOCK_ANOMALY))
        }
        Some(recorded_at) => Ok(recorded_at.since(scan.occurred_at)),
    }
}
