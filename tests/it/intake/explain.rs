//! What a mapping finds, told before any figure is read.

use parcelgauge::intake::{Explanation, Mapping};
use parcelgauge::record::{RecordKind, Zone};

use super::Folder;

const MAPPING: &str = r#"
zone = "UTC"
[waybill]
file = "w.csv"
number = "no"
posted_on = "day"
where = { column = "test", null = true }
customer = { join = "c", column = "name" }
promise = { first_of = ["due", "later"] }
attributes = { colour = { column = "colour", values = { r = "red" } } }
[[waybill.join]]
name = "c"
file = "c.csv"
on = "cust"
[event]
file = "w.csv"
waybill = "no"
[[event.step]]
kind = "collected"
occurred_at = "picked"
[[event.step]]
kind = "cancelled"
where = { column = "test", equals = "x" }
occurred_at = { concat = ["day", "test"], separator = " " }
"#;

fn explained() -> Explanation {
    let folder = Folder::new()
        .with(
            "w.csv",
            "no,day,test,cust,due,later,colour,picked\n\
             A,2026-01-01,,1,2026-01-03,,r,2026-01-01 10:00\n\
             B,2026-01-01,,2,,2026-01-04,r,soon\n\
             B2,never,,1,,,r,\n\
             C,2026-01-02,,9,,,g,2026-01-02 10:00\n\
             D,2026-01-02,x,1,,,r,2026-01-02 10:00\n\
             E,2026-01-02\n",
        )
        .with("c.csv", "cust,name\n1,Ann\n2,Bob\n");
    Explanation::of(&Mapping::parse(MAPPING).unwrap(), folder.path(), Zone::UTC).unwrap()
}

#[test]
fn each_field_with_its_source_its_gaps_and_samples() {
    let explanation = explained();
    let [waybills, events] = explanation.sections.as_slice() else { panic!("{explanation}") };
    assert_eq!((waybills.kind, waybills.rows, waybills.left_out), ("waybill", 6, 1));
    let told: Vec<_> = waybills
        .fields
        .iter()
        .map(|field| (field.name.as_str(), field.source.as_str(), field.rows, field.nulls, field.unread))
        .collect();
    assert_eq!(
        told,
        [
            ("number", "no", 4, 0, 0),
            ("posted_on", "day", 4, 0, 0),
            ("customer", "name of c.csv (join c)", 4, 1, 0),
            ("promise", "due, else later", 4, 2, 0),
            ("attributes.colour", "colour", 4, 0, 1),
        ]
    );
    assert_eq!(waybills.fields[1].samples, ["2026-01-01", "never", "2026-01-02"], "as they are written");
    let told: Vec<_> = events.fields.iter().map(|field| (field.name.as_str(), field.rows, field.nulls)).collect();
    assert_eq!(
        told,
        [("waybill", 5, 0), ("step.occurred_at (collected)", 5, 1), ("step.occurred_at (cancelled)", 1, 0)],
        "a step looks at the rows its own conditions let in"
    );
    assert_eq!(events.fields[2].source, "day + \" \" + test");
}

#[test]
fn a_time_that_is_moved_to_nowhere_is_empty() {
    let mapping = Mapping::parse(
        "[waybill]\nfile = \"w.csv\"\nnumber = \"no\"\nposted_on = \"day\"\n\
         promise = { column = \"day\", time_of_day = \"00:00\", plus = { column = \"late\", unit = \"m\" }, minus = \"30m\" }\n",
    );
    let folder = Folder::new().with("w.csv", "no,day,late\nA,2026-01-01,\nB,2026-01-01,x\nC,2026-01-01,5\n");
    let explanation = Explanation::of(&mapping.unwrap(), folder.path(), Zone::UTC).unwrap();
    let promise = &explanation.sections[0].fields[2];
    assert_eq!((promise.source.as_str(), promise.rows, promise.nulls), ("day, plus late, minus 30m", 3, 2));
}

#[test]
fn rows_are_accounted_for_and_figures_tried() {
    let explanation = explained();
    let account = &explanation.input.by_kind[&RecordKind::Waybill];
    assert_eq!((account.used, account.quarantined_rows()), (2, 3), "{explanation}");
    let reasons: Vec<_> =
        explanation.set_aside.iter().map(|(row, rows)| (row.reason.code(), row.line, *rows)).collect();
    assert!(reasons.contains(&("invalid_date", 4, 1)) && reasons.contains(&("unknown_value", 5, 1)), "{reasons:?}");
    let figure = |name: &str| explanation.figures.iter().find(|figure| figure.name.starts_with(name)).unwrap();
    let volume = figure("Shipment volume");
    assert_eq!((volume.decided, volume.why_not.as_deref()), (1, None), "{explanation}");
    assert_eq!(figure("Complaint rate").why_not.as_deref(), Some("no complaints"));
    let page = explanation.to_string();
    for part in [
        "[waybill] of w.csv: 6 rows, 1 left out by its conditions\n",
        "  customer ← name of c.csv (join c); 1 of 4 empty; such as Ann | Bob\n",
        "  attributes.colour ← colour; 1 of 4 not to be read; such as red\n",
        "  waybills: 2 used, 3 set aside\n",
        "  1 row: w.csv:4: waybill set aside, invalid_date",
        "  no   Complaint rate: no complaints\n",
        "  yes  Shipment volume (accepted): 1 decided, 0 open\n",
    ] {
        assert!(page.contains(part), "`{part}` is not in:\n{page}");
    }
}

#[test]
fn without_an_instant_no_figure_has_a_value() {
    let mapping = Mapping::parse(super::WAYBILLS).unwrap();
    let folder = Folder::new().with("waybills.csv", "number,posted_on\n");
    let explanation = Explanation::of(&mapping, folder.path(), Zone::UTC).unwrap();
    assert_eq!(explanation.reach, None);
    assert!(explanation.to_string().contains("Figures: no record holds an instant\n"));
    assert!(Explanation::of(&mapping, &folder.path().join("none"), Zone::UTC).is_err());
}
