//! Pseudonyms: no identifier is left in anything that is printed, and no figure moves.

use std::collections::BTreeSet;

use parcelgauge::cube::{Dimension, Plan, Scorecard};
use parcelgauge::fact::Context;
use parcelgauge::kpi::catalogue;
use parcelgauge::pseudonym::{PseudonymError, Pseudonyms};
use parcelgauge::record::{Instant, Records, Window, Zone};
use parcelgauge::report::{summary, text_table};
use parcelgauge::simulate::Network;
use parcelgauge::target::BASELINE;

const KEY: &[u8] = b"sixteen bytes ok";

fn network() -> (Records, Instant) {
    let network = Network::new(7).expect("a network").with_shipments(1_500);
    let end = network.start() + chrono::Days::new(u64::from(network.days()) + 60);
    (network.records(), Zone::SHANGHAI.start_of(end))
}

/// The whole catalogue with as much evidence as there is, and its groups by a dimension.
fn scorecards(records: &Records, as_of: Instant, by: Dimension) -> [Scorecard; 2] {
    let context = Context::at(as_of);
    let plan = Plan::new(catalogue().iter()).with_window(Window::All).with_evidence(50);
    let whole = Scorecard::measure(records, &plan, &context);
    [whole, Scorecard::measure(records, &plan.by([by]), &context)]
}

/// Every identifier of a parcel, a case or a person in the records.
fn ids(records: &Records) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for waybill in &records.waybills {
        ids.insert(waybill.key.number.to_string());
        ids.extend(waybill.parent.iter().map(ToString::to_string));
        ids.extend(waybill.customer.iter().chain(&waybill.recipient).map(ToString::to_string));
    }
    ids.extend(records.events.iter().filter_map(|event| event.courier.as_ref()).map(ToString::to_string));
    ids.extend(records.complaints.iter().map(|case| case.id.to_string()));
    ids.extend(records.claims.iter().map(|claim| claim.id.to_string()));
    ids.extend(records.ratings.iter().map(|rating| rating.id.to_string()));
    ids
}

/// The words of a text: whatever stands between blanks and marks that no identifier holds.
fn words(text: &str) -> BTreeSet<&str> {
    text.split([' ', '\n', '"', ',', '(', ')', ';', ':', '[', ']', '{', '}']).filter(|word| !word.is_empty()).collect()
}

/// Everything that is printed of two scorecards.
fn printed([whole, parts]: &[Scorecard; 2]) -> String {
    let page = summary(whole, Some(parts), BASELINE);
    [whole.to_json(), parts.to_json(), text_table(whole), text_table(parts), page].join("\n")
}

#[test]
fn no_identifier_is_left_in_json_table_or_page() {
    let (records, as_of) = network();
    let ids = ids(&records);
    assert!(ids.len() > 1_500);
    let pseudonyms = Pseudonyms::new(KEY).expect("a key");
    for by in [Dimension::Customer, Dimension::DeliveryCourier, Dimension::Courier] {
        let raw = scorecards(&records, as_of, by.clone());
        let leaks = |text: &str| words(text).into_iter().filter(|&word| ids.contains(word)).count();
        assert!(leaks(&printed(&raw)) > 50, "without pseudonyms there are some to find");
        let hidden = raw.each_ref().map(|scorecard| pseudonyms.scorecard(scorecard));
        let text = printed(&hidden);
        let found: Vec<_> = words(&text).into_iter().filter(|&word| ids.contains(word)).collect();
        assert!(found.is_empty(), "by {by:?}: {found:?}");
        assert!(words(&text).contains("p"), "and there are pseudonyms");
    }
}

#[test]
fn figures_stay_as_they_are_and_rows_in_order() {
    let (records, as_of) = network();
    let pseudonyms = Pseudonyms::new(KEY).expect("a key");
    for raw in scorecards(&records, as_of, Dimension::Customer) {
        let hidden = pseudonyms.scorecard(&raw);
        assert_eq!((hidden.as_of, hidden.zone, &hidden.input), (raw.as_of, raw.zone, &raw.input));
        let told = |scorecard: &Scorecard| {
            let line = |row: &parcelgauge::cube::Row| {
                let severities: Vec<_> = row.evidence.iter().flatten().map(|one| (one.severity, one.outcome)).collect();
                format!("{} {} {:?} {} {severities:?}", row.definition.id, row.window, row.figure, row.seen)
            };
            let mut lines: Vec<_> = scorecard.rows.iter().map(line).collect();
            lines.sort();
            lines
        };
        assert_eq!(told(&hidden), told(&raw));
        let in_order = |one: &parcelgauge::cube::Row, next: &parcelgauge::cube::Row| {
            one.definition.id != next.definition.id
                || one.params != next.params
                || (one.period, &one.group) <= (next.period, &next.group)
        };
        assert!(hidden.rows.is_sorted_by(in_order));
        assert_eq!(pseudonyms.scorecard(&raw).to_json(), hidden.to_json(), "the same key, the same bytes");
    }
}

#[test]
fn business_names_stay_unless_told() {
    let (records, as_of) = network();
    let [_, raw] = scorecards(&records, as_of, Dimension::DestinationRegion);
    let names = |scorecard: &Scorecard| {
        let groups = scorecard.rows.iter().flat_map(|row| row.group.iter().filter_map(|value| value.text()));
        groups.map(str::to_owned).collect::<BTreeSet<_>>()
    };
    let pseudonyms = Pseudonyms::new(KEY).expect("a key");
    assert_eq!(names(&pseudonyms.scorecard(&raw)), names(&raw));
    let all = pseudonyms.with_dimension(Dimension::DestinationRegion);
    let hidden = names(&all.scorecard(&raw));
    assert!(hidden.iter().all(|name| name.starts_with("p:") || name == "unassigned"));
    assert_eq!(hidden.len(), names(&raw).len(), "no two groups become one");
}

/// RFC 4231, test case 2 has a key of 4 bytes, too short here; its case 6 has one longer than the block.
#[test]
fn a_pseudonym_is_what_any_tool_for_hmac_sha256_gives() {
    let long = Pseudonyms::new(&[0xaa; 131]).expect("a key");
    let text = "Test Using Larger Than Block-Size Key - Hash Key First";
    assert_eq!(long.of(text).as_str(), "p:60e431591ee0b67f0d8a26aa");
}

#[test]
fn a_key_has_sixteen_bytes_or_more_and_is_never_shown() {
    assert_eq!(Pseudonyms::new(&[7; 15]).err(), Some(PseudonymError::ShortKey { bytes: 15 }));
    let shown = format!("{:?}", Pseudonyms::new(KEY).expect("16 bytes will do"));
    assert!(!shown.contains("sixteen") && !shown.contains("115"), "{shown}");
}
