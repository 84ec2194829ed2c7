//! Whose waybill a row of another table is about.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::IntakeError;
use super::mapping::WaybillNames;
use super::plan::{Plan, Scope, read};
use super::quarantine::{Fault, Reason, Trouble};
use super::sink::Sink;
use super::text::Row;
use super::value::{DayPlan, IdPlan};
use crate::record::{CarrierId, Waybill, WaybillKey, WaybillNumber, kind};

/// When and by whom a number was used.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Posting {
    carrier: Option<CarrierId>,
    posted_on: NaiveDate,
}

#[derive(Debug)]
enum Postings {
    One(Posting),
    Many(Vec<Posting>),
}

/// The waybills read, by number.
#[derive(Debug, Default)]
pub(super) struct WaybillIndex {
    by_number: HashMap<WaybillNumber, Postings>,
}

/// What a number led to.
enum Lookup {
    Found(WaybillKey),
    Unknown,
    Ambiguous,
}

impl WaybillIndex {
    pub(super) fn of(waybills: &[Waybill]) -> Self {
        let mut by_number: HashMap<WaybillNumber, Postings> = HashMap::with_capacity(waybills.len());
        for WaybillKey { number, posted_on, carrier } in waybills.iter().map(|waybill| &waybill.key) {
            let posting = Posting { carrier: carrier.clone(), posted_on: *posted_on };
            match by_number.get_mut(number) {
                None => {
                    by_number.insert(number.clone(), Postings::One(posting));
                }
                Some(Postings::Many(many)) => many.push(posting),
                Some(held @ Postings::One(_)) => {
                    if let Postings::One(one) = held
                        && *one != posting
                    {
                        *held = Postings::Many(vec![one.clone(), posting]);
                    }
                }
            }
        }
        Self { by_number }
    }

    fn postings(&self, number: &WaybillNumber) -> &[Posting] {
        match self.by_number.get(number) {
            None => &[],
            Some(Postings::One(one)) => std::slice::from_ref(one),
            Some(Postings::Many(many)) => many,
        }
    }

    pub(super) fn contains(&self, key: &WaybillKey) -> bool {
        self.postings(&key.number).iter().any(|p| p.posted_on == key.posted_on && p.carrier == key.carrier)
    }

    /// The waybill of a number: the only one, else the last one posted on or before the day. Without a carrier all
    /// carriers are searched, and the number must be one carrier's.
    fn find(&self, number: WaybillNumber, carrier: Option<CarrierId>, on: NaiveDate) -> Lookup {
        let mut candidates =
            self.postings(&number).iter().filter(|posting| carrier.is_none() || posting.carrier == carrier);
        let Some(first) = candidates.next() else { return Lookup::Unknown };
        let mut single = true;
        let mut best = (first.posted_on <= on).then_some(first);
        for other in candidates {
            if other.carrier != first.carrier {
                return Lookup::Ambiguous;
            }
            single &= other.posted_on == first.posted_on;
            if other.posted_on <= on && best.is_none_or(|best| best.posted_on < other.posted_on) {
                best = Some(other);
            }
        }
        match if single { Some(first) } else { best } {
            None => Lookup::Unknown,
            Some(posting) => {
                Lookup::Found(WaybillKey { number, posted_on: posting.posted_on, carrier: posting.carrier.clone() })
            }
        }
    }
}

/// How the rows of a table name their waybill.
#[derive(Debug)]
pub(super) struct WhosePlan {
    number: IdPlan<kind::Waybill>,
    carrier: Option<IdPlan<kind::Carrier>>,
    posted_on: Option<DayPlan>,
}

/// Whose waybill a row is about.
pub(super) enum Whose {
    /// It names none.
    Nobody,
    /// This one: fully named by the row, or found by its number.
    Known(WaybillKey),
    /// It names one that cannot be found.
    Unknown(Fault),
}

impl WhosePlan {
    pub(super) fn compile(scope: &mut Scope<'_>, names: &WaybillNames<'_>) -> Result<Option<Self>, IntakeError> {
        let Some(waybill) = names.waybill else {
            return match [("carrier", names.carrier), ("posted_on", names.posted_on)].iter().find(|(_, f)| f.is_some())
            {
                None => Ok(None),
                Some((name, _)) => Err(scope.rule(
                    name,
                    "there is no waybill number".to_owned(),
                    "map `waybill` too, or take this out",
                )),
            };
        };
        Ok(Some(Self {
            number: scope.need("waybill", waybill)?,
            carrier: scope.may("carrier", names.carrier)?,
            posted_on: scope.may("posted_on", names.posted_on)?,
        }))
    }

    /// Finds the waybill of a row whose record is of the day `on`.
    pub(super) fn find(
        &self,
        row: &Row<'_>,
        sink: &mut Sink<'_>,
        on: impl FnOnce() -> NaiveDate,
    ) -> Result<Whose, Fault> {
        let Some(number) = self.number.read(row)? else { return Ok(Whose::Nobody) };
        let carrier = read(self.carrier.as_ref(), row)?;
        if let Some(posted_on) = read(self.posted_on.as_ref(), row)? {
            return Ok(Whose::Known(WaybillKey { number, posted_on, carrier }));
        }
        match sink.waybills().find(number, carrier, on()) {
            Lookup::Found(key) => Ok(Whose::Known(key)),
            Lookup::Unknown => Ok(Whose::Unknown(self.unknown(row, sink))),
            Lookup::Ambiguous => {
                let message = "several carriers use this number; map `carrier` in this section";
                Ok(Whose::Unknown(self.number.fault(row, Trouble::new(Reason::AmbiguousWaybill, message))))
            }
        }
    }

    /// The fault of a row whose waybill was not read.
    pub(super) fn unknown(&self, row: &Row<'_>, sink: &Sink<'_>) -> Fault {
        let number = self.number.read(row).ok().flatten();
        let message = if number.is_some_and(|number| sink.unread.contains(&number)) {
            "the waybill of this number was set aside itself; correct its row first, and this one is taken up"
        } else {
            "no waybill of this number was read, or none posted by then; hand over its waybill too, or map `posted_on`"
        };
        self.number.fault(row, Trouble::new(Reason::UnknownWaybill, message))
    }

    /// The waybill of a row that cannot do without.
    pub(super) fn need(
        &self,
        row: &Row<'_>,
        sink: &mut Sink<'_>,
        on: impl FnOnce() -> NaiveDate,
    ) -> Result<WaybillKey, Fault> {
        match self.find(row, sink, on)? {
            Whose::Known(key) => Ok(key),
            Whose::Unknown(fault) => Err(fault),
            Whose::Nobody => {
                let message = "a waybill number is needed here; correct the row, or leave such rows out with `where`";
                Err(self.number.fault(row, Trouble::new(Reason::MissingWaybill, message)))
            }
        }
    }
}

/// The waybill of a case, claim or rating: one that cannot be found leaves it without, and it is counted all the same.
pub(super) fn if_known(
    plan: Option<&WhosePlan>,
    row: &Row<'_>,
    sink: &mut Sink<'_>,
    on: impl FnOnce() -> NaiveDate,
) -> Result<Option<WaybillKey>, Fault> {
    let Some(plan) = plan else { return Ok(None) };
    Ok(match plan.find(row, sink, on)? {
        Whose::Known(key) => Some(key),
        Whose::Nobody | Whose::Unknown(_) => None,
    })
}
