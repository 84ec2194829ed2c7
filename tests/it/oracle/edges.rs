//! Hand-made cases, one on each line: the parts they share, and the edges of windows, cases and payments.

use parcelgauge::cube::{Dimension, Row, Scorecard};
use parcelgauge::record::{
    CaseClass, CaseId, Claim, ClaimId, Complaint, Currency, Label, Money, NodeKind, Payment, Promise, Records,
    WaybillKey, Window,
};
use parcelgauge::state::Figure;

use super::choices::Choices;
use super::clock;
use super::rows::agree;
use super::table::kpis;
use crate::support::{at, day, key, scan, waybill};

/// Milliseconds of an RFC 3339 instant.
pub fn millis(text: &str) -> i64 {
    at(text).as_millis()
}

/// One waybill `A` of 1 October with a promise and scans.
pub fn trip(promise: Option<Promise>, scans: &[(NodeKind, &str)]) -> Records {
    let mut records = Records::default();
    let mut row = waybill("A", day(10, 1));
    row.promise = promise;
    records.waybills.push(row);
    let key = key("A", day(10, 1));
    records.events.extend(scans.iter().map(|&(kind, occurred_at)| scan(&key, kind, occurred_at)));
    records
}

/// The rows of a KPI, after the whole scorecard was held against the oracle.
#[track_caller]
pub fn rows(records: &Records, choices: &Choices, kpi: &str) -> Vec<Row> {
    agree(records, choices);
    let scorecard = Scorecard::measure(records, &choices.plan(&kpis()), &choices.context());
    scorecard.rows.into_iter().filter(|row| row.definition.id == kpi).collect()
}

/// The one row of a KPI.
#[track_caller]
pub fn row(records: &Records, choices: &Choices, kpi: &str) -> Row {
    let mut rows = rows(records, choices, kpi);
    assert_eq!(rows.len(), 1, "{rows:?}");
    rows.remove(0)
}

/// What a row says of one fact: a figure of 1, or why there is none.
#[track_caller]
pub fn verdict(records: &Records, choices: &Choices, kpi: &str) -> String {
    let row = row(records, choices, kpi);
    assert_eq!(row.seen, 1, "{row:?}");
    let reason = row.excluded.iter().chain(row.invalid.iter()).map(|(reason, _)| reason.to_owned()).next();
    match row.figure {
        Figure::Share { hit: 1, .. } => "hit".to_owned(),
        Figure::Share { miss: 1, .. } => "miss".to_owned(),
        Figure::Distribution { count: 1, mean: Some(mean), .. } => format!("{mean} h"),
        _ if row.open == 1 => "open".to_owned(),
        _ => reason.expect("a reason where nothing is measured"),
    }
}

/// The windows in which a KPI has rows.
#[track_caller]
pub fn windows(records: &Records, choices: &Choices, kpi: &str) -> Vec<String> {
    rows(records, choices, kpi).into_iter().map(|row| row.window).collect()
}

fn complaint(id: &str, opened_at: &str) -> Complaint {
    Complaint::new(CaseId::new(id).expect("an id"), CaseClass::Complaint, at(opened_at))
}

fn complaints(complaints: Vec<Complaint>) -> Records {
    let mut records = Records::default();
    records.complaints = complaints;
    records
}

fn claim(id: &str, waybill: Option<WaybillKey>, payments: &[(&str, i64, &str)]) -> Claim {
    let mut claim = Claim::new(ClaimId::new(id).expect("an id"), at("2026-10-01T00:00:00Z"));
    claim.waybill = waybill;
    let part = |&(paid_at, minor_units, code): &(&str, i64, &str)| Payment {
        paid_at: at(paid_at),
        amount: Money::from_minor_units(minor_units, Currency::new(code).expect("a currency")),
    };
    claim.payments = payments.iter().map(part).collect();
    claim
}

#[test]
fn a_window_ends_before_its_next_midnight() {
    let lines = [
        (Window::Day, "2026-10-02T00:00:00Z", "2026-10-01", "2026-10-02"),
        (Window::Week, "2027-01-04T00:00:00Z", "2026-W53", "2027-W01"),
        (Window::Month, "2026-11-01T00:00:00Z", "2026-10", "2026-11"),
        (Window::Quarter, "2026-10-01T00:00:00Z", "2026-Q3", "2026-Q4"),
        (Window::Year, "2027-01-01T00:00:00Z", "2026", "2027"),
    ];
    for (window, midnight, before, after) in lines {
        let mut choices = Choices::at(millis("2027-02-01T00:00:00Z"));
        choices.window = window;
        let mut last = complaint("q1", midnight);
        last.opened_at = clock::instant(millis(midnight) - 1);
        let records = complaints(vec![last, complaint("q2", midnight)]);
        assert_eq!(windows(&records, &choices, "complaint_rate"), [before, after], "{window}");
    }
}

