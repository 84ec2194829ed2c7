//! Times and dates as files write them.

use chrono::format::{Item, Parsed, StrftimeItems};
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime};

/// What a text says of time, before a zone is brought in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    /// A reading of a local clock.
    Local(NaiveDateTime),
    /// A reading with its offset from UTC.
    Offset(DateTime<FixedOffset>),
    /// A day.
    Date(NaiveDate),
}

impl Moment {
    /// The day as it is written.
    pub(super) fn date(self) -> NaiveDate {
        match self {
            Self::Local(local) => local.date(),
            Self::Offset(at) => at.date_naive(),
            Self::Date(date) => date,
        }
    }
}

/// A time format that the mapping names.
#[derive(Debug, Clone)]
pub(super) enum Format {
    /// In the letters of `strftime`, taken apart beforehand.
    Items(Vec<Item<'static>>),
    /// Milliseconds since 1970.
    UnixMillis,
}

impl Format {
    /// Takes a format apart; none where it is not one.
    pub(super) fn compile(text: &str) -> Option<Self> {
        if text == "unix_ms" {
            return Some(Self::UnixMillis);
        }
        let items = StrftimeItems::new(text).parse_to_owned().ok()?;
        items.iter().any(|item| matches!(item, Item::Numeric(..) | Item::Fixed(_))).then_some(Self::Items(items))
    }

    fn read(&self, text: &str) -> Option<Moment> {
        let items = match self {
            Self::UnixMillis => {
                let at = DateTime::from_timestamp_millis(text.parse().ok()?)?;
                return Some(Moment::Offset(at.fixed_offset()));
            }
            Self::Items(items) => items,
        };
        let mut parsed = Parsed::new();
        chrono::format::parse(&mut parsed, text, items.iter()).ok()?;
        if parsed.offset().is_some() {
            return parsed.to_datetime().ok().map(Moment::Offset);
        }
        if let Some(seconds) = parsed.timestamp() {
            return DateTime::from_timestamp(seconds, 0).map(|at| Moment::Offset(at.fixed_offset()));
        }
        match parsed.to_naive_datetime_with_offset(0) {
            Ok(local) => Some(Moment::Local(local)),
            Err(_) if parsed.hour_mod_12().is_none() => parsed.to_naive_date().ok().map(Moment::Date),
            Err(_) => None,
        }
    }
}

/// Reads a text by the first of the formats that fits it.
///
/// Without formats: RFC 3339, then a date and a time to the second or minute, with a space or `T` between, then a date.
pub(super) fn read(text: &str, formats: &[Format]) -> Option<Moment> {
    if formats.is_empty() { usual(text) } else { formats.iter().find_map(|format| format.read(text)) }
}

fn usual(text: &str) -> Option<Moment> {
    let bytes = text.as_bytes();
    let date = || {
        let (year, month, day) = (digits(bytes, 0, 4)?, digits(bytes, 5, 2)?, digits(bytes, 8, 2)?);
        let parted = bytes.get(4) == Some(&b'-') && bytes.get(7) == Some(&b'-');
        if parted { NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day) } else { None }
    };
    if bytes.len() == 10 {
        return date().map(Moment::Date);
    }
    let time = |second: u32, nano: u32| {
        let (hour, minute) = (digits(bytes, 11, 2)?, digits(bytes, 14, 2)?);
        let parted = matches!(bytes.get(10), Some(b' ' | b'T')) && bytes.get(13) == Some(&b':');
        if parted { date()?.and_hms_nano_opt(hour, minute, second, nano).map(Moment::Local) } else { None }
    };
    match bytes.len() {
        16 => time(0, 0),
        19 if bytes.get(16) == Some(&b':') => time(digits(bytes, 17, 2)?, 0),
        21..=29 if bytes.get(19) == Some(&b'.') && bytes[20..].iter().all(u8::is_ascii_digit) => {
            let places = bytes.len() - 20;
            let nano = digits(bytes, 20, places)? * 10_u32.pow(9 - places as u32);
            if bytes.get(16) == Some(&b':') { time(digits(bytes, 17, 2)?, nano) } else { None }
        }
        _ => DateTime::parse_from_rfc3339(text).ok().map(Moment::Offset),
    }
}

fn digits(bytes: &[u8], from: usize, count: usize) -> Option<u32> {
    bytes
        .get(from..from + count)?
        .iter()
        .try_fold(0_u32, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, formats: &[&str]) -> Option<String> {
        let formats: Vec<Format> = formats.iter().map(|format| Format::compile(format).unwrap()).collect();
        read(text, &formats).map(|moment| match moment {
            Moment::Local(local) => format!("local {local}"),
            Moment::Offset(at) => format!("offset {at}"),
            Moment::Date(date) => format!("date {date}"),
        })
    }

    #[test]
    fn usual_ways_of_writing() {
        for (text, meaning) in [
            ("2026-10-01", "date 2026-10-01"),
            ("2026-10-01 08:05", "local 2026-10-01 08:05:00"),
            ("2026-10-01 08:05:09", "local 2026-10-01 08:05:09"),
            ("2026-10-01T08:05:09", "local 2026-10-01 08:05:09"),
            ("2026-10-01 08:05:09.5", "local 2026-10-01 08:05:09.500"),
            ("2026-10-01 08:05:09.123456789", "local 2026-10-01 08:05:09.123456789"),
            ("2026-10-01T08:05:09Z", "offset 2026-10-01 08:05:09 +00:00"),
            ("2026-10-01T08:05:09.25+08:00", "offset 2026-10-01 08:05:09.250 +08:00"),
        ] {
            assert_eq!(shown(text, &[]).as_deref(), Some(meaning), "{text}");
        }
        for text in [
            "",
            "-",
            "2026-13-01",
            "2026-02-30",
            "2026-10-01 24:00:00",
            "2026-10-01 08:05:61",
            "2026-10-01 08:05:09.",
            "2026-10-01 08:05:09.1234567890",
            "2026-10-01x08:05:09",
            "2026/10/01",
            "2026-10-01 08-05",
            "٢٠٢٦-١٠-٠١",
            " 2026-10-01",
        ] {
            assert_eq!(shown(text, &[]), None, "{text}");
        }
    }

    #[test]
    fn named_formats_in_turn() {
        assert_eq!(shown("01/10/2026 8:05", &["%d/%m/%Y %H:%M"]).as_deref(), Some("local 2026-10-01 08:05:00"));
        assert_eq!(shown("01/10/2026", &["%d/%m/%Y %H:%M", "%d/%m/%Y"]).as_deref(), Some("date 2026-10-01"));
        assert_eq!(
            shown("20261001 080509 +0800", &["%Y%m%d %H%M%S %z"]).as_deref(),
            Some("offset 2026-10-01 08:05:09 +08:00")
        );
        assert_eq!(shown("0", &["%s"]).as_deref(), Some("offset 1970-01-01 00:00:00 +00:00"));
        assert_eq!(shown("1500", &["unix_ms"]).as_deref(), Some("offset 1970-01-01 00:00:01.500 +00:00"));
        assert_eq!(shown("2026-10-01", &["%d/%m/%Y"]), None);
        assert_eq!(shown("2026-10-01 08", &["%Y-%m-%d %H"]), None);
        assert!(Format::compile("%Q").is_none() && Format::compile("plain").is_none());
    }
}
