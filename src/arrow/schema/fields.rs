//! The columns of every table: the one list that the readers, the writers and the printed page go by.

use super::Field;
use super::FieldKind::{Amount, Code, Day, Identifier, Instant, Label, Length, Number, Truth, Whole};

const UPDATED_AT: Field = Field::optional(
    "updated_at",
    Instant,
    "When this state of the row was written: of unlike rows the later one holds",
);
const RECORDED_AT: Field = Field::optional("recorded_at", Instant, "When the row became known");
const WAYBILL: Field = Field::required("waybill", Identifier, "The number of the waybill it is about");
const WAYBILL_OR_NONE: Field = Field::optional("waybill", Identifier, "The number of the waybill it is about");
const CARRIER: Field = Field::optional("carrier", Label, "Whose number it is, where there are several carriers");
const POSTED_ON: Field = Field::optional(
    "posted_on",
    Day,
    "The day that waybill was posted; without it the waybill is looked up by its number among those handed over",
);
const FACILITY: Field = Field::optional("facility", Label, "At which site, hub or warehouse");
const ROW: Field = Field::optional(
    "row",
    Whole,
    "A number by which moves, payments and steps of this row name it, unlike those of its other rows",
);
const OF_ROW: Field =
    Field::optional("row", Whole, "Which row it hangs on, by its `row`; null where it hangs on them all");
const CURRENCY: Field = Field::optional("currency", Code, "ISO 4217 code of the amounts, needed where there is one");

pub(super) const WAYBILLS: &[Field] = &[
    Field::required("number", Identifier, "The number on the parcel"),
    Field::required("posted_on", Day, "The day it was posted, which never changes"),
    CARRIER,
    UPDATED_AT,
    RECORDED_AT,
    Field::optional("flow", Code, "`forward` (also where null), `reverse` or `return_leg`"),
    Field::optional("parent", Identifier, "The consignment this piece belongs to"),
    Field::optional("origin_region", Label, "Where it was sent from"),
    Field::optional("destination_region", Label, "Where it was sent to"),
    Field::optional("origin_city", Label, "The city it was sent from, within its region"),
    Field::optional("destination_city", Label, "The city it was sent to, within its region"),
    Field::optional("destination_zone", Code, "The IANA zone a promised day ends in"),
    Field::optional("product", Label, "The product or service level"),
    Field::optional("cargo_category", Label, "What kind of goods"),
    Field::optional("channel", Label, "The sales channel"),
    Field::optional("customer", Identifier, "The sender"),
    Field::optional("customer_segment", Label, "What kind of customer"),
    Field::optional("recipient", Identifier, "The recipient"),
    Field::optional("promise_at", Instant, "The promise first given, where it is an instant"),
    Field::optional("promise_on", Day, "The promise first given, where it is a day; not beside `promise_at`"),
    Field::optional("fee", Amount, "The fee for the service, at least 0"),
    Field::optional("declared_value", Amount, "The insured or declared value, at least 0"),
    CURRENCY,
    Field::optional("declared_value_currency", Code, "The currency of `declared_value`, where it is not `currency`"),
    Field::optional("weight_grams", Whole, "Weight in grams"),
    ROW,
];

pub(super) const PROMISE_MOVES: &[Field] = &[
    WAYBILL,
    CARRIER,
    POSTED_ON,
    Field::required("moved_at", Instant, "When the promise was moved"),
    Field::required("by", Code, "`customer` or `carrier`"),
    Field::optional("to_at", Instant, "The promise from then on, where it is an instant"),
    Field::optional("to_on", Day, "The promise from then on, where it is a day; one of the two is needed"),
    OF_ROW,
];

pub(super) const EVENTS: &[Field] = &[
    WAYBILL,
    CARRIER,
    POSTED_ON,
    Field::required("kind", Code, "A node kind: `collected`, `delivered` …"),
    Field::required("occurred_at", Instant, "When it happened, by the scanner's clock"),
    RECORDED_AT,
    FACILITY,
    Field::optional("leg", Label, "On which leg of the route"),
    Field::optional("courier", Label, "By whose hand"),
    Field::optional("consent", Code, "For `stored`: `yes`, `no` or `unknown` (also where null)"),
    Field::optional("party", Code, "On whose account: `carrier`, `sender`, `recipient` or `force_majeure`"),
    Field::optional("raw_code", Label, "The source system's own code"),
];

pub(super) const COMPLAINTS: &[Field] = &[
    Field::required("id", Identifier, "The case's identity"),
    UPDATED_AT,
    RECORDED_AT,
    Field::optional("class", Code, "`complaint` (also without the column), `inquiry` or `appeal`"),
    Field::required("opened_at", Instant, "When it was opened"),
    WAYBILL_OR_NONE,
    CARRIER,
    POSTED_ON,
    Field::optional("customer", Identifier, "By whom"),
    Field::optional("customer_segment", Label, "What kind of customer"),
    Field::optional("cause", Label, "About what"),
    Field::optional("responded_at", Instant, "When a person first answered, not before `opened_at`"),
    Field::optional("resolved_at", Instant, "When it was last resolved, not before `opened_at`"),
    Field::optional("upheld", Truth, "Whether the firm was found responsible"),
    Field::optional("responsible", Label, "Who answers for it: `carrier/courier/K7`, `shipper/late_hand_over` …"),
    ROW,
];

