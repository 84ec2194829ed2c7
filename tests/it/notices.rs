//! Notices at key nodes: one a parcel and kind, whatever comes twice or late.

use parcelgauge::journey::{NodeNotice, NoticeKind, NoticeLimits, node_notices};
use parcelgauge::record::{Duration, NodeEvent, NodeKind};
use proptest::prelude::*;

use crate::support::{at, day, key, scan};

fn notices(events: &[NodeEvent], as_of: &str) -> Vec<NodeNotice> {
    node_notices(events, at(as_of), NoticeLimits::default())
}

fn recorded(kind: NodeKind, occurred_at: &str, recorded_at: &str) -> NodeEvent {
    let mut event = scan(&key("A1", day(10, 1)), kind, occurred_at);
    event.recorded_at = Some(at(recorded_at));
    event
}

#[test]
fn one_notice_a_kind_in_order_by_an_hour_from_when_it_was_known() {
    let events = [
        recorded(NodeKind::Delivered, "2026-10-03T09:00:00Z", "2026-10-03T09:20:00Z"),
        recorded(NodeKind::AttemptFailed, "2026-10-02T10:00:00Z", "2026-10-02T10:00:00Z"),
        recorded(NodeKind::Damaged, "2026-10-02T12:00:00Z", "2026-10-02T12:00:00Z"),
        recorded(NodeKind::DestinationArrived, "2026-10-02T05:00:00Z", "2026-10-02T05:10:00Z"),
        recorded(NodeKind::HubArrived, "2026-10-01T05:00:00Z", "2026-10-01T05:10:00Z"),
    ];
    let told = notices(&events, "2026-10-04T00:00:00Z");
    let lines: Vec<_> = told.iter().map(|one| (one.kind, one.node, one.raise_by.to_string())).collect();
    let line = |kind, node, by: &str| (kind, node, by.to_owned());
    assert_eq!(
        lines,
        [
            line(NoticeKind::Arrival, NodeKind::DestinationArrived, "2026-10-02T06:10:00Z"),
            line(NoticeKind::Exception, NodeKind::AttemptFailed, "2026-10-02T11:00:00Z"),
            line(NoticeKind::Signature, NodeKind::Delivered, "2026-10-03T10:20:00Z"),
        ]
    );
    let half = NoticeLimits::default().with(NoticeKind::Arrival, Duration::from_minutes(30));
    assert_eq!(node_notices(&events, at("2026-10-04T00:00:00Z"), half)[0].raise_by, at("2026-10-02T05:40:00Z"));
}

/// Known at `as_of` is known; a millisecond earlier it is not.
#[test]
fn nothing_is_told_before_it_is_known() {
    let events = [recorded(NodeKind::Delivered, "2026-10-03T09:00:00Z", "2026-10-03T09:20:00Z")];
    assert_eq!(notices(&events, "2026-10-03T09:20:00Z").len(), 1);
    assert_eq!(notices(&events, "2026-10-03T09:19:59.999Z"), []);
}

#[test]
fn a_late_scan_changes_no_notice() {
    let first = recorded(NodeKind::AttemptFailed, "2026-10-02T10:00:00Z", "2026-10-02T10:00:00Z");
    // It happened before, and is known after.
    let late = recorded(NodeKind::Missorted, "2026-10-01T10:00:00Z", "2026-10-02T18:00:00Z");
    let before = notices(std::slice::from_ref(&first), "2026-10-02T12:00:00Z");
    assert_eq!(notices(&[late, first.clone(), first], "2026-10-04T00:00:00Z"), before);
}

#[test]
fn the_way_back_has_no_arrival_and_no_signature() {
    let returned = recorded(NodeKind::Returned, "2026-10-03T09:00:00Z", "2026-10-03T09:00:00Z");
    let back = recorded(NodeKind::Delivered, "2026-10-05T09:00:00Z", "2026-10-05T09:00:00Z");
    let kinds = |events: &[NodeEvent]| {
        notices(events, "2026-10-06T00:00:00Z").into_iter().map(|notice| notice.kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds(&[back.clone(), returned.clone()]), [NoticeKind::Exception]);
    // A signature told before anyone knew of the return stays told.
    let mut learnt_late = returned;
    learnt_late.recorded_at = Some(at("2026-10-05T12:00:00Z"));
    assert_eq!(kinds(&[back, learnt_late]), [NoticeKind::Exception, NoticeKind::Signature]);
}

prop_compose! {
    fn an_event()(
        parcel in 0_usize..3, kind in 0_usize..NodeKind::ALL.len(), hour in 0_i64..200, delay in 0_i64..50,
    ) -> NodeEvent {
        let key = key(["A", "B", "C"][parcel], day(10, 1));
        let mut event = scan(&key, NodeKind::ALL[kind], "2026-10-01T00:00:00Z");
        event.occurred_at = event.occurred_at.saturating_add(Duration::from_hours(hour as i32));
        event.recorded_at = Some(event.occurred_at.saturating_add(Duration::from_hours(delay as i32)));
        event
    }
}

proptest! {
    /// What was told at one instant is told in the same words at every later one, in any order of rows, repeats or not.
    #[test]
    fn notices_only_ever_grow(events in prop::collection::vec(an_event(), 0..25), hour in 0_i32..250, turn in 0_usize..25) {
        let as_of = at("2026-10-01T00:00:00Z").saturating_add(Duration::from_hours(hour));
        let early = node_notices(&events, as_of, NoticeLimits::default());
        let mut again = events.clone();
        again.extend(events.iter().take(turn).cloned());
        if !again.is_empty() {
            let turn = turn % again.len();
            again.rotate_left(turn);
        }
        prop_assert_eq!(&node_notices(&again, as_of, NoticeLimits::default()), &early);
        let late = node_notices(&again, at("2027-01-01T00:00:00Z"), NoticeLimits::default());
        prop_assert!(early.iter().all(|notice| late.contains(notice)));
        let pairs: std::collections::BTreeSet<_> = late.iter().map(|one| (&one.waybill, one.kind)).collect();
        prop_assert_eq!(pairs.len(), late.len());
    }
}
