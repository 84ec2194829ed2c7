//! One figure through the windows, with its target.

use crate::cube::{Row, Scorecard};
use crate::kpi::{FigureKind, Param, Unit, catalogue};
use crate::record::{Currency, Period};
use crate::state::Figure;
use crate::target::{Statistic, Target, Verdict};

use super::format;
use super::worst::{LEAST_FACTS, counted};

/// A figure of one KPI, set of parameters and currency: a row a period.
#[derive(Debug)]
pub(super) struct Series<'s> {
    pub(super) first: &'s Row,
    rows: Vec<&'s Row>, // one a period, ascending; not empty
    pub(super) currency: Option<Currency>,
    pub(super) target: Option<&'s Target>,
}

impl<'s> Series<'s> {
    /// The series of a scorecard without dimensions, in the order of the catalogue, a caller's own after it.
    pub(super) fn all(scorecard: &'s Scorecard, targets: &'s [Target]) -> Vec<Self> {
        let mut places: Vec<&str> = catalogue().iter().map(|gauge| gauge.definition().id).collect();
        places.dedup();
        let mut all: Vec<Self> = scorecard
            .rows
            .chunk_by(is_one_figure)
            .flat_map(|block| {
                let first = &block[0];
                let target = targets.iter().find(|target| target.applies_to(first));
                currencies(block).into_iter().map(move |currency| Self {
                    first,
                    rows: in_currency(block, currency),
                    currency,
                    target,
                })
            })
            .collect();
        all.sort_by_key(|series| {
            places.iter().position(|&id| id == series.first.definition.id).unwrap_or(places.len())
        });
        all
    }

    pub(super) fn rows(&self) -> impl DoubleEndedIterator<Item = &'s Row> {
        self.rows.iter().copied()
    }

    /// The row of a period.
    pub(super) fn at(&self, period: Period) -> Option<&'s Row> {
        self.rows().find(|row| row.period == period)
    }

    /// Whether there is anything to tell: a value in some window, or something open that will have one.
    pub(super) fn is_told(&self) -> bool {
        self.valued().next().is_some() || self.rows().any(|row| row.open > 0 && row.missing.is_empty())
    }

    /// Those of its rows that fall into a window and have a value.
    pub(super) fn valued(&self) -> impl DoubleEndedIterator<Item = &'s Row> {
        self.rows().filter(|row| row.period != Period::Undated && self.value(row).is_some())
    }

    /// The number that stands for the figure: the one its target judges, else its value.
    pub(super) fn value(&self, row: &Row) -> Option<f64> {
        self.statistic().of(&row.figure)
    }

    pub(super) fn statistic(&self) -> Statistic {
        self.target.map_or(Statistic::default(), |target| target.statistic)
    }

    /// A value of it in its unit.
    pub(super) fn shown(&self, value: Option<f64>) -> String {
        let shown = format::value(value, self.unit(), self.currency);
        if self.statistic() == Statistic::P95 { format!("p95 {shown}") } else { shown }
    }

    /// Whether rows of another scorecard are of this KPI and these parameters.
    pub(super) fn is_of(&self, row: &Row) -> bool {
        is_one_figure(self.first, row)
    }

    /// Whether a row of this KPI is of its currency: one in which nothing was paid is of every one.
    pub(super) fn is_in_currency(&self, row: &Row) -> bool {
        currency(row).is_none_or(|currency| Some(currency) == self.currency)
    }

    pub(super) fn unit(&self) -> Unit {
        self.first.definition.unit
    }

    pub(super) fn verdict(&self, row: &Row) -> Option<Verdict> {
        self.target.map(|target| target.judge(&row.figure))
    }

    /// The rows that its target judges: those that are decided; where none is, all that have a value.
    pub(super) fn judged(&self) -> Vec<&'s Row> {
        let decided: Vec<&Row> = self.valued().filter(|row| !is_undecided(row)).collect();
        if decided.is_empty() { self.valued().collect() } else { decided }
    }

    /// The row that stands for the figure: the latest that is decided and has facts enough to carry a verdict, else the
    /// latest that is decided, else the latest with a value; of the windows shown where one of them has any. Else the
    /// latest there is.
    pub(super) fn standing(&self, shown: &[Period]) -> &'s Row {
        let of = |rows: &[&'s Row]| {
            let decided = |row: &&&Row| !is_undecided(row);
            let large = rows.iter().rfind(|row| decided(row) && counted(row) >= LEAST_FACTS);
            large.or_else(|| rows.iter().rfind(decided)).or_else(|| rows.last()).copied()
        };
        let valued: Vec<&Row> = self.valued().collect();
        let in_column: Vec<&Row> = valued.iter().copied().filter(|row| shown.contains(&row.period)).collect();
        of(&in_column).or_else(|| of(&valued)).unwrap_or(self.rows[self.rows.len() - 1])
    }

    /// What its numbers are where they are no shares and the name does not say: `, mean`, `, CNY`.
    pub(super) fn measure(&self) -> String {
        match (self.first.definition.kind, self.statistic(), self.currency) {
            (_, Statistic::P95, _) => ", p95".to_owned(),
            (FigureKind::Distribution, ..) => ", mean".to_owned(),
            (.., Some(currency)) => format!(", {currency}"),
            _ => String::new(),
        }
    }

    /// Its name with its arguments: `Stage hours (transport)`.
    pub(super) fn name(&self) -> String {
        with_arguments(self.first.definition.name_en, self.first.arguments())
    }

    /// What tells it from others of its KPI: `transport`.
    pub(super) fn apart_from(&self, others: &[&Self]) -> String {
        let differs = |&(name, value): &(&'static str, &Param)| {
            others.iter().any(|other| other.first.params.get(name) != Some(value))
        };
        let params = self.first.params_of_figure().filter(differs).map(|(name, value)| format::param(name, value));
        params.chain(self.currency.map(|currency| currency.to_string())).collect::<Vec<_>>().join(", ")
    }

    /// The name of several of one KPI, with the arguments they share.
    pub(super) fn name_of_all(family: &[&Self]) -> String {
        let Some(&Self { first, .. }) = family.first().copied() else { return String::new() };
        let is_shared = |&(name, value): &(&'static str, &Param)| {
            family.iter().all(|other| other.first.params.get(name) == Some(value))
        };
        with_arguments(first.definition.name_en, first.arguments().filter(is_shared))
    }
}

