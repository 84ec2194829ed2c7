//! A simulated network: what was planted is what is found, to the last parcel.

use parcelgauge::record::{RatingQuestion, Records};
use parcelgauge::simulate::{Network, Rate, Rates, Shipment};

use super::{told, worst};

/// A year after the last order: everything is decided.
const LATER: &str = "12-31 00:00";

struct Planted {
    shipments: Vec<Shipment>,
    records: Records,
}

impl Planted {
    /// 3,000 shipments of a fortnight in August, under the default rates but for some.
    fn with(changed: &[(Rate, u32)]) -> Self {
        let rates = changed.iter().fold(Rates::default(), |rates, &(rate, parts)| rates.with(rate, parts).unwrap());
        let network = Network::new(7).unwrap().with_shipments(3_000).with_days(14).unwrap().with_rates(rates);
        Self { shipments: network.shipments().collect(), records: network.records() }
    }

    /// How many forward shipments are so.
    fn count(&self, is_so: impl Fn(&Shipment) -> bool) -> usize {
        let forward = |shipment: &&Shipment| !shipment.truth.happened.contains(Rate::Reverse);
        self.shipments.iter().filter(forward).filter(|shipment| is_so(shipment)).count()
    }

    /// To how many forward shipments any of some things happened.
    fn happened(&self, rates: &[Rate]) -> usize {
        self.count(|shipment| rates.iter().any(|&rate| shipment.truth.happened.contains(rate)))
    }

    fn begins(&self, figure: &str, expected: &str) {
        let told = told(&self.records, figure, LATER);
        assert!(told.starts_with(expected), "{figure}: {told}, planted is {expected}");
    }
}

fn is_accepted(shipment: &Shipment) -> bool {
    !shipment.truth.happened.contains(Rate::CancelledBeforeCollection)
}

#[test]
fn gaps() {
    // A parcel taken out twice lacks nothing where one of the two scans is missing.
    let planted = Planted::with(&[
        (Rate::ScanMissing, 100_000),
        (Rate::CollectionUnscanned, 50_000),
        (Rate::FirstAttemptFailed, 0),
        (Rate::Delayed, 0),
    ]);
    let accepted = planted.count(is_accepted);
    let complete = planted.count(|shipment| {
        let has = |rate| shipment.truth.happened.contains(rate);
        shipment.truth.completed_at.is_some() && !has(Rate::ScanMissing) && !has(Rate::CollectionUnscanned)
    });
    assert!(complete < accepted * 9 / 10);
    planted.begins("tracking_completeness_rate", &format!("{complete} of {accepted}"));
}

#[test]
fn faults() {
    // Hubs may be passed in any order, so that scans swapped there are no fault that can be seen.
    let faults = [Rate::ClockAhead, Rate::ClockDaysBehind, Rate::HandledAfterCompletion];
    let planted = Planted::with(&[
        (Rate::ScansSwapped, 0),
        (Rate::LeftInStorage, 0),
        (faults[0], 50_000),
        (faults[1], 30_000),
        (faults[2], 30_000),
    ]);
    let accepted = planted.count(is_accepted);
    let faulty = planted.happened(&faults);
    assert!(faulty > 250);
    planted.begins("tracking_accuracy_rate", &format!("{} of {accepted}", accepted - faulty));
}

#[test]
fn late_recordings() {
    let planted = Planted::with(&[
        (Rate::ScanLate, 100_000),
        (Rate::ClockAhead, 0),
        (Rate::ClockDaysBehind, 0),
        (Rate::HandledAfterCompletion, 0),
        (Rate::Returned, 0),
        (Rate::SecondAttemptFailed, 0),
        (Rate::LeftInStorage, 0),
        (Rate::ScansSwapped, 0),
    ]);
    let late = planted.happened(&[Rate::ScanLate]);
    let told = told(&planted.records, "tracking_freshness_rate", LATER);
    let (hit, rest) = told.split_once(" of ").unwrap();
    let all: usize = rest.split_once(',').unwrap().0.parse().unwrap();
    assert_eq!(all - hit.parse::<usize>().unwrap(), late);
    assert!(late > 200 && worst(&planted.records, "recording_delay_hours", LATER).len() == 9);
}

