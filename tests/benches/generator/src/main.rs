//! Generates the client of a model, or of some of its operations, and prints the milliseconds that took
//! and the lines that came of it. Then it waits for the end of its standard input, so that its figures
//! can be read.

use std::io;
use std::time::Instant;

use smithy_reqwest_codegen::{Options, generate};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().expect("the first argument is a model");
    let mut options = Options::new(&path, "client");
    options.operations = arguments.collect();
    options.skip_unsupported = true;
    let model = std::fs::read_to_string(&path).expect("the model can be read");
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
