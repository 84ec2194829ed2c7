//! What is asked for, from Python's arguments to a plan and a context.

use pyo3::prelude::*;

use super::error::Refusal;
use crate::cube::{Dimension, Plan};
use crate::fact::Context;
use crate::kpi::Gauge;
use crate::record::Instant;

/// An instant as Python writes it: a text, or anything with `isoformat`.
pub(super) struct Moment(Instant);

impl Moment {
    pub(super) fn instant(self) -> Instant {
        self.0
    }
}

impl<'py> FromPyObject<'_, 'py> for Moment {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let text: String = match object.getattr_opt("isoformat")? {
            Some(written) => written.call0()?.extract()?,
            None => object.extract()?,
        };
        Ok(Self(text.parse().map_err(Refusal::from)?))
    }
}

/// The plan of these figures by dimensions and window.
pub(super) fn plan(gauges: Vec<Gauge>, by: &[String], window: &str, evidence: u32) -> Result<Plan, Refusal> {
    let dimensions = by.iter().map(|name| name.parse()).collect::<Result<Vec<Dimension>, _>>()?;
    Ok(Plan::new(gauges).by(dimensions).with_window(window.parse()?).with_evidence(evidence))
}

/// Where and since when things are seen.
pub(super) fn context(as_of: Instant, zone: &str, known_from: Option<Instant>) -> Result<Context, Refusal> {
    let context = Context::at(as_of).with_zone(zone.parse()?);
    Ok(match known_from {
        Some(known_from) => context.with_known_from(known_from),
        None => context,
    })
}