#[test]
fn cases_and_claims() {
    let planted = Planted::with(&[
        (Rate::ComplaintWithoutTrouble, 100_000),
        (Rate::AnsweredLate, 200_000),
        (Rate::Unresolved, 100_000),
        (Rate::ComplainedAgain, 0),
        (Rate::Appealed, 0),
        (Rate::ClaimForDelay, 500_000),
    ]);
    let count = |rates: &[Rate]| {
        let has = |shipment: &&Shipment| rates.iter().any(|&rate| shipment.truth.happened.contains(rate));
        planted.shipments.iter().filter(has).count()
    };
    let cases = planted.records.complaints.len();
    let late = count(&[Rate::AnsweredLate]);
    let unresolved = count(&[Rate::Unresolved]);
    assert!(late > 20 && unresolved > 10);
    planted.begins("response_within_rate", &format!("{} of {cases}", cases - late));
    planted.begins("resolution_rate", &format!("{} of {cases}", cases - unresolved));
    let claims = count(&[Rate::ClaimForHarm, Rate::ClaimForDelay]);
    assert!(claims > 5);
    planted.begins("claim_rate", &format!("{claims} over {}", planted.count(is_accepted)));
}

#[test]
fn ratings() {
    let planted = Planted::with(&[(Rate::Rated, 300_000), (Rate::HandlingRated, 500_000)]);
    let ratings = &planted.records.ratings;
    let by_customers = |question: RatingQuestion| {
        ratings
            .iter()
            .filter(move |rating| rating.question == question && !rating.system_default)
            .map(|rating| rating.score)
    };
    let defaults = ratings.iter().filter(|rating| rating.system_default).count();
    let stars: Vec<i32> = by_customers(RatingQuestion::Csat).map(|score| score.value()).collect();
    let above = |line: i32| stars.iter().filter(|&&stars| stars >= line).count();
    planted.begins("satisfaction_rate", &format!("{} of {}, ", above(4_000), stars.len()));
    planted.begins("negative_rating_rate", &format!("{} of {}, ", stars.len() - above(2_001), stars.len()));
    let asked: Vec<i32> = by_customers(RatingQuestion::Nps).map(|score| score.value()).collect();
    let (promote, pass) =
        (asked.iter().filter(|&&n| n >= 9_000).count(), asked.iter().filter(|&&n| n >= 7_000).count());
    let expected = format!("{promote} promote, {} pass, {} detract", pass - promote, asked.len() - pass);
    planted.begins("nps", &expected);
    let other = by_customers(RatingQuestion::Handling).count() + asked.len();
    let aside = format!("excluded other_question {other}, excluded system_default {defaults}");
    assert!(told(&planted.records, "satisfaction_rate", LATER).ends_with(&aside));
}

#[test]
fn lockers_and_volumes() {
    let planted = Planted::with(&[(Rate::StoredWithoutConsent, 100_000), (Rate::Lost, 10_000)]);
    let without = planted.happened(&[Rate::StoredWithoutConsent]);
    let known = planted.happened(&[Rate::Stored]) - planted.happened(&[Rate::ConsentUnknown]);
    planted.begins("unconsented_storage_rate", &format!("{without} of {known}"));
    let accepted = planted.count(is_accepted);
    planted.begins("shipment_volume", &accepted.to_string());
    let completed = planted.count(|shipment| shipment.truth.completed_at.is_some());
    planted.begins("shipment_volume(completed)", &completed.to_string());
    let silent = planted.happened(&[Rate::Lost]) - planted.happened(&[Rate::LossDeclared]);
    assert!(silent > 0);
    planted.begins("shipment_volume(in_flight)", &format!("{silent}, "));
}
