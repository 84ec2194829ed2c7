//! What became of one waybill, read off its scans one question at a time.

use parcelgauge::record::{Consent, NodeEvent, NodeKind, Party};

use super::choices::Storage;
use super::clock::DAY;
use super::kept::is_recorded_early;
use super::watch::{at_most, happens, if_so};

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
    pub stored: bool,
    pub consent_unknown: bool,
}

/// A way out of the trip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exit {
    pub at: i64,
    pub party: Option<Party>,
}

/// A scan with what is to be thought of it.
#[derive(Debug, Clone, Copy)]
pub struct Read<'a> {
    pub event: &'a NodeEvent,
    pub scanned: Scanned,
    /// Not on the way back.
    pub forward: bool,
}

/// The forward trip of one waybill.
#[derive(Debug)]
pub struct Trip<'a> {
    /// All scans, ascending by instant, kind and facility.
    pub scans: Vec<Read<'a>>,
    pub ordered: Option<Scanned>,
    /// The first collection; one with a sound clock goes before one without.
    pub collected: Option<Scanned>,
    /// Collection, else the first handling.
    pub accepted: Option<i64>,
    pub cancelled: Option<Exit>,
    pub refused: Option<Exit>,
    pub redirected: Option<Exit>,
    pub returned: Option<Exit>,
    /// Declared lost, and not handled afterwards.
    pub lost: bool,
    /// Declared lost, and handled after the last time that it was.
    pub found: bool,
    /// When the first scan of the trip was that stands on the account of force majeure.
    pub force_majeure: Option<i64>,
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

impl<'a> Trip<'a> {
    /// Reads the scans of one waybill, each identity once.
    pub fn of(events: &[&'a NodeEvent]) -> Self {
        let mut events = events.to_vec();
        events.sort_by_key(|event| (event.occurred_at, event.kind, &event.facility));
        let returned = first(&events, NodeKind::Returned).map(exit);
        // What was scanned after the return began belongs to the way back.
        let is_forward =
            |event: &NodeEvent| returned.is_none_or(|returned| event.occurred_at.as_millis() <= returned.at);
        let forward: Vec<&NodeEvent> = events.iter().filter(|event| is_forward(event)).copied().collect();
        let handled: Vec<&NodeEvent> = forward.iter().copied().filter(|event| event.kind.is_handling()).collect();

        let collected = handled
            .iter()
            .filter(|event| event.kind == NodeKind::Collected)
            .map(|event| Scanned::of(event, is_recorded_early(event)))
            .min_by_key(|scanned| (scanned.anomalous, scanned.at));
        let first_handled = handled.iter().map(|event| Scanned::of(event, is_recorded_early(event)).at).min();

        let is_doubtful = |event: &NodeEvent| {
            let is_early = |collected: Scanned| {
                !at_most("a day before collection", collected.at - event.occurred_at.as_millis(), DAY)
            };
            let is_before = event.kind.is_handling() && collected.is_some_and(is_early);
            if_so("anomaly: before collection", is_before) | if_so("anomaly: recorded early", is_recorded_early(event))
        };
        let read = |event: &'a NodeEvent| Read {
            event,
            scanned: Scanned::of(event, is_doubtful(event)),
            forward: is_forward(event),
        };
        let mut scans: Vec<Read<'a>> = events.iter().copied().map(read).collect();
        // Handled after a sound completion, as where no policy says otherwise.
        let done = completion(&scans, Storage::Consented).filter(|done| !done.scanned.anomalous);
        for scan in &mut scans {
            let after = |done: Completion| scan.scanned.occurred > done.scanned.at && !may_follow(scan, done, returned);
            if if_so("anomaly: after completion", done.is_some_and(after)) {
                scan.scanned = Scanned::of(scan.event, true);
            }
        }

        let last = |is_lost: bool| {
            let of_kind = handled.iter().filter(|event| (event.kind == NodeKind::Lost) == is_lost);
            of_kind.map(|event| event.occurred_at).max()
        };
        let is_found = last(true).is_some_and(|lost| last(false).is_some_and(|handled| handled > lost));
        let attempts = handled.iter().filter(|event| matches!(event.kind, NodeKind::AttemptFailed | NodeKind::Refused));
        Self {
            scans,
            ordered: first(&events, NodeKind::Ordered).map(|event| Scanned::of(event, is_recorded_early(event))),
            collected,
            accepted: collected.map(|collected| collected.at).or(first_handled),
            cancelled: first(&forward, NodeKind::Cancelled).map(exit),
            refused: first(&forward, NodeKind::Refused).map(exit),
            redirected: first(&forward, NodeKind::Redirected).map(exit),
            returned,
            lost: last(true).is_some() && !is_found,
            found: is_found,
            force_majeure: forward
                .iter()
                .filter(|event| event.party == Some(Party::ForceMajeure))
                .map(|event| event.occurred_at.as_millis())
                .min(),
            attempts: attempts.map(|event| event.occurred_at.as_millis()).collect(),
            first_failure: first(&forward, NodeKind::AttemptFailed).and_then(|event| event.party),
        }
    }

    /// The scans before any return.
    pub fn forward(&self) -> impl DoubleEndedIterator<Item = &Read<'a>> {
        self.scans.iter().filter(|scan| scan.forward)
    }

    /// The first completing scan; one that cannot be right completes where there is no other.
    pub fn completion(&self, storage: Storage) -> Option<Completion> {
        completion(&self.scans, storage)
    }

    /// Why nothing more is to come of a trip that was not completed, if so.
    pub fn end(&self) -> Option<&'static str> {
        if self.returned.is_some() {
            Some("returned")
        } else if self.lost {
            Some("lost")
        } else {
            self.cancelled.map(|_| "cancelled")
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

fn completion(scans: &[Read<'_>], storage: Storage) -> Option<Completion> {
    scans
        .iter()
        .filter(|scan| scan.forward && completes(scan.event, storage))
        .map(|scan| Completion {
            scanned: scan.scanned,
            stored: scan.event.kind == NodeKind::Stored,
            consent_unknown: scan.event.kind == NodeKind::Stored && scan.event.consent == Consent::Unknown,
        })
        .min_by_key(|done| (done.scanned.anomalous, done.scanned.at, done.stored))
}

/// Whether a scan completes a trip.
fn completes(event: &NodeEvent, storage: Storage) -> bool {
    match (event.kind, storage) {
        (NodeKind::Delivered, _) | (NodeKind::Stored, Storage::Always) => true,
        (NodeKind::Stored, Storage::Consented) => event.consent != Consent::No,
        _ => false,
    }
}

/// What may come after a completion: no handling; a return and its way back; taking out of storage; the completing scan
/// again; what the recipient found on opening the parcel, or not.
fn may_follow(scan: &Read<'_>, done: Completion, returned: Option<Exit>) -> bool {
    match scan.event.kind {
        NodeKind::Ordered | NodeKind::Cancelled => {}
        NodeKind::Returned => happens("after completion: returned"),
        NodeKind::Delivered if done.stored => happens("after completion: out of storage"),
        NodeKind::Delivered => happens("after completion: delivered again"),
        NodeKind::Stored if done.stored => happens("after completion: stored again"),
        NodeKind::Damaged | NodeKind::Shortage | NodeKind::Lost => happens("after completion: a report"),
        _ => {
            let is_on_the_way_back = returned.is_some_and(|returned| scan.scanned.occurred > returned.at);
            return if_so("after completion: on the way back", is_on_the_way_back);
        }
    }
    true
}
