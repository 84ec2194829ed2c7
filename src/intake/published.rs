//! The vocabularies that come with the crate, as tables of values.

use std::collections::HashMap;

/// The node kinds of a system's codes and of their other names; none where there is no such system.
#[cfg(feature = "codes")]
pub(super) fn node_kinds(system: &str) -> Option<HashMap<String, String>> {
    use crate::codes::{Code, CodePolicies, Sense, System};
    let vocabulary = System::named(system)?.vocabulary().ok()?;
    let kind = |code: &Code| match code.meaning.sense(CodePolicies::default()) {
        Sense::Node(kind) => Some(kind.name().to_owned()),
        Sense::Arrival | Sense::Departure | Sense::NoNode => None,
    };
    let names = vocabulary.codes().map(|(name, _)| name).chain(vocabulary.aliases().map(|(alias, _)| alias));
    Some(names.filter_map(|name| Some((name.to_owned(), vocabulary.code(name).and_then(kind)?))).collect())
}

/// None: the vocabularies are not built in.
#[cfg(not(feature = "codes"))]
pub(super) fn node_kinds(_system: &str) -> Option<HashMap<String, String>> {
    None
}
