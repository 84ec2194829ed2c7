//! Vocabularies of the crate, named in a mapping.

use parcelgauge::intake::{Mapping, Reason};
use parcelgauge::record::NodeKind;

use super::Folder;

const MAPPING: &str = "[waybill]\nfile = \"w.csv\"\nnumber = \"no\"\nposted_on = \"day\"\n[event]\nfile = \"e.csv\"\n\
                       waybill = \"no\"\nkind = { column = \"code\", vocabulary = \"kuaidi100\" }\noccurred_at = \"at\"\n\
                       raw_code = \"code\"\n";

#[test]
fn a_kind_may_name_a_system_the_crate_knows() {
    let scans = "no,code,at\nA,103,2026-10-01 08:00\nA,1001,2026-10-02 08:00\nA,501,2026-10-02 12:00\nA,签收,2026-10-02 18:00\n";
    let folder = Folder::new().with("w.csv", "no,day\nA,2026-10-01\n").with("e.csv", scans);
    let reading = folder.read(MAPPING);
    let told =
        reading.records.events.iter().map(|event| (event.kind, event.raw_code.as_ref().map(|code| code.as_str())));
    let expected =
        [(NodeKind::Collected, Some("103")), (NodeKind::Stored, Some("501")), (NodeKind::Delivered, Some("签收"))];
    assert_eq!(told.collect::<Vec<_>>(), expected);
    // An arrival in a city does not say at which site.
    assert_eq!(reading.quarantine.len(), 1);
    assert_eq!((reading.quarantine[0].reason, reading.quarantine[0].value.as_str()), (Reason::UnknownStatus, "1001"));
}

#[test]
fn a_table_of_ones_own_goes_before_one_of_the_crate() {
    let own = format!("{MAPPING}[vocabulary.kuaidi100]\n7 = \"delivered\"\n");
    let folder =
        Folder::new().with("w.csv", "no,day\nA,2026-10-01\n").with("e.csv", "no,code,at\nA,7,2026-10-01 08:00\n");
    assert_eq!(folder.read(&own).records.events[0].kind, NodeKind::Delivered);
    assert_eq!(folder.read(MAPPING).records.events[0].kind, NodeKind::Redirected);
}

#[test]
fn only_a_kind_may_and_only_a_system_there_is() {
    let other = MAPPING.replace("kuaidi100", "hermes");
    assert!(Mapping::parse(&other).is_err_and(|error| error.to_string().contains("[vocabulary.hermes]")));
    let product = MAPPING.replace("raw_code = \"code\"", "party = { column = \"code\", vocabulary = \"kuaidi100\" }");
    assert!(Mapping::parse(&product).is_err_and(|error| error.to_string().contains("[vocabulary.kuaidi100]")));
}
