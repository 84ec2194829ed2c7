//! Every type that a column may have, and every other one refused.

use std::sync::Arc;

use arrow_array::types::{
    ArrowDictionaryKeyType, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::*;
use parcelgauge::arrow::{ArrowInputError, Field, FieldKind, Table};
use parcelgauge::record::Records;

use super::{full_row, read, text_for, with};

fn dictionary<K: ArrowDictionaryKeyType>(values: &ArrayRef) -> ArrayRef {
    let keys = PrimitiveArray::<K>::from_iter_values([K::default_value()]);
    Arc::new(DictionaryArray::<K>::try_new(keys, Arc::clone(values)).unwrap())
}

fn dictionaries(values: &ArrayRef) -> Vec<ArrayRef> {
    vec![
        dictionary::<Int8Type>(values),
        dictionary::<Int16Type>(values),
        dictionary::<Int32Type>(values),
        dictionary::<Int64Type>(values),
        dictionary::<UInt8Type>(values),
        dictionary::<UInt16Type>(values),
        dictionary::<UInt32Type>(values),
        dictionary::<UInt64Type>(values),
    ]
}

fn texts(text: &str) -> Vec<ArrayRef> {
    vec![
        Arc::new(StringArray::from(vec![text])),
        Arc::new(LargeStringArray::from(vec![text])),
        Arc::new(StringViewArray::from(vec![text])),
    ]
}

fn integers(value: i8) -> Vec<ArrayRef> {
    vec![
        Arc::new(Int8Array::from(vec![value])),
        Arc::new(Int16Array::from(vec![i16::from(value)])),
        Arc::new(Int32Array::from(vec![i32::from(value)])),
        Arc::new(Int64Array::from(vec![i64::from(value)])),
        Arc::new(UInt8Array::from(vec![value as u8])),
        Arc::new(UInt16Array::from(vec![value as u16])),
        Arc::new(UInt32Array::from(vec![value as u32])),
        Arc::new(UInt64Array::from(vec![value as u64])),
    ]
}

fn float(value: f64) -> [ArrayRef; 1] {
    [Arc::new(Float64Array::from(vec![value]))]
}

fn with_dictionaries(values: Vec<ArrayRef>) -> Vec<ArrayRef> {
    let keyed: Vec<ArrayRef> = values.iter().flat_map(dictionaries).collect();
    values.into_iter().chain(keyed).collect()
}

fn timestamps(seconds: i64) -> Vec<ArrayRef> {
    let mut arrays: Vec<ArrayRef> = Vec::new();
    for zone in [None, Some("UTC"), Some("Asia/Shanghai"), Some("+08:00")] {
        arrays.push(Arc::new(TimestampSecondArray::from(vec![seconds]).with_timezone_opt(zone)));
        arrays.push(Arc::new(TimestampMillisecondArray::from(vec![seconds * 1_000]).with_timezone_opt(zone)));
        arrays.push(Arc::new(TimestampMicrosecondArray::from(vec![seconds * 1_000_000]).with_timezone_opt(zone)));
        arrays.push(Arc::new(TimestampNanosecondArray::from(vec![seconds * 1_000_000_000]).with_timezone_opt(zone)));
    }
    arrays
}

fn decimals(value: i64) -> Vec<ArrayRef> {
    let narrow = i32::try_from(value).unwrap();
    vec![
        Arc::new(Decimal32Array::from(vec![narrow * 10]).with_precision_and_scale(9, 1).unwrap()),
        Arc::new(Decimal64Array::from(vec![value * 1_000]).with_precision_and_scale(18, 3).unwrap()),
        Arc::new(Decimal128Array::from(vec![i128::from(value)]).with_precision_and_scale(38, 0).unwrap()),
        Arc::new(
            Decimal128Array::from(vec![i128::from(value) * 10_i128.pow(12)]).with_precision_and_scale(38, 12).unwrap(),
        ),
    ]
}

/// One value in all the ways in which a column may hold it.
fn ways(table: Table, field: &Field) -> Vec<ArrayRef> {
    match field.kind {
        FieldKind::Identifier | FieldKind::Label => {
            with_dictionaries(texts(text_for(table, field.name)).into_iter().chain(integers(17)).collect())
        }
        FieldKind::Code => with_dictionaries(texts(text_for(table, field.name))),
        FieldKind::Instant => timestamps(1_790_000_000),
        FieldKind::Day => vec![
            Arc::new(Date32Array::from(vec![20_700])),
            Arc::new(Date64Array::from(vec![20_700 * 86_400_000])),
            Arc::new(Date64Array::from(vec![20_700 * 86_400_000 + 1])),
        ],
        FieldKind::Amount => decimals(12).into_iter().chain(float(12.0)).collect(),
        FieldKind::Number => {
            let value = if field.name == "scale_max" { 20 } else { 5 - i64::from(field.name == "scale_min") };
            decimals(value).into_iter().chain(integers(value as i8)).chain(float(value as f64)).collect()
        }
        FieldKind::Whole => integers(17).into_iter().chain(float(17.0)).collect(),
        FieldKind::Truth => vec![Arc::new(BooleanArray::from(vec![true]))],
        FieldKind::Length => {
            let mut ways = with_dictionaries(texts("1h"));
            ways.push(Arc::new(DurationSecondArray::from(vec![3_600])));
            ways.push(Arc::new(DurationMillisecondArray::from(vec![3_600_000])));
            ways.push(Arc::new(DurationMicrosecondArray::from(vec![3_600_000_000])));
            ways.push(Arc::new(DurationNanosecondArray::from(vec![3_600_000_000_000])));
            ways
        }
        other => panic!("no ways of kind {other}"),
    }
}

/// One array of each type there is, or near enough.
fn all_types() -> Vec<ArrayRef> {
    let mut all: Vec<ArrayRef> = with_dictionaries(texts("1h").into_iter().chain(integers(1)).collect());
    all.extend(timestamps(1).into_iter().take(4));
    all.extend(decimals(1).into_iter().take(3));
    all.extend(ways(Table::CourierDays, Table::CourierDays.field("hours").unwrap()));
    all.extend::<Vec<ArrayRef>>(vec![
        Arc::new(BooleanArray::from(vec![true])),
        Arc::new(Date32Array::from(vec![1])),
        Arc::new(Date64Array::from(vec![1])),
        Arc::new(Float32Array::from(vec![1.0])),
        Arc::new(Float64Array::from(vec![1.0])),
        Arc::new(BinaryArray::from(vec![b"1".as_slice()])),
        Arc::new(Time32SecondArray::from(vec![1])),
        Arc::new(Time64NanosecondArray::from(vec![1])),
    ]);
    let floats: ArrayRef = Arc::new(Float64Array::from(vec![1.0]));
    all.push(dictionary::<Int32Type>(&floats));
    all
}

/// Whether the values are whole numbers, in a dictionary or not.
fn is_value_number(array: &ArrayRef) -> bool {
    match array.data_type() {
        arrow_schema::DataType::Dictionary(_, values) => values.is_integer(),
        other => other.is_integer(),
    }
}

fn only_record(records: &Records) -> String {
    format!("{records:?}")
}

#[test]
fn a_value_is_the_same_in_every_type_it_may_have() {
    for table in Table::ALL {
        if table.hangs_on().is_some() {
            continue; // they hang on others: see below
        }
        for field in table.fields() {
            let mut told = Vec::new();
            // No number is a way down the tree.
            let fit = |array: &ArrayRef| field.name != "responsible" || !is_value_number(array);
            for array in ways(table, field).into_iter().filter(fit) {
                let shown = array.data_type().to_string();
                let mut row = full_row(table);
                if field.name == "promise_at" {
                    row.retain(|(name, _)| *name != "promise_on");
                }
                let reading = read(table, with(row, field.name, array)).unwrap();
                assert!(reading.quarantine.is_empty(), "{table}.{} of {shown}: {:?}", field.name, reading.quarantine);
                told.push((only_record(&reading.records), shown));
            }
            for (record, shown) in &told {
                assert_eq!(*record, told[0].0, "{table}.{} of {shown}", field.name);
            }
        }
    }
}

#[test]
fn what_hangs_on_others_takes_the_same_types() {
    for (table, owner) in Table::ALL.into_iter().filter_map(|table| Some((table, table.hangs_on()?))) {
        for field in table.fields() {
            let mut told = Vec::new();
            for array in ways(table, field) {
                let mut row = full_row(table);
                if field.name == "to_at" {
                    row.retain(|(name, _)| *name != "to_on");
                }
                let tables = [(table, with(row, field.name, array)), (owner, super::batch(full_row(owner)))];
                let reading = super::BatchIntake::new().read(tables).unwrap();
                assert!(reading.quarantine.is_empty(), "{table}.{}: {:?}", field.name, reading.quarantine);
                told.push(only_record(&reading.records));
            }
            assert!(told.windows(2).all(|pair| pair[0] == pair[1]), "{table}.{}: {told:#?}", field.name);
        }
    }
}

#[test]
fn every_other_type_is_refused_with_what_to_do() {
    for table in Table::ALL {
        for field in table.fields() {
            let allowed: Vec<String> = ways(table, field)
                .iter()
                .map(|array| array.data_type().to_string().split('(').next().unwrap().to_owned())
                .collect();
            let mut refused = 0;
            for array in all_types() {
                let data_type = array.data_type().clone();
                let found = read(table, with(full_row(table), field.name, array));
                match found {
                    Err(ArrowInputError::WrongType { table: of, field: at, found, allowed, remedy }) => {
                        assert_eq!((of, at.as_str(), found), (table, field.name, data_type.to_string()));
                        assert_eq!((allowed, remedy), (field.kind.allowed(), field.kind.remedy()));
                        refused += 1;
                    }
                    Err(other) => panic!("{table}.{}: {other}", field.name),
                    Ok(_) => {
                        let stem = data_type.to_string().split('(').next().unwrap().to_owned();
                        assert!(allowed.contains(&stem), "{table}.{} takes {data_type}", field.name);
                    }
                }
            }
            assert!(refused >= 10, "{table}.{} refuses {refused}", field.name);
        }
    }
}
