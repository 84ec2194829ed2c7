//! Which site an arrival or a departure is of, where the code does not say.

use std::collections::BTreeMap;

use super::Sense;
use crate::record::{FacilityId, NodeKind};

/// What a facility is in the network, where the caller knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FacilityRole {
    /// It collects and delivers: origin or destination, by the parcel's journey.
    #[doc(alias = "网点")]
    Site,
    /// It only passes parcels on.
    #[doc(alias = "转运中心")]
    Hub,
}

/// One scan of a parcel, before its place is known.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Passing {
    /// What its code says.
    pub sense: Sense,
    /// Where it was made.
    pub facility: Option<FacilityId>,
}

impl Passing {
    /// A scan.
    #[must_use]
    pub fn new(sense: Sense, facility: Option<FacilityId>) -> Self {
        Self { sense, facility }
    }
}

/// What became of a scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Placed {
    /// It is this node.
    Node(NodeKind),
    /// Its code tells of no node.
    NoNode,
    /// An arrival or departure of which neither facility nor journey tells the site: counted, never guessed.
    Unplaced,
}

/// Places the scans of one parcel, given in order of time.
///
/// A hub is a hub. Else the journey tells:
///
/// - after a collection, and before anything has left: an arrival is at the origin, the first departure is from it; not
///   where the facility is known to be another one than that of the collection, which makes an arrival one at a hub;
/// - the last arrival before the parcel is taken out, attempted, stored or delivered, with no departure between, is at the
///   destination; and so are arrivals and departures between it and the end, at the same facility;
/// - an arrival after a departure and before another, and the departure after it, is of a hub;
/// - all others are unplaced: an arrival with nothing after it may be at a hub or at the destination.
///
/// A site that collected is no hub, and one with a later arrival elsewhere is no destination. As more of a journey
/// becomes known, scans move from unplaced to a place and from no place to another but by contradiction: read a parcel's
/// scans together, not in pieces.
///
/// ```
/// use parcelgauge::codes::{Passing, Placed, Sense, place};
/// use parcelgauge::record::NodeKind;
/// let senses = [Sense::Node(NodeKind::Collected), Sense::Departure, Sense::Arrival, Sense::Departure, Sense::Arrival];
/// let mut scans: Vec<Passing> = senses.map(|sense| Passing::new(sense, None)).into();
/// assert_eq!(place(&scans, &Default::default())[4], Placed::Unplaced);
/// scans.push(Passing::new(Sense::Node(NodeKind::OutForDelivery), None));
/// let placed = place(&scans, &Default::default());
/// assert_eq!(placed[1], Placed::Node(NodeKind::OriginDeparted));
/// assert_eq!(placed[2..4], [Placed::Node(NodeKind::HubArrived), Placed::Node(NodeKind::HubDeparted)]);
/// assert_eq!(placed[4], Placed::Node(NodeKind::DestinationArrived));
/// ```
#[must_use]
pub fn place(scans: &[Passing], roles: &BTreeMap<FacilityId, FacilityRole>) -> Vec<Placed> {
    let course = Course { scans, roles, end: scans.iter().position(is_end) };
    (0..scans.len()).map(|at| course.placed(at)).collect()
}

/// From here on the parcel is at its destination, or was.
fn is_end(scan: &Passing) -> bool {
    matches!(
        scan.sense,
        Sense::Node(NodeKind::OutForDelivery | NodeKind::AttemptFailed | NodeKind::Stored | NodeKind::Delivered)
    )
}

fn is_arrival(scan: &Passing) -> bool {
    let told = [NodeKind::OriginArrived, NodeKind::HubArrived, NodeKind::DestinationArrived];
    scan.sense == Sense::Arrival || told.iter().any(|&kind| scan.sense == Sense::Node(kind))
}

