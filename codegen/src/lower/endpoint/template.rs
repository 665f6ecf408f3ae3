//! Templates, and paths to fields of values.

use super::expression::{Scope, Typed};
use super::literal::Problem;
use crate::ir::endpoint::{Expression, Literal, Storage, TemplatePart, ValueType};
use crate::name::Ident;

impl Scope {
    /// Parses text with values in it: `https://{Region}.{Partition#dnsSuffix}`.
    pub(super) fn template(&mut self, template: &str) -> Result<Expression, Problem> {
        let mut parts: Vec<TemplatePart> = Vec::new();
        let mut literal = String::new();
        let mut rest = template;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, brace) = rest.split_at(at);
            literal.push_str(before);
            let escapes = [("{{", '{'), ("}}", '}')];
            let mut escapes = escapes.into_iter();
            if let Some((after, escaped)) =
                escapes.find_map(|(pair, one)| Some((brace.strip_prefix(pair)?, one)))
            {
                literal.push(escaped);
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
            return Ok(Expression::Literal(Literal::String(literal)));
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
                "puts `{path}` into text, which is none or may be absent"
            ))
        }
    }
}

/// Returns the value that a path leads to: `dnsSuffix`, `resourceId[0]`, `[-1]`.
pub(super) fn field(value: Typed, path: &str) -> Result<Typed, Problem> {
    let missing = || format!("asks for `{path}` of a value that has no such part");
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
    let (name, ty, storage) = match (value.ty, key) {
        (Partition, "name") => ("name", String, Plain),
        (Partition, "dnsSuffix") => ("dns_suffix", String, Plain),
        (Partition, "dualStackDnsSuffix") => ("dual_stack_dns_suffix", String, Plain),
        (Partition, "implicitGlobalRegion") => ("implicit_global_region", String, Plain),
        (Partition, "supportsFIPS") => ("supports_fips", Boolean, Plain),
        (Partition, "supportsDualStack") => ("supports_dual_stack", Boolean, Plain),
        (Url, "scheme") => ("scheme", String, Plain),
        (Url, "authority") => ("authority", String, Plain),
        (Url, "path") => ("path", String, Plain),
        (Url, "normalizedPath") => ("normalized_path", String, OwnedString),
        (Url, "isIp") => ("is_ip", Boolean, Plain),
        (Arn, "partition") => ("partition", String, Plain),
        (Arn, "service") => ("service", String, Plain),
        (Arn, "region") => ("region", String, Plain),
        (Arn, "accountId") => ("account_id", String, Plain),
        (Arn, "resourceId") => ("resource_id", StringArray, OwnedArray),
        _ => return None,
    };
    let name = Ident::new(name);
    let field = Expression::Field(Box::new(value.expression), name, storage);
    Some(Typed::new(field, ty))
}
