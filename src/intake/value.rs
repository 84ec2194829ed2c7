//! The types of value that a cell's text becomes.

use std::cell::RefCell;
use std::collections::HashSet;
use std::marker::PhantomData;

use chrono::{Datelike, NaiveDate, NaiveTime};
use serde::de::DeserializeOwned;
use serde::de::value::{Error as ValueError, StrDeserializer};

use super::IntakeError;
use super::keys::Keys;
use super::moment::{Format, Moment, read};
use super::plan::{Parse, Scope, Typed};
use super::quarantine::{Fault, Reason, Trouble};
use super::shift::{Shifts, length, unit};
use super::text::Row;
use crate::record::{Duration, Id, Instant, Kind, Promise, RecordError, Text, Zone};

/// How many identifiers of a field are kept to be shared: enough for facilities and regions, little for waybills.
const SHARED_IDS: usize = 4_096;

/// Texts seen before, without their kind, so that this is compiled once.
#[derive(Debug, Default)]
struct Shared {
    last: RefCell<Option<Text>>,
    texts: RefCell<HashSet<Text>>,
}

impl Shared {
    fn find(&self, text: &str) -> Option<Text> {
        if let Some(last) = self.last.borrow().as_ref().filter(|last| last.as_str() == text) {
            return Some(last.clone());
        }
        let found = self.texts.borrow().get(text).cloned()?;
        *self.last.borrow_mut() = Some(found.clone());
        Some(found)
    }

    fn keep(&self, text: Text) {
        let mut texts = self.texts.borrow_mut();
        if texts.len() < SHARED_IDS {
            texts.insert(text.clone());
        }
        *self.last.borrow_mut() = Some(text);
    }
}

/// An identifier or label. Equal texts share their memory, where there are few of them or they follow each other.
#[derive(Debug)]
pub(super) struct IdParse<K> {
    shared: Shared, // of texts that are identifiers
    kind: PhantomData<K>,
}

/// A field that is an identifier or label.
pub(super) type IdPlan<K> = Typed<IdParse<K>>;

impl<K: Kind + Clone> Parse for IdParse<K> {
    type Value = Id<K>;
    const TYPE: &'static str = "an identifier or label";

    fn compile(_: &mut Scope<'_>, _: &mut Keys<'_>) -> Result<Self, IntakeError> {
        Ok(Self { shared: Shared::default(), kind: PhantomData })
    }

    fn parse(&self, text: &str) -> Result<Id<K>, Trouble> {
        if let Some(known) = self.shared.find(text) {
            return Ok(Id::of_valid(known));
        }
        let id = Id::new(text).map_err(|error| Trouble::of(Reason::InvalidId, &error))?;
        self.shared.keep(id.to_text());
        Ok(id)
    }
}

/// An instant.
#[derive(Debug)]
pub(super) struct Time {
    formats: Vec<Format>,
    zone: Zone,
    time_of_day: Option<NaiveTime>,
    shifts: Shifts,
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

/// The formats of a field, else those of the mapping.
fn own_formats(scope: &Scope<'_>, field: &mut Keys<'_>) -> Result<Vec<Format>, IntakeError> {
    Ok(formats(field, "formats")?.unwrap_or_else(|| scope.defaults.formats.to_vec()))
}

/// The time formats under a key, taken apart.
pub(super) fn formats(keys: &mut Keys<'_>, key: &'static str) -> Result<Option<Vec<Format>>, IntakeError> {
    let Some(texts) = keys.texts(key)? else { return Ok(None) };
    let format = |text: &String| {
        Format::compile(text).ok_or_else(|| {
            let remedy = "write it in the letters of strftime, such as \"%d/%m/%Y %H:%M\", or \"unix_ms\"";
            keys.rule(key, format!("`{text}` is no time format"), remedy)
        })
    };
    texts.iter().map(format).collect::<Result<_, _>>().map(Some)
}

/// The zone under a key.
pub(super) fn zone(keys: &mut Keys<'_>, key: &'static str) -> Result<Option<Zone>, IntakeError> {
    let Some(name) = keys.text(key)? else { return Ok(None) };
    let wrong = |error: RecordError| {
        let remedy = format!("write {}; {}", error.allowed, error.remedy);
        keys.rule(key, format!("`{name}` is no zone"), &remedy)
    };
    name.parse().map(Some).map_err(wrong)
}

/// The time of day under a key.
fn time_of_day(keys: &mut Keys<'_>, key: &'static str) -> Result<Option<NaiveTime>, IntakeError> {
    let Some(text) = keys.text(key)? else { return Ok(None) };
    let clock = ["%H:%M", "%H:%M:%S"].iter().find_map(|format| NaiveTime::parse_from_str(text, format).ok());
    match clock {
        Some(_) => Ok(clock),
        None => Err(keys.rule(key, format!("`{text}` is no time of day"), "write it such as \"18:00\"")),
    }
}

impl Parse for Time {
    type Value = Instant;
    const TYPE: &'static str = "a time";

