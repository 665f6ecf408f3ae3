//! The packages are ready to be published: what is in them, and what their manifests say.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use serde_json::Value;

const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The packages, in the order in which they are published, and their folders.
const PACKAGES: [(&str, &str); 3] = [
    ("smithy-reqwest", "codegen/runtime"),
    ("smithy-reqwest-codegen", "codegen"),
    ("appflow-client", "appflow-client"),
];

/// What each package has beside its sources.
const FILES: [&str; 5] = [
    "CHANGELOG.md", "Cargo.toml", "LICENSE-APACHE", "LICENSE-MIT", "README.md",
];

/// What cargo adds of itself.
const OF_CARGO: [&str; 3] = [".cargo_vcs_info.json", "Cargo.lock", "Cargo.toml.orig"];

#[test]
fn a_package_has_its_sources_and_examples_and_what_a_reader_wants_and_nothing_else() {
    for (package, folder) in PACKAGES {
        let mut expected = BTreeSet::from(FILES.map(str::to_owned));
        for sources in ["src", "examples"] {
            expected.extend(files_below(folder, sources));
        }
        let list = cargo(&["package", "--list", "--allow-dirty", "-p", package]);
        let packaged: BTreeSet<String> = list
            .lines()
            .map(|file| file.replace('\\', "/"))
            .filter(|file| !OF_CARGO.contains(&file.as_str()))
            .collect();
        assert_eq!(packaged, expected, "{package}");
    }
}

#[test]
fn the_licences_of_a_package_are_those_of_the_repository() {
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        let expected = read(licence);
        for (_, folder) in PACKAGES {
            // A checkout that cannot hold links has a path in the place of the text.
            assert_eq!(read(&format!("{folder}/{licence}")), expected, "{folder}");
        }
    }
}

#[test]
fn a_manifest_has_what_a_registry_shows() {
    for (package, _) in PACKAGES {
        let manifest = manifest(package);
        for field in ["description", "license", "readme", "rust_version"] {
            assert!(manifest[field].is_string(), "{package}: {field}");
        }
        for field in ["categories", "keywords"] {
            let count = manifest[field].as_array().unwrap().len();
            assert!((1..=5).contains(&count), "{package}: {count} {field}");
        }
        assert!(manifest["publish"].is_null(), "{package}");
    }
}

#[test]
fn the_packages_have_one_version_and_want_each_other_in_it() {
    let version = manifest("smithy-reqwest")["version"].clone();
    let wanted = format!("^{}", version.as_str().unwrap());
    for (package, _) in PACKAGES {
        let manifest = manifest(package);
        assert_eq!(manifest["version"], version, "{package}");
        let dependencies = manifest["dependencies"].as_array().unwrap();
        let ours = dependencies
            .iter()
            .filter(|dependency| PACKAGES.iter().any(|(name, _)| dependency["name"] == *name));
        for dependency in ours {
            assert_eq!(dependency["req"], *wanted, "{package}: {dependency}");
        }
    }
    let dependencies = manifest("appflow-client")["dependencies"].to_string();
    assert!(
        dependencies.contains("\"smithy-reqwest\""),
        "{dependencies}"
    );
}

#[test]
fn a_changelog_begins_with_the_version_of_its_package_or_with_what_is_not_in_one_yet() {
    for (package, folder) in PACKAGES {
        let version = manifest(package)["version"].clone();
        let changelog = read(&format!("{folder}/CHANGELOG.md"));
        let mut headings = changelog
            .lines()
            .filter_map(|line| line.strip_prefix("## "));
        let mut of_version = headings.next().unwrap();
        if of_version == "Unreleased" {
            of_version = headings.next().unwrap();
        }
        let (named, date) = of_version.split_once(" - ").unwrap();
        assert_eq!(named, version, "{package}");
        assert!(date == "Unreleased" || is_date(date), "{package}: {date}");
    }
}

/// A client of restJson1 is built without the codecs of other protocols, each of which is behind a feature.
#[test]
fn the_client_has_no_codec_beside_that_of_its_protocol() {
    for arguments in [&[][..], &["--all-features"]] {
        let tree = ["tree", "-p", "appflow-client", "-e", "normal,build"];
        let format = ["--prefix", "none", "--format", "{p} {f}"];
        let tree = cargo(&[&tree[..], &format, arguments].concat());
        assert!(!tree.contains("quick-xml"), "{tree}");
        let mut lines = tree.lines();
        let runtime = lines.find(|line| line.starts_with("smithy-reqwest v"));
        let (_, features) = runtime.unwrap().rsplit_once(' ').unwrap();
        let features: BTreeSet<&str> = features.split(',').collect();
        assert!(features.contains("rustls-ring"), "{features:?}");
        for other in ["cbor", "query", "xml"] {
            assert!(!features.contains(other), "{features:?}");
        }
    }
}

/// Whether a text has the form of `2026-11-22`.
fn is_date(text: &str) -> bool {
    let parts: Vec<usize> = text.split('-').map(str::len).collect();
    parts == [4, 2, 2] && text.chars().all(|c| c.is_ascii_digit() || c == '-')
}

/// What cargo prints, without a network, in the workspace.
fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .current_dir(WORKSPACE)
        .args(arguments)
        .arg("--offline")
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stderr}");
    String::from_utf8(output.stdout).unwrap()
}

fn manifest(package: &str) -> Value {
    let metadata = cargo(&["metadata", "--no-deps", "--format-version", "1"]);
    let metadata: Value = serde_json::from_str(&metadata).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let manifest = packages.iter().find(|it| it["name"] == package);
    manifest.unwrap().clone()
}

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(WORKSPACE).join(path)).unwrap()
}

/// The files of a folder of a package, from the folder of the package.
fn files_below(package: &str, folder: &str) -> Vec<String> {
    let package = Path::new(WORKSPACE).join(package);
    let mut files = Vec::new();
    let mut folders: Vec<PathBuf> = vec![package.join(folder)];
    while let Some(folder) = folders.pop() {
        // Not every package has examples.
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let below = path.strip_prefix(&package).unwrap();
                files.push(below.to_str().unwrap().replace('\\', "/"));
            }
        }
    }
    files
}
