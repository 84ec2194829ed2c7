//! What a journey went through: stages, legs, the whole way.

use std::collections::BTreeMap;

use crate::record::{Duration, FacilityId, Instant, Label, NodeKind, PassageKey};

use super::{Between, Boundary, Course, ForkJoin, Journey, LegPace, Pace, Pick, RoutePolicy, Scan, Stage};

/// What was passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stretch {
    /// A stage, by its place in [`RoutePolicy::stages`].
    Stage(u32),
    /// A leg with all its stages.
    Leg,
    /// The whole way.
    Way,
}

/// One time through a stage, a leg or the whole way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage<'a> {
    /// What was passed.
    pub stretch: Stretch,
    /// On which leg; none on routes without legs, and for the whole way.
    pub leg: Option<&'a Label>,
    /// Which time, counted from 1.
    pub occurrence: u32,
    /// Planned and taken time; of a whole way with a fork as [`ForkJoin::default`] joins its legs.
    pub pace: Pace,
    /// Where the stage ended.
    pub facility: Option<&'a FacilityId>,
}

/// All passages of one journey under a route: every stage gone through once, scanned or not; every time through a
/// repeatable one that was scanned or planned; every leg that has scans or plans; the whole way.
#[derive(Debug, Clone, Default)]
pub struct Passages<'a> {
    list: Vec<Passage<'a>>,
    legs: Vec<LegPace>,
}

/// Plans of a waybill, by what they are for.
type Plans = BTreeMap<PassageKey, Duration>;

impl<'a> Passages<'a> {
    /// Forgets its passages and takes those of a journey, keeping its memory.
    pub fn refill(&mut self, journey: &Journey<'a>, course: &Course, plans: &Plans, route: &'a RoutePolicy) {
        self.list.clear();
        self.legs.clear();
        // Scans after the return began belong to the return leg.
        let forward = |scan: &Scan<'_>| course.returned.is_none_or(|back| scan.occurred_at <= back.at);
        let scans = &journey.scans()[..journey.scans().partition_point(forward)];
        let way = Along { scans, course, plans, route, leg: None };
        let pace = if route.legs().is_empty() { self.go(&way) } else { self.go_legs(&way) };
        self.list.push(Passage { stretch: Stretch::Way, leg: None, occurrence: 1, pace, facility: None });
    }

    /// The passages, leg by leg and stage by stage; the whole way comes last.
    #[must_use]
    pub fn list(&self) -> &[Passage<'a>] {
        &self.list
    }

    /// The legs that the pace of the whole way is made of; none on routes without legs, or where a section of the way has
    /// no leg.
    #[must_use]
    pub fn legs(&self) -> &[LegPace] {
        &self.legs
    }

    fn go_legs(&mut self, way: &Along<'_, 'a>) -> Pace {
        let mut sections: u32 = 0;
        for leg in way.route.legs() {
            let along = Along { leg: Some(&leg.name), ..*way };
            if along.is_gone_along() {
                let pace = self.go(&along);
                let stretch = Stretch::Leg;
                self.list.push(Passage { stretch, leg: along.leg, occurrence: 1, pace, facility: None });
                sections += u32::from(self.legs.last().is_none_or(|last| last.section != leg.section));
                self.legs.push(LegPace { section: leg.section, pace });
            }
        }
        // Where no leg of a section was gone along, nothing can be said of the whole.
        let is_whole = way.route.legs().last().is_some_and(|last| u32::from(last.section) + 1 == sections);
        if !is_whole {
            self.legs.clear();
            return Pace::UNKNOWN;
        }
        ForkJoin::default().way(&self.legs)
    }

    /// Goes through all stages, and gives their sum.
    fn go(&mut self, along: &Along<'_, 'a>) -> Pace {
        let own = self.list.len();
        let mut before: Option<(Boundary, Option<End<'a>>)> = None;
        for (place, stage) in along.route.stages().iter().enumerate() {
            let mut occurrence = 0;
            let mut pass = |took: Option<Duration>, facility| {
                occurrence += 1;
                let pace = Pace { planned: along.planned(stage, occurrence), took };
                let stretch = Stretch::Stage(place as u32);
                self.list.push(Passage { stretch, leg: along.leg, occurrence, pace, facility });
            };
            match stage.between {
                Between::Once { from, to } => {
                    let start = match before {
                        Some((reached, end)) if reached == from || !along.route.has(from) => end,
                        _ => along.find(from),
                    };
                    // A node that the route lacks is passed where the one before it was: in no time.
                    let end = if along.route.has(to) { along.find(to) } else { start };
                    let took = start.zip(end).map(|(start, end)| end.at.since(start.at));
                    pass(took.filter(|took| *took >= Duration::ZERO), end.and_then(|end| end.facility));
                    before = Some((to, end));
                }
                Between::EachTime { from, to } => {
                    along.each_time(from, to, &mut pass);
                    let times = occurrence;
                    along.plans_of(stage).filter(|(key, _)| key.occurrence() > times).for_each(|(key, &planned)| {
                        let pace = Pace { planned: Some(planned), took: None };
                        let (stretch, occurrence) = (Stretch::Stage(place as u32), key.occurrence());
                        self.list.push(Passage { stretch, leg: along.leg, occurrence, pace, facility: None });
                    });
                }
            }
        }
        let stages = &self.list[own..];
        match stages {
            [] => Pace::UNKNOWN,
            some => some.iter().map(|passage| passage.pace).fold(Pace::ZERO, Pace::then),
        }
    }
}

/// Where a stage began or ended.
#[derive(Debug, Clone, Copy)]
struct End<'a> {
    at: Instant,
    facility: Option<&'a FacilityId>,
}

