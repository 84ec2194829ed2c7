//! The types of value that a cell's text becomes.

use std::cell::RefCell;
use std::collections::HashMap;
use std::marker::PhantomData;

use chrono::{Datelike, NaiveDate, NaiveTime};
use rust_decimal::Decimal;
use serde::de::DeserializeOwned;
use serde::de::value::{Error as ValueError, StrDeserializer};

use super::IntakeError;
use super::moment::{Format, Moment, read};
use super::plan::{Parse, Scope, Typed};
use super::quarantine::{Reason, Trouble};
use super::source::{Field, LengthUnit, ReadAs};
use crate::record::{Duration, Id, Instant, Kind, Promise, Zone};

/// How many identifiers of a field are kept to be shared: enough for facilities and regions, little for waybills.
const SHARED_IDS: usize = 4_096;

/// An identifier or label. Equal texts share their memory, where there are few of them or they follow each other.
#[derive(Debug)]
pub(super) struct IdParse<K> {
    last: RefCell<Option<Id<K>>>,
    shared: RefCell<HashMap<Box<str>, Id<K>>>,
}

/// A field that is an identifier or label.
pub(super) type IdPlan<K> = Typed<IdParse<K>>;

impl<K: Kind + Clone> Parse for IdParse<K> {
    type Value = Id<K>;
    const TYPE: &'static str = "an identifier or label";
    const OPTIONS: &'static [&'static str] = &[];

    fn compile(_: &Scope<'_>, _: &str, _: &Field) -> Result<Self, IntakeError> {
        Ok(Self { last: RefCell::default(), shared: RefCell::default() })
    }

    fn parse(&self, text: &str) -> Result<Id<K>, Trouble> {
        if let Some(last) = self.last.borrow().as_ref().filter(|last| last.as_str() == text) {
            return Ok(last.clone());
        }
        let mut shared = self.shared.borrow_mut();
        let id = match shared.get(text) {
            Some(id) => id.clone(),
            None => {
                let id = Id::new(text).map_err(|error| Trouble::of(Reason::InvalidId, &error))?;
                if shared.len() < SHARED_IDS {
                    shared.insert(text.into(), id.clone());
                }
                id
            }
        };
        *self.last.borrow_mut() = Some(id.clone());
        Ok(id)
    }
}

/// An instant.
#[derive(Debug)]
pub(super) struct Time {
    formats: Vec<Format>,
    zone: Zone,
    time_of_day: Option<NaiveTime>,
}

/// A field that is an instant.
pub(super) type TimePlan = Typed<Time>;

impl Time {
    fn instant(&self, moment: Moment) -> Result<Instant, Trouble> {
        let out_of_range = || Trouble::new(Reason::InvalidTime, "expected a time of the years 1 to 9999; correct it");
        let local = match moment {
            Moment::Offset(at) => return Instant::from_millis(at.timestamp_millis()).map_err(|_| out_of_range()),
            Moment::Local(local) => local,
            Moment::Date(date) => match self.time_of_day {
                Some(NaiveTime::MIN) if in_range(date) => return Ok(self.zone.start_of(date)),
                Some(time) => date.and_time(time),
                None => {
                    let message = "expected a time, found a date; say with time_of_day at which time of the day it is \
                                   to stand";
                    return Err(Trouble::new(Reason::InvalidTime, message));
                }
            },
        };
        if !in_range(local.date()) {
            return Err(out_of_range());
        }
        self.zone.instant_of(local).ok_or_else(|| {
            let message = format!(
                "the clocks of {} jumped over this time; the times may be of another zone: name it in the mapping",
                self.zone
            );
            Trouble::new(Reason::NonexistentLocalTime, message)
        })
    }

    /// The day of an instant in this field's zone.
    pub(super) fn date_of(&self, instant: Instant) -> NaiveDate {
        self.zone.date_of(instant)
    }
}

fn in_range(date: NaiveDate) -> bool {
    (1..=9999).contains(&date.year())
}

fn formats(scope: &Scope<'_>, name: &str, field: &Field) -> Result<Vec<Format>, IntakeError> {
    match &field.formats {
        None => Ok(scope.defaults.formats.clone()),
        Some(texts) => {
            compile_formats(texts).map_err(|text| scope.rule(name, format!("`{text}` is no time format"), FORMATS))
        }
    }
}

