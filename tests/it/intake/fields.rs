//! What a mapping can say of one field.

use parcelgauge::intake::Strictness;
use parcelgauge::record::{CaseClass, Consent, NodeKind, Party, Promise, RecordKind};

use super::{Folder, WAYBILLS, listing, refused};

#[test]
fn times_in_every_way_of_writing() {
    let mapping = r#"
        zone = "America/Sao_Paulo"
        [[complaint]]
        file = "complaints.csv"
        id = "id"
        opened_at = "opened"
        responded_at = { column = "answered", zone = "Asia/Tokyo", formats = ["%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M %z"] }
        resolved_at = { column = "closed", formats = "unix_ms" }
        recorded_at = { column = "day", time_of_day = "00:00" }
    "#;
    let reading = Folder::new()
        .with(
            "complaints.csv",
            "id,opened,answered,closed,day\n\
             local,2017-06-01 12:00:00,,,\n\
             offset,2017-06-01T12:00:00+02:00,,,\n\
             fraction,2017-06-01 12:00:00.25,,,\n\
             minute,2017-06-01 12:00,,,\n\
             gap,2017-10-15 00:30:00,,,\n\
             doubled,2018-02-17 23:30:00,,,\n\
             answered,2017-06-01 00:00,02/06/2017 09:00,,\n\
             answered offset,2017-06-01 00:00,02/06/2017 09:00 +0000,,\n\
             answered otherwise,2017-06-01 00:00,2017-06-02 09:00,,\n\
             closed,2017-06-01 00:00,,1500000000500,\n\
             day,2017-06-01 00:00,,,2017-06-02\n\
             day without midnight,2017-06-01 00:00,,,2017-10-15\n",
        )
        .read(mapping);
    let at = |id: &str| reading.records.complaints.iter().find(|case| case.id.as_str() == id).unwrap();
    for (id, expected) in [
        ("local", "2017-06-01T15:00:00Z"),
        ("offset", "2017-06-01T10:00:00Z"),
        ("fraction", "2017-06-01T15:00:00.250Z"),
        ("minute", "2017-06-01T15:00:00Z"),
        ("doubled", "2018-02-18T01:30:00Z"), // the earlier of 01:30 and 02:30
    ] {
        assert_eq!(at(id).opened_at.to_string(), expected, "{id}");
    }
    assert_eq!(at("answered").responded_at.unwrap().to_string(), "2017-06-02T00:00:00Z");
    assert_eq!(at("answered offset").responded_at.unwrap().to_string(), "2017-06-02T09:00:00Z");
    assert_eq!(at("closed").resolved_at.unwrap().to_string(), "2017-07-14T02:40:00.500Z");
    assert_eq!(at("day").recorded_at.unwrap().to_string(), "2017-06-02T03:00:00Z");
    assert_eq!(at("day without midnight").recorded_at.unwrap().to_string(), "2017-10-15T03:00:00Z");
    assert_eq!(
        listing(&reading),
        [
            (6, "opened", "2017-10-15 00:30:00", "nonexistent_local_time"),
            (10, "answered", "2017-06-02 09:00", "invalid_time"),
        ]
    );
}

#[test]
fn promises_of_days_and_of_times() {
    let both = |option: &str| {
        let reading = Folder::new()
            .with(
                "waybills.csv",
                "number,posted_on,promise\nA,2026-01-01,2026-01-05\nB,2026-01-01T23:00:00+08:00,2026-01-05 18:00\n",
            )
            .read(&format!("{WAYBILLS}promise = {{ column = \"promise\" {option} }}"));
        assert!(reading.quarantine.is_empty());
        assert!(reading.records.waybills.iter().all(|waybill| waybill.key.posted_on.to_string() == "2026-01-01"));
        reading
            .records
            .waybills
            .iter()
            .map(|waybill| matches!(waybill.promise, Some(Promise::On(_))))
            .collect::<Vec<_>>()
    };
    assert_eq!(both(""), [true, false]);
    assert_eq!(both(", as = \"date\""), [true, true]);
    assert_eq!(both(", time_of_day = \"18:00\""), [false, false]);
}

