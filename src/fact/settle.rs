//! Repeats and conflicts: of several rows of one thing, which one holds.

use chrono::NaiveDate;

use crate::record::{Claim, Complaint, InputCount, Instant, Rating, RecordKind, Waybill, WaybillKey, Zone};

/// The source partition of a record: its waybill's posting day, else its own date in the reporting zone.
#[must_use]
pub fn source_partition(waybill: Option<&WaybillKey>, own: Instant, zone: Zone) -> NaiveDate {
    Home::of(waybill, own).day(zone)
}

/// The source partition a row names: a day, or the date of an instant in whatever zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Home {
    /// The posting day of the waybill it names, or a day of its own.
    On(NaiveDate),
    /// The date of its own instant.
    At(Instant),
}

impl Home {
    /// The posting day of a waybill, else the date of an instant.
    #[must_use]
    pub fn of(waybill: Option<&WaybillKey>, own: Instant) -> Self {
        waybill.map_or(Self::At(own), |key| Self::On(key.posted_on))
    }
    /// The day in a zone.
    #[must_use]
    pub fn day(self, zone: Zone) -> NaiveDate {
        match self {
            Self::On(day) => day,
            Self::At(at) => zone.date_of(at),
        }
    }
}

/// A record that names its source partition by itself.
pub trait Homed {
    /// Its kind.
    const RECORD: RecordKind;
    /// The source partition this row names.
    fn home(&self) -> Home;
}

/// A record of which a later row may name another source partition: a case, claim or rating that is linked to a waybill
/// later, a cost that is booked on another day.
pub trait Hanging: Homed {
    /// Its identifier.
    fn hanging_id(&self) -> &str;
}

/// What became of the rows that do not stand behind a figure.
#[derive(Debug, Default)]
pub(super) struct Settled {
    /// Rows that say again what another says.
    pub(super) duplicate: u64,
    /// Rows overruled by a later state of the same thing.
    pub(super) overruled: u64,
}

impl Settled {
    /// Books the rows into an account.
    pub(super) fn book(self, count: &mut InputCount, used: u64, conflict: &str) {
        count.rows += used + self.duplicate;
        count.used += used;
        count.duplicate += self.duplicate;
        if self.overruled > 0 {
            count.quarantine(conflict, self.overruled);
        }
    }
}

/// A record of which later rows overrule earlier ones.
pub(super) trait Revised: Ord {
    /// What identifies the thing.
    type Key<'k>: Ord
    where
        Self: 'k;
    /// Its identity.
    fn key(&self) -> Self::Key<'_>;
    /// When this state was written.
    fn updated_at(&self) -> Option<Instant>;
}

impl Revised for Waybill {
    type Key<'k> = &'k WaybillKey;
    fn key(&self) -> &WaybillKey {
        &self.key
    }
    fn updated_at(&self) -> Option<Instant> {
        self.updated_at
    }
}

impl Revised for Complaint {
    type Key<'k> = &'k str;
    fn key(&self) -> &str {
        self.id.as_str()
    }
    fn updated_at(&self) -> Option<Instant> {
        self.updated_at
    }
}

impl Revised for Claim {
    type Key<'k> = &'k str;
    fn key(&self) -> &str {
        self.id.as_str()
    }
    fn updated_at(&self) -> Option<Instant> {
        self.updated_at
    }
}

impl Revised for Rating {
    type Key<'k> = &'k str;
    fn key(&self) -> &str {
        self.id.as_str()
    }
    fn updated_at(&self) -> Option<Instant> {
        self.updated_at
    }
}

/// One row a thing, ascending by key: the greatest by (`updated_at`, the row itself, field by field).
/// Rows that are not `counted` take part and are left out of the account.
pub(super) fn latest<'a, R: Revised>(
    mut rows: Vec<&'a R>,
    counted: impl Fn(&R) -> bool,
    settled: &mut Settled,
) -> Vec<&'a R> {
    let descending =
        |a: &&R, b: &&R| a.key().cmp(&b.key()).then_with(|| (b.updated_at(), *b).cmp(&(a.updated_at(), *a)));
    if !rows.windows(2).all(|pair| pair[0].key() < pair[1].key()) {
        rows.sort_unstable_by(descending);
    }
    let mut kept: Vec<&'a R> = Vec::with_capacity(rows.len());
    let mut before: Option<&R> = None;
    for row in rows {
        match kept.last() {
            Some(holds) if holds.key() == row.key() => {
                // Equal rows stand side by side: a repeat of an overruled row is a repeat all the same.
                let count = if before.is_some_and(|before| before == row) {
                    &mut settled.duplicate
                } else {
                    &mut settled.overruled
                };
                *count += u64::from(counted(row));
            }
            _ => kept.push(row),
        }
        before = Some(row);
    }
    kept
}

/// [`latest`] for waybills.
pub(super) fn latest_waybills<'a>(rows: Vec<&'a Waybill>, settled: &mut Settled) -> Vec<&'a Waybill> {
    latest(rows, |_| true, settled)
}

impl Homed for Complaint {
    const RECORD: RecordKind = RecordKind::Complaint;
    fn home(&self) -> Home {
        Home::of(self.waybill.as_ref(), self.opened_at)
    }
}

impl Hanging for Complaint {
    fn hanging_id(&self) -> &str {
        self.id.as_str()
    }
}

impl Homed for Claim {
    const RECORD: RecordKind = RecordKind::Claim;
    fn home(&self) -> Home {
        Home::of(self.waybill.as_ref(), self.filed_at)
    }
}

impl Hanging for Claim {
    fn hanging_id(&self) -> &str {
        self.id.as_str()
    }
}

impl Homed for Rating {
    const RECORD: RecordKind = RecordKind::Rating;
    fn home(&self) -> Home {
        Home::of(self.waybill.as_ref(), self.rated_at)
    }
}

impl Hanging for Rating {
    fn hanging_id(&self) -> &str {
        self.id.as_str()
    }
}
