//! The call that the front pages of a new crate show.

use crate::ir::{Constructor, Member, Operation, Service, Type};
use crate::name;

/// The longest line of an example.
const WIDTH: usize = 90;

/// A call of an operation whose required members are all text, if there is one.
pub(super) struct Example<'s> {
    operation: Option<&'s Operation>,
}

impl<'s> Example<'s> {
    /// Chooses the operation: rather one that reads than one that changes something, and rather one
    /// that requires something.
    pub(super) fn of(service: &'s Service) -> Self {
        let simple = service.operations.iter().filter(|it| is_simple(it));
        let rank = |operation: &&Operation| {
            let starts_with = |verb: &str| operation.name.starts_with(verb);
            let reads = ["Get", "Describe", "List", "Search", "Query"].map(starts_with);
            let ends = ["Cancel", "Delete", "Remove", "Stop", "Terminate"].map(starts_with);
            let has_nothing = !operation.request.members.iter().any(is_required);
            (!reads.contains(&true), ends.contains(&true), has_nothing)
        };
        Self {
            operation: simple.min_by_key(rank),
        }
    }

    /// Returns the lines of the call.
    pub(super) fn call(&self, crate_name: &str) -> Vec<String> {
        let mut lines = vec![format!(
            "let client = {crate_name}::Client::from_env().await?;"
        )];
        if let Some(operation) = self.operation {
            let mut steps = vec![format!("{}({})", operation.method, arguments(operation))];
            let has_pages = operation.pagination.is_some();
            steps.extend(required_settings(operation).map(|member| {
                let setter = name::call_setter_name(&member.name, has_pages);
                format!("{setter}({:?})", member.model_name)
            }));
            steps.push("send()".to_owned());
            steps.push("await?".to_owned());
            lines.extend(chain("let response = client", &steps));
            lines.push("println!(\"{response:?}\");".to_owned());
        }
        lines
    }

    /// Returns the lines that create a request, write it as JSON and read it again.
    pub(super) fn request(&self, crate_name: &str) -> Option<Vec<String>> {
        let operation = self.operation.filter(|it| !it.request.streams())?;
        let name = &operation.request.name;
        let made = match operation.request.constructor {
            Constructor::Default => format!("{name}::default()"),
            _ => format!("{name}::new({})", arguments(operation)),
        };
        let settings: Vec<String> = required_settings(operation)
            .map(|it| {
                format!(
                    "request.{} = Some({:?}.to_owned());",
                    it.name, it.model_name
                )
            })
            .collect();
        let variable = if settings.is_empty() {
            "request"
        } else {
            "mut request"
        };
        let mut lines = vec![format!("use {crate_name}::{name};"), String::new()];
        lines.push(format!("let {variable} = {made};"));
        lines.extend(settings);
        lines.push("let json = serde_json::to_string(&request)?;".to_owned());
        lines.push(format!("let read: {name} = serde_json::from_str(&json)?;"));
        lines.push("assert_eq!(read, request);".to_owned());
        Some(lines)
    }
}

fn is_simple(operation: &Operation) -> bool {
    let request = &operation.request;
    let mut required = request.members.iter().filter(|it| is_required(it));
    operation.deprecated.is_none()
        && !matches!(request.constructor, Constructor::Fields(..))
        && required.all(|member| member.ty == Type::String)
}

fn is_required(member: &Member) -> bool {
    member.is_argument() || member.is_required_setting()
}

/// Returns the arguments of the method, each with the name of its member as its value.
fn arguments(operation: &Operation) -> String {
    let arguments = operation.request.arguments();
    let arguments = arguments.map(|member| format!("{:?}", member.model_name));
    arguments.collect::<Vec<_>>().join(", ")
}

/// Returns the required members that are set after the request is created.
fn required_settings(operation: &Operation) -> impl Iterator<Item = &Member> {
    let members = operation.request.members.iter();
    members.filter(|member| member.is_required_setting())
}

/// Returns a statement with a chain of calls, on one line if that is short enough.
fn chain(start: &str, steps: &[String]) -> Vec<String> {
    let line = steps
        .iter()
        .fold(start.to_owned(), |line, step| format!("{line}.{step}"));
    if line.len() < WIDTH {
        return vec![format!("{line};")];
    }
    let mut lines = vec![start.to_owned()];
    lines.extend(steps.iter().map(|step| format!("    .{step}")));
    if let Some(last) = lines.last_mut() {
        last.push(';');
    }
    lines
}
