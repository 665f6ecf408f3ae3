//! Operations, with what they send and receive, their pages and their waiters.

use super::{Key, Owner, Part, Parts, add_member, file_of};
use crate::api::Kind;
use crate::diff::Subject;
use crate::diff::claim::Claim;
use crate::diff::fact::{self, behaviour, documentation, hidden};
use crate::diff::value::{pages, quoted, rust_type};
use crate::ir::waiter::Waiter;
use crate::ir::{Operation, Pagination};
use crate::name;

/// Adds an operation.
pub(super) fn add(operation: &Operation, parts: &mut Parts) {
    let (request, response) = (&operation.request, &operation.response);
    let request_path = format!("operation::{}", request.name);
    let response_path = format!("operation::{}", response.name);
    let call = format!("Call<{request_path}>");
    let method = Claim::one("Client", Kind::Function, &operation.method);
    let claims = vec![
        method.clone(),
        Claim::one("operation", Kind::Struct, &request.name),
        Claim::one("operation", Kind::Struct, &response.name),
        Claim::all(&request_path),
        Claim::all(&response_path),
        Claim::all(&call),
    ];
    let file = file_of("operation", &name::module_name(&operation.name));
    let files = [&*file, "operation/mod.rs", "client.rs", "mod.rs"];
    let facts = fact::of_operation(operation);
    let key = ("operation", format!("Client::{}", operation.method));
    let part = Part::new(Subject::Operation, &files, claims, facts);
    parts.insert(key.clone(), part);
    let has_pages = operation.pagination.is_some();
    let owner = |path, method| Owner {
        key: &key,
        path,
        file: &file,
        method,
    };
    for member in &request.members {
        let setter = name::call_setter_name(&member.name, has_pages);
        let setter = Claim::one(&call, Kind::Function, &setter);
        add_member(&owner(&request_path, Some(&method)), member, setter, parts);
    }
    for member in &response.members {
        let setter = Claim::one(&response_path, Kind::Function, &member.name);
        add_member(&owner(&response_path, None), member, setter, parts);
    }
    if let Some(pagination) = &operation.pagination {
        add_pages(&owner(&request_path, None), pagination, parts);
    }
    for waiter in &operation.waiters {
        add_waiter(&key, &call, waiter, &file, parts);
    }
}

fn add_pages(owner: &Owner, pagination: &Pagination, parts: &mut Parts) {
    let request = owner.path;
    let claims = vec![
        Claim::one("Call<R>", Kind::Function, "pages"),
        Claim::one("Call<R>", Kind::Function, "items"),
    ];
    let items = pagination.items.as_ref().map(|(_, of)| of);
    let facts = vec![
        behaviour("the way through pages", pages(pagination)),
        hidden("the type of the items", &items),
    ];
    let files = [owner.file, "client.rs"];
    let mut part = Part::new(Subject::Operation, &files, claims, facts).of(owner.key);
    // The traits of what comes in pages name the type of the items.
    part.shared = vec![Claim::of_kind(request, Kind::Implementation)];
    part.share = Some(items.map_or_else(String::new, rust_type));
    parts.insert(("pages", format!("Call<{request}>::pages")), part);
}

fn add_waiter(operation: &Key, call: &str, waiter: &Waiter, file: &str, parts: &mut Parts) {
    let Waiter {
        name,
        method,
        docs,
        min_delay,
        max_delay,
        acceptors,
        // It is private.
        item: _,
    } = waiter;
    let claims = vec![
        Claim::one(call, Kind::Function, method),
        Claim::one("error", Kind::Alias, "WaitError"),
        Claim::one("", Kind::Use, "WaitError"),
    ];
    let acceptors = acceptors.iter();
    let states: Vec<_> = acceptors
        .clone()
        .map(|it| (&it.matcher, it.state))
        .collect();
    let said: Vec<&str> = acceptors.map(|it| &*it.docs).collect();
    let facts = vec![
        behaviour("its delay", format!("{min_delay} to {max_delay} seconds")),
        behaviour("its name in the model", quoted(name)),
        hidden("what it takes for the state", &states),
        documentation(&format!("{docs}\n{}", said.join("\n"))),
    ];
    let files = [file, "client.rs", "error.rs", "mod.rs"];
    let part = Part::new(Subject::Operation, &files, claims, facts).of(operation);
    parts.insert(("waiter", format!("{call}::{method}")), part);
}
