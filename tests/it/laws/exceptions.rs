//! Who need not obey which law, and why.

/// One KPI that a law does not hold for.
pub struct Exception {
    /// The law, by name.
    pub law: &'static str,
    /// The KPI.
    pub kpi: &'static str,
    /// Why that is right.
    pub reason: &'static str,
}

/// The exceptions there are.
pub const EXCEPTIONS: &[Exception] = &[
    Exception {
        law: "five numbers",
        kpi: "repeat_order_rate",
        reason: "distinct: its figure counts customers, its verdict column orders",
    },
    Exception {
        law: "worst first",
        kpi: "repeat_order_rate",
        reason: "distinct: which of a customer's orders is the latest is known only when all are merged",
    },
    Exception {
        law: "verdicts stay",
        kpi: "lateness_hours",
        reason: "after the deadline time alone tells that a parcel under way is late, and only a record how late: it is \
                 open still, with an age, from the instant it was open until",
    },
];
