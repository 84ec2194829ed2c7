//! Whose waybill a row of another table is about.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::IntakeError;
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
pub(crate) struct WaybillIndex {
    by_number: HashMap<WaybillNumber, Postings>,
}

/// What a number led to.
pub(crate) enum Lookup {
    /// This waybill.
    Found(WaybillKey),
    /// None of this number, or none posted by then.
    Unknown,
    /// Several carriers' waybills.
    Ambiguous,
}

impl WaybillIndex {
    pub(crate) fn of(waybills: &[Waybill]) -> Self {
        let mut index = Self { by_number: HashMap::with_capacity(waybills.len()) };
        waybills.iter().for_each(|waybill| index.insert(&waybill.key));
        index
    }

    pub(crate) fn insert(&mut self, key: &WaybillKey) {
        let posting = Posting { carrier: key.carrier.clone(), posted_on: key.posted_on };
        match self.by_number.get_mut(&key.number) {
            None => {
                self.by_number.insert(key.number.clone(), Postings::One(posting));
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

    fn postings(&self, number: &WaybillNumber) -> &[Posting] {
        match self.by_number.get(number) {
            None => &[],
            Some(Postings::One(one)) => std::slice::from_ref(one),
            Some(Postings::Many(many)) => many,
        }
    }

    pub(crate) fn contains(&self, key: &WaybillKey) -> bool {
        self.postings(&key.number).iter().any(|p| p.posted_on == key.posted_on && p.carrier == key.carrier)
    }

    /// The waybill of a number: see [`choose`].
    pub(crate) fn find(&self, number: WaybillNumber, carrier: Option<CarrierId>, on: NaiveDate) -> Lookup {
        let postings = self.postings(&number);
        let mut candidates = postings.iter().map(|posting| (posting.carrier.as_ref(), posting.posted_on));
        match choose(&mut candidates, carrier.as_ref(), || on) {
            Choice::Unknown => Lookup::Unknown,
            Choice::Ambiguous => Lookup::Ambiguous,
            Choice::Found(nth) => {
                let posting = &postings[nth];
                Lookup::Found(WaybillKey { number, posted_on: posting.posted_on, carrier: posting.carrier.clone() })
            }
        }
    }
}

/// Which of the postings of a number is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Choice {
    /// The nth.
    Found(usize),
    /// None, or none posted by then.
    Unknown,
    /// Several carriers'.
    Ambiguous,
}

/// Chooses among the postings of a number, each a carrier and a day: the only one, else the last one posted on or before
/// the day. Without a carrier all carriers are searched, and the number must be one carrier's.
pub(crate) fn choose(
    postings: &mut dyn Iterator<Item = (Option<&CarrierId>, NaiveDate)>,
    carrier: Option<&CarrierId>,
    on: impl FnOnce() -> NaiveDate,
) -> Choice {
    let mut candidates = postings.enumerate().filter(|(_, posting)| carrier.is_none() || posting.0 == carrier);
    let Some((first, (whose, posted_on))) = candidates.next() else { return Choice::Unknown };
    let Some(second) = candidates.next() else { return Choice::Found(first) };
    let on = on();
    let mut single = true;
    let mut best = (posted_on <= on).then_some((first, posted_on));
    for (nth, other) in std::iter::once(second).chain(candidates) {
        if other.0 != whose {
            return Choice::Ambiguous;
        }
        single &= other.1 == posted_on;
        if other.1 <= on && best.is_none_or(|(_, best)| best < other.1) {
            best = Some((nth, other.1));
        }
    }
    let chosen = if single { Some(first) } else { best.map(|(nth, _)| nth) };
    chosen.map_or(Choice::Unknown, Choice::Found)
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
    /// Ties `waybill`, `carrier` and `posted_on`, where rows must name their waybill.
    pub(super) fn needed(scope: &mut Scope<'_>) -> Result<Self, IntakeError> {
        Ok(Self { number: scope.need("waybill")?, carrier: scope.may("carrier")?, posted_on: scope.may("posted_on")? })
    }

    /// The same, where they may.
    pub(super) fn may(scope: &mut Scope<'_>) -> Result<Option<Self>, IntakeError> {
        let [waybill, carrier, posted_on] =
            ["waybill", "carrier", "posted_on"].map(|key| scope.keys.may(key).is_some());
        match (waybill, carrier, posted_on) {
            (true, _, _) => Self::needed(scope).map(Some),
            (false, false, false) => Ok(None),
            (false, carrier, _) => {
                let key = if carrier { "carrier" } else { "posted_on" };
                Err(scope.keys.rule(key, "there is no waybill number", "map `waybill` too, or take this out"))
            }
        }
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
