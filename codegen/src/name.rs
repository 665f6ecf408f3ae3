//! Rust names for the names of a model.
//!
//! Any text becomes a valid identifier, and always the same one. `heck` splits the words; this
//! module handles names that Rust forbids (keywords, leading digits, empty text) and names that
//! would hide a name that generated code uses (`Option`, `Vec`, …). The table of tests below is the
//! full list of cases.

mod identifier;
mod scope;

pub use identifier::Ident;
pub(crate) use identifier::is_keyword;
use identifier::{HIDING, camel, ident, snake};
pub use scope::Scope;

/// Returns the name of a type, as in `FlowStatus`.
#[must_use]
pub fn type_name(name: &str) -> Ident {
    let name = camel(name, "Shape");
    ident(&if HIDING.contains(&name.as_str()) {
        name + "Value"
    } else {
        name
    })
}

/// Returns the name of what an operation sends or returns, as in `StartFlowRequest`.
#[must_use]
pub fn message_name(operation: &str, suffix: &str) -> Ident {
    type_name(&(camel(operation, "Operation") + suffix))
}

/// Returns the name of a module, which is the name of its file too. `mod.rs` is that of the module
/// around it, and Windows reserves some names.
#[must_use]
pub fn module_name(name: &str) -> Ident {
    let module = member_name(name);
    if module == "r#mod" {
        ident("mod_")
    } else if is_reserved_file(&module.to_string()) {
        ident(&format!("{module}_"))
    } else {
        module
    }
}

/// Returns `true` if Windows reserves a name in lowercase for a device, so that no file can have
/// it, whatever its extension. The list is that of the page "Naming Files, Paths, and Namespaces"
/// of Microsoft.
pub(crate) fn is_reserved_file(name: &str) -> bool {
    let numbered = ["com", "lpt"]
        .iter()
        .find_map(|port| name.strip_prefix(port));
    let is_port = |number: &str| matches!(number.as_bytes(), [b'0'..=b'9']);
    matches!(name, "aux" | "con" | "nul" | "prn") || numbered.is_some_and(is_port)
}

/// Returns the name of a variant of an enumeration, as in `Active`. `Unknown` is the variant of
/// every value that the model does not list, so a model's own has another name.
#[must_use]
pub fn variant_name(name: &str) -> Ident {
    let name = camel(name, "Value");
    ident(&if matches!(name.as_str(), "Self" | "Unknown") {
        name + "Value"
    } else {
        name
    })
}

/// Returns the name of the variant for one value of an enumeration, whose member has a name in the
/// model, mostly in capitals. Where the value is the same letters, it shows better where words
/// begin: `OnDemand` for `ONDEMAND`.
#[must_use]
pub fn value_name(member: &str, value: &str) -> Ident {
    let shows_no_words = !member.contains(|letter: char| letter.is_ascii_lowercase());
    let is_same = member.eq_ignore_ascii_case(value);
    variant_name(if shows_no_words && is_same {
        value
    } else {
        member
    })
}

/// Returns the name of a member, as in `flow_name`.
#[must_use]
pub fn member_name(name: &str) -> Ident {
    ident(&snake(name))
}

/// Returns the name of a method that sets a member of a structure; `new` is its constructor.
#[must_use]
pub fn setter_name(member: &Ident) -> Ident {
    if *member == "new" {
        return ident("new_");
    }
    member.clone()
}

/// Returns the name of a method that sets a member of a call. Methods that every call has keep
/// their names, and those of calls with pages do so where there are pages.
#[must_use]
pub fn call_setter_name(member: &Ident, has_pages: bool) -> Ident {
    match (member.to_string().as_str(), has_pages) {
        (
            name @ ("new" | "request" | "send" | "send_with_metadata" | "wait" | "wait_for_output"
            | "with"),
            _,
        )
        | (name @ ("items" | "pages"), true) => ident(&format!("{name}_")),
        // Waiters have such names.
        (name, _) if name.starts_with("wait_until") => ident(&format!("{name}_")),
        _ => member.clone(),
    }
}

/// Returns the name of a static item, as in `CLUSTER_ACTIVE`.
#[must_use]
pub fn constant_name(name: &str) -> Ident {
    ident(&snake(name).to_uppercase())
}

