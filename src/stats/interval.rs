use serde::Serialize;

/// A closed interval, `low <= high`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// A two-sided confidence level. The normal quantiles are literals, so that intervals are the same bits everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Level {
    /// 90 %.
    Ninety,
    /// 95 %, unless told otherwise.
    #[default]
    NinetyFive,
    /// 99 %.
    NinetyNine,
}

impl Level {
    /// The normal quantile of (1 + level) / 2.
    #[must_use]
    pub fn z(self) -> f64 {
        match self {
            Self::Ninety => 1.644_853_626_951_472_2,
            Self::NinetyFive => 1.959_963_984_540_054,
            Self::NinetyNine => 2.575_829_303_548_900_4,
        }
    }

    /// The probability left in each tail.
    #[must_use]
    pub fn tail(self) -> f64 {
        match self {
            Self::Ninety => 0.05,
            Self::NinetyFive => 0.025,
            Self::NinetyNine => 0.005,
        }
    }
}
