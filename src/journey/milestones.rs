//! One pass over a journey's scans in order of time.

use std::collections::BTreeMap;

use crate::record::{Consent, CourierId, Duration, Instant, NodeKind, Party};

use super::{Completion, Course, Exit, Milestone, Scan, Storing};

/// Handling this much before collection cannot be right.
const BEFORE_COLLECTION_BY_AT_MOST: Duration = Duration::from_days(1);
/// Scans of failed attempts by one courier this close to the first are one attempt.
pub const ONE_ATTEMPT_WITHIN: Duration = Duration::from_minutes(30);

/// When the last group of failed attempts of each courier was opened. Most parcels are tried by one courier only.
#[derive(Default)]
struct LastOpened<'a> {
    first: Option<(Option<&'a CourierId>, Option<Instant>)>,
    others: BTreeMap<Option<&'a CourierId>, Option<Instant>>,
}

impl<'a> LastOpened<'a> {
    fn by(&mut self, courier: Option<&'a CourierId>) -> &mut Option<Instant> {
        let first = self.first.get_or_insert((courier, None));
        if first.0 == courier { &mut first.1 } else { self.others.entry(courier).or_default() }
    }
}

/// Collects what the scans say into a [`Course`].
#[derive(Default)]
pub(super) struct Milestones<'a> {
    course: Course,
    some_recorded_too_early: bool,
    first_attempt: Option<Instant>,
    last_opened: LastOpened<'a>,
    last_lost: Option<Instant>,
}

