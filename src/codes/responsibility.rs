//! Reasons and the party they point at.

use crate::record::{CarrierPart, Party, Responsible, ShipperFault};

/// The party of a word in a vocabulary file: a branch of [`Responsible`], or `shipper.` and its leaf.
pub(super) fn of_word(word: &str) -> Option<Responsible> {
    Some(match word {
        "carrier" => Responsible::Carrier(CarrierPart::Unspecified),
        "shipper.late_hand_over" => Responsible::Shipper(ShipperFault::LateHandOver),
        "shipper.packing" => Responsible::Shipper(ShipperFault::Packing),
        "shipper.address" => Responsible::Shipper(ShipperFault::Address),
        "shipper.prohibited" => Responsible::Shipper(ShipperFault::Prohibited),
        "shipper.other" => Responsible::Shipper(ShipperFault::Other),
        "recipient" => Responsible::Recipient,
        "customs" => Responsible::Customs,
        "force_majeure" => Responsible::ForceMajeure,
        "unknown" => Responsible::Unknown,
        _ => return None,
    })
}

/// On whose account a scan stands, by who answers for it. Customs and the unknown are nobody's account.
///
/// ```
/// use parcelgauge::codes::party_of;
/// use parcelgauge::record::{Party, Responsible};
/// assert_eq!(party_of(&Responsible::Recipient), Some(Party::Recipient));
/// assert_eq!(party_of(&Responsible::Customs), None);
/// ```
#[must_use]
pub fn party_of(responsible: &Responsible) -> Option<Party> {
    match responsible {
        Responsible::Carrier(_) => Some(Party::Carrier),
        Responsible::Shipper(_) => Some(Party::Sender),
        Responsible::Recipient => Some(Party::Recipient),
        Responsible::ForceMajeure => Some(Party::ForceMajeure),
        Responsible::Customs | Responsible::Unknown => None,
    }
}
