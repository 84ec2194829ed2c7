//! Folds are a commutative monoid; rows may come in any order and any split; windows and roll-ups are merges.

use parcelgauge::cube::{Dimension, Fold, Plan, Scorecard};
use parcelgauge::fact::History;
use parcelgauge::kpi::Gauge;
use parcelgauge::record::{Records, Window};

use super::groups::{dimensions, kept_for};
use super::{Finding, Kept, Law, fold, hold, merged, part_of, plan, same, same_lines, window};
use crate::arbitrary::Case;

pub const MONOID: Law = Law { name: "monoid", check: monoid };
pub const ANY_SPLIT: Law = Law { name: "any split", check: any_split };
pub const ANY_ORDER: Law = Law { name: "any order", check: any_order };
pub const ROLL_UP: Law = Law { name: "roll-up", check: roll_up };
pub const WINDOWS_ARE_MERGES: Law = Law { name: "windows are merges", check: windows_are_merges };

#[test]
fn folds_are_a_commutative_monoid() {
    hold(&MONOID);
}

#[test]
fn any_split_gives_the_same_bytes() {
    hold(&ANY_SPLIT);
}

#[test]
fn any_order_gives_the_same_bytes() {
    hold(&ANY_ORDER);
}

#[test]
fn rolling_up_is_folding_without_the_dimension() {
    hold(&ROLL_UP);
}

#[test]
fn any_window_is_the_merge_of_its_days() {
    hold(&WINDOWS_ARE_MERGES);
}

/// Splits records by waybill or source partition; rows that became no record stay with the first part.
pub fn split(records: &Records, kept: Kept, seed: u64, parts: u64) -> Vec<Records> {
    let mut split: Vec<Records> = (0..parts).map(|_| Records::supplying(records.kinds().iter())).collect();
    split[0].set_aside = records.set_aside.clone();
    let part = |waybill: Option<&_>, id: &str| part_of(waybill, id, kept, seed, parts);
    for row in &records.waybills {
        split[part(Some(&row.key), "")].waybills.push(row.clone());
    }
    for row in &records.events {
        split[part(Some(&row.waybill), "")].events.push(row.clone());
    }
    for row in &records.complaints {
        split[part(row.waybill.as_ref(), row.id.as_str())].complaints.push(row.clone());
    }
    for row in &records.claims {
        split[part(row.waybill.as_ref(), row.id.as_str())].claims.push(row.clone());
    }
    for row in &records.ratings {
        split[part(row.waybill.as_ref(), row.id.as_str())].ratings.push(row.clone());
    }
    split
}

fn folds_of_parts(case: &Case, plan: &Plan, kept: Kept, parts: u64) -> Vec<Fold> {
    let history = History::of(&case.records);
    split(&case.records, kept, case.seed, parts)
        .iter()
        .map(|part| Fold::of(part, plan, plan.window(), &case.context, Some(&history)))
        .collect()
}

fn monoid(case: &Case, gauges: &[Gauge]) -> Finding {
    let plan = plan(gauges, window(case)).by(dimensions(case));
    let parts = folds_of_parts(case, &plan, Kept::Waybills, 3);
    let [a, b, c] = [&parts[0], &parts[1], &parts[2]];
    let empty = Fold::empty(&plan, plan.window());
    let same = |what, ours: &Fold, theirs: &Fold| same(what, ours, theirs, &plan, &case.context);
    same("e ∪ a = a", &merged([a], &plan), a)?;
    same("a ∪ e = a", &merged([a, &empty], &plan), a)?;
    same("a ∪ b = b ∪ a", &merged([a, b], &plan), &merged([b, a], &plan))?;
    let from_the_left = merged([&merged([a, b], &plan), c], &plan);
    let from_the_right = merged([a, &merged([b, c], &plan)], &plan);
    same("(a ∪ b) ∪ c = a ∪ (b ∪ c)", &from_the_left, &from_the_right)
}

