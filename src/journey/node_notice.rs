//! Notices at key nodes, as data: the caller sends them.

use std::collections::BTreeMap;

use crate::record::{Duration, FacilityId, Instant, NodeEvent, NodeKind, Party, WaybillKey};

/// What a notice tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NoticeKind {
    /// The parcel is at the site that delivers it.
    #[doc(alias = "到达通知")]
    Arrival,
    /// Something went wrong: damage, loss, shortage, a wrong way, a refusal, an address, a temperature, a hold, a failed
    /// attempt, a return.
    #[doc(alias = "异常通知")]
    Exception,
    /// It was delivered.
    #[doc(alias = "签收通知")]
    Signature,
}

impl NoticeKind {
    /// All kinds, in their order.
    pub const ALL: [Self; 3] = [Self::Arrival, Self::Exception, Self::Signature];

    /// The name in files: `arrival`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Arrival => "arrival",
            Self::Exception => "exception",
            Self::Signature => "signature",
        }
    }

    /// What a scan of a node is told as; none for most.
    #[must_use]
    pub fn of(kind: NodeKind) -> Option<Self> {
        match kind {
            NodeKind::DestinationArrived => Some(Self::Arrival),
            NodeKind::Delivered => Some(Self::Signature),
            NodeKind::AttemptFailed
            | NodeKind::Damaged
            | NodeKind::Lost
            | NodeKind::Shortage
            | NodeKind::Missorted
            | NodeKind::Refused
            | NodeKind::AddressProblem
            | NodeKind::TemperatureAlarm
            | NodeKind::Held
            | NodeKind::Returned => Some(Self::Exception),
            _ => None,
        }
    }
}

/// A notice to raise: about which parcel, what, by when. There is one for each parcel and kind.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NodeNotice {
    /// Which parcel. With `kind` it is the identity: whoever has raised that pair has raised this notice.
    pub waybill: WaybillKey,
    /// What it tells of.
    pub kind: NoticeKind,
    /// The node behind it.
    pub node: NodeKind,
    /// When that happened.
    pub occurred_at: Instant,
    /// From when on it was known: before, nobody could have told.
    pub known_at: Instant,
    /// By when the notice has to be raised, that instant included.
    pub raise_by: Instant,
    /// Where.
    pub facility: Option<FacilityId>,
    /// On whose account, where that was recorded.
    pub party: Option<Party>,
}

/// How soon after a node is known each kind of notice has to be raised: an hour each, our reading of "at hour level",
/// until told otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct NoticeLimits {
    /// For [`NoticeKind::Arrival`].
    pub arrival: Duration,
    /// For [`NoticeKind::Exception`].
    pub exception: Duration,
    /// For [`NoticeKind::Signature`].
    pub signature: Duration,
}

impl Default for NoticeLimits {
    fn default() -> Self {
        let hour = Duration::from_hours(1);
        Self { arrival: hour, exception: hour, signature: hour }
    }
}

impl NoticeLimits {
    /// Another limit for a kind.
    #[must_use]
    pub fn with(mut self, kind: NoticeKind, limit: Duration) -> Self {
        match kind {
            NoticeKind::Arrival => self.arrival = limit,
            NoticeKind::Exception => self.exception = limit,
            NoticeKind::Signature => self.signature = limit,
        }
        self
    }

    /// The limit of a kind.
    #[must_use]
    pub fn of(self, kind: NoticeKind) -> Duration {
        match kind {
            NoticeKind::Arrival => self.arrival,
            NoticeKind::Exception => self.exception,
            NoticeKind::Signature => self.signature,
        }
    }
}

/// The notices due on what is known at `as_of`, ascending by parcel and kind.
///
/// Of several scans that would raise a notice the one known first does, and of those known at one instant the one that
/// happened first: so repeats change nothing, and neither does a scan that comes in later, whatever it tells of. (A scan
/// without a time of recording counts as known when it happened.) A parcel on its way back raises neither arrival nor
/// signature: a scan later than a return, by the scanners' clocks, is one of the way back, unless it was known before the
/// return was. Scans that become known after `as_of` raise nothing yet.
///
/// ```
/// use parcelgauge::journey::{NoticeKind, NoticeLimits, node_notices};
/// use parcelgauge::record::{NodeEvent, NodeKind, WaybillKey, WaybillNumber};
/// let key = WaybillKey::new(WaybillNumber::new("A1")?, chrono::NaiveDate::from_ymd_opt(2026, 10, 1).unwrap());
/// let scan = NodeEvent::new(key, NodeKind::Delivered, "2026-10-02T09:30:00Z".parse()?);
/// let notices = node_notices(&[scan.clone(), scan], "2026-10-02T10:00:00Z".parse()?, NoticeLimits::default());
/// assert_eq!(notices.len(), 1);
/// assert_eq!((notices[0].kind, notices[0].raise_by), (NoticeKind::Signature, "2026-10-02T10:30:00Z".parse()?));
/// # Ok::<(), parcelgauge::record::RecordError>(())
/// ```
#[must_use]
pub fn node_notices<'e>(
    events: impl IntoIterator<Item = &'e NodeEvent>,
    as_of: Instant,
    limits: NoticeLimits,
) -> Vec<NodeNotice> {
    let known: Vec<&NodeEvent> = events.into_iter().filter(|event| event.known_at() <= as_of).collect();
    let mut returns: BTreeMap<&WaybillKey, Vec<&NodeEvent>> = BTreeMap::new();
    for event in known.iter().filter(|event| event.kind == NodeKind::Returned) {
        returns.entry(&event.waybill).or_default().push(event);
    }
    let mut raising: BTreeMap<(&WaybillKey, NoticeKind), &NodeEvent> = BTreeMap::new();
    for event in known {
        let Some(kind) = NoticeKind::of(event.kind) else { continue };
        // Only a return known by then counts: what was told before it was known stays told.
        let on_the_way_back = returns.get(&event.waybill).is_some_and(|returns| {
            returns.iter().any(|back| back.occurred_at < event.occurred_at && back.known_at() <= event.known_at())
        });
        if on_the_way_back && kind != NoticeKind::Exception {
            continue;
        }
        let first = raising.entry((&event.waybill, kind)).or_insert(event);
        if (event.known_at(), event) < (first.known_at(), *first) {
            *first = event;
        }
    }
    raising.into_iter().map(|((_, kind), event)| NodeNotice::of(event, kind, limits)).collect()
}

impl NodeNotice {
    fn of(event: &NodeEvent, kind: NoticeKind, limits: NoticeLimits) -> Self {
        let known_at = event.known_at();
        Self {
            waybill: event.waybill.clone(),
            kind,
            node: event.kind,
            occurred_at: event.occurred_at,
            known_at,
            raise_by: known_at.saturating_add(limits.of(kind)),
            facility: event.facility.clone(),
            party: event.party,
        }
    }
}