#[test]
fn constants_defaults_nulls_and_tables_of_values() {
    let mapping = r#"
        nulls = ["", "NULL", "\\N"]
        trim = true
        delimiter = ";"
        [vocabulary.scans]
        10 = "collected"
        20 = "stored"
        [[event]]
        file = ["one.csv", "two.csv"]
        waybill = { column = "Waybill No" }
        posted_on = { constant = "2026-01-01" }
        kind = { column = "code", vocabulary = "scans" }
        occurred_at = { first_of = ["scanned", "uploaded"] }
        consent = { column = "consent", values = { Y = "yes", N = "no" }, unlisted = "null" }
        party = { column = "who", default = "carrier" }
        raw_code = "code"
        facility = { concat = ["city", "site"], separator = "-" }
        where = [{ column = "code", not_in = ["99"] }, { column = "void", null = true }]
    "#;
    let head = "Waybill No;code;scanned;uploaded;consent;who;city;site;void\n";
    let reading = Folder::new()
        .with(
            "one.csv",
            format!("{head} A ;20;NULL;2026-01-02 00:00;Y;NULL;SHA;7;\nA;99;bad;;;;;;\nA;30;2026-01-02 00:00;;;;;;\n"),
        )
        .with(
            "two.csv",
            format!("{head}A;10;2026-01-03 00:00;;perhaps;sender;SHA;\\N;\nA;10;2026-01-03 00:00;;;;;;x\n"),
        )
        .read(mapping);
    let [stored, collected] = &reading.records.events[..] else { panic!("{:?}", reading.quarantine) };
    assert_eq!((stored.kind, stored.consent, stored.party), (NodeKind::Stored, Consent::Yes, Some(Party::Carrier)));
    assert_eq!(stored.facility.as_ref().unwrap().as_str(), "SHA-7");
    assert_eq!((stored.raw_code.as_ref().unwrap().as_str(), stored.waybill.number.as_str()), ("20", "A"));
    assert_eq!((collected.consent, collected.party), (Consent::Unknown, Some(Party::Sender)));
    assert_eq!(collected.facility, None);
    assert_eq!(listing(&reading), [(4, "code", "30", "unknown_status")]);
    assert_eq!(reading.left_out[&RecordKind::Event], 2);
}

#[test]
fn a_decimal_mark_is_a_point_or_a_comma() {
    let mapping =
        |mark: &str| format!("{WAYBILLS}fee = {{ column = \"fee\", currency = \"CNY\", decimal_mark = {mark:?} }}\n");
    let folder = Folder::new().with("waybills.csv", "number;posted_on;fee\nA;2026-01-01;12,50\n");
    let reading = folder.read(&format!("delimiter = \";\"\n{}", mapping(",")));
    assert_eq!(reading.records.waybills[0].fee.unwrap().to_string(), "12.50 CNY");
    for mark in ["x", "'", " ", "0"] {
        let refused = folder.try_read(&mapping(mark), Strictness::SetAside).unwrap_err().to_string();
        assert!(refused.contains("`fee.decimal_mark`") && refused.contains("write `.` or `,`"), "{refused}");
    }
}

