//! A draft of a mapping for a stranger's file.

use std::fmt::Write;
use std::path::Path;

use super::IntakeError;
use super::guess::{LABELS, MONEY, SITES, STATES, STATUS, Step, names, number, step_of};
use super::profile::{FileProfile, Nature, Profile, Written};
use crate::record::NodeKind;

/// Drafts a mapping for a CSV file, from the names of its columns and what stands in its first 50,000 rows: how it is
/// delimited, what stands for nothing, which columns tell rows apart, which hold times and how they are written.
///
/// The draft is for a person to edit: what is uncertain is said in a comment beside it, columns that found no place are
/// listed. It loads through [`Mapping::parse`](super::Mapping::parse) as it stands. A file with several rows of one number and a status in
/// each is taken for scans, any other for a table of shipments; complaints, claims, ratings and costs are not guessed.
///
/// # Errors
/// [`IntakeError::FileUnread`] where the file cannot be opened, [`IntakeError::Header`] where it has no line of names.
pub fn suggest_mapping(file: &Path) -> Result<String, IntakeError> {
    Ok(Draft::of(&FileProfile::of(file)?, &file.file_name().unwrap_or_default().to_string_lossy()))
}

struct Draft<'p> {
    profile: &'p FileProfile,
    number: Vec<usize>, // columns
    status: Option<usize>,
    used: Vec<usize>,
    text: String,
}

impl<'p> Draft<'p> {
    fn of(profile: &'p FileProfile, file: &str) -> String {
        let (number, status) = (number(profile), None);
        let mut draft = Self { profile, number, status, used: Vec::new(), text: String::new() };
        draft.status = draft.find_status();
        draft.used.extend(draft.number.iter().chain(&draft.status));
        draft.head(file);
        match draft.status {
            Some(status) => draft.scans(file, status),
            None => draft.shipments(file),
        }
        draft.rest();
        draft.text
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn column(&self, place: usize) -> &'p Profile {
        &self.profile.columns[place]
    }

    /// Columns that are times, with how they are written. A number alone is none, though it may have as many digits as one.
    fn times(&self) -> Vec<(usize, Written)> {
        let columns = self.profile.columns.iter().enumerate();
        columns
            .filter(|&(place, _)| self.number != [place])
            .filter_map(|(place, column)| match column.nature {
                Nature::Time(written) => Some((place, written)),
                _ => None,
            })
            .collect()
    }

    fn find_status(&self) -> Option<usize> {
        let repeated = self.profile.combinations(&self.number) < self.profile.rows;
        let is_status = |column: &Profile| {
            names(column, &STATUS) && column.distinct.len() <= STATES && column.nature != Nature::Empty
        };
        let place = self.profile.columns.iter().position(is_status)?;
        (repeated && !self.times().is_empty()).then_some(place)
    }

    fn head(&mut self, file: &str) {
        let rows = self.profile.rows;
        self.line(&format!(
            "# A draft for {file}, from its first {rows} rows. Read it through: what a name seems to say may be wrong."
        ));
        self.line("# Then see what it finds: scorecard --data DIR --mapping THIS --explain-mapping");
        self.line("format = \"parcelgauge.mapping/1\"");
        let local = self.times().iter().any(|(_, written)| !written.has_offset);
        if local {
            self.line("# Local times are read in the zone of the run (--zone) unless it is named here.");
            self.line("# zone = \"Asia/Shanghai\"");
        }
        if self.profile.delimiter != ',' {
            let delimiter = quoted(&self.profile.delimiter.to_string());
            self.line(&format!("delimiter = {delimiter}"));
        }
        if !self.profile.nulls.is_empty() {
            let nulls: Vec<String> = self.profile.nulls.iter().map(|null| quoted(null)).collect();
            self.line(&format!("nulls = [\"\", {}]", nulls.join(", ")));
        }
    }

    /// The number of the waybill, and whether it tells rows apart.
    fn number_field(&mut self, key: &str) {
        let (unlike, rows) = (self.profile.combinations(&self.number), self.profile.rows);
        if unlike < rows && self.status.is_none() {
            self.line(&format!(
                "# Uncertain: {unlike} unlike numbers in {rows} rows; equal ones count as one shipment."
            ));
        } else if self.number.len() > 1 {
            self.line("# Uncertain: no column alone tells rows apart; these do together.");
        }
        let columns: Vec<String> = self.number.iter().map(|&place| quoted(&self.column(place).name)).collect();
        match columns.as_slice() {
            [one] => self.line(&format!("{key} = {one}")),
            many => self.line(&format!("{key} = {{ concat = [{}] }}", many.join(", "))),
        }
    }

