//! The mapping file: which file and column each field comes from.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::cost::CostSection;
use super::source::{ColumnName, Field, Literal, one_or_many};
use super::stock::StockCountSection;
use super::work::{CourierDaySection, SiteShiftSection};
use super::{IntakeError, check};
use crate::record::{NodeKind, RecordKind, RecordSet, Zone};

/// A mapping: where each field of each record comes from. The format is described in the [module's documentation](super).
#[derive(Debug, Clone)]
pub struct Mapping {
    pub(super) document: Document,
}

impl Mapping {
    /// Reads a mapping from TOML text.
    ///
    /// Everything that can be checked without the files is checked here: keys, zones, formats, constants, tables of
    /// values, the names of joins.
    ///
    /// # Errors
    /// [`IntakeError::MappingSyntax`] with line and column, or [`IntakeError::MappingRule`] with section and key.
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
        let document: Document = toml::from_str(text)
            .map_err(|error| IntakeError::MappingSyntax { file: file.to_owned(), message: error.to_string() })?;
        check::document(&document)?;
        Ok(Self { document })
    }

    /// The kinds of record that have a section: they count as supplied, even where their files are empty.
    #[must_use]
    pub fn supplies(&self) -> RecordSet {
        let document = &self.document;
        [
            (RecordKind::Waybill, document.waybill.is_empty()),
            (RecordKind::Event, document.event.is_empty()),
            (RecordKind::Complaint, document.complaint.is_empty()),
            (RecordKind::Claim, document.claim.is_empty()),
            (RecordKind::Rating, document.rating.is_empty()),
            (RecordKind::Cost, document.cost.is_empty()),
            (RecordKind::CourierDay, document.courier_day.is_empty()),
            (RecordKind::SiteShift, document.site_shift.is_empty()),
            (RecordKind::StockCount, document.stock_count.is_empty()),
        ]
        .into_iter()
        .filter_map(|(kind, empty)| (!empty).then_some(kind))
        .collect()
    }

    /// The zone that local times without a zone of their own are read in, where the mapping names one.
    #[must_use]
    pub fn zone(&self) -> Option<Zone> {
        self.document.zone
    }
}

/// The format's name in the file.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) enum Format {
    #[serde(rename = "parcelgauge.mapping/1")]
    One,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    #[serde(rename = "format")]
    _format: Option<Format>,
    pub(super) zone: Option<Zone>,
    #[serde(default = "empty_is_null", deserialize_with = "one_or_many")]
    pub(super) nulls: Vec<String>,
    #[serde(default)]
    pub(super) trim: bool,
    pub(super) delimiter: Option<char>,
    #[serde(default, deserialize_with = "one_or_many")]
    pub(super) time_formats: Vec<String>,
    pub(super) currency: Option<String>,
    #[serde(default)]
    pub(super) vocabulary: BTreeMap<String, BTreeMap<String, Literal>>,
    #[serde(default, deserialize_with = "one_or_many")]
    pub(super) waybill: Vec<WaybillSection>,
    #[serde(default, deserialize_with = "one_or_many")]
    pub(super) promise_move: Vec<PromiseMoveSection>,
    #[serde(default, deserialize_with = "one_or_many")]
    pub(super) event: Vec<EventSection>,
    #[serde(default, deserialize_with = "one_or_many")]
    pub(super) complaint: Vec<ComplaintSection>,
    #[serde(default, deserialize_with = "one_or_many")]
    pub(super) claim: Vec<ClaimSection>,
    #[serde(default, deserialize_with = "one_or_many")]
    pub(super) payment: Vec<PaymentSection>,
    #[serde(default, deserialize_with = "one_or_many")]
    pub(super) rating: Vec<RatingSection>,
    #[serde(default, deserialize_with = "one_or_many")]
    pub(super) cost: Vec<CostSection>,
    #[serde(default, deserialize_with = "one_or_many")]
    pub(super) courier_day: Vec<CourierDaySection>,
    #[serde(default, deserialize_with = "one_or_many")]
    pub(super) site_shift: Vec<SiteShiftSection>,
    #[serde(default, deserialize_with = "one_or_many")]
    pub(super) stock_count: Vec<StockCountSection>,
}

fn empty_is_null() -> Vec<String> {
    vec![String::new()]
}

/// Which of several rows of a joined file for one key is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Take {
    /// There must be one, or all alike.
    #[default]
    Only,
    /// The first by `order_by`.
    First,
    /// The last by `order_by`.
    Last,
}

