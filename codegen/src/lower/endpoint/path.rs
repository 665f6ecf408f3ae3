//! Paths from a request to the values of an endpoint parameter: the part of `JMESPath` that
//! `smithy.rules#operationContextParams` may use.

use super::literal::Problem;
use crate::ir::endpoint::{Part, Path};
use crate::ir::{Structure, Type, TypeItem};

/// A step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    /// `name`.
    Member(String),
    /// `[*]` and `*`.
    Wildcard,
    /// `[]`.
    Flatten,
    /// `[a, b]`.
    Select(Vec<Vec<Step>>),
    /// `keys(…)`, after what it is called with.
    Keys,
}

/// The way that a path goes from a request.
pub(super) fn lower(path: &str, request: &Structure, types: &[TypeItem]) -> Result<Path, Problem> {
    let mut parser = Parser { rest: path };
    // A longer one is nobody's, and could be nested deeper than the stack is.
    let steps = if path.len() < 1000 {
        parser.steps()
    } else {
        None
    };
    let steps = steps.filter(|_| parser.rest.is_empty());
    let steps = steps.ok_or_else(|| format!("has the path {path:?}, which is malformed"))?;
    let walk = Walk { path, types };
    walk.through_structure(request, &steps, false)
}

struct Parser<'p> {
    rest: &'p str,
}

impl Parser<'_> {
    /// The steps of a path; `None` where it is malformed.
    fn steps(&mut self) -> Option<Vec<Step>> {
        let mut steps = Vec::new();
        loop {
            self.rest = self.rest.trim_start();
            if self.take("[*]") || self.take("*") {
                steps.push(Step::Wildcard);
            } else if self.take("[]") {
                steps.push(Step::Flatten);
            } else if self.take("[") {
                let mut several = vec![self.steps()?];
                while self.take(",") {
                    several.push(self.steps()?);
                }
                if !self.take("]") {
                    return None;
                }
                steps.push(Step::Select(several));
            } else if self.take("keys(") {
                steps.extend(self.steps()?);
                if !self.take(")") {
                    return None;
                }
                steps.push(Step::Keys);
            } else {
                steps.push(Step::Member(self.name()?));
            }
            if !self.take(".") && !self.rest.starts_with('[') {
                self.rest = self.rest.trim_start();
                return Some(steps);
            }
        }
    }

    fn take(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn name(&mut self) -> Option<String> {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let end = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        (!name.is_empty()).then(|| name.to_owned())
    }
}

/// Follows the steps of a path through types. `projected` says whether the value is one of several
/// already.
struct Walk<'w> {
    path: &'w str,
    types: &'w [TypeItem],
}

