//! Repeat order rate, 重复下单率.

use chrono::NaiveDate;

use crate::fact::{Context, Shipment};
use crate::kpi::{
    Cohort, CustomerRole, Definition, Direction, FigureKind, Kpi, LookBack, Observe, Policies, PolicyName, Unit,
};
use crate::outcome::{Outcome, Term};
use crate::record::{Flow, Instant, RecordKind};
use crate::state::{Distinct, Latest, Standing};

/// The share of customers with an order in the window whose latest order there follows another of theirs.
///
/// Counted are customers, each once a window, by the latest of their orders in it (of equal instants the one with the
/// greater number); all orders count, handled or not. Whether an order *follows* another is looked up in all the data,
/// not in the window. Where the data does not reach back far enough to tell, the customer is open: give `known_from`.
///
/// - numerator: the latest order follows another of the customer's by at most `look_back` (90 d)
/// - denominator: customers with an order in the window
/// - open: the order lies before `known_from` + `look_back`, or `known_from` was not given: a miss could not be told
///   there, and hits alone would flatter
/// - excluded: orders that are `not_forward`, have `no_customer` or `no_order` instant
/// - `look_back=ever` takes any earlier order in the data at hand, and nothing is open
///
/// *Distinct*: the state is the exact set of customers. A window is the merge of its days, never the sum.
///
/// # Formula
/// hit / (hit + miss) over customers, with its Wilson interval.
///
/// # By hand
/// Ann orders on 1 January and on 1 April (90 days later), Bob on 1 April only: of two customers in April one repeats.
/// Had Ann waited one day more, none would.
///
/// # Source
/// No public standard seen; the definition is this crate's own.
#[doc(alias = "重复下单率")]
#[doc(alias = "复购率")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepeatOrderRate {
    policies: Policies,
}

const DEFINITION: Definition = Definition {
    id: "repeat_order_rate",
    version: 1,
    name_en: "Repeat order rate",
    name_zh: "重复下单率",
    formula: "customers whose latest order in the window follows another of theirs within look_back / customers with an order in it",
    kind: FigureKind::Share,
    unit: Unit::Ratio,
    direction: Direction::HigherIsBetter,
    cohorts: &[Cohort::Ordered],
    needs: &[RecordKind::Waybill, RecordKind::Event],
    policies: &[PolicyName::Customer, PolicyName::LookBack],
    clustered: false,
    looks_back: true,
    source: "definition of this crate",
};

impl Default for RepeatOrderRate {
    fn default() -> Self {
        Self { policies: Policies::by(Cohort::Ordered) }
    }
}

impl RepeatOrderRate {
    fn standing(&self, ordered_at: Instant, earlier: Option<Instant>, known_from: Option<Instant>) -> Standing {
        let LookBack::Within(look_back) = self.policies.look_back else {
            return if earlier.is_some() { Standing::Hit } else { Standing::Miss };
        };
        // Where a miss could not be told, a hit must not count either: it would read as everybody repeating.
        let can_tell = known_from.is_some_and(|known_from| known_from.saturating_add(look_back) <= ordered_at);
        match earlier {
            _ if !can_tell => Standing::Open,
            Some(earlier) if ordered_at.since(earlier) <= look_back => Standing::Hit,
            _ => Standing::Miss,
        }
    }
}

impl Kpi for RepeatOrderRate {
    type State = Distinct;

    fn definition(&self) -> &'static Definition {
        &DEFINITION
    }
    fn empty(&self) -> Distinct {
        Distinct::default()
    }
    fn policies(&self) -> Option<&Policies> {
        Some(&self.policies)
    }
    fn policies_mut(&mut self) -> Option<&mut Policies> {
        Some(&mut self.policies)
    }
}

impl Observe<Shipment> for RepeatOrderRate {
    fn cohort(&self, shipment: &Shipment, at: &Context) -> Option<NaiveDate> {
        shipment.ordered_on(at)
    }

    fn outcome(&self, shipment: &Shipment, at: &Context) -> Outcome<Latest> {
        let (customer, earlier) = match self.policies.customer {
            CustomerRole::Sender => (&shipment.customer, shipment.previous_order_by_customer),
            CustomerRole::Recipient => (&shipment.recipient, shipment.previous_order_for_recipient),
        };
        if shipment.flow != Flow::Forward {
            return Outcome::Excluded(Term::NOT_FORWARD);
        }
        let Some(customer) = customer else { return Outcome::Excluded(Term::NO_CUSTOMER) };
        let Some(ordered) = shipment.course.ordered else { return Outcome::Excluded(Term::NO_ORDER) };
        Outcome::measured(Latest {
            at: ordered.occurred_at,
            id: shipment.key.number.to_text(),
            standing: self.standing(ordered.occurred_at, earlier, at.known_from),
            key: customer.to_text(),
        })
    }
}
