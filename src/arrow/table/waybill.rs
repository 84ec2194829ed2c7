use arrow_array::RecordBatch;

use super::{MoneyColumns, PromiseColumns, TakeRows};
use crate::arrow::column::{Codes, Dates, Lengths, Moments, Named, Source, Wholes, Words, read, read_id};
use crate::arrow::schema::{ATTRIBUTES, STAGE_PLANS};
use crate::arrow::{ArrowInputError, ColumnUse, FieldKind, Table};
use crate::intake::quarantine::{Fault, Reason};
use crate::intake::sink::Sink;
use crate::record::{Flow, Label, PassageKey, RecordError, Waybill, WaybillKey, Zone};

/// The columns of a batch of waybills.
#[derive(Debug, Clone)]
pub(crate) struct WaybillColumns {
    pub(crate) number: Named<Words>,
    pub(crate) posted_on: Named<Dates>,
    pub(crate) carrier: Option<Named<Words>>,
    pub(crate) updated_at: Option<Named<Moments>>,
    pub(crate) recorded_at: Option<Named<Moments>>,
    pub(crate) flow: Option<Named<Codes<Flow>>>,
    pub(crate) parent: Option<Named<Words>>,
    pub(crate) origin_region: Option<Named<Words>>,
    pub(crate) destination_region: Option<Named<Words>>,
    pub(crate) origin_city: Option<Named<Words>>,
    pub(crate) destination_city: Option<Named<Words>>,
    pub(crate) destination_zone: Option<Named<Codes<Zone>>>,
    pub(crate) product: Option<Named<Words>>,
    pub(crate) cargo_category: Option<Named<Words>>,
    pub(crate) channel: Option<Named<Words>>,
    pub(crate) customer: Option<Named<Words>>,
    pub(crate) customer_segment: Option<Named<Words>>,
    pub(crate) recipient: Option<Named<Words>>,
    pub(crate) promise: PromiseColumns,
    pub(crate) fee: Option<MoneyColumns>,
    pub(crate) declared_value: Option<MoneyColumns>,
    pub(crate) weight_grams: Option<Named<Wholes>>,
    /// A number by which moves of its promise name the row.
    pub(crate) row: Option<Named<Wholes>>,
    pub(crate) stage_plans: Vec<(PassageKey, Named<Lengths>)>,
    pub(crate) attributes: Vec<(Label, Named<Words>)>,
}

impl WaybillColumns {
    /// The waybill of a row, without the moves of its promise.
    pub(crate) fn record(&self, row: usize) -> Result<Waybill, Fault> {
        let mut waybill = Waybill::new(WaybillKey {
            number: self.number.need_id(row, Reason::MissingWaybill)?,
            posted_on: self.posted_on.need(row, Reason::MissingPostedOn)?,
            carrier: read_id(self.carrier.as_ref(), row)?,
        });
        waybill.updated_at = read(self.updated_at.as_ref(), row)?;
        waybill.recorded_at = read(self.recorded_at.as_ref(), row)?;
        waybill.flow = read(self.flow.as_ref(), row)?.unwrap_or_default();
        waybill.parent = read_id(self.parent.as_ref(), row)?;
        waybill.origin_region = read_id(self.origin_region.as_ref(), row)?;
        waybill.destination_region = read_id(self.destination_region.as_ref(), row)?;
        waybill.origin_city = read_id(self.origin_city.as_ref(), row)?;
        waybill.destination_city = read_id(self.destination_city.as_ref(), row)?;
        waybill.destination_zone = read(self.destination_zone.as_ref(), row)?;
        waybill.product = read_id(self.product.as_ref(), row)?;
        waybill.cargo_category = read_id(self.cargo_category.as_ref(), row)?;
        waybill.channel = read_id(self.channel.as_ref(), row)?;
        waybill.customer = read_id(self.customer.as_ref(), row)?;
        waybill.customer_segment = read_id(self.customer_segment.as_ref(), row)?;
        waybill.recipient = read_id(self.recipient.as_ref(), row)?;
        waybill.promise = self.promise.read(row)?;
        waybill.fee = self.fee.as_ref().map_or(Ok(None), |fee| fee.read(row))?;
        waybill.declared_value = self.declared_value.as_ref().map_or(Ok(None), |value| value.read(row))?;
        waybill.weight_grams = self.weight_at(row)?;
        for (key, column) in &self.stage_plans {
            if let Some(length) = column.read(row)? {
                waybill.stage_plans.insert(key.clone(), length);
            }
        }
        for (name, column) in &self.attributes {
            if let Some(value) = column.read_id(row)? {
                waybill.attributes.insert(name.clone(), value);
            }
        }
        waybill.validate().map_err(|error| self.refused(row, &error))?;
        Ok(waybill)
    }

