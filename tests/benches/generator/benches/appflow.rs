//! All of AppFlow: one call of the library, from the text of the model to the text of every file.

use criterion::{Criterion, criterion_group, criterion_main};
use smithy_reqwest_codegen::{Options, generate};

fn appflow(criterion: &mut Criterion) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../model/appflow.json");
    let model = std::fs::read_to_string(path).expect("the model is there");
    let options = Options::new("model/appflow.json", "appflow-client");
    criterion.bench_function("appflow", |bencher| {
        bencher.iter(|| generate(&model, &options).expect("the model is good"));
    });
}

criterion_group!(benches, appflow);
criterion_main!(benches);
