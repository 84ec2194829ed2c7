//! The simulated network's rosters, shifts, counts and costs: as planted, and the same everywhere.

use std::collections::{BTreeMap, BTreeSet};

use parcelgauge::fact::{Context, Facts};
use parcelgauge::record::{Activity, CostKind, CourierDay, NodeKind, RecordKind, RosterStanding, Zone};
use parcelgauge::simulate::{ActivityTruth, Network, NetworkTruth, OperatingDay, Rate, Rates};

use crate::simulate::{SEED, digest, network};
use crate::support::at;

fn canonical(day: &OperatingDay) -> String {
    let OperatingDay { courier_days, site_shifts, stock_counts, costs, truth, .. } = day;
    serde_json::to_string(&(courier_days, site_shifts, stock_counts, costs, truth)).unwrap() + "\n"
}

fn first_30(network: &Network) -> u64 {
    digest((0..30).map(|day| canonical(&network.operating_day(day))))
}

/// The pinned digest changes only when the generator or the records' serialisation is changed on purpose.
#[test]
fn same_seed_same_days_on_every_platform() {
    assert_eq!(format!("{:016x}", first_30(&network())), "0b86c9c758252787");
    assert_ne!(first_30(&network()), first_30(&Network::new(SEED + 1).unwrap()));
}

#[test]
fn a_day_depends_on_its_number_alone() {
    let forward: Vec<OperatingDay> = network().operating_days().collect();
    assert_eq!(forward.len(), 92);
    for day in [91, 40, 0] {
        assert_eq!(network().operating_day(day), forward[day as usize]);
    }
    // A region more changes no roster and no count of those before it; where the orders go, it does.
    let more = network().with_regions(17).unwrap().operating_day(40);
    let fewer = &forward[40];
    assert_eq!(more.courier_days[..fewer.courier_days.len()], fewer.courier_days);
    assert_eq!(more.stock_counts[..fewer.stock_counts.len()], fewer.stock_counts);
    assert!(more.courier_days.len() > fewer.courier_days.len());
    // Nobody sorts on a day without orders, though somebody is there.
    let after = network().operating_day(92);
    assert!(after.site_shifts.iter().all(|shift| shift.units == 0) && !after.courier_days.is_empty());
}

#[test]
fn days_hold_what_records_may_hold() {
    let vast = network().with_shipments(u64::MAX).with_days(2).unwrap();
    for network in [network(), network().with_shipments(0), vast] {
        let mut ids = BTreeSet::new();
        let start = network.start();
        for (number, day) in (0_i64..).zip(network.operating_days()) {
            let date = start + chrono::Duration::days(number);
            for row in &day.courier_days {
                row.validate().unwrap();
                assert!(row.day == date && row.known_at(Zone::SHANGHAI) > at("2026-08-01T16:00:00Z"));
                assert!(ids.insert((row.courier.to_string(), number)));
            }
            for shift in &day.site_shifts {
                shift.validate().unwrap();
                assert_eq!((shift.day, shift.wrong_units.is_some()), (date, shift.activity == Activity::Picking));
                assert!(ids.insert((shift.id.to_string(), 0)));
            }
            for count in &day.stock_counts {
                count.validate().unwrap();
                assert!(count.recorded_at > Some(count.counted_at) && ids.insert((count.id.to_string(), 0)));
            }
            for cost in &day.costs {
                cost.validate().unwrap();
                assert!(cost.booked_on == date && cost.amount.minor_units() > 0);
                assert!(ids.insert((cost.id.to_string(), 0)));
            }
        }
    }
}

/// Added up by hand from the records, everything is as planted.
#[test]
fn totals_are_the_truth() {
    let network = network();
    let (records, truth) = (network.records(), NetworkTruth::new(&network).operations);
    let mut costs: BTreeMap<CostKind, i64> = BTreeMap::new();
    let (mut no_facility, mut no_region) = (0, 0);
    for cost in &records.costs {
        let fen = cost.amount.minor_units();
        *costs.entry(cost.kind).or_default() += fen;
        no_facility += if cost.facility.is_none() { fen } else { 0 };
        no_region += if cost.region.is_none() { fen } else { 0 };
    }
    assert_eq!((costs.len(), &costs), (CostKind::ALL.len(), &truth.costs));
    assert_eq!((no_facility, no_region), (truth.costs_without_facility, truth.costs_without_region));
    assert_eq!(no_facility, costs[&CostKind::Packaging] + costs[&CostKind::Other]);
    assert_eq!(no_region, costs[&CostKind::Other]);
    assert_eq!(truth.total_cost(), records.costs.iter().map(|cost| cost.amount.minor_units()).sum::<i64>());

    let mut standings: BTreeMap<RosterStanding, u64> = BTreeMap::new();
    let mut minutes = 0;
    for row in &records.courier_days {
        *standings.entry(row.standing).or_default() += 1;
        minutes += row.hours.map_or(0, |hours| hours.as_millis() as u64 / 60_000);
    }
    assert_eq!((&standings, minutes), (&truth.courier_days, truth.courier_minutes));
    assert_eq!(standings.len(), RosterStanding::ALL.len());

    let mut activities: BTreeMap<Activity, ActivityTruth> = BTreeMap::new();
    for shift in &records.site_shifts {
        let done = activities.entry(shift.activity).or_default();
        done.shifts += 1;
        done.units += shift.units;
        done.wrong_units += shift.wrong_units.unwrap_or(0);
        done.labour_minutes += shift.labour_hours.as_millis() as u64 / 60_000;
    }
    assert_eq!((activities.len(), &activities), (Activity::ALL.len(), &truth.activities));
    // Wages are hours worked, to the minute: 55 fen for couriers, 45 for those at sites and hubs.
    let at_sites: u64 = activities.values().map(|done| done.labour_minutes).sum();
    assert_eq!(costs[&CostKind::Labour] as u64, 55 * minutes + 45 * at_sites);

    let off = records.stock_counts.iter().filter(|count| !count.matches()).count() as u64;
    assert_eq!((records.stock_counts.len() as u64, off), (truth.stock_counts, truth.stock_counts_off));
    assert_eq!(truth.stock_counts, 92 * 16 * 2);

    let facts = Facts::assemble(&records, &Context::at(at("2027-06-01T00:00:00Z")), None);
    assert!(facts.input.by_kind.keys().copied().eq(RecordKind::ALL));
    for kind in [RecordKind::Cost, RecordKind::CourierDay, RecordKind::StockCount, RecordKind::SiteShift] {
        let count = &facts.input.by_kind[&kind];
        assert!(count.used > 0 && count.used == count.rows, "{kind:?}: {count:?}");
    }
}

