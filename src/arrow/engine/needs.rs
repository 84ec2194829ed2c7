//! What of an event the figures asked for can tell apart.

use crate::cube::{Dimension, Plan};
use crate::fact::{Context, FactKind};
use crate::journey::RoutePolicy;
use crate::kpi::{Gauge, Param, catalogue};
use crate::record::NodeKind;

/// What of an event the figures asked for can tell apart. The rest need not be packed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Needs {
    every_courier: bool,
    maps: Maps,
}

/// Whether plans for stages and columns of the caller's own are unpacked with a waybill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Maps {
    /// They are.
    Unpacked,
    /// No figure asked for looks at them.
    Left,
}

impl Needs {
    pub(super) fn of(plan: &Plan, context: &Context) -> Self {
        let names_couriers =
            plan.dimensions().iter().any(|by| matches!(by, Dimension::Courier | Dimension::DeliveryCourier));
        // Of repeats the courier decides, among other things, which one's party is read. A KPI of the caller's own may read
        // anything a shipment says.
        let adjusted = Param::Word("adjusted".to_owned());
        let is_own =
            |gauge: &Gauge| !catalogue().iter().any(|known| std::ptr::eq(known.definition(), gauge.definition()));
        let reads_every_scan = |gauge: &Gauge| gauge.params().get("force_majeure") == Some(&adjusted) || is_own(gauge);
        // On a route of the caller's own a stage may be there because it was planned.
        let reads_maps = context.route != RoutePolicy::standard()
            || plan.dimensions().iter().any(|by| matches!(by, Dimension::Attribute(_)))
            || plan.consulted().any(|gauge| reads_plans(gauge) || is_own(gauge));
        Self {
            every_courier: names_couriers || plan.consulted().any(reads_every_scan),
            maps: if reads_maps { Maps::Unpacked } else { Maps::Left },
        }
    }

    pub(super) fn maps(self) -> Maps {
        self.maps
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

/// Of the figures over passages, hours are of what was taken; the others hold it against what was planned.
fn reads_plans(gauge: &Gauge) -> bool {
    gauge.looks_at(FactKind::Passage) && gauge.definition().id != "stage_hours"
}
