//! Missing required members.

use super::{Member, Structure, Variant, View, with_fields};

/// Finds a missing required member of a structure, at any depth. Returns its path.
pub(crate) fn missing(structure: &dyn Structure) -> Option<(String, &'static Member)> {
    let schema = structure.schema();
    let found = with_fields(structure, |fields| {
        let mut members = schema.members.iter().zip(fields);
        members.find_map(|(member, field)| match field.view() {
            View::Null => member.required.then(|| (member.name.to_owned(), member)),
            view => below(member.name, view),
        })
    });
    found.flatten()
}

/// Finds a missing member in the value of the member with this name.
fn below(name: &str, value: View<'_>) -> Option<(String, &'static Member)> {
    let found = in_value(value)?;
    Some((format!("{name}.{}", found.0), found.1))
}

fn in_value(value: View<'_>) -> Option<(String, &'static Member)> {
    match value {
        View::Structure(structure) => missing(structure),
        View::Union(union) => match union.get() {
            Variant::Known(name, Some(value)) => below(name, value.view()),
            _ => None,
        },
        View::List(list) => {
            let mut elements = (0..list.len()).filter_map(|index| list.get(index));
            let first = elements.next()?.view();
            // All elements have the same type, so the first element decides about most lists.
            if is_leaf(first) {
                return None;
            }
            in_value(first).or_else(|| elements.find_map(|element| in_value(element.view())))
        }
        View::Map(map) => {
            let mut values = map.entries().map(|(_, value)| value.view());
            let first = values.next()?;
            if is_leaf(first) {
                return None;
            }
            in_value(first).or_else(|| values.find_map(in_value))
        }
        _ => None,
    }
}

/// Returns `true` if a value cannot have members or elements.
fn is_leaf(value: View<'_>) -> bool {
    !matches!(
        value,
        View::Null | View::Structure(_) | View::Union(_) | View::List(_) | View::Map(_)
    )
}
