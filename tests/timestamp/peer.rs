//! The `jiff` crate as a peer: the same calendar, the same text and the same conversions.

use std::time::{Duration, SystemTime};

use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use smithy_reqwest::{Timestamp, TimestampFormat};

/// A timestamp in the range of both, anywhere in it or near 1970.
fn moment() -> impl Strategy<Value = jiff::Timestamp> {
    let (min, max) = (jiff::Timestamp::MIN, jiff::Timestamp::MAX);
    let nanoseconds = prop_oneof![
        min.as_nanosecond()..=max.as_nanosecond(),
        -10_000_000_000_i128..10_000_000_000,
    ];
    nanoseconds.prop_map(|nanosecond| jiff::Timestamp::from_nanosecond(nanosecond).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct("regressions/timestamp.txt"))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn timestamps_are_the_same_as_those_of_jiff(peer in moment()) {
        let timestamp = Timestamp::from(peer);
        prop_assert_eq!(timestamp.as_nanosecond(), peer.as_nanosecond());
        prop_assert_eq!(timestamp.to_string(), peer.to_string());
        prop_assert_eq!(timestamp, peer.to_string().parse().unwrap());
        prop_assert_eq!(jiff::Timestamp::try_from(timestamp).unwrap(), peer);
        prop_assert_eq!(SystemTime::from(timestamp), SystemTime::from(peer));
    }

    #[test]
    fn http_dates_are_the_same_as_those_of_jiff(peer in moment()) {
        let date = Timestamp::from(peer).format(TimestampFormat::HttpDate);
        let year_1: jiff::Timestamp = "0001-01-01T00:00:00Z".parse().unwrap();
        let expected = peer.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        prop_assert_eq!(date, (peer >= year_1).then_some(expected));
    }

    #[test]
    fn durations_are_added_as_jiff_does(peer in moment(), nanoseconds: u64) {
        let (timestamp, duration) = (Timestamp::from(peer), Duration::from_nanos(nanoseconds));
        if let Ok(later) = peer.checked_add(duration) {
            let later = Timestamp::from(later);
            prop_assert_eq!(timestamp.checked_add(duration), Some(later));
            prop_assert_eq!(later.checked_sub(duration), Some(timestamp));
            prop_assert_eq!(later.duration_since(timestamp), duration);
        }
    }
}

#[test]
fn the_last_day_of_our_range_is_not_in_the_one_of_jiff() {
    let error = jiff::Timestamp::try_from(Timestamp::MAX).unwrap_err();
    let text = "invalid timestamp: not in the range of `jiff::Timestamp`";
    assert_eq!(error.to_string(), text);
}
