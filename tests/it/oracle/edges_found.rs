//! What the oracle found where the crate and the specification differed, one case each.

use parcelgauge::record::{NodeKind, Records};

use super::choices::{Choices, Volume};
use super::clock;
use super::edges::{millis, row, trip, verdict};
use crate::support::at;

const COLLECTED: (NodeKind, &str) = (NodeKind::Collected, "2026-10-01T08:00:00Z");

#[test]
fn a_parcel_declared_lost_is_lost_though_the_clock_of_the_scan_runs_ahead() {
    let mut records = trip(None, &[COLLECTED, (NodeKind::Lost, "2026-12-05T08:00:00Z")]);
    records.events[1].recorded_at = Some(at("2026-11-15T08:00:00Z"));
    let horizon = millis("2026-11-15T08:00:00Z");
    assert_eq!(verdict(&records, &Choices::at(horizon), "loss_rate"), "hit");
    assert_eq!(verdict(&records, &Choices::at(horizon - 1), "loss_rate"), "open"); // nobody knows yet
    // Known, though undecided: a provisional figure counts it as lost.
    let provisional = Choices { provisional: true, horizon: 60 * clock::DAY, ..Choices::at(horizon) };
    assert_eq!(verdict(&records, &provisional, "loss_rate"), "hit");
    assert_eq!(verdict(&records, &Choices { provisional: false, ..provisional }, "loss_rate"), "open");
}

#[test]
fn handling_at_the_instant_of_the_return_is_not_on_the_way_back() {
    let held = |offset: Option<i64>| -> Records {
        let returned = (NodeKind::Returned, "2026-10-03T08:00:00Z");
        let mut records = trip(None, &[COLLECTED, (NodeKind::Delivered, "2026-10-02T08:00:00Z"), returned]);
        if let Some(offset) = offset {
            let mut held = records.events[2].clone();
            held.kind = NodeKind::Held;
            held.occurred_at = clock::instant(millis(returned.1) + offset);
            records.events.push(held);
        }
        records
    };
    let accuracy = |offset| {
        let late = Choices::at(millis("2026-12-01T00:00:00Z"));
        verdict(&held(offset), &late, "tracking_accuracy_rate")
    };
    assert_eq!(accuracy(None), "hit"); // the return itself may follow
    assert_eq!(accuracy(Some(0)), "miss"); // handled after completion
    assert_eq!(accuracy(Some(1)), "hit");
}

#[test]
fn a_count_of_pieces_shows_no_age() {
    let records = trip(None, &[COLLECTED]);
    let choices = Choices { volume: Volume::Completed, ..Choices::at(millis("2026-10-02T08:00:00Z")) };
    let row = row(&records, &choices, "shipment_volume");
    assert_eq!((row.open, row.open_mean_age), (1, None));
}
