use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use csv::Writer;
use parcelgauge::record::{
    Claim, Complaint, Decision, Instant, LossKind, Money, NodeEvent, Party, Promise, Rating, Waybill, WaybillKey,
};
use parcelgauge::simulate::Record;

use super::operations::OperationsTables;
use super::{Outcome, Target};

/// One table.
pub struct Table(Writer<BufWriter<File>>);

impl Table {
    pub fn create(directory: &Path, name: &str, columns: &[&str]) -> Outcome<Self> {
        let mut writer = Writer::from_writer(BufWriter::new(File::create(directory.join(name))?));
        writer.write_record(columns)?;
        Ok(Self(writer))
    }

    pub fn row<const N: usize>(&mut self, fields: [String; N]) -> Outcome<()> {
        Ok(self.0.write_record(fields)?)
    }

    pub fn flush(&mut self) -> Outcome<()> {
        self.0.flush()?;
        Ok(self.0.get_ref().get_ref().flush()?)
    }
}

/// The tables of a network.
pub struct Tables {
    waybills: Table,
    promise_moves: Table,
    events: Table,
    complaints: Table,
    claims: Table,
    payments: Table,
    ratings: Table,
    operations: OperationsTables,
}

const WAYBILL_COLUMNS: [&str; 19] = [
    "number",
    "posted_on",
    "recorded_at",
    "flow",
    "origin_region",
    "destination_region",
    "destination_zone",
    "product",
    "cargo_category",
    "channel",
    "customer",
    "customer_segment",
    "recipient",
    "promise",
    "transport_plan",
    "fee",
    "declared_value",
    "currency",
    "weight_grams",
];
const MOVE_COLUMNS: [&str; 5] = ["waybill", "posted_on", "moved_at", "by", "to"];
const EVENT_COLUMNS: [&str; 9] =
    ["waybill", "posted_on", "kind", "occurred_at", "recorded_at", "facility", "courier", "consent", "party"];
const COMPLAINT_COLUMNS: [&str; 13] = [
    "id",
    "waybill",
    "posted_on",
    "class",
    "opened_at",
    "recorded_at",
    "updated_at",
    "customer",
    "customer_segment",
    "cause",
    "responded_at",
    "resolved_at",
    "upheld",
];
const CLAIM_COLUMNS: [&str; 12] = [
    "id",
    "waybill",
    "posted_on",
    "filed_at",
    "recorded_at",
    "updated_at",
    "loss_kind",
    "claimed",
    "currency",
    "confirmed_at",
    "decided_at",
    "decision",
];
const PAYMENT_COLUMNS: [&str; 4] = ["claim", "paid_at", "amount", "currency"];
const RATING_COLUMNS: [&str; 12] = [
    "id",
    "waybill",
    "posted_on",
    "rated_at",
    "recorded_at",
    "score",
    "scale_min",
    "scale_max",
    "question",
    "aspect",
    "customer",
    "system_default",
];
impl Target for Tables {
    fn write(&mut self, record: Record) -> Outcome<()> {
        match record {
            Record::Waybill(waybill) => self.write_waybill(&waybill),
            Record::Event(event) => self.write_event(&event),
            Record::Complaint(complaint) => self.write_complaint(&complaint),
            Record::Claim(claim) => self.write_claim(&claim),
            Record::Rating(rating) => self.write_rating(&rating),
            other => self.operations.write(&other),
        }
    }

    fn finish(mut self: Box<Self>) -> Outcome<()> {
        let tables = [
            &mut self.waybills,
            &mut self.promise_moves,
            &mut self.events,
            &mut self.complaints,
            &mut self.claims,
            &mut self.payments,
            &mut self.ratings,
        ];
        for table in tables {
            table.flush()?;
        }
        self.operations.flush()
    }
}

impl Tables {
    pub fn create(directory: &Path) -> Outcome<Self> {
        fs::create_dir_all(directory)?;
        Ok(Self {
            waybills: Table::create(directory, "waybills.csv", &WAYBILL_COLUMNS)?,
            promise_moves: Table::create(directory, "promise_moves.csv", &MOVE_COLUMNS)?,
            events: Table::create(directory, "events.csv", &EVENT_COLUMNS)?,
            complaints: Table::create(directory, "complaints.csv", &COMPLAINT_COLUMNS)?,
            claims: Table::create(directory, "claims.csv", &CLAIM_COLUMNS)?,
            payments: Table::create(directory, "payments.csv", &PAYMENT_COLUMNS)?,
            ratings: Table::create(directory, "ratings.csv", &RATING_COLUMNS)?,
            operations: OperationsTables::create(directory)?,
        })
    }

