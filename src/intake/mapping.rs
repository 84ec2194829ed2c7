//! The mapping file: which file and column each field comes from.

use std::path::Path;

use super::IntakeError;
use super::amount::currency;
use super::join::Joins;
use super::keys::Keys;
use super::moment::Format;
use super::plan::Defaults;
use super::section::{Compiled, Section, SectionKind, delimiter};
use super::text::Nulls;
use super::value::{formats, zone};
use super::written::{Table, Value};
use crate::record::{Currency, RecordSet, Zone};

/// A mapping: where each field of each record comes from. The format is described in the [module's documentation](super).
#[derive(Debug, Clone)]
pub struct Mapping {
    zone: Option<Zone>,
    nulls: Nulls,
    delimiter: u8,
    formats: Vec<Format>,
    currency: Option<Currency>,
    vocabulary: Option<Table>,
    sections: Vec<Section>, // in the order of reading
}

impl Mapping {
    /// Reads a mapping from TOML text.
    ///
    /// Everything that can be checked without the files is checked here: keys, zones, formats, constants, tables of
    /// values, the names of joins.
    ///
    /// # Errors
    /// [`IntakeError::MappingSyntax`] where it is no TOML, or [`IntakeError::MappingRule`] with section and key; both say
    /// the line.
    pub fn parse(text: &str) -> Result<Self, IntakeError> {
        Self::named("(text)", text)
    }

    /// Reads a mapping file.
    ///
    /// # Errors
    /// [`IntakeError::MappingUnread`] where the file cannot be read as UTF-8, else as [`Mapping::parse`].
    pub fn load(path: &Path) -> Result<Self, IntakeError> {
        let file = path.display().to_string();
        match std::fs::read_to_string(path) {
            Ok(text) => Self::named(&file, text.trim_start_matches('\u{feff}')),
            Err(source) => Err(IntakeError::MappingUnread { file, source }),
        }
    }

    fn named(file: &str, text: &str) -> Result<Self, IntakeError> {
        let document = Table::parse(file, text)?;
        let mut keys = Keys::new("mapping", &document);
        keys.choice("format", &[("parcelgauge.mapping/1", ())])?;
        let mut sections = Vec::new();
        for kind in SectionKind::ALL {
            for table in keys.tables(kind.name())? {
                sections.push(Section::read(kind, table)?);
            }
        }
        let mapping = Self {
            zone: zone(&mut keys, "zone")?,
            nulls: Nulls {
                spellings: keys.texts("nulls")?.unwrap_or_else(|| vec![String::new()]),
                trim: keys.truth("trim")?.unwrap_or_default(),
            },
            delimiter: delimiter(&mut keys)?.unwrap_or(b','),
            formats: formats(&mut keys, "time_formats")?.unwrap_or_default(),
            currency: currency(&mut keys)?,
            vocabulary: vocabulary(&mut keys)?,
            sections,
        };
        keys.done("a mapping")?;
        mapping.check()?;
        Ok(mapping)
    }

    /// Checks what can be checked without the files.
    fn check(&self) -> Result<(), IntakeError> {
        let defaults = self.defaults(Zone::UTC);
        for section in &self.sections {
            let mut joins = Joins::open(section, None, &defaults)?;
            Compiled::new(section, &defaults, "", None, &mut joins)?;
        }
        let lacks = |kind| !self.sections.iter().any(|section| section.kind == kind);
        let lonely = |section: &&Section| match section.kind {
            kind if kind.hangs_on().is_some() => kind.hangs_on().is_some_and(lacks),
            _ => section.has("waybill") && !section.has("posted_on") && lacks(SectionKind::Waybill),
        };
        let Some(section) = self.sections.iter().find(lonely) else { return Ok(()) };
        let (key, problem, remedy) = match section.kind {
            SectionKind::PromiseMove => {
                ("waybill", "there is no section of waybills whose promises could move", "add [[waybill]]")
            }
            SectionKind::Payment => ("claim", "there is no section of claims that could be paid", "add [[claim]]"),
            SectionKind::ClaimStep => {
                ("claim", "there is no section of claims they could be steps of", "add [[claim]]")
            }
            SectionKind::CaseStep => {
                ("case", "there is no section of cases they could be steps of", "add [[complaint]]")
            }
            _ => (
                "waybill",
                "a waybill's number alone is no key, and there is no section of waybills to find it in",
                "add [[waybill]], or map `posted_on` here too",
            ),
        };
        Err(section.rule(key, problem, remedy))
    }

    /// What the mapping says for all its sections; `zone` is taken where it names none.
    pub(super) fn defaults(&self, zone: Zone) -> Defaults<'_> {
        Defaults {
            zone: self.zone.unwrap_or(zone),
            nulls: &self.nulls,
            delimiter: self.delimiter,
            formats: &self.formats,
            currency: self.currency,
            vocabulary: self.vocabulary.as_ref(),
        }
    }

    /// The sections of a kind.
    pub(super) fn sections(&self, kind: SectionKind) -> impl Iterator<Item = &Section> {
        self.sections.iter().filter(move |section| section.kind == kind)
    }

    /// All sections, in the order of reading.
    pub(super) fn all_sections(&self) -> &[Section] {
        &self.sections
    }

    /// The kinds of record that have a section: they count as supplied, even where their files are empty.
    #[must_use]
    pub fn supplies(&self) -> RecordSet {
        self.sections
            .iter()
            .filter(|section| section.kind.hangs_on().is_none())
            .map(|section| section.kind.record())
            .collect()
    }

    /// The zone that local times without a zone of their own are read in, where the mapping names one.
    #[must_use]
    pub fn zone(&self) -> Option<Zone> {
        self.zone
    }
}

/// The tables of values that several fields use.
fn vocabulary(keys: &mut Keys<'_>) -> Result<Option<Table>, IntakeError> {
    let Some(all) = keys.table("vocabulary")? else { return Ok(None) };
    let names = keys.below("vocabulary", all);
    for entry in &all.entries {
        let Value::Table(table) = &entry.node.value else {
            return Err(names.rule(&entry.key, "it is no table of values", "write [vocabulary.NAME] above its values"));
        };
        let values = names.below(&entry.key, table);
        for value in &table.entries {
            values.literal_of(&value.key, &value.node)?;
        }
    }
    Ok(Some(all.clone()))
}
