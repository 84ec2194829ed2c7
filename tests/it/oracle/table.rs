//! Which judgement stands for which KPI: the one list of what the oracle knows.

use parcelgauge::record::{Claim, Complaint, FacilityId, Payment, Rating};

use super::choices::{Choices, CohortDate};
use super::consignment::Judge;
use super::judge::{Judged, Shipment};
use super::trip::Read;
use super::{
    judge_cases as cases, judge_delivery as delivery, judge_harm as harm, judge_hours as hours, judge_office as office,
    judge_promise as promise, judge_ratings as ratings, judge_tracking as tracking,
};

/// How facts of one kind are judged.
#[derive(Clone, Copy)]
pub enum Over {
    Shipments(Judge),
    /// Shipments, or the consignments they make, by one of some dates.
    Pieces(&'static [CohortDate], Judge),
    /// Passages of the stage chosen, each where it ended.
    Passages(Judge, for<'t> fn(&'t Shipment<'_>, &Choices) -> Option<&'t FacilityId>),
    Scans(fn(&Shipment<'_>, &Read<'_>, &Choices) -> Judged),
    Cases(fn(&Complaint, &Choices) -> Judged),
    Claims(fn(&Claim, &Choices) -> Judged),
    Payments(fn(Payment, Option<&Shipment<'_>>, &Choices) -> Option<Judged>),
    Ratings(fn(&Rating, &[&Rating], &Choices) -> Judged),
    /// Customers by their orders.
    Customers,
}

/// A KPI: what it is judged over, and the kinds of record without which it has no value.
pub struct Known {
    pub kpi: &'static str,
    pub over: &'static [Over],
    pub needs: &'static [&'static str],
}

const TRIPS: &[&str] = &["waybill", "event"];
const TRIPS_AND_CASES: &[&str] = &["waybill", "event", "complaint"];
const TRIPS_AND_CLAIMS: &[&str] = &["waybill", "event", "claim"];
const CASES: &[&str] = &["complaint"];
const CLAIMS: &[&str] = &["claim"];
const RATINGS: &[&str] = &["rating"];

const fn known(kpi: &'static str, needs: &'static [&'static str], over: &'static [Over]) -> Known {
    Known { kpi, over, needs }
}

/// All KPIs, ascending by name.
pub const TABLE: &[Known] = &[
    known("claim_rate", TRIPS_AND_CLAIMS, &[Over::Claims(cases::claimed), Over::Shipments(cases::exposure)]),
    known("compensation_per_10k", TRIPS_AND_CLAIMS, &[Over::Payments(cases::paid), Over::Shipments(cases::paid_for)]),
    known("complaint_rate", TRIPS_AND_CASES, &[Over::Cases(cases::complained), Over::Shipments(cases::exposure)]),
    known("damage_rate", TRIPS_AND_CASES, &[Over::Shipments(harm::damage)]),
    known("delivered_by_day_rate", TRIPS, &[Over::Pieces(&office::BY_DAY_COHORTS, office::by_day)]),
    known("end_to_end_hours", TRIPS, &[Over::Shipments(hours::end_to_end)]),
    known(
        "first_attempt_delivery_rate",
        TRIPS,
        &[Over::Pieces(&delivery::FIRST_ATTEMPT_COHORTS, delivery::first_attempt)],
    ),
    known("first_contact_resolution_rate", CASES, &[Over::Cases(office::first_contact)]),
    known("intact_rate", TRIPS_AND_CASES, &[Over::Shipments(harm::intact)]),
    known("lateness_hours", TRIPS, &[Over::Shipments(promise::lateness)]),
    known("loss_rate", TRIPS, &[Over::Shipments(harm::loss)]),
    known("negative_rating_rate", RATINGS, &[Over::Ratings(ratings::negative)]),
    known("nps", RATINGS, &[Over::Ratings(ratings::recommendation)]),
    known("on_time_delivery_rate", TRIPS, &[Over::Pieces(&promise::COHORTS, promise::on_time)]),
    known("payout_within_rate", CLAIMS, &[Over::Claims(office::payout)]),
    known("recording_delay_hours", TRIPS, &[Over::Scans(tracking::recording_delay)]),
    known("reopen_rate", CASES, &[Over::Cases(office::reopened)]),
    known("repeat_order_rate", TRIPS, &[Over::Customers]),
    known("resolution_hours", CASES, &[Over::Cases(office::resolution_hours)]),
    known("resolution_rate", CASES, &[Over::Cases(cases::resolution)]),
    known("resolution_within_rate", CASES, &[Over::Cases(office::resolution_within)]),
    known("response_within_rate", CASES, &[Over::Cases(cases::response)]),
    known("satisfaction_rate", RATINGS, &[Over::Ratings(ratings::satisfaction)]),
    known("satisfaction_score", RATINGS, &[Over::Ratings(ratings::score)]),
    known("shipment_volume", TRIPS, &[Over::Shipments(delivery::volume)]),
    known("shortage_rate", TRIPS_AND_CASES, &[Over::Shipments(harm::shortage)]),
    known("stage_hours", TRIPS, &[Over::Passages(hours::stage_hours, hours::stage_facility)]),
    known("stage_on_time_rate", TRIPS, &[Over::Passages(hours::stage_on_time, hours::stage_facility)]),
    known("tracking_accuracy_rate", TRIPS, &[Over::Shipments(tracking::accuracy)]),
    known("tracking_completeness_rate", TRIPS, &[Over::Shipments(tracking::completeness)]),
    known("tracking_freshness_rate", TRIPS, &[Over::Scans(tracking::freshness)]),
    known("unconsented_storage_rate", TRIPS, &[Over::Shipments(delivery::unconsented_storage)]),
    known("within_hours_rate", TRIPS, &[Over::Pieces(&hours::WITHIN_HOURS_COHORTS, hours::within_hours)]),
];

/// The names of them.
pub fn kpis() -> Vec<&'static str> {
    TABLE.iter().map(|known| known.kpi).collect()
}
