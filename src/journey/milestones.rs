//! One pass over a journey's scans in order of time.

use std::collections::BTreeMap;

use crate::record::{Consent, CourierId, Duration, Instant, NodeKind};

use super::{Completion, Course, Exit, Milestone, Scan};

/// Handling this much before collection cannot be right.
const BEFORE_COLLECTION_BY_AT_MOST: Duration = Duration::from_days(1);
/// Scans of failed attempts by one courier this close to the first are one attempt.
pub const ONE_ATTEMPT_WITHIN: Duration = Duration::from_minutes(30);

/// Collects what the scans say into a [`Course`].
pub(super) struct Milestones {
    course: Course,
}

impl Milestones {
    /// Reads scans that ascend by time.
    pub(super) fn of(scans: &[Scan<'_>]) -> Self {
        let mut milestones = Self { course: Course::default() };
        // Scans after the return began belong to the return leg: nothing of the forward trip is read off them.
        let back = scans.iter().find(|scan| scan.kind == NodeKind::Returned).map(|scan| scan.occurred_at);
        let forward = &scans[..scans.partition_point(|scan| back.is_none_or(|back| scan.occurred_at <= back))];
        milestones.find_order(scans);
        milestones.find_collection(forward);
        milestones.find_exits(forward);
        milestones.find_completions(forward);
        milestones.count_attempts(forward);
        milestones.count_anomalies(scans);
        milestones
    }

    pub(super) fn into_course(self) -> Course {
        self.course
    }

    fn find_order(&mut self, scans: &[Scan<'_>]) {
        let first = scans.iter().find(|scan| scan.kind == NodeKind::Ordered);
        self.course.ordered = first.map(|scan| milestone(scan, scan.recorded_too_early()));
    }

    fn find_collection(&mut self, scans: &[Scan<'_>]) {
        let course = &mut self.course;
        course.first_handling_at = scans
            .iter()
            .filter(|scan| scan.kind.is_handling())
            .map(|scan| scan.judged_at(scan.recorded_too_early()))
            .min();
        course.collected = scans
            .iter()
            .filter(|scan| scan.kind == NodeKind::Collected)
            .map(|scan| milestone(scan, scan.recorded_too_early()))
            .min_by_key(|milestone| (milestone.anomalous, milestone.at));
    }

    fn find_exits(&mut self, scans: &[Scan<'_>]) {
        let first = |kind: NodeKind| {
            scans.iter().find(|scan| scan.kind == kind).map(|scan| Exit { at: scan.occurred_at, party: scan.party })
        };
        let course = &mut self.course;
        course.refused = first(NodeKind::Refused);
        course.returned = first(NodeKind::Returned);
        course.redirected = first(NodeKind::Redirected);
        course.cancelled = first(NodeKind::Cancelled);
        course.lost_at = first(NodeKind::Lost).map(|exit| exit.at);
        // A parcel found and declared lost once more is lost.
        let last_lost = scans.iter().rfind(|scan| scan.kind == NodeKind::Lost);
        course.found_after_lost = last_lost.is_some_and(|lost| {
            let is_later = |scan: &Scan<'_>| scan.occurred_at > lost.occurred_at;
            scans.iter().any(|scan| is_later(scan) && scan.kind.is_handling())
        });
    }

    /// The first completing scan before any return: sound clocks before doubtful ones, then the earliest.
    fn find_completions(&mut self, scans: &[Scan<'_>]) {
        for scan in scans.iter().filter(|scan| matches!(scan.kind, NodeKind::Delivered | NodeKind::Stored)) {
            let stored = scan.kind == NodeKind::Stored;
            let completion = Completion {
                milestone: milestone(scan, Self::is_anomalous(scan, &self.course)),
                stored,
                consent_unknown: stored && scan.consent == Consent::Unknown,
            };
            let course = &mut self.course;
            if !stored {
                take_better(&mut course.delivered, completion);
            }
            if !stored || scan.consent != Consent::No {
                take_better(&mut course.delivered_or_consented, completion);
            }
            take_better(&mut course.delivered_or_stored, completion);
        }
    }

    fn count_attempts(&mut self, scans: &[Scan<'_>]) {
        let course = &mut self.course;
        let attempts = || scans.iter().filter(|scan| scan.kind == NodeKind::AttemptFailed);
        let first = attempts().next();
        course.first_attempt_party = first.and_then(|scan| scan.party);
        course.first_attempt_at =
            [first.map(|scan| scan.occurred_at), course.refused.map(|exit| exit.at)].into_iter().flatten().min();
        // Scans come in order of time: of one courier, only the group opened last can still be running.
        let mut last_opened: BTreeMap<Option<&CourierId>, Instant> = BTreeMap::new();
        for scan in attempts() {
            let opened = last_opened.get(&scan.courier);
            if opened.is_none_or(|&at| scan.occurred_at.since(at) >= ONE_ATTEMPT_WITHIN) {
                last_opened.insert(scan.courier, scan.occurred_at);
                course.failed_attempts += 1;
            }
        }
    }

    fn count_anomalies(&mut self, scans: &[Scan<'_>]) {
        for scan in scans {
            let [early, recorded, after] = Self::anomalies(scan, &self.course);
            let counts = &mut self.course.anomalies;
            counts.before_collection += u32::from(early);
            counts.recorded_too_early += u32::from(recorded);
            counts.after_completion += u32::from(after);
        }
    }

    /// Whether a scan is an anomaly of any kind, as far as the course is known.
    pub(super) fn is_anomalous(scan: &Scan<'_>, course: &Course) -> bool {
        Self::anomalies(scan, course).contains(&true)
    }

    /// Handling too long before collection; recorded before it occurred; handling after completion.
    fn anomalies(scan: &Scan<'_>, course: &Course) -> [bool; 3] {
        let early = scan.kind.is_handling()
            && course
                .collected
                .is_some_and(|collected| collected.at.since(scan.occurred_at) > BEFORE_COLLECTION_BY_AT_MOST);
        [early, scan.recorded_too_early(), Self::is_after_completion(scan, course)]
    }

    fn is_after_completion(scan: &Scan<'_>, course: &Course) -> bool {
        let Some(done) = course.delivered_or_consented.filter(|done| !done.milestone.anomalous) else { return false };
        // The return itself, and what comes after it.
        let on_the_way_back =
            scan.kind == NodeKind::Returned || course.returned.is_some_and(|back| scan.occurred_at > back.at);
        let repeat_or_collection_from_storage =
            matches!(scan.kind, NodeKind::Delivered) || (scan.kind == NodeKind::Stored && done.stored);
        // What the recipient finds when opening the parcel is reported after delivery by nature.
        let a_report = matches!(scan.kind, NodeKind::Damaged | NodeKind::Shortage | NodeKind::Lost);
        scan.kind.is_handling()
            && scan.occurred_at > done.milestone.at
            && !on_the_way_back
            && !repeat_or_collection_from_storage
            && !a_report
    }
}

fn milestone(scan: &Scan<'_>, anomalous: bool) -> Milestone {
    Milestone { at: scan.judged_at(anomalous), occurred_at: scan.occurred_at, anomalous }
}

fn take_better(kept: &mut Option<Completion>, other: Completion) {
    let rank = |completion: &Completion| (completion.milestone.anomalous, completion.milestone.at, completion.stored);
    if kept.as_ref().is_none_or(|kept| rank(&other) < rank(kept)) {
        *kept = Some(other);
    }
}
