//! Histories that can be, and those that cannot.

use std::collections::BTreeSet;

use parcelgauge::casework::{CaseState, ClaimState, IllegalReason, Life, LifeCycle, Lives};
use parcelgauge::record::{Actor, CaseAction, CaseClass, CaseId, ClaimAction, Complaint, Label, Step};

use super::{case, claim};
use crate::support::at;

/// Every state is reached from the beginning, every end can be left or is left for good on purpose, every action has
/// somebody.
fn is_whole<S: LifeCycle>(never_left: &[S]) {
    let mut reached = BTreeSet::new();
    let mut ahead: Vec<Option<S>> = vec![None];
    while let Some(state) = ahead.pop() {
        for &action in S::ACTIONS {
            if let Some(next) = S::after(state, action)
                && reached.insert(next)
            {
                ahead.push(Some(next));
            }
        }
    }
    assert_eq!(reached, S::STATES.iter().copied().collect());
    for &state in S::STATES {
        let is_left = S::ACTIONS.iter().any(|&action| S::after(Some(state), action).is_some_and(|next| next != state));
        assert_eq!(is_left, !never_left.contains(&state), "{state:?}");
        assert!(!(state.is_end() && state.awaits_customer()), "{state:?}");
    }
    for &action in S::ACTIONS {
        assert!(Actor::ALL.iter().any(|&actor| S::may(actor, action)), "{action:?}");
        let begins = S::after(None, action).is_some();
        let goes_on = S::STATES.iter().any(|&state| S::after(Some(state), action).is_some());
        assert!(begins != goes_on, "{action:?} either begins a life or goes on with one");
    }
    let names: BTreeSet<_> = S::STATES.iter().map(|state| state.name()).collect();
    assert_eq!(names.len(), S::STATES.len());
    let names: BTreeSet<_> = S::ACTIONS.iter().map(|&action| S::action_name(action)).collect();
    assert_eq!(names.len(), S::ACTIONS.len());
}

#[test]
fn the_life_cycles_are_whole() {
    is_whole::<CaseState>(&[]);
    is_whole::<ClaimState>(&[]);
}

fn reason(steps: &[(&str, CaseAction, Actor)]) -> IllegalReason {
    let steps = steps.iter().map(|&(instant, action, actor)| Step::new(at(instant), action, actor));
    Life::<CaseState>::replay("C1", steps).expect_err("an unlawful history").reason
}

#[test]
fn histories_that_cannot_be_say_why() {
    let (first, second, third) = ("2026-06-01T00:00:00Z", "2026-06-02T00:00:00Z", "2026-06-03T00:00:00Z");
    assert_eq!(reason(&[]), IllegalReason::Empty);
    // Closed before it was opened.
    let swapped = [(second, CaseAction::Open, Actor::Customer), (first, CaseAction::Resolve, Actor::Staff)];
    assert_eq!(reason(&swapped), IllegalReason::NotBegun { action: "resolve" });
    let twice = [(first, CaseAction::Open, Actor::Customer), (second, CaseAction::Open, Actor::Customer)];
    assert_eq!(reason(&twice), IllegalReason::NotFrom { state: "open", action: "open" });
    let open_again = [(first, CaseAction::Open, Actor::Customer), (second, CaseAction::Reopen, Actor::Customer)];
    assert_eq!(reason(&open_again), IllegalReason::NotFrom { state: "open", action: "reopen" });
    let after_the_end = [
        (first, CaseAction::Open, Actor::Customer),
        (second, CaseAction::Resolve, Actor::Staff),
        (third, CaseAction::Answer, Actor::Staff),
    ];
    assert_eq!(reason(&after_the_end), IllegalReason::NotFrom { state: "resolved", action: "answer" });
    // A machine answers nobody.
    let by_machine = [(first, CaseAction::Open, Actor::Customer), (second, CaseAction::Answer, Actor::System)];
    assert_eq!(reason(&by_machine), IllegalReason::NotBy { actor: Actor::System, action: "answer" });
    assert_eq!(reason(&by_machine).to_string(), "`answer` by `system`; it is not theirs to do");
}

#[test]
fn a_claim_is_not_paid_before_it_is_confirmed_nor_refused_by_a_machine() {
    let begun = |action, actor| {
        let steps = [
            Step::new(at("2026-06-01T00:00:00Z"), ClaimAction::File, Actor::Customer),
            Step::new(at("2026-06-01T01:00:00Z"), ClaimAction::Accept, Actor::System),
            Step::new(at("2026-06-02T00:00:00Z"), action, actor),
        ];
        Life::<ClaimState>::replay("K1", steps).map(|life| life.state(at("2026-06-03T00:00:00Z")))
    };
    assert_eq!(begun(ClaimAction::Confirm, Actor::System), Ok(Some(ClaimState::Confirmed)));
    let unpaid = begun(ClaimAction::Pay, Actor::Staff).unwrap_err();
    assert_eq!(unpaid.reason, IllegalReason::NotFrom { state: "accepted", action: "pay" });
    assert_eq!(
        unpaid.to_string(),
        "K1 at 2026-06-02T00:00:00Z: `pay` while `accepted`; the life cycle has no such step"
    );
    let review = [
        ("2026-06-01T00:00:00Z", ClaimAction::File),
        ("2026-06-01T01:00:00Z", ClaimAction::Accept),
        ("2026-06-01T02:00:00Z", ClaimAction::Review),
        ("2026-06-01T03:00:00Z", ClaimAction::Confirm),
        ("2026-06-01T04:00:00Z", ClaimAction::PayPart),
        ("2026-06-01T05:00:00Z", ClaimAction::Dispute),
        ("2026-06-01T06:00:00Z", ClaimAction::Mediate),
        ("2026-06-01T07:00:00Z", ClaimAction::Confirm),
        ("2026-06-01T08:00:00Z", ClaimAction::Pay),
        ("2026-06-01T09:00:00Z", ClaimAction::Recover),
        ("2026-06-01T10:00:00Z", ClaimAction::Close),
    ];
    assert_eq!(claim("K2", &review).state(at("2026-06-02T00:00:00Z")), Some(ClaimState::Closed));
    for actor in Actor::ALL {
        assert_eq!(ClaimState::may(actor, ClaimAction::Refuse), matches!(actor, Actor::Staff | Actor::Regulator));
    }
}

