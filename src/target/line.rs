//! A bound and the side of it that is meant.

/// A line that a figure is held against, in the unit of its KPI: 0.98 stands for 98 %.
///
/// The side is part of the name, because that is what contracts are argued about. In Chinese texts 以上, 以内, 以下 and
/// 不低于 include the number itself; 低于, 超过 and 不满 do not.
///
/// Both sides are compared as they are, unrounded. A quotient of whole numbers that equals the bound is the same `f64`
/// as the bound as it is written, and one that does not lies on its own side up to 10¹⁴ facts.
///
/// ```
/// use parcelgauge::target::Line;
/// assert!(Line::AtLeast(0.98).holds(49.0 / 50.0));
/// assert!(!Line::MoreThan(0.98).holds(49.0 / 50.0));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Line {
    /// 不低于, 以上: the bound or more.
    AtLeast(f64),
    /// 超过: more than the bound.
    MoreThan(f64),
    /// 不超过, 以内: the bound or less.
    AtMost(f64),
    /// 低于, 不满: less than the bound.
    LessThan(f64),
}

impl Line {
    /// Whether a value lies on the side that is named.
    #[must_use]
    pub fn holds(self, value: f64) -> bool {
        match self {
            Self::AtLeast(bound) => value >= bound,
            Self::MoreThan(bound) => value > bound,
            Self::AtMost(bound) => value <= bound,
            Self::LessThan(bound) => value < bound,
        }
    }

    /// The number itself.
    #[must_use]
    pub fn bound(self) -> f64 {
        match self {
            Self::AtLeast(bound) | Self::MoreThan(bound) | Self::AtMost(bound) | Self::LessThan(bound) => bound,
        }
    }

    /// The sign in tables.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::AtLeast(_) => "≥",
            Self::MoreThan(_) => ">",
            Self::AtMost(_) => "≤",
            Self::LessThan(_) => "<",
        }
    }
}
