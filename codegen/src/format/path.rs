//! Paths: emitted in full, and shortened by imports.
//!
//! An emitter writes `::smithy_reqwest::Timestamp` and `crate::types::FlowStatus`. A pass over the
//! tokens of a file shortens them to `Timestamp` and `FlowStatus`, and collects the imports. If two
//! paths end in the same name, or the file defines it, the second path is kept.

use std::collections::{BTreeMap, BTreeSet};
use std::vec;

use proc_macro2::{Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::{format_ident, quote};

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

    /// Shortens the paths in tokens.
    pub(super) fn shorten(&mut self, tokens: TokenStream) -> TokenStream {
        let mut shortened = Vec::new();
        let mut tokens = tokens.into_iter().collect::<Vec<_>>().into_iter();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Punct(punct)
                    if is_separator(&punct, tokens.as_slice()) && may_begin_path(&shortened) =>
                {
                    // The second colon.
                    tokens.next();
                    let path = segments(Vec::new(), &mut tokens);
                    shortened.extend(self.shortened(&path));
                }
                TokenTree::Ident(ident)
                    if begins_with_colon(tokens.as_slice())
                        && ident == "crate"
                        && may_begin_path(&shortened) =>
                {
                    tokens.next();
                    tokens.next();
                    let path = segments(vec!["crate".to_owned()], &mut tokens);
                    shortened.extend(self.shortened(&path));
                }
                TokenTree::Group(group) => {
                    let (delimiter, inner) = (group.delimiter(), group.stream());
                    // Tokens that the group still shares would be copied.
                    drop(group);
                    shortened.push(Group::new(delimiter, self.shorten(inner)).into());
                }
                token => shortened.push(token),
            }
        }
        shortened.into_iter().collect()
    }

    /// Returns the tokens of a path, imported up to its first segment that is not a module.
    fn shortened(&mut self, path: &[String]) -> TokenStream {
        let path = self.rooted(path);
        let is_module = |segment: &&String| segment.starts_with(|c: char| c.is_lowercase());
        let modules = path.iter().take_while(is_module).count();
        let end = (modules + 1).min(path.len());
        let (import, rest) = path.split_at(end);
        let Some(name) = import.last() else {
            return TokenStream::new();
        };
        let is_free = !self.defined.contains(name)
            && self.imported.get(name).is_none_or(|other| other == import);
        if !is_free {
            let first = path.first().map(String::as_str);
            let is_external = !matches!(first, Some("crate" | "super"));
            let start = is_external.then(|| quote! { :: });
            let path = path.iter().map(|segment| ident(segment));
            return quote! { #start #(#path)::* };
        }
        self.imported.insert(name.clone(), import.to_vec());
        let short = std::iter::once(name).chain(rest).map(|name| ident(name));
        quote! { #(#short)::* }
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

/// Shortens the paths in the tokens of a statement, for a use of the client as a dependency of
/// this name. Returns the imports with it.
pub(crate) fn shorten(
    tokens: TokenStream,
    dependency: &str,
) -> Result<(TokenStream, String), syn::Error> {
    let errors = BTreeSet::new();
    let mut paths = Paths::new(Root::Example(dependency), &errors, []);
    let tokens = paths.shorten(tokens);
    Ok((tokens, paths.imports()?))
}

/// Reads the rest of a path after a `::`.
fn segments(mut path: Vec<String>, tokens: &mut vec::IntoIter<TokenTree>) -> Vec<String> {
    while let [TokenTree::Ident(segment), rest @ ..] = tokens.as_slice() {
        path.push(segment.to_string());
        let is_followed = matches!(
            rest,
            [TokenTree::Punct(first), after @ ..]
                if is_separator(first, after) && matches!(after, [_, TokenTree::Ident(_), ..])
        );
        tokens.next();
        if !is_followed {
            break;
        }
        tokens.nth(1);
    }
    path
}

/// Returns `true` if a path may begin after these tokens.
fn may_begin_path(before: &[TokenTree]) -> bool {
    match before.last() {
        Some(TokenTree::Ident(ident)) => is_keyword(ident),
        // An arrow ends like the arguments of a type do, after which a path goes on.
        Some(TokenTree::Punct(punct)) if punct.as_char() == '>' => is_arrow(before),
        _ => true,
    }
}

/// Returns `true` if a punctuation mark is the first of a `::`.
fn is_separator(punct: &Punct, after: &[TokenTree]) -> bool {
    punct.as_char() == ':' && punct.spacing() == Spacing::Joint && begins_with_colon(after)
}

fn begins_with_colon(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [TokenTree::Punct(punct), ..] if punct.as_char() == ':')
}

/// Returns `true` if the `>` that tokens end in is that of an arrow.
fn is_arrow(tokens: &[TokenTree]) -> bool {
    let is_stroke =
        |punct: &Punct| punct.spacing() == Spacing::Joint && matches!(punct.as_char(), '-' | '=');
    matches!(tokens, [.., TokenTree::Punct(punct), _] if is_stroke(punct))
}

/// Returns `true` if the name of an item follows a keyword.
fn defines(keyword: &Ident) -> bool {
    [
        "const", "enum", "fn", "mod", "static", "struct", "trait", "type",
    ]
    .iter()
    .any(|name| keyword == name)
}

/// Returns `true` if an identifier is a keyword that a path may follow.
fn is_keyword(ident: &Ident) -> bool {
    const KEYWORDS: &[&str] = &[
        "as", "await", "dyn", "else", "for", "if", "impl", "in", "let", "match", "move", "mut",
        "ref", "return", "static", "type", "use", "where",
    ];
    KEYWORDS.iter().any(|keyword| ident == keyword)
}

fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(name) => Ident::new_raw(name, Span::call_site()),
        None => format_ident!("{name}"),
    }
}
