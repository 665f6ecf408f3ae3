//! What an expression leads through: the members it names must be there, and the JSON that it is
//! applied to may call them otherwise.

use crate::ir::waiter::Path;
use crate::lower::shape::json_name;
use crate::model::{Kind, Model, Shape, ShapeId, Simple};

/// What is known of a value in an expression.
#[derive(Debug, Clone)]
pub(in crate::lower) enum Place<'m> {
    /// It is of a shape.
    Shape(&'m Shape),
    /// It is the request as `input`, and the answer as `output`.
    Both(Box<Place<'m>>, Box<Place<'m>>),
    /// It is a list of such values.
    List(Box<Place<'m>>),
    /// Nothing.
    Unknown,
}

impl<'m> Place<'m> {
    pub(in crate::lower) fn of(model: &'m Model, id: Option<&ShapeId>) -> Self {
        let shape = id.and_then(|id| model.shape(id));
        shape.map_or(Self::Unknown, Self::Shape)
    }

    /// The place of a member, whose name becomes the one that it has in JSON.
    fn member(self, model: &'m Model, name: &mut String) -> Result<Self, String> {
        let shape = match self {
            Self::Both(input, output) => {
                return match name.as_str() {
                    "input" => Ok(*input),
                    "output" => Ok(*output),
                    _ => Err(format!("`{name}` is neither `input` nor `output`")),
                };
            }
            Self::Shape(shape) => shape,
            Self::List(_) => return Err(format!("`{name}` is asked of a list")),
            Self::Unknown => return Ok(Self::Unknown),
        };
        match shape.kind {
            Kind::Structure | Kind::Union => {
                let Some(member) = shape.members.get(name) else {
                    return Err(format!("`{}` has no member `{name}`", shape.id));
                };
                let member_name = std::mem::replace(name, json_name(name, member));
                match Self::of(model, Some(&member.target.id)) {
                    Self::Shape(target) if target.kind == Kind::Simple(Simple::Timestamp) => {
                        let member = format!("`{}${member_name}`", shape.id);
                        Err(format!("{member} is a timestamp, which is not supported"))
                    }
                    place => Ok(place),
                }
            }
            Kind::Map => Ok(Self::of(
                model,
                shape.members.get("value").map(|it| &it.target.id),
            )),
            Kind::Simple(Simple::Document) => Ok(Self::Unknown),
            _ => Err(format!(
                "`{name}` is asked of `{}`, which has no members",
                shape.id
            )),
        }
    }

    /// The place of an element of a list, or of a value of a map.
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

/// Follows an expression from a place, and gives its members the names that they have in JSON.
///
/// # Errors
///
/// A member that is not there, in words.
pub(in crate::lower) fn resolve<'m>(
    path: &mut Path,
    from: Place<'m>,
    model: &'m Model,
) -> Result<Place<'m>, String> {
    match path {
        Path::Current => Ok(from),
        Path::Fields(names) => {
            let mut names = names.iter_mut();
            names.try_fold(from, |place, name| place.member(model, name))
        }
        Path::Index(_) => Ok(from.element(model)),
        Path::Pipe(first, second) => {
            let middle = resolve(first, from, model)?;
            resolve(second, middle, model)
        }
        Path::Each(list, rest) | Path::Values(list, rest) => {
            let element = resolve(list, from, model)?.element(model);
            Ok(Place::List(Box::new(resolve(rest, element, model)?)))
        }
        Path::Flatten(list) => {
            let list = resolve(list, from, model)?;
            let element = list.element(model);
            Ok(if element.is_list() { element } else { list })
        }
        Path::Filter(list, condition) => {
            let list = resolve(list, from, model)?;
            resolve(condition, list.element(model), model)?;
            Ok(list)
        }
        Path::List(paths) => {
            for path in paths {
                resolve(path, from.clone(), model)?;
            }
            Ok(Place::List(Box::new(Place::Unknown)))
        }
        Path::Compare(left, _, right)
        | Path::And(left, right)
        | Path::Or(left, right)
        | Path::Contains(left, right) => {
            resolve(left, from.clone(), model)?;
            resolve(right, from, model)?;
            Ok(Place::Unknown)
        }
        Path::Not(inner) | Path::Length(inner) | Path::Keys(inner) => {
            resolve(inner, from, model)?;
            Ok(Place::Unknown)
        }
        Path::Literal(_) => Ok(Place::Unknown),
    }
}
