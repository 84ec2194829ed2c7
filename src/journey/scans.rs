//! The join of scans.

use crate::record::{Consent, CourierId, Duration, FacilityId, Instant, Label, NodeEvent, NodeKind, Party};

/// How much earlier than it occurred a scan may have been recorded before its clock is held to be wrong.
const RECORDED_EARLY_BY_AT_MOST: Duration = Duration::from_minutes(5);

/// A scan of one waybill. Borrowed, so that a journey over a batch of records copies no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scan<'a> {
    /// When it happened.
    pub occurred_at: Instant,
    /// What happened.
    pub kind: NodeKind,
    /// Where.
    pub facility: Option<&'a FacilityId>,
    /// On which leg.
    pub leg: Option<&'a Label>,
    /// When it was recorded.
    pub recorded_at: Option<Instant>,
    /// By whose hand.
    pub courier: Option<&'a CourierId>,
    /// Whether storing was agreed.
    pub consent: Consent,
    /// On whose account.
    pub party: Option<Party>,
    /// The source's own code.
    pub raw_code: Option<&'a Label>,
}

impl<'a> Scan<'a> {
    /// What identifies a scan of one waybill, in the order journeys are kept in.
    #[must_use]
    pub fn identity(&self) -> impl Ord + use<'a> {
        (self.occurred_at, self.kind, self.facility, self.leg)
    }

    /// Whether it was recorded more than five minutes before it occurred: one of the two clocks is wrong.
    #[must_use]
    pub fn recorded_too_early(&self) -> bool {
        self.recorded_at.is_some_and(|at| self.occurred_at.since(at) > RECORDED_EARLY_BY_AT_MOST)
    }

    /// The instant to go by: as it occurred, or the earlier of the two clocks where they are in doubt.
    #[must_use]
    pub fn judged_at(&self, in_doubt: bool) -> Instant {
        match self.recorded_at {
            Some(recorded_at) if in_doubt => recorded_at.min(self.occurred_at),
            _ => self.occurred_at,
        }
    }

    /// Of repeats the least is kept: sound clock first, then recorded first (unrecorded last), then field by field.
    fn preference(&self) -> impl Ord + use<'a> {
        let unrecorded = self.recorded_at.is_none();
        (self.recorded_too_early(), unrecorded, self.recorded_at, self.courier, self.consent, self.party, self.raw_code)
    }
}

impl<'a> From<&'a NodeEvent> for Scan<'a> {
    fn from(event: &'a NodeEvent) -> Self {
        Self {
            occurred_at: event.occurred_at,
            kind: event.kind,
            facility: event.facility.as_ref(),
            leg: event.leg.as_ref(),
            recorded_at: event.recorded_at,
            courier: event.courier.as_ref(),
            consent: event.consent,
            party: event.party,
            raw_code: event.raw_code.as_ref(),
        }
    }
}

/// The scans of one waybill, each identity once, in order of time.
///
/// Merging is a join: associative, commutative, idempotent. Rows seen are counted beside it by addition.
///
/// ```
/// use parcelgauge::journey::Journey;
/// use parcelgauge::record::{NodeEvent, NodeKind, WaybillKey, WaybillNumber};
/// let key = WaybillKey::new(WaybillNumber::new("A1")?, chrono::NaiveDate::from_ymd_opt(2026, 10, 1).unwrap());
/// let scan = NodeEvent::new(key, NodeKind::Collected, "2026-10-01T02:00:00Z".parse()?);
/// let journey = Journey::of([(&scan).into(), (&scan).into()]);
/// assert_eq!((journey.scans().len(), journey.repeats()), (1, 1));
/// # Ok::<(), parcelgauge::record::RecordError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Journey<'a> {
    scans: Vec<Scan<'a>>, // ascending by identity, no identity twice
    rows: u64,            // rows >= scans.len()
}

impl<'a> Journey<'a> {
    /// The journey that scans in any order make.
    #[must_use]
    pub fn of(scans: impl IntoIterator<Item = Scan<'a>>) -> Self {
        let mut journey = Self::default();
        journey.refill(scans);
        journey
    }

    /// Forgets its scans and takes others, keeping its memory.
    pub fn refill(&mut self, scans: impl IntoIterator<Item = Scan<'a>>) {
        self.scans.clear();
        self.scans.extend(scans);
        self.rows = self.scans.len() as u64;
        self.settle();
    }

    /// Joins another partial journey of the same waybill.
    pub fn merge(&mut self, other: &Self) {
        self.scans.extend_from_slice(&other.scans);
        self.rows += other.rows;
        self.settle();
    }

    fn settle(&mut self) {
        let in_order = self.scans.windows(2).all(|pair| pair[0].identity() < pair[1].identity());
        if !in_order {
            self.scans.sort_unstable_by(|a, b| {
                a.identity().cmp(&b.identity()).then_with(|| a.preference().cmp(&b.preference()))
            });
            self.scans.dedup_by(|later, kept| later.identity() == kept.identity());
        }
    }

    /// The scans, ascending by (`occurred_at`, kind, facility, leg).
    #[must_use]
    pub fn scans(&self) -> &[Scan<'a>] {
        &self.scans
    }

    /// Rows seen beyond one an identity.
    #[must_use]
    pub fn repeats(&self) -> u64 {
        self.rows - self.scans.len() as u64
    }
}