    /// The weight in a row; none where it is null.
    pub(crate) fn weight_at(&self, row: usize) -> Result<Option<u32>, Fault> {
        let Some(column) = &self.weight_grams else { return Ok(None) };
        let Some(weight) = column.read(row)? else { return Ok(None) };
        u32::try_from(weight).map(Some).map_err(|_| column.fault(row, Reason::InvalidNumber))
    }

    fn refused(&self, row: usize, error: &RecordError) -> Fault {
        let column = if error.field == "fee" { &self.fee } else { &self.declared_value };
        match column {
            Some(column) => column.amount.refused(row, Reason::NegativeAmount, error),
            None => Fault::of(Reason::NegativeAmount, error),
        }
    }
}

impl TakeRows for WaybillColumns {
    fn of(batch: &RecordBatch) -> Result<Self, ArrowInputError> {
        let source = Source::new(Table::Waybills, batch);
        let (stage_plans, attributes) = further(source)?;
        Ok(Self {
            number: source.need("number")?,
            posted_on: source.need("posted_on")?,
            carrier: source.may("carrier")?,
            updated_at: source.may("updated_at")?,
            recorded_at: source.may("recorded_at")?,
            flow: source.may("flow")?,
            parent: source.may("parent")?,
            origin_region: source.may("origin_region")?,
            destination_region: source.may("destination_region")?,
            origin_city: source.may("origin_city")?,
            destination_city: source.may("destination_city")?,
            destination_zone: source.may("destination_zone")?,
            product: source.may("product")?,
            cargo_category: source.may("cargo_category")?,
            channel: source.may("channel")?,
            customer: source.may("customer")?,
            customer_segment: source.may("customer_segment")?,
            recipient: source.may("recipient")?,
            promise: PromiseColumns { at: source.may("promise_at")?, on: source.may("promise_on")? },
            fee: MoneyColumns::optional(source, "fee", None)?,
            declared_value: MoneyColumns::optional(source, "declared_value", Some("declared_value_currency"))?,
            weight_grams: source.may("weight_grams")?,
            row: source.may("row")?,
            stage_plans,
            attributes,
        })
    }

    fn take(&self, row: usize, sink: &mut Sink<'_>, _: Zone) -> Result<(), Fault> {
        let waybill = self.record(row)?;
        let number = read(self.row.as_ref(), row)?;
        sink.saw([waybill.updated_at, waybill.recorded_at]);
        if let Some(number) = number {
            sink.moves.number(&waybill.key, number);
        }
        sink.waybill_rows.push(number);
        sink.records.waybills.push(waybill);
        Ok(())
    }
}

/// The columns besides those of the schema, in the order of their names.
type Further = (Vec<(PassageKey, Named<Lengths>)>, Vec<(Label, Named<Words>)>);

fn further(source: Source<'_>) -> Result<Further, ArrowInputError> {
    let wrong = |field: &str, error: &RecordError| ArrowInputError::WrongName {
        table: Table::Waybills,
        field: field.to_owned(),
        problem: format!("expected {}", error.allowed),
    };
    let (mut stage_plans, mut attributes) = (Vec::new(), Vec::new());
    for (name, data_type) in source.columns() {
        match Table::Waybills.use_of(name, data_type) {
            ColumnUse::Field | ColumnUse::Unread => {}
            ColumnUse::StagePlan => {
                let stage = name.strip_prefix(STAGE_PLANS).unwrap_or(name);
                let key = stage.parse::<PassageKey>().map_err(|error| wrong(name, &error))?;
                stage_plans.extend(source.further(name, FieldKind::Length)?.map(|column| (key, column)));
            }
            ColumnUse::Attribute => {
                let plain = name.strip_prefix(ATTRIBUTES).unwrap_or(name);
                let label = Label::new(plain).map_err(|error| wrong(name, &error))?;
                attributes.extend(source.further(name, FieldKind::Label)?.map(|column| (label, column)));
            }
        }
    }
    stage_plans.sort_by(|(left, _), (right, _)| left.cmp(right));
    attributes.sort_by(|(left, _), (right, _)| left.cmp(right));
    let twice = stage_plans.windows(2).find(|pair| pair[0].0 == pair[1].0).map(|pair| pair[0].0.to_string());
    let twice =
        twice.or_else(|| attributes.windows(2).find(|pair| pair[0].0 == pair[1].0).map(|pair| pair[0].0.to_string()));
    match twice {
        Some(field) => Err(ArrowInputError::RepeatedColumn { table: Table::Waybills, field }),
        None => Ok((stage_plans, attributes)),
    }
}
