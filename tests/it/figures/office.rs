//! Working time and working days: holidays, make-up days, pauses, reopenings, each line and either side of it.

use parcelgauge::calendar::{CalendarRules, Week};
use parcelgauge::cube::{Plan, Scorecard};
use parcelgauge::fact::Context;
use parcelgauge::kpi::Param;
use parcelgauge::record::{
    Actor, CaseAction, CaseClass, CaseId, Claim, ClaimAction, ClaimId, Complaint, Currency, Label, Money, Payment,
    Records, Step, Window, Zone,
};

use super::{gauge, holds_at_the_edges, parcel, records, time, told, worst};
use crate::support::day;

const PAID: &str = "payout_within_rate";

/// A claim of September, confirmed on the last day before the holidays of October: of these the 8th, 9th and the Saturday
/// that makes up for one, the 10th, are worked.
fn claim<'r>(records: &'r mut Records, id: &str, paid: &[&str]) -> &'r mut Claim {
    let mut claim = Claim::new(ClaimId::new(id).unwrap(), time("09-20 10:00"));
    claim.confirmed_at = Some(time("09-30 10:00"));
    let amount = Money::parse("1.00", Currency::CNY).unwrap();
    claim.payments = paid.iter().map(|paid| Payment { paid_at: time(paid), amount }).collect();
    records.claims.push(claim);
    records.claims.last_mut().unwrap()
}

#[test]
fn paid_by_the_end_of_the_third_working_day() {
    let mut records = records();
    claim(&mut records, "just", &["10-11 00:00"]);
    claim(&mut records, "late", &["10-11 00:00:00.001"]);
    claim(&mut records, "in parts", &["10-09 10:00", "10-12 10:00"]);
    claim(&mut records, "before", &["09-29 10:00"]);
    claim(&mut records, "never", &[]);
    claim(&mut records, "unconfirmed", &["10-09 10:00"]).confirmed_at = None;
    let aside = "excluded not_confirmed 1";
    assert_eq!(told(&records, PAID, "10-11 23:59:59.999"), format!("0 of 0, open 5, {aside}"));
    assert_eq!(told(&records, PAID, "10-12 00:00"), format!("3 of 5, {aside}"));
    assert_eq!(told(&records, PAID, "10-12 10:00"), format!("2 of 5, {aside}"), "the last part came too late");
    assert_eq!(told(&records, "payout_within_rate(4)", "10-14 00:00"), format!("4 of 5, {aside}"));
    assert_eq!(worst(&records, PAID, "10-12 10:00"), ["never", "in parts", "late"]);
    holds_at_the_edges(PAID, &records, "10-12 00:00");
    assert_eq!(gauge(PAID).params().get("calendar"), Some(&Param::Word("china".to_owned())));
    assert_eq!(gauge(PAID).params().get("working_days"), Some(&Param::Number(3.0)));
}

#[test]
fn steps_tell_when_a_claim_was_paid_in_full() {
    let mut records = records();
    let step = |at: &str, action: ClaimAction| Step::new(time(at), action, action.usual_actor());
    let begun = [step("09-21 10:00", ClaimAction::Accept), step("09-30 10:00", ClaimAction::Confirm)];
    let add = |records: &mut Records, id: &str, rest: &[Step<ClaimAction>]| {
        let claim = claim(records, id, &[]);
        claim.steps = begun.iter().chain(rest).cloned().collect();
    };
    add(&mut records, "in full", &[step("10-11 00:00", ClaimAction::Pay)]);
    add(&mut records, "in part", &[step("10-09 10:00", ClaimAction::PayPart)]);
    // Confirmed anew after a dispute, the days begin anew: three working days end on the 15th.
    let dispute = [step("10-08 10:00", ClaimAction::Dispute), step("10-12 10:00", ClaimAction::Confirm)];
    add(&mut records, "anew", &[&dispute[..], &[step("10-16 00:00", ClaimAction::Pay)]].concat());
    add(&mut records, "refused", &[dispute[0].clone(), step("10-09 10:00", ClaimAction::Refuse)]);
    add(&mut records, "paid first", &[step("10-01 10:00", ClaimAction::Pay), step("10-02 10:00", ClaimAction::Pay)]);
    let aside = "excluded not_confirmed 1, invalid illegal_history 1";
    assert_eq!(told(&records, PAID, "10-17 00:00"), format!("2 of 3, {aside}"));
    // Seen before the dispute it was due with the others.
    assert_eq!(
        told(&records, "payout_within_rate settle=0h", "10-07 10:00"),
        "0 of 0, open 4, invalid illegal_history 1"
    );
}

