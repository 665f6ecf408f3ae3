//! Bodies in a form that does not depend on how they are written, so that two can be compared.

use serde_json::Value;

#[cfg(feature = "cbor")]
use crate::codec::cbor::{Head, Reader};

/// Returns CBOR as text in which neither the way of writing lengths and numbers, nor the order of
/// entries makes a difference.
///
/// # Errors
///
/// The fault in the CBOR.
#[cfg(feature = "cbor")]
pub fn canonical_cbor(body: &[u8]) -> Result<String, String> {
    let mut reader = Reader::new(body, 0);
    let text = item(&mut reader).and_then(|text| reader.end().map(|()| text));
    text.map_err(|error| error.to_string())
}

#[cfg(feature = "cbor")]
fn item(reader: &mut Reader<'_>) -> Result<String, crate::codec::Error> {
    let (mut tags, mut head) = (String::new(), reader.head()?);
    while let Head::Tag(tag) = head {
        tags.push_str(&format!("tag {tag} "));
        head = reader.head()?;
    }
    let text = match head {
        Head::Unsigned(value) => value.to_string(),
        Head::Negative(value) => (-1 - i128::from(value)).to_string(),
        // A whole number is the same as an integer.
        Head::Float(value) => value.to_string(),
        Head::Boolean(value) => value.to_string(),
        Head::Null => "null".to_owned(),
        Head::Bytes(length) => format!("bytes{:?}", reader.bytes(length)?),
        Head::Text(length) => format!("{:?}", reader.text(length)?),
        Head::List(mut count) => {
            reader.open()?;
            let mut items = Vec::new();
            while reader.next(&mut count)? {
                items.push(item(reader)?);
            }
            format!("[{}]", items.join(", "))
        }
        Head::Map(mut count) => {
            reader.open()?;
            let mut entries = Vec::new();
            while reader.next(&mut count)? {
                entries.push(format!("{:?}: {}", reader.key()?, item(reader)?));
            }
            entries.sort();
            format!("{{{}}}", entries.join(", "))
        }
        Head::Tag(_) | Head::Break => {
            return Err(crate::codec::Error::new("a break that ends nothing"));
        }
    };
    Ok(tags + &text)
}

/// XML in which neither white space between elements, nor the order of attributes, of elements of
/// different names and of the entries of a map makes a difference. What has two elements in it may
/// be such an entry.
#[cfg(feature = "xml")]
pub(super) fn xml(node: roxmltree::Node<'_, '_>) -> String {
    let name = |name: Option<&str>| name.map(|uri| format!("{{{uri}}}")).unwrap_or_default();
    let attributes = node.attributes().map(|attribute| {
        let namespace = name(attribute.namespace());
        format!("{namespace}{}={:?}", attribute.name(), attribute.value())
    });
    let mut parts: Vec<String> = attributes.collect();
    parts.sort();
    let children = node.children().filter(roxmltree::Node::is_element);
    let mut children: Vec<_> = children
        .map(|child| {
            let is_entry = child.children().filter(roxmltree::Node::is_element).count() == 2;
            let text = xml(child);
            let order = if is_entry {
                text.clone()
            } else {
                String::new()
            };
            (child.tag_name().name().to_owned(), order, text)
        })
        .collect();
    children.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    if children.is_empty() {
        parts.push(format!("{:?}", node.text().unwrap_or_default()));
    }
    parts.extend(children.into_iter().map(|(_, _, text)| text));
    let tag = node.tag_name();
    format!(
        "{}{}({})",
        name(tag.namespace()),
        tag.name(),
        parts.join(" ")
    )
}

/// JSON in which a number is the same however it is written: `1` and `1.0`.
pub(super) fn json(value: Value) -> Value {
    match value {
        Value::Number(number) => number
            .as_f64()
            .filter(|float| float.fract() == 0.0)
            .and_then(|_| number.as_i64())
            .map_or(Value::Number(number), Value::from),
        Value::Array(values) => values.into_iter().map(json).collect(),
        Value::Object(members) => members
            .into_iter()
            .map(|(name, value)| (name, json(value)))
            .collect(),
        value => value,
    }
}
