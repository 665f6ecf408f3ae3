//! Any name that a model may have becomes a valid, unique and stable identifier.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use smithy_reqwest_codegen::name::{
    Scope, call_setter_name, member_name, message_name, operation_method, setter_name, type_name,
    variant_name,
};

/// Names as they come, and names out of what is hard: keywords, digits, underscores, acronyms.
fn any_name() -> impl Strategy<Value = String> {
    let hard = prop::sample::select(vec![
        "self", "Self", "crate", "super", "_", "type", "gen", "async", "Option", "Result", "Vec",
        "123", "__", "URL", "HTTPSProxy", "ß", "日本", "a-b", "a_b", "A B", "unknown", "new",
        "send", "pages",
    ]);
    prop_oneof![
        any::<String>(),
        "[A-Za-z0-9_]{0,12}",
        hard.prop_map(str::to_owned)
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct("regressions/name.txt"))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn every_name_is_an_identifier_and_always_the_same(name in any_name()) {
        for make in [type_name, member_name, variant_name, operation_method] {
            let made = make(&name);
            prop_assert!(syn::parse_str::<syn::Ident>(&made.to_string()).is_ok() || made == "r#gen");
            prop_assert_eq!(make(&name), made);
        }
        let message = message_name(&name, "Request").to_string();
        prop_assert!(syn::parse_str::<syn::Ident>(&message).is_ok());
        prop_assert!(setter_name(&member_name(&name)) != "new");
        let setter = call_setter_name(&member_name(&name), true).to_string();
        prop_assert!(!["items", "new", "pages", "request", "send"].contains(&setter.as_str()));
    }

    #[test]
    fn names_in_one_scope_are_unique(names in prop::collection::vec(any_name(), 0..40)) {
        for make in [member_name, variant_name] {
            let claim_all = || {
                let mut scope = Scope::default();
                names.iter().map(|name| scope.claim(make(name)).to_string()).collect::<Vec<_>>()
            };
            let claimed = claim_all();
            prop_assert_eq!(claimed.iter().collect::<BTreeSet<_>>().len(), names.len());
            prop_assert_eq!(claim_all(), claimed);
        }
    }
}
