//! What names of columns and words of a status say: guesses, for a person to correct.

use super::profile::{FileProfile, Nature, Profile, Written};
use crate::record::NodeKind;

/// What names of columns, and words of a status, say about the step of a journey; the first that fits holds.
const STEPS: [(&[&str], Step); 13] = [
    (&["estimat", "promis", "expect", "deadline", "sla", "eta", "预计", "承诺", "时限"], Step::Promise),
    (&["cancel", "取消"], Step::Node(NodeKind::Cancelled)),
    (&["return", "退回", "退件"], Step::Node(NodeKind::Returned)),
    (&["fail", "attempt", "未妥投", "派送失败"], Step::Node(NodeKind::AttemptFailed)),
    (&["out_for", "out for", "派送", "派件"], Step::Node(NodeKind::OutForDelivery)),
    (&["locker", "stored", "入柜", "驿站", "代收"], Step::Node(NodeKind::Stored)),
    (&["lost", "missing", "丢失"], Step::Node(NodeKind::Lost)),
    (&["damage", "破损"], Step::Node(NodeKind::Damaged)),
    (
        &["pick", "collect", "carrier", "handed", "dispatch", "shipped", "揽", "取件", "发货"],
        Step::Node(NodeKind::Collected),
    ),
    (&["deliver", "signed", "signature", "completed", "签收", "妥投", "送达"], Step::Node(NodeKind::Delivered)),
    (&["order", "purchas", "creat", "book", "placed", "下单"], Step::Node(NodeKind::Ordered)),
    (&["arriv", "到达", "到件"], Step::Node(NodeKind::HubArrived)),
    (&["depart", "left", "离开", "发往", "发件"], Step::Node(NodeKind::HubDeparted)),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Promise,
    Node(NodeKind),
}

/// Labels of a waybill and the words that name them.
pub(super) const LABELS: [(&str, &[&str]); 7] = [
    ("origin_region", &["origin", "sender_state", "from", "寄件", "始发"]),
    ("destination_region", &["dest", "customer_state", "recipient_state", "收件", "目的"]),
    ("product", &["product", "service", "产品"]),
    ("cargo_category", &["category", "品类"]),
    ("customer", &["customer", "client", "sender", "客户"]),
    ("channel", &["channel", "渠道"]),
    ("attributes.carrier", &["carrier", "airline", "快递公司", "承运"]),
];

const NUMBERS: [&str; 9] = ["waybill", "tracking", "awb", "consignment", "shipment", "parcel", "运单", "单号", "order"];
pub(super) const MONEY: [&str; 6] = ["fee", "freight", "price", "postage", "fare", "运费"];
pub(super) const STATUS: [&str; 7] = ["status", "event", "code", "kind", "node", "action", "状态"];
pub(super) const SITES: [&str; 6] = ["facility", "site", "hub", "station", "location", "网点"];
/// Columns that say how much, and never which.
const MEASURES: [&str; 8] = ["delay", "time", "distance", "duration", "hour", "minute", "amount", "weight"];

/// Columns that say when.
const CLOCKS: [&str; 6] = ["time", "date", "_at", "_ts", "时间", "日期"];

/// More states than a status has.
pub(super) const STATES: usize = 40;

/// Whether a column is named by one of the words.
pub(super) fn names(column: &Profile, words: &[&str]) -> bool {
    let name = column.name.to_lowercase();
    words.iter().any(|word| name.contains(word))
}

/// The step that a text speaks of.
pub(super) fn step_of(text: &str) -> Option<Step> {
    let text = text.to_lowercase();
    STEPS.iter().find(|(words, _)| words.iter().any(|word| text.contains(word))).map(|&(_, step)| step)
}

/// The columns that tell rows apart: the one that is named as a number, and as many more as it takes.
pub(super) fn number(profile: &FileProfile) -> Vec<usize> {
    let whole = |place: &usize| {
        let column = &profile.columns[*place];
        column.filled == profile.rows && column.nature != Nature::Decimal && column.nature != Nature::Empty
    };
    let by_distinct = |place: &usize| profile.columns[*place].distinct.len();
    let places: Vec<usize> = (0..profile.columns.len()).filter(whole).collect();
    let is_time = |place: usize| matches!(profile.columns[place].nature, Nature::Time(_));
    // Ten and thirteen digits may count seconds since 1970, or be a number.
    let is_named_time = |place: usize| match profile.columns[place].nature {
        Nature::Time(Written { format: "%s" | "unix_ms", .. }) => names(&profile.columns[place], &CLOCKS),
        _ => is_time(place),
    };
    for word in NUMBERS {
        let named =
            places.iter().copied().filter(|&place| names(&profile.columns[place], &[word]) && !is_named_time(place));
        if let Some(place) = named.max_by_key(by_distinct) {
            return vec![place];
        }
    }
    let telling = places.into_iter().filter(|&place| is_time(place) || !names(&profile.columns[place], &MEASURES));
    let mut telling: Vec<usize> = telling.collect();
    let mut chosen = Vec::new();
    let mut unlike = 1;
    while unlike < profile.rows && chosen.len() < 6 {
        let with = |place: &usize| profile.combinations(&[chosen.as_slice(), &[*place]].concat());
        let Some(best) = telling.iter().copied().max_by_key(with) else { break };
        let more = with(&best);
        if more <= unlike {
            break;
        }
        unlike = more;
        chosen.push(best);
        telling.retain(|&place| place != best);
    }
    if chosen.is_empty() { vec![0] } else { chosen }
}
