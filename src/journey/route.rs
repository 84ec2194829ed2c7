//! Which nodes a route must have, in which order, and which stages lie between them.

use crate::record::{Label, NodeKind, RecordError};

use super::stage::{nameable, twice};
use super::{Between, Boundary, Scan, Stage};

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

/// The nodes a route must have, the stages between them, and the legs it is made of.
///
/// A boundary whose node the route lacks takes the instant of the boundary before it, so that its stage has zero length
/// and its time goes to the next. The stages of the standard route follow one another and add up to the whole; stages of
/// the caller's own may leave gaps.
///
/// A route may have named legs, each gone through with all its stages, one after another or side by side in a fork that
/// joins before what comes next. Then scans belong to the leg they name, and those that name none of its legs bound no
/// stage.
///
/// ```
/// use parcelgauge::journey::{Boundary, Pick, RoutePolicy, Stage};
/// use parcelgauge::record::{Label, NodeKind};
/// let collected = Boundary::Node(NodeKind::Collected, Pick::First);
/// let checked_in = Boundary::Node(NodeKind::HubArrived, Pick::First);
/// let stages = [
///     Stage::once(Label::new("check_in")?, collected, checked_in),
///     Stage::repeatable(Label::new("on_the_ground")?, NodeKind::HubArrived, NodeKind::HubDeparted),
///     Stage::repeatable(Label::new("in_the_air")?, NodeKind::HubDeparted, NodeKind::HubArrived),
/// ];
/// let route = RoutePolicy::new(stages)?.with_fork([Label::new("in_1")?, Label::new("in_2")?])?.with_leg(Label::new("out")?)?;
/// assert_eq!(route.legs().iter().map(|leg| leg.section).collect::<Vec<_>>(), [0, 0, 1]);
/// # Ok::<(), parcelgauge::record::RecordError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoutePolicy {
    mandatory: NodeSet,
    stages: Vec<Stage>, // no name twice
    legs: Vec<Leg>,     // no name twice; ascending by section
}

/// A named part of the way, gone through with all stages of the route.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Leg {
    /// Its name, as scans and plans give it.
    pub name: Label,
    /// Where it stands in the order of the way: legs of one section run side by side.
    pub section: u16,
}

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
        Self { mandatory: mandatory.into_iter().collect(), stages: Stage::standard(), legs: Vec::new() }
    }

    /// A route of the caller's own stages, in their order. Mandatory are the nodes they stand on.
    ///
    /// # Errors
    /// [`RecordError`] where a name comes twice, holds `/` or `#`, or is [`WHOLE_LEG`](super::WHOLE_LEG) or
    /// [`WHOLE_WAY`](super::WHOLE_WAY), and where a repeatable stage begins and ends with one kind of scan.
    pub fn new(stages: impl IntoIterator<Item = Stage>) -> Result<Self, RecordError> {
        let mut route = Self { mandatory: NodeSet::default(), stages: Vec::new(), legs: Vec::new() };
        for stage in stages {
            stage.validate()?;
            if route.stages.iter().any(|other| other.name == stage.name) {
                return Err(twice("stage", &stage.name));
            }
            route.mandatory = stage.kinds().fold(route.mandatory, NodeSet::with);
            route.stages.push(stage);
        }
        Ok(route)
    }

    /// With one leg more, after all there are.
    ///
    /// # Errors
    /// [`RecordError`] where the name comes twice, or holds `/` or `#`.
    pub fn with_leg(self, name: Label) -> Result<Self, RecordError> {
        self.with_fork([name])
    }

    /// With legs that run side by side, after all there are, and are joined before what comes next. A shipment need not
    /// use all of them: a leg without scans and without plans is not on its way.
    ///
    /// # Errors
    /// As [`RoutePolicy::with_leg`].
    pub fn with_fork(mut self, names: impl IntoIterator<Item = Label>) -> Result<Self, RecordError> {
        let section = self.legs.last().map_or(0, |leg| leg.section.saturating_add(1));
        for name in names {
            nameable("leg", &name)?;
            if self.legs.iter().any(|leg| leg.name == name) {
                return Err(twice("leg", name.as_str()));
            }
            self.legs.push(Leg { name, section });
        }
        Ok(self)
    }

    /// The same route with other mandatory nodes: a same-city service, say, has no destination site of its own.
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
    /// On a route with legs each leg is looked at by itself, and so are the scans that name none.
    #[must_use]
    pub fn allows<'s, 'a: 's>(&self, scans: impl Iterator<Item = &'s Scan<'a>> + Clone) -> bool {
        let known = |scan: &Scan<'_>| self.legs.iter().position(|leg| Some(&leg.name) == scan.leg);
        match self.legs.len() {
            0 => is_in_line(scans),
            legs => {
                (0..legs).map(Some).chain([None]).all(|leg| is_in_line(scans.clone().filter(|scan| known(scan) == leg)))
            }
        }
    }

    /// Its stages, in order.
    #[must_use]
    pub fn stages(&self) -> &[Stage] {
        &self.stages
    }

    /// Its legs, in order; none where the whole way is one.
    #[must_use]
    pub fn legs(&self) -> &[Leg] {
        &self.legs
    }

    /// Whether a stage that is gone through once has such a beginning and end.
    pub(super) fn has_once(&self, is: impl Fn(Boundary, Boundary) -> bool) -> bool {
        self.stages.iter().any(|stage| matches!(stage.between, Between::Once { from, to } if is(from, to)))
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

/// Whether scans pass the phases of the line in their order.
fn is_in_line<'s, 'a: 's>(scans: impl Iterator<Item = &'s Scan<'a>>) -> bool {
    let mut reached = 0;
    for phase in scans.filter_map(|scan| phase(scan.kind)) {
        let again = reached == ATTEMPTED && (AT_DESTINATION..=ATTEMPTED).contains(&phase);
        if phase < reached && !again {
            return false;
        }
        reached = phase;
    }
    true
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
