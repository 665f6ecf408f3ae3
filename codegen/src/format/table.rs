//! Calls of macros whose input is a table.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::visit_mut::VisitMut as _;

use super::path::Paths;
use crate::name::Ident;

/// The call of a macro of the runtime with a table: a line for each row.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    /// The name of the macro.
    pub(crate) name: &'static str,
    /// The item that the table is about.
    pub(crate) item: Ident,
    /// A type that belongs to the item.
    pub(crate) beside: Option<TokenStream>,
    /// The text after the item, such as `Default`.
    pub(crate) kinds: Vec<&'static str>,
    /// The rows.
    pub(crate) rows: Vec<Row>,
}

/// A row of a table: `key: "name" -> [slice] [trait, trait] = value,`.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// The Rust name, with what follows it.
    pub(crate) key: String,
    /// The text or number on the wire.
    pub(crate) name: Literal,
    /// The type of the elements, if they are shown as a slice.
    pub(crate) slice: Option<TokenStream>,
    /// Traits, with their arguments.
    pub(crate) traits: Vec<String>,
    /// The value where none is given.
    pub(crate) value: Option<TokenStream>,
}

impl Row {
    /// Returns a row without traits.
    pub(crate) fn new(key: String, name: Literal) -> Self {
        Self {
            key,
            name,
            slice: None,
            traits: Vec::new(),
            value: None,
        }
    }
}

impl Table {
    /// Returns a table about an item alone.
    pub(crate) fn new(
        name: &'static str,
        item: &Ident,
        rows: impl IntoIterator<Item = Row>,
    ) -> Self {
        Self {
            name,
            item: item.clone(),
            beside: None,
            kinds: Vec::new(),
            rows: rows.into_iter().collect(),
        }
    }

    pub(super) fn render(self, paths: &mut Paths<'_>) -> Result<String, syn::Error> {
        let Self {
            name,
            item,
            beside,
            kinds,
            rows,
        } = self;
        let beside = match beside {
            Some(beside) => format!(", {}", type_text(&beside, paths)?),
            None => String::new(),
        };
        let kinds = match kinds.join(", ") {
            kinds if kinds.is_empty() => kinds,
            kinds => format!(": {kinds}"),
        };
        let mut text = format!("smithy_reqwest::{name}!({item}{beside}{kinds} {{");
        for row in rows {
            text.push_str(&format!("\n    {}: {}", row.key, row.name));
            if let Some(element) = row.slice {
                let element = type_text(&element, paths)?;
                text.push_str(&format!(" -> [{element}]"));
            }
            if !row.traits.is_empty() {
                text.push_str(&format!(" [{}]", row.traits.join(", ")));
            }
            if let Some(value) = row.value {
                let value = expression(&value, paths)?;
                text.push_str(&format!(" = {value}"));
            }
            text.push(',');
        }
        if text.ends_with(',') {
            text.push('\n');
        }
        text.push_str("});\n");
        Ok(text)
    }
}

/// Returns a type as prettyplease lays it out.
fn type_text(tokens: &TokenStream, paths: &mut Paths<'_>) -> Result<String, syn::Error> {
    laid_out("type _T =", quote! { type _T = #tokens; }, paths)
}

/// Returns an expression as prettyplease lays it out.
fn expression(tokens: &TokenStream, paths: &mut Paths<'_>) -> Result<String, syn::Error> {
    laid_out("const _: () =", quote! { const _: () = #tokens; }, paths)
}

/// Returns the text of an item between its start and the semicolon.
fn laid_out(start: &str, item: TokenStream, paths: &mut Paths<'_>) -> Result<String, syn::Error> {
    let mut file = syn::parse2(item)?;
    paths.visit_file_mut(&mut file);
    let text = prettyplease::unparse(&file);
    let text = text.trim_end().trim_end_matches(';');
    Ok(text.trim_start_matches(start).trim().to_owned())
}