    fn compile(scope: &mut Scope<'_>, field: &mut Keys<'_>) -> Result<Self, IntakeError> {
        Ok(Self {
            formats: own_formats(scope, field)?,
            zone: zone(field, "zone")?.unwrap_or(scope.defaults.zone),
            time_of_day: time_of_day(field, "time_of_day")?,
            shifts: Shifts::read(scope, field)?,
        })
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

    fn finish(&self, at: Instant, row: &Row<'_>) -> Result<Option<Instant>, Fault> {
        self.shifts.move_time(at, row)
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

    fn compile(scope: &mut Scope<'_>, field: &mut Keys<'_>) -> Result<Self, IntakeError> {
        Ok(Self { formats: own_formats(scope, field)? })
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
    day_only: bool, // of a promise written with a time, only its day counts
}

/// A field that is a promise.
pub(super) type PromisePlan = Typed<Promised>;

impl Parse for Promised {
    type Value = Promise;
    const TYPE: &'static str = "a promise";

    fn compile(scope: &mut Scope<'_>, field: &mut Keys<'_>) -> Result<Self, IntakeError> {
        let day_only = field.choice("as", &[("date", ())])?.is_some();
        Ok(Self { time: Time::compile(scope, field)?, day_only })
    }

    fn parse(&self, text: &str) -> Result<Promise, Trouble> {
        match read(text, &self.time.formats) {
            Some(moment) if self.day_only => Ok(moment.date()),
            Some(Moment::Date(date)) if self.time.time_of_day.is_none() => Ok(date),
            Some(moment) => return self.time.instant(moment).map(Promise::By),
            None => Err(Trouble::new(
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

    fn finish(&self, promise: Promise, row: &Row<'_>) -> Result<Option<Promise>, Fault> {
        Ok(match promise {
            Promise::By(at) => self.time.shifts.move_time(at, row)?.map(Promise::By),
            Promise::On(day) => self.time.shifts.move_day(day, row)?.map(Promise::On),
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

    fn compile(_: &mut Scope<'_>, field: &mut Keys<'_>) -> Result<Self, IntakeError> {
        let unknown = if field.path() == "kind" { Reason::UnknownStatus } else { Reason::UnknownValue };
        Ok(Self { unknown, kind: PhantomData })
    }

    fn parse(&self, text: &str) -> Result<T, Trouble> {
        closed(text)
            .map_err(|error| Trouble::new(self.unknown, format!("{error}; map it in the field's table of values")))
    }
}

/// Reads a value of a closed set. The names are those of the records' own serialisation, whose message lists them.
pub(super) fn closed<T: DeserializeOwned>(text: &str) -> Result<T, ValueError> {
    T::deserialize(StrDeserializer::new(text))
}

/// A whole number of at least zero.
#[derive(Debug)]
pub(super) struct Whole;

impl Parse for Whole {
    type Value = u32;
    const TYPE: &'static str = "a whole number";

    fn compile(_: &mut Scope<'_>, _: &mut Keys<'_>) -> Result<Self, IntakeError> {
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
    unit: Option<i64>, // milliseconds
}

impl Parse for Length {
    type Value = Duration;
    const TYPE: &'static str = "a length of time";

    fn compile(_: &mut Scope<'_>, field: &mut Keys<'_>) -> Result<Self, IntakeError> {
        Ok(Self { unit: unit(field)? })
    }

    fn parse(&self, text: &str) -> Result<Duration, Trouble> {
        length(text, self.unit).filter(|&length| length >= Duration::ZERO).ok_or_else(|| {
            let message = "expected a whole number of at least 0 with d, h, m, s or ms behind it, such as 36h, or for \
                           bare numbers such as 7.5 their `unit` in the mapping; correct it";
            Trouble::new(Reason::InvalidNumber, message)
        })
    }
}

/// A truth value.
#[derive(Debug)]
pub(super) struct Flag;

impl Parse for Flag {
    type Value = bool;
    const TYPE: &'static str = "a truth value";

    fn compile(_: &mut Scope<'_>, _: &mut Keys<'_>) -> Result<Self, IntakeError> {
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

    fn compile(_: &mut Scope<'_>, _: &mut Keys<'_>) -> Result<Self, IntakeError> {
        Ok(Self)
    }

    fn parse(&self, text: &str) -> Result<Zone, Trouble> {
        text.parse().map_err(|error| Trouble::of(Reason::UnknownZone, &error))
    }
}