/// Whether too many facts of a row are open for it to be read as finished: more than one in a hundred of those that
/// count.
pub(super) fn is_undecided(row: &Row) -> bool {
    row.open.saturating_mul(100) > row.counted().saturating_add(row.open)
}

/// Whether two rows are of one KPI and one set of parameters.
pub(super) fn is_one_figure(a: &Row, b: &Row) -> bool {
    a.definition.id == b.definition.id && a.params == b.params
}

/// The currencies of a block, or none where it is no money or nothing was paid.
fn currencies(block: &[Row]) -> Vec<Option<Currency>> {
    let mut found: Vec<Option<Currency>> = block.iter().map(currency).filter(Option::is_some).collect();
    found.sort_unstable();
    found.dedup();
    if found.is_empty() { vec![None] } else { found }
}

/// The rows in a currency; a period in which nothing was paid has one without any.
fn in_currency(block: &[Row], wanted: Option<Currency>) -> Vec<&Row> {
    let of_period = |rows: &'_ [Row]| rows.iter().position(|row| currency(row) == wanted).unwrap_or(0);
    block.chunk_by(|a, b| a.period == b.period).map(|rows| &rows[of_period(rows)]).collect()
}

fn currency(row: &Row) -> Option<Currency> {
    match row.figure {
        Figure::Ratio { currency, .. } => currency,
        _ => None,
    }
}

fn with_arguments<'p>(name: &str, arguments: impl Iterator<Item = (&'static str, &'p Param)>) -> String {
    let arguments: Vec<String> = arguments.map(|(name, value)| format::param(name, value)).collect();
    if arguments.is_empty() { name.to_owned() } else { format!("{name} ({})", arguments.join(", ")) }
}
