//! From a row with its steps to a life, and from a life to what KPIs read of the row.

use super::{CaseState, ClaimState, IllegalHistory, Life};
use crate::record::{Actor, CaseAction, Claim, ClaimAction, Complaint, Decision, Instant, Step};

impl Life<CaseState> {
    /// The life that the steps of a case tell; none where it has none. A log that begins after the opening begins with that
    /// of the row.
    ///
    /// # Errors
    /// [`IllegalHistory`] where they cannot be.
    pub fn of_case(case: &Complaint) -> Option<Result<Self, IllegalHistory>> {
        if case.steps.is_empty() {
            return None;
        }
        let is_begun = case.steps.iter().any(|step| step.action == CaseAction::Open);
        let opening = (!is_begun).then(|| Step::new(case.opened_at, CaseAction::Open, Actor::Customer));
        Some(Self::replay(case.id.to_text(), opening.into_iter().chain(case.steps.iter().cloned())))
    }

    /// When it was last resolved; none where it was reopened, escalated or withdrawn since.
    #[must_use]
    pub fn resolved_at(&self, as_of: Instant) -> Option<Instant> {
        self.ending(as_of).filter(|step| step.action == CaseAction::Resolve).map(|step| step.at)
    }

    /// Whether the customer gave it up, and nobody took it up again.
    #[must_use]
    pub fn is_withdrawn(&self, as_of: Instant) -> bool {
        self.ending(as_of).is_some_and(|step| step.action == CaseAction::Withdraw)
    }

    /// The last step that ended it or took it up again.
    fn ending(&self, as_of: Instant) -> Option<&Step<CaseAction>> {
        let ends_or_undoes = |step: &&Step<CaseAction>| {
            use CaseAction::{Escalate, Reopen, Resolve, Withdraw};
            matches!(step.action, Resolve | Reopen | Escalate | Withdraw)
        };
        self.steps(as_of).iter().rev().find(ends_or_undoes)
    }

    /// Writes what the steps known at an instant say into the row of the case: when a person first answered, and when
    /// it was last resolved, which is never while it is reopened.
    ///
    /// A row holds the last state only. To see a month as it was seen then, make its rows as of then.
    pub fn write_into(&self, case: &mut Complaint, as_of: Instant) {
        let firsts =
            [CaseAction::Answer, CaseAction::AskCustomer, CaseAction::Resolve].map(|action| self.first(action, as_of));
        case.responded_at = firsts.into_iter().flatten().min();
        case.resolved_at = self.resolved_at(as_of);
    }
}

impl Life<ClaimState> {
    /// The life that the steps of a claim tell; none where it has none. A log that begins after the filing begins with that
    /// of the row.
    ///
    /// # Errors
    /// [`IllegalHistory`] where they cannot be.
    pub fn of_claim(claim: &Claim) -> Option<Result<Self, IllegalHistory>> {
        if claim.steps.is_empty() {
            return None;
        }
        let is_begun = claim.steps.iter().any(|step| step.action == ClaimAction::File);
        let filing = (!is_begun).then(|| Step::new(claim.filed_at, ClaimAction::File, Actor::Customer));
        Some(Self::replay(claim.id.to_text(), filing.into_iter().chain(claim.steps.iter().cloned())))
    }

    /// Writes what the steps known at an instant say into the row of the claim: how and when it was last decided, and when
    /// the obligation to pay was last confirmed. Taken up again, given up, or refused after all, it is confirmed no more; in
    /// dispute it is.
    pub fn write_into(&self, claim: &mut Claim, as_of: Instant) {
        let decided = self.steps(as_of).iter().rev().find_map(|step| match step.action {
            ClaimAction::Confirm => Some((step.at, Some(Decision::Approved))),
            ClaimAction::Refuse | ClaimAction::Reject => Some((step.at, Some(Decision::Refused))),
            ClaimAction::Reopen | ClaimAction::Withdraw => Some((step.at, None)),
            _ => None,
        });
        claim.decision = decided.and_then(|(_, decision)| decision);
        claim.decided_at = decided.filter(|(_, decision)| decision.is_some()).map(|(at, _)| at);
        claim.confirmed_at = claim.decided_at.filter(|_| claim.decision == Some(Decision::Approved));
    }

    /// When it was paid in full after it was last confirmed.
    #[must_use]
    pub fn paid_at(&self, as_of: Instant) -> Option<Instant> {
        let steps = self.steps(as_of);
        let confirmed = steps.iter().rposition(|step| step.action == ClaimAction::Confirm)?;
        steps[confirmed..].iter().find(|step| step.action == ClaimAction::Pay).map(|step| step.at)
    }
}
