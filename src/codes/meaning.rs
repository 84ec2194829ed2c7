//! What a code means: the names that many vocabularies are brought to, and the node each of them is.

use super::{CodePolicies, LockerDeposit, LockerSignature};
use crate::record::NodeKind;

/// What a carrier's code means, coarser than the code and finer than the node. Many codes have one meaning, and a meaning
/// is no way back to the code: the code stays beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Meaning {
    /// The sender's data is there, the parcel is not.
    Ordered,
    /// The carrier has the parcel.
    PickedUp,
    /// Arrived somewhere: which site is told by its place in the journey.
    ArrivedFacility,
    /// Arrived at the site it was sent from.
    ArrivedOrigin,
    /// Arrived at a hub, a port or the destination's country.
    ArrivedHub,
    /// Arrived at the site that delivers it.
    ArrivedDestination,
    /// Sorted, loaded or unloaded: inside a site.
    Sorted,
    /// Left somewhere: which site is told by its place in the journey.
    DepartedFacility,
    /// Left the site it was sent from.
    DepartedOrigin,
    /// Left a hub or a port.
    DepartedHub,
    /// On the way, nobody says where.
    Linehaul,
    /// Presented to customs.
    CustomsIn,
    /// Kept by customs.
    CustomsHeld,
    /// Released by customs.
    CustomsCleared,
    /// A courier has it.
    OutForDelivery,
    /// A delivery was tried in vain.
    AttemptFailed,
    /// Waits at a station, shop or post office.
    Stored,
    /// Was put into a locker or left with a guard: an end for some systems, a halt for others.
    LockerDeposit,
    /// Handed over: to the recipient, a proxy, a neighbour.
    Delivered,
    /// Signed for by or out of a locker; the sources differ.
    LockerSignature,
    /// Damaged.
    Damage,
    /// Lost, stolen or destroyed.
    Loss,
    /// Sent the wrong way.
    Misroute,
    /// Refused.
    Refusal,
    /// The address is wrong.
    AddressFault,
    /// Halted or late.
    Delay,
    /// Not collected from where it waits.
    Uncollected,
    /// Sent on: to another address, or to another carrier.
    Forwarded,
    /// On its way back.
    Returning,
    /// The sender has it back.
    ReturnedSigned,
    /// Cancelled.
    Cancelled,
    /// No news: what a system concludes from silence, not a scan.
    Stale,
    /// Trouble, and the code does not say which.
    Exception,
    /// Nothing that happened to the parcel.
    NoEvent,
}

/// Which node a meaning is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sense {
    /// This one.
    Node(NodeKind),
    /// An arrival; [`place`](super::place) tells where.
    Arrival,
    /// A departure; [`place`](super::place) tells where from.
    Departure,
    /// None.
    NoNode,
}

impl Meaning {
    /// All meanings, in their order.
    pub const ALL: [Self; 34] = [
        Self::Ordered,
        Self::PickedUp,
        Self::ArrivedFacility,
        Self::ArrivedOrigin,
        Self::ArrivedHub,
        Self::ArrivedDestination,
        Self::Sorted,
        Self::DepartedFacility,
        Self::DepartedOrigin,
        Self::DepartedHub,
        Self::Linehaul,
        Self::CustomsIn,
        Self::CustomsHeld,
        Self::CustomsCleared,
        Self::OutForDelivery,
        Self::AttemptFailed,
        Self::Stored,
        Self::LockerDeposit,
        Self::Delivered,
        Self::LockerSignature,
        Self::Damage,
        Self::Loss,
        Self::Misroute,
        Self::Refusal,
        Self::AddressFault,
        Self::Delay,
        Self::Uncollected,
        Self::Forwarded,
        Self::Returning,
        Self::ReturnedSigned,
        Self::Cancelled,
        Self::Stale,
        Self::Exception,
        Self::NoEvent,
    ];

