//! `cargo codegen new`: creates a crate from a model.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Args;
use smithy_reqwest_codegen::scaffold::{NewCrate, scaffold};

use super::generate::{print_skipped, summary};

/// Create a client crate from a model, with manifest, README, sources and tests.
#[derive(Args)]
pub(crate) struct New {
    /// The model: a Smithy JSON AST, as AWS publishes them.
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
    /// The operations to generate, with the shapes they need. The default is all operations.
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    operations: Vec<String>,
    /// Skip operations that need unsupported features, instead of failing.
    #[arg(long)]
    skip_unsupported: bool,
    /// Depend on the runtime in this directory, instead of on a published version.
    #[arg(long, value_name = "DIR")]
    runtime_path: Option<PathBuf>,
}

pub(crate) fn run(new: New) -> Result<()> {
    let new_crate = NewCrate {
        model: new.model,
        name: new.name,
        path: new.path,
        service: new.service,
        operations: new.operations,
        skip_unsupported: new.skip_unsupported,
        runtime_path: new.runtime_path,
    };
    let generated = scaffold(&new_crate)
        .with_context(|| format!("could not create `{}`", new_crate.path.display()))?;
    println!(
        "{}: created in {}, {}",
        new_crate.name,
        new_crate.path.display(),
        summary(&generated)
    );
    print_skipped(&generated);
    println!(
        "try it: cargo test --manifest-path {}",
        new_crate.path.join("Cargo.toml").display()
    );
    Ok(())
}
