//! Pages: where an operation has its tokens and its items.

use proc_macro2::Span;
use serde::Deserialize;

use super::Lowering;
use super::shape::Role;
use crate::ir::{Member, Pagination, Step, Structure, Type, Usage};
use crate::model::{self, Kind, Model, Shape, Target};

/// The value of `smithy.api#paginated`. What an operation leaves out is as the service has it.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Paginated {
    pub(crate) input_token: Option<String>,
    pub(crate) output_token: Option<String>,
    pub(crate) items: Option<String>,
    pub(crate) page_size: Option<String>,
}

impl Paginated {
    /// The trait of an operation; `None` where it has none, or a malformed one.
    pub(crate) fn of(service: &Shape<'_>, operation: &Shape<'_>) -> Option<Self> {
        let own: Self = operation.traits.get("smithy.api#paginated")?;
        let common: Self = service
            .traits
            .get("smithy.api#paginated")
            .unwrap_or_default();
        Some(Self {
            input_token: own.input_token.or(common.input_token),
            output_token: own.output_token.or(common.output_token),
            items: own.items.or(common.items),
            page_size: own.page_size.or(common.page_size),
        })
    }
}

/// The members that a path of names, joined by dots, goes through, with the shapes that they are
/// of; as many as there are.
pub(crate) fn follow<'m, 'a>(
    model: &'m Model<'a>,
    from: Option<&Target>,
    path: &str,
) -> Vec<(&'m Shape<'a>, &'m model::Member<'a>)> {
    let mut shape = from.and_then(|target| model.shape(&target.id));
    let mut steps = Vec::new();
    for name in path.split('.') {
        let structure = shape.filter(|shape| shape.kind == Kind::Structure);
        let Some((structure, member)) =
            structure.and_then(|structure| Some((structure, structure.members.get(name)?)))
        else {
            break;
        };
        steps.push((structure, member));
        shape = model.shape(&member.target.id);
    }
    steps
}

impl Lowering<'_, '_, '_> {
    /// How the answers of an operation come in pages; `None` where they do not.
    pub(super) fn pagination(
        &self,
        shape: &Shape<'_>,
        request: &Structure,
        response: &Structure,
    ) -> Option<Pagination> {
        let Kind::Operation { output, .. } = &shape.kind else {
            return None;
        };
        let paginated = Paginated::of(self.selection.service, shape)?;
        let input_token = paginated.input_token?;
        let mut members = request.members.iter();
        let input_token = members.find(|member| member.model_name == input_token)?;
        let (output_token, _) = self.path(output.as_ref(), response, &paginated.output_token?)?;
        let items = match paginated.items {
            Some(items) => self.path(output.as_ref(), response, &items),
            None => only_collection(response).map(|member| (vec![step(member)], member.ty.clone())),
        };
        Some(Pagination {
            input_token: input_token.name.clone(),
            output_token,
            items,
        })
    }

    /// The way to a member of a response, and the type of that.
    fn path(
        &self,
        output: Option<&Target>,
        response: &Structure,
        path: &str,
    ) -> Option<(Vec<Step>, Type)> {
        let mut steps = Vec::new();
        let mut ty = None;
        let names = path.split('.');
        for (index, (name, (shape, _))) in names.zip(follow(self.model, output, path)).enumerate() {
            let structure;
            let members = if index == 0 {
                &response.members
            } else {
                // Where a structure is used does not change the names of its members.
                let any = proc_macro2::Ident::new("Any", Span::call_site());
                structure = self.structure(shape, any, Role::Part(Usage::default()), "");
                &structure.members
            };
            let member = members.iter().find(|member| member.model_name == name)?;
            steps.push(step(member));
            ty = Some(member.ty.clone());
        }
        Some((steps, ty?))
    }
}

fn step(member: &Member) -> Step {
    Step {
        name: member.name.clone(),
        model_name: member.model_name.clone(),
        required: member.is_always_there(),
    }
}

/// The one list or map of a response: without it an answer would be no more than its token, so it
/// is what the pages are made of, even where the model does not say so.
fn only_collection(response: &Structure) -> Option<&Member> {
    let is_collection =
        |member: &&Member| matches!(member.ty, Type::List { .. } | Type::Map { .. });
    let mut collections = response.members.iter().filter(is_collection);
    let only = collections.next()?;
    collections.next().is_none().then_some(only)
}
