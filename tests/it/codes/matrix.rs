//! The seven systems side by side, row for row as the page of facts has them (§2.4), and the node each row is.

use std::collections::BTreeSet;

use parcelgauge::codes::{CodePolicies, Meaning, Sense, System};
use parcelgauge::record::NodeKind;

/// A row: its name on the page, our meanings for it, the node of each by default.
struct Row {
    name: &'static str,
    meanings: &'static [(Meaning, Sense)],
    /// The codes of each system that stand in it.
    codes: &'static [(System, &'static [&'static str])],
}

const fn node(kind: NodeKind) -> Sense {
    Sense::Node(kind)
}

use System::{AfterShip, EasyPost, Emsevt, Epcis, Karrio, Kuaidi100, SeventeenTrack};

/// Left out of the cells: what is no code (`ITMATT`, "reason", "action", a number with a question mark), and EMG, EDE, EDG,
/// EDH, which no source attests.
const ROWS: &[Row] = &[
    Row {
        name: "ordered",
        meanings: &[(Meaning::Ordered, node(NodeKind::Ordered))],
        codes: &[
            (Epcis, &["commissioning", "consigning"]),
            (Karrio, &["pending"]),
            (AfterShip, &["InfoReceived_001", "Pending_001"]),
            (EasyPost, &["pre_transit", "label_created"]),
            (SeventeenTrack, &["InfoReceived"]),
            (Kuaidi100, &["101", "102"]),
        ],
    },
    Row {
        name: "picked_up",
        meanings: &[(Meaning::PickedUp, node(NodeKind::Collected))],
        codes: &[
            (Emsevt, &["EMA"]),
            (Epcis, &["accepting", "collecting"]),
            (Karrio, &["picked_up"]),
            (AfterShip, &["InTransit_002"]),
            (EasyPost, &["in_transit", "received_at_origin_facility"]),
            (SeventeenTrack, &["InTransit_PickedUp"]),
            (Kuaidi100, &["1", "103"]),
        ],
    },
    Row {
        name: "arrived_facility",
        meanings: &[
            (Meaning::ArrivedFacility, Sense::Arrival),
            (Meaning::ArrivedOrigin, node(NodeKind::OriginArrived)),
            (Meaning::ArrivedHub, node(NodeKind::HubArrived)),
            (Meaning::ArrivedDestination, node(NodeKind::DestinationArrived)),
        ],
        codes: &[
            (Emsevt, &["EMB", "EMJ", "EMD"]),
            (Epcis, &["arriving", "receiving"]),
            (Karrio, &["in_transit"]),
            (AfterShip, &["InTransit_003", "InTransit_004"]),
            (EasyPost, &["arrived_at_facility", "received_at_destination_facility"]),
            (SeventeenTrack, &["InTransit_Arrival"]),
            (Kuaidi100, &["0", "1001"]),
        ],
    },
    Row {
        name: "sorted",
        meanings: &[(Meaning::Sorted, Sense::NoNode)],
        codes: &[
            (Emsevt, &["EDD"]),
            (Epcis, &["inspecting", "unloading", "loading"]),
            (Karrio, &["in_transit"]),
            (AfterShip, &["InTransit_003"]),
            (EasyPost, &["status_update"]),
            (SeventeenTrack, &["InTransit_Other"]),
            (Kuaidi100, &["0"]),
        ],
    },
    Row {
        name: "departed_facility",
        meanings: &[
            (Meaning::DepartedFacility, Sense::Departure),
            (Meaning::DepartedOrigin, node(NodeKind::OriginDeparted)),
            (Meaning::DepartedHub, node(NodeKind::HubDeparted)),
        ],
        codes: &[
            (Emsevt, &["EMF", "EMB", "EMC"]),
            (Epcis, &["departing", "shipping"]),
            (Karrio, &["in_transit"]),
            (AfterShip, &["InTransit_007"]),
            (EasyPost, &["departed_facility", "departed_origin_facility"]),
            (SeventeenTrack, &["InTransit_Departure"]),
            (Kuaidi100, &["0"]),
        ],
    },
    Row {
        name: "linehaul",
        meanings: &[(Meaning::Linehaul, Sense::NoNode)],
        codes: &[
            (Emsevt, &["EMC", "EMK"]),
            (Epcis, &["transporting", "disposition:in_transit"]),
            (Karrio, &["in_transit"]),
            (AfterShip, &["InTransit_001"]),
            (EasyPost, &["in_transit", "transferred_to_destination_carrier"]),
            (SeventeenTrack, &["InTransit_Other"]),
            (Kuaidi100, &["1002"]),
        ],
    },
    Row {
        name: "customs_in",
        meanings: &[(Meaning::CustomsIn, node(NodeKind::CustomsIn))],
        codes: &[
            (Emsevt, &["EXA", "EDB"]),
            (Epcis, &["inspecting"]),
            (Karrio, &["in_transit"]),
            (AfterShip, &["InTransit_006"]),
            (EasyPost, &["awaiting_information"]),
            (SeventeenTrack, &["InTransit_CustomsProcessing"]),
            (Kuaidi100, &["8", "10", "11"]),
        ],
    },
    Row {
        name: "customs_held",
        meanings: &[(Meaning::CustomsHeld, node(NodeKind::Held))],
        codes: &[
            (Emsevt, &["EXB", "EME"]),
            (Epcis, &["holding"]),
            (Karrio, &["on_hold"]),
            (AfterShip, &["Exception_004", "Exception_018"]),
            (EasyPost, &["held"]),
            (SeventeenTrack, &["InTransit_CustomsRequiringInformation"]),
            (Kuaidi100, &["13"]),
        ],
    },
    Row {
        name: "customs_cleared",
        meanings: &[(Meaning::CustomsCleared, node(NodeKind::CustomsOut))],
        codes: &[
            (Emsevt, &["EXC", "EDC"]),
            (Karrio, &["in_transit"]),
            (AfterShip, &["InTransit_005"]),
            (EasyPost, &["status_update"]),
            (SeventeenTrack, &["InTransit_CustomsReleased"]),
            (Kuaidi100, &["12"]),
        ],
    },
    Row {
        name: "out_for_delivery",
        meanings: &[(Meaning::OutForDelivery, node(NodeKind::OutForDelivery))],
        codes: &[
            (Epcis, &["departing"]),
            (Karrio, &["out_for_delivery"]),
            (AfterShip, &["OutForDelivery_001"]),
            (EasyPost, &["out_for_delivery"]),
            (SeventeenTrack, &["OutForDelivery_Other"]),
            (Kuaidi100, &["5"]),
        ],
    },
    Row {
        name: "attempt_failed",
        meanings: &[(Meaning::AttemptFailed, node(NodeKind::AttemptFailed))],
        codes: &[
            (Emsevt, &["EMH"]),
            (Epcis, &["other"]),
            (Karrio, &["delivery_failed"]),
            (AfterShip, &["AttemptFail_001", "AttemptFail_002", "AttemptFail_003"]),
            (EasyPost, &["failure", "delivery_exception"]),
            (
                SeventeenTrack,
                &[
                    "DeliveryFailure_Other",
                    "DeliveryFailure_NoBody",
                    "DeliveryFailure_Security",
                    "DeliveryFailure_Rejected",
                    "DeliveryFailure_InvalidAddress",
                ],
            ),
            (Kuaidi100, &["204", "206"]),
        ],
    },
    Row {
        name: "stored_pickup_point / locker",
        meanings: &[(Meaning::Stored, node(NodeKind::Stored)), (Meaning::LockerDeposit, node(NodeKind::Stored))],
        codes: &[
            (Epcis, &["storing", "holding"]),
            (Karrio, &["ready_for_pickup"]),
            (AfterShip, &["AvailableForPickup_001"]),
            (EasyPost, &["available_for_pickup", "arrived_at_pickup_location"]),
            (SeventeenTrack, &["AvailableForPickup_Other"]),
            (Kuaidi100, &["501"]),
        ],
    },
    Row {
        name: "delivered_signed",
        meanings: &[
            (Meaning::Delivered, node(NodeKind::Delivered)),
            (Meaning::LockerSignature, node(NodeKind::Delivered)),
        ],
        codes: &[
            (Emsevt, &["EMI"]),
            (Epcis, &["receiving", "dispensing"]),
            (Karrio, &["delivered"]),
            (AfterShip, &["Delivered_001", "Delivered_002", "Delivered_003", "Delivered_004", "Delivered_005"]),
            (EasyPost, &["delivered"]),
            (SeventeenTrack, &["Delivered_Other"]),
            (Kuaidi100, &["3", "301", "302", "303", "304"]),
        ],
    },
    Row {
        name: "exc_damage",
        meanings: &[(Meaning::Damage, node(NodeKind::Damaged))],
        codes: &[
            (Epcis, &["disposition:damaged"]),
            (Karrio, &["carrier_damaged_parcel"]),
            (AfterShip, &["Exception_012"]),
            (EasyPost, &["damaged"]),
            (SeventeenTrack, &["Exception_Damage"]),
            (Kuaidi100, &["209"]),
        ],
    },
    Row {
        name: "exc_loss",
        meanings: &[(Meaning::Loss, node(NodeKind::Lost))],
        codes: &[
            (Epcis, &["disposition:stolen", "disposition:unknown"]),
            (Karrio, &["carrier_parcel_lost"]),
            (AfterShip, &["Exception_013"]),
            (EasyPost, &["lost"]),
            (SeventeenTrack, &["Exception_Lost", "Exception_Destroyed"]),
        ],
    },
    Row {
        name: "exc_misroute",
        meanings: &[(Meaning::Misroute, node(NodeKind::Missorted))],
        codes: &[
            (Emsevt, &["EMC", "EMK"]),
            (Epcis, &["disposition:mismatch_instance", "disposition:mismatch_class", "disposition:mismatch_quantity"]),
            (Karrio, &["carrier_sorting_error"]),
            (AfterShip, &["Exception_016"]),
            (EasyPost, &["missorted"]),
            (SeventeenTrack, &["Exception_Other"]),
            (Kuaidi100, &["207"]),
        ],
    },
    Row {
        name: "exc_refused",
        meanings: &[(Meaning::Refusal, node(NodeKind::Refused))],
        codes: &[
            (Emsevt, &["EMH"]),
            (Epcis, &["other"]),
            (Karrio, &["consignee_refused"]),
            (AfterShip, &["Exception_003"]),
            (EasyPost, &["refused"]),
            (SeventeenTrack, &["DeliveryFailure_Rejected", "Exception_Rejected"]),
            (Kuaidi100, &["203", "14"]),
        ],
    },
    Row {
        name: "exc_address",
        meanings: &[(Meaning::AddressFault, node(NodeKind::AddressProblem))],
        codes: &[
            (Emsevt, &["EMH"]),
            (Karrio, &["consignee_incorrect_address"]),
            (AfterShip, &["Exception_002", "Exception_007"]),
            (EasyPost, &["address_correction"]),
            (SeventeenTrack, &["DeliveryFailure_InvalidAddress"]),
            (Kuaidi100, &["206", "204"]),
        ],
    },
    Row {
        name: "exc_delay/weather",
        meanings: &[(Meaning::Delay, node(NodeKind::Held))],
        codes: &[
            (Emsevt, &["EDA", "EXD"]),
            (Epcis, &["holding"]),
            (Karrio, &["delivery_delayed", "weather_delay"]),
            (AfterShip, &["Exception_005", "Exception_017"]),
            (EasyPost, &["delayed", "weather_delay"]),
            (SeventeenTrack, &["Exception_Delayed"]),
            (Kuaidi100, &["208", "201", "202"]),
        ],
    },
    Row {
        name: "uncollected",
        meanings: &[(Meaning::Uncollected, Sense::NoNode)],
        codes: &[
            (Epcis, &["holding"]),
            (AfterShip, &["Exception_008"]),
            (EasyPost, &["expired"]),
            (SeventeenTrack, &["Exception_NoBody"]),
            (Kuaidi100, &["205"]),
        ],
    },
    Row {
        name: "forwarded",
        meanings: &[(Meaning::Forwarded, node(NodeKind::Redirected))],
        codes: &[
            (Karrio, &["in_transit"]),
            (AfterShip, &["InTransit_009"]),
            (EasyPost, &["status_update"]),
            (Kuaidi100, &["7", "1003"]),
        ],
    },
    Row {
        name: "returning",
        meanings: &[(Meaning::Returning, node(NodeKind::Returned))],
        codes: &[
            (Emsevt, &["EMH"]),
            (Epcis, &["shipping", "disposition:returned"]),
            (Karrio, &["return_to_sender"]),
            (AfterShip, &["Exception_010", "Exception_011"]),
            (EasyPost, &["return_to_sender", "return"]),
            (SeventeenTrack, &["Exception_Returning"]),
            (Kuaidi100, &["6"]),
        ],
    },
    Row {
        name: "returned_signed",
        meanings: &[(Meaning::ReturnedSigned, node(NodeKind::Returned))],
        codes: &[
            (Epcis, &["receiving", "disposition:returned"]),
            (Karrio, &["return_to_sender"]),
            (AfterShip, &["Exception_010", "Exception_011"]),
            (EasyPost, &["return_to_sender"]),
            (SeventeenTrack, &["Exception_Returned"]),
            (Kuaidi100, &["4"]),
        ],
    },
    Row {
        name: "cancelled",
        meanings: &[(Meaning::Cancelled, node(NodeKind::Cancelled))],
        codes: &[
            (Emsevt, &["EXX"]),
            (Epcis, &["void_shipping"]),
            (Karrio, &["cancelled"]),
            (EasyPost, &["cancelled"]),
            (SeventeenTrack, &["Exception_Cancel"]),
            (Kuaidi100, &["401", "210"]),
        ],
    },
    Row {
        name: "stale/expired",
        meanings: &[(Meaning::Stale, Sense::NoNode)],
        codes: &[
            (Karrio, &["unknown"]),
            (AfterShip, &["Expired_001"]),
            (EasyPost, &["unknown", "expired"]),
            (SeventeenTrack, &["Expired_Other", "NotFound_Other", "NotFound_InvalidCode"]),
            (Kuaidi100, &["202"]),
        ],
    },
];

#[test]
fn the_seven_systems_agree_with_the_table() {
    for row in ROWS {
        for &(system, codes) in row.codes {
            let vocabulary = system.vocabulary().expect("a file");
            for &code in codes {
                let said = match (vocabulary.code(code), vocabulary.reason(code)) {
                    (Some(code), _) => code.also.iter().copied().chain([code.meaning]).collect(),
                    (None, Some(reason)) => vec![reason.meaning],
                    (None, None) => panic!("{system:?} lacks {code}"),
                };
                let fits = row.meanings.iter().any(|(meaning, _)| said.contains(meaning));
                assert!(fits, "{system:?} {code}: {said:?}, but the table has it under {}", row.name);
            }
        }
    }
}

#[test]
fn every_row_has_its_node_and_every_meaning_its_row() {
    for (meaning, sense) in ROWS.iter().flat_map(|row| row.meanings) {
        assert_eq!(meaning.sense(CodePolicies::default()), *sense, "{meaning:?}");
    }
    let placed: BTreeSet<Meaning> = ROWS.iter().flat_map(|row| row.meanings).map(|&(meaning, _)| meaning).collect();
    let own: Vec<_> = Meaning::ALL.into_iter().filter(|meaning| !placed.contains(meaning)).collect();
    assert_eq!(own, [Meaning::Exception, Meaning::NoEvent], "the two the page has no row for");
    for meaning in own {
        assert_eq!(meaning.sense(CodePolicies::default()), Sense::NoNode);
    }
}

/// What a code of the seven systems says first stands in the row that holds the code, where a row does.
#[test]
fn no_code_is_read_first_as_what_the_table_does_not_say() {
    // The table gives these a row of which we read another meaning first, for the reason beside them.
    let ours = [
        (Emsevt, "EMK", Meaning::DepartedHub), // the table: linehaul; the code is a departure by its own words
        (Epcis, "other", Meaning::NoEvent),    // a step without meaning, used for attempts and refusals
        (Epcis, "disposition:unknown", Meaning::NoEvent), // unknown is not lost
        (EasyPost, "status_update", Meaning::NoEvent),
        (SeventeenTrack, "Exception_Other", Meaning::Exception), // a misroute only where the text says so
        (Kuaidi100, "0", Meaning::Linehaul), // the text tells arrival, sorting and departure apart, where it does
        (Karrio, "on_hold", Meaning::Delay), // customs only with a customs reason
        (Kuaidi100, "201", Meaning::Stale),  // not signed for in time: a conclusion from silence, like 202
    ];
    for (system, code, meaning) in ours {
        let said = system.vocabulary().expect("a file").code(code).map(|code| code.meaning);
        assert_eq!(said, Some(meaning), "{system:?} {code}");
    }
    let mut wrong = Vec::new();
    for system in [Emsevt, Epcis, Karrio, AfterShip, EasyPost, SeventeenTrack, Kuaidi100] {
        for (name, code) in system.vocabulary().expect("a file").codes() {
            let holds = |row: &&Row| row.codes.iter().any(|(of, codes)| *of == system && codes.contains(&name));
            let rows: Vec<_> = ROWS.iter().filter(holds).collect();
            let fits = rows.iter().any(|row| row.meanings.iter().any(|(meaning, _)| *meaning == code.meaning));
            let exempt = ours.iter().any(|&(of, code, _)| of == system && code == name);
            if !(rows.is_empty() || fits || exempt) {
                wrong.push(format!("{system:?} {name}: {:?}", code.meaning));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
