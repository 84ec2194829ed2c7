//! Records through batches and back.

use std::num::NonZeroUsize;

use parcelgauge::arrow::{BatchIntake, record_batches};
use parcelgauge::record::Records;
use proptest::prelude::*;

use crate::arbitrary;

/// Moves, payments and steps as tables tell them: in order of time, a move told twice once.
fn tidy(mut records: Records) -> Records {
    for waybill in &mut records.waybills {
        waybill.promise_moves.sort_unstable();
        waybill.promise_moves.dedup();
    }
    for claim in &mut records.claims {
        claim.payments.sort_unstable();
        claim.steps.sort_unstable();
    }
    records.complaints.iter_mut().for_each(|case| case.steps.sort_unstable());
    records
}

/// Only what tables can hold: rows that no record type refuses.
fn valid(mut records: Records) -> Records {
    records.waybills.retain(|waybill| waybill.validate().is_ok());
    records.complaints.retain(|case| case.validate().is_ok());
    records.claims.retain(|claim| claim.validate().is_ok());
    records.set_aside.clear();
    records
}

fn shown(records: &Records) -> String {
    format!("{records:#?}")
}

fn through(records: &Records, rows: usize) -> Records {
    let batches = record_batches(records, NonZeroUsize::new(rows).unwrap()).unwrap();
    let reading = BatchIntake::new().read(batches).unwrap();
    assert_eq!(reading.quarantine, []);
    reading.records
}

proptest! {
    #[test]
    fn batches_keep_hostile_records_as_they_are(case in arbitrary::case(), rows in 1_usize..9) {
        let records = tidy(valid(case.records));
        let mut ought = records.clone();
        ought.supplied = records.kinds();
        for rows in [1, rows, 1_000] {
            prop_assert_eq!(shown(&through(&records, rows)), shown(&ought));
        }
    }
}
