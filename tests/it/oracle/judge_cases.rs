//! `complaint_rate`, `response_within_rate`, `resolution_rate` over cases; `claim_rate`, `compensation_per_10k` over claims;
//! the shipments below the line of such rates.

use parcelgauge::record::{CaseClass, Claim, Complaint, Instant, Payment};

use super::choices::{Choices, CohortDate};
use super::clock;
use super::history::{History, due};
use super::judge::{Judged, Shipment, Verdict};
use super::watch::{at_most, has_come, if_so};

/// A shipment below the line: `complaint_rate`, `claim_rate`.
pub fn exposure(shipment: &Shipment<'_>, choices: &Choices) -> Judged {
    let verdict = shipment.outside().map_or(Verdict::Exposure, Verdict::Excluded);
    shipment.judged(&[CohortDate::Accepted], choices.storage, choices, verdict, shipment.start_notes())
}

pub fn on_its_day(instant: Instant, choices: &Choices, verdict: Verdict) -> Judged {
    Judged { day: Some(clock::date(choices.zone, instant.as_millis())), verdict, notes: Vec::new() }
}

/// For `complaint_rate`.
pub fn complained(case: &Complaint, choices: &Choices) -> Judged {
    let is_complaint = case.class == CaseClass::Complaint;
    let verdict = if is_complaint { Verdict::Event } else { Verdict::Excluded("other_class") };
    on_its_day(case.opened_at, choices, verdict)
}

/// An instant inside a record, if it has come.
pub fn past(instant: Option<Instant>, choices: &Choices) -> Option<i64> {
    instant.map(Instant::as_millis).filter(|&instant| has_come("an instant inside a case", instant, choices.as_of))
}

/// For `response_within_rate`: an answer by a person, or one that resolves.
pub fn response(case: &Complaint, choices: &Choices) -> Judged {
    let deadline = due(&[(case.opened_at.as_millis(), i64::MAX)], choices.answered_within, choices);
    let history = History::of(case, choices);
    let answers = match &history {
        Ok(Some(history)) => [history.answered(), history.resolved()],
        _ => [past(case.responded_at, choices), past(case.resolved_at, choices)],
    };
    let answered = answers.into_iter().flatten().min();
    if_so("answered by what resolved it", answers[0].is_none_or(|by_a_person| answered < Some(by_a_person)));
    let is_decided = has_come("answer limit + settle", deadline + choices.settle, choices.as_of);
    let verdict = if case.class == CaseClass::Appeal {
        Verdict::Excluded("other_class")
    } else if history.is_err() {
        Verdict::Invalid("illegal_history")
    } else if answered.is_some_and(|answered| at_most("answer limit", answered, deadline)) {
        Verdict::Hit.once(is_decided)
    } else if is_decided || answered.is_some() || choices.as_of > deadline {
        Verdict::Miss.once(is_decided)
    } else {
        Verdict::Open(None)
    };
    on_its_day(case.opened_at, choices, verdict)
}

/// For `resolution_rate`.
pub fn resolution(case: &Complaint, choices: &Choices) -> Judged {
    let due = case.opened_at.as_millis() + choices.resolved_after;
    let is_due = has_come("opened so long ago", due, choices.as_of);
    let history = History::of(case, choices);
    let resolved = match &history {
        Ok(Some(history)) => history.resolved(),
        _ => past(case.resolved_at, choices),
    };
    let verdict = if case.class == CaseClass::Appeal {
        Verdict::Excluded("other_class")
    } else if history.is_err() {
        Verdict::Invalid("illegal_history")
    } else if history.is_ok_and(|history| history.is_some_and(|history| history.is_withdrawn())) {
        Verdict::Excluded("withdrawn")
    } else if resolved.is_some() {
        Verdict::Hit.once(is_due)
    } else if is_due {
        Verdict::Miss
    } else {
        Verdict::Open(None)
    };
    on_its_day(case.opened_at, choices, verdict)
}

/// For `claim_rate`.
pub fn claimed(claim: &Claim, choices: &Choices) -> Judged {
    on_its_day(claim.filed_at, choices, Verdict::Event)
}

/// For `compensation_per_10k`: a payment that has been made, on the day it was or, of the shipments accepted, on theirs.
pub fn paid(payment: Payment, shipment: Option<&Shipment<'_>>, choices: &Choices) -> Option<Judged> {
    let paid_at = past(Some(payment.paid_at), choices)?;
    let amount = Verdict::Paid(payment.amount.currency(), payment.amount.minor_units());
    if !choices.paid_by_shipment {
        return Some(on_its_day(payment.paid_at, choices, amount));
    }
    let accepted = shipment.map_or(Err(Verdict::Excluded("unassigned")), Shipment::acceptance);
    let verdict = match accepted {
        Err(outside) => outside,
        Ok(accepted) if !at_most("paid within the horizon", paid_at, accepted + choices.horizon) => {
            Verdict::Excluded("after_horizon")
        }
        Ok(accepted) => amount.once(is_paid_up(accepted, choices)),
    };
    let day = accepted.ok().map(|accepted| clock::date(choices.zone, accepted));
    Some(Judged { day, verdict, notes: Vec::new() })
}

fn is_paid_up(accepted: i64, choices: &Choices) -> bool {
    has_come("compensation: horizon", accepted + choices.horizon, choices.as_of)
}

/// For `compensation_per_10k`: a shipment below the line, where its payments count once they are all made.
pub fn paid_for(shipment: &Shipment<'_>, choices: &Choices) -> Judged {
    let Judged { day, verdict, notes } = exposure(shipment, choices);
    let is_decided = |accepted| !choices.paid_by_shipment || is_paid_up(accepted, choices);
    let verdict = shipment.acceptance().map_or(verdict, |accepted| verdict.once(is_decided(accepted)));
    Judged { day, verdict, notes }
}
