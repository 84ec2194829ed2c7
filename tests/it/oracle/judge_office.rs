//! `payout_within_rate`, `delivered_by_day_rate`, `resolution_within_rate`, `resolution_hours`, `reopen_rate`,
//! `first_contact_resolution_rate`: what counts working time, or the steps of a case.

use parcelgauge::record::{CaseClass, Claim, Complaint};

use super::choices::{Choices, CohortDate};
use super::history::{self, History};
use super::judge::{Judged, Shipment, Verdict};
use super::judge_cases::{on_its_day, past};
use super::judge_hours::between;
use super::judge_promise::is_tried_in_vain;
use super::office;
use super::watch::{at_most, has_come, if_so};

/// For `payout_within_rate`.
pub fn payout(claim: &Claim, choices: &Choices) -> Judged {
    let Some(confirmed) = past(claim.confirmed_at, choices) else {
        return Judged { day: None, verdict: Verdict::Excluded("not_confirmed"), notes: Vec::new() };
    };
    let last_day = office::worked_day_after(office::day_of(confirmed), choices.working_days);
    let due = office::start_of(last_day + 1);
    let paid = claim.payments.iter().filter_map(|payment| past(Some(payment.paid_at), choices)).max();
    let is_decided = has_come("payout: last day + settle", due + choices.settle, choices.as_of);
    let verdict = match paid {
        Some(paid) if at_most("payout: the end of the last day", paid, due) => Verdict::Hit.once(is_decided),
        None if choices.as_of <= due && !is_decided => Verdict::Open(None),
        _ => Verdict::Miss.once(is_decided),
    };
    on_its_day(claim.confirmed_at.expect("it is past"), choices, verdict)
}

/// The dates that `delivered_by_day_rate` can be had by.
pub const BY_DAY_COHORTS: [CohortDate; 3] = [CohortDate::Accepted, CohortDate::Ordered, CohortDate::Completed];

/// For `delivered_by_day_rate`.
pub fn by_day(shipment: &Shipment<'_>, choices: &Choices) -> Judged {
    let verdict = by_day_verdict(shipment, choices).unwrap_or_else(|verdict| verdict);
    let notes = shipment.end_notes(choices.storage);
    shipment.judged(&BY_DAY_COHORTS, choices.storage, choices, verdict, notes)
}

/// The first instant later than D+n.
fn end_of_day_n(collected: i64, choices: &Choices) -> i64 {
    let mut deposit = office::day_of(collected);
    let is_missed = choices.last_collection.is_some_and(|last| office::time_of(collected) >= last);
    if is_missed || !office::is_worked(deposit) {
        deposit = office::worked_day_after(deposit, 1);
    }
    if choices.off_days_count_back {
        office::start_of(office::worked_day_after(deposit, choices.working_days + 1))
    } else {
        office::start_of(office::worked_day_after(deposit, choices.working_days) + 1)
    }
}

fn by_day_verdict(shipment: &Shipment<'_>, choices: &Choices) -> Result<Verdict, Verdict> {
    shipment.acceptance()?;
    shipment.unspared_on_the_way(choices.storage, choices)?;
    let collected = shipment.trip.collected.ok_or(Verdict::Invalid("no_collection"))?;
    between(collected, collected, choices)?;
    let started = if choices.keep_anomalies { collected.occurred } else { collected.at };
    let late = end_of_day_n(started, choices);
    let is_decided = has_come("D+n + settle", late + choices.settle, choices.as_of);
    let so_far = so_far(shipment, late, choices).unwrap_or_else(|verdict| verdict);
    let is_due = choices.as_of >= late;
    Ok(if is_decided || is_due || shipment.has_ended(choices.storage) {
        so_far.once(is_decided)
    } else {
        Verdict::Open(None)
    })
}

fn so_far(shipment: &Shipment<'_>, late: i64, choices: &Choices) -> Result<Verdict, Verdict> {
    let collected = shipment.trip.collected.expect("checked before");
    let started = if choices.keep_anomalies { collected.occurred } else { collected.at };
    let done = shipment.trip.completion(choices.storage);
    if let Some(done) = done {
        let completed = started + between(collected, done.scanned, choices)?;
        if !at_most("D+n", late, completed) {
            return Ok(Verdict::Hit);
        }
    }
    if is_tried_in_vain(shipment, choices, |attempt| attempt < late) {
        return Ok(Verdict::Excluded("customer_return"));
    }
    if choices.delivered_only && done.is_none() {
        return Ok(Verdict::Excluded("not_delivered"));
    }
    Ok(Verdict::Miss)
}

/// A case that is not the regulator's, with what its steps tell.
fn firms<'c>(case: &'c Complaint, choices: &Choices) -> Result<Option<History<'c>>, Verdict> {
    if case.class == CaseClass::Appeal {
        return Err(Verdict::Excluded("other_class"));
    }
    History::of(case, choices).map_err(|()| Verdict::Invalid("illegal_history"))
}

fn resolved(case: &Complaint, history: Option<&History<'_>>, choices: &Choices) -> Option<i64> {
    match history {
        Some(history) if choices.first_resolving => history.first_resolved(),
        Some(history) => history.resolved(),
        None => past(case.resolved_at, choices),
    }
}

