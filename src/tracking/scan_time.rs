//! When a scan was made, from what was told of it.

use super::{MissingTime, ScanFault, ToldTime};
use crate::record::{Instant, Zone};

use chrono::{MappedLocalTime, NaiveTime, TimeZone};

/// The instant of a told time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) at: Instant,
    /// The zone word told with it is none of those known, and the intake's zone stood in.
    pub(super) unknown_zone: bool,
}

/// Whole seconds east of UTC, by RFC 5322 §4.3. `CST` is that of America; whoever means another gives an IANA name.
fn seconds_east(word: &str) -> Option<i32> {
    let hours = match word {
        "UT" | "UTC" | "GMT" | "Z" => 0,
        "EDT" => -4,
        "EST" | "CDT" => -5,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        _ => return None,
    };
    Some(hours * 3_600)
}

pub(super) fn instant(
    told: ToldTime,
    word: Option<&str>,
    zone: Zone,
    missing: MissingTime,
) -> Result<Found, ScanFault> {
    let time = match (told.time, missing) {
        (Some(time), _) => time,
        (None, MissingTime::DayStart) => NaiveTime::MIN,
        (None, MissingTime::SetAside) => return Err(ScanFault::MissingTime),
    };
    let local = told.day.and_time(time);
    let by_offset = |seconds: i32| {
        let millis = local.and_utc().timestamp_millis() - i64::from(seconds) * 1_000;
        Instant::from_millis(millis).map_err(|_| ScanFault::InvalidTime)
    };
    if let Some(seconds) = told.offset.or_else(|| word.and_then(seconds_east)) {
        return Ok(Found { at: by_offset(seconds)?, unknown_zone: false });
    }
    let named = word.and_then(|word| word.parse::<Zone>().ok());
    let in_zone = named.unwrap_or(zone);
    let tz: chrono_tz::Tz = in_zone.name().parse().map_err(|_| ScanFault::InvalidTime)?;
    let at = match tz.from_local_datetime(&local) {
        MappedLocalTime::Single(at) | MappedLocalTime::Ambiguous(at, _) => at,
        MappedLocalTime::None if told.time.is_none() => {
            return Ok(Found { at: in_zone.start_of(told.day), unknown_zone: word.is_some() && named.is_none() });
        }
        MappedLocalTime::None => return Err(ScanFault::NonexistentLocalTime),
    };
    let at = Instant::try_from(at.to_utc()).map_err(|_| ScanFault::InvalidTime)?;
    Ok(Found { at, unknown_zone: word.is_some() && named.is_none() })
}