/// What a time format looks like.
pub(super) const FORMATS: &str = "write it in the letters of strftime, such as \"%d/%m/%Y %H:%M\", or \"unix_ms\"";

/// Formats taken apart, or the first text that is none.
pub(super) fn compile_formats(texts: &[String]) -> Result<Vec<Format>, String> {
    texts.iter().map(|text| Format::compile(text).ok_or_else(|| text.clone())).collect()
}

impl Parse for Time {
    type Value = Instant;
    const TYPE: &'static str = "a time";
    const OPTIONS: &'static [&'static str] = &["formats", "zone", "time_of_day"];

    fn compile(scope: &Scope<'_>, name: &str, field: &Field) -> Result<Self, IntakeError> {
        let zone = field.zone.unwrap_or(scope.defaults.zone);
        Ok(Self { formats: formats(scope, name, field)?, zone, time_of_day: field.time_of_day })
    }

    fn parse(&self, text: &str) -> Result<Instant, Trouble> {
        match read(text, &self.formats) {
            Some(moment) => self.instant(moment),
            None => {
                let message = if self.formats.is_empty() {
                    "expected a time such as 2026-10-01 08:00:00 or 2026-10-01T08:00:00+08:00; name another way of \
                     writing with `formats`"
                } else {
                    "none of the mapping's time formats fits; add the one that does"
                };
                Err(Trouble::new(Reason::InvalidTime, message))
            }
        }
    }
}

/// A day, as it is written: no zone is brought in.
#[derive(Debug)]
pub(super) struct Day {
    formats: Vec<Format>,
}

/// A field that is a day.
pub(super) type DayPlan = Typed<Day>;

impl Parse for Day {
    type Value = NaiveDate;
    const TYPE: &'static str = "a date";
    const OPTIONS: &'static [&'static str] = &["formats"];

    fn compile(scope: &Scope<'_>, name: &str, field: &Field) -> Result<Self, IntakeError> {
        Ok(Self { formats: formats(scope, name, field)? })
    }

    fn parse(&self, text: &str) -> Result<NaiveDate, Trouble> {
        read(text, &self.formats).map(Moment::date).filter(|&date| in_range(date)).ok_or_else(|| {
            let message = "expected a date of the years 1 to 9999 such as 2026-10-01, with or without a time; name \
                           another way of writing with `formats`";
            Trouble::new(Reason::InvalidDate, message)
        })
    }
}

/// A promise: a date without a time is a promised day.
#[derive(Debug)]
pub(super) struct Promised {
    time: Time,
    read_as: Option<ReadAs>,
}

/// A field that is a promise.
pub(super) type PromisePlan = Typed<Promised>;

impl Parse for Promised {
    type Value = Promise;
    const TYPE: &'static str = "a promise";
    const OPTIONS: &'static [&'static str] = &["formats", "zone", "time_of_day", "as"];

    fn compile(scope: &Scope<'_>, name: &str, field: &Field) -> Result<Self, IntakeError> {
        Ok(Self { time: Time::compile(scope, name, field)?, read_as: field.read_as })
    }

    fn parse(&self, text: &str) -> Result<Promise, Trouble> {
        match (read(text, &self.time.formats), self.read_as) {
            (Some(moment), Some(ReadAs::Date)) => Ok(moment.date()),
            (Some(Moment::Date(date)), None) if self.time.time_of_day.is_none() => Ok(date),
            (Some(moment), None) => return self.time.instant(moment).map(Promise::By),
            (None, _) => Err(Trouble::new(
                Reason::InvalidTime,
                "expected a date or a time such as 2026-10-01 18:00; name another way of writing with `formats`",
            )),
        }
        .and_then(|date| {
            if in_range(date) {
                Ok(Promise::On(date))
            } else {
                Err(Trouble::new(Reason::InvalidDate, "expected a date of the years 1 to 9999; correct it"))
            }
        })
    }
}

/// A value of a closed set, by its name in this crate.
#[derive(Debug)]
pub(super) struct Closed<T> {
    unknown: Reason,
    kind: PhantomData<T>,
}

/// A field whose values are a closed set.
pub(super) type ClosedPlan<T> = Typed<Closed<T>>;

