//! Dates by their numbers.

use std::sync::OnceLock;

use chrono::NaiveDate;

/// 1970-01-01 in days from 0001-01-01, which is day 1.
pub(crate) const EPOCH_FROM_CE: i32 = 719_163;
/// To the end of 2099.
const DAYS: i32 = 47_482;

/// The date of a day counted from 0001-01-01, which is day 1. Those of the years 1970 to 2099 are found once: every fact
/// asks for its day, and working a date out takes longer than all else about it.
pub(crate) fn date_from_ce(day: i32) -> Option<NaiveDate> {
    static DATES: OnceLock<Vec<NaiveDate>> = OnceLock::new();
    let dates = DATES.get_or_init(|| {
        (EPOCH_FROM_CE..EPOCH_FROM_CE + DAYS).filter_map(NaiveDate::from_num_days_from_ce_opt).collect()
    });
    let place = day.checked_sub(EPOCH_FROM_CE).and_then(|place| usize::try_from(place).ok());
    let known = place.and_then(|place| dates.get(place));
    known.copied().or_else(|| NaiveDate::from_num_days_from_ce_opt(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dates_found_are_those_worked_out() {
        for day in (EPOCH_FROM_CE - 800..EPOCH_FROM_CE + DAYS + 800).chain([i32::MIN, i32::MAX, 0, 1]) {
            assert_eq!(date_from_ce(day), NaiveDate::from_num_days_from_ce_opt(day), "{day}");
        }
    }
}