fn running(case: &Complaint, history: Option<&History<'_>>, known_at: i64, choices: &Choices) -> Vec<(i64, i64)> {
    match history {
        Some(history) if !choices.pauses_count => history.running(known_at),
        _ => vec![(case.opened_at.as_millis(), i64::MAX)],
    }
}

/// For `resolution_within_rate`.
pub fn resolution_within(case: &Complaint, choices: &Choices) -> Judged {
    let verdict = resolution_within_verdict(case, choices).unwrap_or_else(|verdict| verdict);
    on_its_day(case.opened_at, choices, verdict)
}

fn resolution_within_verdict(case: &Complaint, choices: &Choices) -> Result<Verdict, Verdict> {
    let history = firms(case, choices)?;
    let resolved = resolved(case, history.as_ref(), choices);
    if resolved.is_none() && history.as_ref().is_some_and(History::is_withdrawn) {
        return Err(Verdict::Excluded("withdrawn"));
    }
    let known_at = resolved.unwrap_or(choices.as_of).max(case.opened_at.as_millis());
    let due = history::due(&running(case, history.as_ref(), known_at, choices), choices.answered_within, choices);
    let is_decided = has_come("resolution limit + settle", due + choices.settle, choices.as_of);
    let is_waiting = !choices.pauses_count && history.as_ref().is_some_and(History::is_waiting);
    Ok(match resolved {
        Some(resolved) if at_most("resolution limit", resolved, due) => Verdict::Hit.once(is_decided),
        Some(_) => Verdict::Miss.once(is_decided),
        None if choices.resolved_only => Verdict::Excluded("not_resolved").once(is_decided),
        None if if_so("the customer is waited for", is_waiting && choices.as_of <= due) => Verdict::Open(None),
        None if choices.as_of <= due && !is_decided => Verdict::Open(None),
        None => Verdict::Miss.once(is_decided),
    })
}

/// For `resolution_hours`.
pub fn resolution_hours(case: &Complaint, choices: &Choices) -> Judged {
    let verdict = firms(case, choices).map_or_else(
        |verdict| verdict,
        |history| match resolved(case, history.as_ref(), choices) {
            Some(resolved) => {
                let running = running(case, history.as_ref(), resolved, choices);
                Verdict::Lasted(history::taken(&running, resolved, choices))
            }
            None if history.as_ref().is_some_and(History::is_withdrawn) => Verdict::Excluded("withdrawn"),
            None => Verdict::Open(Some(case.opened_at.as_millis())),
        },
    );
    on_its_day(case.opened_at, choices, verdict)
}

/// For `reopen_rate`.
pub fn reopened(case: &Complaint, choices: &Choices) -> Judged {
    let verdict = reopened_verdict(case, choices).unwrap_or_else(|verdict| verdict);
    on_its_day(case.opened_at, choices, verdict)
}

fn reopened_verdict(case: &Complaint, choices: &Choices) -> Result<Verdict, Verdict> {
    let history = firms(case, choices)?.ok_or(Verdict::Invalid("no_steps"))?;
    let resolved = history.first_resolved().ok_or(Verdict::Excluded("not_resolved"))?;
    let until = resolved + choices.resolved_after;
    let is_decided = has_come("reopening: resolved so long ago", until, choices.as_of);
    let is_back = history.reopened().is_some_and(|back| at_most("reopened within", back, until));
    Ok(match (is_back, is_decided) {
        (true, _) => Verdict::Hit.once(is_decided),
        (false, true) => Verdict::Miss,
        (false, false) => Verdict::Open(None),
    })
}

/// For `first_contact_resolution_rate`.
pub fn first_contact(case: &Complaint, choices: &Choices) -> Judged {
    let verdict = first_contact_verdict(case, choices).unwrap_or_else(|verdict| verdict);
    on_its_day(case.opened_at, choices, verdict)
}

fn first_contact_verdict(case: &Complaint, choices: &Choices) -> Result<Verdict, Verdict> {
    let history = firms(case, choices)?.ok_or(Verdict::Invalid("no_steps"))?;
    if history.is_withdrawn() {
        return Err(Verdict::Excluded("withdrawn"));
    }
    let due = case.opened_at.as_millis() + choices.resolved_after;
    let is_decided = has_come("first contact: both have passed", due + choices.horizon, choices.as_of);
    let in_time = history.first_resolved().filter(|&resolved| at_most("first contact: time", resolved, due));
    Ok(match in_time {
        Some(resolved) => {
            let is_back =
                history.reopened().is_some_and(|back| at_most("first contact: back", back, resolved + choices.horizon));
            let is_one = if choices.by_handler { history.handlers() < 2 } else { history.words_before() == 0 };
            let verdict = if is_one && !is_back { Verdict::Hit } else { Verdict::Miss };
            verdict.once(is_decided)
        }
        None if choices.resolved_only => Verdict::Excluded("not_resolved").once(is_decided),
        None if is_decided => Verdict::Miss,
        None => Verdict::Open(None),
    })
}