fn is_departure(scan: &Passing) -> bool {
    let told = [NodeKind::OriginDeparted, NodeKind::HubDeparted, NodeKind::DestinationDeparted];
    scan.sense == Sense::Departure || told.iter().any(|&kind| scan.sense == Sense::Node(kind))
}

struct Course<'s> {
    scans: &'s [Passing],
    roles: &'s BTreeMap<FacilityId, FacilityRole>,
    end: Option<usize>, // the first scan at or past the end, < scans.len()
}

/// The three places, with the nodes of arriving there and of leaving.
#[derive(Clone, Copy)]
enum Site {
    Origin,
    Hub,
    Destination,
}

impl Course<'_> {
    fn placed(&self, at: usize) -> Placed {
        let scan = &self.scans[at];
        let site = match scan.sense {
            Sense::Node(kind) => return Placed::Node(kind),
            Sense::NoNode => return Placed::NoNode,
            Sense::Arrival => self.arrived_at(at),
            Sense::Departure => self.departed_from(at),
        };
        let arrives = scan.sense == Sense::Arrival;
        site.map_or(Placed::Unplaced, |site| {
            Placed::Node(match site {
                Site::Origin if arrives => NodeKind::OriginArrived,
                Site::Origin => NodeKind::OriginDeparted,
                Site::Hub if arrives => NodeKind::HubArrived,
                Site::Hub => NodeKind::HubDeparted,
                Site::Destination if arrives => NodeKind::DestinationArrived,
                Site::Destination => NodeKind::DestinationDeparted,
            })
        })
    }

    fn is_hub(&self, at: usize) -> bool {
        let role = self.scans[at].facility.as_ref().and_then(|facility| self.roles.get(facility));
        role == Some(&FacilityRole::Hub)
    }

    /// Whether two scans are known to be of two facilities.
    fn differ(&self, one: usize, other: usize) -> bool {
        match (&self.scans[one].facility, &self.scans[other].facility) {
            (Some(one), Some(other)) => one != other,
            _ => false,
        }
    }

    fn collection_before(&self, at: usize) -> Option<usize> {
        self.scans[..at].iter().position(|scan| scan.sense == Sense::Node(NodeKind::Collected))
    }

    fn arrived_at(&self, at: usize) -> Option<Site> {
        let after = &self.scans[at + 1..];
        let left_before = self.scans[..at].iter().any(is_departure);
        let leaves_next = after.iter().position(is_departure).map(|next| at + 1 + next);
        if self.is_hub(at) {
            return Some(Site::Hub);
        }
        if let Some(end) = self.end {
            if at > end {
                return None; // back at a site after an attempt, or on the way back: the journey does not tell which
            }
            let moves_on = self.scans[at + 1..end].iter().any(|scan| is_departure(scan) || is_arrival(scan));
            if !moves_on && (left_before || self.arrives_elsewhere(at)) {
                return Some(Site::Destination);
            }
        }
        match self.collection_before(at) {
            Some(collected) if !left_before => {
                let same = !self.differ(collected, at);
                let decided = same || leaves_next.is_some() || self.end.is_some();
                decided.then_some(if same { Site::Origin } else { Site::Hub })
            }
            _ => (left_before && leaves_next.is_some()).then_some(Site::Hub),
        }
    }

    /// Whether an arrival is known to be somewhere else than the collection was.
    fn arrives_elsewhere(&self, at: usize) -> bool {
        self.collection_before(at).is_some_and(|collected| self.differ(collected, at))
    }

    fn departed_from(&self, at: usize) -> Option<Site> {
        if self.is_hub(at) {
            return Some(Site::Hub);
        }
        if self.end.is_some_and(|end| at > end) {
            return None;
        }
        let before = &self.scans[..at];
        let left_before = before.iter().any(is_departure);
        match self.collection_before(at) {
            Some(collected) if !left_before => Some(if self.differ(collected, at) { Site::Hub } else { Site::Origin }),
            _ => left_before.then_some(Site::Hub),
        }
    }
}
