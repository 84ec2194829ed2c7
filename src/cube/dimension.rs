//! Groups: what rows are broken down by.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use crate::fact::{NodeScan, Shipment, StagePassage};
use crate::record::{Flow, Label, RecordError, Text, Waybill};
use crate::state::wire::{Reader, WireError, Writer};

/// What facts are grouped by: a field of the waybill they belong to.
#[doc(alias = "维度")]
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Dimension {
    /// Carrier.
    Carrier,
    /// Where it was sent from.
    OriginRegion,
    /// Where it was sent to.
    DestinationRegion,
    /// The city it was sent from.
    OriginCity,
    /// The city it was sent to.
    DestinationCity,
    /// Origin and destination: `Zhejiang → Guangdong`.
    Lane,
    /// Product.
    Product,
    /// Cargo category.
    CargoCategory,
    /// Channel.
    Channel,
    /// Sender.
    Customer,
    /// Kind of customer.
    CustomerSegment,
    /// Which way it runs.
    Flow,
    /// Where the parcel was collected.
    OriginFacility,
    /// Which site delivers it.
    DestinationFacility,
    /// Who delivers it.
    DeliveryCourier,
    /// Where a scan was made, or a stage ended; other facts have none.
    Facility,
    /// By whose hand a scan was made; facts that are no scan have none.
    Courier,
    /// On which leg a scan was made, or which a stage belongs to; other facts have none.
    Leg,
    /// A column of the caller's own.
    Attribute(Label),
}

impl Dimension {
    /// The name in results; a column of the caller's own keeps its name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Carrier => "carrier",
            Self::OriginRegion => "origin_region",
            Self::DestinationRegion => "destination_region",
            Self::OriginCity => "origin_city",
            Self::DestinationCity => "destination_city",
            Self::Lane => "lane",
            Self::Product => "product",
            Self::CargoCategory => "cargo_category",
            Self::Channel => "channel",
            Self::Customer => "customer",
            Self::CustomerSegment => "customer_segment",
            Self::Flow => "flow",
            Self::OriginFacility => "origin_facility",
            Self::DestinationFacility => "destination_facility",
            Self::DeliveryCourier => "delivery_courier",
            Self::Facility => "facility",
            Self::Courier => "courier",
            Self::Leg => "leg",
            Self::Attribute(name) => name.as_str(),
        }
    }

    /// The value of a scan, where it is the scan's own and not its waybill's.
    pub(super) fn of_scan(&self, scan: &NodeScan) -> Option<GroupValue> {
        let value = match self {
            Self::Facility => scan.facility.as_ref().map(|id| id.to_text()),
            Self::Courier => scan.courier.as_ref().map(|id| id.to_text()),
            Self::Leg => scan.leg.as_ref().map(Label::to_text),
            _ => return None,
        };
        Some(value.map_or(GroupValue::Missing, GroupValue::Is))
    }

    /// The value of a passage, where it is the passage's own.
    pub(super) fn of_passage(&self, passage: &StagePassage) -> Option<GroupValue> {
        let value = match self {
            Self::Facility => passage.facility.as_ref().map(|id| id.to_text()),
            Self::Leg => passage.leg.as_ref().map(Label::to_text),
            _ => return None,
        };
        Some(value.map_or(GroupValue::Missing, GroupValue::Is))
    }

    pub(super) fn value(&self, waybill: &Waybill, shipment: &Shipment) -> GroupValue {
        let of = |label: &Option<Label>| label.as_ref().map(Label::to_text);
        let value = match self {
            Self::Carrier => waybill.key.carrier.as_ref().map(|id| id.to_text()),
            Self::OriginRegion => of(&waybill.origin_region),
            Self::DestinationRegion => of(&waybill.destination_region),
            Self::OriginCity => of(&waybill.origin_city),
            Self::DestinationCity => of(&waybill.destination_city),
            Self::Lane => match (&waybill.origin_region, &waybill.destination_region) {
                (Some(from), Some(to)) => Some(format!("{from} → {to}").into()),
                _ => None,
            },
            Self::Product => of(&waybill.product),
            Self::CargoCategory => of(&waybill.cargo_category),
            Self::Channel => of(&waybill.channel),
            Self::Customer => waybill.customer.as_ref().map(|id| id.to_text()),
            Self::CustomerSegment => of(&waybill.customer_segment),
            Self::Flow => Some(
                match waybill.flow {
                    Flow::Forward => "forward",
                    Flow::Reverse => "reverse",
                    Flow::ReturnLeg => "return_leg",
                }
                .into(),
            ),
            Self::OriginFacility => shipment.roles.origin_facility.as_ref().map(|id| id.to_text()),
            Self::DestinationFacility => shipment.roles.destination_facility.as_ref().map(|id| id.to_text()),
            Self::DeliveryCourier => shipment.roles.delivery_courier.as_ref().map(|id| id.to_text()),
            Self::Facility | Self::Courier | Self::Leg => None,
            Self::Attribute(name) => waybill.attributes.get(name).map(Label::to_text),
        };
        value.map_or(GroupValue::Missing, GroupValue::Is)
    }
}

