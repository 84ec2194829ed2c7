//! How much there is to do.

mod counted;
mod shipment_volume;

pub use counted::Counted;
pub use shipment_volume::ShipmentVolume;
