//! What the values of a field are read by: a table of the mapping, or a vocabulary that comes with the crate.

use std::collections::HashMap;

use super::IntakeError;
use super::keys::Keys;
use super::plan::Scope;
use super::written::{Entry, Node, Table, Value};

/// What values are read by.
pub(super) enum Values<'t> {
    /// By a table of the mapping.
    Own(&'t Table),
    /// By a vocabulary of this crate.
    Published(HashMap<String, String>),
}

impl<'t> Values<'t> {
    /// The table that a field names or holds; none where it has neither.
    pub(super) fn of<'k: 't>(scope: &'t Scope<'_>, field: &mut Keys<'k>) -> Result<Option<Self>, IntakeError> {
        let (values, vocabulary) = (field.table("values")?, field.text("vocabulary")?);
        match (values, vocabulary) {
            (Some(_), Some(_)) => {
                Err(field.rule("vocabulary", "there is a table of values besides", "give one of them"))
            }
            (values, None) => Ok(values.map(Self::Own)),
            (None, Some(name)) => match scope.defaults.vocabulary.and_then(|all| all.find(name)) {
                Some(Entry { node: Node { value: Value::Table(table), .. }, .. }) => Ok(Some(Self::Own(table))),
                _ => {
                    if field.path() == "kind"
                        && let Some(values) = node_kinds(name)
                    {
                        return Ok(Some(Self::Published(values)));
                    }
                    let problem = format!("there is no table [vocabulary.{name}]");
                    Err(field.rule("vocabulary", problem, "add it, or write the values inline"))
                }
            },
        }
    }
}

/// The node kinds of a system's codes and of their other names; none where there is no such system.
#[cfg(feature = "codes")]
fn node_kinds(system: &str) -> Option<HashMap<String, String>> {
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
fn node_kinds(_system: &str) -> Option<HashMap<String, String>> {
    None
}
