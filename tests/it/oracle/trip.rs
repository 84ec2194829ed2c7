//! What became of one waybill, read off its scans one question at a time.

use parcelgauge::record::{Consent, NodeEvent, NodeKind, Party};

use super::choices::Storage;
use super::clock::DAY;
use super::kept::is_recorded_early;

/// An instant, and whether the scan behind it is anomalous.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scanned {
    pub at: i64,
    pub anomalous: bool,
}

/// How a trip was completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Completion {
    pub at: i64,
    pub anomalous: bool,
    pub consent_unknown: bool,
}

/// The forward trip of one waybill.
#[derive(Debug, Default)]
pub struct Trip {
    pub ordered: Option<Scanned>,
    pub collected: Option<Scanned>,
    /// Collection, else the first handling.
    pub accepted: Option<i64>,
    pub cancelled: Vec<i64>,
    pub completion: Option<Completion>,
    /// The first return, with the party on whose account it was.
    pub returned: Option<(i64, Option<Party>)>,
    /// Declared lost, and not handled afterwards.
    pub lost: bool,
    /// Delivery acts that did not complete the trip.
    pub attempts: Vec<i64>,
    pub refused: Vec<i64>,
    pub redirected: Vec<i64>,
}

impl Trip {
    /// Reads the scans of one waybill, each identity once.
    pub fn of(events: &[&NodeEvent], storage: Storage) -> Self {
        let at = |event: &NodeEvent| event.occurred_at.as_millis();
        let returns = events.iter().filter(|event| event.kind == NodeKind::Returned);
        let returned = returns.min_by_key(|event| (at(event), event.party)).map(|event| (at(event), event.party));
        // What was scanned after the return began belongs to the way back.
        let forward: Vec<&NodeEvent> = events
            .iter()
            .copied()
            .filter(|event| event.kind.is_handling())
            .filter(|event| returned.is_none_or(|(returned, _)| at(event) <= returned))
            .collect();
        let all_of = |kind: NodeKind| -> Vec<i64> {
            forward.iter().filter(|event| event.kind == kind).map(|event| at(event)).collect()
        };

        let collected_at = all_of(NodeKind::Collected).into_iter().min();
        let completions: Vec<(&NodeEvent, Completion)> = forward
            .iter()
            .filter(|event| completes(event, storage))
            .map(|event| (*event, completion_by(event, collected_at)))
            .collect();
        let first =
            completions.iter().min_by_key(|(event, completion)| (completion.at, completion.anomalous, event.kind));
        let completion = first.map(|&(_, completion)| completion);
        // Handling after completion is an anomaly; of collection that matters.
        let after_completion = |instant: i64| completion.is_some_and(|completion| instant > completion.at);
        let collections = forward.iter().filter(|event| event.kind == NodeKind::Collected);
        let collected = collections
            .map(|event| Scanned { at: at(event), anomalous: is_recorded_early(event) || after_completion(at(event)) })
            .min();

        let orders = events.iter().filter(|event| event.kind == NodeKind::Ordered);
        let ordered = orders.map(|event| Scanned { at: at(event), anomalous: is_recorded_early(event) }).min();
        let cancellations = events.iter().filter(|event| event.kind == NodeKind::Cancelled);

        let lost_at = all_of(NodeKind::Lost).into_iter().max();
        let last_handling = forward.iter().filter(|event| event.kind != NodeKind::Lost).map(|event| at(event)).max();
        let attempts = forward.iter().filter(|event| {
            matches!(event.kind, NodeKind::AttemptFailed | NodeKind::Refused)
                || event.kind == NodeKind::Stored && !completes(event, storage)
        });
        Self {
            ordered,
            collected,
            accepted: collected_at.or_else(|| forward.iter().map(|event| at(event)).min()),
            cancelled: cancellations.map(|event| at(event)).collect(),
            completion,
            returned,
            lost: lost_at.is_some_and(|lost| last_handling.is_none_or(|handled| handled <= lost)),
            attempts: attempts.map(|event| at(event)).collect(),
            refused: all_of(NodeKind::Refused),
            redirected: all_of(NodeKind::Redirected),
        }
    }

    /// Acceptance had to be inferred from another scan than collection.
    pub fn is_inferred(&self) -> bool {
        self.collected.is_none() && self.accepted.is_some()
    }

    /// Cancelled before it was collected.
    pub fn is_cancelled_before_collection(&self) -> bool {
        self.cancelled.iter().any(|&cancelled| self.accepted.is_none_or(|accepted| cancelled < accepted))
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

/// When a scan completes a trip: an anomalous one when it was recorded, if that was earlier.
fn completion_by(event: &NodeEvent, collected_at: Option<i64>) -> Completion {
    let occurred = event.occurred_at.as_millis();
    let anomalous = is_recorded_early(event) || collected_at.is_some_and(|collected| occurred < collected - DAY);
    let recorded = event.recorded_at.map_or(occurred, |recorded| recorded.as_millis());
    Completion {
        at: if anomalous { occurred.min(recorded) } else { occurred },
        anomalous,
        consent_unknown: event.kind == NodeKind::Stored && event.consent == Consent::Unknown,
    }
}
