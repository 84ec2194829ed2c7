//! The holidays of mainland China, one dated file a year.

use std::sync::LazyLock;

use super::{CalendarError, Holidays};

const FILES: [&str; 4] = [
    include_str!("china/2023.toml"),
    include_str!("china/2024.toml"),
    include_str!("china/2025.toml"),
    include_str!("china/2026.toml"),
];

impl Holidays {
    /// The holidays of mainland China with the working days that make up for them: 2023 to 2026, by the yearly notices
    /// of the State Council's general office. Each [table](Self::tables) names its source; 2027 was not published when
    /// they were typed.
    #[must_use]
    pub fn china() -> &'static Self {
        // A file that could not be read would leave its years unknown, never without holidays; a test reads every day.
        static READ: LazyLock<Holidays> = LazyLock::new(|| read().unwrap_or_default());
        &READ
    }
}

fn read() -> Result<Holidays, CalendarError> {
    let years = FILES.iter().map(|text| text.parse()).collect::<Result<Vec<_>, _>>()?;
    Holidays::new(years)
}
