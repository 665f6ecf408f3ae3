//! How to do common tasks, one page per task.
//!
//! | to | see |
//! |---|---|
//! | start a flow and wait for its run | [`start`] |
//! | repeat a call without starting a flow twice | [`retry`] |
//! | find credentials on a laptop, in CI, in Lambda, in a container or on EC2 | [`credentials`] |
//! | tell errors apart | [`error`] |
//! | test without AWS | [`testing`] |
//! | make calls without `async` | [`blocking`] |
//! | limit the time that a call takes | [`timeout`] |
//! | use a proxy or your own certificates | [`proxy`] |
//! | see each attempt of a call, and why it was retried | [`tracing`] |
//! | store requests and responses, and keep secrets out of logs | [`serde`] |
//! | generate a client for another AWS service | [`service`] |
//! | solve a problem by its error message | [`troubleshooting`] |
//!
//! These modules contain only documentation.

#[doc = include_str!("guide/blocking.md")]
pub mod blocking {}

#[doc = include_str!("guide/credentials.md")]
pub mod credentials {}

#[doc = include_str!("guide/error.md")]
pub mod error {}

#[doc = include_str!("guide/proxy.md")]
pub mod proxy {}

#[doc = include_str!("guide/retry.md")]
pub mod retry {}

#[doc = include_str!("guide/serde.md")]
pub mod serde {}

#[doc = include_str!("guide/service.md")]
pub mod service {}

#[doc = include_str!("guide/start.md")]
pub mod start {}

#[doc = include_str!("guide/testing.md")]
pub mod testing {}

#[doc = include_str!("guide/timeout.md")]
pub mod timeout {}

#[doc = include_str!("guide/tracing.md")]
pub mod tracing {}

#[doc = include_str!("guide/troubleshooting.md")]
pub mod troubleshooting {}
