//! `cargo codegen new`: a crate of its own from a model.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Args;
use smithy_reqwest_codegen::scaffold::{NewCrate, scaffold};

use super::generate::{print_skipped, summary};

/// Make a new client crate from a model: manifest, front page, sources and tests.
#[derive(Args)]
pub(crate) struct New {
    /// The model: a Smithy JSON AST, as AWS publishes them.
    #[arg(long, value_name = "FILE")]
    model: PathBuf,
    /// The name of the crate, as in `appflow-client`.
    #[arg(long, value_name = "CRATE")]
    name: String,
    /// The folder to make the crate in. It must be empty or not be there.
    #[arg(long, value_name = "DIR")]
    path: PathBuf,
    /// The service, where the model has several: its shape id, or the name in it.
    #[arg(long, value_name = "ID")]
    service: Option<String>,
    /// The operations to generate, with the shapes they need and nothing else. All by default.
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    operations: Vec<String>,
    /// Leave out operations that need what is not supported, instead of failing.
    #[arg(long)]
    skip_unsupported: bool,
    /// Depend on the runtime in this folder, instead of on its published version.
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
        .with_context(|| format!("`{}` was not made", new_crate.path.display()))?;
    println!(
        "{}: made in {}, {}",
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
