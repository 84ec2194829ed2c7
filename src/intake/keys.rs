//! Asking a table of the mapping for its keys. Who reads it names the keys it knows by asking for them; what was never
//! asked for is a slip of the pen, and an error.

use super::IntakeError;
use super::table::nearest;
use super::written::{Entry, Node, Spot, Table, Value};

/// A table of the mapping, or a value that stands for one, with the keys it was asked for.
#[derive(Debug, Clone)]
pub(super) struct Keys<'t> {
    file: &'t str, // of the mapping
    section: &'static str,
    path: String, // below the section: empty, `fee`, `fee.currency_column`
    spot: Spot,
    entries: &'t [Entry],
    /// `"x"` is short for `{ column = "x" }`, and `7` for `{ constant = 7 }`.
    short: Option<(&'static str, &'t Node)>,
    asked: Vec<&'static str>,
}

impl<'t> Keys<'t> {
    /// A table that is a section, or what stands above the sections.
    pub(super) fn new(section: &'static str, table: &'t Table) -> Self {
        let path = String::new();
        Self {
            file: &table.file,
            section,
            path,
            spot: table.spot,
            entries: &table.entries,
            short: None,
            asked: Vec::new(),
        }
    }

    /// A table below a key of this one.
    pub(super) fn below(&self, key: &str, table: &'t Table) -> Keys<'t> {
        let path = self.path_of(key);
        Self { path, ..Self::new(self.section, table) }
    }

    /// A value below a key, either a table or short for one.
    pub(super) fn field(&self, key: &str, node: &'t Node) -> Result<Keys<'t>, IntakeError> {
        let short = match &node.value {
            Value::Table(table) => return Ok(Keys { spot: node.spot, ..self.below(key, table) }),
            Value::Text(_) => "column",
            Value::Bare(_) => "constant",
            Value::Other(_) | Value::List(_) => {
                let remedy = "write a column name, a whole number or truth value as a constant, or a table such as \
                              { column = … }";
                return Err(self.rule_at(node.spot, key, format!("{} is no field", node.value), remedy));
            }
        };
        let (file, section, path) = (self.file, self.section, self.path_of(key));
        Ok(Keys { file, section, path, spot: node.spot, entries: &[], short: Some((short, node)), asked: Vec::new() })
    }

    pub(super) fn section(&self) -> &'static str {
        self.section
    }

    /// What messages call this table.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    pub(super) fn spot(&self) -> Spot {
        self.spot
    }

    fn path_of(&self, key: &str) -> String {
        match (self.path.is_empty(), key.is_empty()) {
            (true, _) => key.to_owned(),
            (_, true) => self.path.clone(),
            _ => format!("{}.{key}", self.path),
        }
    }

    /// What stands under a key, if anything does.
    pub(super) fn may(&mut self, key: &'static str) -> Option<&'t Node> {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
        let short = self.short.filter(|(own, _)| *own == key).map(|(_, node)| node);
        short.or_else(|| self.entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node))
    }

