//! What is asked for, from Python's arguments to a plan and a context.

use std::collections::BTreeMap;

use pyo3::prelude::*;

use super::error::Refusal;
use crate::cube::{Dimension, Plan};
use crate::fact::Context;
use crate::kpi::{Gauge, KpiError, Policy, catalogue};
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

/// The figures asked for, under policies by `KPI.NAME`.
pub(super) fn gauges(kpis: Option<&[String]>, policies: &BTreeMap<String, String>) -> Result<Vec<Gauge>, Refusal> {
    let mut gauges: Vec<Gauge> = match kpis {
        None => catalogue().iter().collect(),
        Some(names) => names.iter().map(|name| catalogue().find(name)).collect::<Result<_, KpiError>>()?,
    };
    for (path, value) in policies {
        let (kpi, name) = path.rsplit_once('.').ok_or_else(|| {
            Refusal::new("policy", format!("policies: `{path}` names no policy; expected KPI.NAME and its value"))
        })?;
        let (wanted, policy) = (catalogue().find(kpi)?, Policy::parse(name, value)?);
        let mut found = false;
        for gauge in gauges.iter_mut().filter(|gauge| gauge.definition().id == wanted.definition().id) {
            *gauge = gauge.clone().with(policy)?;
            found = true;
        }
        if !found {
            return Err(Refusal::new("policy", format!("policies: `{kpi}` of `{path}` is not among the kpis")));
        }
    }
    Ok(gauges)
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
