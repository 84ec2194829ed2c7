//! Records that crowd the edges: few waybills, few instants, everything on or a millisecond beside a line.

use std::fmt;

use chrono::NaiveDate;
use parcelgauge::record::{Consent, Label, Party, RecordKind, Records};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::choices::Choices;
use super::clock::{self, DAY};
use super::generate_cases::{case as complaint, demand, opinion};
use super::generate_choices::choices;
use super::generate_moments::recorded;
use super::generate_pieces::{Ground, piece};
use super::generate_scans::{consent, party};

/// Records with the choices they are measured under.
#[derive(Clone)]
pub struct Case {
    pub records: Records,
    pub choices: Choices,
}

impl Case {
    /// The rows, one a line, and the choices: what a person needs to judge a disagreement by hand.
    pub fn describe(&self) -> String {
        fn lines(rows: &[impl serde::Serialize]) -> String {
            rows.iter().map(|row| serde_json::to_string(row).unwrap_or_default() + "\n").collect()
        }
        let Records { waybills, events, complaints, claims, ratings, .. } = &self.records;
        let rows = [lines(waybills), lines(events), lines(complaints), lines(claims), lines(ratings)].concat();
        format!("{rows}as of {}, {:?}", clock::instant(self.choices.as_of), self.choices)
    }
}

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the rows above")
    }
}

/// Days around which the clock changes somewhere, a year ends, or nothing happens at all.
const BASES: [(i32, u32, u32); 8] = [
    (2017, 10, 12), // Brazil loses an hour at midnight of the 15th
    (2018, 2, 14),  // Brazil gains one before midnight of the 18th
    (2018, 3, 8),   // New York loses one on the 11th
    (2018, 3, 22),  // Berlin loses one on the 25th
    (2018, 10, 31), // Havana and New York gain one on the 4th
    (2018, 12, 27), // a year, quarter, month and week end
    (2020, 2, 26),  // a leap day
    (2026, 10, 1),
];

/// A row given again: which, with which party and consent, how much later recorded or updated.
type Again = (Index, Option<i64>, Option<Party>, Consent);

fn again() -> impl Strategy<Value = Vec<Again>> {
    vec((any::<Index>(), recorded(), party(), consent()), 0..5)
}

fn repeat_events(records: &mut Records, again: &[Again]) {
    for (index, recorded, party, consent) in again {
        if records.events.is_empty() {
            return;
        }
        let mut event = index.get(&records.events).clone();
        if let Some(delay) = recorded {
            event.recorded_at = Some(clock::instant(event.occurred_at.as_millis() + delay));
            event.party = *party;
            event.consent = *consent;
        }
        records.events.push(event);
    }
}

fn repeat_waybills(records: &mut Records, again: &[Again]) {
    for (index, updated, party, _) in again {
        if records.waybills.is_empty() {
            return;
        }
        let mut waybill = index.get(&records.waybills).clone();
        if let Some(delay) = updated {
            waybill.updated_at = Some(clock::instant(clock::utc_midnight(waybill.key.posted_on) + 3 * DAY + delay));
        }
        if party.is_some() {
            waybill.product = Some(Label::new("road").expect("a label"));
        }
        records.waybills.push(waybill);
    }
}

/// The instants at which, by the choices, something that happened then is just decided, or just lies far enough back.
fn lines(choices: &Choices) -> Vec<i64> {
    let spans = [
        0,
        choices.settle,
        choices.horizon,
        choices.silent_after,
        choices.within.limit() + choices.settle,
        choices.recorded_within + choices.settle,
        choices.answered_within + choices.settle,
        choices.resolved_after,
    ];
    let far_enough = choices.known_from.zip(choices.look_back).map(|(known_from, look_back)| known_from + look_back);
    spans.into_iter().map(|span| choices.as_of - span).chain(far_enough).collect()
}

/// Records on one of the bases, with everything that may be wrong about them.
fn case() -> impl Strategy<Value = Case> {
    let rows = (
        vec(piece(), 0..13),
        (vec(complaint(), 0..10), vec(demand(), 0..9), vec(opinion(), 0..14)),
        (again(), again()),
        vec(select(&RecordKind::ALL[..]), 0..4),
    );
    (select(&BASES[..]), rows, choices()).prop_map(|((year, month, day), rows, mut choices)| {
        let base = NaiveDate::from_ymd_opt(year, month, day).expect("a date");
        let start = clock::utc_midnight(base);
        choices.as_of += start;
        choices.known_from = choices.known_from.map(|offset| start + offset);
        let ground = Ground { base, zone: choices.zone, lines: lines(&choices) };
        let (pieces, (complaints, demands, opinions), (events_again, waybills_again), supplied) = rows;
        let mut records = Records::supplying(supplied);
        for piece in &pieces {
            ground.lay(piece, &mut records);
        }
        repeat_events(&mut records, &events_again);
        repeat_waybills(&mut records, &waybills_again);
        records.complaints = complaints.into_iter().map(|case| ground.case(case)).collect();
        records.claims = demands.into_iter().map(|demand| ground.demand(demand)).collect();
        records.ratings = opinions.into_iter().map(|opinion| ground.opinion(opinion)).collect();
        Case { records, choices }
    })
}

/// A handful of such: they are judged in no time, so that one case may hold several.
pub fn cases() -> impl Strategy<Value = Vec<Case>> {
    vec(case(), 1..16)
}
