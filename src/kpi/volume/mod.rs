//! How much there is to do.

mod shipment_volume;

pub use shipment_volume::ShipmentVolume;
