//! Stages: stretches of the way that have a time of their own.

use std::borrow::Cow;

use crate::record::{Label, NodeKind, PassageKey, RecordError};

/// Stands in figures of stages for a whole leg.
pub const WHOLE_LEG: &str = "leg";
/// Stands in figures of stages for the whole way.
pub const WHOLE_WAY: &str = "way";

/// Which of several scans of one kind bounds a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pick {
    /// The earliest.
    First,
    /// The latest.
    Last,
}

/// Where a stage begins or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Boundary {
    /// A scan of a kind.
    Node(NodeKind, Pick),
    /// The completion, whatever completes.
    Completion,
}

/// A stretch of the way that has a time of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Stage {
    /// Its name in results.
    pub name: Cow<'static, str>,
    /// Between which scans it lies.
    pub between: Between,
}

/// Between which scans a stage lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Between {
    /// It is gone through once.
    Once {
        /// Where it begins.
        from: Boundary,
        /// Where it ends.
        to: Boundary,
    },
    /// It is gone through any number of times, none included: once for each scan of `from` with the scan of `to` that
    /// follows it.
    EachTime {
        /// The scan that begins it.
        from: NodeKind,
        /// The scan that ends it. // to != from
        to: NodeKind,
    },
}

const COLLECTED: Boundary = Boundary::Node(NodeKind::Collected, Pick::First);
const ORIGIN_LEFT: Boundary = Boundary::Node(NodeKind::OriginDeparted, Pick::Last);
const DESTINATION_REACHED: Boundary = Boundary::Node(NodeKind::DestinationArrived, Pick::First);
const OUT: Boundary = Boundary::Node(NodeKind::OutForDelivery, Pick::First);

impl Stage {
    /// A stage that is gone through once.
    #[must_use]
    pub fn once(name: Label, from: Boundary, to: Boundary) -> Self {
        Self { name: Cow::Owned(name.as_str().to_owned()), between: Between::Once { from, to } }
    }

    /// A stage that may be gone through any number of times.
    ///
    /// Its times are the successive pairs of scans in order of time. A beginning without an end before the next beginning,
    /// and an end without a beginning after the end before it, are times through the stage of which the length is not
    /// known. The first scan of `to` that ends a stage gone through once, and the last scan of `from` that begins one,
    /// belong to that stage and not to this.
    #[must_use]
    pub fn repeatable(name: Label, from: NodeKind, to: NodeKind) -> Self {
        Self { name: Cow::Owned(name.as_str().to_owned()), between: Between::EachTime { from, to } }
    }

    /// The four stages of the normal trip.
    pub(super) fn standard() -> Vec<Self> {
        let once = |name, from, to| Self { name: Cow::Borrowed(name), between: Between::Once { from, to } };
        vec![
            once("origin_processing", COLLECTED, ORIGIN_LEFT),
            once("transport", ORIGIN_LEFT, DESTINATION_REACHED),
            once("destination_processing", DESTINATION_REACHED, OUT),
            once("last_mile", OUT, Boundary::Completion),
        ]
    }

    /// The kinds of scan it stands on.
    pub(super) fn kinds(&self) -> impl Iterator<Item = NodeKind> + use<> {
        let of = |boundary: Boundary| match boundary {
            Boundary::Node(kind, _) => Some(kind),
            Boundary::Completion => None,
        };
        let kinds = match self.between {
            Between::Once { from, to } => [of(from), of(to)],
            Between::EachTime { from, to } => [Some(from), Some(to)],
        };
        kinds.into_iter().flatten()
    }

    pub(super) fn validate(&self) -> Result<(), RecordError> {
        nameable("stage", &Label::new(&self.name)?)?;
        if [WHOLE_LEG, WHOLE_WAY].contains(&&*self.name) {
            let remedy = "give the stage another name: this one stands for all stages together";
            return Err(RecordError::new("stage", &self.name, "a name other than `leg` and `way`", remedy));
        }
        match self.between {
            Between::EachTime { from, to } if from == to => Err(RecordError::new(
                "stage",
                &self.name,
                "two kinds of scan, one that begins it and one that ends it",
                "name the scan that ends the stage, or go through it once",
            )),
            _ => Ok(()),
        }
    }
}

/// Refuses names that no plan could be given for.
pub(super) fn nameable(field: &'static str, name: &Label) -> Result<(), RecordError> {
    match PassageKey::new(None, name.clone(), 1) {
        Ok(_) => Ok(()),
        Err(_) => Err(RecordError::new(field, name, "a name without `/` and `#`", "choose another one")),
    }
}

pub(super) fn twice(field: &'static str, name: &str) -> RecordError {
    RecordError::new(field, name, "each name once", "give the second one a name of its own")
}
