//! Costs, courier days, site shifts and stock counts from files, and every way in which their rows can be bad.

use parcelgauge::intake::{IntakeError, Mapping, Strictness};
use parcelgauge::record::{CostKind, Duration, RecordKind, RosterStanding};

use super::{Folder, listing, refused};

const COSTS: &str = r#"
currency = "CNY"
[cost]
file = "costs.csv"
id = "id"
booked_on = "day"
kind = { column = "account", values = { 6001 = "labour", 6002 = "fuel", 6099 = "other" } }
amount = "amount"
facility = "site"
recorded_at = "booked"
"#;

#[test]
fn costs_and_what_is_wrong_with_them() {
    let reading = Folder::new()
        .with(
            "costs.csv",
            "id,day,account,amount,site,booked\n\
             1,2026-10-01,6001,1200.50,S-1,2026-10-02 03:00\n\
             2,2026-10-01,6099,-80.00,,\n\
             ,2026-10-01,6001,1.00,,\n\
             4,,6001,1.00,,\n\
             5,2026-13-01,6001,1.00,,\n\
             6,2026-10-01,,1.00,,\n\
             7,2026-10-01,7777,1.00,,\n\
             8,2026-10-01,6001,,,\n\
             9,2026-10-01,6001,1.005,,\n",
        )
        .read(COSTS);
    let [wages, credit] = &reading.records.costs[..] else { panic!("{:?}", reading.quarantine) };
    assert_eq!(
        (wages.kind, wages.amount.to_string(), wages.facility.is_some()),
        (CostKind::Labour, "1200.50 CNY".into(), true)
    );
    assert_eq!((credit.kind, credit.amount.minor_units(), &credit.facility), (CostKind::Other, -8_000, &None));
    assert_eq!(
        listing(&reading),
        [
            (4, "id", "", "missing_id"),
            (5, "day", "", "missing_date"),
            (6, "day", "2026-13-01", "invalid_date"),
            (7, "account", "", "missing_kind"),
            (8, "account", "7777", "unknown_status"),
            (9, "amount", "", "missing_amount"),
            (10, "amount", "1.005", "invalid_money"),
        ]
    );
    assert_eq!(refused(&reading, RecordKind::Cost), 7);
    assert_eq!(reading.latest_instant.unwrap().to_string(), "2026-10-02T03:00:00Z");
}

#[test]
fn courier_days_and_what_is_wrong_with_them() {
    let mapping = r#"
        [courier_day]
        file = "roster.csv"
        courier = "who"
        day = "day"
        standing = { column = "shift", values = { work = "on_duty", sick = "absent", rest = "leave" } }
        hours = { column = "hours", unit = "h" }
    "#;
    let folder = Folder::new().with(
        "roster.csv",
        "who,day,shift,hours\n\
         K,2026-10-01,work,7.5\n\
         K,2026-10-02,work,450m\n\
         K,2026-10-03,rest,0\n\
         K,2026-10-04,work,25\n\
         K,2026-10-05,work,25.01\n\
         K,2026-10-06,sick,0.5\n\
         K,2026-10-07,party,\n\
         K,2026-10-08,,\n\
         K,2026-10-09,work,-1\n\
         K,2026-10-10,work,eight\n\
         K,2026-10-11,work,0.0000001\n\
         ,2026-10-12,work,1\n\
         K,,work,1\n",
    );
    let reading = folder.read(mapping);
    let days = &reading.records.courier_days;
    let worked: Vec<_> = days.iter().map(|row| row.hours.unwrap()).collect();
    assert_eq!(
        worked,
        [Duration::from_minutes(450), Duration::from_minutes(450), Duration::ZERO, Duration::from_hours(25)]
    );
    assert_eq!(days[2].standing, RosterStanding::Leave);
    assert_eq!(
        listing(&reading),
        [
            (6, "hours", "25.01", "invalid_number"),
            (7, "hours", "0.5", "contradicting_values"),
            (8, "shift", "party", "unknown_value"),
            (9, "shift", "", "missing_kind"),
            (10, "hours", "-1", "invalid_number"),
            (11, "hours", "eight", "invalid_number"),
            (12, "hours", "0.0000001", "invalid_number"),
            (13, "who", "", "missing_id"),
            (14, "day", "", "missing_date"),
        ]
    );
    assert_eq!(refused(&reading, RecordKind::CourierDay), 9);
    // A list of those who worked says so of nobody; a bare number has no unit.
    let present =
        folder.read("[courier_day]\nfile = \"roster.csv\"\ncourier = \"who\"\nday = \"day\"\nhours = \"hours\"");
    assert!(present.records.courier_days.iter().all(|row| row.standing == RosterStanding::OnDuty));
    assert_eq!(present.quarantine[0].value, "7.5");
}

