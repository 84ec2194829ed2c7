//! A batch of records of every kind, with the account of where each input row went.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Claim, Complaint, CostEntry, CourierDay, NodeEvent, Rating, SiteShift, StockCount, Waybill};

/// The kinds of record there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RecordKind {
    /// [`Waybill`].
    Waybill,
    /// [`NodeEvent`].
    Event,
    /// [`Complaint`].
    Complaint,
    /// [`Claim`].
    Claim,
    /// [`Rating`].
    Rating,
    /// [`CostEntry`].
    Cost,
    /// [`CourierDay`].
    CourierDay,
    /// [`StockCount`].
    StockCount,
    /// [`SiteShift`].
    SiteShift,
}

impl RecordKind {
    /// All kinds.
    pub const ALL: [Self; 9] = [
        Self::Waybill,
        Self::Event,
        Self::Complaint,
        Self::Claim,
        Self::Rating,
        Self::Cost,
        Self::CourierDay,
        Self::StockCount,
        Self::SiteShift,
    ];

    /// The kinds that speak of shipments: the others speak of what it takes to run the network.
    pub const OF_SHIPMENTS: [Self; 5] = [Self::Waybill, Self::Event, Self::Complaint, Self::Claim, Self::Rating];

    /// The singular, as in a result's `missing`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Waybill => "waybill",
            Self::Event => "event",
            Self::Complaint => "complaint",
            Self::Claim => "claim",
            Self::Rating => "rating",
            Self::Cost => "cost",
            Self::CourierDay => "courier_day",
            Self::StockCount => "stock_count",
            Self::SiteShift => "site_shift",
        }
    }

    /// The plural, as in a result's `input`.
    #[must_use]
    pub fn plural(self) -> &'static str {
        match self {
            Self::Waybill => "waybills",
            Self::Event => "events",
            Self::Complaint => "complaints",
            Self::Claim => "claims",
            Self::Rating => "ratings",
            Self::Cost => "costs",
            Self::CourierDay => "courier_days",
            Self::StockCount => "stock_counts",
            Self::SiteShift => "site_shifts",
        }
    }
}

/// A set of record kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct RecordSet(u16); // one bit a kind

impl RecordSet {
    /// The set with one kind more.
    #[must_use]
    pub fn with(self, kind: RecordKind) -> Self {
        Self(self.0 | 1 << kind as u8)
    }
    /// Whether a kind is in it.
    #[must_use]
    pub fn contains(self, kind: RecordKind) -> bool {
        self.0 & 1 << kind as u8 != 0
    }
    /// Both sets together.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
    /// The kinds in it, in order.
    pub fn iter(self) -> impl Iterator<Item = RecordKind> {
        RecordKind::ALL.into_iter().filter(move |&kind| self.contains(kind))
    }
}

impl FromIterator<RecordKind> for RecordSet {
    fn from_iter<I: IntoIterator<Item = RecordKind>>(kinds: I) -> Self {
        kinds.into_iter().fold(Self::default(), Self::with)
    }
}

/// Where the input rows of one kind went: rows = used + duplicate + quarantined. Adds up over batches.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct InputCount {
    /// Rows that tell of something known at `as_of`.
    pub rows: u64,
    /// Rows that stand behind the figures.
    pub used: u64,
    /// Rows that say again what another says.
    pub duplicate: u64,
    /// Rows set aside, by reason.
    pub quarantined: BTreeMap<String, u64>,
    /// Rows of things not yet known at `as_of`: counted here and nowhere else.
    pub not_yet_known: u64,
}