    /// What stands under a key that has to be there.
    pub(super) fn need(&mut self, key: &'static str) -> Result<&'t Node, IntakeError> {
        self.may(key).ok_or_else(|| self.missing(key, "add it"))
    }

    /// A key is missing: perhaps it is spelled wrongly, otherwise the remedy holds.
    pub(super) fn missing(&self, key: &str, remedy: &str) -> IntakeError {
        let unknown = self.entries.iter().filter(|entry| !self.asked.iter().any(|&asked| asked == entry.key));
        let names: Vec<String> = unknown.map(|entry| entry.key.clone()).collect();
        let remedy = match nearest(key, &names) {
            Some(alike) => format!("is it `{alike}`? name it `{key}`"),
            None => remedy.to_owned(),
        };
        self.rule(key, "the key is missing", &remedy)
    }

    /// The text under a key.
    pub(super) fn text(&mut self, key: &'static str) -> Result<Option<&'t str>, IntakeError> {
        match self.may(key) {
            None => Ok(None),
            Some(Node { value: Value::Text(text), .. }) => Ok(Some(text)),
            Some(node) => Err(self.unlike(key, node, "text in quotes")),
        }
    }

    /// The text under a key that has to be there.
    pub(super) fn need_text(&mut self, key: &'static str) -> Result<&'t str, IntakeError> {
        self.text(key)?.ok_or_else(|| self.missing(key, "add it"))
    }

    /// The texts under a key: a list, or one alone.
    pub(super) fn texts(&mut self, key: &'static str) -> Result<Option<Vec<String>>, IntakeError> {
        let Some(node) = self.may(key) else { return Ok(None) };
        let one = |node: &Node| match &node.value {
            Value::Text(text) => Ok(text.clone()),
            _ => Err(self.unlike(key, node, "text in quotes, or a list of such")),
        };
        one_or_many(node).iter().map(one).collect::<Result<_, _>>().map(Some)
    }

    /// The constant under a key.
    pub(super) fn literal(&mut self, key: &'static str) -> Result<Option<&'t str>, IntakeError> {
        self.may(key).map(|node| self.literal_of(key, node)).transpose()
    }

    /// The list of constants under a key.
    pub(super) fn literals(&mut self, key: &'static str) -> Result<Option<Vec<&'t str>>, IntakeError> {
        match self.may(key) {
            None => Ok(None),
            Some(Node { value: Value::List(many), .. }) => {
                many.iter().map(|one| self.literal_of(key, one)).collect::<Result<_, _>>().map(Some)
            }
            Some(node) => Err(self.unlike(key, node, "a list of constants")),
        }
    }

    pub(super) fn literal_of(&self, key: &str, node: &'t Node) -> Result<&'t str, IntakeError> {
        match &node.value {
            Value::Text(text) | Value::Bare(text) => Ok(text),
            _ => Err(self.unlike(key, node, "text in quotes, a whole number, true or false")),
        }
    }

    /// The truth value under a key.
    pub(super) fn truth(&mut self, key: &'static str) -> Result<Option<bool>, IntakeError> {
        self.choice(key, &[("true", true), ("false", false)])
    }

    /// The one of a closed set that stands under a key.
    pub(super) fn choice<T: Copy>(
        &mut self,
        key: &'static str,
        set: &[(&'static str, T)],
    ) -> Result<Option<T>, IntakeError> {
        let Some(node) = self.may(key) else { return Ok(None) };
        let written = self.literal_of(key, node)?;
        match set.iter().find(|(name, _)| *name == written) {
            Some((_, one)) => Ok(Some(*one)),
            None => {
                let names: Vec<String> = set.iter().map(|(name, _)| format!("`{name}`")).collect();
                let problem = format!("`{written}` is none of the words it may be");
                Err(self.rule_at(node.spot, key, problem, &format!("write {}", names.join(" or "))))
            }
        }
    }

    /// The values under a key: a list, or one alone.
    pub(super) fn nodes(&mut self, key: &'static str) -> &'t [Node] {
        self.may(key).map_or(&[], one_or_many)
    }

    /// The tables under a key: a list, or one alone.
    pub(super) fn tables(&mut self, key: &'static str) -> Result<Vec<&'t Table>, IntakeError> {
        let Some(node) = self.may(key) else { return Ok(Vec::new()) };
        let one = |node: &'t Node| match &node.value {
            Value::Table(table) => Ok(table),
            _ => Err(self.unlike(key, node, "a table, or a list of them")),
        };
        one_or_many(node).iter().map(one).collect()
    }

    /// The table under a key.
    pub(super) fn table(&mut self, key: &'static str) -> Result<Option<&'t Table>, IntakeError> {
        match self.may(key) {
            None => Ok(None),
            Some(Node { value: Value::Table(table), .. }) => Ok(Some(table)),
            Some(node) => Err(self.unlike(key, node, "a table")),
        }
    }

    fn unlike(&self, key: &str, node: &Node, expected: &str) -> IntakeError {
        self.rule_at(node.spot, key, format!("{} cannot stand here", node.value), &format!("write {expected}"))
    }

    /// What is wrong with what stands under a key, or with the table itself where the key is empty.
    pub(super) fn rule(&self, key: &str, problem: impl Into<String>, remedy: &str) -> IntakeError {
        let spot = self.entries.iter().find(|entry| entry.key == key).map_or(self.spot, |entry| entry.spot);
        self.rule_at(spot, key, problem, remedy)
    }

    /// What is wrong at a place below a key.
    pub(super) fn rule_at(&self, spot: Spot, key: &str, problem: impl Into<String>, remedy: &str) -> IntakeError {
        IntakeError::MappingRule {
            file: self.file.into(),
            line: spot.line,
            column: spot.column,
            section: self.section,
            field: self.path_of(key),
            problem: problem.into(),
            remedy: remedy.to_owned(),
        }
    }

    /// Refuses keys that were never asked for. `whose` is what has the keys that were: `a section of this kind`.
    pub(super) fn done(&self, whose: &str) -> Result<(), IntakeError> {
        let Some(entry) = self.entries.iter().find(|entry| !self.asked.iter().any(|&asked| asked == entry.key)) else {
            return Ok(());
        };
        let mut known: Vec<String> = self.asked.iter().map(|&key| key.to_owned()).collect();
        known.sort_unstable();
        let alike = nearest(&entry.key, &known).map(|name| format!(" (`{name}` is spelled alike)")).unwrap_or_default();
        let problem = format!("{whose} has no key `{}`{alike}", entry.key);
        Err(self.rule(&entry.key, problem, &format!("the keys it may have are: {}", known.join(", "))))
    }
}

fn one_or_many(node: &Node) -> &[Node] {
    match &node.value {
        Value::List(many) => many,
        _ => std::slice::from_ref(node),
    }
}
