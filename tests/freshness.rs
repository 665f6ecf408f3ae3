//! The committed clients are what the generator makes.

use std::path::Path;

use smithy_reqwest_codegen::output;
use smithy_reqwest_codegen::workspace::Workspace;

#[test]
fn every_generated_crate_is_up_to_date() {
    for member in Workspace::find().unwrap().members {
        let generated = member.generate().unwrap();
        let changes = output::compare(&generated, &member.dir).unwrap();
        let list: Vec<String> = changes.iter().map(ToString::to_string).collect();
        assert!(
            list.is_empty(),
            "{}\n\nrun `cargo codegen`",
            list.join("\n")
        );
    }
}

#[test]
fn the_same_model_gives_the_same_bytes_every_time() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../model/appflow.json");
    let model = std::fs::read_to_string(path).unwrap();
    let options = smithy_reqwest_codegen::Options::new("model/appflow.json", "appflow-client");
    let make = || {
        smithy_reqwest_codegen::generate(&model, &options)
            .unwrap()
            .library
    };
    assert_eq!(make(), make());
}
