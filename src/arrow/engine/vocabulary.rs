//! The texts behind the codes of one shard.

use std::io::Write;

use crate::record::{
    CarrierId, CourierId, Currency, Duration, FacilityId, Label, Money, PassageKey, RecordError, Waybill, WaybillKey,
    Zone,
};

use super::dictionary::{Dictionary, NONE, Named};
use super::name::Name;
use super::needs::Maps;
use super::packed_waybill::{CodedMoney, CodedWaybill, Further, day_of, whole};

/// The texts behind the codes of one shard.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    pub(super) carriers: Dictionary<CarrierId>,
    pub(super) facilities: Dictionary<FacilityId>,
    pub(super) couriers: Dictionary<CourierId>,
    pub(super) labels: Dictionary<Label>,
    pub(super) zones: Dictionary<Zone>,
    pub(super) currencies: Dictionary<Currency>,
    pub(super) passages: Dictionary<PassageKey>,
    home_carrier: Option<u32>,
}

impl Vocabulary {
    /// The carrier of scans that name theirs in no bit: the first that came.
    pub(super) fn home_carrier(&self) -> u32 {
        self.home_carrier.unwrap_or(NONE)
    }

    pub(super) fn home_carrier_or(&mut self, carrier: u32) -> u32 {
        *self.home_carrier.get_or_insert(carrier)
    }

    /// Puts the record a packed waybill was made of in the place of another. A waybill is too large to be carried about.
    ///
    /// # Errors
    /// [`RecordError`] where the words are none that a waybill was packed into.
    pub(super) fn unpack(
        &self,
        coded: &CodedWaybill<'_>,
        maps: Maps,
        waybill: &mut Waybill,
    ) -> Result<(), RecordError> {
        let label = |code: u32| self.labels.value(code).cloned();
        let money = |amount: CodedMoney| {
            let currency = self.currencies.value(amount.currency).copied();
            currency.map(|currency| Money::from_minor_units(amount.minor_units, currency))
        };
        waybill.key = self.waybill_key(coded.number, coded.posted_on, coded.carrier)?;
        waybill.updated_at = coded.updated_at;
        waybill.recorded_at = coded.recorded_at;
        waybill.flow = coded.flow;
        waybill.parent = coded.parent.map(|name| id(name)).transpose()?;
        waybill.customer = coded.customer.map(|name| id(name)).transpose()?;
        waybill.recipient = coded.recipient.map(|name| id(name)).transpose()?;
        let [from, to, from_city, to_city, product, category, channel, segment] = coded.labels;
        waybill.origin_region = label(from);
        waybill.destination_region = label(to);
        waybill.origin_city = label(from_city);
        waybill.destination_city = label(to_city);
        waybill.product = label(product);
        waybill.cargo_category = label(category);
        waybill.channel = label(channel);
        waybill.customer_segment = label(segment);
        waybill.destination_zone = self.zones.value(coded.zone).copied();
        waybill.promise = coded.promise;
        waybill.fee = coded.fee.and_then(money);
        waybill.declared_value = coded.declared_value.and_then(money);
        waybill.weight_grams = coded.weight_grams;
        waybill.promise_moves.clear();
        waybill.stage_plans.clear();
        waybill.attributes.clear();
        if maps == Maps::Unpacked {
            for &[passage, low, high] in coded.stage_plans {
                if let Some(passage) = self.passages.value(passage) {
                    waybill.stage_plans.insert(passage.clone(), Duration::from_millis(whole([low, high])));
                }
            }
            let attributes = coded.attributes.iter().filter_map(|&[name, value]| label(name).zip(label(value)));
            waybill.attributes.extend(attributes);
        }
        Ok(())
    }

    /// The key a packed one was made of.
    ///
    /// # Errors
    /// [`RecordError`] where the words are none that a key was packed into.
    pub(super) fn waybill_key(
        &self,
        number: Name<'_>,
        posted_on: i32,
        carrier: u32,
    ) -> Result<WaybillKey, RecordError> {
        let mut key = WaybillKey::new(id(number)?, day_of(posted_on).unwrap_or_default());
        key.carrier = self.carriers.value(carrier).cloned();
        Ok(key)
    }

