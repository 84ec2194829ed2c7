//! `loss_rate`, `damage_rate`, `shortage_rate`, `intact_rate`: what became of the goods.

use parcelgauge::record::{CaseClass, Decision, Instant, LossKind, NodeKind};

use super::choices::{Choices, CohortDate};
use super::history::is_found;
use super::judge::{Judged, Lean, Shipment, Verdict};
use super::kept::is_recorded_early;
use super::watch::{happens, has_come, if_so};

const COHORTS: [CohortDate; 2] = [CohortDate::Accepted, CohortDate::Ordered];

/// For `loss_rate`.
pub fn loss(shipment: &Shipment<'_>, choices: &Choices) -> Judged {
    let verdict = loss_verdict(shipment, choices).unwrap_or_else(|verdict| verdict);
    shipment.judged(&COHORTS, choices.storage, choices, verdict, loss_notes(shipment, verdict, choices))
}

fn loss_verdict(shipment: &Shipment<'_>, choices: &Choices) -> Result<Verdict, Verdict> {
    let accepted = shipment.unspared(choices)?;
    let trip = &shipment.trip;
    let is_mature = has_come("loss: horizon", accepted + choices.horizon, choices.as_of);
    let once_mature = |verdict: Verdict| verdict.once(is_mature);
    if if_so("lost: declared", trip.lost) {
        if_so("lost: declared after completion", trip.completion(choices.storage).is_some());
        return Ok(once_mature(Verdict::Hit));
    }
    if trip.completion(choices.storage).is_some() || if_so("lost: returned", trip.returned.is_some()) {
        return Ok(once_mature(Verdict::Miss));
    }
    let heard = trip.scans.iter().map(|scan| {
        let occurred = scan.event.occurred_at.as_millis();
        let recorded = scan.event.recorded_at.filter(|_| is_recorded_early(scan.event));
        (recorded.map_or(occurred, |recorded| recorded.as_millis().min(occurred)), scan.event.kind)
    });
    let (heard_at, last) = heard.max().expect("what was accepted was scanned");
    Ok(match last {
        NodeKind::Refused | NodeKind::Cancelled => {
            happens("lost: last refused or cancelled");
            once_mature(Verdict::Miss)
        }
        NodeKind::Stored | NodeKind::Held => {
            happens("lost: last stored or held");
            Verdict::Miss.once(false)
        }
        _ if has_come("silence", heard_at + choices.silent_after, choices.as_of) => once_mature(Verdict::Hit),
        _ => Verdict::Miss.once(false),
    })
}

/// Of a shipment that counts as `whole` in the figure.
fn loss_notes(shipment: &Shipment<'_>, whole: Verdict, choices: &Choices) -> Vec<&'static str> {
    let mut notes = shipment.start_notes();
    if shipment.trip.found {
        notes.push("found_after_lost");
    }
    let counts = match whole {
        Verdict::Hit | Verdict::Miss => true,
        Verdict::Leans(_) => choices.provisional,
        _ => false,
    };
    let is_lost = matches!(loss_verdict(shipment, choices), Ok(Verdict::Hit | Verdict::Leans(Lean::Hit)));
    if counts && is_lost && !shipment.trip.lost {
        notes.push("presumed_lost");
    }
    notes
}

/// A kind of harm: what tells of it.
struct Harm {
    line: &'static str,
    node: NodeKind,
    causes: &'static [&'static str],
    loss_kinds: &'static [LossKind],
}

const DAMAGE: Harm = Harm {
    line: "damage: horizon",
    node: NodeKind::Damaged,
    causes: &["damage"],
    loss_kinds: &[LossKind::TotalDamage, LossKind::PartialDamage],
};

const SHORTAGE: Harm = Harm {
    line: "shortage: horizon",
    node: NodeKind::Shortage,
    causes: &["shortage", "wrong_contents"],
    loss_kinds: &[LossKind::Shortage, LossKind::WrongContents],
};

/// For `damage_rate`.
pub fn damage(shipment: &Shipment<'_>, choices: &Choices) -> Judged {
    harm(&DAMAGE, shipment, choices)
}

/// For `shortage_rate`.
pub fn shortage(shipment: &Shipment<'_>, choices: &Choices) -> Judged {
    harm(&SHORTAGE, shipment, choices)
}

fn harm(harm: &Harm, shipment: &Shipment<'_>, choices: &Choices) -> Judged {
    let verdict = harm_verdict(harm, shipment, choices).unwrap_or_else(|verdict| verdict);
    shipment.judged(&COHORTS, choices.storage, choices, verdict, shipment.start_notes())
}

/// Found by whichever tells of it; while one that could is undecided, nothing is.
fn harm_verdict(harm: &Harm, shipment: &Shipment<'_>, choices: &Choices) -> Result<Verdict, Verdict> {
    let accepted = shipment.unspared(choices)?;
    // A finding comes with its answer.
    let is_ahead = |instant: Option<Instant>| {
        if_so("harm: a finding that lies ahead", instant.is_some_and(|instant| instant.as_millis() > choices.as_of))
    };
    let is_scanned = shipment.trip.scans.iter().any(|scan| scan.event.kind == harm.node);
    let mut findings = Vec::new();
    for case in &shipment.cases {
        let is_of_cause = case.cause.as_ref().is_some_and(|cause| harm.causes.contains(&cause.as_str()));
        if is_of_cause && !if_so("harm: an inquiry", case.class == CaseClass::Inquiry) {
            let finding = case.upheld.filter(|_| !if_so("harm: a finding that lies ahead", !is_found(case, choices)));
            if_so("harm: a case upheld", finding == Some(true));
            if_so("harm: a case not upheld", finding == Some(false));
            findings.push(finding);
        }
    }
    for claim in &shipment.claims {
        if claim.loss_kind.is_some_and(|kind| harm.loss_kinds.contains(&kind)) {
            let decision = claim.decision.filter(|_| !is_ahead(claim.decided_at));
            if_so("harm: a claim approved", decision == Some(Decision::Approved));
            if_so("harm: a claim refused", decision == Some(Decision::Refused));
            findings.push(decision.map(|decision| decision == Decision::Approved));
        }
    }
    let is_found = if_so("harm: scanned", is_scanned) || findings.contains(&Some(true));
    let is_undecided = if_so("harm: undecided", !is_found && findings.contains(&None));
    let is_decided = !is_undecided && has_come(harm.line, accepted + choices.horizon, choices.as_of);
    Ok(if is_found { Verdict::Hit } else { Verdict::Miss }.once(is_decided))
}

/// For `intact_rate`: over what is decided for all three.
pub fn intact(shipment: &Shipment<'_>, choices: &Choices) -> Judged {
    let verdicts = [
        loss_verdict(shipment, choices),
        harm_verdict(&DAMAGE, shipment, choices),
        harm_verdict(&SHORTAGE, shipment, choices),
    ];
    let verdict = if let Some(Err(outside)) = verdicts.iter().find(|verdict| verdict.is_err()) {
        *outside
    } else {
        let is_open = verdicts.iter().any(|verdict| matches!(verdict, Ok(Verdict::Leans(_))));
        let is_found = verdicts.contains(&Ok(Verdict::Hit));
        if_so("intact: open, though harm is found", is_open && is_found);
        let is_harmed = is_found || verdicts.contains(&Ok(Verdict::Leans(Lean::Hit)));
        if is_harmed { Verdict::Miss } else { Verdict::Hit }.once(!is_open)
    };
    shipment.judged(&COHORTS, choices.storage, choices, verdict, loss_notes(shipment, verdict, choices))
}
