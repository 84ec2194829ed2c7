//! Rows set aside: with the reasons and counts of the way in from CSV files.

use std::sync::Arc;

use arrow_array::types::Int8Type;
use arrow_array::*;
use parcelgauge::arrow::{ArrowInputError, BatchIntake, Table};
use parcelgauge::intake::Strictness;
use parcelgauge::record::{Instant, RecordKind};

use super::{batch, full_row, least_row, read, with};

/// The reason for which the only row is set aside, and the column at fault.
fn reason(table: Table, batch: RecordBatch) -> (&'static str, Option<String>) {
    let reading = read(table, batch).unwrap();
    let [row] = &reading.quarantine[..] else { panic!("{table}: {:?}", reading.quarantine) };
    assert_eq!((row.kind, row.file.as_str(), row.line), (table.record_kind(), table.name(), 1));
    let count = &reading.records.set_aside[&table.record_kind()];
    assert_eq!((count.rows, count.quarantined[row.reason.code()]), (1, 1));
    (row.reason.code(), row.column.clone())
}

fn text(text: &str) -> ArrayRef {
    Arc::new(StringArray::from(vec![text]))
}

#[test]
fn each_bad_value_has_its_reason() {
    let decimal = |digits: i128, scale: i8| -> ArrayRef {
        Arc::new(Decimal128Array::from(vec![digits]).with_precision_and_scale(38, scale).unwrap())
    };
    let whole = |value: i64| -> ArrayRef { Arc::new(Int64Array::from(vec![value])) };
    let length = |value: i64| -> ArrayRef { Arc::new(DurationMillisecondArray::from(vec![value])) };
    let float = |value: f64| -> ArrayRef { Arc::new(Float64Array::from(vec![value])) };
    let long = "x".repeat(257);
    let cases: Vec<(Table, &'static str, ArrayRef, &str)> = vec![
        (Table::Events, "waybill", text(""), "missing_waybill"),
        (Table::Events, "waybill", text(&long), "invalid_id"),
        (Table::Events, "facility", text("a\nb"), "invalid_id"),
        (Table::Events, "kind", text("teleported"), "unknown_status"),
        (Table::Events, "kind", text(""), "missing_kind"),
        (Table::Events, "consent", text("perhaps"), "unknown_value"),
        (Table::Events, "party", text("nobody"), "unknown_value"),
        (Table::Waybills, "number", text(""), "missing_waybill"),
        (Table::Waybills, "destination_zone", text("Asia/Atlantis"), "unknown_zone"),
        (Table::Waybills, "currency", text("yuan"), "invalid_currency"),
        (Table::Waybills, "currency", text(""), "missing_currency"),
        (Table::Waybills, "fee", decimal(-1, 2), "negative_amount"),
        (Table::Waybills, "fee", decimal(12_305, 3), "invalid_money"),
        (Table::Waybills, "fee", decimal(i128::from(i64::MAX) + 1, 2), "invalid_money"),
        (Table::Waybills, "fee", decimal(i128::MAX / 10, -1), "invalid_money"),
        (Table::Waybills, "declared_value", decimal(-1, 2), "negative_amount"),
        (Table::Waybills, "fee", float(0.1 + 0.2), "invalid_money"),
        (Table::Waybills, "fee", float(f64::NAN), "invalid_money"),
        (Table::Waybills, "fee", float(1e30), "invalid_money"),
        (Table::Waybills, "weight_grams", whole(-1), "invalid_number"),
        (Table::Waybills, "weight_grams", float(17.5), "invalid_number"),
        (Table::Waybills, "weight_grams", float(-1.0), "invalid_number"),
        (Table::Waybills, "weight_grams", float(f64::NAN), "invalid_number"),
        (Table::Ratings, "score", float(f64::INFINITY), "invalid_score"),
        (Table::Ratings, "score", float(4.000_5), "invalid_score"),
        (Table::Waybills, "weight_grams", whole(1 << 32), "invalid_number"),
        (Table::Claims, "claimed", decimal(-1, 2), "negative_amount"),
        (Table::Ratings, "score", decimal(1, 0), "invalid_score"),
        (Table::Ratings, "score", decimal(50_005, 4), "invalid_score"),
        (Table::Ratings, "scale_max", decimal(4, 0), "invalid_score"),
        (Table::Ratings, "scale_max", decimal(1_000_001, 0), "invalid_score"),
        (Table::Costs, "kind", text("bribes"), "unknown_status"),
        (Table::CourierDays, "hours", length(25 * 3_600_000 + 1), "invalid_number"),
        (Table::CourierDays, "hours", length(-1), "invalid_number"),
        (Table::CourierDays, "hours", text("nine"), "invalid_number"),
        (Table::CourierDays, "hours", Arc::new(DurationMicrosecondArray::from(vec![1])), "invalid_number"),
        (Table::CourierDays, "hours", Arc::new(DurationSecondArray::from(vec![i64::MAX])), "invalid_number"),
        (Table::StockCounts, "expected_units", whole(1_000_000_001), "invalid_number"),
        (Table::StockCounts, "counted_units", whole(1_000_000_001), "invalid_number"),
        (Table::SiteShifts, "units", whole(1_000_000_001), "invalid_number"),
        (Table::SiteShifts, "wrong_units", whole(19), "contradicting_values"),
        (Table::SiteShifts, "labour_hours", length(1_000_000 * 3_600_000 + 1), "invalid_number"),
    ];
    for (table, field, array, ought) in cases {
        let (found, column) = reason(table, with(full_row(table), field, array));
        assert_eq!(found, ought, "{table}.{field}");
        let blamed = if matches!(found, "missing_currency") { "fee" } else { field };
        assert_eq!(column.as_deref(), Some(blamed), "{found}");
    }
}