/// One history of every five cannot be: it is set aside, the others go on, and the open ones are listed.
#[test]
fn every_case_is_done_open_or_set_aside() {
    let mut rows = Vec::new();
    for number in 0..100 {
        let id = format!("C{number:03}");
        let mut step = |hour: u32, action, actor| {
            let instant = at(&format!("2026-06-01T{hour:02}:00:00Z"));
            rows.push((id.as_str().into(), Step::new(instant, action, actor)));
        };
        step(1, CaseAction::Open, Actor::Customer);
        match number % 5 {
            0 => step(2, CaseAction::Close, Actor::Staff), // not resolved
            1 => {}
            2 => step(2, CaseAction::Answer, Actor::Staff),
            3 => step(2, CaseAction::Resolve, Actor::Staff),
            _ => step(2, CaseAction::Withdraw, Actor::Customer),
        }
    }
    rows.reverse();
    let lives = Lives::<CaseState>::gather(rows);
    let as_of = at("2026-06-02T00:00:00Z");
    assert_eq!((lives.lives().len(), lives.set_aside().len(), lives.unfinished(as_of).count()), (80, 20, 40));
    assert!(lives.set_aside().iter().all(|illegal| illegal.reason.code() == "not_from"));
    assert_eq!(lives.unfinished(at("2026-06-01T00:59:59Z")).count(), 0, "none has begun");
    assert_eq!(lives.unfinished(at("2026-06-01T01:00:00Z")).count(), 80, "steps to come are not known");
}

#[test]
fn steps_at_one_instant_are_taken_by_sequence() {
    let instant = at("2026-06-01T00:00:00Z");
    let step = |action, sequence| {
        let mut step = Step::new(instant, action, Actor::Staff);
        step.sequence = sequence;
        step
    };
    assert!(Life::<CaseState>::replay("C1", [step(CaseAction::Resolve, 1), step(CaseAction::Open, 0)]).is_ok());
    assert!(Life::<CaseState>::replay("C1", [step(CaseAction::Resolve, 0), step(CaseAction::Open, 1)]).is_err());
}

#[test]
fn the_row_of_a_case_says_what_its_steps_say() {
    let life = case(
        "C1",
        &[
            ("2026-06-01T00:00:00Z", CaseAction::Open),
            ("2026-06-01T00:00:01Z", CaseAction::Acknowledge),
            ("2026-06-01T05:00:00Z", CaseAction::Resolve),
            ("2026-06-02T00:00:00Z", CaseAction::Reopen),
            ("2026-06-02T06:00:00Z", CaseAction::Answer),
            ("2026-06-02T07:00:00Z", CaseAction::Resolve),
        ],
    );
    let row = |as_of: &str| {
        let mut row = Complaint::new(CaseId::new("C1").unwrap(), CaseClass::Complaint, at("2026-06-01T00:00:00Z"));
        life.write_into(&mut row, at(as_of));
        (row.responded_at.map(|at| at.to_string()), row.resolved_at.map(|at| at.to_string()))
    };
    let answered = Some("2026-06-01T05:00:00Z".to_owned());
    assert_eq!(row("2026-06-01T04:59:59Z"), (None, None));
    assert_eq!(row("2026-06-01T05:00:00Z"), (answered.clone(), answered.clone()));
    assert_eq!(row("2026-06-02T00:00:00Z"), (answered.clone(), None));
    assert_eq!(row("2026-06-03T00:00:00Z"), (answered, Some("2026-06-02T07:00:00Z".to_owned())));
}

#[test]
fn who_has_it_in_hand() {
    let mut steps = Vec::new();
    for (hour, handler) in [(1, Some("first line")), (2, Some("second line")), (3, None)] {
        let action = if hour == 1 { CaseAction::Open } else { CaseAction::Assign };
        let mut step = Step::new(at(&format!("2026-06-01T{hour:02}:00:00Z")), action, Actor::Staff);
        step.handler = handler.map(|name| Label::new(name).unwrap());
        steps.push(step);
    }
    let life = Life::<CaseState>::replay("C1", steps).unwrap();
    let handler = |instant: &str| life.handler(at(instant)).map(|label| label.as_str().to_owned());
    assert_eq!(handler("2026-06-01T01:30:00Z").as_deref(), Some("first line"));
    assert_eq!(handler("2026-06-01T09:00:00Z").as_deref(), Some("second line"));
    assert_eq!(life.handlers(at("2026-06-01T09:00:00Z")).len(), 2);
}