#[test]
fn a_year_of_53_weeks_keeps_its_new_year() {
    let mut choices = Choices::at(millis("2027-02-01T00:00:00Z"));
    choices.window = Window::Week;
    let new_year = complaints(vec![complaint("q1", "2027-01-01T12:00:00Z")]);
    assert_eq!(windows(&new_year, &choices, "complaint_rate"), ["2026-W53"]);
}

#[test]
fn a_case_is_known_from_the_instant_it_was_recorded() {
    let mut late = complaint("q1", "2026-10-01T00:00:00Z");
    late.recorded_at = Some(at("2026-10-05T00:00:00Z"));
    let records = complaints(vec![late]);
    let events = |as_of| match row(&records, &Choices::at(as_of), "complaint_rate").figure {
        Figure::Rate { events, .. } => events,
        ref other => panic!("{other:?}"),
    };
    assert_eq!(events(millis("2026-10-05T00:00:00Z")), 1);
    assert_eq!(events(millis("2026-10-05T00:00:00Z") - 1), 0);
}

#[test]
fn a_complaint_without_a_known_waybill_is_unassigned_and_in_the_total() {
    let mut records = trip(None, &[(NodeKind::Collected, "2026-10-01T08:00:00Z")]);
    records.waybills[0].destination_region = Some(Label::new("SP").expect("a label"));
    let mut of_waybill = complaint("q1", "2026-10-01T09:00:00Z");
    of_waybill.waybill = Some(key("A", day(10, 1)));
    let mut of_another = complaint("q2", "2026-10-01T09:00:00Z");
    of_another.waybill = Some(key("A", day(10, 2)));
    records.complaints = vec![of_waybill, of_another, complaint("q3", "2026-10-01T09:00:00Z")];
    let mut choices = Choices::at(millis("2026-10-02T00:00:00Z"));
    assert_eq!(row(&records, &choices, "complaint_rate").figure.value(), Some(3.0));
    choices.dimensions = vec![Dimension::DestinationRegion];
    let by_region = rows(&records, &choices, "complaint_rate");
    let events: Vec<_> = by_region
        .iter()
        .map(|row| match row.figure {
            Figure::Rate { events, exposure, .. } => (row.group[0].text(), events, exposure),
            ref other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(events, [(Some("SP"), 1, 1), (Some("unassigned"), 2, 0)]);
}

#[test]
fn parts_of_a_payment_count_on_their_days_and_by_currency() {
    let mut records = trip(None, &[(NodeKind::Collected, "2026-10-01T08:00:00Z")]);
    let paid = [
        ("2026-10-31T23:59:59.999Z", 1_000, "CNY"),
        ("2026-10-31T23:59:59.999Z", 1_000, "CNY"),
        ("2026-11-01T00:00:00Z", 500, "CNY"),
        ("2026-10-09T00:00:00Z", 7, "JPY"),
        ("2026-10-09T00:00:00Z", 7_001, "BHD"),
        ("2026-11-02T00:00:00.001Z", 9_999, "CNY"),
    ];
    records.claims.push(claim("k1", Some(key("A", day(10, 1))), &paid));
    let mut choices = Choices::at(millis("2026-11-02T00:00:00Z"));
    choices.window = Window::Month;
    let figures: Vec<_> = rows(&records, &choices, "compensation_per_10k")
        .into_iter()
        .map(|row| match row.figure {
            Figure::Ratio { numerator, denominator, value, currency } => {
                (row.window, currency.map(|currency| currency.to_string()), numerator, denominator, value)
            }
            ref other => panic!("{other:?}"),
        })
        .collect();
    let figure = |window: &str, currency: &str, numerator, denominator, value| {
        (window.to_owned(), Some(currency.to_owned()), numerator, denominator, value)
    };
    assert_eq!(
        figures,
        [
            figure("2026-10", "BHD", 7_001, 1, Some(70_010.0)),
            figure("2026-10", "CNY", 2_000, 1, Some(200_000.0)),
            figure("2026-10", "JPY", 7, 1, Some(70_000.0)),
            figure("2026-11", "CNY", 500, 0, None),
        ]
    );
}

#[test]
fn claims_that_paid_nothing_make_a_figure_of_0() {
    let mut records = trip(None, &[(NodeKind::Collected, "2026-10-01T08:00:00Z")]);
    let choices = Choices::at(millis("2026-11-02T00:00:00Z"));
    assert_eq!(row(&records, &choices, "compensation_per_10k").figure.value(), None);
    records.claims.push(claim("k1", None, &[]));
    assert_eq!(row(&records, &choices, "compensation_per_10k").figure.value(), Some(0.0));
}