const AT: Field = Field::required("at", Instant, "When it was done, not before the beginning");
const SEQUENCE: Field = Field::optional("sequence", Whole, "Its place among steps at the same instant; null is 0");
const ACTOR: Field = Field::optional(
    "actor",
    Code,
    "`customer`, `staff`, `system` or `regulator`; where null, who takes such steps as a rule",
);
const BY_WAY: Field = Field::optional("channel", Code, "By which way: `phone`, `app`, `marketplace` …");
const HANDLER: Field = Field::optional("handler", Label, "Who has it in hand from here on; null leaves it where it is");
const WHY: Field = Field::optional("reason", Label, "Why, in the words of the source");

pub(super) const CASE_STEPS: &[Field] = &[
    Field::required("case", Identifier, "The id of the case"),
    AT,
    SEQUENCE,
    Field::required("action", Code, "What was done: `open`, `answer`, `ask_customer`, `resolve`, `reopen` …"),
    ACTOR,
    BY_WAY,
    HANDLER,
    WHY,
    OF_ROW,
];

pub(super) const CLAIMS: &[Field] = &[
    Field::required("id", Identifier, "The claim's identity"),
    UPDATED_AT,
    RECORDED_AT,
    Field::required("filed_at", Instant, "When it was filed"),
    WAYBILL_OR_NONE,
    CARRIER,
    POSTED_ON,
    Field::optional("loss_kind", Code, "What went wrong: `loss`, `partial_damage` …"),
    Field::optional("claimed", Amount, "How much is asked for, at least 0"),
    CURRENCY,
    Field::optional("confirmed_at", Instant, "When the obligation to pay was confirmed"),
    Field::optional("decided_at", Instant, "When it was decided"),
    Field::optional("decision", Code, "`approved` or `refused`"),
    ROW,
];

pub(super) const PAYMENTS: &[Field] = &[
    Field::required("claim", Identifier, "The id of the claim it was paid on"),
    Field::required("paid_at", Instant, "When it was paid"),
    Field::required("amount", Amount, "How much, at least 0"),
    Field::required("currency", Code, "ISO 4217 code of the amount"),
    OF_ROW,
];

pub(super) const CLAIM_STEPS: &[Field] = &[
    Field::required("claim", Identifier, "The id of the claim"),
    AT,
    SEQUENCE,
    Field::required("action", Code, "What was done: `file`, `accept`, `confirm`, `pay`, `dispute` …"),
    ACTOR,
    BY_WAY,
    HANDLER,
    WHY,
    OF_ROW,
];

pub(super) const RATINGS: &[Field] = &[
    Field::required("id", Identifier, "The rating's identity"),
    UPDATED_AT,
    RECORDED_AT,
    Field::required("rated_at", Instant, "When the customer rated"),
    Field::required("score", Number, "The answer"),
    Field::required("scale_min", Number, "The lower end of its scale"),
    Field::required("scale_max", Number, "The upper end of its scale"),
    Field::optional("question", Code, "`csat` (also where null), `nps` or `handling`"),
    Field::optional("aspect", Code, "`overall` (also where null), `collection`, `delivery` …"),
    WAYBILL_OR_NONE,
    CARRIER,
    POSTED_ON,
    Field::optional("customer", Identifier, "By whom"),
    Field::optional("system_default", Truth, "Whether the system filled it in; null is false"),
];

pub(super) const COSTS: &[Field] = &[
    Field::required("id", Identifier, "The entry's identity"),
    UPDATED_AT,
    RECORDED_AT,
    Field::required("booked_on", Day, "The day it counts on, in the reporting zone"),
    Field::required("kind", Code, "`labour`, `vehicle`, `fuel`, `rent`, `packaging` or `other`"),
    Field::required("amount", Amount, "How much; below 0 it is a credit"),
    Field::required("currency", Code, "ISO 4217 code of the amount"),
    FACILITY,
    Field::optional("region", Label, "In which region"),
    Field::optional("product", Label, "For which product"),
];

pub(super) const COURIER_DAYS: &[Field] = &[
    Field::required("courier", Label, "Whose day"),
    Field::required("day", Day, "Which day, in the reporting zone"),
    UPDATED_AT,
    RECORDED_AT,
    FACILITY,
    Field::optional("standing", Code, "`on_duty` (also without the column), `stand_by`, `leave` or `absent`"),
    Field::optional("hours", Length, "How long the courier worked, 0h to 25h"),
];

pub(super) const STOCK_COUNTS: &[Field] = &[
    Field::required("id", Identifier, "The count's identity"),
    UPDATED_AT,
    RECORDED_AT,
    Field::required("facility", Label, "In which warehouse"),
    Field::required("location", Label, "At which location of it"),
    Field::required("counted_at", Instant, "When it was counted"),
    Field::required("expected_units", Whole, "Units that the books say lie there, up to 1,000,000,000"),
    Field::required("counted_units", Whole, "Units found, up to 1,000,000,000"),
];

pub(super) const SITE_SHIFTS: &[Field] = &[
    Field::required("id", Identifier, "The shift's identity"),
    UPDATED_AT,
    RECORDED_AT,
    Field::required("facility", Label, "Where"),
    Field::required("day", Day, "The day it counts on, in the reporting zone"),
    Field::required("activity", Code, "`sorting`, `inbound`, `outbound` or `picking`"),
    Field::required("units", Whole, "How much was done, up to 1,000,000,000"),
    Field::optional("wrong_units", Whole, "How much of it was wrong; null where nobody checked"),
    Field::required("labour_hours", Length, "The hours of all who worked on it, up to 1,000,000h"),
];
