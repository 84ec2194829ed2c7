//! The result document: what was asked for, what went in, one row a figure.

use crate::fact::{Context, InputAccount};
use crate::kpi::{Definition, Gauge, Param, Params, RowSource};
use crate::outcome::Term;
use crate::record::{Instant, Period, RecordKind, Records, Window, Zone};
use crate::state::{Exemplar, Figure, Tally};

use super::{Dimension, Fold, GroupKey, Plan};

/// The JSON Schema of what [`Scorecard::to_json`] writes.
pub const SCORECARD_SCHEMA: &str = include_str!("scorecard.schema.json");

/// One figure with everything needed to trust it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Row {
    /// The KPI.
    pub definition: &'static Definition,
    /// Every parameter and policy it was computed with.
    pub params: Params,
    /// The period: first by the window, undated last.
    pub period: Period,
    /// Its label.
    pub window: String,
    /// The group: a value for each dimension.
    pub group: GroupKey,
    /// The figure. Without value where a record kind is missing.
    pub figure: Figure,
    /// Undecided facts.
    pub open: u64,
    /// Their mean age, in the KPI's unit.
    pub open_mean_age: Option<f64>,
    /// Facts not of the population, by reason.
    pub excluded: Tally,
    /// Facts whose records cannot be used, by reason.
    pub invalid: Tally,
    /// Notes on facts counted.
    pub notes: Tally,
    /// Record kinds that were not supplied and without which there is no value, or no group by the outcome of a KPI.
    pub missing: Vec<RecordKind>,
    /// Adverse facts, worst first, where they were asked for.
    pub evidence: Option<Vec<Exemplar>>,
    /// Facts seen: measured + open + excluded + invalid, but for distinct figures, which count keys.
    pub seen: u64,
}

impl Row {
    /// Whether its facts come in clusters, several of one waybill, so that its interval is too narrow.
    #[must_use]
    pub fn is_clustered(&self) -> bool {
        self.definition.clustered || self.notes.of(Term::ONE_OF_SEVERAL) > 0
    }
}

/// The figures of a plan at one instant.
///
/// [`Scorecard::to_json`] writes the stable document: equal results are equal bytes, in whatever order the records came.
#[derive(Debug, Clone)]
#[non_exhaustive]
#[must_use]
pub struct Scorecard {
    /// The instant of judgement.
    pub as_of: Instant,
    /// The reporting zone.
    pub zone: Zone,
    /// The window.
    pub window: Window,
    /// The dimensions of every group.
    pub dimensions: Vec<Dimension>,
    /// Where the input rows went.
    pub input: InputAccount,
    /// The figures, ascending by KPI, parameters, window, group and currency.
    pub rows: Vec<Row>,
}

impl Scorecard {
    /// Measures records from nothing.
    pub fn measure(records: &Records, plan: &Plan, context: &Context) -> Self {
        let fold = Fold::of(records, plan, plan.window(), context, None);
        Self::of(&fold, plan, context)
    }

    /// Reads a finished fold.
    pub fn of(fold: &Fold, plan: &Plan, context: &Context) -> Self {
        let mut rows = Vec::new();
        for (gauge, table) in plan.gauges().iter().zip(&fold.tables) {
            let mut of_gauge: Vec<RowSource> = table.rows(context.as_of);
            let no_group = GroupKey::new();
            of_gauge.sort_by(|a, b| (a.period, fold.groups.key(a.group)).cmp(&(b.period, fold.groups.key(b.group))));
            for source in of_gauge {
                let group = fold.groups.key(source.group).unwrap_or(&no_group).clone();
                rows.extend(Row::of(source, gauge, group, fold, plan));
            }
        }
        Self {
            as_of: context.as_of,
            zone: context.zone,
            window: fold.window(),
            dimensions: plan.dimensions().to_vec(),
            input: fold.input.clone(),
            rows,
        }
    }

    /// The result document as one line of JSON, keys and numbers as the specification has them.
    #[must_use]
    pub fn to_json(&self) -> String {
        super::json::scorecard(self)
    }
}

/// How many exemplars a row lists at most: a parameter of its evidence, not of its figure.
const EVIDENCE: &str = "evidence";

impl Row {
    /// The parameters the figure itself depends on, ascending by name: arguments and policies.
    pub fn params_of_figure(&self) -> impl Iterator<Item = (&'static str, &Param)> {
        self.params.iter().filter(|&(name, _)| name != EVIDENCE)
    }

    /// The arguments among them, such as the hours of a rate within hours: what is no policy.
    pub fn arguments(&self) -> impl Iterator<Item = (&'static str, &Param)> {
        self.params_of_figure().filter(|&(name, _)| !self.definition.is_policy(name))
    }

    /// How many facts stand behind the figure: those counted, whatever they are divided by.
    #[must_use]
    pub fn counted(&self) -> u64 {
        match self.figure {
            Figure::Share { hit, miss, .. } => hit + miss, // a distinct figure counts keys, and sees facts
            _ => self.seen.saturating_sub(self.open + self.excluded.total() + self.invalid.total()),
        }
    }

    fn of(source: RowSource, gauge: &Gauge, group: GroupKey, fold: &Fold, plan: &Plan) -> Vec<Self> {
        let definition = gauge.definition();
        let supplied = fold.input.usable();
        let mut missing: Vec<RecordKind> = definition.needs.to_vec();
        for dimension in plan.dimensions() {
            if let Dimension::Outcome(by) = dimension {
                let needs = by.gauge().definition().needs.iter().copied();
                let also: Vec<RecordKind> = needs.filter(|kind| !missing.contains(kind)).collect();
                missing.extend(also);
            }
        }
        missing.retain(|&kind| !supplied.contains(kind));
        let mut params = gauge.params();
        if plan.evidence() > 0 {
            params.number(EVIDENCE, plan.evidence());
        }
        let row = |figure: Figure| Self {
            definition,
            params: params.clone(),
            period: source.period,
            window: fold.window().label(source.period),
            group: group.clone(),
            figure: if missing.is_empty() { figure } else { figure.without_value() },
            open: source.open,
            open_mean_age: source.open_mean_age,
            excluded: source.excluded.clone(),
            invalid: source.invalid.clone(),
            notes: source.notes.clone(),
            missing: missing.clone(),
            evidence: (plan.evidence() > 0).then(|| source.evidence.clone()),
            seen: source.seen,
        };
        source.figures.into_iter().map(row).collect()
    }
}
