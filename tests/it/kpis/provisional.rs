//! The provisional figure: open facts count as what they lean to, each on its line and either side of it.

use parcelgauge::cube::Fold;
use parcelgauge::outcome::Term;
use parcelgauge::record::{CaseClass, CaseId, Complaint, Promise};

use super::*;

fn provisional(figure: &str) -> Gauge {
    under(figure, &["maturity=provisional"])
}

/// One parcel promised for the third day.
fn promised(scans: &[(NodeKind, i64)]) -> Records {
    let mut records = one(scans);
    records.waybills[0].promise = Some(Promise::By(after(3 * DAY)));
    records
}

#[test]
fn a_promise_leans_once_it_is_kept_or_passed() {
    for figure in ["on_time_delivery_rate", "within_hours_rate(72)"] {
        let told = |scans: &[(NodeKind, i64)], as_of| word(&provisional(figure), &promised(scans), as_of);
        // Under way it leans to nothing up to the deadline itself, and to a miss a millisecond later.
        let turns = "open 259200001ms";
        assert_eq!(told(&[], DAY), turns, "{figure}");
        assert_eq!(told(&[], 3 * DAY), turns);
        assert_eq!(told(&[], 3 * DAY + 1), "provisional miss 4d by 1ms");
        assert_eq!(told(&[], 4 * DAY - 1), "provisional miss 4d by 86399999ms");
        assert_eq!(told(&[], 4 * DAY), "miss by 24h");
        let in_time = [(NodeKind::Delivered, 3 * DAY)];
        assert_eq!(told(&in_time, 3 * DAY - 1), turns, "not yet known");
        assert_eq!(told(&in_time, 3 * DAY), "provisional hit 4d");
        assert_eq!(told(&in_time, 4 * DAY), "hit");
        let late = [(NodeKind::Delivered, 3 * DAY + HOUR)];
        assert_eq!(told(&late, 3 * DAY + HOUR), "provisional miss 4d by 1h");
        // Its trip has ended: nothing more is to be waited for.
        assert_eq!(told(&[(NodeKind::Lost, DAY)], DAY), "provisional miss 4d by -48h");
        // What would be left out leans to nothing.
        let refused = [(NodeKind::Refused, DAY)];
        assert_eq!(told(&refused, 2 * DAY), "open 4d");
        assert_eq!(told(&refused, 4 * DAY), "excluded customer_return");
        // Without waiting for late scans the deadline decides.
        let at_once = under(figure, &["maturity=provisional", "settle=0h"]);
        assert_eq!(word(&at_once, &promised(&[]), 3 * DAY - 1), "open 3d");
        assert_eq!(word(&at_once, &promised(&[]), 3 * DAY), "miss by 0h");
        let delivered_only = under(figure, &["maturity=provisional", "denominator=delivered_only"]);
        assert_eq!(word(&delivered_only, &promised(&[]), 3 * DAY + 1), "open 4d");
    }
    let strictly = under("on_time_delivery_rate", &["maturity=provisional", "comparison=strictly_before"]);
    assert_eq!(word(&strictly, &promised(&[]), 3 * DAY - 1), "open 3d");
    assert_eq!(word(&strictly, &promised(&[]), 3 * DAY), "provisional miss 4d by 0h");
    let lateness = provisional("lateness_hours");
    assert_eq!(
        word(&lateness, &promised(&[(NodeKind::Delivered, 3 * DAY + HOUR)]), 3 * DAY + HOUR),
        "provisional quantity 4d 1h"
    );
}

#[test]
fn a_first_act_leans_to_what_it_says() {
    let told = |scans: &[(NodeKind, i64)]| word(&provisional("first_attempt_delivery_rate"), &one(scans), DAY + HOUR);
    assert_eq!(told(&[]), "open");
    assert_eq!(told(&[(NodeKind::Delivered, DAY)]), "provisional hit 2d");
    assert_eq!(told(&[(NodeKind::AttemptFailed, DAY)]), "provisional miss 2d by 1h");
    assert_eq!(told(&[(NodeKind::Refused, DAY)]), "open 2d");
}

#[test]
fn a_horizon_leans_to_the_good_until_bad_news_is_known() {
    let told = |figure: &str, scans: &[(NodeKind, i64)], as_of| word(&provisional(figure), &one(scans), as_of);
    for figure in ["damage_rate", "shortage_rate"] {
        assert_eq!(told(figure, &[], DAY), "provisional miss 45d");
    }
    assert_eq!(told("damage_rate", &[(NodeKind::Damaged, DAY)], DAY), "provisional hit 45d");
    assert_eq!(told("shortage_rate", &[(NodeKind::Shortage, DAY)], DAY), "provisional hit 45d");
    assert_eq!(told("intact_rate", &[(NodeKind::Shortage, DAY)], DAY), "provisional miss 31d");
    assert_eq!(
        told("intact_rate", &[(NodeKind::Shortage, DAY), (NodeKind::Delivered, DAY)], DAY),
        "provisional miss 45d"
    );
    // Silence is a loss after 30 days, exactly.
    assert_eq!(told("loss_rate", &[], 30 * DAY - 1), "provisional miss 30d");
    assert_eq!(told("loss_rate", &[], 30 * DAY), "provisional hit 45d by 0h");
    assert_eq!(told("intact_rate", &[], 30 * DAY - 1), "provisional hit 30d");
    assert_eq!(told("intact_rate", &[], 30 * DAY), "provisional miss 45d by 0h");
    assert_eq!(told("loss_rate", &[(NodeKind::Lost, DAY)], DAY), "provisional hit 45d by 0h");
    assert_eq!(told("loss_rate", &[(NodeKind::Held, DAY)], 60 * DAY), "provisional miss");
    // A case that nobody has decided is no bad news yet, before and after the horizon.
    let mut complained = one(&[(NodeKind::Delivered, DAY)]);
    let mut case = Complaint::new(CaseId::new("1").unwrap(), CaseClass::Complaint, after(2 * DAY));
    (case.waybill, case.cause) =
        (Some(complained.waybills[0].key.clone()), parcelgauge::record::Label::new("damage").ok());
    complained.complaints.push(case);
    for as_of in [2 * DAY, LATER] {
        assert_eq!(word(&kpi("damage_rate"), &complained, as_of), "open");
        assert_eq!(word(&provisional("damage_rate"), &complained, as_of), "provisional miss");
    }
}

