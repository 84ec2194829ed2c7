//! Codes, texts and reasons read together; what is not known is counted.

use parcelgauge::codes::{CodePolicies, Decoder, LockerDeposit, LockerSignature, Meaning, Sense, System};
use parcelgauge::record::{NodeKind, Party, Responsible, ShipperFault};

fn decoder(system: System) -> Decoder<'static> {
    Decoder::new(system.vocabulary().expect("a file"), CodePolicies::default())
}

#[test]
fn a_text_tells_only_what_its_code_is_used_for() {
    let mut kuaidi = decoder(System::Kuaidi100);
    let mut meaning = |code, text| kuaidi.decode(Some(code), Some(text), None).meaning;
    assert_eq!(meaning("0", "快件已由便民店代收，请及时取件"), Some(Meaning::LockerDeposit));
    assert_eq!(meaning("0", "【济南转运中心公司】 已收入"), Some(Meaning::ArrivedHub));
    assert_eq!(meaning("在途", "【孙村公司】 已收入"), Some(Meaning::ArrivedFacility));
    assert_eq!(meaning("0", "已签收"), Some(Meaning::Linehaul), "a code of transit is no delivery, whatever its text");
    assert_eq!(meaning("301", "派件中"), Some(Meaning::Delivered));
    assert_eq!(kuaidi.unknown().count(), 0);
}

#[test]
fn a_reason_tells_who_answers_and_what_the_code_leaves_open() {
    let mut karrio = decoder(System::Karrio);
    let refused = karrio.decode(Some("delivery_failed"), None, Some("consignee_refused"));
    assert_eq!((refused.sense, refused.party()), (Sense::Node(NodeKind::Refused), Some(Party::Recipient)));
    let late = karrio.decode(Some("delivery_delayed"), None, Some("retailer_not_ready"));
    assert_eq!(late.responsible, Some(Responsible::Shipper(ShipperFault::LateHandOver)));
    assert_eq!((late.sense, late.party()), (Sense::Node(NodeKind::Held), Some(Party::Sender)));
    let storm = karrio.decode(Some("on_hold"), None, Some("natural_disaster"));
    assert_eq!(storm.party(), Some(Party::ForceMajeure));
    let mut aftership = decoder(System::AfterShip);
    assert_eq!(aftership.decode(Some("AttemptFail_002"), None, None).party(), Some(Party::Recipient));
}

#[test]
fn lockers_are_read_by_policy() {
    let senses = |policies: CodePolicies| {
        [(System::Kuaidi100, "501"), (System::TrackingMore, "delivered004"), (System::Kuaidi100, "304")].map(
            |(system, code)| {
                Decoder::new(system.vocabulary().expect("a file"), policies).decode(Some(code), None, None).sense
            },
        )
    };
    let (stored, delivered) = (Sense::Node(NodeKind::Stored), Sense::Node(NodeKind::Delivered));
    let default = CodePolicies::default();
    assert_eq!(senses(default), [stored, stored, delivered]);
    assert_eq!(senses(default.with_locker_deposit(LockerDeposit::Delivered)), [delivered; 3]);
    assert_eq!(senses(default.with_locker_signature(LockerSignature::Stored)), [stored; 3]);
    assert_eq!(default.names(), ["locker_deposit=stored", "locker_signature=delivered"]);
}

#[test]
fn unknown_codes_are_counted_and_a_suggestion_is_never_applied() {
    let mut track = decoder(System::SeventeenTrack);
    for _ in 0..3 {
        assert_eq!(track.decode(Some("intransit_pickedup"), None, None).sense, Sense::NoNode);
    }
    let by_text = track.decode(Some("X9"), Some("Out for Delivery, in truck"), None);
    assert_eq!(by_text.sense, Sense::Node(NodeKind::OutForDelivery), "a text that can be read is read");
    track.decode(None, Some("gibberish"), None);
    track.decode(None, None, None);
    let told: Vec<_> =
        track.unknown().map(|code| (code.code.to_owned(), code.count, code.suggestion.unwrap_or_default())).collect();
    let line = |code: &str, count, suggestion: &str| (code.to_owned(), count, suggestion.to_owned());
    assert_eq!(
        told,
        [
            line("", 1, ""),
            line("X9", 1, "by its text out_for_delivery"),
            line("gibberish", 1, ""),
            line("intransit_pickedup", 3, "InTransit_PickedUp: picked_up"),
        ]
    );
}

/// Three letters may have one wrong, two may not.
#[test]
fn a_suggestion_changes_no_more_than_a_third_of_the_letters() {
    let mut emsevt = decoder(System::Emsevt);
    for code in ["EMX", "XMX", "EM"] {
        emsevt.decode(Some(code), None, None);
    }
    let told: Vec<_> = emsevt.unknown().map(|code| code.suggestion).collect();
    assert_eq!(told, [None, Some("EMA: picked_up".to_owned()), None], "EM, EMX, XMX");
}
