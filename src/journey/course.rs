//! What a journey says: the instants and counts that KPIs read.

use crate::record::{Consent, Duration, Instant, NodeKind, Party};

use super::milestones::{Milestones, is_anomalous};
use super::{Journey, NodeSet, RoutePolicy, Scan};

/// Whether a parcel put into a locker or station is completed.
#[doc(alias = "投柜是否算签收")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum StorageCompletes {
    /// Where the recipient agreed, or where nothing is recorded of it.
    #[default]
    Consented,
    /// Always.
    Always,
    /// Never: only a signature completes.
    Never,
}

/// An instant on the way, and whether the clock behind it can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Milestone {
    /// The instant to judge by: as it occurred, or the earlier of occurred and recorded where the clock is in doubt.
    pub at: Instant,
    /// The instant as the scanner gave it.
    pub occurred_at: Instant,
    /// Whether the scan is a clock anomaly.
    pub anomalous: bool,
}

/// The scan that completed a shipment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Completion {
    /// When.
    pub milestone: Milestone,
    /// Whether it was put into a locker or station.
    pub stored: bool,
    /// Whether it was stored and nobody recorded whether the recipient had agreed.
    pub consent_unknown: bool,
}

/// A way out of the normal trip: refusal, return, redirection, cancellation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exit {
    /// When it first happened.
    pub at: Instant,
    /// On whose account, where recorded.
    pub party: Option<Party>,
}

/// A parcel put into a locker or station.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Storing {
    /// When.
    pub milestone: Milestone,
    /// Whether the recipient had agreed.
    pub consent: Consent,
}

/// Scans whose clock or place in the order cannot be right, by kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AnomalyCounts {
    /// Handling more than a day before collection.
    pub before_collection: u32,
    /// Recorded more than five minutes before it occurred.
    pub recorded_too_early: u32,
    /// Handling after completion that is no return, no repeat and no delivery out of storage; and no report of damage,
    /// shortage or loss, which is found when it is found.
    pub after_completion: u32,
}

impl AnomalyCounts {
    /// All of them.
    #[must_use]
    pub fn total(self) -> u32 {
        self.before_collection + self.recorded_too_early + self.after_completion
    }
}

/// A journey as KPIs read it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Course {
    /// When the order was placed: the first `ordered`.
    pub ordered: Option<Milestone>,
    /// The first `collected`, one with a sound clock before one without.
    pub collected: Option<Milestone>,
    /// The first handling of any kind: stands in for a missing collection as acceptance.
    pub first_handling_at: Option<Instant>,
    /// Completion by delivery, before any return.
    pub delivered: Option<Completion>,
    /// Completion by delivery, or by storing with consent given or unknown.
    pub delivered_or_consented: Option<Completion>,
    /// Completion by delivery or by storing.
    pub delivered_or_stored: Option<Completion>,
    /// The first storing before any return, one with a sound clock before one without.
    pub first_stored: Option<Storing>,
    /// The first failed attempt or refusal, before any return.
    pub first_attempt_at: Option<Instant>,
    /// Failed attempts before any return; scans of one courier within 30 minutes of the first are one.
    pub failed_attempts: u32,
    /// On whose account the first failed attempt stands.
    pub first_attempt_party: Option<Party>,
    /// The first refusal.
    pub refused: Option<Exit>,
    /// The start of the way back.
    pub returned: Option<Exit>,
    /// The first redirection.
    pub redirected: Option<Exit>,
    /// The first cancellation.
    pub cancelled: Option<Exit>,
    /// The first declaration of loss.
    pub lost_at: Option<Instant>,
    /// Whether it was handled again after the last such declaration.
    pub found_after_lost: bool,
    /// When the first scan before any return occurred that stands on the account of force majeure.
    #[doc(alias = "不可抗力")]
    pub force_majeure_at: Option<Instant>,
    /// The kinds there are.
    pub kinds: NodeSet,
    /// The kinds there are before any return: those of the way back belong to another trip.
    pub forward_kinds: NodeSet,
    /// The last scan and when it was, by the earlier of its two clocks where they are in doubt.
    pub last: Option<(NodeKind, Instant)>,
    /// Anomalies by kind.
    pub anomalies: AnomalyCounts,
    /// Anomalous scans before any return.
    pub forward_anomalies: u32,
    /// Whether the scans before any return follow the order the route allows.
    pub in_order: bool,
}

impl Course {
    /// Reads a journey.
    #[must_use]
    pub fn of(journey: &Journey<'_>, route: &RoutePolicy) -> Self {
        let scans = journey.scans();
        let mut course = Milestones::of(scans);
        course.in_order = route.allows(course.forward(scans).iter());
        course
    }

    /// Of scans that ascend by time, those before the way back.
    pub(super) fn forward<'s, 'a>(&self, scans: &'s [Scan<'a>]) -> &'s [Scan<'a>] {
        match self.returned {
            None => scans,
            Some(back) => &scans[..scans.partition_point(|scan| scan.occurred_at <= back.at)],
        }
    }

    /// Whether one of the journey's scans is an anomaly: see [`AnomalyCounts`].
    #[must_use]
    pub fn is_anomalous(&self, scan: &Scan<'_>) -> bool {
        is_anomalous(scan, self)
    }

    /// The completion under a storage policy.
    #[must_use]
    pub fn completion(&self, storage: StorageCompletes) -> Option<Completion> {
        match storage {
            StorageCompletes::Consented => self.delivered_or_consented,
            StorageCompletes::Always => self.delivered_or_stored,
            StorageCompletes::Never => self.delivered,
        }
    }

    /// When the parcel was accepted: collected, else first handled; and whether that is inferred.
    #[must_use]
    pub fn accepted_at(&self) -> Option<Instant> {
        self.collected.map(|milestone| milestone.at).or(self.first_handling_at)
    }

    /// From collection to completion with consented storage, as the stages add up to it; none where an end is missing
    /// or anomalous.
    #[must_use]
    pub fn end_to_end(&self) -> Option<Duration> {
        let start = self.collected.filter(|milestone| !milestone.anomalous)?;
        let end = self.delivered_or_consented.map(|done| done.milestone).filter(|milestone| !milestone.anomalous)?;
        Some(end.at.since(start.at))
    }
}
