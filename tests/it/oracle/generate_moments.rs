//! When things happen: few instants, on lines or a millisecond beside them.

use chrono_tz::Tz;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::clock::{DAY, HOUR, MINUTE};

/// Zones of destinations; the first three are reported in.
pub const ZONES: [Tz; 6] = [
    Tz::UTC,
    Tz::Asia__Shanghai,
    Tz::America__Sao_Paulo,
    Tz::America__New_York,
    Tz::Europe__Berlin,
    Tz::America__Havana,
];

/// Hours of UTC at which a day begins in one of the zones, and two at which none does.
const HOURS: [i64; 11] = [0, 2, 3, 4, 5, 10, 12, 16, 20, 22, 23];

/// Instants at which several things happen.
pub const AT_ONE_INSTANT: [i64; 3] = [0, DAY, DAY + 4 * HOUR];

/// Mostly on a line, else a millisecond beside it.
pub fn beside() -> impl Strategy<Value = i64> + Clone {
    prop_oneof![6 => Just(0), 1 => Just(-1), 1 => Just(1)]
}

/// An instant so many days from the base, mostly on a line, else just beside it.
pub fn instant(first: i64, last: i64) -> impl Strategy<Value = i64> + Clone {
    (first..=last, select(&HOURS[..]), beside()).prop_map(|(day, hour, beside)| day * DAY + hour * HOUR + beside)
}

/// An instant that hangs on no other record.
#[derive(Debug, Clone, Copy)]
pub enum Point {
    /// So many milliseconds from the base.
    At(i64),
    /// On a line that the choices draw, or so many milliseconds beside it.
    OnLine(Index, i64),
}

/// An instant so many days from the base, or one on a line.
pub fn point(first: i64, last: i64) -> impl Strategy<Value = Point> + Clone {
    let on_line = (any::<Index>(), beside()).prop_map(|(line, beside)| Point::OnLine(line, beside));
    prop_oneof![3 => instant(first, last).prop_map(Point::At), 1 => on_line]
}

/// When something happened: somewhere, or on a line that another record draws.
#[derive(Debug, Clone, Copy)]
pub enum Moment {
    At(Point),
    FromCollection(i64),
    FromPromise(i64),
    /// From the scan before it.
    FromLast(i64),
}

/// Any moment.
pub fn moment() -> impl Strategy<Value = Moment> + Clone {
    let three_days = 3 * DAY;
    let around = vec![-DAY - 1, -DAY, -DAY + 1, -HOUR, -1, 0, 1, 30 * MINUTE];
    let limits = vec![HOUR, DAY, DAY + 1, three_days - 1, three_days, three_days + 1];
    let from_collection = select([around, limits].concat());
    let from_promise = select(vec![-DAY, -30 * MINUTE, -1, 0, 1, 15 * MINUTE, 15 * MINUTE + 1, HOUR, DAY]);
    prop_oneof![
        3 => point(0, 9).prop_map(Moment::At),
        2 => from_collection.prop_map(Moment::FromCollection),
        3 => from_promise.prop_map(Moment::FromPromise),
        3 => after().prop_map(Moment::FromLast),
    ]
}

/// How long after the scan before it: on the half hour of attempts, on a plan, beside them.
pub fn after() -> impl Strategy<Value = i64> + Clone {
    let half_hour = 30 * MINUTE;
    select(vec![0, 1, half_hour - 1, half_hour, half_hour + 1, HOUR - 1, HOUR, HOUR + 1, 6 * HOUR, DAY])
}

/// How long after it happened something was recorded, if that is known.
pub fn recorded() -> impl Strategy<Value = Option<i64>> + Clone {
    let early = select(vec![-3 * DAY, -6 * HOUR, -5 * MINUTE - 1, -5 * MINUTE, -MINUTE, -1]);
    let late = select(vec![0, 1, 15 * MINUTE, HOUR, HOUR, HOUR + 1, DAY, 4 * DAY]);
    prop_oneof![4 => Just(None), 2 => early.prop_map(Some), 3 => late.prop_map(Some)]
}

/// How long after its scan a sound clock recorded it, if that is known.
pub fn recorded_soundly() -> impl Strategy<Value = Option<i64>> + Clone {
    weighted(0.5, select(vec![-5 * MINUTE, 0, 1, HOUR, HOUR + 1, DAY]))
}
