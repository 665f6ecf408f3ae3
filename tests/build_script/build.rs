//! Generates the clients of the greeter and of the assistant, and those of the walkthrough's program.

use smithy_reqwest_codegen::{Build, Error};

fn main() -> Result<(), Error> {
    Build::new("greeter.json")
        .operations(["Greet"])
        .generate()?;
    for model in [
        "assistant.json", "eks.json", "lambda.json", "scheduler.json",
    ] {
        Build::new(model).generate()?;
    }
    Ok(())
}
