//! Pieces sent together, counted as one: complete when the last of them is, in time if all of them are.

use parcelgauge::cube::Dimension;
use parcelgauge::record::{CarrierId, Label, Mover, Party, Promise, PromiseMove, WaybillNumber};

use super::*;

const ON_TIME: &str = "on_time_delivery_rate";

fn together(figure: &str, policies: &[&str]) -> Gauge {
    let policies: Vec<&str> = policies.iter().copied().chain(["unit=consignment"]).collect();
    under(figure, &policies)
}

type Parcel = (Waybill, Vec<NodeEvent>);

/// A piece of the consignment `P`, promised for the third day.
fn piece(number: &str, scans: &[(NodeKind, i64)]) -> Parcel {
    let (mut waybill, events) = collected(number, scans);
    waybill.parent = WaybillNumber::new("P").ok();
    waybill.promise = Some(Promise::By(after(3 * DAY)));
    (waybill, events)
}

fn changed(mut parcel: Parcel, change: impl FnOnce(&mut Waybill)) -> Parcel {
    change(&mut parcel.0);
    parcel.1.iter_mut().for_each(|event| event.waybill = parcel.0.key.clone());
    parcel
}

fn delivered(number: &str, at: i64) -> Parcel {
    piece(number, &[(NodeKind::Delivered, at)])
}

#[test]
fn a_consignment_is_in_time_when_its_last_piece_is() {
    for figure in [ON_TIME, "within_hours_rate(72)"] {
        let told = |last: i64| {
            let pieces = records([delivered("A", DAY), delivered("B", last), delivered("C", 2 * DAY)]);
            told(&together(figure, &[]), &pieces, LATER)
        };
        assert_eq!(told(3 * DAY), ["hit"], "{figure}");
        assert_eq!(told(3 * DAY + 1), ["miss by 1ms"], "{figure}");
    }
    let pieces = records([delivered("A", DAY), delivered("B", 5 * DAY), delivered("C", 4 * DAY)]);
    assert_eq!(told(&kpi(ON_TIME), &pieces, LATER), ["hit", "miss by 2d", "miss by 24h"]);
    let gauge = together(ON_TIME, &[]);
    assert_eq!(five(&row(&gauge, &pieces, LATER)), [0, 1, 0, 0, 0]);
    assert_eq!(evidence(&gauge, &pieces, LATER), ["P 2d"], "by its worst piece, under the parent number");
    assert_eq!(gauge.params().get("unit"), Some(&Param::Word("consignment".to_owned())));
    let missing = records([delivered("A", 5 * DAY), piece("B", &[])]);
    assert_eq!(told(&gauge, &missing, LATER), ["miss by 397d"], "what never came is worse than what came late");
    let first = together("first_attempt_delivery_rate", &[]);
    let tried = piece("B", &[(NodeKind::AttemptFailed, DAY), (NodeKind::Delivered, 2 * DAY)]);
    assert_eq!(told(&first, &records([delivered("A", DAY), tried]), LATER), ["miss by 24h"]);
    assert_eq!(told(&first, &records([delivered("A", DAY), delivered("B", 2 * DAY)]), LATER), ["hit"]);
}

#[test]
fn who_belongs_together() {
    let told = |parcels: Vec<Parcel>| told(&together(ON_TIME, &[]), &records(parcels), LATER).len();
    let alone = |number: &str| changed(delivered(number, DAY), |waybill| waybill.parent = None);
    assert_eq!(told(vec![delivered("A", DAY), delivered("B", DAY)]), 1);
    assert_eq!(told(vec![alone("A"), alone("B")]), 2, "without a parent each is a consignment of one");
    assert_eq!(told(vec![delivered("A", DAY), alone("P")]), 1, "the mother waybill bears the number itself");
    assert_eq!(told(vec![delivered("A", DAY), alone("Q")]), 2);
    let other_day = changed(delivered("B", DAY), |waybill| waybill.key.posted_on = day(10, 2));
    assert_eq!(told(vec![delivered("A", DAY), other_day]), 2, "numbers are used again");
    let other_carrier = || changed(delivered("B", DAY), |waybill| waybill.key.carrier = CarrierId::new("X").ok());
    assert_eq!(told(vec![delivered("A", DAY), other_carrier()]), 2);
    let late = changed(other_carrier(), |waybill| waybill.promise = Some(Promise::By(after(HOUR))));
    assert_eq!(evidence(&together(ON_TIME, &[]), &records([late]), LATER), ["X/P 23h"]);
}

