//! Each duty from both sides of its line and exactly on it, by hand.

use parcelgauge::calendar::{CalendarError, CalendarRules, Certainty, Holidays, Week, WorkingCalendar};
use parcelgauge::casework::{CaseState, Duty, Life, LifeCycle, Standing};
use parcelgauge::record::Zone;
use parcelgauge::record::{CaseAction, ClaimAction};

use super::{case, claim};
use crate::support::at;

pub fn office() -> WorkingCalendar {
    let week = Week::monday_to_friday("09:00-18:00".parse().unwrap());
    CalendarRules::new(Zone::SHANGHAI, week).with_holidays(Holidays::china().clone()).build().unwrap()
}

fn standing<S: LifeCycle>(duty: &Duty<S>, life: &Life<S>, as_of: &str) -> Standing {
    duty.standing(life, &office(), at(as_of)).unwrap().expect("a duty that has begun")
}

/// The word for a standing, with what it is late by or has left.
fn word(standing: Standing) -> String {
    match standing {
        Standing::Met { .. } => "met".to_owned(),
        Standing::MetLate { by, .. } => format!("met {} late", by.value),
        Standing::Pending { left, .. } => format!("{} left", left.value),
        Standing::Overdue { by, .. } => format!("{} over", by.value),
        Standing::Lapsed => "lapsed".to_owned(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_first_response_within_24_hours_by_a_person() {
    let opened = ("2026-06-01T10:00:00+08:00", CaseAction::Open);
    let later = "2026-06-30T00:00:00Z";
    let responded = |instant, action| {
        let receipt = ("2026-06-01T10:00:01+08:00", CaseAction::Acknowledge);
        word(standing(&Duty::first_response(), &case("C1", &[opened, receipt, (instant, action)]), later))
    };
    assert_eq!(responded("2026-06-02T10:00:00+08:00", CaseAction::Answer), "met");
    assert_eq!(responded("2026-06-02T10:00:00.001+08:00", CaseAction::Answer), "met 1ms late");
    assert_eq!(responded("2026-06-02T10:00:00+08:00", CaseAction::Resolve), "met");
    assert_eq!(responded("2026-06-02T10:00:00+08:00", CaseAction::AskCustomer), "met");
    // Nobody answered: 8 hours of the 2nd, then 3, 5, 4 (the Dragon Boat Festival), 5 days and one of 9 hours.
    assert_eq!(responded("2026-06-02T10:00:00+08:00", CaseAction::Assign), "170h over");
    assert_eq!(responded("2026-06-02T10:00:00+08:00", CaseAction::Withdraw), "lapsed");
    let waiting = case("C1", &[opened]);
    let at_instant = |as_of| word(standing(&Duty::first_response(), &waiting, as_of));
    assert_eq!(at_instant("2026-06-01T18:00:00+08:00"), "1h left"); // of working time, the next morning
    assert_eq!(at_instant("2026-06-02T10:00:00+08:00"), "0h left");
    assert_eq!(at_instant("2026-06-02T10:00:00.001+08:00"), "1ms over");
    let not_begun = Duty::first_response().standing(&waiting, &office(), at("2026-06-01T00:00:00Z"));
    assert_eq!(not_begun, Ok(None));
}

/// Waiting for the customer is not the firm's time, nor is the time between an end and a reopening.
#[test]
fn a_resolution_within_24_hours_of_the_firms_own_time() {
    let resolved = |instant| {
        let steps = [
            ("2026-06-01T10:00:00+08:00", CaseAction::Open),
            ("2026-06-01T11:00:00+08:00", CaseAction::AskCustomer),
            ("2026-06-02T11:00:00+08:00", CaseAction::CustomerReplied),
            ("2026-06-02T12:00:00+08:00", CaseAction::Resolve),
            ("2026-06-10T12:00:00+08:00", CaseAction::Reopen),
            (instant, CaseAction::Resolve),
        ];
        word(standing(&Duty::resolution(), &case("C1", &steps), "2026-06-30T00:00:00Z"))
    };
    // Two hours before it was reopened leave 22.
    assert_eq!(resolved("2026-06-11T10:00:00+08:00"), "met");
    assert_eq!(resolved("2026-06-11T10:00:00.001+08:00"), "met 1ms late");
}

/// What was done in time, with its deadline, stays as it was whatever is waited for later.
#[test]
fn a_deadline_moves_no_more_once_it_was_met() {
    let steps = [
        ("2026-06-01T10:00:00+08:00", CaseAction::Open),
        ("2026-06-02T11:00:00+08:00", CaseAction::Resolve),
        ("2026-06-03T11:00:00+08:00", CaseAction::Reopen),
        ("2026-06-03T12:00:00+08:00", CaseAction::AskCustomer),
        ("2026-06-05T12:00:00+08:00", CaseAction::CustomerReplied),
    ];
    let life = case("C1", &steps);
    let met = standing(&Duty::complaint_answer(), &life, "2026-06-02T11:00:00+08:00");
    let Standing::Met { due, .. } = met else { panic!("{met:?}") };
    assert_eq!(due.value, at("2026-06-09T00:00:00+08:00"));
    assert_eq!(standing(&Duty::complaint_answer(), &life, "2026-06-30T00:00:00Z"), met);
}

/// Seven calendar days from a Friday end on a Friday; those that end on a holiday end after it.
#[test]
fn the_firms_seven_days_and_the_regulators_thirty() {
    let answered = |opened, instant| {
        let steps = [(opened, CaseAction::Open), (instant, CaseAction::Resolve)];
        word(standing(&Duty::complaint_answer(), &case("C1", &steps), "2026-10-30T00:00:00Z"))
    };
    assert_eq!(answered("2026-06-05T10:00:00+08:00", "2026-06-13T00:00:00+08:00"), "met");
    // On a Saturday, no working time has passed yet.
    assert_eq!(answered("2026-06-05T10:00:00+08:00", "2026-06-13T00:00:00.001+08:00"), "met 0h late");
    assert_eq!(answered("2026-06-05T10:00:00+08:00", "2026-06-15T10:00:00+08:00"), "met 1h late");
    assert_eq!(answered("2026-09-25T10:00:00+08:00", "2026-10-09T00:00:00+08:00"), "met");
    assert_eq!(answered("2026-09-25T10:00:00+08:00", "2026-10-09T09:01:00+08:00"), "met 1m late");
    let appealed = |instant| {
        let steps = [
            ("2026-05-20T10:00:00+08:00", CaseAction::Open),
            ("2026-06-01T10:00:00+08:00", CaseAction::Escalate),
            (instant, CaseAction::Resolve),
        ];
        word(standing(&Duty::appeal_answer(), &case("C1", &steps), "2026-10-30T00:00:00Z"))
    };
    assert_eq!(appealed("2026-07-02T00:00:00+08:00"), "met");
    assert_eq!(appealed("2026-07-02T09:00:00.001+08:00"), "met 1ms late");
    let unappealed = case("C1", &[("2026-05-20T10:00:00+08:00", CaseAction::Open)]);
    assert_eq!(Duty::appeal_answer().standing(&unappealed, &office(), at("2026-06-30T00:00:00Z")), Ok(None));
}

/// Payouts have no public records to be tested with: these are made by hand, on every edge of the three working days.
#[test]
fn payouts_within_three_working_days_of_confirmation() {
    let paid = |confirmed, steps: &[(&'static str, ClaimAction)]| {
        let begun = [
            ("2026-01-05T09:00:00+08:00", ClaimAction::File),
            ("2026-01-05T10:00:00+08:00", ClaimAction::Accept),
            ("2026-01-06T10:00:00+08:00", ClaimAction::Review),
            (confirmed, ClaimAction::Confirm),
        ];
        let life = claim("K1", &[&begun[..], steps].concat());
        word(standing(&Duty::payout(), &life, "2026-12-01T00:00:00Z"))
    };
    let pay = ClaimAction::Pay;
    // Monday to Thursday's end.
    assert_eq!(paid("2026-06-01T10:00:00+08:00", &[("2026-06-04T23:59:59.999+08:00", pay)]), "met");
    assert_eq!(paid("2026-06-01T10:00:00+08:00", &[("2026-06-05T00:00:00+08:00", pay)]), "met");
    assert_eq!(paid("2026-06-01T10:00:00+08:00", &[("2026-06-05T09:00:00.001+08:00", pay)]), "met 1ms late");
    // Before the Spring Festival: Saturday the 14th is worked, then the 24th and 25th.
    assert_eq!(paid("2026-02-13T10:00:00+08:00", &[("2026-02-25T18:00:00+08:00", pay)]), "met");
    assert_eq!(paid("2026-02-13T10:00:00+08:00", &[("2026-02-26T10:00:00+08:00", pay)]), "met 1h late");
    // Confirmed on a holiday, or on the eve of one at the last moment.
    assert_eq!(paid("2026-10-01T10:00:00+08:00", &[("2026-10-10T23:00:00+08:00", pay)]), "met");
    assert_eq!(paid("2026-09-30T23:59:59.999+08:00", &[("2026-10-12T10:00:00+08:00", pay)]), "met 1h late");
    // A part is not the whole; a dispute that is confirmed anew begins anew.
    let part = ("2026-06-02T10:00:00+08:00", ClaimAction::PayPart);
    assert_eq!(paid("2026-06-01T10:00:00+08:00", &[part, ("2026-06-08T10:00:00+08:00", pay)]), "met 10h late");
    let disputed = [
        part,
        ("2026-06-03T10:00:00+08:00", ClaimAction::Dispute),
        ("2026-06-10T10:00:00+08:00", ClaimAction::Confirm),
        ("2026-06-16T00:00:00+08:00", pay),
    ];
    assert_eq!(paid("2026-06-01T10:00:00+08:00", &disputed), "met");
    let refused =
        [("2026-06-03T10:00:00+08:00", ClaimAction::Dispute), ("2026-06-10T10:00:00+08:00", ClaimAction::Refuse)];
    assert_eq!(paid("2026-06-01T10:00:00+08:00", &refused), "lapsed");
}

#[test]
fn a_limit_of_the_callers_own_and_one_beyond_the_days_known() {
    let duty = Duty::<CaseState>::first_response().with_limit("2h working time".parse().unwrap());
    let opened = case("C1", &[("2026-06-05T17:00:00+08:00", CaseAction::Open)]);
    assert_eq!(word(standing(&duty, &opened, "2026-06-08T10:00:00+08:00")), "0h left");
    assert_eq!(duty.limit().in_force(at("2026-06-05T00:00:00Z")).to_string(), "2h working time");
    let late = case("C2", &[("2026-12-28T10:00:00+08:00", CaseAction::Open)]);
    let week = Week::monday_to_friday("09:00-18:00".parse().unwrap());
    let longer = CalendarRules::new(Zone::SHANGHAI, week).with_holidays(Holidays::china().clone());
    let longer = longer.with_provisional_until("2027-01-31".parse().unwrap()).build().unwrap();
    let pending = Duty::complaint_answer().standing(&late, &longer, at("2026-12-29T00:00:00Z")).unwrap();
    let Some(Standing::Pending { due, left }) = pending else { panic!("{pending:?}") };
    assert_eq!((due.certainty, left.certainty), (Certainty::Provisional, Certainty::Provisional));
    let unknown = Duty::complaint_answer().standing(&late, &office(), at("2026-12-29T00:00:00Z"));
    assert!(matches!(unknown, Err(CalendarError::Unknown { .. })));
}