    /// The day that never changes.
    fn posted_on(&mut self) {
        let times = self.times();
        let ordered =
            |&&(place, _): &&(usize, Written)| step_of(&self.column(place).name) == Some(Step::Node(NodeKind::Ordered));
        let judged = |&&(place, _): &&(usize, Written)| step_of(&self.column(place).name) != Some(Step::Promise);
        let always = |&&(place, _): &&(usize, Written)| self.column(place).filled == self.profile.rows;
        let best = times.iter().filter(ordered).find(always).or_else(|| times.iter().filter(judged).find(always));
        let parts =
            ["year", "month", "day"].map(|part| self.profile.columns.iter().position(|column| names(column, &[part])));
        match (self.status, best, parts) {
            (None, _, [Some(year), Some(month), Some(day)]) => {
                self.used.extend([year, month, day]);
                let parts = [year, month, day].map(|place| quoted(&self.column(place).name)).join(", ");
                self.line(&format!("posted_on = {{ concat = [{parts}], separator = \"-\", formats = \"%Y-%m-%d\" }}"));
            }
            (None, Some(&(place, written)), _) => {
                self.line("# A day that never changes: it is part of the shipment's identity.");
                let field = time_field(&self.column(place).name, written, "");
                self.line(&format!("posted_on = {field}"));
            }
            _ => {
                self.line("# Uncertain: no column says the day of posting, and one day for all makes reused numbers one shipment.");
                self.line("posted_on = { constant = \"2000-01-01\" }");
            }
        }
    }

    fn shipments(&mut self, file: &str) {
        self.line(&format!("\n[[waybill]]\nfile = {}", quoted(file)));
        self.number_field("number");
        self.posted_on();
        let steps = self.steps();
        for &(place, written, step) in &steps {
            if step == Step::Promise {
                self.note(written);
                if written.midnights {
                    self.line("# Written as midnight, taken for the whole day.");
                }
                let besides = if written.midnights { "as = \"date\"" } else { "" };
                let field = time_field(&self.column(place).name, written, besides);
                self.line(&format!("promise = {field}"));
            }
        }
        for (label, words) in LABELS {
            let found =
                self.free(|column| names(column, words) && matches!(column.nature, Nature::Words | Nature::Whole));
            if let Some(place) = found {
                let name = quoted(&self.column(place).name);
                self.line(&format!("{label} = {name}"));
            }
        }
        if let Some(place) =
            self.free(|column| names(column, &MONEY) && matches!(column.nature, Nature::Decimal | Nature::Whole))
        {
            let name = quoted(&self.column(place).name);
            self.line("# Uncertain: which currency?");
            self.line(&format!("fee = {{ column = {name}, currency = \"CNY\" }}"));
        }
        self.line(&format!("\n[[event]]\nfile = {}", quoted(file)));
        let mut again = String::new();
        std::mem::swap(&mut again, &mut self.text);
        self.number_field("waybill");
        self.posted_on();
        let key: Vec<String> = self.text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect();
        self.text = again;
        key.iter().for_each(|line| self.line(line));
        let nodes: Vec<_> = steps.into_iter().filter(|(_, _, step)| *step != Step::Promise).collect();
        for &(place, written, step) in &nodes {
            let Step::Node(kind) = step else { continue };
            self.line(&format!("\n[[event.step]]\nkind = \"{}\"", kind.name()));
            self.note(written);
            let field = self.instant_field(place, written);
            self.line(&format!("occurred_at = {field}"));
        }
        if nodes.is_empty() {
            self.line(
                "\n# Uncertain: no column is named as a time of collection or delivery; put the right ones here.",
            );
            self.line("[[event.step]]\nkind = \"delivered\"");
            let times = self.times();
            let field = match times.last() {
                Some(&(place, written)) => self.instant_field(place, written),
                None => "{ constant = \"2000-01-01 00:00\" }".to_owned(),
            };
            self.line(&format!("occurred_at = {field}"));
        }
    }