#[test]
fn what_is_left_out_drops_out() {
    let gauge = together(ON_TIME, &[]);
    let told = |parcels: Vec<Parcel>, as_of| told(&gauge, &records(parcels), as_of);
    let cancelled = || {
        let (waybill, _) = piece("B", &[]);
        let cancelled = event(&waybill.key, NodeKind::Cancelled, 0);
        (waybill, vec![cancelled])
    };
    let unpromised = || changed(delivered("C", DAY), |waybill| waybill.promise = None);
    assert_eq!(told(vec![delivered("A", DAY), cancelled(), unpromised()], LATER), ["hit"]);
    assert_eq!(told(vec![cancelled(), unpromised()], LATER), ["excluded cancelled"], "the least of the reasons");
    let refused = piece("B", &[(NodeKind::Refused, DAY)]);
    assert_eq!(told(vec![delivered("A", 4 * DAY), refused], LATER), ["miss by 24h"]);
}

#[test]
fn the_last_piece_keeps_it_open() {
    let gauge = together(ON_TIME, &[]);
    let due = |parcel: Parcel, at: i64| changed(parcel, |waybill| waybill.promise = Some(Promise::By(after(at))));
    let late = || due(delivered("A", 2 * DAY), DAY);
    let parcels = records([late(), due(delivered("B", 5 * DAY), 9 * DAY)]);
    assert_eq!(told(&gauge, &parcels, 10 * DAY - 1), ["open 10d"], "a late piece does not decide for the other");
    assert_eq!(told(&gauge, &parcels, 10 * DAY), ["miss by 24h"]);
    // The provisional figure has the bad news at once, and good news when it is had of all pieces.
    let young = together(ON_TIME, &["maturity=provisional"]);
    assert_eq!(told(&young, &parcels, 5 * DAY), ["provisional miss 10d by 24h"]);
    let waiting = records([due(delivered("A", DAY), 2 * DAY), due(delivered("B", 5 * DAY), 9 * DAY)]);
    assert_eq!(told(&young, &waiting, DAY), ["open 3d"], "decided of one piece then");
    assert_eq!(told(&young, &waiting, 4 * DAY), ["open 777600001ms"]);
    assert_eq!(told(&young, &waiting, 5 * DAY), ["provisional hit 10d"]);
    // One that can be decided by a record only keeps the others waiting, and what is invalid speaks when all have spoken.
    let first = together("first_attempt_delivery_rate", &[]);
    assert_eq!(told(&first, &records([delivered("A", DAY), piece("B", &[])]), LATER), ["open"]);
    let within = together("within_hours_rate(72)", &[]);
    let mut uncollected = records([delivered("A", DAY), delivered("B", DAY)]);
    uncollected.events.remove(0);
    assert_eq!(told(&within, &uncollected, 4 * DAY - 1), ["open 4d"]);
    assert_eq!(told(&within, &uncollected, 4 * DAY), ["invalid no_collection"]);
}

