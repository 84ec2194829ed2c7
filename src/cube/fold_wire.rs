//! Folds as bytes.

use crate::fact::InputAccount;
use crate::kpi::Cells;
use crate::record::{InputCount, RecordKind, Window};
use crate::state::wire::{FORMAT, Reader, WireError, Writer};

use super::by_outcome::Unsettled;
use super::groups::Groups;
use super::plan::identity;
use super::{Dimension, Fold, Plan};

impl Fold {
    /// Writes it: format, plan, groups, cells, input. Equal folds are equal bytes.
    #[must_use]
    pub fn encode(&self, plan: &Plan) -> Vec<u8> {
        let (groups, tables) = self.in_order(plan);
        let mut out = Writer::new();
        out.raw(&FORMAT);
        out.text(self.window().name());
        out.unsigned(plan.evidence());
        out.length(plan.dimensions().len());
        plan.dimensions().iter().for_each(|dimension| out.text(&dimension.identity()));
        groups.encode(&mut out);
        out.option(self.holds_until, Writer::instant);
        self.encode_unsettled(plan, &mut out);
        out.length(tables.len());
        for (gauge, table) in plan.gauges().iter().zip(&tables) {
            out.text(&identity(gauge));
            table.encode(&mut out);
        }
        encode_account(&self.input, &mut out);
        out.into_bytes()
    }

    /// Reads what [`Fold::encode`] wrote for the same plan.
    ///
    /// # Errors
    /// [`WireError`] where the bytes are damaged, of another format, or of another plan.
    pub fn decode(bytes: &[u8], plan: &Plan) -> Result<Self, WireError> {
        let mut input = Reader::new(bytes);
        begin(&mut input, bytes, FORMAT)?;
        let window: Window = input.text()?.parse().map_err(|_| input.malformed("no such window"))?;
        let mut fold = Self::empty(plan, window);
        decode_evidence(plan, &mut input)?;
        decode_dimensions(plan, &mut input)?;
        fold.groups = Groups::decode(&mut input, plan.dimensions().len())?;
        fold.holds_until = input.option(Reader::instant)?;
        fold.decode_unsettled(plan, &mut input)?;
        if input.length()? != fold.tables.len() {
            return Err(input.malformed("another number of KPIs than the plan's"));
        }
        for (gauge, table) in plan.gauges().iter().zip(&mut fold.tables) {
            let found = input.text()?;
            if found != identity(gauge) {
                return Err(WireError::OtherKpi { found: found.to_owned(), expected: identity(gauge) });
            }
            table.decode(&mut input, fold.groups.len())?;
        }
        fold.input = decode_account(&mut input)?;
        input.finish()?;
        Ok(fold)
    }

    /// The groups in ascending order, and the tables with their cells numbered so: one way to write them.
    pub(super) fn in_order(&self, plan: &Plan) -> (Groups, Vec<Box<dyn Cells>>) {
        let (groups, renumbered) = self.groups.ascending();
        let in_order = plan.gauges().iter().zip(&self.tables).map(|(gauge, table)| {
            let mut ordered = gauge.cells(self.window(), plan.evidence());
            // Absorbing into an empty table of the same gauge cannot fail; were it of another, no cell would be written.
            if ordered.absorb(table.as_ref(), &renumbered).is_err() {
                ordered = gauge.cells(self.window(), plan.evidence());
            }
            ordered
        });
        (groups, in_order.collect())
    }

    pub(super) fn encode_unsettled(&self, plan: &Plan, out: &mut Writer) {
        for (dimension, unsettled) in plan.dimensions().iter().zip(&self.unsettled) {
            if matches!(dimension, Dimension::Outcome(_)) {
                unsettled.encode(out);
            }
        }
    }

    pub(super) fn decode_unsettled(&mut self, plan: &Plan, input: &mut Reader<'_>) -> Result<(), WireError> {
        for (dimension, unsettled) in plan.dimensions().iter().zip(&mut self.unsettled) {
            if matches!(dimension, Dimension::Outcome(_)) {
                *unsettled = Unsettled::decode(input)?;
            }
        }
        Ok(())
    }
}

/// Reads the format that some bytes begin with.
pub(super) fn begin(input: &mut Reader<'_>, bytes: &[u8], expected: [u8; 4]) -> Result<(), WireError> {
    let found = input.raw(expected.len().min(bytes.len()))?;
    if found == expected { Ok(()) } else { Err(WireError::Format { found: found.to_vec(), expected }) }
}

pub(super) fn decode_evidence(plan: &Plan, input: &mut Reader<'_>) -> Result<(), WireError> {
    match input.unsigned()? {
        found if found == u64::from(plan.evidence()) => Ok(()),
        found => Err(other_plan("evidence", found.to_string(), plan.evidence().to_string())),
    }
}

pub(super) fn decode_dimensions(plan: &Plan, input: &mut Reader<'_>) -> Result<(), WireError> {
    let found = (0..input.length()?).map(|_| input.text()).collect::<Result<Vec<_>, _>>()?;
    let expected: Vec<_> = plan.dimensions().iter().map(Dimension::identity).collect();
    if found == expected { Ok(()) } else { Err(other_plan("dimensions", found.join(", "), expected.join(", "))) }
}

pub(super) fn other_plan(part: &'static str, found: String, expected: String) -> WireError {
    WireError::OtherPlan { part, found, expected }
}

pub(super) fn encode_account(account: &InputAccount, out: &mut Writer) {
    out.length(account.by_kind.len());
    for (&kind, count) in &account.by_kind {
        out.text(kind.name());
        for rows in [count.rows, count.used, count.duplicate, count.not_yet_known] {
            out.unsigned(rows);
        }
        out.length(count.quarantined.len());
        for (reason, &rows) in &count.quarantined {
            out.text(reason);
            out.unsigned(rows);
        }
    }
}

pub(super) fn decode_account(input: &mut Reader<'_>) -> Result<InputAccount, WireError> {
    let mut account = InputAccount::default();
    for _ in 0..input.length()? {
        let name = input.text()?;
        let kind = RecordKind::ALL.into_iter().find(|kind| kind.name() == name);
        let kind = kind.ok_or_else(|| input.malformed("no such record kind"))?;
        if account.by_kind.last_key_value().is_some_and(|(&last, _)| last >= kind) {
            return Err(input.malformed("record kinds out of order"));
        }
        let mut count = InputCount::of_rows(input.count()?, input.count()?, input.count()?);
        count.not_yet_known = input.count()?;
        for _ in 0..input.length()? {
            let reason = input.text()?.to_owned();
            if count.quarantined.last_key_value().is_some_and(|(last, _)| *last >= reason) {
                return Err(input.malformed("reasons out of order"));
            }
            count.quarantined.insert(reason, input.count()?);
        }
        account.by_kind.insert(kind, count);
    }
    Ok(account)
}
