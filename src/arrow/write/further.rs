use std::collections::BTreeSet;

use arrow_schema::Field as ArrowField;

use crate::arrow::schema::{ATTRIBUTES, STAGE_PLANS};
use crate::arrow::{FieldKind, Table};
use crate::record::{Label, PassageKey, Waybill};

/// The columns that a table of waybills has besides those of its schema: plans of stages, and attributes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FurtherColumns {
    pub(super) stage_plans: BTreeSet<PassageKey>,
    pub(super) attributes: BTreeSet<Label>,
}

impl FurtherColumns {
    /// Those that some waybills need.
    #[must_use]
    pub fn of(waybills: &[Waybill]) -> Self {
        let mut further = Self::default();
        for waybill in waybills {
            // Most waybills have what those before them have: nothing is copied for them.
            for key in waybill.stage_plans.keys() {
                if !further.stage_plans.contains(key) {
                    further.stage_plans.insert(key.clone());
                }
            }
            for name in waybill.attributes.keys() {
                if !further.attributes.contains(name) {
                    further.attributes.insert(name.clone());
                }
            }
        }
        further
    }

    /// With the plan of a stage.
    #[must_use]
    pub fn with_stage_plan(mut self, key: PassageKey) -> Self {
        self.stage_plans.insert(key);
        self
    }

    /// With an attribute.
    #[must_use]
    pub fn with_attribute(mut self, name: Label) -> Self {
        self.attributes.insert(name);
        self
    }

    /// The columns, stage plans first, each in the order of its names.
    pub(super) fn fields(&self) -> impl Iterator<Item = (ArrowField, FieldKind)> {
        let column = |name: String, kind: FieldKind| (ArrowField::new(name, kind.canonical(), true), kind);
        let plans = self.stage_plans.iter().map(move |key| column(format!("{STAGE_PLANS}{key}"), FieldKind::Length));
        plans.chain(self.attributes.iter().map(move |name| column(attribute_column(name), FieldKind::Label)))
    }
}

/// The column of an attribute: its name, but where that would be taken for another column.
fn attribute_column(name: &Label) -> String {
    let text = name.as_str();
    let taken = Table::Waybills.field(text).is_some() || text.starts_with(STAGE_PLANS) || text.starts_with(ATTRIBUTES);
    if taken { format!("{ATTRIBUTES}{text}") } else { text.to_owned() }
}
