use crate::record::Currency;
use crate::stats::Interval;

/// By how much a quotient of counts, milliseconds or minor units is scaled to the unit a KPI speaks in: 10,000 for a
/// figure per ten thousand parcels, 1 / 3,600,000 for hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    /// Factor above the line.
    pub multiply: u32, // > 0
    /// Factor below the line.
    pub divide: u32, // > 0
}

impl Scale {
    /// As it is.
    pub const ONE: Self = Self { multiply: 1, divide: 1 };
    /// Milliseconds as hours.
    pub const HOURS: Self = Self { multiply: 1, divide: 3_600_000 };
    /// Per cent.
    pub const PERCENT: Self = Self { multiply: 100, divide: 1 };
    /// Per ten thousand.
    pub const PER_10K: Self = Self { multiply: 10_000, divide: 1 };

    /// One division of two whole numbers; none where nothing is below the line.
    #[must_use]
    #[allow(clippy::float_arithmetic, reason = "the one division")]
    pub fn quotient(self, above: i128, below: i128) -> Option<f64> {
        let (above, below) = (above * i128::from(self.multiply), below * i128::from(self.divide));
        (below != 0).then(|| above as f64 / below as f64)
    }

    /// An interval, scaled likewise.
    #[must_use]
    #[allow(clippy::float_arithmetic, reason = "a figure, no longer a state")]
    pub fn interval(self, interval: Interval) -> Interval {
        let scaled = |end: f64| end * f64::from(self.multiply) / f64::from(self.divide);
        Interval { low: scaled(interval.low), high: scaled(interval.high) }
    }
}

/// A finished figure. None where there is nothing to divide by: never 0, never NaN.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Figure {
    /// Facts that hit over facts that hit or miss.
    Share {
        /// In the numerator.
        hit: u64,
        /// In the denominator only.
        miss: u64,
        /// hit / (hit + miss).
        value: Option<f64>,
        /// Wilson, 95 %.
        interval: Option<Interval>,
    },
    /// Events over exposure.
    Rate {
        /// Events in the window.
        events: u64,
        /// Exposure in the window.
        exposure: u64,
        /// events / exposure, in the KPI's unit.
        value: Option<f64>,
        /// Exact Poisson on the events, 95 %.
        interval: Option<Interval>,
    },
    /// Sum over sum.
    Ratio {
        /// Above the line, in minor units where it is money.
        numerator: i128,
        /// Below the line.
        denominator: i128,
        /// Their quotient, in the KPI's unit.
        value: Option<f64>,
        /// The currency, where it is money.
        currency: Option<Currency>,
    },
    /// A plain count.
    Count {
        /// How many; none where the record kinds it needs were not supplied.
        count: Option<u64>,
    },
    /// Promoters less detractors.
    Nps {
        /// Promoters.
        promoters: u64,
        /// Passives.
        passives: u64,
        /// Detractors.
        detractors: u64,
        /// Points, −100 to 100.
        value: Option<f64>,
        /// Normal, 95 %, held within the scale.
        interval: Option<Interval>,
    },
    /// A distribution, in the KPI's unit.
    Distribution {
        /// How many.
        count: u64,
        /// Mean.
        mean: Option<f64>,
        /// Median.
        p50: Option<f64>,
        /// 80 % quantile.
        p80: Option<f64>,
        /// 90 % quantile.
        p90: Option<f64>,
        /// 95 % quantile.
        p95: Option<f64>,
        /// 99 % quantile.
        p99: Option<f64>,
        /// Greatest.
        max: Option<f64>,
    },
}

impl Figure {
    /// The counts without what was made of them: for figures whose record kinds were not supplied.
    #[must_use]
    pub fn without_value(self) -> Self {
        match self {
            Self::Share { hit, miss, .. } => Self::Share { hit, miss, value: None, interval: None },
            Self::Rate { events, exposure, .. } => Self::Rate { events, exposure, value: None, interval: None },
            Self::Ratio { numerator, denominator, currency, .. } => {
                Self::Ratio { numerator, denominator, value: None, currency }
            }
            Self::Count { .. } => Self::Count { count: None },
            Self::Nps { promoters, passives, detractors, .. } => {
                Self::Nps { promoters, passives, detractors, value: None, interval: None }
            }
            Self::Distribution { count, .. } => Self::Distribution {
                count,
                mean: None,
                p50: None,
                p80: None,
                p90: None,
                p95: None,
                p99: None,
                max: None,
            },
        }
    }

    /// The one number that stands for the figure: its value, or the mean of a distribution.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        match self {
            Self::Share { value, .. }
            | Self::Rate { value, .. }
            | Self::Ratio { value, .. }
            | Self::Nps { value, .. } => *value,
            Self::Count { count } => count.map(|count| count as f64),
            Self::Distribution { mean, .. } => *mean,
        }
    }

    /// The interval around it, where it has one.
    #[must_use]
    pub fn interval(&self) -> Option<Interval> {
        match self {
            Self::Share { interval, .. } | Self::Rate { interval, .. } | Self::Nps { interval, .. } => *interval,
            _ => None,
        }
    }

    /// How many decided facts stand behind it.
    #[must_use]
    pub fn decided(&self) -> i128 {
        match self {
            Self::Share { hit, miss, .. } => i128::from(hit + miss),
            Self::Rate { exposure, .. } => i128::from(*exposure),
            Self::Ratio { denominator, .. } => *denominator,
            Self::Distribution { count, .. } => i128::from(*count),
            Self::Count { count } => count.map_or(0, i128::from),
            Self::Nps { promoters, passives, detractors, .. } => i128::from(promoters + passives + detractors),
        }
    }
}