#[test]
fn values_on_the_edge_are_taken() {
    let whole = |value: i64| -> ArrayRef { Arc::new(Int64Array::from(vec![value])) };
    let length = |value: i64| -> ArrayRef { Arc::new(DurationMillisecondArray::from(vec![value])) };
    let cases: Vec<(Table, &'static str, ArrayRef)> = vec![
        (Table::Events, "facility", text(&"x".repeat(256))),
        (Table::Waybills, "weight_grams", whole(u32::MAX.into())),
        (Table::CourierDays, "hours", length(25 * 3_600_000)),
        (Table::StockCounts, "expected_units", whole(1_000_000_000)),
        (Table::SiteShifts, "wrong_units", whole(18)),
        (Table::SiteShifts, "labour_hours", length(1_000_000 * 3_600_000)),
    ];
    for (table, field, array) in cases {
        let reading = read(table, with(full_row(table), field, array)).unwrap();
        assert!(reading.quarantine.is_empty(), "{table}.{field}: {:?}", reading.quarantine);
    }
}

#[test]
fn a_float_is_its_shortest_decimal() {
    for (value, units) in [(0.1, 10), (12.35, 1_235), (1.1, 110), (0.0, 0), (-0.0, 0), (1_234_567.89, 123_456_789)] {
        let array: ArrayRef = Arc::new(Float64Array::from(vec![value]));
        let reading = read(Table::Waybills, with(full_row(Table::Waybills), "fee", array)).unwrap();
        assert_eq!(reading.records.waybills[0].fee.unwrap().minor_units(), units, "{value}");
    }
    let array: ArrayRef = Arc::new(Float64Array::from(vec![4.1]));
    let reading = read(Table::Ratings, with(full_row(Table::Ratings), "score", array)).unwrap();
    assert_eq!(reading.records.ratings[0].score.value(), 4_100);
}

#[test]
fn instants_beyond_the_years_1_to_9999_are_set_aside() {
    let [min, max] = [Instant::MIN, Instant::MAX].map(Instant::as_millis);
    let at = |array: ArrayRef| read(Table::Events, with(full_row(Table::Events), "occurred_at", array)).unwrap();
    for (array, ought) in [
        (Arc::new(TimestampMillisecondArray::from(vec![min])) as ArrayRef, Some(min)),
        (Arc::new(TimestampMillisecondArray::from(vec![min - 1])), None),
        (Arc::new(TimestampMillisecondArray::from(vec![max])), Some(max)),
        (Arc::new(TimestampMillisecondArray::from(vec![max + 1])), None),
        (Arc::new(TimestampSecondArray::from(vec![max / 1_000])), Some(max - 999)),
        (Arc::new(TimestampSecondArray::from(vec![max / 1_000 + 1])), None),
        (Arc::new(TimestampSecondArray::from(vec![i64::MAX])), None),
        (Arc::new(TimestampSecondArray::from(vec![i64::MIN])), None),
        (Arc::new(TimestampMicrosecondArray::from(vec![max * 1_000 + 999])), Some(max)),
        (Arc::new(TimestampMicrosecondArray::from(vec![(max + 1) * 1_000])), None),
        // Towards the past, before 1970 too.
        (Arc::new(TimestampMicrosecondArray::from(vec![1_999])), Some(1)),
        (Arc::new(TimestampMicrosecondArray::from(vec![-1])), Some(-1)),
        (Arc::new(TimestampNanosecondArray::from(vec![-1_000_001])), Some(-2)),
        (Arc::new(TimestampNanosecondArray::from(vec![-1_000_000])), Some(-1)),
    ] {
        let reading = at(array);
        match ought {
            Some(millis) => assert_eq!(reading.records.events[0].occurred_at.as_millis(), millis),
            None => assert_eq!(reading.quarantine[0].reason.code(), "invalid_time"),
        }
    }
}

