//! Texts: labels that many records share, made once so that a shipment allocates little, and the spelling of identifiers
//! that only one record has.
//!
//! What this module does not do: it gives no waybill number a check digit.

use super::{Product, SimulateError};
use crate::record::{
    CaseId, ClaimId, CostId, CustomerId, Id, Kind, Label, PassageKey, RatingId, RecordError, Score, ShiftId,
    StockCountId, WaybillNumber,
};

/// What kind of customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Segment {
    Consumer,
    Merchant,
    Enterprise,
}

/// What kind of goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cargo {
    Parcel,
    Document,
    Fragile,
    Medicine,
    HighValue,
    Fresh,
}

/// By which way an order came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Channel {
    App,
    MiniProgram,
    Api,
    Counter,
}

/// What a case is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    Loss,
    Damage,
    Shortage,
    Delay,
    UnconsentedStorage,
    Attitude,
    Information,
    Privacy,
    FalseDelivery,
    Whereabouts,
}

// One text a variant, in the order of the enum.
const SEGMENTS: [&str; 3] = ["consumer", "merchant", "enterprise"];
const CARGO: [&str; 6] = ["parcel", "document", "fragile", "medicine", "high_value", "fresh"];
const CHANNELS: [&str; 4] = ["app", "mini_program", "api", "counter"];
const CAUSES: [&str; 10] = [
    "loss",
    "damage",
    "shortage",
    "delay",
    "unconsented_storage",
    "attitude",
    "information",
    "privacy",
    "false_delivery",
    "whereabouts",
];

/// Every shared text of a network. Each list is as long as its enum, whose discriminants are its indices.
#[derive(Debug, Clone)]
pub(super) struct Names {
    products: Vec<Label>,
    segments: Vec<Label>,
    cargo: Vec<Label>,
    channels: Vec<Label>,
    causes: Vec<Label>,
    satisfaction: Vec<Score>,   // 1 to 5
    recommendation: Vec<Score>, // 0 to 10
    transport: PassageKey,
    spare: Spare,
}

/// Stand in where an identifier could not be spelled, which the forms below rule out.
#[derive(Debug, Clone)]
struct Spare {
    waybill: WaybillNumber,
    customer: CustomerId,
    case: CaseId,
    claim: ClaimId,
    rating: RatingId,
    cost: CostId,
    stock_count: StockCountId,
    shift: ShiftId,
    location: Label,
}

impl Names {
    pub(super) fn new() -> Result<Self, SimulateError> {
        let scores = |least: u32, most: u32| -> Result<Vec<Score>, RecordError> {
            (least..=most).map(|n| Score::parse(&n.to_string(), &least.to_string(), &most.to_string())).collect()
        };
        Ok(Self {
            products: labels(Product::ALL.map(Product::name))?,
            segments: labels(SEGMENTS)?,
            cargo: labels(CARGO)?,
            channels: labels(CHANNELS)?,
            causes: labels(CAUSES)?,
            satisfaction: scores(1, 5)?,
            recommendation: scores(0, 10)?,
            transport: "transport".parse()?,
            spare: Spare {
                waybill: Id::new("PG")?,
                customer: Id::new("C")?,
                case: Id::new("CS")?,
                claim: Id::new("CL")?,
                rating: Id::new("RT")?,
                cost: Id::new("CO")?,
                stock_count: Id::new("SC")?,
                shift: Id::new("SH")?,
                location: Id::new("L")?,
            },
        })
    }

    pub(super) fn product(&self, product: Product) -> Label {
        self.products[product as usize].clone()
    }
    pub(super) fn segment(&self, segment: Segment) -> Label {
        self.segments[segment as usize].clone()
    }
    pub(super) fn cargo(&self, cargo: Cargo) -> Label {
        self.cargo[cargo as usize].clone()
    }
    pub(super) fn channel(&self, channel: Channel) -> Label {
        self.channels[channel as usize].clone()
    }
    pub(super) fn cause(&self, cause: Cause) -> Label {
        self.causes[cause as usize].clone()
    }
    /// The answer `stars` (1 to 5) of 5.
    pub(super) fn satisfaction(&self, stars: usize) -> Score {
        self.satisfaction[stars.clamp(1, 5) - 1]
    }
    /// The answer `points` (0 to 10) of 10.
    pub(super) fn recommendation(&self, points: usize) -> Score {
        self.recommendation[points.min(10)]
    }

    /// The stage for which products have a plan: from the last departure at the origin to the arrival at the destination.
    pub(super) fn transport(&self) -> PassageKey {
        self.transport.clone()
    }

    pub(super) fn waybill_number(&self, index: u64) -> WaybillNumber {
        spell("PG", index, 12, None, &self.spare.waybill)
    }
    pub(super) fn customer(&self, number: u32) -> CustomerId {
        spell("C", u64::from(number), 8, None, &self.spare.customer)
    }
    pub(super) fn case(&self, index: u64, count: u8) -> CaseId {
        spell("CS", index, 12, Some(count), &self.spare.case)
    }
    pub(super) fn claim(&self, index: u64, count: u8) -> ClaimId {
        spell("CL", index, 12, Some(count), &self.spare.claim)
    }
    pub(super) fn rating(&self, index: u64, count: u8) -> RatingId {
        spell("RT", index, 12, Some(count), &self.spare.rating)
    }
    pub(super) fn cost(&self, number: u64) -> CostId {
        spell("CO", number, 12, None, &self.spare.cost)
    }
    pub(super) fn stock_count(&self, number: u64) -> StockCountId {
        spell("SC", number, 12, None, &self.spare.stock_count)
    }
    pub(super) fn shift(&self, number: u64) -> ShiftId {
        spell("SH", number, 12, None, &self.spare.shift)
    }
    /// A stock location of a hub.
    pub(super) fn location(&self, number: u64) -> Label {
        spell("L", number, 4, None, &self.spare.location)
    }
}

fn labels<const N: usize>(texts: [&str; N]) -> Result<Vec<Label>, RecordError> {
    texts.into_iter().map(Label::new).collect()
}

/// `PG000000000042` or `CS000000000042-1`. By hand, because formatting would cost more than drawing the journey.
fn spell<K: Kind + Clone>(prefix: &str, number: u64, width: usize, count: Option<u8>, spare: &Id<K>) -> Id<K> {
    let mut text = [b'0'; 32];
    let mut end = text.len();
    if let Some(count) = count {
        text[end - 1] = b'0' + count % 10;
        text[end - 2] = b'-';
        end -= 2;
    }
    let (mut left, mut start) = (number, end);
    // A `u64` has at most 20 digits, so that 32 bytes hold prefix and count as well.
    while left > 0 || end - start < width {
        start -= 1;
        text[start] = b'0' + (left % 10) as u8;
        left /= 10;
    }
    start -= prefix.len();
    text[start..start + prefix.len()].copy_from_slice(prefix.as_bytes());
    std::str::from_utf8(&text[start..]).ok().and_then(|text| Id::new(text).ok()).unwrap_or_else(|| spare.clone())
}
