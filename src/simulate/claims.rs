//! Claims that follow from harm or delay, their decisions and payments.
//!
//! What this module does not do: amounts follow no compensation rule, so an assessment of them will differ.

use super::calendar::{DAY, HOUR, waking_hours};
use super::cases::Trouble;
use super::draws::{Draws, Topic};
use super::names::Cause;
use super::order::Order;
use super::rates::Ledger;
use super::{Network, Rate};
use crate::record::{Claim, Decision, LossKind, Money, Payment};

/// The claim of a shipment, if there is one.
pub(super) fn draw(network: &Network, order: &Order, trouble: Option<Trouble>, ledger: &mut Ledger) -> Option<Claim> {
    let trouble = trouble?;
    let draws = &mut Draws::new(network.seed(), order.index, Topic::Claims);
    let rate = match trouble.cause {
        Cause::Loss | Cause::Damage | Cause::Shortage => Rate::ClaimForHarm,
        Cause::Delay => Rate::ClaimForDelay,
        _ => return None,
    };
    ledger.draw(rate, draws).then(|| file(network, order, trouble, ledger, draws))
}

fn file(network: &Network, order: &Order, trouble: Trouble, ledger: &mut Ledger, draws: &mut Draws) -> Claim {
    let instant = |at| network.midnight.instant(at);
    let filed_at = waking_hours(trouble.noticed_at + draws.between(HOUR, 5 * DAY));
    let mut claim = Claim::new(network.names.claim(order.index, 1), instant(filed_at));
    claim.recorded_at = Some(instant(filed_at + draws.between(1, 120)));
    claim.waybill = Some(order.key.clone());
    let is_rare = draws.below(100) < 20;
    claim.loss_kind = Some(match trouble.cause {
        Cause::Loss => LossKind::Loss,
        Cause::Damage if is_rare => LossKind::TotalDamage,
        Cause::Damage => LossKind::PartialDamage,
        Cause::Shortage if is_rare => LossKind::WrongContents,
        Cause::Shortage => LossKind::Shortage,
        _ => LossKind::Delay,
    });
    let fee = order.fee.minor_units();
    let claimed = match (trouble.cause, order.declared_value) {
        (Cause::Delay, _) => fee,
        (_, Some(value)) => value.minor_units(),
        (_, None) => fee * draws.between(2, 30),
    };
    let money = |amount| Money::from_minor_units(amount, order.fee.currency());
    claim.claimed = Some(money(claimed));
    let confirmed_at = filed_at + draws.between(4 * HOUR, 3 * DAY);
    let mut updated_at = confirmed_at;
    claim.confirmed_at = Some(instant(confirmed_at));
    if !ledger.draw(Rate::ClaimUndecided, draws) {
        let decided_at = confirmed_at + draws.between(HOUR, DAY);
        updated_at = decided_at;
        claim.decided_at = Some(instant(decided_at));
        claim.decision = Some(Decision::Refused);
        if !ledger.draw(Rate::ClaimRefused, draws) {
            claim.decision = Some(Decision::Approved);
            let paid_at = if ledger.draw(Rate::PaidLate, draws) {
                confirmed_at + draws.between(5 * DAY, 15 * DAY)
            } else {
                decided_at + draws.between(HOUR, 20 * HOUR)
            };
            let award = claimed * draws.between(40, 100) / 100;
            updated_at = paid_at;
            if ledger.draw(Rate::PaidInParts, draws) {
                updated_at = paid_at + draws.between(HOUR, 20 * HOUR);
                let first = award / 2;
                claim.payments = vec![
                    Payment { paid_at: instant(paid_at), amount: money(first) },
                    Payment { paid_at: instant(updated_at), amount: money(award - first) },
                ];
            } else {
                claim.payments = vec![Payment { paid_at: instant(paid_at), amount: money(award) }];
            }
        }
    }
    claim.updated_at = Some(instant(updated_at));
    claim
}
