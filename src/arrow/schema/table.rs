use std::fmt::{self, Write};
use std::str::FromStr;

use arrow_schema::{DataType, Field as ArrowField, Schema};

use super::{Field, FieldKind, Presence, fields};
use crate::arrow::ArrowInputError;
use crate::record::RecordKind;

/// The tables that records are kept in: one a kind, and one each for what hangs on waybills, cases and claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Table {
    /// [`Waybill`](crate::record::Waybill), a row each.
    Waybills,
    /// [`PromiseMove`](crate::record::PromiseMove), a row each, with the key of its waybill.
    PromiseMoves,
    /// [`NodeEvent`](crate::record::NodeEvent), a row each.
    Events,
    /// [`Complaint`](crate::record::Complaint), a row each.
    Complaints,
    /// [`Step`](crate::record::Step) of a case, a row each, with the id of its case.
    CaseSteps,
    /// [`Claim`](crate::record::Claim), a row each.
    Claims,
    /// [`Payment`](crate::record::Payment), a row each, with the id of its claim.
    Payments,
    /// [`Step`](crate::record::Step) of a claim, a row each, with the id of its claim.
    ClaimSteps,
    /// [`Rating`](crate::record::Rating), a row each.
    Ratings,
    /// [`CostEntry`](crate::record::CostEntry), a row each.
    Costs,
    /// [`CourierDay`](crate::record::CourierDay), a row each.
    CourierDays,
    /// [`SiteShift`](crate::record::SiteShift), a row each.
    SiteShifts,
    /// [`StockCount`](crate::record::StockCount), a row each.
    StockCounts,
}

/// Before a stage's name: the column of its planned length of time.
pub(crate) const STAGE_PLANS: &str = "stage_plans.";
/// Before the name of an attribute that would otherwise be taken for another column.
pub(crate) const ATTRIBUTES: &str = "attributes.";

impl Table {
    /// All tables, in the order in which they are read: what others refer to comes first.
    pub const ALL: [Self; 13] = [
        Self::Waybills,
        Self::PromiseMoves,
        Self::Events,
        Self::Complaints,
        Self::CaseSteps,
        Self::Claims,
        Self::Payments,
        Self::ClaimSteps,
        Self::Ratings,
        Self::Costs,
        Self::CourierDays,
        Self::SiteShifts,
        Self::StockCounts,
    ];

