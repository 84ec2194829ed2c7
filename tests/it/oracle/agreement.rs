//! Generated records: every row of the scorecard agrees with the oracle.

use proptest::prelude::*;

use super::generate::cases as generated;
use super::rows::compare;

/// 64 cases, unless the environment asks for another number.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(64)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases()) })]

    #[test]
    fn every_row_agrees_with_the_oracle(cases in generated()) {
        for case in cases {
            let agreed = compare(&case.records, &case.choices);
            prop_assert!(agreed.is_ok(), "{}\n{}", agreed.err().unwrap_or_default(), case.describe());
        }
    }
}
