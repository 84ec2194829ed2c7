//! One outcome out of several: of the parts of one thing, or of several questions about it.

use crate::outcome::{Leaning, Outcome, Severity, Term};
use crate::record::Instant;
use crate::state::Measure;

use super::Direction;
use super::reading::is_adverse;

/// Counts the whole as its worst part.
///
/// Parts left out drop out; where all are, the whole is, for the least of their reasons. One that is open keeps the whole
/// open, until the last of them is decided: before that none may speak, or an early one would decide for the others. Then
/// one that is invalid makes the whole invalid. Else the whole counts as the worst of the adverse parts, or where none is
/// adverse, as any of them.
pub(super) fn joined<M: Measure>(parts: &mut dyn Iterator<Item = Outcome<M>>, direction: Direction) -> Outcome<M> {
    let mut whole = Joined { direction, worst: None, good: None, open: None, invalid: None, excluded: None };
    for part in parts {
        whole.take(part);
    }
    whole.outcome()
}

struct Joined<M> {
    direction: Direction, // which tells the adverse parts
    worst: Option<(M, Severity)>,
    good: Option<(M, Severity)>,
    open: Option<OpenParts>,
    invalid: Option<Term>,
    excluded: Option<Term>,
}

#[derive(Clone, Copy)]
struct OpenParts {
    until: Option<Instant>,         // the last of them; none if one waits for a record
    leaning_until: Option<Instant>, // the first at which one leans elsewhere or is decided
    some_lean_nowhere: bool,
}

impl<M: Measure> Joined<M> {
    fn take(&mut self, part: Outcome<M>) {
        match part {
            Outcome::Measured { measure, severity } => self.count(measure, severity),
            Outcome::Open { until, leaning, .. } => {
                let leaning_until = [until, leaning.until].into_iter().flatten().min();
                let some_lean_nowhere = leaning.towards.is_none();
                let part = OpenParts { until, leaning_until, some_lean_nowhere };
                self.open = Some(self.open.map_or(part, |open| open.and(part)));
                if let Some((measure, severity)) = leaning.towards {
                    self.count(measure, severity);
                }
            }
            Outcome::Invalid(reason) => keep_least(&mut self.invalid, reason),
            Outcome::Excluded(reason) => keep_least(&mut self.excluded, reason),
        }
    }

    fn count(&mut self, measure: M, severity: Severity) {
        if !is_adverse(measure.kind(), self.direction) {
            self.good.get_or_insert((measure, severity));
        } else if self.worst.as_ref().is_none_or(|(_, worst)| severity.rank() < worst.rank()) {
            self.worst = Some((measure, severity));
        }
    }

    fn outcome(self) -> Outcome<M> {
        let bad_news = self.worst.is_some();
        let counted = self.worst.or(self.good);
        if let Some(open) = self.open {
            // Bad news of one part is news of the whole; good news is, when it is had of all.
            let is_told = self.invalid.is_none() && (bad_news || !open.some_lean_nowhere);
            let leaning = Leaning { towards: counted.filter(|_| is_told), until: open.leaning_until };
            return Outcome::Open { until: open.until, since: None, leaning };
        }
        match (self.invalid, counted, self.excluded) {
            (Some(reason), ..) => Outcome::Invalid(reason),
            (None, Some((measure, severity)), _) => Outcome::Measured { measure, severity },
            (None, None, Some(reason)) => Outcome::Excluded(reason),
            (None, None, None) => Outcome::open(),
        }
    }
}

impl OpenParts {
    fn and(self, other: Self) -> Self {
        Self {
            until: self.until.zip(other.until).map(|(one, other)| one.max(other)),
            leaning_until: [self.leaning_until, other.leaning_until].into_iter().flatten().min(),
            some_lean_nowhere: self.some_lean_nowhere || other.some_lean_nowhere,
        }
    }
}

fn keep_least(kept: &mut Option<Term>, reason: Term) {
    if kept.as_ref().is_none_or(|kept| reason < *kept) {
        *kept = Some(reason);
    }
}
