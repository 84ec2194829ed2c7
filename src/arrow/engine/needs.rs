//! What of an event the figures asked for can tell apart.

use crate::cube::{Dimension, Plan};
use crate::kpi::{Gauge, Param, catalogue};
use crate::record::NodeKind;

/// What of an event the figures asked for can tell apart. The rest need not be packed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Needs {
    every_courier: bool,
}

impl Needs {
    pub(super) fn of(plan: &Plan) -> Self {
        let names_couriers =
            plan.dimensions().iter().any(|by| matches!(by, Dimension::Courier | Dimension::DeliveryCourier));
        // Of repeats the courier decides, among other things, which one's party is read. A KPI of the caller's own may read
        // anything a shipment says.
        let adjusted = Param::Word("adjusted".to_owned());
        let reads_every_scan = |gauge: &Gauge| {
            gauge.params().get("force_majeure") == Some(&adjusted)
                || !catalogue().iter().any(|known| std::ptr::eq(known.definition(), gauge.definition()))
        };
        Self { every_courier: names_couriers || plan.consulted().any(reads_every_scan) }
    }

    /// Whether the courier of a scan can make a difference. Attempts are counted by courier; where consent or party is
    /// read, the courier decides which of two repeats holds.
    pub(super) fn courier_of(self, kind: NodeKind) -> bool {
        self.every_courier
            || matches!(
                kind,
                NodeKind::AttemptFailed
                    | NodeKind::Stored
                    | NodeKind::Refused
                    | NodeKind::Returned
                    | NodeKind::Redirected
                    | NodeKind::Cancelled
            )
    }
}
