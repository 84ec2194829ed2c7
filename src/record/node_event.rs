//! Node events: the scans along a parcel's way, in one normalised vocabulary.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{CourierId, FacilityId, Instant, Label, RecordError, WaybillKey};

/// What happened at a node, in the order of a normal trip; after [`NodeKind::Delivered`] what stands apart from the line.
#[doc(alias = "节点")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum NodeKind {
    /// The order was placed. No handling.
    Ordered,
    /// The content was inspected at acceptance.
    #[doc(alias = "收寄验视")]
    Inspected,
    /// The parcel was collected from the sender.
    #[doc(alias = "揽收")]
    Collected,
    /// It arrived at the origin site.
    OriginArrived,
    /// It left the origin site.
    OriginDeparted,
    /// It arrived at a hub. May repeat.
    #[doc(alias = "中转到达")]
    HubArrived,
    /// It left a hub. May repeat.
    HubDeparted,
    /// It was presented to customs.
    CustomsIn,
    /// Customs released it.
    CustomsOut,
    /// It arrived at the destination site.
    DestinationArrived,
    /// It left the destination site.
    DestinationDeparted,
    /// A courier took it out.
    #[doc(alias = "派送中")]
    OutForDelivery,
    /// A delivery was tried in vain. May repeat.
    AttemptFailed,
    /// It was put into a locker or station.
    #[doc(alias = "投柜")]
    #[doc(alias = "驿站")]
    Stored,
    /// The recipient or an agent has it.
    #[doc(alias = "签收")]
    Delivered,
    /// Damage was found.
    #[doc(alias = "破损")]
    Damaged,
    /// It was declared lost.
    #[doc(alias = "丢失")]
    Lost,
    /// Contents are missing.
    #[doc(alias = "内件短少")]
    Shortage,
    /// It was sorted wrongly.
    #[doc(alias = "错分")]
    Missorted,
    /// The recipient refused it.
    #[doc(alias = "拒收")]
    Refused,
    /// The address is wrong or incomplete.
    AddressProblem,
    /// A temperature reading out of band.
    TemperatureAlarm,
    /// It is being held.
    Held,
    /// It was sent on to another address.
    Redirected,
    /// Its way back began.
    #[doc(alias = "退回")]
    Returned,
    /// The order was cancelled. No handling.
    Cancelled,
}

impl NodeKind {
    /// All kinds, in their order.
    pub const ALL: [Self; 26] = [
        Self::Ordered,
        Self::Inspected,
        Self::Collected,
        Self::OriginArrived,
        Self::OriginDeparted,
        Self::HubArrived,
        Self::HubDeparted,
        Self::CustomsIn,
        Self::CustomsOut,
        Self::DestinationArrived,
        Self::DestinationDeparted,
        Self::OutForDelivery,
        Self::AttemptFailed,
        Self::Stored,
        Self::Delivered,
        Self::Damaged,
        Self::Lost,
        Self::Shortage,
        Self::Missorted,
        Self::Refused,
        Self::AddressProblem,
        Self::TemperatureAlarm,
        Self::Held,
        Self::Redirected,
        Self::Returned,
        Self::Cancelled,
    ];

    /// The name in files and results: `out_for_delivery`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ordered => "ordered",
            Self::Inspected => "inspected",
            Self::Collected => "collected",
            Self::OriginArrived => "origin_arrived",
            Self::OriginDeparted => "origin_departed",
            Self::HubArrived => "hub_arrived",
            Self::HubDeparted => "hub_departed",
            Self::CustomsIn => "customs_in",
            Self::CustomsOut => "customs_out",
            Self::DestinationArrived => "destination_arrived",
            Self::DestinationDeparted => "destination_departed",
            Self::OutForDelivery => "out_for_delivery",
            Self::AttemptFailed => "attempt_failed",
            Self::Stored => "stored",
            Self::Delivered => "delivered",
            Self::Damaged => "damaged",
            Self::Lost => "lost",
            Self::Shortage => "shortage",
            Self::Missorted => "missorted",
            Self::Refused => "refused",
            Self::AddressProblem => "address_problem",
            Self::TemperatureAlarm => "temperature_alarm",
            Self::Held => "held",
            Self::Redirected => "redirected",
            Self::Returned => "returned",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether the parcel itself was touched: everything but an order and its cancellation.
    #[must_use]
    pub fn is_handling(self) -> bool {
        !matches!(self, Self::Ordered | Self::Cancelled)
    }

