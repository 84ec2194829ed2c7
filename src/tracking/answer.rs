//! An answer, whatever its shape.

use serde_json::{Deserializer, Value};

use super::shapes::SHAPES;
use super::{TrackedShipment, TrackingError, xml};

/// Reads an answer: XML, one JSON value, or several one after another (lines of JSON), each of any shape known.
///
/// An answer that tells of no shipment, such as an error message in a shape known, is read as none.
///
/// # Errors
/// [`TrackingError::Syntax`] where it is neither, [`TrackingError::UnknownShape`] where it is of no shape known.
pub fn read_answers(text: &str) -> Result<Vec<TrackedShipment>, TrackingError> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('<') {
        return of_value(&xml::tree(text)?);
    }
    let mut shipments = Vec::new();
    for value in Deserializer::from_str(text).into_iter::<Value>() {
        let value = value.map_err(|error| TrackingError::Syntax { message: error.to_string() })?;
        shipments.extend(of_value(&value)?);
    }
    Ok(shipments)
}

fn of_value(value: &Value) -> Result<Vec<TrackedShipment>, TrackingError> {
    if value.get("scans").is_some() {
        let shipment = serde_json::from_value(value.clone());
        return shipment
            .map(|shipment| vec![shipment])
            .map_err(|error| TrackingError::Syntax { message: error.to_string() });
    }
    match SHAPES.iter().find(|shape| shape.fits(value)) {
        Some(shape) => Ok(shape.read(value)),
        None => Err(TrackingError::UnknownShape {
            known: SHAPES.iter().map(|shape| shape.name).collect::<Vec<_>>().join(", "),
        }),
    }
}