/// A file whose rows are looked up by a key.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct JoinSpec {
    /// What fields call it.
    pub(super) name: String,
    pub(super) file: String,
    pub(super) delimiter: Option<char>,
    /// The column that holds the key on this side: of the section's file, or of an earlier join.
    pub(super) on: ColumnName,
    /// The column that holds it in the joined file, if named otherwise.
    pub(super) key: Option<String>,
    #[serde(default)]
    pub(super) take: Take,
    #[serde(default, deserialize_with = "one_or_many")]
    pub(super) order_by: Vec<String>,
}

/// One condition on a row. // exactly one of the five is set
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Condition {
    pub(super) column: String,
    pub(super) join: Option<String>,
    pub(super) equals: Option<Literal>,
    pub(super) not_equals: Option<Literal>,
    #[serde(rename = "in")]
    pub(super) one_of: Option<Vec<Literal>>,
    #[serde(rename = "not_in")]
    pub(super) none_of: Option<Vec<Literal>>,
    pub(super) null: Option<bool>,
}

/// What every section says about its rows.
pub(super) struct Rows<'s> {
    pub(super) section: &'static str,
    pub(super) kind: RecordKind,
    pub(super) files: &'s [String],
    pub(super) delimiter: Option<char>,
    pub(super) conditions: &'s [Condition],
    pub(super) joins: &'s [JoinSpec],
}

