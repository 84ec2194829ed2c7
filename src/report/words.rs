//! What is worst and where, in sentences.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::cube::{Dimension, GroupKey, Row, Scorecard};
use crate::record::{Period, Window};
use crate::target::{Target, Verdict};

use super::format;
use super::grid::{WIDTH, listed, wrapped};
use super::places::{Missed, Parts, Place, of_all};
use super::series::Series;
use super::worst::{LEAST_FACTS, Mark, counted, standout};

/// A blank at which no line is broken.
const NO_BREAK: &str = "\u{a0}";
/// Groups named one by one at either end.
const NAMED: usize = 3;
/// Figures named for a group that stands out beside the targets.
const FIGURES: usize = 2;
/// The share of plans kept, stage by stage: what stands behind the figures of whole trips.
const STAGES: &str = "stage_on_time_rate";
/// Figures of whole trips.
const OF_STAGES: [&str; 4] = ["on_time_delivery_rate", "within_hours_rate", "end_to_end_hours", "lateness_hours"];

/// What is told of.
#[derive(Debug)]
pub(super) struct Story<'s> {
    series: &'s [Series<'s>],
    window: Window,
    parts: Parts<'s>,
    targets: &'s [Target],
    shown: &'s [Period],
}

impl<'s> Story<'s> {
    /// Of the series of a whole, and of its parts where there are any; `shown` are the windows that have a column.
    pub(super) fn of(
        series: &'s [Series<'s>],
        window: Window,
        parts: Option<&'s Scorecard>,
        targets: &'s [Target],
        shown: &'s [Period],
    ) -> Self {
        Self { series, window, parts: Parts::of(parts), targets, shown }
    }

    pub(super) fn told(&self) -> String {
        let mut missed: Vec<Missed<'s>> = self.series.iter().filter_map(Missed::of).collect();
        missed.sort_by_key(|missed| Reverse(missed.rank));
        let mut text = String::new();
        if !missed.is_empty() {
            text.push_str(&format!("\nWhat is worst, and where{}\n", self.by()));
        }
        for (place, missed) in missed.iter().enumerate() {
            let mut sentences = vec![self.missed(missed)];
            sentences.extend(self.place(missed));
            text.push_str(&item(&format!("{}. ", place + 1), &sentences));
        }
        self.write_beside(&mut text);
        self.write_rest(&mut text);
        text
    }

    fn by(&self) -> String {
        match self.parts.dimensions {
            [] => String::new(),
            dimensions => {
                let names: Vec<&str> = dimensions.iter().map(Dimension::name).collect();
                format!(", by {}", names.join(" and "))
            }
        }
    }

    /// By how much, how often, when most.
    fn missed(&self, missed: &Missed<'_>) -> String {
        let Missed { series, target, rows, certain, worst, .. } = missed;
        let line = format::line(target.line, series.unit());
        let mut text = format!("{} misses its target of {}", series.name(), kept(&line));
        let judged = series.judged();
        if self.window != Window::All {
            let is_all = judged.len() == series.valued().count();
            let thing = if is_all { self.window.name().to_owned() } else { format!("final {}", self.window) };
            text += &format!(" in {} of {}", rows.len(), format::several(judged.len(), &thing));
            text += &match *certain {
                0 => ", none beyond chance".to_owned(),
                all if all == rows.len() => ", beyond chance".to_owned(),
                some => format!(", {some} beyond chance"),
            };
        }
        let red = rows.iter().filter(|row| target.judge(&row.figure) == Verdict::RedLine).count();
        if let Some(line) = target.red_line.filter(|_| red > 0) {
            text += &format!(", with the red line of {} crossed", kept(&format::line(line, series.unit())));
            if self.window != Window::All {
                text += &format!(" in {red}");
            }
        }
        let short = target.short_by(&worst.figure).map(|short| match target.line.sign() {
            "≥" | ">" => format!("{} short of it", format::count(short)),
            _ => format!("{} too many", format::count(short)),
        });
        text += &format!("; worst{}: {}", self.when(worst), shown(worst, series, short));
        if let Some(latest) = judged.last().filter(|latest| latest.period != worst.period) {
            let verdict = target.judge(&latest.figure).name().to_owned();
            text += &format!("; latest{}: {}", self.when(latest), shown(latest, series, Some(verdict)));
        }
        text + "."
    }

    /// Where, and what else stands out there.
    fn place(&self, missed: &Missed<'s>) -> Vec<String> {
        let series = missed.series;
        if self.parts.dimensions.is_empty() {
            return self.stages(series, missed.worst).into_iter().collect();
        }
        let line = Mark::Line(missed.target.line);
        let is_strict = line.allows_nothing(series.unit());
        let judged: Vec<Period> = series.judged().iter().map(|row| row.period).collect();
        let mark = |period| match judged.contains(&period) {
            true if is_strict => of_all(series, period),
            is_judged => is_judged.then_some(line),
        };
        let (places, looked_at) = self.parts.places(series, &mark);
        let Some(most) = places.first() else {
            let figures = format::count(looked_at);
            return vec![format!("Where: nowhere beyond chance, of {figures} figures looked at.")];
        };
        let groups: Vec<String> = places[1..].iter().take(NAMED - 1).map(|place| self.named(place)).collect();
        let mut text = format!("Where: {}", self.named(most));
        text += &format!(", worst{}: {}", self.when(most.worst), shown(most.worst, series, None));
        if !groups.is_empty() {
            text += &format!("; then {}", groups.join(", "));
        }
        let more = places.len().saturating_sub(NAMED);
        if more > 0 {
            text += &format!(" and {} more", format::count(more));
        }
        text += &format!(" ({} figures looked at).", format::count(looked_at));
        let spread = self.spread(series);
        [Some(text), self.company(series, most.worst), spread].into_iter().flatten().collect()
    }

    /// What else stands out in the same window and group, against all groups together.
    fn company(&self, series: &Series<'_>, worst: &Row) -> Option<String> {
        let mut found: Vec<(f64, String)> = Vec::new();
        for other in self.series.iter().filter(|other| other.first.definition.id != series.first.definition.id) {
            let same = |row: &&Row| row.period == worst.period && row.group == worst.group;
            let Some(row) = self.parts.rows_of(other).find(same) else { continue };
            let Some(mark) = of_all(other, row.period) else { continue };
            if let Some(times) = standout(row, other.statistic(), mark) {
                let [value, whole] = [other.value(row), Some(mark.bound())].map(|value| kept(&other.shown(value)));
                let n = kept(&format!("(n {})", format::count(counted(row))));
                found.push((times, format!("{} {value} {n} against {whole}", other.name())));
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        let words: Vec<String> = found.into_iter().take(NAMED).map(|(_, words)| words).collect();
        (!words.is_empty()).then(|| format!("There too{}: {}.", self.when(worst), words.join("; ")))
    }

    /// The stage that kept its plan least, where there is no group to look at.
    fn stages(&self, series: &Series<'_>, worst: &Row) -> Option<String> {
        if !OF_STAGES.contains(&series.first.definition.id) {
            return None;
        }
        let of_window = self.series.iter().filter(|stage| stage.first.definition.id == STAGES);
        let least = of_window
            .filter_map(|stage| Some((stage.value(stage.at(worst.period)?)?, stage)))
            .min_by(|a, b| a.0.total_cmp(&b.0))?;
        let row = least.1.at(worst.period)?;
        Some(format!("Behind it: {} is the lowest of its stages, {}.", least.1.name(), shown(row, least.1, None)))
    }

    /// The groups in the window that stands for the figure, from worst to best, those that are large enough to compare.
    fn spread(&self, series: &Series<'_>) -> Option<String> {
        let standing = series.standing(self.shown);
        let is_low_bad = series.target.is_some_and(|target| Mark::Line(target.line).is_better_above());
        let of_window = self.parts.rows_of(series).filter(|row| row.period == standing.period);
        let valued = of_window.filter_map(|row| series.value(row).map(|value| (value, row)));
        let (mut groups, small): (Vec<_>, Vec<_>) = valued.partition(|(_, row)| counted(row) >= LEAST_FACTS);
        groups.sort_by(|a, b| {
            let rising = a.0.total_cmp(&b.0);
            let worst_first = if is_low_bad { rising } else { rising.reverse() };
            worst_first.then_with(|| a.1.group.cmp(&b.1.group))
        });
        if groups.len() < 2 {
            return None;
        }
        let named = |&(value, row): &(f64, &Row)| {
            kept(&format!("{} {} (n {})", group(&row.group), series.shown(Some(value)), format::count(counted(row))))
        };
        let mut words: Vec<String> = groups.iter().map(named).collect();
        if words.len() > 2 * NAMED {
            let between = words.len() - 2 * NAMED;
            words.splice(NAMED..NAMED + between, [format!("{} more", format::count(between))]);
        }
        let mut text = format!("From worst to best{}: {}", self.when(standing), words.join(", "));
        if !small.is_empty() {
            let small = format::several(small.len(), "group");
            text += &format!("; {small} with fewer than {LEAST_FACTS} facts left out");
        }
        Some(text + ".")
    }

    /// Groups in which figures without a target stand out, those first that do so most often.
    fn write_beside(&self, text: &mut String) {
        let mut found: BTreeMap<&GroupKey, Vec<(&Series<'_>, Place<'s>)>> = BTreeMap::new();
        let mut looked_at = 0;
        for series in self.series.iter().filter(|series| series.target.is_none()) {
            let (places, figures) = self.parts.places(series, &|period| of_all(series, period));
            looked_at += figures;
            places.into_iter().for_each(|place| found.entry(place.group).or_default().push((series, place)));
        }
        let mut found: Vec<_> = found.into_iter().collect();
        for (_, figures) in &mut found {
            figures.sort_by(|(_, a), (_, b)| b.windows.cmp(&a.windows).then(b.times.total_cmp(&a.times)));
        }
        let weight = |figures: &[(&Series<'_>, Place<'_>)]| {
            let most = figures.iter().map(|(_, place)| place.windows).max();
            let all = figures.iter().map(|(_, place)| place.windows).sum::<usize>();
            let times = figures.iter().map(|(_, place)| place.times).fold(0.0, f64::max);
            (most, all, times)
        };
        found.sort_by(|(_, a), (_, b)| {
            let (a, b) = (weight(a), weight(b));
            (b.0, b.1).cmp(&(a.0, a.1)).then(b.2.total_cmp(&a.2))
        });
        if found.is_empty() {
            return;
        }
        let figures = format::count(looked_at);
        *text += &format!("\nBeside the targets, against all groups together ({figures} figures looked at)\n");
        for (place, figures) in found.iter().take(NAMED) {
            let words = figures.iter().take(FIGURES).map(|(series, place)| {
                let whole = series.at(place.worst.period).and_then(|row| series.value(row));
                let value = kept(&series.shown(series.value(place.worst)));
                let n = kept(&format!("(n {})", format::count(counted(place.worst))));
                let often = self.often(place.windows);
                let against = kept(&series.shown(whole));
                format!("{}{often}, worst{} {value} {n} against {against}", series.name(), self.when(place.worst))
            });
            let mut sentence = format!("{}: {}", group(place), words.collect::<Vec<_>>().join("; "));
            if figures.len() > FIGURES {
                sentence += &format!("; and {}", format::several(figures.len() - FIGURES, "more figure"));
            }
            text.push_str(&item("- ", &[sentence + "."]));
        }
        if found.len() > NAMED {
            let more = format::several(found.len() - NAMED, "more group");
            text.push_str(&item("- ", &[format!("{more}, less often.")]));
        }
    }

    /// What was held, and what was not judged.
    fn write_rest(&self, text: &mut String) {
        let is_met = |series: &&Series<'_>| {
            let mut judged = series.judged().into_iter().filter_map(|row| series.verdict(row)).peekable();
            judged.peek().is_some() && judged.all(|verdict| verdict == Verdict::Met)
        };
        let met: Vec<String> = self.series.iter().filter(is_met).map(Series::name).collect();
        let is_other = |series: &&Series<'_>| {
            series.target.is_none() && self.targets.iter().any(|target| target.is_for(series.first))
        };
        let others: Vec<String> = self.series.iter().filter(is_other).map(Series::name).collect();
        let always = match self.window {
            Window::All => "Targets held: ".to_owned(),
            window => format!("Targets held in every final {window}: "),
        };
        let lists = [(always, met), ("Not judged, being under other policies than their targets: ".to_owned(), others)];
        for (title, names) in lists.into_iter().filter(|(_, names)| !names.is_empty()) {
            text.push_str(&wrapped(&format!("\n{title}"), "  ", listed(names), WIDTH));
        }
    }

    fn when(&self, row: &Row) -> String {
        match self.window {
            Window::All => String::new(),
            _ => format!(" in {}", row.window),
        }
    }

    fn named(&self, place: &Place<'_>) -> String {
        format!("{}{}", group(place.group), self.often(place.windows))
    }

    fn often(&self, windows: usize) -> String {
        match self.window {
            Window::All => String::new(),
            window => format!(" in {}", format::several(windows, window.name())),
        }
    }
}

