//! The codes of a batch's texts, looked up once a value and not once a row.

use crate::arrow::column::{Column as Readable, Key as Cell, Named as Column, Words};
use crate::arrow::table::{EventColumns, WaybillColumns};
use crate::record::{EPOCH_FROM_CE, Label, MAX_ID_BYTES, Money, RecordError};

use super::dictionary::{Dictionary, NONE, Named};
use super::name::{MOST_DIGITS, Name};
use super::needs::Needs;
use super::packed_event::{CodedEvent, UNTOLD};
use super::packed_waybill::{CodedMoney, CodedWaybill, Further, LABELS};
use super::vocabulary::Vocabulary;

/// The codes of one column. Where a value is out of the ordinary they say none, and the row goes the long way, which reads
/// it as the row path does or finds out what is wrong with it.
#[derive(Debug)]
struct Codes<'c> {
    column: Option<&'c Column<Words>>,
    of_values: Vec<Option<u32>>, // of a dictionary, as far as its values were met
}

impl<'c> Codes<'c> {
    fn of(column: Option<&'c Column<Words>>) -> Self {
        let values = column.and_then(|column| column.dictionary().map(|values| values.len()));
        Self { column, of_values: vec![None; values.unwrap_or(0)] }
    }

    fn at<T: Named>(&mut self, row: usize, values: &mut Dictionary<T>) -> Option<u32> {
        let Some(column) = self.column else { return Some(NONE) };
        let Some(value) = column.code_at(row) else {
            return match column.key_at(row) {
                None => Some(NONE),
                Some(Cell::Text(text)) => values.code(text).ok(),
                Some(_) => values.code(&column.read(row).ok()??).ok(),
            };
        };
        let known = self.of_values.get(value as usize).copied().flatten();
        if known.is_some() {
            return known;
        }
        let code = match column.read(row).ok()? {
            None => NONE,
            Some(word) => values.code(&word).ok()?,
        };
        if let Some(known) = self.of_values.get_mut(value as usize) {
            *known = Some(code);
        }
        Some(code)
    }
}

/// The value in a column that may be missing; none at all where it cannot be used. (A fault would have to be carried about
/// at every cell, and is made on the long way.)
fn plain<C: Readable>(column: Option<&Column<C>>, row: usize) -> Option<Option<C::Value<'_>>> {
    column.map_or(Some(None), |column| column.at(row).ok())
}

/// The name in a row; none where there is none, or one out of the ordinary.
fn plain_name(column: &Words, row: usize) -> Option<Name<'_>> {
    match column.key_at(row)? {
        Cell::Integer(number) => {
            u64::try_from(number).ok().filter(|&number| number < 10_u64.pow(MOST_DIGITS as u32)).map(Name::Number)
        }
        Cell::Large(_) => None,
        Cell::Text(text) => {
            let is_plain = text.len() <= MAX_ID_BYTES && text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
            is_plain.then(|| Name::of(text))
        }
    }
}

/// The columns of a batch of events whose texts have codes.
#[derive(Debug)]
pub(super) struct EventCodes<'c> {
    columns: &'c EventColumns,
    carrier: Codes<'c>,
    facility: Codes<'c>,
    leg: Codes<'c>,
    courier: Codes<'c>,
}

impl<'c> EventCodes<'c> {
    pub(super) fn of(columns: &'c EventColumns) -> Self {
        Self {
            columns,
            carrier: Codes::of(columns.whose.carrier.as_ref()),
            facility: Codes::of(columns.facility.as_ref()),
            leg: Codes::of(columns.leg.as_ref()),
            courier: Codes::of(columns.courier.as_ref()),
        }
    }

    /// The scan of a row, where nothing about it is out of the ordinary.
    pub(super) fn scan(&mut self, row: usize, words: &mut Vocabulary, needs: Needs) -> Option<CodedEvent<'c>> {
        let columns = self.columns;
        let kind = columns.kind.at(row).ok()??;
        let occurred_at = columns.occurred_at.at(row).ok()??;
        let posted_on = match &columns.whose.posted_on {
            None => UNTOLD,
            Some(column) => column.day_at(row).ok()?.map_or(UNTOLD, |day| day + EPOCH_FROM_CE),
        };
        Some(CodedEvent {
            number: plain_name(&columns.whose.number, row)?,
            posted_on,
            carrier: self.carrier.at(row, &mut words.carriers)?,
            kind,
            occurred_at,
            recorded_at: plain(columns.recorded_at.as_ref(), row)?,
            facility: self.facility.at(row, &mut words.facilities)?,
            leg: self.leg.at(row, &mut words.labels)?,
            courier: if needs.courier_of(kind) { self.courier.at(row, &mut words.couriers)? } else { NONE },
            consent: plain(columns.consent.as_ref(), row)?.unwrap_or_default(),
            party: plain(columns.party.as_ref(), row)?,
        })
    }
}

