//! Closed sets of the records: the names in files are those of the records' own serialisation.

use parcelgauge::record::{
    Activity, Actor, CaseAction, CaseClass, Channel, ClaimAction, Consent, CostKind, Decision, Flow, LossKind, Mover,
    NodeKind, Party, RatingAspect, RatingQuestion, RosterStanding,
};
use serde::Serialize;

fn check<T: Serialize + Copy + Ord>(all: &[T], name: fn(T) -> &'static str) {
    assert!(all.is_sorted_by(|a, b| a < b), "{:?}", all.iter().map(|&one| name(one)).collect::<Vec<_>>());
    for &one in all {
        assert_eq!(serde_json::to_string(&one).unwrap(), format!("\"{}\"", name(one)));
    }
}

#[test]
fn names_are_those_of_the_serialisation() {
    check(&Activity::ALL, Activity::name);
    check(&Actor::ALL, Actor::name);
    check(&CaseAction::ALL, CaseAction::name);
    check(&CaseClass::ALL, CaseClass::name);
    check(&Channel::ALL, Channel::name);
    check(&ClaimAction::ALL, ClaimAction::name);
    check(&Consent::ALL, Consent::name);
    check(&CostKind::ALL, CostKind::name);
    check(&Decision::ALL, Decision::name);
    check(&Flow::ALL, Flow::name);
    check(&LossKind::ALL, LossKind::name);
    check(&Mover::ALL, Mover::name);
    check(&NodeKind::ALL, NodeKind::name);
    check(&Party::ALL, Party::name);
    check(&RatingAspect::ALL, RatingAspect::name);
    check(&RatingQuestion::ALL, RatingQuestion::name);
    check(&RosterStanding::ALL, RosterStanding::name);
}
