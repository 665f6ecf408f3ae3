//! Invalid crate names.

use crate::name::{is_keyword, is_reserved_file};

/// Packages that a generated crate depends on.
const DEPENDENCIES: &[&str] = &["serde", "smithy_reqwest", "tokio"];

/// Crates of the toolchain.
const STANDARD: &[&str] = &["alloc", "core", "proc_macro", "std", "test"];

/// Returns the reason why a crate cannot have a name beside these packages; `None` if it can.
pub(super) fn unusable_name(name: &str, packages: &[String]) -> Option<&'static str> {
    let is_sound = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let rust_name = name.replace('-', "_").to_ascii_lowercase();
    let rust_name = rust_name.as_str();
    let mut packages = packages.iter().map(|package| package.replace('-', "_"));
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || !name.chars().all(is_sound) {
        Some("use letters, digits, `-` and `_`, with a letter first")
    } else if is_keyword(&name.replace('-', "_")) {
        Some("it is a keyword of Rust")
    } else if STANDARD.contains(&rust_name) {
        Some("it is the name of a crate of the Rust toolchain")
    } else if DEPENDENCIES.contains(&rust_name) || packages.any(|it| it == rust_name) {
        Some("the crate would depend on a package of the same name")
    } else if is_reserved_file(rust_name) {
        Some("Windows reserves it for a device, so no file or folder can have it")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::unusable_name;

    #[test]
    fn names_that_resemble_unusable_ones_are_accepted() {
        for name in ["FlowClient", "smithy-reqwest-client", "com10"] {
            assert_eq!(unusable_name(name, &[]), None, "{name}");
        }
    }
}