/// The columns of a batch of waybills whose texts have codes.
#[derive(Debug)]
pub(super) struct WaybillCodes<'c> {
    columns: &'c WaybillColumns,
    carrier: Codes<'c>,
    labels: [Codes<'c>; LABELS],
    passages: Vec<u32>,                // of the columns of plans
    attributes: Vec<(u32, Codes<'c>)>, // names and values
    further: Further,                  // of the row in work
}

impl<'c> WaybillCodes<'c> {
    /// # Errors
    /// [`RecordError`] never for columns that were read; the dictionaries ask for it.
    pub(super) fn of(columns: &'c WaybillColumns, words: &mut Vocabulary) -> Result<Self, RecordError> {
        let labels = [
            &columns.origin_region,
            &columns.destination_region,
            &columns.origin_city,
            &columns.destination_city,
            &columns.product,
            &columns.cargo_category,
            &columns.channel,
            &columns.customer_segment,
        ];
        let passages = columns.stage_plans.iter().map(|(passage, _)| words.passages.code(&passage.to_string()));
        let name = |(name, values): &'c (Label, Column<Words>)| {
            Ok((words.labels.code(name.as_str())?, Codes::of(Some(values))))
        };
        Ok(Self {
            columns,
            carrier: Codes::of(columns.carrier.as_ref()),
            labels: labels.map(|label| Codes::of(label.as_ref())),
            passages: passages.collect::<Result<_, _>>()?,
            attributes: columns.attributes.iter().map(name).collect::<Result<_, RecordError>>()?,
            further: Further::default(),
        })
    }

    /// The waybill of a row, where nothing about it is out of the ordinary.
    pub(super) fn waybill(&mut self, row: usize, words: &mut Vocabulary) -> Option<CodedWaybill<'_>> {
        let columns = self.columns;
        self.further.clear();
        for ((_, lengths), &passage) in columns.stage_plans.iter().zip(&self.passages) {
            if let Some(length) = lengths.at(row).ok()? {
                self.further.plan(passage, length);
            }
        }
        for (name, values) in &mut self.attributes {
            let value = values.at(row, &mut words.labels)?;
            if value != NONE {
                self.further.attributes.push([*name, value]);
            }
        }
        let mut labels = [NONE; LABELS];
        for (label, codes) in labels.iter_mut().zip(&mut self.labels) {
            *label = codes.at(row, &mut words.labels)?;
        }
        Some(CodedWaybill {
            number: plain_name(&columns.number, row)?,
            posted_on: columns.posted_on.day_at(row).ok()?? + EPOCH_FROM_CE,
            carrier: self.carrier.at(row, &mut words.carriers)?,
            updated_at: plain(columns.updated_at.as_ref(), row)?,
            recorded_at: plain(columns.recorded_at.as_ref(), row)?,
            flow: plain(columns.flow.as_ref(), row)?.unwrap_or_default(),
            parent: optional_name(columns.parent.as_ref(), row)?,
            customer: optional_name(columns.customer.as_ref(), row)?,
            recipient: optional_name(columns.recipient.as_ref(), row)?,
            labels,
            zone: match plain(columns.destination_zone.as_ref(), row)? {
                Some(zone) => words.zones.code(zone.name()).ok()?,
                None => NONE,
            },
            promise: columns.promise.read(row).ok()?,
            fee: money(columns.fee.as_ref().map_or(Ok(None), |fee| fee.read(row)).ok()?, words)?,
            declared_value: money(columns.declared_value.as_ref().map_or(Ok(None), |it| it.read(row)).ok()?, words)?,
            weight_grams: columns.weight_at(row).ok()?,
            row: plain(columns.row.as_ref(), row)?,
            stage_plans: &self.further.stage_plans,
            attributes: &self.further.attributes,
        })
    }
}

/// The name in a column that may be missing: none within where there is none, and none at all out of the ordinary.
fn optional_name(column: Option<&Column<Words>>, row: usize) -> Option<Option<Name<'_>>> {
    let Some(column) = column.filter(|column| column.key_at(row).is_some()) else { return Some(None) };
    plain_name(column, row).map(Some)
}

/// An amount, if there is one; none at all where the record would refuse it.
fn money(amount: Option<Money>, words: &mut Vocabulary) -> Option<Option<CodedMoney>> {
    let Some(amount) = amount else { return Some(None) };
    let minor_units = Some(amount.minor_units()).filter(|units| *units >= 0)?;
    Some(Some(CodedMoney { minor_units, currency: words.currencies.code(amount.currency().as_str()).ok()? }))
}