    /// Gives codes to the texts of a waybill.
    ///
    /// # Errors
    /// [`RecordError`] never for a waybill that was made; the dictionaries ask for it.
    pub(super) fn code_waybill<'n>(
        &mut self,
        waybill: &'n Waybill,
        further: &'n mut Further,
    ) -> Result<CodedWaybill<'n>, RecordError> {
        let labels = [
            &waybill.origin_region,
            &waybill.destination_region,
            &waybill.origin_city,
            &waybill.destination_city,
            &waybill.product,
            &waybill.cargo_category,
            &waybill.channel,
            &waybill.customer_segment,
        ];
        let mut codes = [NONE; 8];
        for (code, label) in codes.iter_mut().zip(labels) {
            if let Some(label) = label {
                *code = self.labels.code(label.as_str())?;
            }
        }
        let zone = match waybill.destination_zone {
            Some(zone) => self.zones.code(zone.name())?,
            None => NONE,
        };
        let mut money = |amount: Option<Money>| match amount {
            Some(amount) => {
                let currency = self.currencies.code(amount.currency().as_str())?;
                Ok(Some(CodedMoney { minor_units: amount.minor_units(), currency }))
            }
            None => Ok(None),
        };
        let (fee, declared_value) = (money(waybill.fee)?, money(waybill.declared_value)?);
        further.clear();
        for (passage, &length) in &waybill.stage_plans {
            further.plan(self.passages.code(&passage.to_string())?, length);
        }
        for (name, value) in &waybill.attributes {
            further.attributes.push([self.labels.code(name.as_str())?, self.labels.code(value.as_str())?]);
        }
        Ok(CodedWaybill {
            number: Name::of(waybill.key.number.as_str()),
            posted_on: super::packed_waybill::days_of(waybill.key.posted_on),
            carrier: self.carrier(waybill.key.carrier.as_ref())?,
            updated_at: waybill.updated_at,
            recorded_at: waybill.recorded_at,
            flow: waybill.flow,
            parent: waybill.parent.as_ref().map(|parent| Name::of(parent.as_str())),
            customer: waybill.customer.as_ref().map(|id| Name::of(id.as_str())),
            recipient: waybill.recipient.as_ref().map(|id| Name::of(id.as_str())),
            labels: codes,
            zone,
            promise: waybill.promise,
            fee,
            declared_value,
            weight_grams: waybill.weight_grams,
            row: None,
            stage_plans: &further.stage_plans,
            attributes: &further.attributes,
        })
    }

    pub(super) fn carrier(&mut self, carrier: Option<&CarrierId>) -> Result<u32, RecordError> {
        carrier.map_or(Ok(NONE), |carrier| self.carriers.code(carrier.as_str()))
    }
    pub(super) fn facility(&mut self, facility: Option<&str>) -> Result<u32, RecordError> {
        facility.map_or(Ok(NONE), |facility| self.facilities.code(facility))
    }
    pub(super) fn courier(&mut self, courier: Option<&str>) -> Result<u32, RecordError> {
        courier.map_or(Ok(NONE), |courier| self.couriers.code(courier))
    }
    pub(super) fn leg(&mut self, leg: Option<&str>) -> Result<u32, RecordError> {
        leg.map_or(Ok(NONE), |leg| self.labels.code(leg))
    }
}

/// The identifier that a name stands for.
fn id<T: Named>(name: Name<'_>) -> Result<T, RecordError> {
    match name {
        Name::Text(text) => T::read(text),
        Name::Number(number) => {
            let mut digits = [0_u8; 20]; // as many as any number has
            let mut rest = digits.as_mut_slice();
            let left = write!(rest, "{number}").map_or(0, |()| rest.len());
            let length = digits.len() - left;
            T::read(std::str::from_utf8(&digits[..length]).unwrap_or_default())
        }
    }
}