impl<T: DeserializeOwned> Parse for Closed<T> {
    type Value = T;
    const TYPE: &'static str = "a value of the closed set";
    const OPTIONS: &'static [&'static str] = &[];

    fn compile(_: &Scope<'_>, name: &str, _: &Field) -> Result<Self, IntakeError> {
        let unknown = if name == "kind" { Reason::UnknownStatus } else { Reason::UnknownValue };
        Ok(Self { unknown, kind: PhantomData })
    }

    fn parse(&self, text: &str) -> Result<T, Trouble> {
        // The names are those of the records' own serialisation, whose message lists them.
        T::deserialize(StrDeserializer::<ValueError>::new(text))
            .map_err(|error| Trouble::new(self.unknown, format!("{error}; map it in the field's table of values")))
    }
}

/// A whole number of at least zero.
#[derive(Debug)]
pub(super) struct Whole;

impl Parse for Whole {
    type Value = u32;
    const TYPE: &'static str = "a whole number";
    const OPTIONS: &'static [&'static str] = &[];

    fn compile(_: &Scope<'_>, _: &str, _: &Field) -> Result<Self, IntakeError> {
        Ok(Self)
    }

    fn parse(&self, text: &str) -> Result<u32, Trouble> {
        // "300.0" is what a table library makes of a whole number in a column with gaps.
        let whole = text.split_once('.').filter(|(_, rest)| rest.bytes().all(|b| b == b'0')).map_or(text, |(w, _)| w);
        whole.parse().map_err(|_| {
            Trouble::new(Reason::InvalidNumber, "expected a whole number from 0 to 4294967295; correct it")
        })
    }
}

/// A length of time that is not negative: a whole number with its unit behind it, or a number of the field's unit.
#[derive(Debug)]
pub(super) struct Length {
    unit: Option<LengthUnit>,
}

impl Parse for Length {
    type Value = Duration;
    const TYPE: &'static str = "a length of time";
    const OPTIONS: &'static [&'static str] = &["unit"];

    fn compile(_: &Scope<'_>, _: &str, field: &Field) -> Result<Self, IntakeError> {
        Ok(Self { unit: field.unit })
    }

    fn parse(&self, text: &str) -> Result<Duration, Trouble> {
        let written = text.parse().ok().or_else(|| self.unit.and_then(|unit| bare_length(text, unit)));
        written.filter(|&length| length >= Duration::ZERO).ok_or_else(|| {
            let message = "expected a whole number of at least 0 with d, h, m, s or ms behind it, such as 36h, or for \
                           bare numbers such as 7.5 their `unit` in the mapping; correct it";
            Trouble::new(Reason::InvalidNumber, message)
        })
    }
}

/// A number of units that comes to whole milliseconds.
fn bare_length(text: &str, unit: LengthUnit) -> Option<Duration> {
    let millis = Decimal::from_str_exact(text).ok()?.checked_mul(unit.millis().into())?;
    let whole = i64::try_from(millis.trunc()).ok().filter(|_| millis.fract().is_zero())?;
    // The range of a length that is written with its unit.
    format!("{whole}ms").parse().ok()
}

/// A truth value.
#[derive(Debug)]
pub(super) struct Flag;

impl Parse for Flag {
    type Value = bool;
    const TYPE: &'static str = "a truth value";
    const OPTIONS: &'static [&'static str] = &[];

    fn compile(_: &Scope<'_>, _: &str, _: &Field) -> Result<Self, IntakeError> {
        Ok(Self)
    }

    fn parse(&self, text: &str) -> Result<bool, Trouble> {
        match text {
            "true" | "True" | "TRUE" | "1" | "yes" => Ok(true),
            "false" | "False" | "FALSE" | "0" | "no" => Ok(false),
            _ => {
                let message = "expected true or false, 1 or 0, yes or no; map it in the field's table of values";
                Err(Trouble::new(Reason::UnknownValue, message))
            }
        }
    }
}

/// A zone's name.
#[derive(Debug)]
pub(super) struct ZoneName;

impl Parse for ZoneName {
    type Value = Zone;
    const TYPE: &'static str = "a zone";
    const OPTIONS: &'static [&'static str] = &[];

    fn compile(_: &Scope<'_>, _: &str, _: &Field) -> Result<Self, IntakeError> {
        Ok(Self)
    }

    fn parse(&self, text: &str) -> Result<Zone, Trouble> {
        text.parse().map_err(|error| Trouble::of(Reason::UnknownZone, &error))
    }
}
