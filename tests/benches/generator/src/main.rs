//! The generator as a program.
//!
//! - `generate MODEL [OPERATION]...` generates a client in memory, and prints the milliseconds that took
//!   and the lines of its library. Then it waits for the end of its standard input, so that its memory
//!   can be read.
//! - `new MODEL NAME PATH RUNTIME` creates a crate.

use std::io;
use std::path::PathBuf;
use std::time::Instant;

use smithy_reqwest_codegen::scaffold::{NewCrate, scaffold};
use smithy_reqwest_codegen::{Options, generate};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["generate", model, operations @ ..] => measure(model, operations),
        ["new", model, name, path, runtime] => create(model, name, path, runtime),
        _ => panic!("the arguments are `generate MODEL` or `new MODEL NAME PATH RUNTIME`"),
    }
}

fn measure(path: &str, operations: &[&str]) {
    let mut options = Options::new(path, "client");
    options.operations = operations.iter().map(|&it| it.to_owned()).collect();
    options.skip_unsupported = true;
    let model = std::fs::read_to_string(path).expect("the model can be read");
    let start = Instant::now();
    let generated = generate(&model, &options).expect("the model is good");
    let time = start.elapsed();
    let lines: usize = generated
        .library
        .values()
        .map(|text| text.lines().count())
        .sum();
    println!("{} {lines}", time.as_secs_f64() * 1_000.0);
    let _ = io::stdin().read_line(&mut String::new());
}

fn create(model: &str, name: &str, path: &str, runtime: &str) {
    let mut options = Options::new(model, name);
    options.skip_unsupported = true;
    let new = NewCrate {
        model: PathBuf::from(model),
        path: PathBuf::from(path),
        options,
        runtime_path: Some(PathBuf::from(runtime)),
    };
    scaffold(&new).expect("the crate is created");
    println!("created");
}
