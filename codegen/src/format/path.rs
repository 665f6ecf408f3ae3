//! Paths: emitted in full, and shortened by imports.
//!
//! An emitter writes `::smithy_reqwest::Timestamp` and `crate::types::FlowStatus`. A pass over the
//! tokens of a file shortens them to `Timestamp` and `FlowStatus`, and collects the imports. If two
//! paths end in the same name, or the file defines it, the second path is kept.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
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
        let mut tokens = tokens.into_iter().peekable();
        let mut may_begin = true;
        while let Some(token) = tokens.next() {
            let is_root = match &token {
                TokenTree::Punct(punct) => may_begin && is_separator(punct, tokens.peek()),
                TokenTree::Ident(ident) => may_begin && ident == "crate" && is_colon(tokens.peek()),
                _ => false,
            };
            if is_root {
                let mut path = Vec::new();
                if matches!(token, TokenTree::Ident(_)) {
                    path.push("crate".to_owned());
                    tokens.next();
                }
                // The second colon of the separator.
                tokens.next();
                while let Some(TokenTree::Ident(segment)) = tokens.peek() {
                    path.push(segment.to_string());
                    tokens.next();
                    let mut ahead = tokens.clone();
                    let is_followed = is_colon(ahead.next().as_ref())
                        && is_colon(ahead.next().as_ref())
                        && matches!(ahead.next(), Some(TokenTree::Ident(_)));
                    if !is_followed {
                        break;
                    }
                    tokens.next();
                    tokens.next();
                }
                shortened.extend(self.shortened(&path));
                may_begin = false;
                continue;
            }
            may_begin = match &token {
                TokenTree::Ident(ident) => is_keyword(ident),
                // An arrow ends like the arguments of a type do, after which a path goes on.
                TokenTree::Punct(punct) => punct.as_char() != '>' || is_arrow(shortened.last()),
                TokenTree::Group(_) | TokenTree::Literal(_) => true,
            };
            shortened.push(match token {
                TokenTree::Group(group) => {
                    let inner = self.shorten(group.stream());
                    let mut shortened = Group::new(group.delimiter(), inner);
                    shortened.set_span(group.span());
                    TokenTree::Group(shortened)
                }
                TokenTree::Literal(literal) => TokenTree::Literal(self.linked(literal)),
                token => token,
            });
        }
        shortened.into_iter().collect()
    }

    /// Returns a line of documentation, whose links name the client as the file has to.
    fn linked(&self, literal: Literal) -> Literal {
        let Root::Ancestor(distance) = self.root else {
            return literal;
        };
        match syn::parse_str::<syn::LitStr>(&literal.to_string()) {
            Ok(line) if line.value().contains("](crate::") => {
                let root = format!("]({}", "super::".repeat(distance));
                Literal::string(&line.value().replace("](crate::", &root))
            }
            _ => literal,
        }
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

/// Returns `true` if a colon is the first of a `::`.
fn is_separator(punct: &Punct, next: Option<&TokenTree>) -> bool {
    punct.as_char() == ':' && punct.spacing() == Spacing::Joint && is_colon(next)
}

fn is_colon(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == ':')
}

/// Returns `true` if a `>` after this token makes an arrow.
fn is_arrow(before: Option<&TokenTree>) -> bool {
    let is_stroke =
        |punct: &Punct| punct.spacing() == Spacing::Joint && matches!(punct.as_char(), '-' | '=');
    matches!(before, Some(TokenTree::Punct(punct)) if is_stroke(punct))
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
