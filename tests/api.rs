//! The public API of `appflow-client` on one page, as a snapshot.
//!
//! A change of what users can name shows here, and nothing else does. To accept it, look at the
//! difference and run `INSTA_UPDATE=always cargo test -p workspace-tests --test api`.

#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use smithy_reqwest_codegen::api::Api;

/// The files below a folder, by their paths in it.
fn files(folder: &Path, prefix: &str, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy();
        if path.is_dir() {
            files(&path, &format!("{prefix}{name}/"), found);
        } else {
            found.insert(
                format!("{prefix}{name}"),
                fs::read_to_string(&path).unwrap(),
            );
        }
    }
}

/// The API of the crate that is committed: of its hand-written front page, and of its bindings.
fn appflow_client() -> Api {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../appflow-client/src");
    let mut library = BTreeMap::new();
    files(&source.join("generated"), "", &mut library);
    let root = fs::read_to_string(source.join("lib.rs")).unwrap();
    Api::of_crate(&root, &library).unwrap()
}

#[test]
fn the_public_items_of_appflow_client_are_those_that_are_listed() {
    insta::with_settings!({ description => "appflow-client: what its users can name", omit_expression => true }, {
        insta::assert_snapshot!("appflow_client", appflow_client());
    });
}
