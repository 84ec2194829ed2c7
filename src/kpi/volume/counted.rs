/// Which shipments are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Counted {
    /// Those accepted, by the day of acceptance.
    #[default]
    Accepted,
    /// Those completed, by the day of completion.
    Completed,
    /// Those accepted and under way, by the day of acceptance.
    InFlight,
}

impl Counted {
    pub(super) const ALL: [Self; 3] = [Self::Accepted, Self::Completed, Self::InFlight];

    /// The name as an argument and in results.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Completed => "completed",
            Self::InFlight => "in_flight",
        }
    }
}
