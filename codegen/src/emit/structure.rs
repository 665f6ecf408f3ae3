//! Structures: plain data with public fields.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::serde_attribute::{Case, field_attributes};
use super::{argument, default, deprecation, docs, optional, ty};
use crate::ir::{Member, Structure, Type};
use crate::name;
use crate::prose;

/// A structure of its own: the type, its constructor and its setters.
pub(super) fn structure(structure: &Structure) -> Vec<TokenStream> {
    let mut items = definition(structure);
    let constructor = constructor(structure);
    let name = &structure.name;
    let setters = structure
        .members
        .iter()
        .filter(|member| !member.is_argument() && structure.usage.input)
        .map(|member| {
            let method = name::setter_name(&member.name);
            setter(member, &method, &quote! { self }, true)
        });
    let methods: Vec<TokenStream> = constructor.into_iter().chain(setters).collect();
    if structure.usage.input && !methods.is_empty() {
        items.push(quote! { impl #name { #(#methods)* } });
    }
    items
}

/// The type alone, with its `Debug` where that must leave something out.
pub(super) fn definition(structure: &Structure) -> Vec<TokenStream> {
    let Structure {
        name,
        members,
        usage,
        ..
    } = structure;
    let docs = docs(&structure.docs, 0);
    let hides = structure.sensitive || members.iter().any(|member| member.sensitive);
    let debug = (!hides).then(|| quote! { Debug, });
    let has_default = usage.output || !members.iter().any(Member::is_argument);
    let has_values = default::has_values(members);
    let default = (has_default && !has_values).then(|| quote! { Default, });
    let many_bools = many_bools(members);
    // A stream can be neither copied nor compared, and is not a value that serde could write.
    let is_value = !structure.streams();
    let [clone, others] = [
        quote! { Clone, },
        quote! { PartialEq, Serialize, Deserialize },
    ]
    .map(|derived| is_value.then_some(derived));
    let case = Case::of(members);
    let case_attribute = is_value.then(|| case.attribute());
    let fields = members.iter().map(|member| field(member, structure, case));
    let mut items = vec![quote! {
        #docs
        #[derive(#debug #clone #default #others)]
        #case_attribute
        #many_bools
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
        }
    }];
    if has_default && has_values {
        items.push(default::implementation(structure));
    }
    items.extend(default::values(members));
    if hides {
        items.push(redacted_debug(structure));
    }
    items
}

fn field(member: &Member, structure: &Structure, case: Case) -> TokenStream {
    let name = &member.name;
    let docs = docs(&member.docs, 1);
    let attributes = if structure.streams() {
        Vec::new()
    } else {
        field_attributes(member, structure.usage, case)
    };
    let ty = optional(ty(&member.ty), !member.is_always_there());
    let deprecated = deprecation::attribute(member.deprecated.as_ref());
    quote! {
        #docs
        #deprecated
        #(#attributes)*
        pub #name: #ty,
    }
}

/// A `Debug` that shows which secrets are there and none of them.
fn redacted_debug(structure: &Structure) -> TokenStream {
    let Structure { name, members, .. } = structure;
    let text = name.to_string();
    let fields = members.iter().map(|member| {
        let field = &member.name;
        let label = field.to_string().trim_start_matches("r#").to_owned();
        let hidden = structure.sensitive || member.sensitive;
        match (hidden, member.is_always_there()) {
            (false, _) => quote! { debug.field(#label, &self.#field); },
            (true, true) => quote! { debug.field(#label, &Redacted); },
            (true, false) => quote! { debug.field(#label, &Redacted::option(&self.#field)); },
        }
    });
    let touches = deprecation::touches(members);
    quote! {
        impl fmt::Debug for #name {
            #touches
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut debug = f.debug_struct(#text);
                #(#fields)*
                debug.finish()
            }
        }
    }
}

/// The constructor that takes what is required; nothing where nothing is.
pub(super) fn constructor(structure: &Structure) -> Option<TokenStream> {
    let (required, others): (Vec<&Member>, Vec<&Member>) = structure
        .members
        .iter()
        .partition(|member| member.is_argument());
    let (parameters, values): (Vec<_>, Vec<_>) = required.into_iter().map(parameter).unzip();
    if parameters.is_empty() {
        return None;
    }
    let others = others.into_iter().map(default::field);
    let docs = docs(
        &format!("A [`{}`] with what is required.", structure.name),
        1,
    );
    let many = many_arguments(parameters.len());
    let touches = deprecation::touches(&structure.members);
    Some(quote! {
        #docs
        #many
        #touches
        #[must_use]
        pub fn new(#(#parameters),*) -> Self {
            Self { #(#values,)* #(#others),* }
        }
    })
}

/// An argument for a required member, and the field that it fills.
pub(super) fn parameter(member: &Member) -> (TokenStream, TokenStream) {
    let name = &member.name;
    let (ty, value) = argument(&member.ty, name);
    let field = if *name == value.to_string() {
        quote! { #name }
    } else {
        quote! { #name: #value }
    };
    (quote! { #name: #ty }, field)
}

/// Says to Clippy that the model wants so many arguments.
pub(super) fn many_arguments(count: usize) -> Option<TokenStream> {
    (count > 7).then(|| {
        quote! { #[expect(clippy::too_many_arguments, reason = "the model requires them all")] }
    })
}

/// Says to Clippy that the model wants so many flags: it counts fields that are plain `bool`s.
fn many_bools(members: &[Member]) -> Option<TokenStream> {
    let flags = members
        .iter()
        .filter(|member| member.ty == Type::Boolean && member.is_always_there());
    (flags.count() > 3).then(|| {
        quote! { #[expect(clippy::struct_excessive_bools, reason = "the model has them all")] }
    })
}

/// Says to Clippy that a method with the name of an operator is none.
fn like_operator(method: &Ident) -> Option<TokenStream> {
    const OPERATORS: &[&str] = &[
        "add", "bitand", "bitor", "bitxor", "div", "mul", "rem", "shl", "shr", "sub",
    ];
    OPERATORS.contains(&method.to_string().as_str()).then(|| {
        quote! { #[expect(clippy::should_implement_trait, reason = "the model names it so")] }
    })
}

/// A method that sets a member of a place, which is `self` or in it.
pub(super) fn setter(
    member: &Member,
    method: &Ident,
    place: &TokenStream,
    must_use: bool,
) -> TokenStream {
    let Member { name, .. } = member;
    let docs = docs(prose::summary(&member.docs), 1);
    let must_use = must_use.then(|| quote! { #[must_use] });
    let (ty, value) = argument(&member.ty, name);
    let value = if member.is_always_there() {
        value
    } else {
        quote! { Some(#value) }
    };
    let deprecated = deprecation::attribute(member.deprecated.as_ref());
    let touches = deprecation::touches([member]);
    let like_operator = like_operator(method);
    quote! {
        #docs
        #deprecated
        #touches
        #like_operator
        #must_use
        pub fn #method(mut self, #name: #ty) -> Self {
            #place.#name = #value;
            self
        }
    }
}
