//! Scans at random: single ones anywhere, and whole tours of the route with a gap or a slip here and there.

use parcelgauge::record::{Consent, NodeKind, Party};
use proptest::collection::vec;
use proptest::option::{self, weighted};
use proptest::prelude::*;
use proptest::sample::select;

use super::clock::{DAY, HOUR};
use super::generate_moments::{AT_ONE_INSTANT, Moment, Point, after, moment, point, recorded, recorded_soundly};

/// A scan of which the instant still depends on others.
#[derive(Debug, Clone)]
pub struct Scan {
    pub kind: NodeKind,
    pub moment: Moment,
    pub recorded: Option<i64>,
    pub facility: Option<&'static str>,
    pub courier: Option<&'static str>,
    pub consent: Consent,
    pub party: Option<Party>,
}

/// On whose account, if that is known.
pub fn party() -> impl Strategy<Value = Option<Party>> + Clone {
    let parties = select(vec![Party::Carrier, Party::Sender, Party::Recipient]);
    // Seldom: one scan spares the whole trip in adjusted figures.
    option::of(prop_oneof![12 => parties, 1 => Just(Party::ForceMajeure)])
}

/// Agreed, refused or not recorded.
pub fn consent() -> impl Strategy<Value = Consent> + Clone {
    select(vec![Consent::Yes, Consent::No, Consent::Unknown])
}

fn kind() -> impl Strategy<Value = NodeKind> + Clone {
    prop_oneof![
        8 => Just(NodeKind::Delivered),
        4 => Just(NodeKind::Stored),
        4 => Just(NodeKind::AttemptFailed),
        1 => Just(NodeKind::Collected),
        1 => Just(NodeKind::Ordered),
        3 => Just(NodeKind::Cancelled),
        1 => Just(NodeKind::Redirected),
        2 => Just(NodeKind::Refused),
        2 => Just(NodeKind::Returned),
        3 => Just(NodeKind::Lost),
        2 => Just(NodeKind::Damaged),
        1 => Just(NodeKind::Shortage),
        1 => Just(NodeKind::Held),
        2 => select(&NodeKind::ALL[..]),
    ]
}

fn scan(
    kind: impl Strategy<Value = NodeKind>,
    moment: impl Strategy<Value = Moment>,
    recorded: impl Strategy<Value = Option<i64>>,
) -> impl Strategy<Value = Scan> {
    let hands = (weighted(0.2, select(vec!["F", "G"])), weighted(0.3, select(vec!["x", "y"])));
    (kind, moment, recorded, hands, consent(), party()).prop_map(
        |(kind, moment, recorded, (facility, courier), consent, party)| Scan {
            kind,
            moment,
            recorded,
            facility,
            courier,
            consent,
            party,
        },
    )
}

/// The collection of a parcel.
pub fn collection() -> impl Strategy<Value = Scan> {
    let few = select(AT_ONE_INSTANT.to_vec()).prop_map(Point::At);
    scan(Just(NodeKind::Collected), prop_oneof![3 => point(0, 3), 2 => few].prop_map(Moment::At), recorded())
}

/// Scans in no order at all.
pub fn strewn() -> impl Strategy<Value = Vec<Scan>> {
    vec(scan(kind(), moment(), recorded()), 0..5)
}

/// How a tour ends.
const ENDS: [&[NodeKind]; 9] = [
    &[NodeKind::AttemptFailed, NodeKind::Refused],
    &[NodeKind::AttemptFailed, NodeKind::Delivered],
    &[NodeKind::Delivered],
    &[NodeKind::Delivered],
    &[NodeKind::AttemptFailed, NodeKind::OutForDelivery, NodeKind::Delivered],
    &[NodeKind::AttemptFailed, NodeKind::AttemptFailed],
    &[NodeKind::AttemptFailed, NodeKind::Refused, NodeKind::Returned],
    &[NodeKind::Stored, NodeKind::Delivered],
    &[],
];

/// The nodes between collection and the last mile.
const WAY: [NodeKind; 5] = [
    NodeKind::OriginArrived,
    NodeKind::OriginDeparted,
    NodeKind::HubArrived,
    NodeKind::DestinationArrived,
    NodeKind::OutForDelivery,
];

/// How long after the node before it, on a tour: mostly as long as some plan.
fn gap() -> impl Strategy<Value = i64> + Clone {
    prop_oneof![
        6 => select(vec![0, HOUR, HOUR, 6 * HOUR, DAY]),
        2 => after(),
        1 => select(vec![-HOUR, 2 * DAY]),
    ]
}

/// The nodes of a whole tour behind its collection, mostly in their order.
pub fn tour() -> impl Strategy<Value = Vec<Scan>> {
    let limits = select(vec![HOUR, DAY, DAY, 3 * DAY, 3 * DAY + 1]).prop_map(Moment::FromCollection);
    let on_line = point(0, 9).prop_map(Moment::At);
    let end = prop_oneof![3 => gap().prop_map(Moment::FromLast), 3 => limits, 4 => on_line];
    let on_the_way = WAY.map(|kind| scan(Just(kind), gap().prop_map(Moment::FromLast), recorded_soundly()));
    let kept = vec(prop::bool::weighted(0.96), WAY.len());
    let ends = (select(&ENDS[..]), vec(scan(Just(NodeKind::Delivered), end, recorded_soundly()), 3));
    (on_the_way, kept, ends).prop_map(|(way, kept, (kinds, ends))| {
        let way = way.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(scan, _)| scan);
        way.chain(kinds.iter().zip(ends).map(|(&kind, scan)| Scan { kind, ..scan })).collect()
    })
}
