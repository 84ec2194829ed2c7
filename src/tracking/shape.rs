//! One shape of answers: paths to what is read, and what tells it from others.

use serde_json::Value;

use super::path::{all, text};
use super::{ToldTime, TrackedScan, TrackedShipment};

/// Paths, tried in turn; the first with a text holds.
pub(super) type Paths = &'static [&'static str];

/// Where an answer of one kind has what. Paths of shipments start at the root; those of their fields at the shipment, or
/// at the root where they begin with `/`; those of scans at the scan.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    pub(super) name: &'static str,
    /// What an answer of this shape has at one path of each, and no other shape has at all.
    pub(super) marks: Paths,
    pub(super) shipments: &'static str,
    pub(super) carrier: Named,
    pub(super) system: Named,
    pub(super) number: Paths,
    pub(super) service: Paths,
    pub(super) original_promise: Paths,
    pub(super) promise: Paths,
    pub(super) status: Paths,
    /// All of them are scans, one list after another.
    pub(super) scans: Paths,
    pub(super) day: Paths,
    pub(super) clock: Paths,
    /// The same moment in UTC.
    pub(super) utc: Paths,
    pub(super) zone: Paths,
    pub(super) code: Paths,
    /// What refines the code, written behind a slash.
    pub(super) code_detail: Paths,
    pub(super) carrier_code: Paths,
    pub(super) text: Paths,
    pub(super) reason: Paths,
    pub(super) place: Paths,
}

/// A name that the shape knows, or where it is told.
#[derive(Debug, Clone, Copy)]
pub(super) enum Named {
    Never,
    Is(&'static str),
    Told(Paths),
}

impl Named {
    fn of(self, shipment: &Value) -> Option<String> {
        match self {
            Self::Never => None,
            Self::Is(name) => Some(name.to_owned()),
            Self::Told(paths) => text(shipment, paths),
        }
    }
}

/// A field of a shipment.
fn field(root: &Value, shipment: &Value, paths: Paths) -> Option<String> {
    paths.iter().find_map(|path| match path.strip_prefix('/') {
        Some(path) => text(root, &[path]),
        None => text(shipment, &[path]),
    })
}

impl Shape {
    /// Whether an answer is of this shape.
    pub(super) fn fits(&self, answer: &Value) -> bool {
        !self.marks.is_empty()
            && self.marks.iter().all(|mark| mark.split('|').any(|path| !all(answer, path).is_empty()))
    }

    pub(super) fn read(&self, root: &Value) -> Vec<TrackedShipment> {
        self.shipments
            .split('|')
            .flat_map(|path| all(root, path))
            .map(|shipment| self.shipment(root, shipment))
            .collect()
    }

    fn shipment(&self, root: &Value, shipment: &Value) -> TrackedShipment {
        let told = |paths| field(root, shipment, paths);
        let time = |paths| told(paths).and_then(|text| text.parse::<ToldTime>().ok());
        let (promise, original) = (time(self.promise), time(self.original_promise));
        TrackedShipment {
            carrier: self.carrier.of(shipment),
            number: told(self.number),
            system: self.system.of(shipment),
            service: told(self.service),
            original_promise: original.filter(|_| promise.is_some()),
            promise: promise.or(original),
            status: told(self.status),
            scans: self.scans.iter().flat_map(|path| all(shipment, path)).filter_map(|scan| self.scan(scan)).collect(),
        }
    }

    /// A scan; none where nothing is told, as in an empty element.
    fn scan(&self, scan: &Value) -> Option<TrackedScan> {
        scan.as_object()?;
        let told = |paths| text(scan, paths);
        let day = told(self.day);
        let mut at = day.as_deref().and_then(|day| ToldTime::of_parts(day, told(self.clock).as_deref()));
        if let (Some(local), Some(utc)) = (at, told(self.utc).and_then(|utc| utc.parse::<ToldTime>().ok())) {
            at = Some(local.offset_from(utc).map_or(local, |offset| local.with_offset(offset)));
        }
        if scan.get("time_missing") == Some(&Value::Bool(true)) {
            at = at.map(ToldTime::day_only);
        }
        let code = match (told(self.code), told(self.code_detail)) {
            (Some(code), Some(detail)) => Some(format!("{code}/{detail}")),
            (code, detail) => code.or(detail),
        };
        let unread_at = match at {
            Some(_) => None,
            None => day,
        };
        Some(TrackedScan {
            at,
            unread_at,
            zone: told(self.zone),
            code,
            carrier_code: told(self.carrier_code),
            text: told(self.text),
            reason: told(self.reason),
            place: told(self.place),
        })
    }
}