#[test]
fn a_calendar_says_how_sure_it_is() {
    let mut records = records();
    claim(&mut records, "known", &["10-09 10:00"]);
    claim(&mut records, "guessed", &["10-12 10:00"]).confirmed_at = Some(time("10-09 10:00"));
    claim(&mut records, "unknown", &["10-31 10:00"]).confirmed_at = Some(time("10-30 10:00"));
    let week = Week::monday_to_friday("09:00-18:00".parse().unwrap());
    let rules = CalendarRules::new(Zone::SHANGHAI, week).with_days(day(9, 1), day(10, 9));
    let desk = rules.with_provisional_until(day(10, 20)).build().unwrap();
    let context = Context::at(time("11-10 00:00")).with_calendar("desk".parse().unwrap(), desk);
    let measured = |figure: &str| {
        let plan = Plan::new([gauge(figure)]).with_window(Window::All);
        Scorecard::measure(&records, &plan, &context).to_json()
    };
    // Without holidays the first had to be paid by Monday the 5th; the second by Wednesday the 14th, which is a guess.
    let json = measured("payout_within_rate calendar=desk");
    assert!(json.contains(r#""hit": 1, "miss": 1"#), "{json}");
    assert!(json.contains(r#""invalid": {"outside_calendar": 1}"#), "{json}");
    assert!(json.contains(r#""notes": {"provisional_calendar": 1}"#), "{json}");
    assert!(json.contains(r#""calendar": "desk""#), "{json}");
    let json = measured("payout_within_rate calendar=another");
    assert!(json.contains(r#""invalid": {"no_calendar": 3}"#), "{json}");
}

#[test]
fn delivered_by_the_end_of_day_n() {
    let mut records = records();
    let by_day = "delivered_by_day_rate";
    // Collected on Friday the 9th; the 10th makes up for a holiday, so D+2 is Monday the 12th.
    let sent = ("collected", "10-09 17:00");
    parcel(&mut records, "just", &[sent, ("delivered", "10-12 23:59:59.999")]);
    parcel(&mut records, "late", &[sent, ("delivered", "10-13 00:00")]);
    parcel(&mut records, "never", &[sent]);
    parcel(&mut records, "guessed", &[("out_for_delivery", "10-09 17:00")]);
    let aside = "invalid no_collection 1";
    assert_eq!(told(&records, by_day, "10-13 23:59:59.999"), format!("0 of 0, open 3, {aside}"));
    assert_eq!(told(&records, by_day, "10-14 00:00"), format!("1 of 3, {aside}"));
    // At the last collection itself the parcel is of the next working day.
    let cut_off = |time: &str| told(&records, &format!("{by_day}(2) last_collection={time}"), "10-16 00:00");
    assert_eq!((cut_off("17:01"), cut_off("17:00")), (format!("1 of 3, {aside}"), format!("2 of 3, {aside}")));
    assert_eq!(told(&records, "delivered_by_day_rate(1)", "10-16 00:00"), format!("0 of 3, {aside}"));
    // D+1 is Saturday: what is delivered on Sunday counts as of Monday, or as of the Saturday before.
    parcel(&mut records, "on Sunday", &[sent, ("delivered", "10-11 10:00")]);
    assert_eq!(told(&records, "delivered_by_day_rate(1)", "10-16 00:00"), format!("0 of 4, {aside}"));
    let back = told(&records, "delivered_by_day_rate(1) off_day_delivery=same_count", "10-16 00:00");
    assert_eq!(back, format!("1 of 4, {aside}"));
    assert_eq!(worst(&records, by_day, "10-16 00:00"), ["never", "late"]);
    holds_at_the_edges(by_day, &records, "10-16 00:00");
}

/// A complaint of Friday 9 October, four in the afternoon.
fn case<'r>(records: &'r mut Records, id: &str, steps: &[(&str, CaseAction)]) -> &'r mut Complaint {
    let mut case = Complaint::new(CaseId::new(id).unwrap(), CaseClass::Complaint, time("10-09 16:00"));
    case.steps = steps.iter().map(|&(at, action)| Step::new(time(at), action, action.usual_actor())).collect();
    records.complaints.push(case);
    records.complaints.last_mut().unwrap()
}

#[test]
fn resolved_within_working_time() {
    use CaseAction::{AskCustomer, CustomerReplied, Reopen, Resolve, Withdraw};
    let mut records = records();
    let within = "resolution_within_rate(4h) clock=working";
    // Two hours of Friday, two of the Saturday that makes up for a holiday.
    case(&mut records, "just", &[("10-10 11:00", Resolve)]);
    case(&mut records, "late", &[("10-10 11:00:00.001", Resolve)]);
    let waited = [("10-09 17:00", AskCustomer), ("10-10 10:00", CustomerReplied), ("10-10 13:00", Resolve)];
    case(&mut records, "waited", &waited);
    case(&mut records, "again", &[("10-09 17:00", Resolve), ("10-10 09:00", Reopen), ("10-10 12:00", Resolve)]);
    case(&mut records, "waiting", &[("10-09 17:00", AskCustomer)]);
    case(&mut records, "given up", &[("10-09 17:00", Withdraw)]);
    case(&mut records, "no steps", &[]).resolved_at = Some(time("10-10 11:00"));
    let aside = "excluded withdrawn 1";
    // By the first resolving, waiting included.
    assert_eq!(told(&records, within, "10-11 10:59:59.999"), format!("0 of 0, open 6, {aside}"));
    assert_eq!(told(&records, within, "10-11 11:00"), format!("3 of 6, {aside}"));
    // Waiting taken off: an hour of Friday and three of Saturday; who waits for the customer is not late yet.
    let apart = told(&records, &format!("{within} pauses=apart"), "10-12 13:00");
    assert_eq!(apart, format!("4 of 5, open 1, {aside}"));
    // Resolved for good: an hour of Friday and three of Saturday, the time between taken off; else it is late.
    assert_eq!(told(&records, &format!("{within} resolution=last"), "10-12 13:00"), format!("2 of 6, {aside}"));
    let both = told(&records, &format!("{within} resolution=last pauses=apart"), "10-12 13:00");
    assert_eq!(both, format!("4 of 5, open 1, {aside}"));
    let only = told(&records, &format!("{within} cases=resolved_only"), "10-12 13:00");
    assert_eq!(only, "3 of 5, excluded not_resolved 1, excluded withdrawn 1");
    holds_at_the_edges(within, &records, "10-12 13:00");
    // The first answer by the same hours; asking is answering.
    let answered = told(&records, "response_within_rate(1h) clock=working settle=0h", "10-12 13:00");
    assert_eq!(answered, "3 of 7");
}

#[test]
fn hours_to_the_resolution() {
    use CaseAction::{AskCustomer, CustomerReplied, Reopen, Resolve};
    let mut records = records();
    let waited = [("10-09 17:00", AskCustomer), ("10-10 10:00", CustomerReplied), ("10-10 13:00", Resolve)];
    case(&mut records, "waited", &waited);
    let hours = |figure: &str, records: &Records| super::figure(records, figure, "10-12 13:00").value();
    assert_eq!(hours("resolution_hours", &records), Some(4.0));
    assert_eq!(hours("resolution_hours pauses=counted", &records), Some(21.0));
    assert_eq!(hours("resolution_hours clock=working", &records), Some(4.0));
    assert_eq!(hours("resolution_hours clock=working pauses=counted", &records), Some(6.0));
    case(&mut records, "reopened", &[("10-09 18:00", Resolve), ("10-10 10:00", Reopen)]);
    assert_eq!(told(&records, "resolution_hours", "10-12 13:00"), "1, open 1");
    assert_eq!(told(&records, "resolution_hours resolution=first", "10-12 13:00"), "2");
    let resolve = Step::new(time("10-10 11:00"), Resolve, Actor::Staff);
    records.complaints[1].steps.push(resolve);
    assert_eq!(hours("resolution_hours", &records), Some(3.5), "four hours, and two and one");
    holds_at_the_edges("resolution_hours", &records, "10-12 13:00");
}

#[test]
fn reopened_and_resolved_at_first_contact() {
    use CaseAction::{Answer, Close, Reopen, Resolve};
    let mut records = records();
    let (back, first) = ("reopen_rate(3d)", "first_contact_resolution_rate(3d) horizon=2d");
    case(&mut records, "just back", &[("10-10 10:00", Resolve), ("10-13 10:00", Reopen)]);
    case(&mut records, "back later", &[("10-10 10:00", Resolve), ("10-13 10:00:00.001", Reopen)]);
    case(&mut records, "by a word more", &[("10-10 09:00", Answer), ("10-10 10:00", Resolve)]);
    case(&mut records, "in time", &[("10-12 16:00", Resolve), ("10-14 16:00:00.001", Reopen)]);
    case(&mut records, "too late", &[("10-12 16:00:00.001", Resolve)]);
    case(&mut records, "back in time", &[("10-10 10:00", Resolve), ("10-12 10:00", Reopen)]);
    case(&mut records, "unresolved", &[("10-10 09:00", Answer)]);
    case(&mut records, "closed unresolved", &[("10-10 09:00", Close)]);
    case(&mut records, "no steps", &[]);
    let aside = "invalid illegal_history 1, invalid no_steps 1";
    assert_eq!(told(&records, back, "10-13 10:00"), format!("2 of 4, open 2, excluded not_resolved 1, {aside}"));
    assert_eq!(told(&records, back, "10-20 00:00"), format!("3 of 6, excluded not_resolved 1, {aside}"));
    assert_eq!(told(&records, first, "10-14 15:59:59.999"), format!("0 of 0, open 7, {aside}"));
    assert_eq!(told(&records, first, "10-14 16:00"), format!("3 of 7, {aside}"));
    let only = told(&records, &format!("{first} cases=resolved_only"), "10-14 16:00");
    assert_eq!(only, format!("3 of 5, excluded not_resolved 2, {aside}"));
    // By who had it in hand the second word does not count, but a second desk does.
    records.complaints[0].steps[0].handler = Some(Label::new("desk").unwrap());
    records.complaints[0].steps[1].handler = Some(Label::new("team").unwrap());
    assert_eq!(told(&records, &format!("{first} contact=handler"), "10-14 16:00"), format!("3 of 7, {aside}"));
    holds_at_the_edges(back, &records, "10-20 00:00");
    holds_at_the_edges(first, &records, "10-20 00:00");
}
