//! The schemas as they are published.

use std::path::Path;

use parcelgauge::arrow::{FieldKind, Presence, Table};

#[test]
fn the_page_says_what_the_tables_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/arrow/schema/schemas.md");
    let page = Table::describe_all();
    if std::env::var_os("PARCELGAUGE_UPDATE").is_some() {
        std::fs::write(&path, &page).unwrap();
        return;
    }
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(written == page, "the schemas are stale; PARCELGAUGE_UPDATE=1 cargo test writes them anew");
}

#[test]
fn names_lead_to_tables_and_back() {
    for table in Table::ALL {
        assert_eq!(table.name().parse(), Ok(table));
        let schema = table.schema();
        assert_eq!(schema.fields().len(), table.fields().len());
        for field in table.fields() {
            let column = schema.field_with_name(field.name).unwrap();
            assert_eq!(*column.data_type(), field.kind.canonical());
            assert_eq!(column.is_nullable(), field.presence == Presence::Optional, "{table}.{}", field.name);
            assert!(FieldKind::ALL.contains(&field.kind));
        }
    }
    let error = "parcels".parse::<Table>().unwrap_err().to_string();
    assert!(error.contains("`parcels` is no table of records; expected one of waybills, promise_moves"), "{error}");
}