/// How a record other than a waybill names its waybill. Without `posted_on` the waybill is looked up by its number.
pub(super) struct WaybillNames<'s> {
    pub(super) waybill: Option<&'s Field>,
    pub(super) carrier: Option<&'s Field>,
    pub(super) posted_on: Option<&'s Field>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WaybillSection {
    #[serde(deserialize_with = "one_or_many")]
    pub(super) file: Vec<String>,
    pub(super) delimiter: Option<char>,
    #[serde(default, rename = "where", deserialize_with = "one_or_many")]
    pub(super) conditions: Vec<Condition>,
    #[serde(default, deserialize_with = "one_or_many")]
    pub(super) join: Vec<JoinSpec>,
    pub(super) number: Field,
    pub(super) posted_on: Field,
    pub(super) carrier: Option<Field>,
    pub(super) updated_at: Option<Field>,
    pub(super) recorded_at: Option<Field>,
    pub(super) flow: Option<Field>,
    pub(super) parent: Option<Field>,
    pub(super) origin_region: Option<Field>,
    pub(super) destination_region: Option<Field>,
    pub(super) origin_city: Option<Field>,
    pub(super) destination_city: Option<Field>,
    pub(super) destination_zone: Option<Field>,
    pub(super) product: Option<Field>,
    pub(super) cargo_category: Option<Field>,
    pub(super) channel: Option<Field>,
    pub(super) customer: Option<Field>,
    pub(super) customer_segment: Option<Field>,
    pub(super) recipient: Option<Field>,
    pub(super) promise: Option<Field>,
    pub(super) fee: Option<Field>,
    pub(super) declared_value: Option<Field>,
    pub(super) weight_grams: Option<Field>,
    #[serde(default)]
    pub(super) stage_plans: BTreeMap<String, Field>,
    #[serde(default)]
    pub(super) attributes: BTreeMap<String, Field>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PromiseMoveSection {
    #[serde(deserialize_with = "one_or_many")]
    pub(super) file: Vec<String>,
    pub(super) delimiter: Option<char>,
    #[serde(default, rename = "where", deserialize_with = "one_or_many")]
    pub(super) conditions: Vec<Condition>,
    #[serde(default, deserialize_with = "one_or_many")]
    pub(super) join: Vec<JoinSpec>,
    pub(super) waybill: Field,
    pub(super) carrier: Option<Field>,
    pub(super) posted_on: Option<Field>,
    pub(super) moved_at: Field,
    pub(super) by: Field,
    pub(super) to: Field,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EventSection {
    #[serde(deserialize_with = "one_or_many")]
    pub(super) file: Vec<String>,
    pub(super) delimiter: Option<char>,
    #[serde(default, rename = "where", deserialize_with = "one_or_many")]
    pub(super) conditions: Vec<Condition>,
    #[serde(default, deserialize_with = "one_or_many")]
    pub(super) join: Vec<JoinSpec>,
    pub(super) waybill: Field,
    pub(super) carrier: Option<Field>,
    pub(super) posted_on: Option<Field>,
    pub(super) kind: Option<Field>,
    pub(super) occurred_at: Option<Field>,
    pub(super) recorded_at: Option<Field>,
    pub(super) facility: Option<Field>,
    pub(super) leg: Option<Field>,
    pub(super) courier: Option<Field>,
    pub(super) consent: Option<Field>,
    pub(super) party: Option<Field>,
    pub(super) raw_code: Option<Field>,
    /// Several events of one row, instead of `kind` and `occurred_at`.
    #[serde(default, deserialize_with = "one_or_many")]
    pub(super) step: Vec<Step>,
}

/// One of several events of a row; what it does not say is as the section says.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    pub(super) kind: NodeKind,
    pub(super) occurred_at: Field,
    #[serde(default, rename = "where", deserialize_with = "one_or_many")]
    pub(super) conditions: Vec<Condition>,
    pub(super) recorded_at: Option<Field>,
    pub(super) facility: Option<Field>,
    pub(super) leg: Option<Field>,
    pub(super) courier: Option<Field>,
    pub(super) consent: Option<Field>,
    pub(super) party: Option<Field>,
    pub(super) raw_code: Option<Field>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ComplaintSection {
    #[serde(deserialize_with = "one_or_many")]
    pub(super) file: Vec<String>,
    pub(super) delimiter: Option<char>,
    #[serde(default, rename = "where", deserialize_with = "one_or_many")]
    pub(super) conditions: Vec<Condition>,
    #[serde(default, deserialize_with = "one_or_many")]
    pub(super) join: Vec<JoinSpec>,
    pub(super) id: Field,
    pub(super) opened_at: Field,
    pub(super) class: Option<Field>,
    pub(super) waybill: Option<Field>,
    pub(super) carrier: Option<Field>,
    pub(super) posted_on: Option<Field>,
    pub(super) updated_at: Option<Field>,
    pub(super) recorded_at: Option<Field>,
    pub(super) customer: Option<Field>,
    pub(super) customer_segment: Option<Field>,
    pub(super) cause: Option<Field>,
    pub(super) responded_at: Option<Field>,
    pub(super) resolved_at: Option<Field>,
    pub(super) upheld: Option<Field>,
    pub(super) responsible: Option<Field>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClaimSection {
    #[serde(deserialize_with = "one_or_many")]
    pub(super) file: Vec<String>,
    pub(super) delimiter: Option<char>,
    #[serde(default, rename = "where", deserialize_with = "one_or_many")]
    pub(super) conditions: Vec<Condition>,
    #[serde(default, deserialize_with = "one_or_many")]
    pub(super) join: Vec<JoinSpec>,
    pub(super) id: Field,
    pub(super) filed_at: Field,
    pub(super) waybill: Option<Field>,
    pub(super) carrier: Option<Field>,
    pub(super) posted_on: Option<Field>,
    pub(super) updated_at: Option<Field>,
    pub(super) recorded_at: Option<Field>,
    pub(super) loss_kind: Option<Field>,
    pub(super) claimed: Option<Field>,
    pub(super) confirmed_at: Option<Field>,
    pub(super) decided_at: Option<Field>,
    pub(super) decision: Option<Field>,
    pub(super) paid_at: Option<Field>,
    pub(super) paid: Option<Field>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PaymentSection {
    #[serde(deserialize_with = "one_or_many")]
    pub(super) file: Vec<String>,
    pub(super) delimiter: Option<char>,
    #[serde(default, rename = "where", deserialize_with = "one_or_many")]
    pub(super) conditions: Vec<Condition>,
    #[serde(default, deserialize_with = "one_or_many")]
    pub(super) join: Vec<JoinSpec>,
    pub(super) claim: Field,
    pub(super) paid_at: Field,
    pub(super) amount: Field,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RatingSection {
    #[serde(deserialize_with = "one_or_many")]
    pub(super) file: Vec<String>,
    pub(super) delimiter: Option<char>,
    #[serde(default, rename = "where", deserialize_with = "one_or_many")]
    pub(super) conditions: Vec<Condition>,
    #[serde(default, deserialize_with = "one_or_many")]
    pub(super) join: Vec<JoinSpec>,
    pub(super) id: Field,
    pub(super) rated_at: Field,
    pub(super) score: Field,
    pub(super) scale_min: Field,
    pub(super) scale_max: Field,
    pub(super) waybill: Option<Field>,
    pub(super) carrier: Option<Field>,
    pub(super) posted_on: Option<Field>,
    pub(super) updated_at: Option<Field>,
    pub(super) recorded_at: Option<Field>,
    pub(super) question: Option<Field>,
    pub(super) aspect: Option<Field>,
    pub(super) customer: Option<Field>,
    pub(super) system_default: Option<Field>,
}
