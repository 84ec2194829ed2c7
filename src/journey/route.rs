//! Which nodes a route must have, in which order, and which stages lie between them.

use std::borrow::Cow;

use crate::record::NodeKind;

use super::Scan;

/// A set of node kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct NodeSet(u32);

impl NodeSet {
    /// The set with one kind more.
    #[must_use]
    pub const fn with(self, kind: NodeKind) -> Self {
        Self(self.0 | 1 << kind as u8)
    }
    /// Whether a kind is in it.
    #[must_use]
    pub const fn contains(self, kind: NodeKind) -> bool {
        self.0 & 1 << kind as u8 != 0
    }
    /// Whether every kind of another set is in it.
    #[must_use]
    pub const fn contains_all(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
    /// How many of its kinds another set lacks.
    #[must_use]
    pub const fn lacking_in(self, other: Self) -> u32 {
        (self.0 & !other.0).count_ones()
    }
    /// Whether it is empty.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl FromIterator<NodeKind> for NodeSet {
    fn from_iter<I: IntoIterator<Item = NodeKind>>(kinds: I) -> Self {
        kinds.into_iter().fold(Self::default(), Self::with)
    }
}

/// Which of several scans of one kind bounds a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pick {
    /// The earliest.
    First,
    /// The latest.
    Last,
}

/// Where a stage begins or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Boundary {
    /// A scan of a kind.
    Node(NodeKind, Pick),
    /// The completion, whatever completes.
    Completion,
}

/// A stretch of the way that has a time of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Stage {
    /// Its name in results.
    pub name: Cow<'static, str>,
    /// Where it begins.
    pub from: Boundary,
    /// Where it ends.
    pub to: Boundary,
}

impl Stage {
    const fn new(name: &'static str, from: Boundary, to: Boundary) -> Self {
        Self { name: Cow::Borrowed(name), from, to }
    }
}

/// The nodes a route must have and the stages between them.
///
/// Stages follow one another: each begins where the one before it ends. A boundary whose node the route lacks takes the
/// instant of the boundary before it, so that its stage has zero length and its time goes to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoutePolicy {
    mandatory: NodeSet,
    stages: Vec<Stage>, // stages[i].to == stages[i + 1].from
}

const COLLECTED: Boundary = Boundary::Node(NodeKind::Collected, Pick::First);
const ORIGIN_LEFT: Boundary = Boundary::Node(NodeKind::OriginDeparted, Pick::Last);
const DESTINATION_REACHED: Boundary = Boundary::Node(NodeKind::DestinationArrived, Pick::First);
const OUT: Boundary = Boundary::Node(NodeKind::OutForDelivery, Pick::First);

impl RoutePolicy {
    /// The normal trip of four stages 寄出地处理, 运输, 寄达地处理, 投递; six nodes are mandatory.
    #[must_use]
    pub fn standard() -> Self {
        let mandatory = [
            NodeKind::Collected,
            NodeKind::OriginArrived,
            NodeKind::OriginDeparted,
            NodeKind::DestinationArrived,
            NodeKind::OutForDelivery,
            NodeKind::Delivered,
        ];
        let stages = vec![
            Stage::new("origin_processing", COLLECTED, ORIGIN_LEFT),
            Stage::new("transport", ORIGIN_LEFT, DESTINATION_REACHED),
            Stage::new("destination_processing", DESTINATION_REACHED, OUT),
            Stage::new("last_mile", OUT, Boundary::Completion),
        ];
        Self { mandatory: mandatory.into_iter().collect(), stages }
    }

    /// The standard route with other mandatory nodes: a same-city service, say, has no destination site of its own.
    #[must_use]
    pub fn with_mandatory(mut self, kinds: impl IntoIterator<Item = NodeKind>) -> Self {
        self.mandatory = kinds.into_iter().collect();
        self
    }

    /// The nodes a complete journey must have.
    #[must_use]
    pub fn mandatory(&self) -> NodeSet {
        self.mandatory
    }

    /// Whether scans in order of time follow the order of a normal trip.
    ///
    /// Inspection and collection come in either order, hubs and customs in any and as often as need be. After a failed
    /// attempt or storage the parcel may pass the destination site again. What stands apart from the line is free.
    #[must_use]
    pub fn allows<'s, 'a: 's>(&self, scans: impl IntoIterator<Item = &'s Scan<'a>>) -> bool {
        let mut reached = 0;
        for phase in scans.into_iter().filter_map(|scan| phase(scan.kind)) {
            let again = reached == ATTEMPTED && (AT_DESTINATION..=ATTEMPTED).contains(&phase);
            if phase < reached && !again {
                return false;
            }
            reached = phase;
        }
        true
    }

    /// Its stages, in order.
    #[must_use]
    pub fn stages(&self) -> &[Stage] {
        &self.stages
    }

    /// Whether the route has the node that a boundary stands on.
    #[must_use]
    pub fn has(&self, boundary: Boundary) -> bool {
        match boundary {
            Boundary::Node(kind, _) => self.mandatory.contains(kind),
            Boundary::Completion => true,
        }
    }
}

const AT_DESTINATION: u8 = 5;
const ATTEMPTED: u8 = 8;

/// How far along the line a node stands; none for what stands apart from it.
fn phase(kind: NodeKind) -> Option<u8> {
    Some(match kind {
        NodeKind::Ordered => 0,
        NodeKind::Inspected | NodeKind::Collected => 1,
        NodeKind::OriginArrived => 2,
        NodeKind::OriginDeparted => 3,
        NodeKind::HubArrived | NodeKind::HubDeparted | NodeKind::CustomsIn | NodeKind::CustomsOut => 4,
        NodeKind::DestinationArrived => AT_DESTINATION,
        NodeKind::DestinationDeparted => 6,
        NodeKind::OutForDelivery => 7,
        NodeKind::AttemptFailed | NodeKind::Stored => ATTEMPTED,
        NodeKind::Delivered => 9,
        _ => return None,
    })
}

impl Default for RoutePolicy {
    fn default() -> Self {
        Self::standard()
    }
}