impl Walk<'_> {
    fn wrong(&self) -> Problem {
        format!(
            "has the path {:?}, which leads to nothing that a parameter can be",
            self.path
        )
    }

    fn through_structure(
        &self,
        structure: &Structure,
        steps: &[Step],
        projected: bool,
    ) -> Result<Path, Problem> {
        match steps {
            [Step::Member(name), rest @ ..] => {
                let mut members = structure.members.iter();
                let member = members.find(|member| member.model_name == *name);
                let member = member.ok_or_else(|| self.wrong())?;
                Ok(Path::Member {
                    name: member.name.clone(),
                    optional: !member.is_always_there(),
                    then: Box::new(self.through_type(&member.ty, rest, projected)?),
                })
            }
            [Step::Select(several), rest @ ..] => {
                self.several(several, rest, projected, &|steps| {
                    self.through_structure(structure, steps, true)
                })
            }
            _ => Err(self.wrong()),
        }
    }

    fn through_type(&self, ty: &Type, steps: &[Step], projected: bool) -> Result<Path, Problem> {
        match (ty, steps) {
            (Type::String, []) => Ok(Path::Text),
            (Type::Enumeration(_), []) => Ok(Path::Enumeration),
            (Type::Boolean, []) if !projected => Ok(Path::Boolean),
            // What is one of several stays so: only lists are merged.
            (
                Type::String | Type::Enumeration(_) | Type::Structure { .. },
                [Step::Flatten, rest @ ..],
            ) if projected => self.through_type(ty, rest, projected),
            (Type::List { element, sparse }, [Step::Wildcard | Step::Flatten, rest @ ..]) => {
                if projected && steps.first() == Some(&Step::Wildcard) {
                    // A list of lists, which only `[]` merges.
                    let Some((Step::Flatten, rest)) = rest.split_first() else {
                        return Err(self.wrong());
                    };
                    return self.each(list_part(*sparse), element, rest);
                }
                // `[]` merges the lists of a list too.
                let has_lists = matches!(**element, Type::List { .. });
                let merges = has_lists && !projected && steps.first() == Some(&Step::Flatten);
                let rest = if merges { steps } else { rest };
                self.each(list_part(*sparse), element, rest)
            }
            (Type::List { element, sparse }, []) if !projected => {
                self.each(list_part(*sparse), element, &[])
            }
            (Type::Map { value, sparse, .. }, [Step::Wildcard, rest @ ..]) if !projected => {
                let part = if *sparse {
                    Part::SparseValues
                } else {
                    Part::Values
                };
                self.each(part, value, rest)
            }
            (Type::Map { key, .. }, [Step::Keys, rest @ ..]) if !projected => {
                self.each(Part::Keys, key, rest)
            }
            (Type::Structure { name, boxed }, steps) => {
                let item = self.types.iter().find(|item| item.name() == name);
                match item {
                    Some(TypeItem::Structure(structure)) => {
                        self.through_structure(structure, steps, projected)
                    }
                    Some(TypeItem::Union(union)) => {
                        self.through_union(union, *boxed, steps, projected)
                    }
                    _ => Err(self.wrong()),
                }
            }
            _ => Err(self.wrong()),
        }
    }

    fn through_union(
        &self,
        union: &crate::ir::Union,
        boxed: bool,
        steps: &[Step],
        projected: bool,
    ) -> Result<Path, Problem> {
        match steps {
            [Step::Member(name), rest @ ..] => {
                let mut variants = union.variants.iter();
                let variant = variants.find(|variant| variant.model_name == *name);
                let (variant, ty) = variant
                    .and_then(|variant| Some((variant, variant.ty.as_ref()?)))
                    .ok_or_else(|| self.wrong())?;
                Ok(Path::Variant {
                    union: union.name.clone(),
                    name: variant.name.clone(),
                    boxed,
                    then: Box::new(self.through_type(ty, rest, projected)?),
                })
            }
            [Step::Select(several), rest @ ..] => {
                self.several(several, rest, projected, &|steps| {
                    self.through_union(union, boxed, steps, true)
                })
            }
            _ => Err(self.wrong()),
        }
    }

    fn each(&self, part: Part, ty: &Type, steps: &[Step]) -> Result<Path, Problem> {
        Ok(Path::Each {
            part,
            then: Box::new(self.through_type(ty, steps, true)?),
        })
    }

    /// The values of several paths, which are a list; where they are one of several lists, `[]`
    /// follows and merges them.
    fn several(
        &self,
        several: &[Vec<Step>],
        rest: &[Step],
        projected: bool,
        lower: &dyn Fn(&[Step]) -> Result<Path, Problem>,
    ) -> Result<Path, Problem> {
        let rest = match rest {
            [Step::Flatten, rest @ ..] => rest,
            rest if !projected => rest,
            _ => return Err(self.wrong()),
        };
        let paths = several.iter().map(|steps| lower(&[steps, rest].concat()));
        Ok(Path::Several(paths.collect::<Result<_, _>>()?))
    }
}

fn list_part(sparse: bool) -> Part {
    if sparse {
        Part::SparseElements
    } else {
        Part::Elements
    }
}
