//! Many of one thing: what grew with the square of them would not end here.

use parcelgauge::fact::{Context, Facts};
use parcelgauge::record::{CourierId, Duration, FacilityId, Instant, NodeEvent, NodeKind, Records};

use crate::support::{at, day, key, waybill};

const MANY: i32 = 100_000;

fn minutes_after(start: Instant, minutes: i32) -> Instant {
    start.saturating_add(Duration::from_minutes(minutes))
}

#[test]
fn failed_attempts_of_many_couriers_on_one_waybill() {
    let mut records = Records::default();
    records.waybills.push(waybill("A", day(3, 1)));
    let start = at("2026-03-01T00:00:00Z");
    for number in 0..MANY {
        // Each courier twice: a group opened by another in between goes on, and 30 minutes after its opener it is over.
        for (minutes, courier) in [(number, number), (number + 29, number), (number + 30, number)] {
            let mut event = NodeEvent::new(key("A", day(3, 1)), NodeKind::AttemptFailed, minutes_after(start, minutes));
            event.courier = Some(CourierId::new(format!("courier {courier}")).expect("an id"));
            event.facility = Some(FacilityId::new(format!("site {courier}")).expect("an id"));
            records.events.push(event);
        }
    }
    let facts = Facts::assemble(&records, &Context::at(at("2027-01-01T00:00:00Z")), None);
    assert_eq!(facts.shipments[0].course.failed_attempts, 2 * MANY as u32);
}
