//! What became of one waybill, read off its scans one question at a time.

use parcelgauge::record::{Consent, NodeEvent, NodeKind, Party};

use super::choices::Storage;
use super::clock::DAY;
use super::kept::is_recorded_early;

/// An instant on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scanned {
    /// As the scanner gave it.
    pub occurred: i64,
    /// To judge by: of an anomalous scan, when it was recorded, if that was earlier.
    pub at: i64,
    pub anomalous: bool,
}

impl Scanned {
    fn of(event: &NodeEvent, anomalous: bool) -> Self {
        let occurred = event.occurred_at.as_millis();
        let recorded = event.recorded_at.map_or(occurred, |recorded| recorded.as_millis());
        Self { occurred, at: if anomalous { occurred.min(recorded) } else { occurred }, anomalous }
    }
}

/// How a trip was completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Completion {
    pub scanned: Scanned,
    pub consent_unknown: bool,
}

/// A way out of the trip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exit {
    pub at: i64,
    pub party: Option<Party>,
}

/// The forward trip of one waybill.
#[derive(Debug)]
pub struct Trip {
    pub ordered: Option<Scanned>,
    /// The first collection; one with a sound clock goes before one without.
    pub collected: Option<Scanned>,
    /// Collection, else the first handling.
    pub accepted: Option<i64>,
    pub cancelled: Option<Exit>,
    pub refused: Option<Exit>,
    pub redirected: Option<Exit>,
    pub returned: Option<Exit>,
    pub completion: Option<Completion>,
    /// Declared lost, and not handled afterwards.
    pub lost: bool,
    /// A scan of the trip stands on the account of force majeure.
    pub force_majeure: bool,
    /// Attempts that failed, and refusals.
    pub attempts: Vec<i64>,
    /// On whose account the first failed attempt was.
    pub first_failure: Option<Party>,
}

/// The first scan of a kind; of equal instants the one whose facility sorts first.
fn first<'a>(events: &[&'a NodeEvent], kind: NodeKind) -> Option<&'a NodeEvent> {
    let of_kind = events.iter().copied().filter(|event| event.kind == kind);
    of_kind.min_by_key(|event| (event.occurred_at, &event.facility))
}

fn exit(event: &NodeEvent) -> Exit {
    Exit { at: event.occurred_at.as_millis(), party: event.party }
}

impl Trip {
    /// Reads the scans of one waybill, each identity once.
    pub fn of(events: &[&NodeEvent], storage: Storage) -> Self {
        let returned = first(events, NodeKind::Returned).map(exit);
        // What was scanned after the return began belongs to the way back.
        let is_forward =
            |event: &&&NodeEvent| returned.is_none_or(|returned| event.occurred_at.as_millis() <= returned.at);
        let forward: Vec<&NodeEvent> = events.iter().filter(is_forward).copied().collect();
        let handled: Vec<&NodeEvent> = forward.iter().copied().filter(|event| event.kind.is_handling()).collect();

        let collected = handled
            .iter()
            .filter(|event| event.kind == NodeKind::Collected)
            .map(|event| Scanned::of(event, is_recorded_early(event)))
            .min_by_key(|scanned| (scanned.anomalous, scanned.at));
        let first_handled = handled.iter().map(|event| Scanned::of(event, is_recorded_early(event)).at).min();

        // A completion that cannot be right completes where there is no other.
        let is_anomalous = |event: &NodeEvent| {
            let early = collected.is_some_and(|collected| event.occurred_at.as_millis() < collected.at - DAY);
            early || is_recorded_early(event)
        };
        let completion = handled
            .iter()
            .filter(|event| completes(event, storage))
            .map(|event| (*event, Scanned::of(event, is_anomalous(event))))
            .min_by_key(|(event, scanned)| (scanned.anomalous, scanned.at, event.kind == NodeKind::Stored))
            .map(|(event, scanned)| Completion {
                scanned,
                consent_unknown: event.kind == NodeKind::Stored && event.consent == Consent::Unknown,
            });

        let last = |is_lost: bool| {
            let of_kind = handled.iter().filter(|event| (event.kind == NodeKind::Lost) == is_lost);
            of_kind.map(|event| event.occurred_at).max()
        };
        let attempts = handled.iter().filter(|event| matches!(event.kind, NodeKind::AttemptFailed | NodeKind::Refused));
        Self {
            ordered: first(events, NodeKind::Ordered).map(|event| Scanned::of(event, is_recorded_early(event))),
            collected,
            accepted: collected.map(|collected| collected.at).or(first_handled),
            cancelled: first(&forward, NodeKind::Cancelled).map(exit),
            refused: first(&forward, NodeKind::Refused).map(exit),
            redirected: first(&forward, NodeKind::Redirected).map(exit),
            returned,
            completion,
            lost: last(true).is_some_and(|lost| last(false).is_none_or(|handled| handled <= lost)),
            force_majeure: forward.iter().any(|event| event.party == Some(Party::ForceMajeure)),
            attempts: attempts.map(|event| event.occurred_at.as_millis()).collect(),
            first_failure: first(&forward, NodeKind::AttemptFailed).and_then(|event| event.party),
        }
    }

    /// Acceptance had to be inferred from another scan than collection.
    pub fn is_inferred(&self) -> bool {
        self.collected.is_none() && self.accepted.is_some()
    }

    /// Cancelled before it was collected.
    pub fn is_cancelled_before_collection(&self) -> bool {
        self.cancelled.is_some_and(|cancelled| self.accepted.is_none_or(|accepted| cancelled.at < accepted))
    }
}

/// Whether a scan completes a trip.
fn completes(event: &NodeEvent, storage: Storage) -> bool {
    match (event.kind, storage) {
        (NodeKind::Delivered, _) | (NodeKind::Stored, Storage::Always) => true,
        (NodeKind::Stored, Storage::Consented) => event.consent != Consent::No,
        _ => false,
    }
}
