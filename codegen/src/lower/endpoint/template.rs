//! Templates, and paths to fields of values.

use super::expression::{Scope, Typed};
use super::literal::Problem;
use crate::ir::endpoint::{Expression, Storage, TemplatePart, ValueType};
use crate::name;

impl Scope {
    /// Parses a template, such as `https://{Region}.{Partition#dnsSuffix}`.
    pub(super) fn template(&mut self, template: &str) -> Result<Expression, Problem> {
        let mut parts: Vec<TemplatePart> = Vec::new();
        let mut literal = String::new();
        let mut rest = template;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, brace) = rest.split_at(at);
            literal.push_str(before);
            let escaped = brace.strip_prefix("{{").or(brace.strip_prefix("}}"));
            if let Some(after) = escaped {
                literal.extend(brace.chars().next());
                rest = after;
                continue;
            }
            let (path, after) = brace
                .strip_prefix('{')
                .and_then(|inner| inner.split_once('}'))
                .ok_or_else(|| format!("has unbalanced braces in {template:?}"))?;
            if !literal.is_empty() {
                parts.push(TemplatePart::Literal(std::mem::take(&mut literal)));
            }
            parts.push(TemplatePart::Value(self.template_value(path)?));
            rest = after;
        }
        literal.push_str(rest);
        if parts.is_empty() {
            return Ok(Expression::String(literal));
        }
        if !literal.is_empty() {
            parts.push(TemplatePart::Literal(literal));
        }
        if let [TemplatePart::Value(value)] = parts.as_slice() {
            return Ok(value.clone());
        }
        Ok(Expression::Template(parts))
    }

    /// Returns the value of a name, or with `#` of a path from it.
    fn template_value(&mut self, path: &str) -> Result<Expression, Problem> {
        let value = match path.split_once('#') {
            Some((name, path)) => field(self.variable(name)?, path)?,
            None => self.variable(path)?,
        };
        if value.ty == ValueType::String && !value.optional {
            Ok(value.expression)
        } else {
            Err(format!(
                "uses `{path}` in a template, but it is not text or may be absent"
            ))
        }
    }
}

/// Returns the value that a path leads to: `dnsSuffix`, `resourceId[0]`, `[-1]`.
pub(super) fn field(value: Typed, path: &str) -> Result<Typed, Problem> {
    let missing = || format!("reads `{path}` of a value that does not have it");
    let mut found = value;
    for part in path.split('.') {
        let (key, index) = match part.split_once('[') {
            Some((key, index)) => (key, Some(index.strip_suffix(']').ok_or_else(missing)?)),
            None => (part, None),
        };
        if found.optional {
            return Err(missing());
        }
        if !key.is_empty() {
            found = member(found, key).ok_or_else(missing)?;
        }
        if let Some(index) = index {
            let index = index.parse().map_err(|_| missing())?;
            if found.ty != ValueType::StringArray {
                return Err(missing());
            }
            found = Typed {
                expression: Expression::Element(Box::new(found.expression), index),
                ty: ValueType::String,
                optional: true,
            };
        }
    }
    Ok(found)
}

fn member(value: Typed, key: &str) -> Option<Typed> {
    use Storage::{OwnedArray, OwnedString, Plain};
    use ValueType::{Arn, Boolean, Partition, String, StringArray, Url};
    let (ty, storage) = match (value.ty, key) {
        (Partition, "name" | "dnsSuffix" | "dualStackDnsSuffix" | "implicitGlobalRegion")
        | (Url, "scheme" | "authority" | "path")
        | (Arn, "partition" | "service" | "region" | "accountId") => (String, Plain),
        (Partition, "supportsFIPS" | "supportsDualStack") | (Url, "isIp") => (Boolean, Plain),
        (Url, "normalizedPath") => (String, OwnedString),
        (Arn, "resourceId") => (StringArray, OwnedArray),
        _ => return None,
    };
    let name = name::member_name(key);
    let field = Expression::Field(Box::new(value.expression), name, storage);
    Some(Typed::new(field, ty))
}
