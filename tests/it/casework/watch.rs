//! The watch list: what is on it, in which order, and the notices of it.

use parcelgauge::calendar::{Answer, Certainty};
use parcelgauge::casework::{CaseState, Duty, Life, Urgency, Watch};
use parcelgauge::record::{Actor, CaseAction, Duration, Label, Step};

use super::case;
use super::duties::office;
use crate::support::at;

fn opened(id: &str, instant: &str) -> Life<CaseState> {
    case(id, &[(instant, CaseAction::Open)])
}

/// Monday 8 June 2026, ten o'clock; 24 hours each.
#[test]
fn most_urgent_first_by_working_time() {
    let lives = [
        opened("D", "2026-06-08T09:59:00+08:00"),  // due tomorrow, with 8:59 left
        opened("B", "2026-06-06T10:00:00+08:00"),  // due yesterday, a Sunday: an hour over
        opened("A", "2026-06-04T17:00:00+08:00"),  // due on Friday at 17:00: two hours over
        opened("C", "2026-06-07T11:00:00+08:00"),  // due today at 11:00
        opened("C2", "2026-06-07T11:00:00+08:00"), // the same
        case(
            "E",
            &[("2026-06-04T17:00:00+08:00", CaseAction::Open), ("2026-06-05T09:00:00+08:00", CaseAction::Answer)],
        ),
    ];
    let duties = [Duty::first_response()];
    let as_of = at("2026-06-08T10:00:00+08:00");
    let watch = |soon| Watch::over(&lives, &duties, &office(), as_of, soon);
    let two_hours = watch(Duration::from_hours(2));
    let sure = |hours| Answer { value: Duration::from_hours(hours), certainty: Certainty::Known };
    let (over, left) = (|hours| Urgency::Overdue { by: sure(hours) }, |hours| Urgency::DueSoon { left: sure(hours) });
    let found: Vec<_> = two_hours.items().iter().map(|item| (&*item.id, item.urgency)).collect();
    let one_hour = left(1);
    assert_eq!(found, [("A", over(2)), ("B", over(1)), ("C", one_hour), ("C2", one_hour)]);
    // On the line of "soon" it is soon.
    assert_eq!(watch(Duration::from_minutes(8 * 60 + 59)).items().len(), 5);
    assert_eq!(watch(Duration::from_minutes(8 * 60 + 58)).items().len(), 4);
    assert_eq!(watch(Duration::from_hours(1)).items().len(), 4);
    assert_eq!(watch(Duration::from_millis(3_599_999)).items().len(), 2);
}

#[test]
fn a_notice_says_who_what_why_and_by_when_and_is_the_same_twice() {
    let mut step = Step::new(at("2026-06-04T17:00:00+08:00"), CaseAction::Open, Actor::Customer);
    step.handler = Some(Label::new("desk 7").unwrap());
    let life = Life::<CaseState>::replay("C1", [step]).unwrap();
    let duties = [Duty::first_response(), Duty::complaint_answer()];
    let notices = |as_of| -> Vec<_> {
        Watch::over([&life], &duties, &office(), at(as_of), Duration::from_hours(9)).notices().collect()
    };
    let early = notices("2026-06-05T10:00:00+08:00");
    assert_eq!(early.len(), 1);
    assert_eq!(early[0].key, "C1/first_response/due_soon");
    let late = notices("2026-06-08T10:00:00+08:00");
    assert_eq!(late[0].key, "C1/first_response/overdue");
    assert_eq!(late[0].to.as_ref().map(|label| label.as_str()), Some("desk 7"));
    assert_eq!((late[0].owed_by, &*late[0].about, late[0].why), (Actor::Staff, "C1", "first_response"));
    assert_eq!(late[0].by.value, at("2026-06-05T17:00:00+08:00"));
    assert_eq!(notices("2026-06-08T11:00:00+08:00"), late);
}

#[test]
fn what_the_calendar_cannot_tell_is_listed_too() {
    let life = opened("C1", "2026-12-30T10:00:00+08:00");
    let duties = [Duty::complaint_answer()];
    let watch = Watch::over([&life], &duties, &office(), at("2026-12-31T00:00:00Z"), Duration::from_hours(9));
    assert!(watch.items().is_empty());
    assert_eq!(watch.unknown().len(), 1);
}
