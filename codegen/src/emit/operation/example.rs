//! Examples in the documentation of an operation.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::emit::value::{arguments, call_setters};
use crate::ir::{Example, Operation, StructureValue, Value};

/// The section with the examples of an operation, as Markdown; nothing where it has none.
pub(super) fn examples(operation: &Operation, crate_name: &Ident) -> Option<String> {
    let mut section = "# Examples".to_owned();
    for example in &operation.examples {
        let title = example.title.trim_end_matches(['.', ':']);
        let lead = if title.is_empty() {
            String::new()
        } else {
            format!("{title}:\n\n")
        };
        let code = code(operation, example, crate_name);
        section.push_str(&format!("\n\n{lead}```no_run\n{code}```"));
    }
    (!operation.examples.is_empty()).then_some(section)
}

/// What the expressions of some values use beside the types of the values.
const OF_EXPRESSIONS: [(&str, &str); 2] = [
    ("BTreeMap::from(", "std::collections::BTreeMap"),
    ("EmptyObject {}", "smithy_reqwest::wire::EmptyObject"),
];

/// The code of an example, of which rustdoc shows the call alone.
fn code(operation: &Operation, example: &Example, crate_name: &Ident) -> String {
    let method = &operation.method;
    let arguments = arguments(&example.request);
    let setters = call_setters(&example.request, operation.pagination.is_some());
    let call = quote! {
        let response = client.#method(#(#arguments),*) #setters.send().await?;
    };
    let statement = statement(&call);
    let mut code = String::new();
    for (name, path) in OF_EXPRESSIONS {
        if statement.contains(name) {
            code.push_str(&format!("# use {path};\n"));
        }
    }
    for import in imports(&example.request) {
        code.push_str(&format!("# use {crate_name}::{import};\n"));
    }
    code.push_str(&format!(
        "# async fn example(client: {crate_name}::Client) -> Result<(), {crate_name}::Error> {{\n"
    ));
    code.push_str(&statement);
    code.push_str("# Ok(())\n# }\n");
    code
}

/// A statement as prettyplease lays it out, without what is around it.
fn statement(tokens: &TokenStream) -> String {
    let function = quote! { fn example() { #tokens } };
    // What the emitters make of values is always Rust.
    let text =
        syn::parse2(function).map_or_else(|_| String::new(), |file| prettyplease::unparse(&file));
    let lines = text.lines().filter_map(|line| line.strip_prefix("    "));
    let mut statement = lines.collect::<Vec<_>>().join("\n");
    statement.push('\n');
    statement
}

/// What the example has to import, below the crate.
fn imports(request: &StructureValue) -> Vec<String> {
    let mut names = Names::default();
    names.add_structure(request);
    let types: Vec<String> = names.types.into_iter().collect();
    let mut imports: Vec<String> = names.root.into_iter().collect();
    match types.as_slice() {
        [] => {}
        [name] => imports.push(format!("types::{name}")),
        names => imports.push(format!("types::{{{}}}", names.join(", "))),
    }
    imports
}

/// The names that values use.
#[derive(Default)]
struct Names {
    /// Of the crate itself.
    root: BTreeSet<String>,
    /// Of its types.
    types: BTreeSet<String>,
}

impl Names {
    fn name(&mut self, name: &str) {
        self.root.insert(name.to_owned());
    }

    fn add_structure(&mut self, structure: &StructureValue) {
        for field in &structure.fields {
            self.add(&field.value);
        }
    }

    fn add(&mut self, value: &Value) {
        match value {
            Value::Boolean(_) | Value::Integer(_) | Value::Float(..) | Value::Text(_) => {}
            // Text can be sent as it stands, and else it takes bytes.
            Value::Stream(bytes) if std::str::from_utf8(bytes).is_ok() => {}
            Value::Stream(_) | Value::Bytes(_) => self.name("Bytes"),
            Value::Timestamp(..) | Value::TimestampText(_) => self.name("Timestamp"),
            Value::BigNumber(name, _) => self.name(&name.to_string()),
            Value::Document(_) => self.name("Document"),
            Value::Variant { name, .. } | Value::Unlisted { name, .. } => {
                self.types.insert(name.to_string());
            }
            Value::Structure(structure) => {
                self.types.insert(structure.name.to_string());
                self.add_structure(structure);
            }
            Value::Member { name, value, .. } => {
                self.types.insert(name.to_string());
                if let Some(value) = value {
                    self.add(value);
                }
            }
            Value::List { elements, .. } => {
                elements
                    .iter()
                    .flatten()
                    .for_each(|element| self.add(element));
            }
            Value::Map { entries, .. } => {
                for (key, value) in entries {
                    self.add(key);
                    if let Some(value) = value {
                        self.add(value);
                    }
                }
            }
            Value::Boxed(value) => self.add(value),
        }
    }
}
