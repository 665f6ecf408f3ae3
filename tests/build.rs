//! Generates every fixture, so that tests can compile what comes out: all of them from
//! `fixtures.rs` of the output folder, or one from the file of its name.

#![allow(clippy::expect_used, reason = "a test panics where it fails")]

use std::path::Path;
use std::{env, fs};

use smithy_reqwest_codegen::{Options, generate, output};

#[path = "fixture.rs"]
#[expect(
    unreachable_pub,
    reason = "the tests use it as a module of their library"
)]
mod fixture;

fn main() {
    println!("cargo::rerun-if-changed=fixtures");
    println!("cargo::rerun-if-changed=fixture.rs");
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    let mut modules = String::new();
    for (name, model) in fixture::all() {
        let options = Options::new(format!("fixtures/{name}.json"), "fixture");
        let generated = match generate(&model, &options) {
            Ok(generated) => generated,
            Err(error) => {
                modules.push_str(&format!("compile_error!({:?});\n", error.to_string()));
                continue;
            }
        };
        let dir = Path::new(&out).join(&name);
        output::write(&generated, &dir).expect("OUT_DIR can be written");
        let root = dir.join("src/generated/mod.rs");
        let module = format!(
            "#[path = {:?}]\npub mod {name}_client;\n",
            root.display().to_string()
        );
        let file = Path::new(&out).join(format!("{name}.rs"));
        fs::write(file, &module).expect("OUT_DIR can be written");
        modules.push_str(&module);
    }
    fs::write(Path::new(&out).join("fixtures.rs"), modules).expect("OUT_DIR can be written");
}
