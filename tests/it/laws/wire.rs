//! Bytes: what is read is what was written, and damage is an error or another state, never a panic or a silent change.

use parcelgauge::cube::{Fold, Plan, Scorecard};
use parcelgauge::fact::Context;
use parcelgauge::kpi::Gauge;
use proptest::test_runner::TestCaseError;

use super::{Finding, Law, dimensions, fold, hold, merged, plan, same, window};
use crate::arbitrary::Case;

pub const ROUND_TRIP: Law = Law { name: "round trip", check: round_trip };
pub const DAMAGE: Law = Law { name: "damage", check: damage };

#[test]
fn folds_come_back_from_their_bytes() {
    hold(&ROUND_TRIP);
}

#[test]
fn damaged_bytes_are_refused_or_mean_what_they_say() {
    hold(&DAMAGE);
}

fn round_trip(case: &Case, gauges: &[Gauge]) -> Finding {
    let plan = plan(gauges, window(case)).by(dimensions(case));
    let folded = fold(&case.records, &plan, &case.context);
    let read = Fold::decode(&folded.encode(&plan), &plan).map_err(|error| TestCaseError::fail(error.to_string()))?;
    same("read back", &read, &folded, &plan, &case.context)?;
    same(
        "read back and merged",
        &merged([&read, &read], &plan),
        &merged([&folded, &folded], &plan),
        &plan,
        &case.context,
    )
}

/// Reads damaged bytes and does with the result what a program would do.
fn survives(bytes: &[u8], plan: &Plan, context: &Context) -> Finding {
    let Ok(read) = Fold::decode(bytes, plan) else { return Ok(()) };
    if read.encode(plan) != bytes {
        return Err(TestCaseError::fail(format!("{bytes:?} read as what is written otherwise")));
    }
    let _ = Scorecard::of(&merged([&read, &read], plan), plan, context).to_json();
    Ok(())
}

fn damage(case: &Case, gauges: &[Gauge]) -> Finding {
    let mut state = case.seed | 1;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    for gauge in gauges {
        let plan = plan(std::slice::from_ref(gauge), window(case)).by(dimensions(case));
        let bytes = fold(&case.records, &plan, &case.context).encode(&plan);
        for _ in 0..4 {
            survives(&bytes[..random(bytes.len())], &plan, &case.context)?;
            let mut flipped = bytes.clone();
            let place = random(bytes.len());
            flipped[place] ^= 1 << random(8);
            survives(&flipped, &plan, &case.context)?;
            flipped[place] = [0, 1, 2, 3, 0x7f, 0x80, 0xff][random(7)];
            survives(&flipped, &plan, &case.context)?;
            // The greatest numbers there are, in place of one byte.
            let greatest = [&[0xff_u8; 7][..], &[0xff; 9], &[0xff; 18]][random(3)];
            let mut swollen = bytes[..place].to_vec();
            swollen.extend_from_slice(greatest);
            swollen.push(1);
            swollen.extend_from_slice(&bytes[place + 1..]);
            survives(&swollen, &plan, &case.context)?;
            // Two bytes changed places: entries of a map out of order.
            let mut swapped = bytes.clone();
            swapped.swap(place, random(bytes.len()));
            survives(&swapped, &plan, &case.context)?;
        }
    }
    Ok(())
}
