//! Regions: the provinces of China by volume, at the coordinates of their capitals.
//!
//! What this module does not do: it knows no roads. A distance is the straight line on a flat map.

/// A region of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) name: &'static str,
    latitude: i32,  // hundredths of a degree north
    longitude: i32, // hundredths of a degree east
    /// How much is sent from and to it, beside the others. Of the right order, no statistic.
    pub(super) weight: u32,
}

const fn place(name: &'static str, latitude: i32, longitude: i32, weight: u32) -> Place {
    Place { name, latitude, longitude, weight }
}

/// The larger first, so that a small network holds the busiest.
pub(super) const PLACES: [Place; 31] = [
    place("Guangdong", 2313, 11326, 250),
    place("Zhejiang", 3027, 12015, 190),
    place("Jiangsu", 3206, 11880, 95),
    place("Shandong", 3665, 11712, 70),
    place("Hebei", 3804, 11451, 65),
    place("Henan", 3475, 11363, 65),
    place("Fujian", 2607, 11930, 45),
    place("Shanghai", 3123, 12147, 40),
    place("Beijing", 3990, 11641, 30),
    place("Sichuan", 3057, 10407, 40),
    place("Hubei", 3059, 11431, 40),
    place("Anhui", 3182, 11723, 40),
    place("Hunan", 2823, 11294, 35),
    place("Jiangxi", 2868, 11586, 30),
    place("Liaoning", 4181, 12343, 25),
    place("Shaanxi", 3434, 10894, 20),
    place("Tianjin", 3913, 11720, 18),
    place("Guangxi", 2282, 10837, 18),
    place("Chongqing", 2956, 10655, 18),
    place("Yunnan", 2504, 10271, 18),
    place("Shanxi", 3787, 11255, 15),
    place("Heilongjiang", 4580, 12653, 12),
    place("Guizhou", 2665, 10663, 12),
    place("Jilin", 4382, 12532, 10),
    place("Neimenggu", 4084, 11175, 8),
    place("Gansu", 3606, 10383, 6),
    place("Xinjiang", 4383, 8762, 6),
    place("Hainan", 2004, 11020, 5),
    place("Ningxia", 3849, 10623, 3),
    place("Qinghai", 3662, 10178, 2),
    place("Xizang", 2965, 9113, 2),
];

impl Place {
    /// Whole kilometres between two places: 111 a degree, east to west times cos 32° ≈ 848/1000.
    pub(super) fn distance_km(&self, other: &Self) -> u32 {
        let north = i64::from(self.latitude - other.latitude) * 111;
        let east = i64::from(self.longitude - other.longitude) * 111 * 848 / 1_000;
        ((north * north + east * east) as u64).isqrt() as u32 / 100
    }
}
