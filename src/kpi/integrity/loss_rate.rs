//! Loss rate, 丢失率.

use chrono::NaiveDate;

use crate::fact::{Context, Shipment};
use crate::kpi::{Cohort, Definition, Direction, FigureKind, Kpi, Observe, Policies, PolicyName, Unit};
use crate::outcome::{Outcome, Severity, Term};
use crate::record::{Instant, NodeKind, RecordKind};
use crate::state::{Share, Verdict};

/// The share of shipments that were lost: declared so, or silent for too long.
///
/// A shipment is lost if it was declared `lost` and not handled since, or if it is not completed and nothing was heard of
/// it for `silent_after` (30 days) and more. Nothing is decided before the `horizon` (45 days after acceptance), lost or
/// not. Silence is counted from the last scan of any kind, by the earlier of its two clocks where they are in doubt.
///
/// - numerator: lost
/// - denominator: accepted shipments whose horizon has passed
/// - open: the horizon lies ahead; silent for less than `silent_after`; last scanned as `stored` or `held`, however long
/// - excluded: `not_forward`, `cancelled` (before collection), `never_collected`; for `force_majeure=adjusted` also
///   `force_majeure`, lost or not
/// - provisional: what is declared lost, or silent for so long already, leans to lost; all else leans to safe
/// - notes: inferred acceptances, `found_after_lost` (declared lost, then handled again: no longer lost by that word, but
///   it may fall silent), `presumed_lost` (hits for silence)
///
/// Where the definition is silent: with the `returned` scan the forward trip has ended, and what is lost after it, by word
/// or by silence, is lost on the return leg and not counted here. A parcel last scanned as `refused` or `cancelled` is not
/// lost by silence. A declaration after completion counts: it says that the completion was none. Claims are not asked;
/// they show in the rates of claims.
///
/// # Formula
/// hit / (hit + miss), with its Wilson interval.
///
/// # By hand
/// Of four parcels collected on 1 October three are delivered, one is never heard of again: 1 / 4 on 15 November.
///
/// ```
/// use parcelgauge::prelude::*;
/// let day = chrono::NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
/// let mut records = Records::default();
/// for number in ["A", "B", "C", "D"] {
///     let key = WaybillKey::new(WaybillNumber::new(number)?, day);
///     records.waybills.push(Waybill::new(key.clone()));
///     records.events.push(NodeEvent::new(key.clone(), NodeKind::Collected, "2026-10-01T10:00:00+08:00".parse()?));
///     if number != "A" {
///         records.events.push(NodeEvent::new(key, NodeKind::Delivered, "2026-10-03T09:00:00+08:00".parse()?));
///     }
/// }
/// let plan = Plan::new([catalogue().find("loss_rate")?]).with_window(Window::All);
/// let scorecard = Scorecard::measure(&records, &plan, &Context::at("2026-11-15T10:00:00+08:00".parse()?));
/// assert_eq!(scorecard.rows[0].figure.value(), Some(0.25));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Source
/// Loss as the Postal Law speaks of it (art. 45 ff., 丢失); the limits of silence and horizon are this crate's own.
#[doc(alias = "丢失率")]
#[doc(alias = "遗失率")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LossRate {
    policies: Policies,
}

const DEFINITION: Definition = Definition {
    id: "loss_rate",
    version: 1,
    name_en: "Loss rate",
    name_zh: "丢失率",
    formula: "declared lost and not handled since, or unfinished and silent for silent_after / accepted shipments whose horizon has passed",
    kind: FigureKind::Share,
    unit: Unit::Ratio,
    direction: Direction::LowerIsBetter,
    cohorts: &[Cohort::Accepted, Cohort::Ordered],
    needs: &[RecordKind::Waybill, RecordKind::Event],
    policies: &[
        PolicyName::Cohort,
        PolicyName::ForceMajeure,
        PolicyName::Horizon,
        PolicyName::Maturity,
        PolicyName::SilentAfter,
        PolicyName::StorageCompletes,
    ],
    clustered: false,
    looks_back: false,
    source: "definition of this crate; no public standard seen",
};

