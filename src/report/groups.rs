//! What is to be known of groups beyond their names.

use crate::cube::Dimension;

use super::grid::{WIDTH, listed, wrapped};

/// One line a dimension of which there is something to say: under which policies its outcomes are, or that its groups
/// overlap.
pub(super) fn told(dimensions: &[Dimension]) -> String {
    let line = |dimension: &Dimension| match dimension {
        Dimension::Outcome(by) => {
            let params = by.gauge().params();
            let shown = params.iter().map(|(name, value)| format!("{name}={value}"));
            wrapped(&format!("Groups by {}: ", by.name()), "      ", listed(shown.collect()), WIDTH)
        }
        overlapping if overlapping.is_overlapping() => {
            format!(
                "Groups by {overlapping} overlap: what lies in several counts in each, so that they do not add up.\n"
            )
        }
        _ => String::new(),
    };
    dimensions.iter().map(line).collect()
}