/// Five standard deviations, as for the rates of shipments: 15,000 ppm of the counts, 2,000 ppm of the lines.
#[test]
fn errors_are_as_often_as_planted() {
    let network = network().with_shipments(2_000_000);
    let truth = NetworkTruth::new(&network).operations;
    let near = |happened: u64, of: u64, parts: i128| {
        let (n, off) = (i128::from(of), i128::from(happened) * 1_000_000 - i128::from(of) * parts);
        assert!(n > 1_000 && off * off <= 25 * n * parts * (1_000_000 - parts), "{happened} of {of}");
    };
    near(truth.stock_counts_off, truth.stock_counts, 15_000);
    let picked = truth.activities[&Activity::Picking];
    near(picked.wrong_units, picked.units, 2_000);
    // What goes out is what was ordered, as near as the tenth by which every day differs.
    assert!((1_900_000..2_100_000).contains(&picked.units), "{picked:?}");
    let days: u64 = truth.courier_days.values().sum();
    near(truth.courier_days[&RosterStanding::Absent], days, 6_000);
    // Six days out of seven.
    assert!((92 * 384 * 6 / 7 - 400..=92 * 384 * 6 / 7 + 400).contains(&days), "{days}");
}

#[test]
fn records_of_parts_speak_of_shipments_only() {
    let part = network().records_in(0..10);
    assert!(part.kinds().iter().eq(RecordKind::OF_SHIPMENTS));
    assert!(network().with_shipments(10).records().kinds().iter().eq(RecordKind::ALL));
}

/// Who hands parcels out or collects them is on duty that day at that site, whatever went wrong with the parcel.
#[test]
fn who_scans_is_on_duty() {
    let planted = [
        (Rate::Delayed, 200_000),
        (Rate::FirstAttemptFailed, 200_000),
        (Rate::SecondAttemptFailed, 500_000),
        (Rate::Returned, 100_000),
        (Rate::Stored, 300_000),
        (Rate::PromiseMovedByCustomer, 100_000),
    ];
    let rates = planted.into_iter().try_fold(Rates::none(), |rates, (rate, parts)| rates.with(rate, parts)).unwrap();
    let network = network().with_rates(rates);
    let rows = network.operating_days().flat_map(|day| day.courier_days);
    let roster: BTreeMap<_, CourierDay> = rows.map(|row| ((row.courier.clone(), row.day), row)).collect();
    let end = network.start() + chrono::Days::new(92);
    let mut seen = 0;
    for shipment in network.shipments_in(0..20_000) {
        for event in &shipment.events {
            let Some(courier) = &event.courier else { continue };
            let date = Zone::SHANGHAI.date_of(event.occurred_at);
            if date < end {
                let row = &roster[&(courier.clone(), date)];
                assert_eq!(row.standing, RosterStanding::OnDuty, "{event:?}");
                let stored = event.kind == NodeKind::Stored;
                assert!(stored || event.facility.is_none() || event.facility == row.facility, "{event:?}");
                seen += 1;
            }
        }
    }
    assert!(seen > 80_000, "{seen}");
}

#[test]
fn deliveries_a_roster_day_follow_the_planted_pace() {
    let network = network().with_regions(1).unwrap().with_shipments(60_000);
    let mut delivered = BTreeMap::<String, u32>::new();
    let is_act = |kind| matches!(kind, NodeKind::Delivered | NodeKind::Stored);
    for shipment in network.shipments() {
        let acts = shipment.events.iter().filter(|event| is_act(event.kind));
        for courier in acts.filter_map(|event| event.courier.as_ref()) {
            *delivered.entry(courier.to_string()).or_default() += 1;
        }
    }
    let mut on_duty = BTreeMap::<String, u32>::new();
    for row in network.operating_days().flat_map(|day| day.courier_days) {
        *on_duty.entry(row.courier.to_string()).or_default() += u32::from(row.standing == RosterStanding::OnDuty);
    }
    for site in &network.regions()[0].sites {
        let a_day = |courier: &str| delivered[courier] * 1_000 / on_duty[courier];
        let all: u32 = site.couriers.iter().map(|courier| a_day(courier.id.as_str())).sum();
        for courier in &site.couriers {
            let share = a_day(courier.id.as_str()) * 6_000 / all;
            assert!(share.abs_diff(courier.pace) < 80, "{courier:?}: {share} thousandths of the average");
        }
    }
}

/// Somebody is on duty at every site on every day of ten years.
#[test]
fn no_site_is_without_a_courier() {
    let network = network().with_days(3_660).unwrap().with_regions(2).unwrap().with_shipments(0);
    for day in network.operating_days() {
        let on_duty = day.courier_days.iter().filter(|row| row.standing == RosterStanding::OnDuty);
        let sites: BTreeSet<_> = on_duty.filter_map(|row| row.facility.as_ref()).collect();
        assert_eq!(sites.len(), 8);
    }
}