impl Default for LossRate {
    fn default() -> Self {
        Self { policies: Policies::by(Cohort::Accepted) }
    }
}

/// How a shipment stands, if no further record comes.
enum Standing {
    Declared { lost_at: Instant },
    Silent { since: Instant },
    Safe,
    Waiting,
}

fn standing(policies: &Policies, shipment: &Shipment) -> Standing {
    let course = &shipment.course;
    let forward = |at: &Instant| course.returned.is_none_or(|back| *at <= back.at);
    if let Some(lost_at) = course.lost_at.filter(forward).filter(|_| !course.found_after_lost) {
        return Standing::Declared { lost_at };
    }
    if shipment.completion(policies.storage_completes).is_some() || course.returned.is_some() {
        return Standing::Safe;
    }
    match course.last {
        Some((NodeKind::Refused | NodeKind::Cancelled, _)) => Standing::Safe,
        Some((NodeKind::Stored | NodeKind::Held, _)) | None => Standing::Waiting,
        Some((_, heard_at)) => Standing::Silent { since: heard_at.saturating_add(policies.silent_after) },
    }
}

/// What loss means for a shipment under policies.
pub(super) fn outcome(policies: &Policies, shipment: &Shipment, at: &Context) -> Outcome<Verdict> {
    let acceptance = match policies.accepted_for_harm(shipment) {
        Ok(acceptance) => acceptance,
        Err(reason) => return Outcome::Excluded(reason),
    };
    let matures_at = acceptance.at.saturating_add(policies.horizon);
    let safe_so_far = Outcome::measured(Verdict::Miss);
    let lost_since = |due| Outcome::ranked(Verdict::Hit, Severity::Unfinished { due });
    match standing(policies, shipment) {
        Standing::Waiting => safe_so_far.undecided(None),
        Standing::Safe => safe_so_far.settling(matures_at, at.as_of),
        // The declaration is known, even where its clock runs ahead of `as_of`.
        Standing::Declared { lost_at } => lost_since(lost_at).settling(matures_at, at.as_of),
        Standing::Silent { since } if at.as_of < since => {
            safe_so_far.undecided(Some(matures_at.max(since))).turning(since)
        }
        Standing::Silent { since } => lost_since(since).settling(matures_at, at.as_of),
    }
}

/// Notes what is to be known of a shipment that may be lost, whose outcome in the figure is `whole`.
pub(super) fn notes(
    policies: &Policies,
    shipment: &Shipment,
    whole: &Outcome<Verdict>,
    at: &Context,
    note: &mut dyn FnMut(&Term),
) {
    shipment.note_acceptance(note);
    if shipment.acceptance().is_ok() && shipment.course.found_after_lost {
        note(&Term::FOUND_AFTER_LOST);
    }
    // Of facts that count only: an open one would be noted at an instant that nobody announces.
    let is_silent = matches!(standing(policies, shipment), Standing::Silent { since } if since <= at.as_of);
    if is_silent && policies.counts(whole) {
        note(&Term::PRESUMED_LOST);
    }
}

impl Kpi for LossRate {
    type State = Share;

    fn definition(&self) -> &'static Definition {
        &DEFINITION
    }
    fn empty(&self) -> Share {
        Share::default()
    }
    fn policies(&self) -> Option<&Policies> {
        Some(&self.policies)
    }
    fn policies_mut(&mut self) -> Option<&mut Policies> {
        Some(&mut self.policies)
    }
}

impl Observe<Shipment> for LossRate {
    fn cohort(&self, shipment: &Shipment, at: &Context) -> Option<NaiveDate> {
        shipment.date_by(self.policies.cohort, self.policies.storage_completes, at)
    }

    fn outcome(&self, shipment: &Shipment, at: &Context) -> Outcome<Verdict> {
        outcome(&self.policies, shipment, at)
    }

    fn notes(&self, shipment: &Shipment, at: &Context, note: &mut dyn FnMut(&Term)) {
        notes(&self.policies, shipment, &self.outcome(shipment, at), at, note);
    }
}