#[test]
fn joins_of_one_of_many_and_of_all() {
    let mapping = r#"
        [[waybill]]
        file = "waybills.csv"
        number = "number"
        posted_on = "posted_on"
        customer = { join = "party", column = "name" }
        fee = { join = "lines", column = "amount", combine = "sum", currency_column = { join = "lines", column = "money" }, decimal_mark = "," }
        product = { join = "lines", column = "sku" }
        cargo_category = { join = "goods", column = "category" }
        [waybill.attributes]
        size = { join = "goods", column = "size" }
        [[waybill.join]]
        name = "party"
        file = "parties.csv"
        on = "party"
        key = "id"
        [[waybill.join]]
        name = "lines"
        file = "lines.csv"
        on = "number"
        take = "last"
        order_by = ["position"]
        [[waybill.join]]
        name = "goods"
        file = "goods.csv"
        on = { join = "lines", column = "sku" }
    "#;
    let folder = Folder::new()
        .with("waybills.csv", "number,posted_on,party\nA,2026-01-01,1\nB,2026-01-01,2\nC,2026-01-01,\nD,2026-01-01,3\nE,2026-01-01,1\nF,2026-01-01,1\n")
        .with("parties.csv", "id,name\n1,Ann\n2,Bob\n2,Bert\n1,Ann\n")
        .with(
            "lines.csv",
            "number,position,sku,amount,money\n\
             A,10,ten,\"0,30\",EUR\n\
             A,9,nine,\"0,20\",EUR\n\
             A,2,two,,EUR\n\
             B,1,one,\"1,00\",EUR\n\
             C,1,one,\"1,00\",EUR\n\
             C,2,two,\"1,00\",USD\n\
             E,1,one,\"1,x\",EUR\n\
             F,1,one,\"1,00\",\n\
             F,broken\n",
        )
        .with("goods.csv", "sku,category,size\nten,fresh,L\none,dry,\n");
    let reading = folder.read(mapping);
    let [a, d] = &reading.records.waybills[..] else { panic!("{:?}", reading.quarantine) };
    assert_eq!((a.fee.unwrap().to_string(), a.product.as_ref().unwrap().as_str()), ("0.50 EUR".to_owned(), "ten"));
    assert_eq!((a.customer.as_ref().unwrap().as_str(), a.cargo_category.as_ref().unwrap().as_str()), ("Ann", "fresh"));
    assert_eq!(a.attributes.values().next().unwrap().as_str(), "L");
    assert_eq!((d.fee, &d.customer, &d.product), (None, &None, &None));
    let places: Vec<_> =
        reading.quarantine.iter().map(|row| (row.file.as_str(), row.line, row.reason.code())).collect();
    assert_eq!(
        places,
        [
            ("lines.csv", 10, "wrong_cell_count"),
            ("parties.csv", 3, "several_joined_rows"),
            ("lines.csv", 7, "mixed_currencies"),
            ("lines.csv", 8, "invalid_money"),
            ("lines.csv", 9, "missing_currency"),
        ]
    );
    assert_eq!(refused(&reading, RecordKind::Waybill), 5);
}

#[test]
fn ratings_and_classes() {
    let mapping = r#"
        [[rating]]
        file = "ratings.csv"
        id = "id"
        rated_at = "at"
        score = { column = "score", values = { up = 1, down = 0 }, unlisted = "keep" }
        scale_min = 0
        scale_max = { column = "max" }
        question = { column = "question" }
        aspect = { constant = "delivery" }
        system_default = "auto"
        [[complaint]]
        file = "ratings.csv"
        id = "id"
        opened_at = "at"
        class = { constant = "inquiry" }
    "#;
    let reading = Folder::new()
        .with("ratings.csv", "id,at,score,max,question,auto\n1,2026-01-01 00:00,up,1,,1\n2,2026-01-01 00:00,9.5,10,nps,0\n3,2026-01-01 00:00,11,10,nps,0\n4,2026-01-01 00:00,,10,nps,0\n5,2026-01-01 00:00,1,10,ces,\n")
        .read(mapping);
    assert_eq!(
        listing(&reading),
        [
            (4, "score", "11", "invalid_score"),
            (5, "score", "", "missing_score"),
            (6, "question", "ces", "unknown_value")
        ]
    );
    assert!(reading.records.ratings[0].system_default && !reading.records.ratings[1].system_default);
    assert_eq!(
        (reading.records.ratings[1].score.value(), reading.records.complaints[4].class),
        (9500, CaseClass::Inquiry)
    );
}