impl InputCount {
    /// An account of so many rows, of which so many are used and so many are duplicates.
    #[must_use]
    pub fn of_rows(rows: u64, used: u64, duplicate: u64) -> Self {
        Self { rows, used, duplicate, ..Self::default() }
    }
    /// A row that stands behind the figures.
    pub fn use_one(&mut self) {
        self.rows += 1;
        self.used += 1;
    }
    /// A row that says again what another says.
    pub fn repeat_one(&mut self) {
        self.rows += 1;
        self.duplicate += 1;
    }
    /// A row set aside.
    pub fn quarantine(&mut self, reason: &str, rows: u64) {
        self.rows += rows;
        match self.quarantined.get_mut(reason) {
            Some(count) => *count += rows,
            None => {
                self.quarantined.insert(reason.to_owned(), rows);
            }
        }
    }
    /// Rows set aside for whatever reason.
    #[must_use]
    pub fn quarantined_rows(&self) -> u64 {
        self.quarantined.values().sum()
    }
    /// Adds another batch's account.
    pub fn merge(&mut self, other: &Self) {
        self.rows += other.rows;
        self.used += other.used;
        self.duplicate += other.duplicate;
        self.not_yet_known += other.not_yet_known;
        for (reason, count) in &other.quarantined {
            *self.quarantined.entry(reason.clone()).or_default() += count;
        }
    }
}

/// Records of every kind, in any order, repeats included.
///
/// `supplied` tells a kind that was handed over and is empty (its counts are 0) from one that nobody handed over
/// (figures that need it are missing). `set_aside` is the account of rows that a reader could not turn into records.
///
/// ```
/// use parcelgauge::record::{RecordKind, Records};
/// let records = Records::supplying([RecordKind::Waybill, RecordKind::Event, RecordKind::Complaint]);
/// assert!(records.supplied.contains(RecordKind::Complaint)); // none opened, which is not the same as none known
/// ```
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Records {
    /// The kinds handed over, empty or not.
    pub supplied: RecordSet,
    /// Waybills.
    pub waybills: Vec<Waybill>,
    /// Node events.
    pub events: Vec<NodeEvent>,
    /// Complaints, inquiries, appeals.
    pub complaints: Vec<Complaint>,
    /// Claims.
    pub claims: Vec<Claim>,
    /// Ratings.
    pub ratings: Vec<Rating>,
    /// Cost entries.
    pub costs: Vec<CostEntry>,
    /// Couriers' days on the roster.
    pub courier_days: Vec<CourierDay>,
    /// Stock counts.
    pub stock_counts: Vec<StockCount>,
    /// Shifts of facilities.
    pub site_shifts: Vec<SiteShift>,
    /// Rows that did not become records, by kind: they are part of the input's account.
    pub set_aside: BTreeMap<RecordKind, InputCount>,
}

impl Records {
    /// An empty batch that hands over the kinds named.
    #[must_use]
    pub fn supplying(kinds: impl IntoIterator<Item = RecordKind>) -> Self {
        Self { supplied: kinds.into_iter().collect(), ..Self::default() }
    }

    /// Adds other records.
    pub fn append(&mut self, other: Self) {
        self.supplied = self.supplied.union(other.kinds());
        add(&mut self.waybills, other.waybills);
        add(&mut self.events, other.events);
        add(&mut self.complaints, other.complaints);
        add(&mut self.claims, other.claims);
        add(&mut self.ratings, other.ratings);
        add(&mut self.costs, other.costs);
        add(&mut self.courier_days, other.courier_days);
        add(&mut self.stock_counts, other.stock_counts);
        add(&mut self.site_shifts, other.site_shifts);
        for (kind, count) in other.set_aside {
            self.set_aside.entry(kind).or_default().merge(&count);
        }
    }

    /// The kinds handed over: those named, and those of which there is at least one record.
    #[must_use]
    pub fn kinds(&self) -> RecordSet {
        let held = [
            (RecordKind::Waybill, self.waybills.len()),
            (RecordKind::Event, self.events.len()),
            (RecordKind::Complaint, self.complaints.len()),
            (RecordKind::Claim, self.claims.len()),
            (RecordKind::Rating, self.ratings.len()),
            (RecordKind::Cost, self.costs.len()),
            (RecordKind::CourierDay, self.courier_days.len()),
            (RecordKind::StockCount, self.stock_counts.len()),
            (RecordKind::SiteShift, self.site_shifts.len()),
        ];
        held.into_iter()
            .filter(|&(_, count)| count > 0)
            .map(|(kind, _)| kind)
            .collect::<RecordSet>()
            .union(self.supplied)
    }
}

/// Adds rows behind others; where there are none, they are taken over as they are.
fn add<T>(rows: &mut Vec<T>, mut others: Vec<T>) {
    if rows.is_empty() {
        *rows = others;
    } else {
        rows.append(&mut others);
    }
}
