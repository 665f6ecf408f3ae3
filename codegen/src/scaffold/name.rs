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
    fn names_are_refused_for_the_reason_that_is_true_of_them() {
        let packages = ["futures-core".to_owned()];
        for (name, reason) in [
            ("", "use letters"),
            ("9a", "use letters"),
            ("a b", "use letters"),
            ("größe", "use letters"),
            ("fn", "a keyword"),
            ("gen", "a keyword"),
            ("crate", "a keyword"),
            ("std", "of the Rust toolchain"),
            ("core", "of the Rust toolchain"),
            ("test", "of the Rust toolchain"),
            ("proc-macro", "of the Rust toolchain"),
            ("serde", "would depend on"),
            ("smithy-reqwest", "would depend on"),
            ("smithy_reqwest", "would depend on"),
            ("futures_core", "would depend on"),
            ("aux", "Windows reserves"),
            ("Com1", "Windows reserves"),
        ] {
            let found = unusable_name(name, &packages).unwrap();
            assert!(found.contains(reason), "{name}: {found}");
        }
        for name in [
            "a",
            "flow-client",
            "FlowClient",
            "smithy-reqwest-client",
            "com10",
        ] {
            assert_eq!(unusable_name(name, &packages), None, "{name}");
        }
    }
}
