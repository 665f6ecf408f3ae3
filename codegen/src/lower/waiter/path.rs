//! Paths of waiters: their members must exist, and are replaced by their JSON names.

use crate::ir::Protocol;
use crate::jmespath::{self, Expression};
use crate::lower::shape::json_name;
use crate::model::{Kind, Model, Shape, Simple, Target};

/// The type of a value in an expression.
#[derive(Debug, Clone)]
pub(super) enum Value<'m> {
    /// A value of a shape.
    Shape(&'m Shape),
    /// An object whose members are `input`, the request, and `output`, the response.
    Both(Box<Self>, Box<Self>),
    /// A list of such values.
    List(Box<Self>),
    /// A value whose type is not known.
    Unknown,
}

impl Value<'_> {
    fn is_list(&self) -> bool {
        match self {
            Self::List(_) => true,
            Self::Shape(shape) => shape.kind == Kind::List,
            Self::Both(..) | Self::Unknown => false,
        }
    }
}

/// The context of lowering paths.
pub(super) struct Paths<'m> {
    pub(super) model: &'m Model,
    pub(super) protocol: Protocol,
}

impl<'m> Paths<'m> {
    /// Returns the value that a reference leads to.
    pub(super) fn value(&self, target: Option<&Target>) -> Value<'m> {
        let shape = target.and_then(|target| self.model.shape(&target.id));
        shape.map_or(Value::Unknown, Value::Shape)
    }

    /// Parses a path that starts at `from`, and replaces the names of members by their JSON names.
    ///
    /// # Errors
    ///
    /// A message that says what is invalid or unsupported.
    pub(super) fn lower(&self, path: &str, from: &Value<'m>) -> Result<Expression, String> {
        let mut expression = jmespath::parse(path)?;
        self.resolve(&mut expression, from)?;
        Ok(expression)
    }

    /// Replaces the names of members by their JSON names, and returns the value of the expression.
    fn resolve(&self, expression: &mut Expression, from: &Value<'m>) -> Result<Value<'m>, String> {
        match expression {
            Expression::Current => Ok(from.clone()),
            Expression::Fields(names) => {
                let mut names = names.iter_mut();
                names.try_fold(from.clone(), |value, name| self.member(value, name))
            }
            Expression::Index(_) => Ok(self.element(from)),
            Expression::Pipe(first, second) => {
                let middle = self.resolve(first, from)?;
                self.resolve(second, &middle)
            }
            Expression::Each(list, rest) | Expression::Values(list, rest) => {
                let list = self.resolve(list, from)?;
                let element = self.resolve(rest, &self.element(&list))?;
                Ok(Value::List(Box::new(element)))
            }
            Expression::Flatten(list) => {
                let list = self.resolve(list, from)?;
                let element = self.element(&list);
                Ok(if element.is_list() { element } else { list })
            }
            Expression::Filter(list, condition) => {
                let list = self.resolve(list, from)?;
                self.resolve(condition, &self.element(&list))?;
                Ok(list)
            }
            Expression::List(elements) => {
                for element in elements {
                    self.resolve(element, from)?;
                }
                Ok(Value::List(Box::new(Value::Unknown)))
            }
            Expression::Compare(left, _, right)
            | Expression::And(left, right)
            | Expression::Or(left, right)
            | Expression::Contains(left, right) => {
                self.resolve(left, from)?;
                self.resolve(right, from)?;
                Ok(Value::Unknown)
            }
            Expression::Not(inner) | Expression::Length(inner) | Expression::Keys(inner) => {
                self.resolve(inner, from)?;
                Ok(Value::Unknown)
            }
            Expression::Literal(_) => Ok(Value::Unknown),
        }
    }

    /// Returns the value of a member, and replaces the name of the member by its JSON name.
    fn member(&self, value: Value<'m>, name: &mut String) -> Result<Value<'m>, String> {
        let shape = match value {
            Value::Both(input, output) => {
                return match name.as_str() {
                    "input" => Ok(*input),
                    "output" => Ok(*output),
                    _ => Err(format!("`{name}` is neither `input` nor `output`")),
                };
            }
            Value::Shape(shape) => shape,
            Value::List(_) => return Err(format!("a list has no member `{name}`")),
            Value::Unknown => return Ok(Value::Unknown),
        };
        let id = &shape.id;
        match shape.kind {
            Kind::Structure | Kind::Union => {
                let Some(member) = shape.members.get(name) else {
                    return Err(format!("`{id}` has no member `{name}`"));
                };
                let value = self.value(Some(&member.target));
                if let Value::Shape(target) = &value
                    && target.kind == Kind::Simple(Simple::Timestamp)
                {
                    let problem = "is a timestamp, which is not supported";
                    return Err(format!("`{id}${name}` {problem}"));
                }
                *name = json_name(name, member, self.protocol);
                Ok(value)
            }
            Kind::Map => Ok(self.element(&Value::Shape(shape))),
            Kind::Simple(Simple::Document) => Ok(Value::Unknown),
            _ => Err(format!("`{id}` has no member `{name}`")),
        }
    }

    /// Returns an element of a list, or a value of a map.
    fn element(&self, value: &Value<'m>) -> Value<'m> {
        match value {
            Value::List(element) => (**element).clone(),
            Value::Shape(shape) => {
                let member = match shape.kind {
                    Kind::List => shape.members.get("member"),
                    Kind::Map => shape.members.get("value"),
                    _ => None,
                };
                self.value(member.map(|member| &member.target))
            }
            Value::Both(..) | Value::Unknown => Value::Unknown,
        }
    }
}
