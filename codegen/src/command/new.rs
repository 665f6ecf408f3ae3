//! `cargo codegen new`: creates a crate from a model.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Args;
use smithy_reqwest_codegen::Options;
use smithy_reqwest_codegen::scaffold::{NewCrate, scaffold};

use super::generate::{skipped, summary};
use super::{operations, print};

/// Create a client crate from a model, with manifest, README, sources and tests.
#[derive(Args)]
pub(crate) struct New {
    /// The model: a Smithy JSON AST. AWS publishes those of its services on GitHub, in
    /// aws/api-models-aws. It is copied into the crate.
    #[arg(long, value_name = "FILE")]
    model: PathBuf,
    /// The name of the crate, as in `appflow-client`.
    #[arg(long, value_name = "CRATE")]
    name: String,
    /// The directory of the crate. It must be empty or must not exist.
    #[arg(long, value_name = "DIR")]
    path: PathBuf,
    /// The service, if the model has several: its shape id or its name.
    #[arg(long, value_name = "ID")]
    service: Option<String>,
    /// The protocol, if the service has several, as in `awsJson1_0`. By default the first that it
    /// has of restJson1, awsJson1_0, awsJson1_1, rpcv2Cbor, restXml, awsQuery and ec2Query.
    #[arg(long, value_name = "PROTOCOL")]
    protocol: Option<String>,
    /// The operations to generate, with the shapes they need and nothing else. All by default.
    #[arg(long, value_name = "A,B", value_parser = operations)]
    operations: Vec<Vec<String>>,
    /// Skip operations that need unsupported features, instead of failing.
    #[arg(long)]
    skip_unsupported: bool,
    /// The folder of the runtime, the package `smithy-reqwest`, which is not published yet.
    #[arg(long, value_name = "DIR")]
    runtime_path: Option<PathBuf>,
}

pub(crate) fn run(new: New) -> Result<()> {
    let mut options = Options::new(new.model.display().to_string(), new.name);
    options.service = new.service;
    options.protocol = new.protocol;
    options.operations = new.operations.concat();
    options.skip_unsupported = new.skip_unsupported;
    let new_crate = NewCrate {
        model: new.model,
        path: new.path,
        options,
        runtime_path: new.runtime_path,
    };
    let generated = scaffold(&new_crate)
        .with_context(|| format!("`{}` was not created", new_crate.path.display()))?;
    let path = new_crate.path.display().to_string();
    let mut report = format!(
        "{}: created in {path}, {}\n",
        generated.package,
        summary(&generated)
    );
    report.push_str(&skipped(&generated));
    report.push_str("It is a workspace of its own, with a copy of the model. Next:\n");
    report.push_str(&format!("  cd {}\n  cargo test\n", quoted(&path)));
    print(&report)
}

/// Returns a path as a shell takes it.
fn quoted(path: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/\\._-:+@%".contains(c);
    if path.chars().all(is_plain) {
        path.to_owned()
    } else {
        format!("'{}'", path.replace('\'', "'\\''"))
    }
}