#[test]
fn days_beyond_the_years_1_to_9999_are_set_aside() {
    for (day, taken) in [(-719_163, false), (-719_162, true), (2_932_896, true), (2_932_897, false), (i32::MIN, false)]
    {
        for array in [
            Arc::new(Date32Array::from(vec![day])) as ArrayRef,
            Arc::new(Date64Array::from(vec![i64::from(day) * 86_400_000])),
        ] {
            let reading = read(Table::Waybills, with(full_row(Table::Waybills), "posted_on", array)).unwrap();
            assert_eq!(reading.quarantine.is_empty(), taken, "{day}");
            assert!(reading.quarantine.iter().all(|row| row.reason.code() == "invalid_date"));
        }
    }
}

#[test]
fn an_unknown_kind_of_a_dictionary_costs_its_rows_only() {
    let kinds = DictionaryArray::<Int8Type>::from_iter(["collected", "warped", "collected", "", "delivered", "warped"]);
    let times: ArrayRef = Arc::new(TimestampMillisecondArray::from(vec![1; 6]));
    let days: ArrayRef = Arc::new(Date32Array::from(vec![0; 6]));
    let words: ArrayRef = Arc::new(StringArray::from(vec!["SF1"; 6]));
    let columns =
        vec![("waybill", words), ("posted_on", days), ("kind", Arc::new(kinds) as ArrayRef), ("occurred_at", times)];
    let whole = batch(columns);
    // The same cut in two, and row by row: positions count on.
    for size in [6, 4, 1] {
        let parts = (0..6).step_by(size).map(|from| (Table::Events, whole.slice(from, size.min(6 - from))));
        let reading = BatchIntake::new().read(parts).unwrap();
        assert_eq!(reading.records.events.len(), 3);
        let rows: Vec<_> =
            reading.quarantine.iter().map(|row| (row.line, row.reason.code(), row.value.as_str())).collect();
        assert_eq!(rows, [(2, "unknown_status", "warped"), (4, "missing_kind", ""), (6, "unknown_status", "warped")]);
        let account = &reading.records.set_aside[&RecordKind::Event];
        assert_eq!(
            (account.rows, account.quarantined["unknown_status"], account.quarantined["missing_kind"]),
            (3, 2, 1)
        );
        let shown = reading.quarantine[0].to_string();
        assert!(
            shown.starts_with("events:2: event set aside, unknown_status, column \"kind\", value \"warped\""),
            "{shown}"
        );
        assert!(shown.contains("expected one of `ordered`"), "{shown}");
    }
    let error = BatchIntake::new().with_strictness(Strictness::Stop).read([(Table::Events, whole)]).unwrap_err();
    assert!(matches!(&error, ArrowInputError::Refused(row) if row.line == 2), "{error}");
}

#[test]
fn a_promise_is_an_instant_or_a_day() {
    let (at, on) = (Table::Waybills.field("promise_at").unwrap(), Table::Waybills.field("promise_on").unwrap());
    let mut row = least_row(Table::Waybills);
    row.extend([at, on].map(|field| (field.name, super::cell(Table::Waybills, field))));
    assert_eq!(reason(Table::Waybills, batch(row)), ("contradicting_values", None));
    let moves = batch(least_row(Table::PromiseMoves));
    let tables = [(Table::PromiseMoves, moves), (Table::Waybills, batch(least_row(Table::Waybills)))];
    let reading = BatchIntake::new().read(tables).unwrap();
    assert_eq!(reading.quarantine[0].reason.code(), "missing_promise");
}

#[test]
fn what_hangs_on_nothing_is_set_aside() {
    assert_eq!(reason(Table::PromiseMoves, batch(full_row(Table::PromiseMoves))).0, "unknown_waybill");
    assert_eq!(reason(Table::Payments, batch(full_row(Table::Payments))).0, "unknown_claim");
    assert_eq!(reason(Table::CaseSteps, batch(full_row(Table::CaseSteps))).0, "unknown_case");
    assert_eq!(reason(Table::ClaimSteps, batch(full_row(Table::ClaimSteps))).0, "unknown_claim");
    assert_eq!(reason(Table::Events, batch(least_row(Table::Events))).0, "unknown_waybill");
    // A case whose waybill is not there goes without.
    let mut row = least_row(Table::Complaints);
    row.push(("waybill", text("SF404")));
    let reading = read(Table::Complaints, batch(row)).unwrap();
    assert_eq!(reading.records.complaints[0].waybill, None);
}

#[test]
fn a_case_is_not_answered_before_it_is_opened() {
    let before: ArrayRef = Arc::new(TimestampMillisecondArray::from(vec![1_789_999_999_999]));
    for field in ["responded_at", "resolved_at"] {
        let row = with(full_row(Table::Complaints), field, Arc::clone(&before));
        assert_eq!(reason(Table::Complaints, row), ("instants_out_of_order", Some(field.to_owned())));
    }
}
