//! Figures by their names, under policies by theirs: how those choose who write neither Rust nor code at all.

use super::{Catalogue, Gauge, KpiError, Policy};

impl Catalogue {
    /// The figures of these names, or without any the whole catalogue, under policies: `KPI.NAME` with a value.
    ///
    /// A policy holds for all figures of its KPI, whatever their arguments.
    ///
    /// ```
    /// use parcelgauge::kpi::catalogue;
    /// let names = ["on_time_delivery_rate", "within_hours_rate(48)"];
    /// let gauges = catalogue().choose(Some(&names), [("on_time_delivery_rate.settle", "36h")])?;
    /// assert_eq!(gauges.len(), 2);
    /// assert!(catalogue().choose(Some(&names), [("nps.per", "waybill")]).is_err(), "nobody asked for it");
    /// # Ok::<(), parcelgauge::kpi::KpiError>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Catalogue::find`], [`Policy::parse`] and [`Gauge::with`]; [`KpiError::PolicyPath`],
    /// [`KpiError::NotAskedFor`].
    pub fn choose<'t>(
        self,
        names: Option<&[impl AsRef<str>]>,
        policies: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> Result<Vec<Gauge>, KpiError> {
        let mut gauges: Vec<Gauge> = match names {
            None => self.iter().collect(),
            Some(names) => names.iter().map(|name| self.find(name.as_ref())).collect::<Result<_, _>>()?,
        };
        for (path, value) in policies {
            let (kpi, name) = path.rsplit_once('.').ok_or_else(|| KpiError::PolicyPath { path: path.to_owned() })?;
            let wanted = self.find(kpi)?.definition().id;
            let policy = Policy::parse(name, value)?;
            let mut is_asked_for = false;
            for gauge in gauges.iter_mut().filter(|gauge| gauge.definition().id == wanted) {
                *gauge = gauge.clone().with(policy)?;
                is_asked_for = true;
            }
            if !is_asked_for {
                return Err(KpiError::NotAskedFor { kpi: wanted, path: path.to_owned() });
            }
        }
        Ok(gauges)
    }
}