    /// Whether the kind lies on the line of a normal trip, from `ordered` to `delivered`.
    #[must_use]
    pub fn is_on_line(self) -> bool {
        self <= Self::Delivered
    }
}

impl FromStr for NodeKind {
    type Err = RecordError;
    fn from_str(name: &str) -> Result<Self, RecordError> {
        Self::ALL.into_iter().find(|kind| kind.name() == name).ok_or_else(|| {
            RecordError::new(
                "kind",
                name,
                "one of the node kinds: ordered, inspected, collected, … returned, cancelled",
                "map the status to a node kind in the mapping's table of values",
            )
        })
    }
}

/// Whether the recipient agreed that the parcel be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// Agreed.
    Yes,
    /// Not agreed.
    No,
    /// Not recorded.
    #[default]
    Unknown,
}

impl Consent {
    /// All answers, in their order.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::Unknown];

    /// The name in files and results: `unknown`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
        }
    }
}

/// On whose account a scan stands: a failed attempt, a return, a redirection, a cancellation, a delay on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// The carrier or its partner.
    Carrier,
    /// The sender.
    Sender,
    /// The recipient.
    Recipient,
    /// Nobody: what could not be foreseen, avoided or overcome.
    #[doc(alias = "不可抗力")]
    ForceMajeure,
}

impl Party {
    /// All parties, in their order.
    pub const ALL: [Self; 4] = [Self::Carrier, Self::Sender, Self::Recipient, Self::ForceMajeure];

    /// The name in files and results: `force_majeure`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Carrier => "carrier",
            Self::Sender => "sender",
            Self::Recipient => "recipient",
            Self::ForceMajeure => "force_majeure",
        }
    }

    /// Whether the customer is meant: the sender or the recipient.
    #[must_use]
    pub fn is_customer(self) -> bool {
        matches!(self, Self::Sender | Self::Recipient)
    }
}

/// One scan. Its identity is (waybill, kind, `occurred_at`, facility, leg); repeats of it are counted and merged.
#[doc(alias = "轨迹")]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct NodeEvent {
    /// Whose scan it is.
    pub waybill: WaybillKey,
    /// What happened.
    pub kind: NodeKind,
    /// When it happened, by the scanner's clock.
    pub occurred_at: Instant,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facility: Option<FacilityId>,
    /// On which leg of the route, where the route has legs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leg: Option<Label>,
    /// When the system took it in; without it the scan is known from `occurred_at`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded_at: Option<Instant>,
    /// By whose hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub courier: Option<CourierId>,
    /// For [`NodeKind::Stored`]: whether the recipient agreed.
    #[serde(default)]
    pub consent: Consent,
    /// On whose account, where that was recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<Party>,
    /// The source system's own code, kept as it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw_code: Option<Label>,
}

impl NodeEvent {
    /// A scan of which nothing but its identity is known.
    #[must_use]
    pub fn new(waybill: WaybillKey, kind: NodeKind, occurred_at: Instant) -> Self {
        Self {
            waybill,
            kind,
            occurred_at,
            facility: None,
            leg: None,
            recorded_at: None,
            courier: None,
            consent: Consent::Unknown,
            party: None,
            raw_code: None,
        }
    }

    /// From when on the scan is known.
    #[must_use]
    pub fn known_at(&self) -> Instant {
        self.recorded_at.unwrap_or(self.occurred_at)
    }
}
