//! The duties the project starts from.

use super::{CaseState, ClaimState, Duty};
use crate::calendar::{AfterReopening, LimitHistory, TimeLimit, UnderWay};
use crate::record::{Actor, CaseAction, ClaimAction, Duration};

const AGREED: &str = "baseline target of the project; no public standard is claimed for it";

impl Duty<CaseState> {
    /// A first answer by a person, which may be a question, or a resolving one, within 24 hours by the clock on the wall.
    #[doc(alias = "24小时响应")]
    #[must_use]
    pub fn first_response() -> Self {
        Self {
            name: "first_response",
            source: AGREED,
            owed_by: Actor::Staff,
            begins_with: CaseAction::Open,
            met_by: &[CaseAction::Answer, CaseAction::AskCustomer, CaseAction::Resolve],
            undone_by: None,
            limit: LimitHistory::new(TimeLimit::Elapsed(Duration::from_hours(24))),
            reopening: AfterReopening::CountThrough,
            under_way: UnderWay::KeepsItsLimit,
        }
    }

    /// Resolved within 24 hours by the clock on the wall, time waited for the customer and after an end taken off.
    #[must_use]
    pub fn resolution() -> Self {
        Self {
            name: "resolution",
            met_by: &[CaseAction::Resolve],
            undone_by: Some(CaseAction::Reopen),
            reopening: AfterReopening::Resume,
            ..Self::first_response()
        }
    }

    /// The firm's answer to a complaint within seven calendar days, the customer told.
    #[doc(alias = "7日内处理")]
    #[must_use]
    pub fn complaint_answer() -> Self {
        Self {
            name: "complaint_answer",
            source: "Regulation on Express Delivery, article 28 (29 since June 2025); Civil Code, articles 201, 203",
            undone_by: None,
            limit: LimitHistory::new(TimeLimit::calendar_days(7)),
            ..Self::resolution()
        }
    }

    /// The regulator's answer to an appeal within 30 calendar days.
    #[doc(alias = "申诉")]
    #[must_use]
    pub fn appeal_answer() -> Self {
        Self {
            name: "appeal_answer",
            source: "Postal Law, article 65",
            owed_by: Actor::Regulator,
            begins_with: CaseAction::Escalate,
            limit: LimitHistory::new(TimeLimit::calendar_days(30)),
            ..Self::complaint_answer()
        }
    }
}

impl Duty<ClaimState> {
    /// Paid in full within three working days after the obligation was confirmed.
    #[doc(alias = "3个工作日赔付")]
    #[must_use]
    pub fn payout() -> Self {
        Self {
            name: "payout",
            source: AGREED,
            owed_by: Actor::Staff,
            begins_with: ClaimAction::Confirm,
            met_by: &[ClaimAction::Pay],
            undone_by: None,
            limit: LimitHistory::new(TimeLimit::working_days(3)),
            reopening: AfterReopening::Resume,
            under_way: UnderWay::KeepsItsLimit,
        }
    }
}