#[test]
fn the_party_of_a_scan_by_its_own_words_and_by_the_carriers() {
    let read = |party: &str, rows: &str| {
        let mapping = format!(
            "[[event]]\nfile = \"events.csv\"\nwaybill = \"number\"\nposted_on = {{ constant = \"2026-01-01\" }}\n\
             kind = {{ constant = \"held\" }}\noccurred_at = \"at\"\nparty = {party}\n"
        );
        Folder::new().with("events.csv", format!("number,at,account\n{rows}")).read(&mapping)
    };
    let mapped = "{ column = \"account\", values = { \"不可抗力\" = \"force_majeure\", \"我司\" = \"carrier\" } }";
    for (party, rows) in [
        ("\"account\"", "A,2026-01-02 00:00,force_majeure\nA,2026-01-02 01:00,carrier\n"),
        (mapped, "A,2026-01-02 00:00,不可抗力\nA,2026-01-02 01:00,我司\n"),
    ] {
        let reading = read(party, rows);
        let parties: Vec<_> = reading.records.events.iter().map(|event| event.party).collect();
        assert_eq!(parties, [Some(Party::ForceMajeure), Some(Party::Carrier)], "{:?}", reading.quarantine);
    }
    let refused = read("\"account\"", "A,2026-01-02 00:00,storm\n");
    assert_eq!(refused.records.events.len(), 0);
    let listed = format!("{:?}", refused.quarantine);
    assert!(listed.contains("force_majeure"), "the message names the words there are: {listed}");
}

#[test]
fn stage_plans_and_legs() {
    let mapping = r#"
        zone = "UTC"
        [waybill]
        file = "waybills.csv"
        number = "number"
        posted_on = "posted_on"
        [waybill.stage_plans]
        check_in = { concat = ["check_in", "unit"], separator = "" }
        "dep#2" = "dep_2"
        "i1/dep#2" = "i1_dep_2"
        [event]
        file = "events.csv"
        waybill = "number"
        leg = "leg"
        [[event.step]]
        kind = "hub_arrived"
        occurred_at = "in"
        [[event.step]]
        kind = "delivered"
        occurred_at = "done"
        leg = { constant = "o" }
    "#;
    let reading = Folder::new()
        .with(
            "waybills.csv",
            "number,posted_on,check_in,unit,dep_2,i1_dep_2\nA,2026-10-01,90,m,2h,0h\nB,2026-10-01,,,,\nC,2026-10-01,1,h,-1h,\n",
        )
        .with("events.csv", "number,leg,in,done\nA,i1,2026-10-01 10:00,2026-10-02 10:00\nB,,2026-10-01 10:00,\n")
        .read(mapping);
    let records = &reading.records;
    let plans = |place: usize| -> Vec<String> {
        records.waybills[place].stage_plans.iter().map(|(key, plan)| format!("{key} {plan}")).collect()
    };
    assert_eq!(
        (plans(0), plans(1).len()),
        (["check_in 90m", "dep#2 2h", "i1/dep#2 0h"].map(str::to_owned).to_vec(), 0)
    );
    let refused = &reading.quarantine[0];
    assert_eq!((reading.quarantine.len(), refused.reason.code()), (1, "invalid_number"));
    let legs: Vec<_> = records.events.iter().map(|event| event.leg.as_ref().map(|leg| leg.as_str())).collect();
    assert_eq!(legs, [Some("i1"), Some("o"), None]);
    // Records keep their text form: keys of plans are strings.
    let written = serde_json::to_string(&records.waybills[0]).unwrap();
    assert!(written.contains(r#""i1/dep#2":"0h""#), "{written}");
    assert_eq!(serde_json::from_str::<parcelgauge::record::Waybill>(&written).unwrap(), records.waybills[0]);
    let written = serde_json::to_string(&records.events[0]).unwrap();
    assert_eq!(serde_json::from_str::<parcelgauge::record::NodeEvent>(&written).unwrap(), records.events[0]);
}