/// A figure with what it stands on: `97.08 % (n 3,153, 96.43 – 97.61 %, 2 open)`.
fn shown(row: &Row, series: &Series<'_>, further: Option<String>) -> String {
    let mut words = vec![format!("n {}", format::count(counted(row)))];
    words.extend(row.figure.interval().map(|interval| format::range(interval, series.unit())));
    if row.open > 0 {
        words.push(format!("{} open", format::count(row.open)));
    }
    words.extend(further);
    let words: Vec<String> = words.iter().map(|word| kept(word)).collect();
    format!("{} ({})", kept(&series.shown(series.value(row))), words.join(", "))
}

/// Words that stay on one line.
fn kept(words: &str) -> String {
    words.replace(' ', NO_BREAK)
}

fn group(key: &GroupKey) -> String {
    kept(&key.iter().map(|value| value.text().unwrap_or("(none)")).collect::<Vec<_>>().join(" / "))
}

/// Sentences as an item of a list, each on lines of its own.
fn item(mark: &str, sentences: &[String]) -> String {
    let indent = " ".repeat(mark.len() + 2);
    let lines = sentences.iter().enumerate().map(|(place, sentence)| {
        let first = if place == 0 { format!("  {mark}") } else { indent.clone() };
        wrapped(&first, &format!("{indent}  "), sentence.split(' '), WIDTH)
    });
    lines.collect::<String>().replace(NO_BREAK, " ")
}
