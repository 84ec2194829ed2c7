//! Batches that cannot be read at all.

use std::sync::Arc;

use arrow_array::types::Int8Type;
use arrow_array::{ArrayRef, DictionaryArray, Int8Array, NullArray, StringArray, TimestampMillisecondArray};
use parcelgauge::arrow::{ArrowInputError, Presence, Table};

use super::{batch, full_row, least_row, read, with};

#[test]
fn a_missing_column_is_named_with_those_there_are() {
    for table in Table::ALL {
        for field in table.fields() {
            let mut row = full_row(table);
            row.retain(|(name, _)| *name != field.name);
            let known: Vec<String> = row.iter().map(|(name, _)| (*name).to_owned()).collect();
            match (read(table, batch(row)), field.presence) {
                (Ok(_), Presence::Optional) => {}
                (Err(error), Presence::Required) => {
                    let allowed = field.kind.allowed();
                    assert_eq!(error, ArrowInputError::MissingColumn { table, field: field.name, allowed, known });
                }
                (other, presence) => panic!("{table}.{}, {presence:?}: {other:?}", field.name),
            }
        }
    }
}

#[test]
fn a_table_without_its_optional_columns_is_read() {
    for table in Table::ALL {
        let reading = read(table, batch(least_row(table))).unwrap();
        assert!(reading.records.supplied.contains(table.record_kind()), "{table}");
    }
}

#[test]
fn a_column_of_nulls_stands_for_an_optional_field_only() {
    for table in Table::ALL {
        for field in table.fields() {
            // As pandas writes a category without values.
            let nothing: ArrayRef = Arc::new(NullArray::new(0));
            let category = DictionaryArray::<Int8Type>::try_new(Int8Array::from(vec![None]), nothing).unwrap();
            for nulls in [Arc::new(NullArray::new(1)) as ArrayRef, Arc::new(category)] {
                match (read(table, with(full_row(table), field.name, nulls)), field.presence) {
                    (Ok(_), Presence::Optional) => {}
                    (Err(error), Presence::Required) => {
                        let field = field.name;
                        assert_eq!(error, ArrowInputError::NullsInRequired { table, field, nulls: 1, row: 0 });
                    }
                    (other, presence) => panic!("{table}.{}, {presence:?}: {other:?}", field.name),
                }
            }
        }
    }
}

#[test]
fn a_table_without_rows_needs_no_types() {
    for table in Table::ALL {
        let columns = table.fields().iter().map(|field| (field.name, Arc::new(NullArray::new(0)) as ArrayRef));
        let reading = read(table, batch(columns.collect())).unwrap();
        assert!(reading.records.supplied.contains(table.record_kind()), "{table}");
        let mut columns = least_row(table);
        columns.iter_mut().for_each(|(_, column)| *column = Arc::new(NullArray::new(0)));
        columns.pop();
        assert!(matches!(read(table, batch(columns)), Err(ArrowInputError::MissingColumn { .. })), "{table}");
    }
}

#[test]
fn nulls_in_a_required_column_are_counted() {
    let times = TimestampMillisecondArray::from(vec![Some(1), None, Some(2), None]);
    let words = || -> ArrayRef { Arc::new(StringArray::from(vec!["1", "2", "3", "4"])) };
    let kinds: ArrayRef = Arc::new(StringArray::from(vec!["held"; 4]));
    let columns = vec![("waybill", words()), ("kind", kinds), ("occurred_at", Arc::new(times) as ArrayRef)];
    let error = read(Table::Events, batch(columns)).unwrap_err();
    let told = "events: the column `occurred_at` holds 2 nulls, the first in row 1 of the batch; expected a value in \
                every row; fill them in, or leave those rows out";
    assert_eq!(error.to_string(), told);

    // A dictionary may have its null among the values.
    let values: ArrayRef = Arc::new(StringArray::from(vec![Some("held"), None]));
    let kinds = DictionaryArray::<Int8Type>::try_new(Int8Array::from(vec![0, 0, 1, 0]), values).unwrap();
    let times: ArrayRef = Arc::new(TimestampMillisecondArray::from(vec![1; 4]));
    let columns = vec![("waybill", words()), ("kind", Arc::new(kinds) as ArrayRef), ("occurred_at", times)];
    let error = read(Table::Events, batch(columns)).unwrap_err();
    assert_eq!(error, ArrowInputError::NullsInRequired { table: Table::Events, field: "kind", nulls: 1, row: 2 });
}

#[test]
fn a_batch_of_another_schema_is_refused() {
    let error = read(Table::Events, batch(full_row(Table::Waybills))).unwrap_err();
    assert!(matches!(error, ArrowInputError::MissingColumn { field: "waybill", .. }), "{error}");
}

#[test]
fn a_name_twice_is_no_name() {
    let mut row = full_row(Table::Events);
    row.push(row[0].clone());
    let error = read(Table::Events, batch(row)).unwrap_err();
    assert_eq!(error, ArrowInputError::RepeatedColumn { table: Table::Events, field: "waybill".to_owned() });

    let text = || -> ArrayRef { Arc::new(StringArray::from(vec!["a"])) };
    let mut row = least_row(Table::Waybills);
    row.extend([("lane", text()), ("attributes.lane", text())]);
    let error = read(Table::Waybills, batch(row)).unwrap_err();
    assert_eq!(error, ArrowInputError::RepeatedColumn { table: Table::Waybills, field: "lane".to_owned() });
}

#[test]
fn further_columns_need_names_that_can_be() {
    let text = || -> ArrayRef { Arc::new(StringArray::from(vec!["1h"])) };
    for name in ["attributes.", "stage_plans.", "stage_plans.dep#0", "stage_plans.a/b/c"] {
        let mut row = least_row(Table::Waybills);
        row.push((name, text()));
        let error = read(Table::Waybills, batch(row)).unwrap_err();
        assert!(matches!(&error, ArrowInputError::WrongName { field, .. } if field == name), "{name}: {error}");
    }
}
