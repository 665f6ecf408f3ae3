//! All types of a selection.

use super::context::Context;
use super::error::error_code;
use super::role::Role;
use super::type_name::named_shapes;
use super::{body_header, customization, shape};
use crate::ir::{
    Constructor, ErrorItem, Fallback, Member, Presence, Structure, Type, TypeItem, Usage,
};
use crate::model::{Kind, Shape, Target};
use crate::name::{self, Ident};
use crate::parallel;
use crate::select::{self, Selection};

/// The types of a selection.
pub(crate) struct Types {
    /// The inputs and outputs of all operations, in the order of the selection.
    pub(crate) messages: Vec<Messages>,
    /// The types that messages are made of, by name.
    pub(crate) items: Vec<TypeItem>,
    /// The modeled errors, by code.
    pub(crate) errors: Vec<ErrorItem>,
}

/// The input and output of an operation.
pub(crate) struct Messages {
    pub(crate) request: Structure,
    pub(crate) response: Structure,
}

impl Types {
    pub(crate) fn of(context: &Context<'_>) -> Self {
        let operations = &context.selection.operations;
        Self {
            messages: parallel::map(operations, |it| context.messages(it)),
            items: context.items(),
            errors: context.errors(),
        }
    }

    /// Returns a modeled error.
    pub(crate) fn error(&self, shape: &Shape, selection: &Selection<'_>) -> Option<&Structure> {
        let code = error_code(shape, selection);
        let error = self.errors.iter().find(|error| error.code == code);
        error.map(|error| &error.structure)
    }
}

impl Context<'_> {
    fn messages(&self, operation: &select::Operation<'_>) -> Messages {
        let name = operation.name();
        let method = name::operation_method(name);
        let message = |target, suffix, role, docs: &str| {
            self.message(target, name::message_name(name, suffix), role, docs)
        };
        let sends = format!("The input of [`Client::{method}`].");
        let mut request = message(operation.input, "Request", Role::Request, &sends);
        customization::customize_request(self, &mut request);
        body_header::explain(&mut request, self.checksum(operation));
        let http = operation.shape.traits.http.as_ref();
        let labels = http.into_iter().flat_map(|http| http.value.uri.members());
        request.constructor = self.constructor(&request, &labels.collect::<Vec<_>>());
        let returns = format!("The output of [`Client::{method}`].");
        let response = message(operation.output, "Response", Role::Response, &returns);
        Messages { request, response }
    }

    /// Lowers the input or the output of an operation, under a name that is made of the
    /// operation's.
    fn message(
        &self,
        target: Option<&Target>,
        name: Ident,
        role: Role,
        fallback: &str,
    ) -> Structure {
        let Some(target) = target else {
            return Structure {
                name,
                alias: None,
                docs: fallback.to_owned(),
                members: Vec::new(),
                usage: role.usage(),
                sensitive: false,
                constructor: Constructor::Default,
            };
        };
        let mut message = self.structure(self.model.target(target), name, role, fallback);
        let receives_events = role == Role::Response && message.has_events();
        for member in &mut message.members {
            let is_event_stream =
                matches!(member.ty, Type::EventReceiver(_) | Type::EventSender(_));
            if is_event_stream || role == Role::Response && member.ty.is_stream() {
                // A response always has a body, which may be empty, as a stream of events may.
                member.presence = Presence::Required(Fallback::Standard);
            } else if role == Role::Request && matches!(member.presence, Presence::Default(_)) {
                // The service fills in what is absent, and knows then that it was.
                member.presence = Presence::Optional;
            }
            // A stream whose opening lacks a member has failed to open.
            member.required |= receives_events && member.is_argument() && !member.ty.is_stream();
        }
        message
    }

    /// Returns the constructor of a structure. Members in `labels`, those of its URI, come first.
    /// Up to two required members are arguments; more are fields of another structure.
    fn constructor(&self, structure: &Structure, labels: &[&str]) -> Constructor {
        let place = |member: &Member| {
            let place = labels.iter().position(|label| *label == member.model_name);
            place.unwrap_or(usize::MAX)
        };
        let required = structure.members.iter().filter(|it| it.is_argument());
        let mut required: Vec<&Member> = required.collect();
        required.sort_by_key(|member| place(member));
        let names: Vec<Ident> = required.iter().map(|member| member.name.clone()).collect();
        match names.len() {
            0 => Constructor::Default,
            1 | 2 => Constructor::Arguments(names),
            _ => Constructor::Fields(self.names.required_name(&structure.name), names),
        }
    }

    fn items(&self) -> Vec<TypeItem> {
        let shapes: Vec<_> = named_shapes(self.selection).collect();
        let mut items = parallel::map(&shapes, |it| self.item(*it));
        items.sort_by_cached_key(|item| item.name().to_string());
        items
    }

    fn item(&self, (shape, usage): (&Shape, Usage)) -> TypeItem {
        let name = self.names.name(shape);
        match shape.kind {
            Kind::Structure => {
                let id = shape.id.name();
                let fallback = format!("`{id}` in the API. The model does not document it.");
                let role = if self.is_event(shape) {
                    Role::Event(usage)
                } else {
                    Role::Part(usage)
                };
                let structure = self.structure(shape, name, role, &fallback);
                let constructor = if usage.input {
                    self.constructor(&structure, &[])
                } else {
                    Constructor::Default
                };
                TypeItem::Structure(Structure {
                    constructor,
                    ..structure
                })
            }
            Kind::Union => TypeItem::Union(self.union(shape, usage)),
            _ => TypeItem::Enumeration(shape::enumeration(shape, name)),
        }
    }
}