#[test]
fn site_shifts_and_what_is_wrong_with_them() {
    let mapping = r#"
        [site_shift]
        file = "shifts.csv"
        id = "id"
        facility = { constant = "WH-1" }
        day = "day"
        activity = "activity"
        units = "units"
        labour_hours = "worked"
        wrong_units = "wrong"
    "#;
    let reading = Folder::new()
        .with(
            "shifts.csv",
            "id,day,activity,units,worked,wrong\n\
             1,2026-10-01,picking,700,10h,700\n\
             2,2026-10-01,picking,700,10h,701\n\
             3,2026-10-01,sorting,0,0h,\n\
             4,2026-10-01,juggling,1,1h,\n\
             5,2026-10-01,inbound,,1h,\n\
             6,2026-10-01,inbound,1,,\n\
             7,2026-10-01,inbound,-1,1h,\n\
             8,2026-10-01,inbound,1,-1h,\n\
             9,2026-10-01,inbound,1000000001,1h,\n\
             10,2026-10-01,inbound,1000000000,1000001h,\n",
        )
        .read(mapping);
    let shifts = &reading.records.site_shifts;
    assert_eq!(
        shifts.iter().map(|row| (row.units, row.wrong_units)).collect::<Vec<_>>(),
        [(700, Some(700)), (0, None)]
    );
    assert_eq!(
        listing(&reading),
        [
            (3, "wrong", "701", "contradicting_values"),
            (5, "activity", "juggling", "unknown_value"),
            (6, "units", "", "missing_number"),
            (7, "worked", "", "missing_number"),
            (8, "units", "-1", "invalid_number"),
            (9, "worked", "-1h", "invalid_number"),
            (10, "units", "1000000001", "invalid_number"),
            (11, "worked", "1000001h", "invalid_number"),
        ]
    );
    assert_eq!(refused(&reading, RecordKind::SiteShift), 8);
}

#[test]
fn stock_counts_and_what_is_wrong_with_them() {
    let mapping = r#"
        [stock_count]
        file = "counts.csv"
        id = "id"
        facility = "house"
        location = "place"
        counted_at = "at"
        expected_units = "books"
        counted_units = "found"
    "#;
    let reading = Folder::new()
        .with(
            "counts.csv",
            "id,house,place,at,books,found\n\
             1,WH-1,A-01,2026-10-01 10:00,12,11\n\
             2,,A-01,2026-10-01 10:00,12,11\n\
             3,WH-1,,2026-10-01 10:00,12,11\n\
             4,WH-1,A-01,2026-10-01,12,11\n\
             5,WH-1,A-01,,12,11\n\
             6,WH-1,A-01,2026-10-01 10:00,,11\n\
             7,WH-1,A-01,2026-10-01 10:00,12,\n\
             8,WH-1,A-01,2026-10-01 10:00,12,1.5\n\
             9,WH-1,A-01,2026-10-01 10:00,1000000001,1\n",
        )
        .read(mapping);
    let [count] = &reading.records.stock_counts[..] else { panic!("{:?}", reading.quarantine) };
    assert_eq!((count.location.as_str(), count.expected_units, count.counted_units), ("A-01", 12, 11));
    assert_eq!(
        listing(&reading),
        [
            (3, "house", "", "missing_id"),
            (4, "place", "", "missing_id"),
            (5, "at", "2026-10-01", "invalid_time"),
            (6, "at", "", "missing_time"),
            (7, "books", "", "missing_number"),
            (8, "found", "", "missing_number"),
            (9, "found", "1.5", "invalid_number"),
            (10, "books", "1000000001", "invalid_number"),
        ]
    );
    assert_eq!(refused(&reading, RecordKind::StockCount), 8);
    assert_eq!(reading.latest_instant.unwrap().to_string(), "2026-10-01T10:00:00Z");
}

#[test]
fn the_mapping_of_the_simulated_network_reads_every_kind() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/mappings/simulated.toml");
    let supplied = Mapping::load(&path).unwrap().supplies();
    assert!(supplied.iter().eq(RecordKind::ALL));
}

#[test]
fn sections_are_supplied_and_checked() {
    let mapping = Mapping::parse(COSTS).unwrap();
    assert_eq!(mapping.supplies().iter().collect::<Vec<_>>(), [RecordKind::Cost]);
    let wrong = [
        COSTS.replace("booked_on = \"day\"\n", ""),
        COSTS.replace("currency = \"CNY\"\n", ""),
        COSTS.replace("\"fuel\"", "\"petrol\""),
        COSTS.replace("booked_on = \"day\"", "booked_on = { column = \"day\", unit = \"h\" }"),
        format!("{COSTS}waybill = \"number\"\n"),
    ];
    for text in wrong {
        assert!(Mapping::parse(&text).is_err(), "{text}");
    }
    let folder = Folder::new().with("costs.csv", "id,day,account,amount,site,booked\n1,2026-10-01,6001,,,\n");
    let stopped = folder.try_read(COSTS, Strictness::Stop).unwrap_err();
    assert!(matches!(stopped, IntakeError::Refused(row) if row.kind == RecordKind::Cost));
}
