//! Storage without consent, 未经同意投柜率.

use chrono::NaiveDate;

use crate::fact::{Context, Shipment};
use crate::kpi::{Cohort, Definition, Direction, FigureKind, Kpi, Observe, Unit};
use crate::outcome::{Outcome, Term};
use crate::record::{Consent, RecordKind};
use crate::state::{Share, Verdict};

/// The share of shipments put into a locker or station although the recipient had not agreed.
///
/// A shipment counts once, by its first `stored` before any return, one with a sound clock before one without: a later
/// consent does not heal the first storing. Where nothing is recorded of consent the record is invalid, neither a hit nor a
/// miss. A scan decides; nothing is open.
///
/// - numerator: stored with consent = no
/// - denominator: stored with consent = yes or no
/// - excluded: `not_forward`, `cancelled` (before collection), `never_collected`; `not_stored`, in the window `undated`
/// - invalid: `consent_unknown`
///
/// # Formula
/// hit / (hit + miss), with its Wilson interval.
///
/// # By hand
/// Four parcels stored: two with consent, one without, one unknown: 1 / 3.
///
/// ```
/// use parcelgauge::prelude::*;
/// use parcelgauge::record::Consent;
/// let day = chrono::NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
/// let mut records = Records::default();
/// for (number, consent) in [("A", Consent::Yes), ("B", Consent::Yes), ("C", Consent::No), ("D", Consent::Unknown)] {
///     let key = WaybillKey::new(WaybillNumber::new(number)?, day);
///     records.waybills.push(Waybill::new(key.clone()));
///     let mut scan = NodeEvent::new(key, NodeKind::Stored, "2026-10-01T10:00:00+08:00".parse()?);
///     scan.consent = consent;
///     records.events.push(scan);
/// }
/// let plan = Plan::new([catalogue().find("unconsented_storage_rate")?]).with_window(Window::All);
/// let scorecard = Scorecard::measure(&records, &plan, &Context::at("2026-10-02T00:00:00+08:00".parse()?));
/// assert_eq!(scorecard.rows[0].figure.value(), Some(1.0 / 3.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Source
/// Express Market Measures 2023, art. 28 (3): no delivery to a locker or station without the user's consent.
#[doc(alias = "未经同意投柜率")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct UnconsentedStorageRate;

const DEFINITION: Definition = Definition {
    id: "unconsented_storage_rate",
    version: 1,
    name_en: "Storage without consent",
    name_zh: "未经同意投柜率",
    formula: "first stored without consent / first stored with consent known",
    kind: FigureKind::Share,
    unit: Unit::Ratio,
    direction: Direction::LowerIsBetter,
    cohorts: &[Cohort::Occurred],
    needs: &[RecordKind::Waybill, RecordKind::Event],
    policies: &[],
    clustered: false,
    looks_back: false,
    source: "Express Market Measures 2023 art. 28 (3)",
};

impl Kpi for UnconsentedStorageRate {
    type State = Share;

    fn definition(&self) -> &'static Definition {
        &DEFINITION
    }
    fn empty(&self) -> Share {
        Share::default()
    }
}

impl Observe<Shipment> for UnconsentedStorageRate {
    fn cohort(&self, shipment: &Shipment, at: &Context) -> Option<NaiveDate> {
        shipment.course.first_stored.map(|stored| at.zone.date_of(stored.milestone.at))
    }

    fn outcome(&self, shipment: &Shipment, _at: &Context) -> Outcome<Verdict> {
        if let Err(reason) = shipment.acceptance() {
            return Outcome::Excluded(reason);
        }
        match shipment.course.first_stored.map(|stored| stored.consent) {
            Some(Consent::No) => Outcome::measured(Verdict::Hit),
            Some(Consent::Yes) => Outcome::measured(Verdict::Miss),
            Some(Consent::Unknown) => Outcome::Invalid(Term::CONSENT_UNKNOWN),
            None => Outcome::Excluded(Term::NOT_STORED),
        }
    }

    fn notes(&self, shipment: &Shipment, _at: &Context, note: &mut dyn FnMut(&Term)) {
        if shipment.course.first_stored.is_some() {
            shipment.note_acceptance(note);
        }
    }
}
