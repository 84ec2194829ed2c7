//! Answers to cases, and their resolution.

use parcelgauge::kpi::Param;
use parcelgauge::record::{CaseClass, CaseId, Complaint, Records, Window};

use super::{gauge, holds_at_the_edges, records, rows, time, told, worst};

const ANSWERED: &str = "response_within_rate";
const RESOLVED: &str = "resolution_rate";

/// A complaint of 1 October, ten o'clock.
fn case<'r>(records: &'r mut Records, id: &str, responded: Option<&str>, resolved: Option<&str>) -> &'r mut Complaint {
    let mut case = Complaint::new(CaseId::new(id).unwrap(), CaseClass::Complaint, time("10-01 10:00"));
    case.responded_at = responded.map(time);
    case.resolved_at = resolved.map(time);
    records.complaints.push(case);
    records.complaints.last_mut().unwrap()
}

#[test]
fn answered_within_the_limit() {
    let mut records = records();
    case(&mut records, "early", Some("10-02 09:59:59.999"), None);
    case(&mut records, "just", Some("10-02 10:00"), None);
    case(&mut records, "late", Some("10-02 10:00:00.001"), None);
    case(&mut records, "later", Some("10-02 20:00"), None);
    case(&mut records, "never", None, None);
    assert_eq!(told(&records, ANSWERED, "10-03 09:59:59.999"), "0 of 0, open 5");
    assert_eq!(told(&records, ANSWERED, "10-03 10:00"), "2 of 5");
    assert_eq!(told(&records, "response_within_rate(34h)", "10-05 00:00"), "4 of 5");
    assert_eq!(told(&records, "response_within_rate(24h) settle=0h", "10-02 10:00"), "2 of 5");
    assert_eq!(worst(&records, ANSWERED, "10-03 10:00"), ["never", "later", "late"]);
    holds_at_the_edges(ANSWERED, &records, "10-03 10:00");
    assert_eq!(gauge("response_within_rate(90m)").params().get("limit_hours"), Some(&Param::Number(1.5)));
}

#[test]
fn what_resolves_answers() {
    let mut records = records();
    case(&mut records, "resolved", None, Some("10-02 10:00"));
    case(&mut records, "resolved first", Some("10-04 10:00"), Some("10-01 11:00"));
    case(&mut records, "answered first", Some("10-01 11:00"), Some("10-04 10:00"));
    case(&mut records, "resolved late", None, Some("10-02 10:00:00.001"));
    assert_eq!(told(&records, ANSWERED, "10-05 00:00"), "3 of 4");
}

#[test]
fn an_answer_ahead_reads_as_absent() {
    let mut records = records();
    case(&mut records, "A", Some("10-04 10:00"), None);
    assert_eq!(told(&records, ANSWERED, "10-03 10:00"), "0 of 1");
    assert_eq!(told(&records, ANSWERED, "10-04 10:00"), "0 of 1", "and when it has come, it came too late");
}

#[test]
fn resolved_by_now_of_those_old_enough() {
    let mut records = records();
    case(&mut records, "at once", None, Some("10-01 10:00"));
    case(&mut records, "in a week", None, Some("10-08 10:00"));
    case(&mut records, "a moment later", None, Some("10-08 10:00:00.001"));
    case(&mut records, "never", Some("10-01 11:00"), None);
    assert_eq!(told(&records, RESOLVED, "10-08 09:59:59.999"), "0 of 0, open 4");
    assert_eq!(told(&records, RESOLVED, "10-08 10:00"), "2 of 4");
    assert_eq!(told(&records, RESOLVED, "10-08 10:00:00.001"), "3 of 4");
    assert_eq!(told(&records, RESOLVED, "12-31 00:00"), "3 of 4");
    assert_eq!(told(&records, "resolution_rate(1d)", "10-02 10:00"), "1 of 4");
    assert_eq!(worst(&records, RESOLVED, "10-08 10:00"), ["a moment later", "never"]);
    holds_at_the_edges(RESOLVED, &records, "10-08 10:00");
    assert_eq!(gauge(RESOLVED).params().get("after_hours"), Some(&Param::Number(168.0)));
}

#[test]
fn taken_up_again_means_unresolved() {
    let mut records = records();
    case(&mut records, "A", None, Some("10-02 10:00")).updated_at = Some(time("10-02 10:00"));
    let again = case(&mut records, "A", None, None);
    (again.updated_at, again.recorded_at) = (Some(time("10-09 10:00")), Some(time("10-09 10:00")));
    assert_eq!(told(&records, RESOLVED, "10-09 09:00"), "1 of 1");
    assert_eq!(told(&records, RESOLVED, "10-09 10:00"), "0 of 1");
}

#[test]
fn classes_and_days_of_opening() {
    let mut records = records();
    case(&mut records, "complaint", Some("10-01 11:00"), Some("10-01 12:00"));
    case(&mut records, "inquiry", Some("10-01 11:00"), Some("10-01 12:00")).class = CaseClass::Inquiry;
    case(&mut records, "appeal", Some("10-01 11:00"), Some("10-01 12:00")).class = CaseClass::Appeal;
    for name in [ANSWERED, RESOLVED] {
        assert_eq!(told(&records, name, "10-20 00:00"), "2 of 2, excluded other_class 1");
        assert_eq!(rows(&records, name, Window::Day, "10-20 00:00")[0].window, "2026-10-01");
    }
    records.complaints.retain(|case| case.class == CaseClass::Appeal);
    for name in [ANSWERED, RESOLVED] {
        assert_eq!(told(&records, name, "10-20 00:00"), "0 of 0, excluded other_class 1");
        assert_eq!(rows(&records, name, Window::All, "10-20 00:00")[0].figure.value(), None);
    }
}
