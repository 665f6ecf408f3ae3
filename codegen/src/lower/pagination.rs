//! Pagination: the locations of tokens and items.

use super::types::{Messages, Types};
use crate::ir::{Member, Pagination, Step, Structure, Type, TypeItem};
use crate::model::Traits;
use crate::model::traits::Paginated;

/// The problem of a `smithy.api#paginated`: the key of the trait, the message, and the remedy.
pub(crate) type Misfit = (&'static str, String, String);

/// Returns how an operation pages: an operation takes what it leaves out from the service.
pub(crate) fn paginated(service: &Traits, operation: &Traits) -> Option<Paginated> {
    let own = operation.paginated.as_ref()?.value.clone();
    let Some(common) = service.paginated.as_ref().map(|it| it.value.clone()) else {
        return Some(own);
    };
    Some(Paginated {
        input_token: own.input_token.or(common.input_token),
        output_token: own.output_token.or(common.output_token),
        items: own.items.or(common.items),
        page_size: own.page_size.or(common.page_size),
    })
}

/// Lowers how the responses of an operation come in pages.
///
/// # Errors
///
/// Everything that does not fit the messages.
pub(crate) fn pagination(
    paginated: &Paginated,
    messages: &Messages,
    types: &Types,
) -> Result<Pagination, Vec<Misfit>> {
    let Messages { request, response } = messages;
    let input_token = paginated.input_token.as_deref();
    let input_token = input_token_of(request, input_token);
    let output_token = paginated.output_token.as_deref();
    let token = input_token
        .as_ref()
        .map_or(&Type::String, |member| &member.ty);
    let output_token = output_token_of(response, output_token, token, types);
    let page_size = paginated.page_size.as_deref();
    let page_size = page_size.map(|path| member_of_request(request, "pageSize", path));
    let items = match paginated.items.as_deref() {
        Some(path) => items_of(response, path, types).map(Some),
        None => Ok(only_collection(response).map(|it| (vec![step(it)], it.ty.clone()))),
    };
    match (input_token, output_token, page_size.transpose(), items) {
        (Ok(input_token), Ok(output_token), Ok(_), Ok(items)) => Ok(Pagination {
            input_token: input_token.name.clone(),
            token: input_token.ty.clone(),
            output_token,
            items,
        }),
        (input_token, output_token, page_size, items) => {
            let misfits = [
                input_token.err(),
                output_token.err(),
                page_size.err(),
                items.err(),
            ];
            Err(misfits.into_iter().flatten().collect())
        }
    }
}

/// Returns the member with the token of the page to return: text or a map that can be left out.
fn input_token_of<'t>(request: &'t Structure, path: Option<&str>) -> Result<&'t Member, Misfit> {
    let key = "inputToken";
    let path = path.ok_or_else(|| unnamed(key))?;
    let member = member_of_request(request, key, path)?;
    if !matches!(member.ty, Type::String | Type::Map { .. }) {
        return Err(not_a_token(key, path));
    }
    if member.is_argument() {
        let label = format!("`{path}` is required, but the first page has no token");
        let help = "remove `smithy.api#required` from the member";
        return Err((key, label, help.to_owned()));
    }
    Ok(member)
}

/// Returns the way to the token of the next page, which has the type of the one that is sent.
fn output_token_of(
    response: &Structure,
    path: Option<&str>,
    token: &Type,
    types: &Types,
) -> Result<Vec<Step>, Misfit> {
    let key = "outputToken";
    let path = path.ok_or_else(|| unnamed(key))?;
    match follow(response, path, types) {
        Some((steps, ty)) if ty == *token => Ok(steps),
        Some((_, Type::String | Type::Map { .. })) => {
            let label = format!("`{path}` has another type than the token of the input");
            let help = "name members of one type";
            Err((key, label, help.to_owned()))
        }
        Some(_) => Err(not_a_token(key, path)),
        None => Err(missing(key, "output", path)),
    }
}

/// Returns the way to the items: a list or a map.
fn items_of(response: &Structure, path: &str, types: &Types) -> Result<(Vec<Step>, Type), Misfit> {
    let key = "items";
    match follow(response, path, types) {
        Some((steps, ty @ (Type::List { .. } | Type::Map { .. }))) => Ok((steps, ty)),
        Some(_) => {
            let label = format!("`{path}` is neither a list nor a map");
            let help = "name the list or the map that is paged";
            Err((key, label, help.to_owned()))
        }
        None => Err(missing(key, "output", path)),
    }
}

fn member_of_request<'t>(
    request: &'t Structure,
    key: &'static str,
    path: &str,
) -> Result<&'t Member, Misfit> {
    let mut members = request.members.iter();
    let member = members.find(|member| member.model_name == path);
    member.ok_or_else(|| missing(key, "input", path))
}

/// Follows a path of names, joined by dots, to a member, and returns the type of that.
fn follow(response: &Structure, path: &str, types: &Types) -> Option<(Vec<Step>, Type)> {
    let mut structure = Some(response);
    let mut steps = Vec::new();
    let mut ty = None;
    for name in path.split('.') {
        let mut members = structure?.members.iter();
        let member = members.find(|member| member.model_name == name)?;
        steps.push(step(member));
        ty = Some(member.ty.clone());
        structure = match &member.ty {
            Type::Structure { name, .. } => types.items.iter().find_map(|item| match item {
                TypeItem::Structure(structure) if structure.name == *name => Some(structure),
                _ => None,
            }),
            _ => None,
        };
    }
    Some((steps, ty?))
}

fn unnamed(key: &'static str) -> Misfit {
    let label = "neither the operation nor the service names it".to_owned();
    (
        key,
        label,
        "name the member that the token is in".to_owned(),
    )
}

fn not_a_token(key: &'static str, path: &str) -> Misfit {
    let help = "only tokens that are strings or maps are supported; leave the operation out with \
                `--operations`";
    let label = format!("`{path}` is neither a string nor a map");
    (key, label, help.to_owned())
}

fn missing(key: &'static str, side: &str, path: &str) -> Misfit {
    let label = format!("the {side} has no member `{path}`");
    let help = format!("name a member of the {side}, or remove the trait");
    (key, label, help)
}

fn step(member: &Member) -> Step {
    Step {
        name: member.name.clone(),
        model_name: member.model_name.clone(),
        required: member.is_always_there(),
    }
}

/// Returns the one list or map of a response: without it a response would be no more than its
/// token, so it is what the pages are made of, even where the model does not say so.
fn only_collection(response: &Structure) -> Option<&Member> {
    let is_collection =
        |member: &&Member| matches!(member.ty, Type::List { .. } | Type::Map { .. });
    let mut collections = response.members.iter().filter(is_collection);
    let only = collections.next()?;
    collections.next().is_none().then_some(only)
}
