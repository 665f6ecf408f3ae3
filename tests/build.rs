//! Generates every fixture, so that tests can compile what comes out: all of them from
//! `fixtures.rs` of the output folder, or one from the file of its name.
//! `endpoints.rs` has the endpoint cases: those of the fixtures, and of the official rule sets.

#![allow(clippy::expect_used, reason = "a test panics where it fails")]

use std::path::Path;
use std::{env, fs};

use smithy_reqwest_codegen::{Generated, Options, generate, output};

#[path = "fixture.rs"]
#[expect(
    unreachable_pub,
    reason = "the tests use it as a module of their library"
)]
mod fixture;
#[path = "hostile_name.rs"]
#[expect(
    unreachable_pub,
    reason = "the tests use it as a module of their library"
)]
mod hostile_name;

fn main() {
    println!("cargo::rerun-if-changed=fixtures");
    println!("cargo::rerun-if-changed=fixture.rs");
    println!("cargo::rerun-if-changed=hostile_name.rs");
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    let out = Path::new(&out);
    let mut modules = String::new();
    let hostile = ("hostile_name".to_owned(), hostile_name::model());
    for (name, model) in fixture::all().into_iter().chain([hostile]) {
        let mut options = Options::new(format!("fixtures/{name}.json"), "fixture");
        options.is_module = true;
        let module = match generate(&model, &options) {
            Ok(generated) => client(&out.join(&name), &name, &generated),
            Err(error) => compile_error(&error),
        };
        write(&out.join(format!("{name}.rs")), &module);
        modules.push_str(&module);
    }
    write(&out.join("fixtures.rs"), &modules);
    write(&out.join("endpoints.rs"), &endpoints(out));
}

/// Writes a client, and returns the module that it is.
fn client(dir: &Path, name: &str, generated: &Generated) -> String {
    output::write(generated, dir).expect("OUT_DIR can be written");
    module(&format!("{name}_client"), &dir.join("src/generated/mod.rs"))
}

fn module(name: &str, file: &Path) -> String {
    let file = file.display().to_string();
    format!("#[path = {file:?}]\npub mod {name};\n")
}

fn compile_error(error: &dyn std::error::Error) -> String {
    format!("compile_error!({:?});\n", error.to_string())
}

/// The cases of the fixtures and of the official rule sets, with a client of each, and how many
/// cases each official one has. Without the official data there are no such.
fn endpoints(out: &Path) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/conformance/endpoints");
    if folder.is_dir() {
        println!("cargo::rerun-if-changed={}", folder.display());
    }
    let out = out.join("endpoints");
    let mut modules = String::new();
    let mut counts = String::new();
    for (name, model) in fixture::all() {
        match generate(&model, &module_options(&name, &name)) {
            Ok(generated) if generated.service.endpoint.cases.is_empty() => {}
            Ok(generated) => modules.push_str(&cases(&out, &name, &generated)),
            Err(error) => modules.push_str(&compile_error(&error)),
        }
    }
    for (file, model) in fixture::rule_sets(&folder) {
        let name = file.replace('-', "_");
        match generate(&model, &module_options(&file, &name)) {
            Ok(generated) => {
                modules.push_str(&cases(&out, &name, &generated));
                let cases = &generated.service.endpoint.cases;
                let ignored = cases.iter().filter(|case| case.outdated.is_some());
                let (count, ignored) = (cases.len(), ignored.count());
                counts.push_str(&format!("    ({file:?}, {count}, {ignored}),\n"));
            }
            Err(error) => modules.push_str(&compile_error(&error)),
        }
    }
    format!(
        "{modules}\n/// The official rule sets, each with its cases and how many of them are ignored.\n\
         pub const RULE_SETS: &[(&str, usize, usize)] = &[\n{counts}];\n"
    )
}

/// A client that is a module beside its cases.
fn module_options(model: &str, name: &str) -> Options {
    let mut options = Options::new(model, format!("{name}_client"));
    options.is_module = true;
    options
}

/// The modules of a client and of its cases.
fn cases(out: &Path, name: &str, generated: &Generated) -> String {
    let dir = out.join(name);
    let client = client(&dir, name, generated);
    let file = dir.join("cases.rs");
    let cases = generated.tests.get("endpoint.rs");
    let cases = cases.map_or("", String::as_str);
    // The test of a crate names the crate, and here the crate is a module beside it.
    let here = cases.replace(
        &format!("use {name}_client"),
        &format!("use crate::{name}_client"),
    );
    write(&file, &here);
    client + &module(name, &file)
}

fn write(path: &Path, text: &str) {
    fs::write(path, text).expect("OUT_DIR can be written");
}
