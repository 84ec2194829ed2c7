use crate::journey::{Course, Scan};
use crate::record::{CourierId, FacilityId, Flow, Instant, Label, NodeKind, Waybill, WaybillKey};

/// One scan, repeats merged.
#[doc(alias = "扫描")]
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NodeScan {
    /// Whose scan it is.
    pub waybill: WaybillKey,
    /// What happened.
    pub kind: NodeKind,
    /// When it happened.
    pub occurred_at: Instant,
    /// When it was recorded.
    pub recorded_at: Option<Instant>,
    /// Where.
    pub facility: Option<FacilityId>,
    /// On which leg.
    pub leg: Option<Label>,
    /// By whose hand.
    pub courier: Option<CourierId>,
    /// Which way the parcel ran: after its return it is on the return leg, whatever its waybill says.
    pub flow: Flow,
    /// Whether it is a clock anomaly of its journey.
    pub anomalous: bool,
}

impl NodeScan {
    pub(super) fn of(waybill: &Waybill, course: &Course, scan: &Scan<'_>) -> Self {
        let on_the_way_back = course.returned.is_some_and(|back| scan.occurred_at > back.at);
        Self {
            waybill: waybill.key.clone(),
            kind: scan.kind,
            occurred_at: scan.occurred_at,
            recorded_at: scan.recorded_at,
            facility: scan.facility.cloned(),
            leg: scan.leg.cloned(),
            courier: scan.courier.cloned(),
            flow: if on_the_way_back { Flow::ReturnLeg } else { waybill.flow },
            anomalous: course.is_anomalous(scan),
        }
    }
}
