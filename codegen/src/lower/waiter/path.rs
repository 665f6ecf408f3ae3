//! Paths of waiters: their members must exist, and are replaced by their JSON names.

use crate::ir::Protocol;
use crate::jmespath::{self, Expression};
use crate::lower::shape::json_name;
use crate::model::{Kind, Model, Shape, ShapeId, Simple};

/// The type of a value in an expression.
#[derive(Debug, Clone)]
pub(super) enum Value<'m> {
    /// A value of a shape.
    Shape(&'m Shape),
    /// An object whose members are `input`, the request, and `output`, the response.
    Both(Box<Self>, Box<Self>),
    /// A list of such values.
    List(Box<Self>),
    /// Nothing.
    Unknown,
}

impl<'m> Value<'m> {
    pub(super) fn of(model: &'m Model, id: Option<&ShapeId>) -> Self {
        let shape = id.and_then(|id| model.shape(id));
        shape.map_or(Self::Unknown, Self::Shape)
    }

    /// Returns the value of a member, and replaces the name of the member by its JSON name.
    fn member(
        self,
        model: &'m Model,
        protocol: Protocol,
        name: &mut String,
    ) -> Result<Self, String> {
        let shape = match self {
            Self::Both(input, output) => {
                return match name.as_str() {
                    "input" => Ok(*input),
                    "output" => Ok(*output),
                    _ => Err(format!("`{name}` is neither `input` nor `output`")),
                };
            }
            Self::Shape(shape) => shape,
            Self::List(_) => return Err(format!("a list has no member `{name}`")),
            Self::Unknown => return Ok(Self::Unknown),
        };
        match shape.kind {
            Kind::Structure | Kind::Union => {
                let Some(member) = shape.members.get(name) else {
                    return Err(format!("`{}` has no member `{name}`", shape.id));
                };
                let member_name = std::mem::replace(name, json_name(name, member, protocol));
                match Self::of(model, Some(&member.target.id)) {
                    Self::Shape(target) if target.kind == Kind::Simple(Simple::Timestamp) => {
                        let member = format!("`{}${member_name}`", shape.id);
                        Err(format!("{member} is a timestamp, which is not supported"))
                    }
                    value => Ok(value),
                }
            }
            Kind::Map => Ok(Self::of(
                model,
                shape.members.get("value").map(|it| &it.target.id),
            )),
            Kind::Simple(Simple::Document) => Ok(Self::Unknown),
            _ => Err(format!("`{}` has no member `{name}`", shape.id)),
        }
    }

    /// Returns an element of a list, or a value of a map.
    fn element(&self, model: &'m Model) -> Self {
        match self {
            Self::List(element) => (**element).clone(),
            Self::Shape(shape) => {
                let member = match shape.kind {
                    Kind::List => shape.members.get("member"),
                    Kind::Map => shape.members.get("value"),
                    _ => None,
                };
                Self::of(model, member.map(|member| &member.target.id))
            }
            Self::Both(..) | Self::Unknown => Self::Unknown,
        }
    }

    fn is_list(&self) -> bool {
        match self {
            Self::List(_) => true,
            Self::Shape(shape) => shape.kind == Kind::List,
            Self::Both(..) | Self::Unknown => false,
        }
    }
}

/// Parses a path that starts at `from`.
///
/// # Errors
///
/// A message that says what is invalid or unsupported.
pub(super) fn lower<'m>(
    path: &str,
    from: &Value<'m>,
    model: &'m Model,
    protocol: Protocol,
) -> Result<Expression, String> {
    let mut expression = jmespath::parse(path)?;
    resolve(&mut expression, from, model, protocol)?;
    Ok(expression)
}

/// Replaces the names of members by their JSON names, and returns the value of the expression.
fn resolve<'m>(
    expression: &mut Expression,
    from: &Value<'m>,
    model: &'m Model,
    protocol: Protocol,
) -> Result<Value<'m>, String> {
    match expression {
        Expression::Current => Ok(from.clone()),
        Expression::Fields(names) => {
            let mut names = names.iter_mut();
            names.try_fold(from.clone(), |value, name| {
                value.member(model, protocol, name)
            })
        }
        Expression::Index(_) => Ok(from.element(model)),
        Expression::Pipe(first, second) => {
            let middle = resolve(first, from, model, protocol)?;
            resolve(second, &middle, model, protocol)
        }
        Expression::Each(list, rest) | Expression::Values(list, rest) => {
            let element = resolve(list, from, model, protocol)?.element(model);
            Ok(Value::List(Box::new(resolve(
                rest, &element, model, protocol,
            )?)))
        }
        Expression::Flatten(list) => {
            let list = resolve(list, from, model, protocol)?;
            let element = list.element(model);
            Ok(if element.is_list() { element } else { list })
        }
        Expression::Filter(list, condition) => {
            let list = resolve(list, from, model, protocol)?;
            resolve(condition, &list.element(model), model, protocol)?;
            Ok(list)
        }
        Expression::List(elements) => {
            for element in elements {
                resolve(element, from, model, protocol)?;
            }
            Ok(Value::List(Box::new(Value::Unknown)))
        }
        Expression::Compare(left, _, right)
        | Expression::And(left, right)
        | Expression::Or(left, right)
        | Expression::Contains(left, right) => {
            resolve(left, from, model, protocol)?;
            resolve(right, from, model, protocol)?;
            Ok(Value::Unknown)
        }
        Expression::Not(inner) | Expression::Length(inner) | Expression::Keys(inner) => {
            resolve(inner, from, model, protocol)?;
            Ok(Value::Unknown)
        }
        Expression::Literal(_) => Ok(Value::Unknown),
    }
}