fn any_split(case: &Case, gauges: &[Gauge]) -> Finding {
    let case = &case.with_one_home_an_id();
    for kept in [Kept::Waybills, Kept::Partitions] {
        let kept_for = |gauge: &&Gauge| Kept::of(gauge).max(kept_for(case)) == kept;
        let gauges: Vec<Gauge> = gauges.iter().filter(kept_for).cloned().collect();
        if gauges.is_empty() {
            continue; // nothing but the dimensions, and these may need more to be kept together
        }
        let plan = plan(&gauges, window(case)).by(dimensions(case));
        let whole = fold(&case.records, &plan, &case.context);
        let parts = folds_of_parts(case, &plan, kept, 1 + case.seed % 5);
        same("parts, merged", &merged(&parts, &plan), &whole, &plan, &case.context)?;
        same("parts, merged backwards", &merged(parts.iter().rev(), &plan), &whole, &plan, &case.context)?;
    }
    Ok(())
}

/// Puts rows into an order of the seed's choosing.
pub fn shuffle<T>(rows: &mut [T], seed: u64) {
    let mut state = seed | 1;
    for place in (1..rows.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        rows.swap(place, (state >> 33) as usize % (place + 1));
    }
}

/// The same records in another order.
pub fn shuffled(records: &Records, seed: u64) -> Records {
    let mut records = records.clone();
    shuffle(&mut records.waybills, seed);
    shuffle(&mut records.events, seed ^ 1);
    shuffle(&mut records.complaints, seed ^ 2);
    shuffle(&mut records.claims, seed ^ 3);
    shuffle(&mut records.ratings, seed ^ 4);
    records.claims.iter_mut().for_each(|claim| shuffle(&mut claim.payments, seed ^ 5));
    records.waybills.iter_mut().for_each(|waybill| shuffle(&mut waybill.promise_moves, seed ^ 6));
    records
}

fn any_order(case: &Case, gauges: &[Gauge]) -> Finding {
    let plan = plan(gauges, window(case)).by(dimensions(case));
    // Lists inside a row are part of it: two rows that list the same in another order are unlike rows. So each row's
    // lists keep their order where rows of one id stand side by side.
    let mut other = shuffled(&case.records, case.seed);
    other.claims = case.records.claims.clone();
    shuffle(&mut other.claims, case.seed ^ 3);
    other.waybills = case.records.waybills.clone();
    shuffle(&mut other.waybills, case.seed);
    let [ours, theirs] = [&other, &case.records].map(|records| Scorecard::measure(records, &plan, &case.context));
    same_lines("shuffled", &ours.to_json(), &theirs.to_json())?;
    let [ours, theirs] = [&other, &case.records].map(|records| fold(records, &plan, &case.context));
    same("shuffled", &ours, &theirs, &plan, &case.context)
}

fn roll_up(case: &Case, gauges: &[Gauge]) -> Finding {
    let outcome: Dimension = "on_time_delivery_rate:maturity=provisional".parse().expect("a dimension");
    let plain = [Dimension::DestinationRegion, Dimension::Lane, Dimension::Product];
    let fine = plan(gauges, window(case)).by(plain.into_iter().chain([outcome.clone()]));
    let folded = fold(&case.records, &fine, &case.context);
    for kept in [&[][..], &[Dimension::Product, outcome], &[Dimension::Product, Dimension::Lane]] {
        let coarse = fine.clone().by(kept.iter().cloned());
        let rolled = folded.roll_up(&fine, kept).expect("dimensions of the plan");
        same("rolled up", &rolled, &fold(&case.records, &coarse, &case.context), &coarse, &case.context)?;
    }
    Ok(())
}

fn windows_are_merges(case: &Case, gauges: &[Gauge]) -> Finding {
    let plan = |window| plan(gauges, window).by(dimensions(case));
    let days = fold(&case.records, &plan(Window::Day), &case.context);
    for window in Window::ALL_LENGTHS {
        let plan = plan(window);
        let direct = fold(&case.records, &plan, &case.context);
        same(window.name(), &merged([&days], &plan), &direct, &plan, &case.context)?;
    }
    Ok(())
}
