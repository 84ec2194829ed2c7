//! What the steps of a case tell, replayed by hand.

use parcelgauge::record::{Actor, CaseAction, Complaint, Instant, Step};

use super::choices::Choices;
use super::office;

/// The steps of a case that are known, each once, in order.
pub fn known<'c>(case: &'c Complaint, choices: &Choices) -> Vec<&'c Step<CaseAction>> {
    let mut steps: Vec<_> = case.steps.iter().filter(|step| step.at.as_millis() <= choices.as_of).collect();
    steps.sort();
    steps.dedup();
    steps
}

/// A case with its known steps.
pub struct History<'c> {
    opened: i64,
    steps: Vec<&'c Step<CaseAction>>,
}

/// Where a case stands between two steps.
#[derive(Clone, Copy, PartialEq)]
enum Turn {
    Firm,
    Customer,
    Over,
    Filed,
}

impl<'c> History<'c> {
    /// None without steps; an error for one that cannot be.
    pub fn of(case: &'c Complaint, choices: &Choices) -> Result<Option<Self>, ()> {
        let steps = known(case, choices);
        if steps.is_empty() {
            return Ok(None);
        }
        let mut turn = Turn::Firm;
        for step in &steps {
            turn = after(turn, step).ok_or(())?;
        }
        if steps.iter().any(|step| step.at < case.opened_at) {
            return Err(());
        }
        Ok(Some(Self { opened: case.opened_at.as_millis(), steps }))
    }

    fn first(&self, is: impl Fn(CaseAction) -> bool) -> Option<i64> {
        self.steps.iter().find(|step| is(step.action)).map(|step| step.at.as_millis())
    }

    pub fn answered(&self) -> Option<i64> {
        self.first(|action| matches!(action, CaseAction::Answer | CaseAction::AskCustomer | CaseAction::Resolve))
    }

    pub fn first_resolved(&self) -> Option<i64> {
        self.first(|action| action == CaseAction::Resolve)
    }

    pub fn reopened(&self) -> Option<i64> {
        self.first(|action| action == CaseAction::Reopen)
    }

    fn last_end(&self) -> Option<&Step<CaseAction>> {
        let ends = [CaseAction::Resolve, CaseAction::Withdraw, CaseAction::Reopen];
        self.steps.iter().rev().find(|step| ends.contains(&step.action)).copied()
    }

    pub fn resolved(&self) -> Option<i64> {
        self.last_end().filter(|step| step.action == CaseAction::Resolve).map(|step| step.at.as_millis())
    }

    pub fn is_withdrawn(&self) -> bool {
        self.last_end().is_some_and(|step| step.action == CaseAction::Withdraw)
    }

    /// Whether the customer was asked and has not replied.
    pub fn is_waiting(&self) -> bool {
        let turn = self.steps.iter().fold(Turn::Firm, |turn, step| after(turn, step).expect("a lawful step"));
        turn == Turn::Customer
    }

    pub fn handlers(&self) -> usize {
        let mut names: Vec<_> = self.steps.iter().filter_map(|step| step.handler.as_ref()).collect();
        names.sort();
        names.dedup();
        names.len()
    }

    /// Words said to or by the customer before the first resolving.
    pub fn words_before(&self) -> usize {
        let said = [CaseAction::Answer, CaseAction::AskCustomer, CaseAction::CustomerReplied, CaseAction::Contact];
        let before = self.steps.iter().take_while(|step| step.action != CaseAction::Resolve);
        before.filter(|step| said.contains(&step.action)).count()
    }

    /// The stretches in which the firm's clock runs, as known at an instant; the last goes on for ever.
    pub fn running(&self, known_at: i64) -> Vec<(i64, i64)> {
        let (mut turn, mut since, mut running) = (Turn::Firm, self.opened, Vec::new());
        for step in self.steps.iter().filter(|step| step.at.as_millis() <= known_at) {
            let (at, next) = (step.at.as_millis(), after(turn, step).expect("a lawful step"));
            if turn == Turn::Firm && next != Turn::Firm {
                running.push((since, at));
            }
            if turn != Turn::Firm && next == Turn::Firm {
                since = at;
            }
            turn = next;
        }
        running.push((if turn == Turn::Firm { since } else { known_at }, i64::MAX));
        running
    }
}

fn after(turn: Turn, step: &Step<CaseAction>) -> Option<Turn> {
    match (turn, step.action) {
        (turn, CaseAction::Contact) => Some(turn),
        (Turn::Firm | Turn::Customer, CaseAction::Answer) => (step.actor == Actor::Staff).then_some(turn),
        (Turn::Firm, CaseAction::AskCustomer) => Some(Turn::Customer),
        (Turn::Customer, CaseAction::CustomerReplied) => Some(Turn::Firm),
        (Turn::Firm | Turn::Customer, CaseAction::Resolve | CaseAction::Withdraw) => Some(Turn::Over),
        (Turn::Over, CaseAction::Close) => Some(Turn::Filed),
        (Turn::Over | Turn::Filed, CaseAction::Reopen) => Some(Turn::Firm),
        _ => None,
    }
}

/// Whether a finding on a case has come: with the answer that resolves it.
pub fn is_found(case: &Complaint, choices: &Choices) -> bool {
    match History::of(case, choices) {
        Ok(Some(history)) => history.first_resolved().is_some(),
        _ => case.resolved_at.is_none_or(|at: Instant| at.as_millis() <= choices.as_of),
    }
}

/// The time taken up to an instant.
pub fn taken(running: &[(i64, i64)], until: i64, choices: &Choices) -> i64 {
    let length = |from, to| if choices.by_office { office::worked(from, to) } else { to - from };
    running.iter().filter(|(from, _)| *from < until).map(|&(from, to)| length(from, to.min(until))).sum()
}

/// When a limit is used up.
pub fn due(running: &[(i64, i64)], limit: i64, choices: &Choices) -> i64 {
    let mut left = limit;
    for &(from, to) in running {
        let is_last = to == i64::MAX;
        let length = match (is_last, choices.by_office) {
            (true, _) => left,
            (false, true) => office::worked(from, to),
            (false, false) => to - from,
        };
        if length >= left {
            return if choices.by_office { office::worked_until(from, left) } else { from + left };
        }
        left -= length;
    }
    unreachable!("the last stretch goes on for ever")
}