#[test]
fn scans_lean_to_what_they_say() {
    let told = |figure: &str, scans: &[(NodeKind, i64)]| word(&provisional(figure), &one(scans), DAY + HOUR);
    let disorder = [(NodeKind::OriginDeparted, HOUR), (NodeKind::OriginArrived, 2 * HOUR)];
    assert_eq!(told("tracking_accuracy_rate", &[]), "provisional hit 45d");
    assert!(told("tracking_accuracy_rate", &disorder).starts_with("provisional miss 45d"));
    assert_eq!(told("tracking_completeness_rate", &[]), "open 45d");
    assert!(told("tracking_completeness_rate", &[(NodeKind::Delivered, DAY)]).starts_with("provisional miss 2d"));
    assert!(told("tracking_completeness_rate", &[(NodeKind::Lost, DAY)]).starts_with("provisional miss 45d"));
    let mut fresh = one(&[]);
    fresh.events[0].recorded_at = Some(after(HOUR));
    assert_eq!(word(&provisional("tracking_freshness_rate"), &fresh, HOUR), "provisional hit 25h");
    fresh.events[0].recorded_at = Some(after(HOUR + 1));
    assert_eq!(word(&provisional("tracking_freshness_rate"), &fresh, HOUR + 1), "provisional miss 25h by 1ms");
}

#[test]
fn cases_lean_once_they_are_answered_or_overdue() {
    let told = |figure: &str, answered: Option<i64>, as_of: i64| {
        let mut records = nothing();
        let mut case = Complaint::new(CaseId::new("1").unwrap(), CaseClass::Complaint, start());
        case.resolved_at = answered.map(after);
        records.complaints.push(case);
        word(&provisional(figure), &records, as_of)
    };
    assert_eq!(told("response_within_rate", None, DAY), "open 86400001ms");
    assert_eq!(told("response_within_rate", None, DAY + 1), "provisional miss 2d by 1ms");
    assert_eq!(told("response_within_rate", Some(DAY), DAY), "provisional hit 2d");
    assert_eq!(told("response_within_rate", Some(DAY + 1), DAY + 1), "provisional miss 2d by 1ms");
    assert_eq!(told("resolution_rate", None, DAY), "open 7d");
    assert_eq!(told("resolution_rate", Some(DAY), DAY), "provisional hit 7d");
}

#[test]
fn both_figures_stand_beside_each_other_and_add_up() {
    let parcel = |number: &str, scans: &[(NodeKind, i64)]| {
        let (mut waybill, events) = collected(number, scans);
        waybill.promise = Some(Promise::By(after(3 * DAY)));
        (waybill, events)
    };
    let parcels = records([
        parcel("in time", &[(NodeKind::Delivered, DAY)]),
        parcel("late", &[(NodeKind::Delivered, 3 * DAY + 2 * HOUR)]),
        parcel("refused", &[(NodeKind::Refused, DAY)]),
        parcel("under way", &[]),
    ]);
    let (matured, young) = (kpi("on_time_delivery_rate"), provisional("on_time_delivery_rate"));
    let as_of = 3 * DAY + 2 * HOUR;
    assert_eq!(five(&row(&matured, &parcels, as_of)), [0, 0, 4, 0, 0]);
    let row = row(&young, &parcels, as_of);
    assert_eq!(five(&row), [1, 2, 1, 0, 0]);
    assert_eq!((row.figure.value(), row.notes.of(Term::PROVISIONAL)), (Some(1.0 / 3.0), 3));
    assert_eq!(evidence(&young, &parcels, as_of), ["under way 2h", "late 2h"]);
    let rows = Scorecard::measure(&parcels, &Plan::new([young.clone(), matured]), &context(as_of)).rows;
    let maturity = |row: &Row| row.params.get("maturity").cloned();
    let word = |word: &str| Some(Param::Word(word.to_owned()));
    assert_eq!(rows.iter().map(maturity).collect::<Vec<_>>(), [word("matured"), word("provisional")]);
    // What is counted before it is decided holds until it may change: at the deadline, then at the decision.
    let plan = Plan::new([young]);
    let holds_until = |as_of| Fold::of(&parcels, &plan, Window::All, &context(as_of), None).holds_until();
    assert_eq!(holds_until(2 * DAY), Some(after(3 * DAY + 1)));
    assert_eq!(holds_until(as_of), Some(after(4 * DAY)));
    assert_eq!(holds_until(4 * DAY), None);
}
