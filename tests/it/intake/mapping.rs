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
    told(
        &format!("{WAYBILLS}numbr = \"x\""),
        &[
            "(text), line 6, column 1:",
            "`waybill`, `numbr`",
            "(`number` is spelled alike)",
            "carrier, channel",
            "where",
        ],
    );
    told("colour = 1", &["line 1, column 1:", "a mapping has no key `colour`", "courier_day, currency", "zone"]);
    told("zone = \"Asia/Peking\"", &["line 1", "`mapping`, `zone`", "Asia/Peking", "IANA", "Asia/Shanghai"]);
    told("zone = 8", &["line 1, column 8:", "`zone`", "8 cannot stand here", "text in quotes"]);
    told("format = \"parcelgauge.mapping/9\"", &["parcelgauge.mapping/9", "write `parcelgauge.mapping/1`"]);
    told("trim = \"perhaps\"", &["`trim`", "perhaps", "`true` or `false`"]);
    told("[[waybill]]\nfile = \"a.csv\"\nnumber = \"n\"", &["line 1", "`posted_on`", "the key is missing; add it"]);
    told(
        "\n[[waybill]]\nfile = \"a.csv\"\nnumber = \"n\"\nposted_at = \"p\"",
        &["line 2, column 1:", "`posted_on`", "is missing; is it `posted_at`?"],
    );
    told("[[waybill]\n", &["line 1"]);
    told("waybill = 3", &["line 1, column 11:", "3 cannot stand here; write a table"]);
    told(&format!("{WAYBILLS}fee = {{ colum = \"fee\" }}"), &["line 6", "`fee.column`", "is missing; is it `colum`?"]);
    told(
        &format!("{WAYBILLS}product = {{ column = \"p\", defalt = \"x\" }}"),
        &["column 27:", "`product.defalt`", "`default` is spelled alike", "column, concat"],
    );
    told(&format!("{WAYBILLS}fee = 1.5"), &["line 6, column 7:", "1.5 is no field", "a column name"]);
    told(&format!("{WAYBILLS}product = {{ column = \"a\", constant = \"b\" }}"), &["exactly one of"]);
    told(&format!("{WAYBILLS}product = {{ default = \"b\" }}"), &["exactly one of `column`, `first_of`"]);
    told(&format!("{WAYBILLS}product = {{ first_of = [] }}"), &["no empty list"]);
    told(&format!("{WAYBILLS}product = {{ first_of = [\"a\", 7] }}"), &["`product.first_of`", "7 is no column"]);
    told(&format!("{WAYBILLS}product = {{ first_of = [\"a\"], join = \"b\" }}"), &["in a list write"]);
    told(&format!("{WAYBILLS}product = {{ column = \"a\", separator = \"-\" }}"), &["`concat` only"]);
    told(&format!("{WAYBILLS}product = {{ column = \"a\", unlisted = \"keep\" }}"), &["needs `values`"]);
    told(&format!("{EVENTS}[[event.step]]\nkind = \"teleported\"\noccurred_at = \"x\""), &["in the steps only"]);
    let steps = EVENTS.lines().take(4).collect::<Vec<_>>().join("\n");
    told(
        &format!("{steps}\n[[event.step]]\nkind = \"teleported\"\noccurred_at = \"x\""),
        &["line 6, column 1:", "`step.kind`", "teleported", "collected"],
    );
    told(
        &format!("{steps}\n[[event.step]]\nkind = \"lost\"\noccurred_at = \"x\"\nfacilty = \"f\""),
        &["line 8, column 1:", "`step.facilty`", "a step has no key", "`facility` is spelled alike"],
    );
    told("[vocabulary]\nv = 1", &["`vocabulary.v`", "no table of values"]);
    told("[vocabulary.v]\na = [1]", &["line 2, column 5:", "`vocabulary.v.a`", "a list cannot stand here"]);
}

#[test]
fn sections_that_cannot_be() {
    told(&format!("{WAYBILLS}fee = \"fee\""), &["`waybill`", "`fee`", "no currency", "currency = \"CNY\""]);
    told(&format!("currency = \"yuan\"{WAYBILLS}"), &["`currency`", "yuan", "three capital letters"]);
    told(
        &format!("{WAYBILLS}product = {{ column = \"a\", zone = \"UTC\" }}"),
        &["`product.zone`", "an identifier or label has no key `zone`", "vocabulary"],
    );
    told(&format!("{WAYBILLS}updated_at = {{ column = \"a\", formats = [\"%Q\"] }}"), &["%Q", "strftime"]);
    told(&format!("{WAYBILLS}updated_at = {{ column = \"a\", time_of_day = \"noon\" }}"), &["noon", "18:00"]);
    told(&format!("{WAYBILLS}flow = {{ constant = \"up\" }}"), &["`flow`", "`up`", "return_leg"]);
    told(&format!("{WAYBILLS}flow = {{ column = \"a\", values = {{ x = \"up\" }} }}"), &["column 39:", "`up`"]);
    told(&format!("{WAYBILLS}flow = {{ column = \"a\", vocabulary = \"v\" }}"), &["[vocabulary.v]"]);
    told(
        &format!("{WAYBILLS}flow = {{ column = \"a\", vocabulary = \"v\" }}\n[vocabulary.v]\nx = \"up\""),
        &["line 8, column 5:", "`flow`", "`up`", "return_leg"],
    );
    told(&format!("{WAYBILLS}flow = {{ join = \"j\", column = \"a\" }}"), &["no join named `j`"]);
    told(&format!("{WAYBILLS}where = {{ column = \"a\" }}"), &["`where`", "equals, not_equals, in"]);
    told(&format!("{WAYBILLS}where = {{ column = \"a\", is = 1 }}"), &["`where.is`", "a condition has no key `is`"]);
    told(&format!("{WAYBILLS}where = {{ column = \"a\", null = true, equals = 1 }}"), &["more than one"]);
    told(&format!("{WAYBILLS}delimiter = \"→\""), &["`delimiter`", "ASCII"]);
    told(&format!("{WAYBILLS}file = []").replace("file = \"waybills.csv\"\n", ""), &["names no file"]);
    let join = "\n[[waybill.join]]\nname = \"j\"\nfile = \"j.csv\"\non = \"a\"\n";
    told(&format!("{WAYBILLS}{join}{join}"), &["line 13, column 1:", "two joins"]);
    told(
        &format!("{WAYBILLS}{join}keys = \"k\""),
        &["`join.keys`", "a join has no key `keys`", "`key` is spelled alike"],
    );
    told(&format!("{WAYBILLS}{join}take = \"first\""), &["by no order", "order_by"]);
    told(&format!("{WAYBILLS}{join}order_by = \"x\""), &["nothing is taken"]);
    told(&format!("{WAYBILLS}{}", join.replace("\"a\"", "{ join = \"k\", column = \"a\" }")), &["not above it"]);
    told(EVENTS, &["`event`", "alone is no key", "posted_on"]);
    told(&format!("{WAYBILLS}{EVENTS}[[event.step]]\nkind = \"lost\"\noccurred_at = \"x\""), &["in the steps only"]);
    told(&format!("{WAYBILLS}[[event]]\nfile = \"e.csv\"\nwaybill = \"n\""), &["[[event.step]]"]);
    told(
        &format!("{WAYBILLS}[[claim]]\nfile = \"c\"\nid = \"i\"\nfiled_at = \"f\"\npaid_at = \"p\""),
        &["line 10", "`paid_at`", "or neither"],
    );
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