    fn write_waybill(&mut self, waybill: &Waybill) -> Outcome<()> {
        let [number, posted_on] = key(&waybill.key);
        for change in &waybill.promise_moves {
            let moved_at = change.moved_at.to_string();
            let by = change.by.name().to_owned();
            self.promise_moves.row([number.clone(), posted_on.clone(), moved_at, by, promise(change.to)])?;
        }
        self.waybills.row([
            number,
            posted_on,
            text(waybill.recorded_at),
            waybill.flow.name().to_owned(),
            text(waybill.origin_region.as_ref()),
            text(waybill.destination_region.as_ref()),
            text(waybill.destination_zone),
            text(waybill.product.as_ref()),
            text(waybill.cargo_category.as_ref()),
            text(waybill.channel.as_ref()),
            text(waybill.customer.as_ref()),
            text(waybill.customer_segment.as_ref()),
            text(waybill.recipient.as_ref()),
            waybill.promise.map_or_else(String::new, promise),
            text(waybill.stage_plans.values().next()),
            amount(waybill.fee),
            amount(waybill.declared_value),
            text(waybill.fee.map(Money::currency)),
            text(waybill.weight_grams),
        ])
    }

    fn write_event(&mut self, event: &NodeEvent) -> Outcome<()> {
        let [number, posted_on] = key(&event.waybill);
        self.events.row([
            number,
            posted_on,
            event.kind.name().to_owned(),
            event.occurred_at.to_string(),
            text(event.recorded_at),
            text(event.facility.as_ref()),
            text(event.courier.as_ref()),
            event.consent.name().to_owned(),
            text(event.party.map(Party::name)),
        ])
    }

    fn write_complaint(&mut self, case: &Complaint) -> Outcome<()> {
        let [number, posted_on] = key_or_none(case.waybill.as_ref());
        self.complaints.row([
            case.id.to_string(),
            number,
            posted_on,
            case.class.name().to_owned(),
            case.opened_at.to_string(),
            text(case.recorded_at),
            text(case.updated_at),
            text(case.customer.as_ref()),
            text(case.customer_segment.as_ref()),
            text(case.cause.as_ref()),
            text(case.responded_at),
            text(case.resolved_at),
            text(case.upheld),
        ])
    }

    fn write_claim(&mut self, claim: &Claim) -> Outcome<()> {
        let [number, posted_on] = key_or_none(claim.waybill.as_ref());
        for payment in &claim.payments {
            let currency = payment.amount.currency().to_string();
            let paid = amount(Some(payment.amount));
            self.payments.row([claim.id.to_string(), payment.paid_at.to_string(), paid, currency])?;
        }
        self.claims.row([
            claim.id.to_string(),
            number,
            posted_on,
            claim.filed_at.to_string(),
            text(claim.recorded_at),
            text(claim.updated_at),
            text(claim.loss_kind.map(LossKind::name)),
            amount(claim.claimed),
            text(claim.claimed.map(Money::currency)),
            text(claim.confirmed_at),
            text(claim.decided_at),
            text(claim.decision.map(Decision::name)),
        ])
    }

    fn write_rating(&mut self, rating: &Rating) -> Outcome<()> {
        let [number, posted_on] = key_or_none(rating.waybill.as_ref());
        // The simulated scales have whole ends and answers: thousandths of a point become points.
        let least = (rating.score.value() - rating.score.above_min()) / 1_000;
        self.ratings.row([
            rating.id.to_string(),
            number,
            posted_on,
            rating.rated_at.to_string(),
            text(rating.recorded_at),
            (rating.score.value() / 1_000).to_string(),
            least.to_string(),
            (least + rating.score.width() / 1_000).to_string(),
            rating.question.name().to_owned(),
            rating.aspect.name().to_owned(),
            text(rating.customer.as_ref()),
            rating.system_default.to_string(),
        ])
    }
}

pub fn key(key: &WaybillKey) -> [String; 2] {
    [key.number.to_string(), key.posted_on.to_string()]
}

fn key_or_none(waybill: Option<&WaybillKey>) -> [String; 2] {
    waybill.map(key).unwrap_or_default()
}

pub fn text(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

pub fn amount(money: Option<Money>) -> String {
    text(money.map(Money::to_decimal))
}

/// A day, or an instant.
pub fn promise(promise: Promise) -> String {
    match promise {
        Promise::On(day) => day.to_string(),
        Promise::By(instant) => Instant::to_string(&instant),
    }
}
