//! Bodies as long as they may be, made to be slow or to grow: reading takes time in proportion to
//! their length, and memory within the limit that the client sets.

#![cfg(test)]

use std::convert::Infallible;
use std::fs;
use std::thread;
use std::time::Duration;

use appflow_client::types::FlowDefinition;
use appflow_client::{Body, Bytes, Client, Credentials, Error, ErrorKind, http};
use tokio::runtime::{Builder, Runtime};

const MIB: usize = 1024 * 1024;
/// The longest body that is tried, in MiB.
const LONGEST: usize = 4;
/// A quadratic reader takes 64 times as long for eight times as much; noise is less than this.
const MOST_TIMES_AS_LONG: u32 = 24;

/// A kind of hostile body: a status, how it begins, what is repeated in it, and how it ends.
struct Kind {
    name: &'static str,
    status: u16,
    start: &'static str,
    repeated: &'static str,
    end: &'static str,
}

const fn kind(
    name: &'static str,
    start: &'static str,
    repeated: &'static str,
    end: &'static str,
) -> Kind {
    Kind {
        name,
        status: 200,
        start,
        repeated,
        end,
    }
}

const KINDS: [Kind; 14] = [
    kind("empty structures", r#"{"flows":["#, "{},", "{}]}"),
    kind("nulls", r#"{"flows":["#, "null,", "null]}"),
    kind(
        "entries of a map", r#"{"flows":[{"tags":{"#, r#""k":"v","#, r#""k":"v"}}]}"#,
    ),
    kind("unknown members", "{", r#""x":1,"#, r#""x":1}"#),
    kind("one name", r#"{""#, r"\u0061", r#"":1}"#),
    kind("one string", r#"{"nextToken":""#, r"\ud83d", r#""}"#),
    kind("one number", r#"{"x":1"#, "0", "}"),
    kind("one timestamp", r#"{"flows":[{"createdAt":0."#, "1", "}]}"),
    kind("lists in lists", r#"{"x":"#, "[", ""),
    kind("objects in objects", r#"{"x":"#, r#"{"a":"#, ""),
    kind("spaces", "{", " \n", "}"),
    Kind {
        status: 400,
        ..kind("codes", r#"{"code":"#, r#"1,"code":"#, "1}")
    },
    Kind {
        status: 400,
        ..kind(
            "an escaped name before codes",
            r#"{"\u0061":1,"#,
            r#""\u0063ode":1,"#,
            r#""x":1}"#,
        )
    },
    Kind {
        status: 400,
        ..kind(
            "messages",
            "{",
            r#""message":"a","Message":[],"#,
            r#""x":1}"#,
        )
    },
];

impl Kind {
    fn body(&self, length: usize) -> Bytes {
        let count = length.saturating_sub(self.start.len() + self.end.len()) / self.repeated.len();
        let body = [self.start, &self.repeated.repeat(count), self.end].concat();
        body.into()
    }

    /// What comes of a body.
    fn read(&self, runtime: &Runtime, length: usize) -> Result<(), Error> {
        let (status, body) = (self.status, self.body(length));
        let transport = move |_: http::Request<Body>| {
            let response = http::Response::builder().status(status);
            std::future::ready(Ok::<_, Infallible>(response.body(body.clone()).unwrap()))
        };
        let client = Client::builder()
            .region("us-east-1")
            .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
            .max_attempts(1)
            .max_response_size(LONGEST * MIB)
            .transport(transport)
            .build()
            .unwrap();
        runtime.block_on(client.list_flows().send()).map(drop)
    }

    /// The processor time that a body takes; `None` on systems that do not tell.
    fn time(&self, runtime: &Runtime, length: usize) -> Option<Duration> {
        let start = processor_time()?;
        let _ = self.read(runtime, length);
        processor_time()?.checked_sub(start)
    }
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_time().build().unwrap()
}

/// The processor time that this thread has taken, however busy the machine is; `None` on systems that
/// do not tell.
fn processor_time() -> Option<Duration> {
    // The number is brought up to date when another thread may have its turn.
    thread::yield_now();
    let numbers = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = numbers.split(' ').next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

#[test]
fn time_is_in_proportion_to_the_length_of_a_body() {
    let runtime = runtime();
    for kind in KINDS {
        let times = [LONGEST * MIB / 8, LONGEST * MIB].map(|length| kind.time(&runtime, length));
        let [Some(short), Some(long)] = times else {
            return;
        };
        let most = short.max(Duration::from_millis(2)) * MOST_TIMES_AS_LONG;
        assert!(long < most, "{}: {short:?} and {long:?}", kind.name);
    }
}

#[test]
fn values_that_would_take_too_much_memory_are_an_error_that_is_not_retried() {
    let runtime = runtime();
    let error = KINDS[0].read(&runtime, LONGEST * MIB).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::InvalidResponse));
    assert!(!error.is_retryable());
    let line = error.to_string();
    assert!(
        line.starts_with("ListFlows: the body does not match the model: flows: the values take"),
        "{line}"
    );
    assert!(line.contains("max_decoded_size"), "{line}");
}

/// The flows in a body, which is read with this much memory for its values.
fn read_with_memory(body: &str, limit: usize) -> Result<Vec<FlowDefinition>, Error> {
    let body = body.to_owned();
    let transport = move |_: http::Request<Body>| {
        std::future::ready(Ok::<_, Infallible>(http::Response::new(body.clone())))
    };
    let client = Client::builder()
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .max_decoded_size(limit)
        .transport(transport)
        .build()
        .unwrap();
    let response = runtime().block_on(client.list_flows().send())?;
    Ok(response.flows.unwrap_or_default())
}

#[test]
fn the_memory_for_values_can_be_set() {
    let body = format!(r#"{{"flows":[{}]}}"#, ["{}"; 1_000].join(","));
    let flows = read_with_memory(&body, 2 * MIB).unwrap();
    assert_eq!(flows.len(), 1_000);
    let error = read_with_memory(&body, 100_000).unwrap_err();
    assert!(error.to_string().contains("memory"), "{error}");
}

/// While a map grows, an entry takes its size twice.
#[test]
fn the_entries_of_a_map_take_memory_for_values() {
    let entries: Vec<String> = (0..1_000).map(|key| format!(r#""{key}":"""#)).collect();
    let body = format!(r#"{{"flows":[{{"tags":{{{}}}}}]}}"#, entries.join(","));
    let needed = 1_000 * 2 * size_of::<(String, String)>();
    let most = read_with_memory(&body, needed * 2).unwrap();
    assert_eq!(most[0].tags.as_ref().unwrap().len(), 1_000);
    let error = read_with_memory(&body, needed - 1).unwrap_err();
    assert!(error.to_string().contains("memory"), "{error}");
}

/// The most memory that this process has held, in bytes; `None` on systems that do not tell.
fn peak() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: usize = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kib * 1024)
}

#[test]
fn memory_stays_within_a_small_multiple_of_the_limit() {
    let runtime = runtime();
    let Some(before) = peak() else {
        return;
    };
    for kind in KINDS {
        let _ = kind.read(&runtime, LONGEST * MIB);
    }
    // Twice the body, four times as much for its values, and what the other tests hold.
    let grown = peak().unwrap() - before;
    assert!(grown < 12 * LONGEST * MIB, "{grown} bytes");
}