impl fmt::Display for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Dimension {
    type Err = RecordError;
    fn from_str(name: &str) -> Result<Self, RecordError> {
        Ok(match name {
            "carrier" => Self::Carrier,
            "origin_region" => Self::OriginRegion,
            "destination_region" => Self::DestinationRegion,
            "origin_city" => Self::OriginCity,
            "destination_city" => Self::DestinationCity,
            "lane" => Self::Lane,
            "product" => Self::Product,
            "cargo_category" => Self::CargoCategory,
            "channel" => Self::Channel,
            "customer" => Self::Customer,
            "customer_segment" => Self::CustomerSegment,
            "flow" => Self::Flow,
            "origin_facility" => Self::OriginFacility,
            "destination_facility" => Self::DestinationFacility,
            "delivery_courier" => Self::DeliveryCourier,
            "facility" => Self::Facility,
            "courier" => Self::Courier,
            "leg" => Self::Leg,
            own => Self::Attribute(Label::new(own)?),
        })
    }
}

/// One dimension's value for a fact.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum GroupValue {
    /// The value.
    Is(Text),
    /// The waybill has none: `null` in results.
    Missing,
    /// The fact has no known waybill: `unassigned` in results.
    Unassigned,
}

impl GroupValue {
    /// The text in results; none for [`GroupValue::Missing`].
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Is(value) => Some(value),
            Self::Missing => None,
            Self::Unassigned => Some("unassigned"),
        }
    }
}

/// One group: a value for each dimension of the plan, in their order.
pub type GroupKey = Vec<GroupValue>;

/// The groups seen, numbered as they come. The numbers mean nothing outside one fold.
#[derive(Debug, Clone, Default)]
pub(super) struct Groups {
    keys: Vec<GroupKey>,
    slots: HashMap<GroupKey, u32>,
}

impl Groups {
    pub(super) fn slot(&mut self, key: &GroupKey) -> u32 {
        if let Some(&slot) = self.slots.get(key) {
            return slot;
        }
        let slot = self.keys.len() as u32;
        self.keys.push(key.clone());
        self.slots.insert(key.clone(), slot);
        slot
    }

    pub(super) fn key(&self, slot: u32) -> Option<&GroupKey> {
        self.keys.get(slot as usize)
    }

    pub(super) fn len(&self) -> u32 {
        self.keys.len() as u32
    }

    /// The slot here of each of another's groups, each key first changed by `change`.
    pub(super) fn renumber(&mut self, other: &Self, change: impl Fn(&GroupKey) -> GroupKey) -> Vec<u32> {
        other.keys.iter().map(|key| self.slot(&change(key))).collect()
    }

    /// The same groups numbered in ascending order, with the new number of each: one way to write them.
    pub(super) fn ascending(&self) -> (Self, Vec<u32>) {
        let mut keys: Vec<&GroupKey> = self.keys.iter().collect();
        keys.sort_unstable();
        let mut ascending = Self::default();
        keys.into_iter().for_each(|key| {
            ascending.slot(key);
        });
        let renumbered = ascending.renumber(self, Clone::clone);
        (ascending, renumbered)
    }

    pub(super) fn encode(&self, out: &mut Writer) {
        out.length(self.keys.len());
        for value in self.keys.iter().flatten() {
            match value {
                GroupValue::Is(text) => {
                    out.unsigned(0_u8);
                    out.text(text);
                }
                GroupValue::Missing => out.unsigned(1_u8),
                GroupValue::Unassigned => out.unsigned(2_u8),
            }
        }
    }

    pub(super) fn decode(input: &mut Reader<'_>, dimensions: usize) -> Result<Self, WireError> {
        let count = input.unsigned()?;
        let mut groups = Self::default();
        for number in 0..count {
            let mut key = GroupKey::with_capacity(dimensions);
            for _ in 0..dimensions {
                key.push(match input.unsigned()? {
                    0 => GroupValue::Is(input.text()?.into()),
                    1 => GroupValue::Missing,
                    2 => GroupValue::Unassigned,
                    _ => return Err(input.malformed("no such kind of group value")),
                });
            }
            if groups.keys.last().is_some_and(|last| *last >= key) || number > u64::from(u32::MAX - 1) {
                return Err(input.malformed("groups out of order"));
            }
            groups.slot(&key);
        }
        Ok(groups)
    }
}
