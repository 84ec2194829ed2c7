//! What is overdue, and what is about to be.

use super::{Duty, Life, LifeCycle, Standing};
use crate::calendar::{Answer, CalendarError, WorkingCalendar};
use crate::record::{Actor, Duration, Instant, Label, Text};

/// How pressing it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Urgency {
    /// Too late, by so much working time: none where no opening has passed since.
    Overdue {
        /// How much.
        by: Answer<Duration>,
    },
    /// In time yet, with so much working time left.
    DueSoon {
        /// How much.
        left: Answer<Duration>,
    },
}

/// A duty not done.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WatchItem {
    /// Of which case or claim.
    pub id: Text,
    /// Which duty.
    pub duty: &'static str,
    /// Who owes it.
    pub owed_by: Actor,
    /// Who has it in hand, where that is known.
    pub handler: Option<Label>,
    /// By when.
    pub due: Answer<Instant>,
    /// How pressing it is.
    pub urgency: Urgency,
}

/// A notice for the caller to send: who, what, why, by when.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Notice {
    /// The same for the same notice however often it is made, so that it is sent once: `C1/payout/overdue`.
    pub key: String,
    /// To whom: who has it in hand, where that is known.
    pub to: Option<Label>,
    /// The kind of party that owes it.
    pub owed_by: Actor,
    /// About which case or claim.
    pub about: Text,
    /// Which duty.
    pub why: &'static str,
    /// By when it has to be done, or had to.
    pub by: Answer<Instant>,
}

/// The watch list of one instant: most urgent first, which is by deadline, then by id and duty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Watch {
    items: Vec<WatchItem>,
    unknown: Vec<(Text, CalendarError)>,
}

impl Watch {
    /// Holds lives against duties: keeps what is overdue, and what is due with no more than `soon` of working time
    /// left.
    #[must_use]
    pub fn over<'l, S: LifeCycle>(
        lives: impl IntoIterator<Item = &'l Life<S>>,
        duties: &[Duty<S>],
        calendar: &WorkingCalendar,
        as_of: Instant,
        soon: Duration,
    ) -> Self {
        let mut watch = Self::default();
        for life in lives {
            for duty in duties {
                match duty.standing(life, calendar, as_of) {
                    Ok(Some(Standing::Overdue { due, by })) => {
                        watch.items.push(WatchItem::new(life, duty, as_of, due, Urgency::Overdue { by }));
                    }
                    Ok(Some(Standing::Pending { due, left })) if left.value <= soon => {
                        watch.items.push(WatchItem::new(life, duty, as_of, due, Urgency::DueSoon { left }));
                    }
                    Ok(_) => {}
                    Err(error) => watch.unknown.push((life.id().clone(), error)),
                }
            }
        }
        watch
            .items
            .sort_by(|one, other| (one.due.value, &one.id, one.duty).cmp(&(other.due.value, &other.id, other.duty)));
        watch
    }

    /// What is overdue or due soon, most urgent first.
    #[must_use]
    pub fn items(&self) -> &[WatchItem] {
        &self.items
    }

    /// Cases and claims with a deadline outside the days that the calendar knows.
    #[must_use]
    pub fn unknown(&self) -> &[(Text, CalendarError)] {
        &self.unknown
    }

    /// A notice for each item.
    pub fn notices(&self) -> impl Iterator<Item = Notice> {
        self.items.iter().map(WatchItem::notice)
    }
}

impl WatchItem {
    fn new<S: LifeCycle>(
        life: &Life<S>,
        duty: &Duty<S>,
        as_of: Instant,
        due: Answer<Instant>,
        urgency: Urgency,
    ) -> Self {
        let (id, handler) = (life.id().clone(), life.handler(as_of).cloned());
        Self { id, duty: duty.name(), owed_by: duty.owed_by(), handler, due, urgency }
    }

    /// The notice of it.
    #[must_use]
    pub fn notice(&self) -> Notice {
        let kind = match self.urgency {
            Urgency::Overdue { .. } => "overdue",
            Urgency::DueSoon { .. } => "due_soon",
        };
        Notice {
            key: format!("{}/{}/{kind}", &*self.id, self.duty),
            to: self.handler.clone(),
            owed_by: self.owed_by,
            about: self.id.clone(),
            why: self.duty,
            by: self.due,
        }
    }
}