/// Returns the name of a method that makes a call. Methods that every client has keep their names.
#[must_use]
pub fn operation_method(name: &str) -> Ident {
    let method = member_name(name);
    match method.to_string().as_str() {
        name @ ("builder" | "clone" | "from_env" | "new" | "send" | "send_with_metadata") => {
            ident(&format!("{name}_"))
        }
        _ => method,
    }
}

/// Returns `true` if a Rust name is another than that of the model, and not just spelled as Rust does.
fn is_renamed(model_name: &str, name: &Ident) -> bool {
    let letters = |name: &str| {
        let letters = name.chars().filter(char::is_ascii_alphanumeric);
        letters.collect::<String>().to_ascii_lowercase()
    };
    letters(model_name) != letters(name.to_string().trim_start_matches("r#"))
}

/// Returns the name in the model, if the Rust name is another one and rustdoc can find it.
#[must_use]
pub fn alias(model_name: &str, name: &Ident) -> Option<String> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let is_found = !model_name.is_empty() && model_name.chars().all(is_word);
    (is_found && is_renamed(model_name, name)).then(|| model_name.to_owned())
}

/// Returns the modules of types, one each, which are named for them.
#[must_use]
pub fn modules<'n>(types: impl IntoIterator<Item = &'n Ident>) -> Vec<Ident> {
    let mut scope = Scope::default();
    let module = |name: &Ident| scope.claim(module_name(&name.to_string()));
    types.into_iter().map(module).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_named_by_this_table() {
        for (model, rust) in [
            ("FlowStatus", "FlowStatus"),
            ("flowStatus", "FlowStatus"),
            ("S3DestinationProperties", "S3DestinationProperties"),
            ("SAPODataSourceProperties", "SapoDataSourceProperties"),
            ("KMSArn", "KmsArn"),
            ("__listOfMaps", "ListOfMaps"),
            ("3DModel", "N3dModel"),
            ("snake_case_name", "SnakeCaseName"),
            ("Größe", "GrE"),
            ("", "Shape"),
            ("___", "Shape"),
            ("日本", "Shape"),
            ("self", "SelfValue"),
            ("Self", "SelfValue"),
            ("type", "Type"),
            ("Option", "OptionValue"),
            ("Result", "ResultValue"),
            ("String", "StringValue"),
            ("Vec", "VecValue"),
            ("Error", "ErrorValue"),
            ("Foo{}; fn evil() {}", "FooFnEvil"),
        ] {
            assert_eq!(type_name(model).to_string(), rust, "{model}");
        }
    }

    #[test]
    fn an_alias_is_a_name_that_rustdoc_can_find() {
        let alias = |model: &str| alias(model, &Ident::new("thing"));
        assert_eq!(alias("Other_1").as_deref(), Some("Other_1"));
        assert_eq!(alias("other thing"), None);
        assert_eq!(alias(""), None);
        assert_eq!(alias("THING"), None);
    }

    #[test]
    fn every_name_of_the_prelude_is_left_alone() {
        for name in [
            "AsMut", "AsRef", "Box", "Clone", "Copy", "Default", "DoubleEndedIterator", "Drop",
            "Eq", "Err", "ExactSizeIterator", "Extend", "Fn", "FnMut", "FnOnce", "From",
            "FromIterator", "Future", "Into", "IntoFuture", "IntoIterator", "Iterator", "None",
            "Ok", "Option", "Ord", "PartialEq", "PartialOrd", "Result", "Send", "Sized", "Some",
            "String", "Sync", "ToOwned", "ToString", "TryFrom", "TryInto", "Unpin", "Vec",
        ] {
            assert_ne!(type_name(name).to_string(), name);
        }
    }

    #[test]
    fn members_are_named_by_this_table() {
        for (model, rust) in [
            ("flowName", "flow_name"),
            ("FlowName", "flow_name"),
            ("clientToken", "client_token"),
            ("KMSArn", "kms_arn"),
            ("s3BucketName", "s3_bucket_name"),
            ("oAuth2Properties", "oauth2_properties"),
            ("isOAuth2Supported", "is_oauth2_supported"),
            ("videoAuth", "video_auth"),
            ("enableIPv6", "enable_ipv6"),
            ("eTag", "e_tag"),
            ("2fa", "n_2fa"),
            ("", "value"),
            ("_", "value"),
            ("a-b.c d", "a_b_c_d"),
            ("ünïcode", "n_code"),
        ] {
            assert_eq!(member_name(model).to_string(), rust, "{model}");
        }
    }

    #[test]
    fn modules_are_named_by_this_table() {
        for (model, rust) in [
            ("StartFlow", "start_flow"),
            ("Mod", "mod_"),
            ("Type", "r#type"),
            ("Aux", "aux_"),
            ("CON", "con_"),
            ("nul", "nul_"),
            ("Prn", "prn_"),
            ("Com0", "com0_"),
            ("COM1", "com1_"),
            ("Lpt9", "lpt9_"),
            ("Com10", "com10"),
            ("Com", "com"),
            ("Console", "console"),
        ] {
            assert_eq!(module_name(model).to_string(), rust, "{model}");
        }
        // Only files have such names.
        assert_eq!(operation_method("Aux").to_string(), "aux");
    }

    #[test]
    fn every_keyword_becomes_a_raw_or_a_longer_identifier() {
        for keyword in [
            "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
            "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
            "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override",
            "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type",
            "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
        ] {
            assert_eq!(member_name(keyword).to_string(), format!("r#{keyword}"));
        }
        for keyword in ["crate", "self", "super", "Self"] {
            let expected = format!("{}_", keyword.to_lowercase());
            assert_eq!(member_name(keyword).to_string(), expected);
        }
    }

    #[test]
    fn variants_are_named_by_this_table() {
        for (model, rust) in [
            ("ACTIVE", "Active"),
            ("AES_256", "Aes256"),
            ("1H", "N1h"),
            ("UNKNOWN", "UnknownValue"),
            ("Self", "SelfValue"),
            ("", "Value"),
            ("None", "None"),
        ] {
            assert_eq!(variant_name(model).to_string(), rust, "{model}");
        }
    }

    #[test]
    fn values_show_the_words_of_variants_where_they_are_spelled_alike() {
        for (member, value, rust) in [
            ("ONDEMAND", "OnDemand", "OnDemand"),
            ("MAP_ALL", "Map_all", "MapAll"),
            ("OnDemand", "ondemand", "OnDemand"),
            ("DARK_BLUE", "dark-blue", "DarkBlue"),
            ("LOW", "1", "Low"),
        ] {
            assert_eq!(value_name(member, value).to_string(), rust, "{member}");
        }
    }

    #[test]
    fn methods_that_every_type_has_keep_their_names() {
        assert_eq!(operation_method("Send").to_string(), "send_");
        assert_eq!(operation_method("FromEnv").to_string(), "from_env_");
        // A method `new` that returns no `Self` surprises people, and Clippy.
        assert_eq!(operation_method("New").to_string(), "new_");
        assert_eq!(setter_name(&member_name("new")).to_string(), "new_");
        assert_eq!(setter_name(&member_name("send")).to_string(), "send");
        for (member, has_pages, method) in [
            ("Request", false, "request_"),
            ("Send", true, "send_"),
            ("Items", false, "items"),
            ("Items", true, "items_"),
            ("Wait", false, "wait_"),
            ("With", false, "with_"),
            ("WaitUntilDone", false, "wait_until_done_"),
            ("Pages", true, "pages_"),
        ] {
            let name = call_setter_name(&member_name(member), has_pages);
            assert_eq!(name.to_string(), method);
        }
        assert_eq!(setter_name(&member_name("type")).to_string(), "r#type");
    }

    #[test]
    fn names_that_collide_are_numbered_in_order() {
        let mut scope = Scope::default();
        let claimed = ["json", "JSON", "Json", "type", "Type", "self", "Self"]
            .map(|name| scope.claim(member_name(name)).to_string());
        let expected = [
            "json", "json_2", "json_3", "r#type", "type_2", "self_", "self_2",
        ];
        assert_eq!(claimed, expected);
        // Nothing is the same as a name that had the number before.
        let mut scope = Scope::default();
        let claimed = ["json_2", "json", "JSON", "Json_2", "json-3", "Json"]
            .map(|name| scope.claim(member_name(name)).to_string());
        let expected = ["json_2", "json", "json_3", "json_2_2", "json_3_2", "json_4"];
        assert_eq!(claimed, expected);
        let claimed = ["csv", "CSV"].map(|name| scope.claim(variant_name(name)).to_string());
        assert_eq!(claimed, ["Csv", "Csv2"]);
    }
}