    /// Its name, as that of a file: `waybills`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PromiseMoves => "promise_moves",
            Self::Payments => "payments",
            Self::CaseSteps => "case_steps",
            Self::ClaimSteps => "claim_steps",
            other => other.record_kind().plural(),
        }
    }

    /// The kind of record in whose account its rows are: moves of promises in that of waybills, payments in that of claims,
    /// steps in that of complaints or claims.
    #[must_use]
    pub fn record_kind(self) -> RecordKind {
        match self {
            Self::Waybills | Self::PromiseMoves => RecordKind::Waybill,
            Self::Events => RecordKind::Event,
            Self::Complaints | Self::CaseSteps => RecordKind::Complaint,
            Self::Claims | Self::Payments | Self::ClaimSteps => RecordKind::Claim,
            Self::Ratings => RecordKind::Rating,
            Self::Costs => RecordKind::Cost,
            Self::CourierDays => RecordKind::CourierDay,
            Self::SiteShifts => RecordKind::SiteShift,
            Self::StockCounts => RecordKind::StockCount,
        }
    }

    /// The table on whose rows its own hang; none where they stand by themselves.
    #[must_use]
    pub fn hangs_on(self) -> Option<Self> {
        match self {
            Self::PromiseMoves => Some(Self::Waybills),
            Self::CaseSteps => Some(Self::Complaints),
            Self::Payments | Self::ClaimSteps => Some(Self::Claims),
            _ => None,
        }
    }

    /// Its columns. Waybills have more besides: see [`arrow`](crate::arrow#waybills).
    #[must_use]
    pub fn fields(self) -> &'static [Field] {
        match self {
            Self::Waybills => fields::WAYBILLS,
            Self::PromiseMoves => fields::PROMISE_MOVES,
            Self::Events => fields::EVENTS,
            Self::Complaints => fields::COMPLAINTS,
            Self::CaseSteps => fields::CASE_STEPS,
            Self::Claims => fields::CLAIMS,
            Self::Payments => fields::PAYMENTS,
            Self::ClaimSteps => fields::CLAIM_STEPS,
            Self::Ratings => fields::RATINGS,
            Self::Costs => fields::COSTS,
            Self::CourierDays => fields::COURIER_DAYS,
            Self::SiteShifts => fields::SITE_SHIFTS,
            Self::StockCounts => fields::STOCK_COUNTS,
        }
    }

    /// The column of this name.
    #[must_use]
    pub fn field(self, name: &str) -> Option<&'static Field> {
        self.fields().iter().find(|field| field.name == name)
    }

    /// The schema that this crate writes, of the columns of [`Table::fields`].
    ///
    /// ```
    /// use arrow_schema::DataType;
    /// use parcelgauge::arrow::Table;
    /// let schema = Table::Events.schema();
    /// assert_eq!(schema.field_with_name("waybill")?.data_type(), &DataType::Utf8);
    /// assert!(!schema.field_with_name("occurred_at")?.is_nullable());
    /// # Ok::<(), arrow_schema::ArrowError>(())
    /// ```
    #[must_use]
    pub fn schema(self) -> Schema {
        let fields = self
            .fields()
            .iter()
            .map(|field| ArrowField::new(field.name, field.kind.canonical(), field.presence == Presence::Optional));
        Schema::new(fields.collect::<Vec<_>>())
    }

    /// What becomes of a column of this name and type.
    #[must_use]
    pub fn use_of(self, name: &str, data_type: &DataType) -> ColumnUse {
        if self.field(name).is_some() {
            ColumnUse::Field
        } else if self != Self::Waybills {
            ColumnUse::Unread
        } else if name.starts_with(STAGE_PLANS) {
            ColumnUse::StagePlan
        } else if name.starts_with(ATTRIBUTES) || is_text(data_type) {
            ColumnUse::Attribute
        } else {
            ColumnUse::Unread
        }
    }

    /// The schemas of all tables, in Markdown: the page that stands in [`arrow`](crate::arrow#schemas).
    #[must_use]
    pub fn describe_all() -> String {
        let mut page = String::from("| kind | types | written as |\n| --- | --- | --- |\n");
        for kind in FieldKind::ALL {
            // Writing to a `String` cannot fail.
            let _ = writeln!(page, "| {kind} | {} | {} |", kind.allowed(), kind.canonical());
        }
        for table in Self::ALL {
            let _ = write!(page, "\n## {table}\n\n{}", table.describe());
        }
        page
    }

    /// Its columns as a table in Markdown.
    #[must_use]
    pub fn describe(self) -> String {
        let mut page = String::from("| column | kind | null | meaning |\n| --- | --- | --- | --- |\n");
        for field in self.fields() {
            let null = match field.presence {
                Presence::Required => "no",
                Presence::Optional => "yes",
            };
            // Writing to a `String` cannot fail.
            let _ = writeln!(page, "| `{}` | {} | {null} | {} |", field.name, field.kind, field.meaning);
        }
        page
    }
}

/// What a table makes of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ColumnUse {
    /// It is a column of the schema.
    Field,
    /// It is the plan of a stage of the waybill's route.
    StagePlan,
    /// It is an attribute of the waybill.
    Attribute,
    /// It is not read.
    Unread,
}

fn is_text(data_type: &DataType) -> bool {
    match data_type {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => true,
        DataType::Dictionary(_, values) => is_text(values),
        _ => false,
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Table {
    type Err = ArrowInputError;
    fn from_str(name: &str) -> Result<Self, ArrowInputError> {
        Self::ALL
            .into_iter()
            .find(|table| table.name() == name)
            .ok_or_else(|| ArrowInputError::UnknownTable { name: name.to_owned() })
    }
}
