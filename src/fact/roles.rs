//! Who handled a shipment in which role.

use crate::journey::Scan;
use crate::record::NodeKind;

use super::{Roles, Shipment};

pub(super) fn roles(scans: &[Scan<'_>], shipment: &Shipment) -> Roles {
    let done = shipment.course.delivered_or_consented.map(|done| done.milestone.occurred_at);
    let before_completion = |scan: &&Scan<'_>| done.is_none_or(|done| scan.occurred_at <= done);
    let is = |kinds: &'static [NodeKind]| move |scan: &&Scan<'_>| kinds.contains(&scan.kind);
    let completing = |scan: &&Scan<'_>| {
        Some(scan.occurred_at) == done && matches!(scan.kind, NodeKind::Delivered | NodeKind::Stored)
    };
    Roles {
        origin_facility: scans
            .iter()
            .filter(is(&[NodeKind::Collected, NodeKind::OriginArrived]))
            .find_map(|scan| scan.facility.cloned()),
        destination_facility: scans
            .iter()
            .rev()
            .filter(before_completion)
            .filter(is(&[NodeKind::DestinationArrived]))
            .find_map(|scan| scan.facility.cloned())
            .or_else(|| scans.iter().rev().find_map(|scan| scan.facility.cloned())),
        delivery_courier: scans.iter().filter(completing).find_map(|scan| scan.courier.cloned()).or_else(|| {
            let tried = scans.iter().rev().filter(is(&[NodeKind::OutForDelivery, NodeKind::AttemptFailed]));
            tried.filter(before_completion).find_map(|scan| scan.courier.cloned())
        }),
    }
}
