//! From a life to the row that KPIs read.

use super::{CaseAction, CaseState, Life};
use crate::record::{Complaint, Instant};

impl Life<CaseState> {
    /// Writes what the steps known at an instant say into the row of the case: when a person first answered, and when
    /// it was last resolved, which is never while it is reopened.
    ///
    /// A row holds the last state only. To see a month as it was seen then, make its rows as of then.
    pub fn write_into(&self, case: &mut Complaint, as_of: Instant) {
        let firsts =
            [CaseAction::Answer, CaseAction::AskCustomer, CaseAction::Resolve].map(|action| self.first(action, as_of));
        case.responded_at = firsts.into_iter().flatten().min();
        let is_resolved = matches!(self.state(as_of), Some(CaseState::Resolved | CaseState::Closed));
        case.resolved_at = self.last(CaseAction::Resolve, as_of).filter(|_| is_resolved);
    }
}
