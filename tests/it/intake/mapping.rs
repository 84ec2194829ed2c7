//! What a mapping may not say, and what it is told.

use parcelgauge::intake::{Intake, IntakeError, Mapping, Strictness};

use super::{EVENTS, Folder, WAYBILLS};

fn told(mapping: &str, parts: &[&str]) {
    let error = Mapping::parse(mapping).expect_err(mapping).to_string();
    for part in parts {
        assert!(error.contains(part), "`{part}` is not in: {error}");
    }
}

#[test]
fn keys_and_values_that_mappings_do_not_have() {
    told(&format!("{WAYBILLS}numbr = \"x\""), &["(text)", "line 6", "numbr", "expected one of", "number"]);
    told("zone = \"Asia/Peking\"", &["line 1", "Asia/Peking", "IANA", "Asia/Shanghai"]);
    told("format = \"parcelgauge.mapping/9\"", &["parcelgauge.mapping/1"]);
    told("[[waybill]]\nfile = \"a.csv\"\nnumber = \"n\"", &["missing field `posted_on`"]);
    told("[[waybill]\n", &["line 1"]);
    told(&format!("{WAYBILLS}fee = {{ colum = \"fee\" }}"), &["colum", "column"]);
    told(&format!("{WAYBILLS}fee = 1.5"), &["a column name"]);
    told(&format!("{WAYBILLS}product = {{ column = \"a\", constant = \"b\" }}"), &["exactly one of"]);
    told(&format!("{WAYBILLS}product = {{ first_of = [] }}"), &["no empty list"]);
    told(&format!("{WAYBILLS}product = {{ first_of = [\"a\"], join = \"b\" }}"), &["in a list write"]);
    told(&format!("{WAYBILLS}product = {{ column = \"a\", separator = \"-\" }}"), &["`concat` only"]);
    told(&format!("{WAYBILLS}product = {{ column = \"a\", unlisted = \"keep\" }}"), &["needs `values`"]);
    told(&format!("{EVENTS}[[event.step]]\nkind = \"teleported\"\noccurred_at = \"x\""), &["teleported", "collected"]);
}

#[test]
fn sections_that_cannot_be() {
    told(&format!("{WAYBILLS}fee = \"fee\""), &["`waybill`", "`fee`", "no currency", "currency = \"CNY\""]);
    told(&format!("currency = \"yuan\"{WAYBILLS}"), &["`currency`", "yuan", "three capital letters"]);
    told(&format!("{WAYBILLS}product = {{ column = \"a\", zone = \"UTC\" }}"), &["`zone` means nothing"]);
    told(&format!("{WAYBILLS}updated_at = {{ column = \"a\", formats = [\"%Q\"] }}"), &["%Q", "strftime"]);
    told(&format!("{WAYBILLS}updated_at = {{ column = \"a\", time_of_day = \"noon\" }}"), &["noon", "18:00"]);
    told(&format!("{WAYBILLS}flow = {{ constant = \"up\" }}"), &["`flow`", "`up`", "return_leg"]);
    told(&format!("{WAYBILLS}flow = {{ column = \"a\", values = {{ x = \"up\" }} }}"), &["`up`"]);
    told(&format!("{WAYBILLS}flow = {{ column = \"a\", vocabulary = \"v\" }}"), &["[vocabulary.v]"]);
    told(&format!("{WAYBILLS}flow = {{ join = \"j\", column = \"a\" }}"), &["no join named `j`"]);
    told(&format!("{WAYBILLS}where = {{ column = \"a\" }}"), &["`where`", "equals, not_equals, in"]);
    told(&format!("{WAYBILLS}delimiter = \"→\""), &["`delimiter`", "ASCII"]);
    told(&format!("{WAYBILLS}file = []").replace("file = \"waybills.csv\"\n", ""), &["names no file"]);
    let join = "\n[[waybill.join]]\nname = \"j\"\nfile = \"j.csv\"\non = \"a\"\n";
    told(&format!("{WAYBILLS}{join}{join}"), &["two joins"]);
    told(&format!("{WAYBILLS}{join}take = \"first\""), &["by no order", "order_by"]);
    told(&format!("{WAYBILLS}{join}order_by = \"x\""), &["nothing is taken"]);
    told(&format!("{WAYBILLS}{}", join.replace("\"a\"", "{ join = \"k\", column = \"a\" }")), &["not above it"]);
    told(EVENTS, &["`event`", "alone is no key", "posted_on"]);
    told(&format!("{WAYBILLS}{EVENTS}[[event.step]]\nkind = \"lost\"\noccurred_at = \"x\""), &["in the steps only"]);
    told(&format!("{WAYBILLS}[[event]]\nfile = \"e.csv\"\nwaybill = \"n\""), &["[[event.step]]"]);
    told(
        "[[payment]]\nfile = \"p\"\nclaim = \"c\"\npaid_at = \"p\"\namount = { column = \"a\", currency = \"EUR\" }",
        &["add [[claim]]"],
    );
    let plans = |keys: &str| format!("{WAYBILLS}[waybill.stage_plans]\n{keys}");
    told(&plans("\"dep#0\" = \"a\""), &["`stage_plans`", "`dep#0`", "LEG/STAGE#TIME"]);
    told(&plans("dep = \"a\"\n\"dep#1\" = \"b\""), &["`stage_plans`", "`dep#1`", "another spelling"]);
    told("[[complaint]]\nfile = \"c\"\nid = \"i\"\nopened_at = \"o\"\ncarrier = \"x\"", &["map `waybill` too"]);
    assert!(Mapping::parse("").unwrap().supplies().iter().next().is_none());
}

#[test]
fn files_and_columns_that_are_not_there() {
    let folder = Folder::new().with("waybills.csv", "number,posted_at,Number,number \n");
    let error = folder.try_read(WAYBILLS, Strictness::SetAside).unwrap_err();
    assert!(matches!(error, IntakeError::RepeatedColumn { .. }), "{error}");
    let folder = Folder::new().with("waybills.csv", "number,posted_at,other\n");
    let error = folder.try_read(WAYBILLS, Strictness::SetAside).unwrap_err();
    assert!(matches!(error, IntakeError::UnknownColumn { .. }));
    let text = error.to_string();
    for part in
        ["waybills.csv", "`posted_on`", "`waybill`", "(`posted_at` is spelled alike)", "number, posted_at, other"]
    {
        assert!(text.contains(part), "{text}");
    }
    let error = Folder::new().try_read(WAYBILLS, Strictness::SetAside).unwrap_err();
    assert!(matches!(error, IntakeError::FileUnread { .. }));
    assert!(error.to_string().contains("waybills.csv") && error.to_string().contains("data directory"), "{error}");
    let missing = Folder::new();
    let error = Mapping::load(&missing.path().join("none.toml")).unwrap_err();
    assert!(matches!(error, IntakeError::MappingUnread { .. }) && error.to_string().contains("none.toml"));
    let text = missing.with("bad.toml", "zone = 1");
    let error = Mapping::load(&text.path().join("bad.toml")).unwrap_err();
    assert!(error.to_string().contains("bad.toml"), "{error}");
}

#[test]
fn progress_is_told() {
    let rows = "A,2026-01-01\n".repeat(70_000);
    let folder = Folder::new().with("waybills.csv", format!("number,posted_on\n{rows}"));
    let mut told = Vec::new();
    let mapping = Mapping::parse(WAYBILLS).unwrap();
    let reading = Intake::new(mapping, folder.path()).with_progress(|rows| told.push(rows)).read().unwrap();
    assert_eq!((reading.records.waybills.len(), told), (70_000, vec![65_536, 70_000]));
}
