//! Who answers for what went wrong.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{CourierId, FacilityId, Label, RecordError};

/// The responsible party: a closed tree, whose leaves may name who it was.
///
/// A parcel handed over late by its sender is not the carrier's fault, and has a leaf of its own. In files it is written as
/// the way down the tree: `carrier/courier/K7`, `shipper/late_hand_over`, `recipient`.
///
/// ```
/// use parcelgauge::record::{CarrierPart, CourierId, Responsible, ShipperFault};
/// let late = Responsible::Shipper(ShipperFault::LateHandOver);
/// assert_eq!((late.branch(), late.leaf()), ("shipper", Some("late_hand_over")));
/// let courier = Responsible::Carrier(CarrierPart::Courier(CourierId::new("K7")?));
/// assert_eq!((courier.branch(), courier.leaf()), ("carrier", Some("courier")));
/// assert_eq!(courier.to_string(), "carrier/courier/K7");
/// assert_eq!("shipper/late_hand_over".parse::<Responsible>()?, late);
/// # Ok::<(), parcelgauge::record::RecordError>(())
/// ```
#[doc(alias = "责任方")]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
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
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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

    /// Who it was, where the leaf names somebody.
    #[must_use]
    pub fn named(&self) -> Option<&str> {
        match self {
            Self::Carrier(CarrierPart::Stage(name) | CarrierPart::Partner(name)) => Some(name.as_str()),
            Self::Carrier(CarrierPart::Facility(id)) => Some(id.as_str()),
            Self::Carrier(CarrierPart::Courier(id)) => Some(id.as_str()),
            _ => None,
        }
    }

    /// The site, where it was one.
    #[must_use]
    pub fn facility(&self) -> Option<&FacilityId> {
        match self {
            Self::Carrier(CarrierPart::Facility(id)) => Some(id),
            _ => None,
        }
    }
}

impl fmt::Display for Responsible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.branch())?;
        let below = [self.leaf().filter(|&leaf| leaf != "unspecified"), self.named()];
        below.into_iter().flatten().try_for_each(|part| write!(f, "/{part}"))
    }
}

impl FromStr for Responsible {
    type Err = RecordError;

    fn from_str(text: &str) -> Result<Self, RecordError> {
        let mut parts = text.splitn(3, '/');
        let (branch, leaf, name) = (parts.next(), parts.next(), parts.next());
        Ok(match (branch, leaf, name) {
            (Some("carrier"), None, None) => Self::Carrier(CarrierPart::Unspecified),
            (Some("carrier"), Some("stage"), Some(name)) => Self::Carrier(CarrierPart::Stage(Label::new(name)?)),
            (Some("carrier"), Some("facility"), Some(id)) => Self::Carrier(CarrierPart::Facility(FacilityId::new(id)?)),
            (Some("carrier"), Some("courier"), Some(id)) => Self::Carrier(CarrierPart::Courier(CourierId::new(id)?)),
            (Some("carrier"), Some("partner"), Some(name)) => Self::Carrier(CarrierPart::Partner(Label::new(name)?)),
            (Some("shipper"), Some("late_hand_over"), None) => Self::Shipper(ShipperFault::LateHandOver),
            (Some("shipper"), Some("packing"), None) => Self::Shipper(ShipperFault::Packing),
            (Some("shipper"), Some("address"), None) => Self::Shipper(ShipperFault::Address),
            (Some("shipper"), Some("prohibited"), None) => Self::Shipper(ShipperFault::Prohibited),
            (Some("shipper"), None | Some("other"), None) => Self::Shipper(ShipperFault::Other),
            (Some("recipient"), None, None) => Self::Recipient,
            (Some("customs"), None, None) => Self::Customs,
            (Some("force_majeure"), None, None) => Self::ForceMajeure,
            (Some("unknown"), None, None) => Self::Unknown,
            _ => {
                return Err(RecordError::new(
                    "responsible",
                    text,
                    "carrier, carrier/stage/NAME, carrier/facility/ID, carrier/courier/ID, carrier/partner/NAME, \
                     shipper/late_hand_over, shipper/packing, shipper/address, shipper/prohibited, shipper/other, \
                     recipient, customs, force_majeure or unknown",
                    "translate the source's own words with a value map",
                ));
            }
        })
    }
}

impl Serialize for Responsible {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Responsible {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