    /// The name in vocabulary files: `out_for_delivery`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ordered => "ordered",
            Self::PickedUp => "picked_up",
            Self::ArrivedFacility => "arrived_facility",
            Self::ArrivedOrigin => "arrived_origin",
            Self::ArrivedHub => "arrived_hub",
            Self::ArrivedDestination => "arrived_destination",
            Self::Sorted => "sorted",
            Self::DepartedFacility => "departed_facility",
            Self::DepartedOrigin => "departed_origin",
            Self::DepartedHub => "departed_hub",
            Self::Linehaul => "linehaul",
            Self::CustomsIn => "customs_in",
            Self::CustomsHeld => "customs_held",
            Self::CustomsCleared => "customs_cleared",
            Self::OutForDelivery => "out_for_delivery",
            Self::AttemptFailed => "attempt_failed",
            Self::Stored => "stored",
            Self::LockerDeposit => "locker_deposit",
            Self::Delivered => "delivered",
            Self::LockerSignature => "locker_signature",
            Self::Damage => "exc_damage",
            Self::Loss => "exc_loss",
            Self::Misroute => "exc_misroute",
            Self::Refusal => "exc_refused",
            Self::AddressFault => "exc_address",
            Self::Delay => "exc_delay",
            Self::Uncollected => "uncollected",
            Self::Forwarded => "forwarded",
            Self::Returning => "returning",
            Self::ReturnedSigned => "returned_signed",
            Self::Cancelled => "cancelled",
            Self::Stale => "stale",
            Self::Exception => "exception",
            Self::NoEvent => "no_event",
        }
    }

    /// The meaning of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|meaning| meaning.name() == name)
    }

    /// The node it is. Three choices are ours:
    ///
    /// - being sorted, or simply on the way, is no node: said five times it would be five departures;
    /// - delays and holds by customs are `held`; trouble without a name and parcels nobody fetches are no node, since
    ///   `held` keeps a silent parcel from being presumed lost;
    /// - a sender's signature for a parcel that came back is `returned`, never `delivered`, which would complete the trip.
    #[must_use]
    pub fn sense(self, policies: CodePolicies) -> Sense {
        Sense::Node(match self {
            Self::ArrivedFacility => return Sense::Arrival,
            Self::DepartedFacility => return Sense::Departure,
            Self::Sorted | Self::Linehaul | Self::Uncollected | Self::Stale | Self::Exception | Self::NoEvent => {
                return Sense::NoNode;
            }
            Self::Ordered => NodeKind::Ordered,
            Self::PickedUp => NodeKind::Collected,
            Self::ArrivedOrigin => NodeKind::OriginArrived,
            Self::ArrivedHub => NodeKind::HubArrived,
            Self::ArrivedDestination => NodeKind::DestinationArrived,
            Self::DepartedOrigin => NodeKind::OriginDeparted,
            Self::DepartedHub => NodeKind::HubDeparted,
            Self::CustomsIn => NodeKind::CustomsIn,
            Self::CustomsCleared => NodeKind::CustomsOut,
            Self::CustomsHeld | Self::Delay => NodeKind::Held,
            Self::OutForDelivery => NodeKind::OutForDelivery,
            Self::AttemptFailed => NodeKind::AttemptFailed,
            Self::Stored => NodeKind::Stored,
            Self::LockerDeposit => match policies.locker_deposit {
                LockerDeposit::Stored => NodeKind::Stored,
                LockerDeposit::Delivered => NodeKind::Delivered,
            },
            Self::Delivered => NodeKind::Delivered,
            Self::LockerSignature => match policies.locker_signature {
                LockerSignature::Delivered => NodeKind::Delivered,
                LockerSignature::Stored => NodeKind::Stored,
            },
            Self::Damage => NodeKind::Damaged,
            Self::Loss => NodeKind::Lost,
            Self::Misroute => NodeKind::Missorted,
            Self::Refusal => NodeKind::Refused,
            Self::AddressFault => NodeKind::AddressProblem,
            Self::Forwarded => NodeKind::Redirected,
            Self::Returning | Self::ReturnedSigned => NodeKind::Returned,
            Self::Cancelled => NodeKind::Cancelled,
        })
    }
}