impl<'a> Milestones<'a> {
    /// Reads scans that ascend by time: one pass for what each says by itself, and a look back, where there is something
    /// to look for, for what hangs on what the others said.
    pub(super) fn of(scans: &[Scan<'a>]) -> Course {
        let mut milestones = Self::default();
        for scan in scans {
            milestones.take(scan);
        }
        let course = &mut milestones.course;
        let refused_at = course.refused.map(|exit| exit.at);
        course.first_attempt_at = [milestones.first_attempt, refused_at].into_iter().flatten().min();
        let forward = course.forward(scans);
        if course.forward_kinds.contains(NodeKind::Delivered) || course.forward_kinds.contains(NodeKind::Stored) {
            find_completions(course, forward);
        }
        if milestones.some_recorded_too_early || is_out_of_bounds(course, scans) {
            count_anomalies(course, scans, forward.len());
        }
        if course.forward_kinds.contains(NodeKind::Stored) {
            find_storing(course, forward);
        }
        milestones.course
    }

    fn take(&mut self, scan: &Scan<'a>) {
        let course = &mut self.course;
        let too_early = scan.recorded_too_early();
        let said = milestone(scan, too_early);
        self.some_recorded_too_early |= too_early;
        course.kinds = course.kinds.with(scan.kind);
        if course.last.is_none_or(|(kind, last)| (last, kind) < (said.at, scan.kind)) {
            course.last = Some((scan.kind, said.at));
        }
        if scan.kind == NodeKind::Ordered {
            course.ordered.get_or_insert(said);
        }
        // Scans after the return began belong to the return leg: nothing of the forward trip is read off them.
        if course.returned.is_none_or(|back| scan.occurred_at <= back.at) {
            self.take_forward(scan, said);
        }
    }

    fn take_forward(&mut self, scan: &Scan<'a>, said: Milestone) {
        let course = &mut self.course;
        course.forward_kinds = course.forward_kinds.with(scan.kind);
        if scan.party == Some(Party::ForceMajeure) {
            course.force_majeure_at.get_or_insert(scan.occurred_at);
        }
        if scan.kind.is_handling() {
            course.first_handling_at = Some(course.first_handling_at.map_or(said.at, |first| first.min(said.at)));
            course.found_after_lost |= self.last_lost.is_some_and(|lost| scan.occurred_at > lost);
        }
        let exit = Exit { at: scan.occurred_at, party: scan.party };
        match scan.kind {
            NodeKind::Collected => {
                let rank = |milestone: Milestone| (milestone.anomalous, milestone.at);
                if course.collected.is_none_or(|kept| rank(said) < rank(kept)) {
                    course.collected = Some(said);
                }
            }
            NodeKind::AttemptFailed => self.take_attempt(scan),
            NodeKind::Refused => _ = course.refused.get_or_insert(exit),
            NodeKind::Returned => _ = course.returned.get_or_insert(exit),
            NodeKind::Redirected => _ = course.redirected.get_or_insert(exit),
            NodeKind::Cancelled => _ = course.cancelled.get_or_insert(exit),
            NodeKind::Lost => {
                course.lost_at.get_or_insert(scan.occurred_at);
                // A parcel found and declared lost once more is lost.
                course.found_after_lost = false;
                self.last_lost = Some(scan.occurred_at);
            }
            _ => {}
        }
    }

    fn take_attempt(&mut self, scan: &Scan<'a>) {
        if self.first_attempt.is_none() {
            self.first_attempt = Some(scan.occurred_at);
            self.course.first_attempt_party = scan.party;
        }
        // Scans come in order of time: of one courier, only the group opened last can still be running.
        let opened = self.last_opened.by(scan.courier);
        if opened.is_none_or(|at| scan.occurred_at.since(at) >= ONE_ATTEMPT_WITHIN) {
            *opened = Some(scan.occurred_at);
            self.course.failed_attempts += 1;
        }
    }
}

/// The first completing scan before any return: sound clocks before doubtful ones, then the earliest.
fn find_completions(course: &mut Course, forward: &[Scan<'_>]) {
    for scan in forward.iter().filter(|scan| matches!(scan.kind, NodeKind::Delivered | NodeKind::Stored)) {
        let stored = scan.kind == NodeKind::Stored;
        let completion = Completion {
            milestone: milestone(scan, is_anomalous(scan, course)),
            stored,
            consent_unknown: stored && scan.consent == Consent::Unknown,
        };
        if !stored {
            take_better(&mut course.delivered, completion);
        }
        if !stored || scan.consent != Consent::No {
            take_better(&mut course.delivered_or_consented, completion);
        }
        take_better(&mut course.delivered_or_stored, completion);
    }
}

fn find_storing(course: &mut Course, forward: &[Scan<'_>]) {
    let stored = forward.iter().filter(|scan| scan.kind == NodeKind::Stored);
    let storing =
        |scan: &Scan<'_>| Storing { milestone: milestone(scan, is_anomalous(scan, course)), consent: scan.consent };
    course.first_stored = stored.map(storing).min_by_key(|stored| (stored.milestone.anomalous, stored.milestone.at));
}

/// Whether anything happened so early or so late that it may be an anomaly. Scans ascend by time, so the outermost tell.
fn is_out_of_bounds(course: &Course, scans: &[Scan<'_>]) -> bool {
    scans.first().is_some_and(|first| is_long_before_collection(first, course))
        || scans
            .last()
            .is_some_and(|last| sound_completion(course).is_some_and(|done| last.occurred_at > done.milestone.at))
}

fn count_anomalies(course: &mut Course, scans: &[Scan<'_>], forward: usize) {
    for (place, scan) in scans.iter().enumerate() {
        let [early, recorded, after] = anomalies(scan, course);
        course.anomalies.before_collection += u32::from(early);
        course.anomalies.recorded_too_early += u32::from(recorded);
        course.anomalies.after_completion += u32::from(after);
        course.forward_anomalies += u32::from(place < forward && (early || recorded || after));
    }
}

/// Whether a scan is an anomaly of any kind, as far as the course is known.
pub(super) fn is_anomalous(scan: &Scan<'_>, course: &Course) -> bool {
    anomalies(scan, course).contains(&true)
}

/// Handling too long before collection; recorded before it occurred; handling after completion.
fn anomalies(scan: &Scan<'_>, course: &Course) -> [bool; 3] {
    let early = scan.kind.is_handling() && is_long_before_collection(scan, course);
    [early, scan.recorded_too_early(), is_after_completion(scan, course)]
}

fn is_long_before_collection(scan: &Scan<'_>, course: &Course) -> bool {
    course.collected.is_some_and(|collected| collected.at.since(scan.occurred_at) > BEFORE_COLLECTION_BY_AT_MOST)
}

fn sound_completion(course: &Course) -> Option<Completion> {
    course.delivered_or_consented.filter(|done| !done.milestone.anomalous)
}

fn is_after_completion(scan: &Scan<'_>, course: &Course) -> bool {
    let Some(done) = sound_completion(course) else { return false };
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

fn milestone(scan: &Scan<'_>, anomalous: bool) -> Milestone {
    Milestone { at: scan.judged_at(anomalous), occurred_at: scan.occurred_at, anomalous }
}

fn take_better(kept: &mut Option<Completion>, other: Completion) {
    let rank = |completion: &Completion| (completion.milestone.anomalous, completion.milestone.at, completion.stored);
    if kept.as_ref().is_none_or(|kept| rank(&other) < rank(kept)) {
        *kept = Some(other);
    }
}