#[test]
fn it_counts_on_the_day_of_its_latest_piece_in_the_group_of_its_first() {
    let region = |name: &str| Label::new(name).ok();
    let placed = |mut parcel: Parcel, place: &str, due: i64| {
        parcel.0.destination_region = region(place);
        parcel.0.promise = Some(Promise::By(after(due)));
        parcel
    };
    let (first, second) = (placed(delivered("A", 4 * DAY), "N", 3 * DAY), placed(delivered("B", DAY), "S", 6 * DAY));
    let rows = |policies: &[&str], parcels: [Parcel; 2]| {
        let plan = Plan::new([together(ON_TIME, policies)]).by([Dimension::DestinationRegion]).with_window(Window::Day);
        let rows = Scorecard::measure(&records(parcels), &plan, &context(LATER)).rows;
        let place = |row: &Row| row.group[0].text().unwrap_or("none").to_owned();
        rows.iter().map(|row| format!("{} {} {:?}", row.window, place(row), five(row))).collect::<Vec<_>>()
    };
    let both = || [first.clone(), second.clone()];
    assert_eq!(rows(&[], both()), ["2026-10-07 N [0, 1, 0, 0, 0]"]);
    assert_eq!(rows(&["cohort=completed"], both()), ["2026-10-05 N [0, 1, 0, 0, 0]"]);
    // A piece that never came leaves it incomplete, one that was never accepted does not.
    let never_came = placed(piece("B", &[]), "S", 6 * DAY);
    assert_eq!(rows(&["cohort=completed"], [first.clone(), never_came]), ["undated N [0, 1, 0, 0, 0]"]);
    let mut never_accepted = second.clone();
    never_accepted.1.clear();
    assert_eq!(rows(&["cohort=completed"], [first.clone(), never_accepted]), ["2026-10-05 N [0, 1, 0, 0, 0]"]);
}

#[test]
fn a_piece_left_out_in_the_end_is_waited_for_no_more() {
    let window = |policies: &[&str], other: Parcel, as_of: i64| {
        let policies: Vec<&str> = policies.iter().copied().chain(["cohort=completed"]).collect();
        let plan = Plan::new([together(ON_TIME, &policies)]).with_window(Window::Day);
        let rows = Scorecard::measure(&records([delivered("A", 4 * DAY), other]), &plan, &context(as_of)).rows;
        rows.iter().map(|row| row.window.clone()).collect::<Vec<_>>()
    };
    let returned = |party: Party| {
        let mut piece = piece("B", &[(NodeKind::AttemptFailed, DAY), (NodeKind::Returned, 2 * DAY)]);
        piece.1[2].party = Some(party);
        piece
    };
    for as_of in [5 * DAY, LATER] {
        assert_eq!(window(&[], returned(Party::Recipient), as_of), ["2026-10-05"], "left out as customer_return");
        assert_eq!(window(&[], returned(Party::Carrier), as_of), ["undated"], "a miss that is never completed");
        assert_eq!(window(&[], piece("B", &[]), as_of), ["undated"], "still under way");
        let no_promise = changed(piece("B", &[]), |waybill| waybill.promise = None);
        assert_eq!(window(&[], no_promise, as_of), ["2026-10-05"]);
        // Left out once it is due, and so from the beginning: time alone moves no consignment to another day.
        assert_eq!(window(&["denominator=delivered_only"], piece("B", &[]), as_of), ["2026-10-05"]);
    }
    let alone = returned(Party::Recipient);
    let plan = Plan::new([together(ON_TIME, &["cohort=completed"])]);
    assert_eq!(Scorecard::measure(&records([alone]), &plan, &context(LATER)).rows[0].window, "undated");
}

#[test]
fn a_note_stands_once_however_many_pieces_give_rise_to_it() {
    let moved = |number: &str| {
        changed(delivered(number, DAY), |waybill| {
            let to = Promise::By(after(5 * DAY));
            waybill.promise_moves.push(PromiseMove { moved_at: after(HOUR), by: Mover::Carrier, to });
        })
    };
    let pieces = records([moved("A"), moved("B")]);
    let notes =
        |gauge: &Gauge| row(gauge, &pieces, LATER).notes.of(parcelgauge::outcome::Term::PROMISE_MOVED_BY_CARRIER);
    assert_eq!((notes(&kpi(ON_TIME)), notes(&together(ON_TIME, &[]))), (2, 1));
}

#[test]
fn durations_and_harms_are_counted_by_the_piece() {
    for figure in ["end_to_end_hours", "lateness_hours", "loss_rate", "damage_rate", "intact_rate"] {
        let unit = Policy::parse("unit", "consignment").unwrap();
        assert!(kpi(figure).with(unit).is_err(), "{figure}");
    }
    does_the_usual(&together(ON_TIME, &[]));
}
