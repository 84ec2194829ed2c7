//! A stranger's file looked at: what stands in each of its columns.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use chrono::{Datelike, NaiveDate, NaiveTime};
use csv::StringRecord;
use rust_decimal::Decimal;

use super::IntakeError;
use super::moment::{Format, Moment, read};
use super::table::Table;

/// How many rows are looked at.
pub(super) const SAMPLE_ROWS: usize = 50_000;

/// Ways of writing times, tried in this order; the usual ones need no format.
const FORMATS: [&str; 26] = [
    "",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
    "%Y.%m.%d %H:%M:%S",
    "%Y.%m.%d",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %I:%M %p",
    "%m/%d/%Y",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y",
    "%d-%m-%Y %H:%M",
    "%d-%m-%Y",
    "%d-%b-%Y",
    "%Y年%m月%d日 %H:%M",
    "%Y年%m月%d日",
    "%Y%m%d%H%M%S",
    "%Y%m%d",
    "%s",
    "unix_ms",
];

/// Texts that stand for nothing.
const NULLS: [&str; 9] = ["NA", "N/A", "NULL", "null", "None", "nan", "NaN", "-", "\\N"];

/// What a column's cells are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nature {
    /// There is nothing in any row.
    Empty,
    /// Times, or days.
    Time(Written),
    /// Whole numbers.
    Whole,
    /// Numbers, some with a fraction.
    Decimal,
    /// Texts.
    Words,
}

/// How times are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) format: &'static str, // empty for the usual ways
    /// Another format that fits every cell as well, as where no day is beyond the 12th.
    pub(super) rival: Option<&'static str>,
    pub(super) days_only: bool,
    pub(super) midnights: bool, // times, all of them at midnight
    pub(super) has_offset: bool,
}

/// One column.
#[derive(Debug)]
pub(super) struct Profile {
    pub(super) name: String,
    pub(super) nature: Nature,
    pub(super) filled: usize,
    /// Unlike texts, ascending.
    pub(super) distinct: Vec<String>,
}

/// A file and its columns.
#[derive(Debug)]
pub(super) struct FileProfile {
    pub(super) delimiter: char,
    pub(super) nulls: Vec<&'static str>,
    pub(super) columns: Vec<Profile>,
    pub(super) rows: usize, // looked at
    cells: Vec<StringRecord>,
}

impl FileProfile {
    /// Looks at the first rows of a file.
    pub(super) fn of(path: &Path) -> Result<Self, IntakeError> {
        let directory = path.parent().unwrap_or(Path::new(""));
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let open = |delimiter: char| Table::open(directory, &file, delimiter as u8, "mapping");
        let (mut delimiter, mut table) = (',', open(',')?);
        for other in [';', '\t', '|'] {
            let candidate = open(other)?;
            if candidate.header.names().len() > table.header.names().len() {
                (delimiter, table) = (other, candidate);
            }
        }
        let names = table.header.names().to_vec();
        let mut cells = Vec::new();
        while cells.len() < SAMPLE_ROWS
            && let Some(line) = table.next_line()?
        {
            cells.extend(line.cells.ok().cloned());
        }
        let nulls: Vec<&str> =
            NULLS.into_iter().filter(|null| cells.iter().any(|row| row.iter().any(|cell| cell == *null))).collect();
        let columns = names.into_iter().enumerate().map(|(place, name)| Profile::of(name, place, &cells, &nulls));
        let mut columns: Vec<Profile> = columns.collect();
        settle_rivals(&mut columns);
        Ok(Self { delimiter, columns, nulls, rows: cells.len(), cells })
    }

    /// How many unlike combinations some columns have.
    pub(super) fn combinations(&self, places: &[usize]) -> usize {
        let hash = |row: &StringRecord| {
            let mut hasher = DefaultHasher::new();
            places.iter().for_each(|&place| row.get(place).hash(&mut hasher));
            hasher.finish()
        };
        self.cells.iter().map(hash).collect::<HashSet<u64>>().len()
    }
}

/// A file writes the day before the month in all of its columns, or in none: one in which the 13th occurs settles it.
fn settle_rivals(columns: &mut [Profile]) {
    let day_first = |format: &str| format.starts_with("%d");
    let settled = columns.iter().find_map(|column| match column.nature {
        Nature::Time(Written { format, rival: None, .. }) if format.starts_with("%d") || format.starts_with("%m") => {
            Some(day_first(format))
        }
        _ => None,
    });
    let Some(settled) = settled else { return };
    for column in columns {
        if let Nature::Time(written) = &mut column.nature
            && let Some(rival) = written.rival.take()
            && day_first(rival) == settled
        {
            written.format = rival;
        }
    }
}

impl Profile {
    fn of(name: String, place: usize, cells: &[StringRecord], nulls: &[&str]) -> Self {
        let texts = || cells.iter().filter_map(|row| row.get(place)).filter(|text| !text.is_empty());
        let texts = || texts().filter(|text| !nulls.contains(text));
        let mut distinct: Vec<&str> = texts().collect::<HashSet<_>>().into_iter().collect();
        distinct.sort_unstable();
        let nature = nature(&distinct);
        let distinct = distinct.into_iter().map(str::to_owned).collect();
        Self { name, nature, filled: texts().count(), distinct }
    }
}

fn nature(distinct: &[&str]) -> Nature {
    if distinct.is_empty() {
        return Nature::Empty;
    }
    if let Some(written) = written(distinct) {
        return Nature::Time(written);
    }
    let numbers: Option<Vec<Decimal>> = distinct.iter().map(|text| Decimal::from_str_exact(text).ok()).collect();
    match numbers {
        Some(numbers) if numbers.iter().all(|number| number.fract().is_zero()) => Nature::Whole,
        Some(_) => Nature::Decimal,
        None => Nature::Words,
    }
}

fn written(distinct: &[&str]) -> Option<Written> {
    let mut fitting = FORMATS.into_iter().filter(|format| fits(distinct, format));
    let format = fitting.next()?;
    let formats: Vec<Format> = Format::compile(format).into_iter().collect();
    let moments = || distinct.iter().filter_map(|text| read(text, &formats));
    Some(Written {
        format,
        rival: fitting.next(),
        days_only: moments().all(|moment| matches!(moment, Moment::Date(_))),
        midnights: moments().all(|moment| matches!(moment, Moment::Local(local) if local.time() == NaiveTime::MIN)),
        has_offset: moments().all(|moment| matches!(moment, Moment::Offset(_))),
    })
}

/// Whether every text is a time of this format, within years in which parcels were sent.
fn fits(distinct: &[&str], format: &'static str) -> bool {
    // Plain numbers are times only where all have the right number of digits.
    let digits = match format {
        "%Y%m%d" => Some(8),
        "%s" => Some(10),
        "unix_ms" => Some(13),
        "%Y%m%d%H%M%S" => Some(14),
        _ => None,
    };
    let formats: Vec<Format> = Format::compile(format).into_iter().collect();
    let plausible = |date: NaiveDate| (1990..2100).contains(&date.year());
    distinct.iter().all(|text| {
        digits.is_none_or(|digits| text.len() == digits)
            && read(text, &formats).is_some_and(|moment| plausible(moment.date()))
    })
}
