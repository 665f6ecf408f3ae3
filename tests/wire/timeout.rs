//! Servers that do not answer. The clock is paused, and goes on when there is nothing else to do.

use std::time::Duration;

use tokio::net::TcpListener;
use tokio::time::Instant;

use super::{FLOW, builder, expect_error};

const LIMIT: Duration = Duration::from_secs(7);

/// A port on which connections are made, and nothing more ever happens.
async fn silence() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let authority = listener.local_addr().unwrap().to_string();
    (listener, authority)
}

#[tokio::test(start_paused = true)]
async fn silence_ends_the_wait_for_an_answer() {
    let (_listener, authority) = silence().await;
    let url = format!("http://{authority}");
    for (builder, limit) in [
        (builder(&url), Duration::from_secs(60)),
        (builder(&url).read_timeout(LIMIT), LIMIT),
    ] {
        let client = builder.max_attempts(1).build().unwrap();
        let start = Instant::now();
        let error = expect_error(client.start_flow(FLOW).send().await);
        assert_eq!(start.elapsed(), limit);
        assert!(error.is_timeout() && !error.is_connect(), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn silence_ends_the_wait_for_a_connection() {
    // TLS is a part of connecting.
    let (_listener, authority) = silence().await;
    let url = format!("https://{authority}");
    for (builder, limit) in [
        (builder(&url), Duration::from_millis(3_100)),
        (builder(&url).connect_timeout(LIMIT), LIMIT),
    ] {
        let client = builder.max_attempts(1).build().unwrap();
        let start = Instant::now();
        let error = expect_error(client.start_flow(FLOW).send().await);
        assert_eq!(start.elapsed(), limit);
        assert!(error.is_timeout() && error.is_connect(), "{error}");
        let line = error.to_string();
        assert!(
            line.starts_with("StartFlow: could not connect in time"),
            "{line}"
        );
    }
}
