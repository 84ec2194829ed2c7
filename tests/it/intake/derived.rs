//! Values that no column holds as they are wanted: parts of texts, times moved by lengths, joined files with conditions.

use parcelgauge::intake::Mapping;
use parcelgauge::record::Promise;

use super::{Folder, WAYBILLS, listing};

#[test]
fn texts_are_cut_and_completed_in_a_fixed_order() {
    let mapping = format!(
        "nulls = [\"\", \"-\"]\n{WAYBILLS}
        product = {{ column = \"code\", strip_prefix = \"SF-\", split = {{ by = \"-\", take = 2 }}, letters = \"lower\" }}
        channel = {{ column = \"slot\", pad = 4 }}
        cargo_category = {{ column = \"code\", strip_prefix = \"SF-\", split = {{ by = \"-\", take = 1 }}, letters = \"upper\", pad = 5, values = {{ 000AB = \"fresh\", 000CD = \"document\" }}, default = \"ordinary\" }}"
    );
    let folder = Folder::new().with(
        "waybills.csv",
        "number,posted_on,code,slot\nA,2026-01-01,SF-ab-Eco,517\nB,2026-01-01,cd,12345\nC,2026-01-01,-,\nD,2026-01-01,SF-ab-,0517\nE,2026-01-01,SF-ÄB-Über,5\nF,2026-01-01,-,é5\n",
    );
    let reading = folder.read(&mapping);
    let told: Vec<_> = reading
        .records
        .waybills
        .iter()
        .map(|w| [&w.product, &w.channel, &w.cargo_category].map(|label| label.as_ref().map_or("", |l| l.as_str())))
        .collect();
    assert_eq!(
        told,
        [
            ["eco", "0517", "fresh"],
            ["", "12345", "document"],
            ["", "", "ordinary"],
            ["", "0517", "fresh"],
            ["", "00é5", "ordinary"]
        ],
        "{:?}",
        reading.quarantine
    );
    assert_eq!(listing(&reading), [(6, "code", "SF-ÄB-Über", "unknown_value")], "what stands in the file is shown");
}

#[test]
fn times_are_moved_by_constants_and_by_columns() {
    let mapping = r#"
        zone = "UTC"
        [waybill]
        file = "f.csv"
        number = "no"
        posted_on = { concat = ["y", "m", "d"], separator = "-", formats = "%Y-%m-%d" }
        promise = { concat = ["day", "planned"], separator = " ", formats = "%Y-%m-%d %H:%M", plus = ["1d", { column = "allowance", unit = "m" }] }
        recorded_at = { column = "day", time_of_day = "00:00", minus = "1m" }
        [event]
        file = "f.csv"
        waybill = "no"
        [[event.step]]
        kind = "collected"
        occurred_at = { concat = ["day", "planned"], separator = " ", formats = "%Y-%m-%d %H:%M", plus = { column = "late", unit = "m" } }
        [[event.step]]
        kind = "delivered"
        occurred_at = { concat = ["day", "planned"], separator = " ", formats = "%Y-%m-%d %H:%M", plus = [{ column = "late", unit = "m" }, { column = "way" }], minus = "30s" }
    "#;
    let folder = Folder::new().with(
        "f.csv",
        "no,y,m,d,day,planned,late,allowance,way\n\
         A,2026,1,2,2026-01-02,23:30,45,5,2h\n\
         B,2026,1,2,2026-01-02,00:10,-15.5,,90m\n\
         C,2026,1,2,2026-01-02,00:10,,0,1h\n\
         D,2026,1,2,2026-01-02,00:10,soon,0,1\n\
         E,2026,1,2,9999-12-31,23:59,1,0,0m\n",
    );
    let reading = folder.read(mapping);
    let events: Vec<_> = reading
        .records
        .events
        .iter()
        .map(|event| format!("{} {} {}", event.waybill.number, event.kind.name(), event.occurred_at))
        .collect();
    assert_eq!(
        events,
        [
            "A collected 2026-01-03T00:15:00Z",
            "A delivered 2026-01-03T02:14:30Z",
            "B collected 2026-01-01T23:54:30Z",
            "B delivered 2026-01-02T01:24:00Z",
        ]
    );
    let promises: Vec<_> = reading.records.waybills.iter().map(|waybill| waybill.promise).collect();
    let by = |text: &str| Some(Promise::By(text.parse().unwrap()));
    assert_eq!(
        promises,
        [by("2026-01-03T23:35:00Z"), None, by("2026-01-03T00:10:00Z"), by("2026-01-03T00:10:00Z")],
        "a null moves a time to nowhere"
    );
    assert_eq!(reading.records.waybills[0].recorded_at, Some("2026-01-01T23:59:00Z".parse().unwrap()));
    assert_eq!(
        listing(&reading),
        [
            (6, "", "9999-12-31T23:59:00Z", "invalid_time"),
            (5, "late", "soon", "invalid_number"),
            (5, "late", "soon", "invalid_number"),
            (6, "", "9999-12-31T23:59:00Z", "invalid_time"),
            (6, "no", "E", "unknown_waybill"), // whose own row is set aside
        ]
    );
}

#[test]
fn promised_days_move_by_whole_days() {
    let promise = |plus: &str| {
        let mapping = format!("{WAYBILLS}promise = {{ column = \"posted_on\", plus = {plus} }}");
        let reading = Folder::new().with("waybills.csv", "number,posted_on\nA,2026-02-27\n").read(&mapping);
        let on = reading.records.waybills.first().and_then(|waybill| waybill.promise);
        (on, reading.quarantine.first().map(|row| row.reason.code()))
    };
    let on = |day: u32| Some(Promise::On(chrono::NaiveDate::from_ymd_opt(2026, 3, day).unwrap()));
    assert_eq!(promise("\"3d\""), (on(2), None));
    assert_eq!(promise("\"72h\""), (on(2), None), "three days by the clock");
    assert_eq!(promise("\"71h\""), (None, Some("invalid_time")), "one hour less is no day");
}

#[test]
fn joined_rows_on_condition() {
    let mapping = |condition: &str| {
        format!(
            "{WAYBILLS}customer = {{ join = \"party\", column = \"name\" }}\n\
             [[waybill.join]]\nname = \"party\"\nfile = \"parties.csv\"\non = \"number\"\n{condition}"
        )
    };
    let folder = Folder::new()
        .with("waybills.csv", "number,posted_on\nA,2026-01-01\nB,2026-01-01\n")
        .with("parties.csv", "number,role,name\nA,sender,Ann\nA,recipient,Bob\nB,recipient,Cid\nB,-,Dan\n");
    let read = |condition: &str| {
        let reading = folder.read(&format!("nulls = [\"\", \"-\"]\n{}", mapping(condition)));
        let customers: Vec<_> = reading
            .records
            .waybills
            .iter()
            .map(|waybill| waybill.customer.as_ref().map(|customer| customer.as_str().to_owned()))
            .collect();
        (customers, reading.quarantine.len())
    };
    let name = |name: &str| Some(name.to_owned());
    assert_eq!(read(""), (vec![], 2), "two names for one number");
    assert_eq!(read("where = { column = \"role\", equals = \"sender\" }"), (vec![name("Ann"), None], 0));
    assert_eq!(read("where = { column = \"role\", equals = \"recipient\" }"), (vec![name("Bob"), name("Cid")], 0));
    assert_eq!(read("where = { column = \"role\", null = true }"), (vec![None, name("Dan")], 0));
    let both = "where = [{ column = \"role\", null = false }, { column = \"name\", not_in = [\"Ann\", \"Cid\"] }]";
    assert_eq!(read(both), (vec![name("Bob"), None], 0));
    let of_another = mapping("where = { join = \"party\", column = \"role\", null = true }");
    let error = Mapping::parse(&of_another).unwrap_err().to_string();
    assert!(error.contains("line 11") && error.contains("on its own file"), "{error}");
    let absent = folder.try_read(&mapping("where = { column = \"rol\", null = true }"), Default::default());
    let error = absent.unwrap_err().to_string();
    assert!(error.contains("parties.csv") && error.contains("`role` is spelled alike"), "{error}");
}

#[test]
fn steps_that_cannot_be() {
    for (field, part) in [
        ("product = { constant = \"x\", pad = 4 }", "a constant is written as it is meant"),
        ("product = { column = \"x\", pad = 65 }", "at most 64"),
        ("product = { column = \"x\", pad = \"a\" }", "`a` is no count"),
        ("product = { column = \"x\", split = { by = \"\", take = 1 } }", "the second part"),
        ("product = { column = \"x\", split = { by = \"-\", take = 0 } }", "the second part"),
        ("product = { column = \"x\", split = { by = \"-\" } }", "`product.split.take`"),
        ("product = { column = \"x\", split = \"-\" }", "write a table"),
        ("product = { column = \"x\", letters = \"title\" }", "`lower` or `upper`"),
        ("product = { column = \"x\", plus = \"1d\" }", "has no key `plus`"),
        (
            "promise = { column = \"x\", plus = \"late\" }",
            "`late` is no length of time; write a length such as \"90m\"",
        ),
        ("promise = { column = \"x\", minus = { column = \"y\", units = \"m\" } }", "`unit` is spelled alike"),
        ("promise = { column = \"x\", plus = 90 }", "90 is no length of time"),
    ] {
        let error = Mapping::parse(&format!("{WAYBILLS}{field}")).unwrap_err().to_string();
        assert!(error.contains(part) && error.contains("line 6"), "{field}: {error}");
    }
    assert!(Mapping::parse(&format!("{WAYBILLS}product = {{ column = \"x\", pad = 64 }}")).is_ok());
}
