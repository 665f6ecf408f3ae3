//! The paths of `smithy.rules#operationContextParams`: JMESPath expressions that read text, a
//! boolean or a list of text from a request.

use super::literal::Problem;
use crate::ir::endpoint::{MemberPath, Parameter, Part, ValueType};
use crate::ir::{Structure, Type, TypeItem};
use crate::jmespath::{self, Expression};

type Lowered = Result<MemberPath, Problem>;

/// Continues a path from a value.
type Then<'f> = &'f dyn Fn(Value<'_>) -> Lowered;

/// A value on a path.
#[derive(Clone, Copy)]
enum Value<'v> {
    Structure(&'v Structure),
    Type(&'v Type),
    /// A list that an expression makes. The function continues the path from its elements.
    List(&'v dyn Fn(Then<'_>) -> Lowered),
}

/// Lowers a path from a request to the value of an endpoint parameter.
pub(super) fn lower(
    path: &str,
    request: &Structure,
    types: &[TypeItem],
    parameter: &Parameter,
) -> Lowered {
    let expression = jmespath::parse(path);
    let expression =
        expression.map_err(|problem| format!("has the malformed path {path:?}: {problem}"))?;
    let walk = Walk { path, types };
    walk.from(Value::Structure(request), &expression, &|value| {
        walk.end(value, parameter)
    })
}

pub(super) fn wrong_type(parameter: &Parameter) -> Problem {
    format!(
        "gives the endpoint parameter `{}` a value of another type",
        parameter.name
    )
}

/// A walk along an expression. Each method lowers one step and calls `then` with the value it leads
/// to.
struct Walk<'w> {
    path: &'w str,
    types: &'w [TypeItem],
}

impl Walk<'_> {
    fn unsupported(&self) -> Problem {
        format!(
            "has the path {:?}, which does not lead to text, a boolean or a list of text",
            self.path
        )
    }

    fn from(&self, value: Value<'_>, expression: &Expression, then: Then<'_>) -> Lowered {
        let list = |elements: &dyn Fn(Then<'_>) -> Lowered| then(Value::List(elements));
        match expression {
            Expression::Current => then(value),
            Expression::Fields(names) => self.members(value, names, then),
            Expression::Pipe(first, second) => {
                self.from(value, first, &|middle| self.from(middle, second, then))
            }
            Expression::Each(from, rest) => self.from(value, from, &|from| {
                list(&|each| self.elements(from, &|element| self.from(element, rest, each)))
            }),
            Expression::Flatten(from) => self.from(value, from, &|from| {
                list(&|each| {
                    self.elements(from, &|element| match element {
                        Value::List(_) | Value::Type(Type::List { .. }) => {
                            self.elements(element, each)
                        }
                        element => each(element),
                    })
                })
            }),
            Expression::Values(from, rest) => self.from(value, from, &|from| {
                list(&|each| self.values(from, &|value| self.from(value, rest, each)))
            }),
            Expression::Keys(from) => {
                self.from(value, from, &|from| list(&|each| self.keys(from, each)))
            }
            Expression::List(several) => list(&|each| {
                let paths = several.iter().map(|one| self.from(value, one, each));
                Ok(MemberPath::Several(paths.collect::<Result<_, _>>()?))
            }),
            _ => Err(self.unsupported()),
        }
    }

    fn members(&self, value: Value<'_>, names: &[String], then: Then<'_>) -> Lowered {
        let Some((name, rest)) = names.split_first() else {
            return then(value);
        };
        let then = |ty: &Type| self.members(Value::Type(ty), rest, then).map(Box::new);
        match (value, self.item(value)) {
            (Value::Structure(structure), _) | (_, Some(TypeItem::Structure(structure))) => {
                let mut members = structure.members.iter();
                let member = members.find(|member| member.model_name == *name);
                let member = member.ok_or_else(|| self.unsupported())?;
                Ok(MemberPath::Member {
                    name: member.name.clone(),
                    optional: !member.is_always_there(),
                    then: then(&member.ty)?,
                })
            }
            (Value::Type(Type::Structure { boxed, .. }), Some(TypeItem::Union(union))) => {
                let mut variants = union.variants.iter();
                let (variant, ty) = variants
                    .find(|variant| variant.model_name == *name)
                    .and_then(|variant| Some((variant, variant.ty.as_ref()?)))
                    .ok_or_else(|| self.unsupported())?;
                Ok(MemberPath::Variant {
                    union: union.name.clone(),
                    name: variant.name.clone(),
                    boxed: *boxed,
                    then: then(ty)?,
                })
            }
            _ => Err(self.unsupported()),
        }
    }

    /// Returns the definition of a value's type.
    fn item(&self, value: Value<'_>) -> Option<&TypeItem> {
        let Value::Type(Type::Structure { name, .. }) = value else {
            return None;
        };
        self.types.iter().find(|item| item.name() == name)
    }

    fn elements(&self, list: Value<'_>, each: Then<'_>) -> Lowered {
        match list {
            Value::List(elements) => elements(each),
            Value::Type(Type::List { element, sparse }) => {
                through(Part::Elements, *sparse, element, each)
            }
            _ => Err(self.unsupported()),
        }
    }

    fn values(&self, map: Value<'_>, each: Then<'_>) -> Lowered {
        match map {
            Value::Type(Type::Map { value, sparse, .. }) => {
                through(Part::Values, *sparse, value, each)
            }
            _ => Err(self.unsupported()),
        }
    }

    fn keys(&self, map: Value<'_>, each: Then<'_>) -> Lowered {
        match map {
            Value::Type(Type::Map { key, .. }) => through(Part::Keys, false, key, each),
            _ => Err(self.unsupported()),
        }
    }

    /// Ends a path at the value of a parameter.
    fn end(&self, value: Value<'_>, parameter: &Parameter) -> Lowered {
        let (path, ty) = match value {
            Value::Type(Type::Boolean) => (MemberPath::Boolean, ValueType::Boolean),
            Value::List(_) | Value::Type(Type::List { .. }) => {
                let elements = self.elements(value, &|element| self.text(element))?;
                (elements, ValueType::StringArray)
            }
            value => (self.text(value)?, ValueType::String),
        };
        if ty == parameter.ty {
            Ok(path)
        } else {
            Err(wrong_type(parameter))
        }
    }

    fn text(&self, value: Value<'_>) -> Lowered {
        match value {
            Value::Type(Type::String) => Ok(MemberPath::Text),
            Value::Type(Type::Enumeration(_)) => Ok(MemberPath::Enumeration),
            _ => Err(self.unsupported()),
        }
    }
}

/// Continues a path from each part of a list or a map.
fn through(part: Part, sparse: bool, ty: &Type, each: Then<'_>) -> Lowered {
    Ok(MemberPath::Each {
        part,
        sparse,
        then: Box::new(each(Value::Type(ty))?),
    })
}