    /// Time columns that are named as a step or a promise, the first of each.
    fn steps(&mut self) -> Vec<(usize, Written, Step)> {
        let mut steps: Vec<(usize, Written, Step)> = Vec::new();
        for (place, written) in self.times() {
            if let Some(step) = step_of(&self.column(place).name)
                && !steps.iter().any(|&(_, _, other)| other == step)
            {
                steps.push((place, written, step));
                self.used.push(place);
            }
        }
        steps
    }

    fn scans(&mut self, file: &str, status: usize) {
        self.line(
            "\n# Better: a table of shipments, with their promises. From scans alone only their numbers are known.",
        );
        self.line(&format!("[[waybill]]\nfile = {}", quoted(file)));
        self.number_field("number");
        self.posted_on();
        self.line(&format!("\n[[event]]\nfile = {}", quoted(file)));
        self.number_field("waybill");
        self.posted_on();
        let name = quoted(&self.column(status).name);
        self.line(&format!("kind = {{ column = {name}, vocabulary = \"status\" }}"));
        let times = self.times();
        if let Some(&(place, written)) = times.first() {
            self.used.push(place);
            self.note(written);
            let field = self.instant_field(place, written);
            self.line(&format!("occurred_at = {field}"));
        }
        let facility = self.free(|column| names(column, &SITES));
        if let Some(place) = facility {
            let name = quoted(&self.column(place).name);
            self.line(&format!("facility = {name}"));
        }
        self.line("\n# What each status means; those without a line are set aside and listed.\n[vocabulary.status]");
        for word in &self.column(status).distinct {
            let own = NodeKind::ALL.into_iter().find(|kind| kind.name() == word.as_str());
            let guessed = step_of(word).and_then(|step| match step {
                Step::Node(kind) => Some(kind),
                Step::Promise => None,
            });
            match own.or(guessed) {
                Some(kind) => self.line(&format!("{} = \"{}\"", quoted(word), kind.name())),
                None => self.line(&format!("# {} = \"…\"", quoted(word))),
            }
        }
    }

    /// A time as an instant: a day alone needs a time of day.
    fn instant_field(&mut self, place: usize, written: Written) -> String {
        if written.days_only {
            self.line("# Uncertain: the file knows the day only; at which time of it is a guess.");
        }
        time_field(&self.column(place).name, written, if written.days_only { "time_of_day = \"12:00\"" } else { "" })
    }

    fn note(&mut self, written: Written) {
        if let Some(rival) = written.rival {
            self.line(&format!(
                "# Uncertain: {rival:?} fits every row as well; which of the two numbers is the month?"
            ));
        }
    }

    fn free(&mut self, fits: impl Fn(&Profile) -> bool) -> Option<usize> {
        let columns = self.profile.columns.iter().enumerate();
        let place = columns.filter(|(place, _)| !self.used.contains(place)).find(|(_, column)| fits(column))?.0;
        self.used.push(place);
        Some(place)
    }

    /// What found no place.
    fn rest(&mut self) {
        let left: Vec<usize> = (0..self.profile.columns.len()).filter(|place| !self.used.contains(place)).collect();
        if !left.is_empty() {
            self.line("\n# Columns without a place, and what stands in them:");
        }
        for place in left {
            let column = self.column(place);
            let shown: Vec<&str> = column.distinct.iter().take(3).map(String::as_str).collect();
            let nature = match column.nature {
                Nature::Empty => "nothing",
                Nature::Time(_) => "times",
                Nature::Whole => "whole numbers",
                Nature::Decimal => "numbers",
                Nature::Words => "texts",
            };
            let name = quoted(&column.name);
            let mut line = format!("#   {name}: {nature}");
            if !shown.is_empty() {
                let _ = write!(line, ", {} unlike, such as {}", column.distinct.len(), quoted(&shown.join(" | ")));
            }
            self.line(&line);
        }
    }
}

fn time_field(name: &str, written: Written, besides: &str) -> String {
    let formats =
        if written.format.is_empty() { String::new() } else { format!("formats = {}", quoted(written.format)) };
    let options: Vec<&str> = [formats.as_str(), besides].into_iter().filter(|option| !option.is_empty()).collect();
    if options.is_empty() { quoted(name) } else { format!("{{ column = {}, {} }}", quoted(name), options.join(", ")) }
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\t' => quoted.push_str("\\t"),
            control if control.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(control));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
