//! Which rows stand behind the figures: what is known, what is said again, what is in conflict, what has no waybill.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use parcelgauge::record::{
    Claim, Complaint, FacilityId, Instant, NodeEvent, NodeKind, Rating, Records, Waybill, WaybillKey,
};

use super::clock;

/// Where the rows of one kind went.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Account {
    pub rows: u64,
    pub used: u64,
    pub duplicate: u64,
    pub not_yet_known: u64,
    pub quarantined: BTreeMap<String, u64>,
}

/// The rows that count.
#[derive(Debug, Default)]
pub struct Kept<'a> {
    pub waybills: BTreeMap<&'a WaybillKey, &'a Waybill>,
    pub events: BTreeMap<&'a WaybillKey, Vec<&'a NodeEvent>>,
    pub complaints: Vec<&'a Complaint>,
    pub claims: Vec<&'a Claim>,
    pub ratings: Vec<&'a Rating>,
    pub accounts: BTreeMap<&'static str, Account>,
}

/// Whether a scan was taken in more than five minutes before it says it happened.
pub fn is_recorded_early(event: &NodeEvent) -> bool {
    event.recorded_at.is_some_and(|recorded| recorded.as_millis() < event.occurred_at.as_millis() - 5 * clock::MINUTE)
}

/// The rows of a kind that are known and can be used, one list an identity.
fn known<'a, T, K: Ord>(
    rows: &'a [T],
    as_of: Instant,
    known_at: impl Fn(&T) -> Instant,
    is_sound: impl Fn(&T) -> bool,
    identity: impl Fn(&'a T) -> K,
    account: &mut Account,
) -> BTreeMap<K, Vec<&'a T>> {
    let mut by_identity: BTreeMap<K, Vec<&T>> = BTreeMap::new();
    for row in rows {
        if known_at(row) > as_of {
            account.not_yet_known += 1;
            continue;
        }
        account.rows += 1;
        if is_sound(row) {
            by_identity.entry(identity(row)).or_default().push(row);
        } else {
            *account.quarantined.entry("invalid_value".to_owned()).or_default() += 1;
        }
    }
    by_identity
}

/// Whether a case was answered and resolved no sooner than opened.
fn is_answered_after_opening(case: &Complaint) -> bool {
    let answers = [case.responded_at, case.resolved_at];
    answers.into_iter().flatten().all(|answered| answered >= case.opened_at)
}

/// Of rows with one identity the one updated last holds, of those the greatest; unlike ones are in conflict with it.
fn hold<'a, T: Ord>(
    rows: &[&'a T],
    updated_at: impl Fn(&T) -> Option<Instant>,
    reason: &str,
    account: &mut Account,
) -> &'a T {
    let mut held = rows[0];
    for row in rows {
        if (updated_at(row), *row) > (updated_at(held), held) {
            held = row;
        }
    }
    account.used += 1;
    // A row that says what another says is a duplicate, kept or not; what is left differs from the row held.
    let mut distinct: Vec<&T> = rows.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    account.duplicate += (rows.len() - distinct.len()) as u64;
    let unlike = distinct.len() as u64 - 1;
    if unlike > 0 {
        *account.quarantined.entry(reason.to_owned()).or_default() += unlike;
    }
    held
}

/// What identifies a scan.
fn identity(event: &NodeEvent) -> (&WaybillKey, NodeKind, Instant, &Option<FacilityId>) {
    (&event.waybill, event.kind, event.occurred_at, &event.facility)
}

/// Sorts out which rows count at an instant.
pub fn keep(records: &Records, as_of: Instant, zone: Tz) -> Kept<'_> {
    let mut kept = Kept::default();

    let mut account = Account::default();
    let known_at =
        |row: &Waybill| row.recorded_at.unwrap_or_else(|| clock::instant(clock::start_of(zone, row.key.posted_on)));
    for (key, rows) in known(&records.waybills, as_of, known_at, |_| true, |row| &row.key, &mut account) {
        kept.waybills.insert(key, hold(&rows, |row| row.updated_at, "conflicting_waybill", &mut account));
    }
    kept.accounts.insert("waybills", account);

    let mut account = Account::default();
    let known_at = |row: &NodeEvent| row.recorded_at.unwrap_or(row.occurred_at);
    for ((key, ..), rows) in known(&records.events, as_of, known_at, |_| true, identity, &mut account) {
        if !kept.waybills.contains_key(key) {
            *account.quarantined.entry("unknown_waybill".to_owned()).or_default() += rows.len() as u64;
            continue;
        }
        let least = rows.iter().min_by_key(|row| {
            (is_recorded_early(row), row.recorded_at.is_none(), row.recorded_at, **row) // missing last
        });
        kept.events.entry(key).or_default().push(least.expect("no identity without a row"));
        account.used += 1;
        account.duplicate += rows.len() as u64 - 1;
    }
    kept.accounts.insert("events", account);

    let mut account = Account::default();
    let known_at = |row: &Complaint| row.recorded_at.unwrap_or(row.opened_at);
    let is_sound = is_answered_after_opening;
    for rows in known(&records.complaints, as_of, known_at, is_sound, |row| &row.id, &mut account).values() {
        kept.complaints.push(hold(rows, |row| row.updated_at, "conflicting_complaint", &mut account));
    }
    kept.accounts.insert("complaints", account);

    let mut account = Account::default();
    let known_at = |row: &Claim| row.recorded_at.unwrap_or(row.filed_at);
    for rows in known(&records.claims, as_of, known_at, |_| true, |row| &row.id, &mut account).values() {
        kept.claims.push(hold(rows, |row| row.updated_at, "conflicting_claim", &mut account));
    }
    kept.accounts.insert("claims", account);

    let mut account = Account::default();
    let known_at = |row: &Rating| row.recorded_at.unwrap_or(row.rated_at);
    for rows in known(&records.ratings, as_of, known_at, |_| true, |row| &row.id, &mut account).values() {
        kept.ratings.push(hold(rows, |row| row.updated_at, "conflicting_rating", &mut account));
    }
    kept.accounts.insert("ratings", account);
    kept
}
