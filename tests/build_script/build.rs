//! Generates the client of the greeter.

use smithy_reqwest_codegen::{Build, BuildError};

fn main() -> Result<(), BuildError> {
    Build::new("greeter.json")
        .operations(["Greet"])
        .generate()?;
    Ok(())
}
