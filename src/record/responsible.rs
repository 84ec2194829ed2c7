//! Who answers for what went wrong.

use serde::{Deserialize, Serialize};

use super::{CourierId, FacilityId, Label};

/// The responsible party: a closed tree, whose leaves may name who it was.
///
/// A parcel handed over late by its sender is not the carrier's fault, and has a leaf of its own.
///
/// ```
/// use parcelgauge::record::{CarrierPart, CourierId, Responsible, ShipperFault};
/// let late = Responsible::Shipper(ShipperFault::LateHandOver);
/// assert_eq!((late.branch(), late.leaf()), ("shipper", Some("late_hand_over")));
/// let courier = Responsible::Carrier(CarrierPart::Courier(CourierId::new("K7")?));
/// assert_eq!((courier.branch(), courier.leaf()), ("carrier", Some("courier")));
/// # Ok::<(), parcelgauge::record::RecordError>(())
/// ```
#[doc(alias = "责任方")]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Responsible {
    /// The carrier.
    Carrier(CarrierPart),
    /// The sender.
    #[doc(alias = "寄件人")]
    Shipper(ShipperFault),
    /// The recipient: wrong address given, not at home, refused.
    #[doc(alias = "收件人")]
    Recipient,
    /// Customs.
    #[doc(alias = "海关")]
    Customs,
    /// Weather and whatever else nobody could avoid.
    #[doc(alias = "不可抗力")]
    ForceMajeure,
    /// Not found out, or not yet.
    Unknown,
}

/// Which part of the carrier.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CarrierPart {
    /// A stage of the journey, by its code: `transport`.
    Stage(Label),
    /// A site.
    Facility(FacilityId),
    /// A courier.
    Courier(CourierId),
    /// A firm that works for the carrier.
    Partner(Label),
    /// The carrier as a whole.
    Unspecified,
}

/// What the sender did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShipperFault {
    /// Handed it over after the time agreed.
    LateHandOver,
    /// Packed it badly.
    Packing,
    /// Wrote a wrong address.
    Address,
    /// Sent what may not be sent.
    Prohibited,
    /// Something else.
    Other,
}

impl Responsible {
    /// The branches of the tree, in their order.
    pub const BRANCHES: [&'static str; 6] = ["carrier", "shipper", "recipient", "customs", "force_majeure", "unknown"];

    /// The branch: what figures are grouped by first.
    #[must_use]
    pub fn branch(&self) -> &'static str {
        match self {
            Self::Carrier(_) => "carrier",
            Self::Shipper(_) => "shipper",
            Self::Recipient => "recipient",
            Self::Customs => "customs",
            Self::ForceMajeure => "force_majeure",
            Self::Unknown => "unknown",
        }
    }

    /// The leaf below its branch: `courier`, `late_hand_over`; none where the branch is the leaf.
    #[must_use]
    pub fn leaf(&self) -> Option<&'static str> {
        match self {
            Self::Carrier(CarrierPart::Stage(_)) => Some("stage"),
            Self::Carrier(CarrierPart::Facility(_)) => Some("facility"),
            Self::Carrier(CarrierPart::Courier(_)) => Some("courier"),
            Self::Carrier(CarrierPart::Partner(_)) => Some("partner"),
            Self::Carrier(CarrierPart::Unspecified) => Some("unspecified"),
            Self::Shipper(ShipperFault::LateHandOver) => Some("late_hand_over"),
            Self::Shipper(ShipperFault::Packing) => Some("packing"),
            Self::Shipper(ShipperFault::Address) => Some("address"),
            Self::Shipper(ShipperFault::Prohibited) => Some("prohibited"),
            Self::Shipper(ShipperFault::Other) => Some("other"),
            Self::Recipient | Self::Customs | Self::ForceMajeure | Self::Unknown => None,
        }
    }
}
