//! Bodies are read as `serde_json` reads them, and in two ways more leniently: a byte-order mark before
//! a body is skipped, and half a surrogate pair is U+FFFD.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::FileFailurePersistence;
use serde_json::Value;
use workspace_tests::probe::Probe;

thread_local! {
    static PROBE: Probe = Probe::default();
}

/// A text as a body is read; `None` if it is refused or empty.
fn read(text: &[u8]) -> Option<Value> {
    let value = PROBE.with(|probe| probe.read(text.to_vec())).ok()?;
    (!text.is_empty()).then(|| value.unwrap_or_default())
}

#[track_caller]
fn assert_read_alike(text: &[u8]) {
    let plain = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text);
    let expected: Option<Value> = serde_json::from_slice(plain).ok();
    let shown = String::from_utf8_lossy(text);
    assert_eq!(read(text).map(rough), expected.map(rough), "{shown}");
}

/// A value with floats to twelve digits: of the last one `serde_json` is not sure.
fn rough(value: Value) -> Value {
    match value {
        Value::Number(number) if number.is_f64() => {
            let number = number.as_f64().unwrap_or_default();
            format!("{number:.12e}").into()
        }
        Value::Array(list) => list.into_iter().map(rough).collect(),
        Value::Object(members) => {
            let members = members.into_iter();
            members.map(|(name, value)| (name, rough(value))).collect()
        }
        value => value,
    }
}

/// Pieces that texts are made of: all that the grammar has, and what is nearly that.
const PIECES: [&str; 58] = [
    "{", "}", "[", "]", ",", ":", " ", "\n", "\t", "\r", "\u{a0}", "\"\"", "\"a\"", "\"é\"",
    "\"\\n\"", "\"\\u00e9\"", "\"\\ud83d\\ude00\"", "\"\\x\"", "\"\\\"\"", "\"\\\\\"", "\"\\",
    "\"", "\\", "\"\n\"", "\"\u{7f}\"", "null", "true", "false", "nul", "nulll", "True", "0", "-0",
    "-", "1", "-1", "01", "1.", ".5", "1.5", "-1.5e3", "1e5", "1E+5", "1e", "1e+", "1e400",
    "-1e400", "1e-400", "18446744073709551615", "18446744073709551616", "-9223372036854775808",
    "-9223372036854775809", "0.1", "+1", "0x1", "NaN", "Infinity", "\u{feff}",
];

/// A value, as a text with spaces where they may be.
fn value() -> impl Strategy<Value = String> {
    let scalar = prop_oneof![
        any::<i64>().prop_map(|number| number.to_string()),
        any::<u64>().prop_map(|number| number.to_string()),
        any::<i32>().prop_map(|eighths| (f64::from(eighths) / 8.0).to_string()),
        any::<String>().prop_map(|text| Value::from(text).to_string()),
        select(&["null", "true", "false", "\"\\u0041\\/\""][..]).prop_map(str::to_owned),
    ];
    scalar.prop_recursive(6, 64, 6, |inner| {
        let name = any::<String>().prop_map(|name| Value::from(name).to_string());
        let member = (name, inner.clone()).prop_map(|(name, value)| format!("{name} :\t{value}"));
        prop_oneof![
            vec(inner, 0..6).prop_map(|list| format!("[ {}\n]", list.join(" , "))),
            vec(member, 0..6).prop_map(|members| format!("{{{} }}", members.join(","))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct("regressions/json.txt"))),
        ..ProptestConfig::with_cases(2_000)
    })]

    #[test]
    fn a_value_is_what_serde_json_reads(text in value()) {
        assert_read_alike(text.as_bytes());
    }

    /// `serde_json` is content with the number beside it.
    #[test]
    fn a_float_is_the_one_that_was_written(number in any::<f64>()) {
        prop_assert_eq!(read(format!("{number:e}").as_bytes()), Some(Value::from(number)));
    }

    #[test]
    fn a_value_that_is_spoilt_is_read_or_refused_as_by_serde_json(
        text in value(),
        at in any::<prop::sample::Index>(),
        removed in 0..4_usize,
        added in prop::option::of(select(&PIECES[..])),
    ) {
        let mut text = text.into_bytes();
        let at = at.index(text.len());
        let end = text.len().min(at + removed);
        text.splice(at..end, added.unwrap_or_default().bytes());
        assert_read_alike(&text);
    }

    #[test]
    fn any_pieces_are_read_or_refused_as_by_serde_json(pieces in vec(select(&PIECES[..]), 1..12)) {
        assert_read_alike(pieces.concat().as_bytes());
    }

    #[test]
    fn any_bytes_are_read_or_refused_as_by_serde_json(text in vec(any::<u8>(), 1..12)) {
        assert_read_alike(&text);
    }
}

#[test]
fn half_a_surrogate_pair_is_the_replacement_character() {
    for (text, value) in [
        (r#""\ud83d\ude00""#, "\u{1f600}"),
        (r#""\ud83d""#, "\u{fffd}"),
        (r#""a\ude00b""#, "a\u{fffd}b"),
        (r#""\ud83d\u0041""#, "\u{fffd}A"),
        (r#""\ud83d\ud83d\ude00""#, "\u{fffd}\u{1f600}"),
    ] {
        assert_eq!(read(text.as_bytes()), Some(value.into()), "{text}");
    }
    for text in [r#""\ud83""#, r#""\ud83d\u12""#, r#""\ud83d\x""#] {
        assert_eq!(read(text.as_bytes()), None, "{text}");
    }
}

#[test]
fn a_member_that_is_there_twice_has_the_last_value() {
    assert_read_alike(br#"{"a":1,"b":2,"a":3}"#);
}

/// Deeper values would take more of the stack than a thread may have.
#[test]
fn values_are_nested_up_to_128_deep() {
    let nested = |depth| [b"[".repeat(depth), b"]".repeat(depth)].concat();
    assert_read_alike(&nested(127));
    assert!(read(&nested(128)).is_some());
    assert_eq!(read(&nested(129)), None);
}

/// A page of a list has many objects, and reading it to the end must not count as going deep.
#[test]
fn values_side_by_side_are_not_nested() {
    for value in ["{}", "[]", r#"{"a":{"b":[]}}"#, r#"[{"a":[1]}]"#] {
        assert_read_alike(format!("[{}]", vec![value; 1_000].join(",")).as_bytes());
    }
}
