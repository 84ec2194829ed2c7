use crate::calendar::{CalendarName, Calendars, WorkingCalendar};
use crate::journey::RoutePolicy;
use crate::record::{Instant, Zone};

/// What every figure is taken under: the instant, the zone, the route, the calendars, and since when the
/// data is complete.
///
/// ```
/// use parcelgauge::fact::Context;
/// let context = Context::at("2026-11-01T00:00:00+08:00".parse()?);
/// assert_eq!(context.zone.name(), "Asia/Shanghai");
/// # Ok::<(), parcelgauge::record::RecordError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Context {
    /// The instant of judgement. What became known later touches nothing.
    pub as_of: Instant,
    /// Since when the data is complete; without it, figures that look back are open where they would have to.
    pub known_from: Option<Instant>,
    /// The zone that turns instants into days.
    pub zone: Zone,
    /// The nodes and stages of a normal trip.
    pub route: RoutePolicy,
    /// The calendars by which working time and working days are counted; the policy `calendar` of a figure names its own.
    pub calendars: Calendars,
}

impl Context {
    /// At an instant, in the default zone (Asia/Shanghai), on the standard route.
    #[must_use]
    pub fn at(as_of: Instant) -> Self {
        Self {
            as_of,
            known_from: None,
            zone: Zone::default(),
            route: RoutePolicy::standard(),
            calendars: Calendars::default(),
        }
    }
    /// In another reporting zone.
    #[must_use]
    pub fn with_zone(mut self, zone: Zone) -> Self {
        self.zone = zone;
        self
    }
    /// With data that is complete since an instant.
    #[must_use]
    pub fn with_known_from(mut self, known_from: Instant) -> Self {
        self.known_from = Some(known_from);
        self
    }
    /// On another route.
    #[must_use]
    pub fn with_route(mut self, route: RoutePolicy) -> Self {
        self.route = route;
        self
    }
    /// With a calendar more. Its name stands in the `params` of the figures that use it: give another one to other hours
    /// or holidays.
    #[must_use]
    pub fn with_calendar(mut self, name: CalendarName, calendar: WorkingCalendar) -> Self {
        self.calendars.insert(name, calendar);
        self
    }
    /// At another instant.
    #[must_use]
    pub fn moved_to(mut self, as_of: Instant) -> Self {
        self.as_of = as_of;
        self
    }
}