/// A journey along one leg, or along all of a way without legs.
#[derive(Clone, Copy)]
struct Along<'p, 'a> {
    scans: &'p [Scan<'a>], // before any return
    course: &'p Course,
    plans: &'p Plans,
    route: &'a RoutePolicy,
    leg: Option<&'a Label>,
}

impl<'p, 'a> Along<'p, 'a> {
    fn scans(&self) -> impl DoubleEndedIterator<Item = &'p Scan<'a>> + use<'p, 'a> {
        let leg = self.leg;
        self.scans.iter().filter(move |scan| leg.is_none() || scan.leg == leg)
    }

    fn is_gone_along(&self) -> bool {
        self.scans().next().is_some() || self.plans.keys().any(|key| key.leg() == self.leg)
    }

    fn plans_of(&self, stage: &Stage) -> impl Iterator<Item = (&'p PassageKey, &'p Duration)> {
        self.plans.iter().filter(|(key, _)| key.leg() == self.leg && key.stage().as_str() == stage.name)
    }

    fn planned(&self, stage: &Stage, occurrence: u32) -> Option<Duration> {
        self.plans_of(stage).find(|(key, _)| key.occurrence() == occurrence).map(|(_, &planned)| planned)
    }

    /// The sound scan at a boundary; the completion is the course's, where it was scanned on this leg.
    fn find(&self, boundary: Boundary) -> Option<End<'a>> {
        let mut scans = self.scans();
        let scan = match boundary {
            Boundary::Completion => {
                let done = self.course.delivered_or_consented.filter(|done| !done.milestone.anomalous)?;
                let kind = if done.stored { NodeKind::Stored } else { NodeKind::Delivered };
                scans.rfind(|scan| scan.kind == kind && scan.occurred_at == done.milestone.occurred_at)
            }
            Boundary::Node(kind, Pick::First) => scans.find(|scan| scan.kind == kind && self.is_sound(scan)),
            Boundary::Node(kind, Pick::Last) => scans.rfind(|scan| scan.kind == kind && self.is_sound(scan)),
        };
        scan.map(|scan| End { at: scan.occurred_at, facility: scan.facility })
    }

    fn is_sound(&self, scan: &Scan<'_>) -> bool {
        !self.course.is_anomalous(scan)
    }

    /// Passes once for each time between two kinds of scan: see [`Stage::repeatable`].
    fn each_time(&self, from: NodeKind, to: NodeKind, pass: &mut impl FnMut(Option<Duration>, Option<&'a FacilityId>)) {
        let bounds = |scan: &&Scan<'_>| (scan.kind == from || scan.kind == to) && self.is_sound(scan);
        let mut scans: Vec<&Scan<'a>> = self.scans().filter(bounds).collect();
        if self.route.has_once(|_, end| end == Boundary::Node(to, Pick::First)) {
            scans.iter().position(|scan| scan.kind == to).map(|place| scans.remove(place));
        }
        if self.route.has_once(|begin, _| begin == Boundary::Node(from, Pick::Last)) {
            scans.iter().rposition(|scan| scan.kind == from).map(|place| scans.remove(place));
        }
        let mut under_way: Option<Instant> = None;
        for at_once in scans.chunk_by(|a, b| a.occurred_at == b.occurred_at) {
            let mut begins = at_once.iter().filter(|scan| scan.kind == from).peekable();
            let mut ends = at_once.iter().filter(|scan| scan.kind == to).peekable();
            while begins.peek().is_some() || ends.peek().is_some() {
                // Of one instant, what is under way ends before it begins anew.
                if (under_way.is_some() || begins.peek().is_none())
                    && let Some(end) = ends.next()
                {
                    pass(under_way.take().map(|start| end.occurred_at.since(start)), end.facility);
                } else if let Some(begin) = begins.next()
                    && under_way.replace(begin.occurred_at).is_some()
                {
                    pass(None, None);
                }
            }
        }
        if under_way.is_some() {
            pass(None, None);
        }
    }
}
