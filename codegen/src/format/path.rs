//! Paths: emitted in full, and shortened by imports.
//!
//! An emitter writes `::smithy_reqwest::Timestamp` and `crate::types::FlowStatus`. A visitor of the
//! parsed file shortens them to `Timestamp` and `FlowStatus`, and collects the imports. If two
//! paths end in the same name, or the file defines it, the second path is kept.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, format_ident, quote};
use syn::punctuated::Punctuated;
use syn::visit_mut::{VisitMut, visit_path_mut};
use syn::{Expr, File, Macro, Path, PathSegment, Token};

/// The path to the client in a file, instead of `crate`.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Root<'a> {
    /// As the crate that it is.
    Crate,
    /// As an ancestor, at this distance: the client is a module of another crate.
    Ancestor(usize),
    /// As a crate of this name: the file is one of its tests.
    Test(&'a str),
    /// As a crate of this name, which re-exports what its users need of the runtime.
    Example(&'a str),
}

/// The paths of a file.
pub(super) struct Paths<'a> {
    root: Root<'a>,
    /// Errors that are members of types: they are not among the types.
    errors: &'a BTreeSet<String>,
    /// Names that the file defines.
    defined: BTreeSet<String>,
    /// The paths that are imported, by the name that they give.
    imported: BTreeMap<String, Vec<String>>,
}

impl<'a> Paths<'a> {
    pub(super) fn new<'t>(
        root: Root<'a>,
        errors: &'a BTreeSet<String>,
        items: impl IntoIterator<Item = &'t TokenStream>,
    ) -> Self {
        let mut defined = BTreeSet::new();
        for item in items {
            let mut before = None;
            for token in item.clone() {
                if let TokenTree::Ident(ident) = token {
                    let is_name = before.is_some_and(|before: Ident| defines(&before));
                    defined.extend(is_name.then(|| ident.to_string()));
                    before = Some(ident);
                } else {
                    before = None;
                }
            }
        }
        Self {
            root,
            errors,
            defined,
            imported: BTreeMap::new(),
        }
    }

    /// Shortens a path, which is imported up to its first segment that is not a module.
    fn shorten(&mut self, path: &mut Path) {
        let names = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string());
        let names = self.rooted(&names.collect::<Vec<_>>());
        let is_module = |name: &&String| name.starts_with(|c: char| c.is_lowercase());
        let modules = names.iter().take_while(is_module).count();
        let end = (modules + 1).min(names.len());
        let (import, rest) = names.split_at(end);
        let Some(name) = import.last() else {
            return;
        };
        let is_free = !self.defined.contains(name)
            && self.imported.get(name).is_none_or(|other| other == import);
        if is_free {
            self.imported.insert(name.clone(), import.to_vec());
            path.leading_colon = None;
            rename(path, std::iter::once(name).chain(rest));
        } else {
            let first = names.first().map(String::as_str);
            let is_external = !matches!(first, Some("crate" | "super"));
            path.leading_colon = is_external.then(Default::default);
            rename(path, names.iter());
        }
    }

    /// Returns a path as the file has to name it.
    fn rooted(&self, path: &[String]) -> Vec<String> {
        let (first, rest) = match path.split_first() {
            Some((first, rest)) => (first.as_str(), rest),
            None => return Vec::new(),
        };
        let root = match (self.root, first) {
            (Root::Ancestor(distance), "crate") => vec!["super".to_owned(); distance],
            (Root::Test(name) | Root::Example(name), "crate")
            | (Root::Example(name), "smithy_reqwest") => vec![name.to_owned()],
            _ => vec![first.to_owned()],
        };
        let mut rest = rest.to_vec();
        if let [module, name, ..] = rest.as_mut_slice()
            && first == "crate"
            && module == "types"
            && self.errors.contains(name)
        {
            "error".clone_into(module);
        }
        root.into_iter().chain(rest).collect()
    }

    /// Returns the imports of the file, those of each crate together.
    pub(super) fn imports(&self) -> Result<String, syn::Error> {
        let mut by_parent: BTreeMap<(u8, &[String]), Vec<&String>> = BTreeMap::new();
        for (name, path) in &self.imported {
            if let Some((_, parent)) = path.split_last() {
                let order = match parent.first().map(String::as_str) {
                    Some("std") => 0,
                    Some("crate" | "super") => 2,
                    _ => 1,
                };
                by_parent.entry((order, parent)).or_default().push(name);
            }
        }
        let mut text = String::new();
        let mut before = None;
        for ((order, parent), names) in by_parent {
            if before != Some(order) {
                text.push('\n');
            }
            before = Some(order);
            let parent = parent.iter().map(|segment| ident(segment));
            let names: Vec<Ident> = names.into_iter().map(|name| ident(name)).collect();
            let import = match names.as_slice() {
                [name] => quote! { use #(#parent::)* #name; },
                names => quote! { use #(#parent::)* {#(#names),*}; },
            };
            text.push_str(&prettyplease::unparse(&syn::parse2(import)?));
        }
        Ok(text)
    }
}

impl VisitMut for Paths<'_> {
    fn visit_path_mut(&mut self, path: &mut Path) {
        let first = path.segments.first();
        let is_of_crate = first.is_some_and(|it| it.ident == "crate") && path.segments.len() > 1;
        if path.leading_colon.is_some() || is_of_crate {
            self.shorten(path);
        }
        visit_path_mut(self, path);
    }

    /// Visits the arguments of a macro, which emitters call with expressions.
    fn visit_macro_mut(&mut self, call: &mut Macro) {
        self.visit_path_mut(&mut call.path);
        let arguments = call.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated);
        if let Ok(mut arguments) = arguments {
            for argument in &mut arguments {
                self.visit_expr_mut(argument);
            }
            call.tokens = arguments.into_token_stream();
        }
    }
}

/// Shortens the paths in a file that uses the client as a dependency of this name. Returns the
/// imports.
pub(crate) fn shorten(file: &mut File, dependency: &str) -> Result<String, syn::Error> {
    let errors = BTreeSet::new();
    let mut paths = Paths::new(Root::Example(dependency), &errors, []);
    paths.visit_file_mut(file);
    paths.imports()
}

/// Gives a path other names. The last ones keep the arguments of its last segments.
fn rename<'n>(path: &mut Path, names: impl DoubleEndedIterator<Item = &'n String>) {
    let segments = std::mem::take(&mut path.segments).into_iter();
    let mut arguments = segments.map(|segment| segment.arguments).rev();
    let segments = names.rev().map(|name| PathSegment {
        ident: ident(name),
        arguments: arguments.next().unwrap_or_default(),
    });
    let segments: Vec<PathSegment> = segments.collect();
    path.segments = segments.into_iter().rev().collect();
}

/// Returns `true` if the name of an item follows a keyword.
fn defines(keyword: &Ident) -> bool {
    [
        "const", "enum", "fn", "mod", "static", "struct", "trait", "type",
    ]
    .iter()
    .any(|name| keyword == name)
}

fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(name) => Ident::new_raw(name, Span::call_site()),
        None => format_ident!("{name}"),
    }
}
