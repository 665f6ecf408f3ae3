//! Dates and times of day in the proleptic Gregorian calendar, in UTC.
//!
//! The computation is the one of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms":
//! years start on March 1st, so that a leap day ends a year, and 400 years, an era, have the same
//! days.

const SECONDS_OF_DAY: i64 = 86_400;
const DAYS_OF_ERA: i64 = 146_097;
/// Days from 0000-03-01 to 1970-01-01.
const DAYS_TO_1970: i64 = 719_468;

/// A date and a time of day. Months and days count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Civil {
    pub(crate) year: i64,
    pub(crate) month: i64,
    pub(crate) day: i64,
    pub(crate) hour: i64,
    pub(crate) minute: i64,
    pub(crate) second: i64,
}

impl Civil {
    /// Returns the date and time of seconds since 1970.
    pub(crate) fn of(second: i64) -> Self {
        let days = second.div_euclid(SECONDS_OF_DAY) + DAYS_TO_1970;
        let second = second.rem_euclid(SECONDS_OF_DAY);
        let (era, day) = (days.div_euclid(DAYS_OF_ERA), days.rem_euclid(DAYS_OF_ERA));
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        let day = day - days_before(year);
        let month = (5 * day + 2) / 153;
        Self {
            year: era * 400 + year + month / 10,
            month: (month + 2) % 12 + 1,
            day: day - days_before_month(month) + 1,
            hour: second / 3_600,
            minute: second / 60 % 60,
            second: second % 60,
        }
    }

    /// Returns the seconds since 1970; `None` if the date or time does not exist.
    pub(super) fn seconds(self) -> Option<i64> {
        let month = (self.month + 9) % 12;
        let year = self.year - month / 10;
        let days = year.div_euclid(400) * DAYS_OF_ERA
            + days_before(year.rem_euclid(400))
            + days_before_month(month)
            + self.day
            - 1
            - DAYS_TO_1970;
        let second = days * SECONDS_OF_DAY + self.hour * 3_600 + self.minute * 60 + self.second;
        (Self::of(second) == self).then_some(second)
    }

    /// Returns the day of the week, from 0 for Sunday.
    pub(super) fn weekday(second: i64) -> i64 {
        // 1970 began on a Thursday.
        (second.div_euclid(SECONDS_OF_DAY) + 4).rem_euclid(7)
    }
}

/// Returns the days of an era before one of its years.
fn days_before(year: i64) -> i64 {
    365 * year + year / 4 - year / 100
}

/// Returns the days of a year before one of its months, where March is 0.
fn days_before_month(month: i64) -> i64 {
    (153 * month + 2) / 5
}

#[cfg(test)]
mod tests {
    use super::*;

    fn civil(year: i64, month: i64, day: i64) -> Civil {
        Civil {
            year,
            month,
            day,
            hour: 0,
            minute: 0,
            second: 0,
        }
    }

    /// The seconds are those of Python's `datetime` and, outside its years, of GNU `date`.
    #[test]
    fn dates_at_the_borders_of_the_calendar_are_converted_both_ways() {
        for (year, month, day, second) in [
            (-9999, 1, 1, -377_705_116_800),
            (-1, 12, 31, -62_167_305_600),
            (0, 1, 1, -62_167_219_200),
            (0, 2, 29, -62_162_121_600),
            (1, 1, 1, -62_135_596_800),
            (1600, 2, 29, -11_670_998_400),
            (1900, 2, 28, -2_203_977_600),
            (1900, 3, 1, -2_203_891_200),
            (1969, 12, 31, -86_400),
            (1970, 1, 1, 0),
            (2000, 2, 29, 951_782_400),
            (2000, 3, 1, 951_868_800),
            (2024, 12, 31, 1_735_603_200),
            (9999, 12, 31, 253_402_214_400),
        ] {
            assert_eq!(Civil::of(second), civil(year, month, day));
            assert_eq!(civil(year, month, day).seconds(), Some(second));
        }
    }

    #[test]
    fn every_day_follows_the_one_before() {
        let mut last = Civil::of(-377_705_203_200);
        for day in -4_371_587..2_932_897 {
            let date = Civil::of(day * SECONDS_OF_DAY);
            let next = (date.year, date.month, date.day);
            let is_first = date.day == 1;
            let follows = [
                (last.year, last.month, last.day + 1),
                (last.year, last.month + 1, 1),
                (last.year + 1, 1, 1),
            ];
            assert!(follows.contains(&next), "{last:?} {date:?}");
            assert!(!is_first || last.day >= 28, "{last:?} {date:?}");
            last = date;
        }
        assert_eq!(last, civil(9999, 12, 31));
    }

    #[test]
    fn dates_and_times_that_do_not_exist_are_refused() {
        let noon = Civil {
            hour: 12,
            ..civil(2026, 11, 22)
        };
        assert_eq!(noon.seconds(), Some(1_795_348_800));
        for wrong in [
            civil(2026, 0, 1),
            civil(2026, 13, 1),
            civil(2026, 11, 0),
            civil(2026, 11, 31),
            civil(2025, 2, 29),
            civil(1900, 2, 29),
            Civil { hour: 24, ..noon },
            Civil { minute: 60, ..noon },
            Civil { second: 60, ..noon },
        ] {
            assert_eq!(wrong.seconds(), None, "{wrong:?}");
        }
    }
}
