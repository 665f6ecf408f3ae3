//! Functions and type parameters in one line.

use syn::{FnArg, GenericParam, Generics, Pat, ReceiverKind, ReturnType, Signature};

use super::module::{Modules, Path};

/// A function: what stands before its name, and what behind. A method is bound by what its
/// implementation is bound by, too.
pub(super) fn of_function(
    modules: &Modules,
    module: &Path,
    signature: &Signature,
    of_implementation: Option<&Generics>,
) -> (String, String) {
    let words = [
        signature.constness.map(|_| "const "),
        signature.asyncness.map(|_| "async "),
        Some("fn "),
    ];
    let arguments = signature.inputs.iter();
    let arguments: Vec<String> = arguments.map(|it| argument(modules, module, it)).collect();
    let result = match &signature.output {
        ReturnType::Default => String::new(),
        ReturnType::Type(_, ty) => format!(" -> {}", modules.line(module, ty)),
    };
    let generics = [Some(&signature.generics), of_implementation];
    let bounds: Vec<String> = generics
        .into_iter()
        .flatten()
        .flat_map(|generics| bounds(modules, module, generics))
        .collect();
    let (parameters, arguments) = (names(&signature.generics), arguments.join(", "));
    let after = format!("{parameters}({arguments}){result}{}", clause(&bounds));
    (words.into_iter().flatten().collect(), after)
}

fn argument(modules: &Modules, module: &Path, argument: &FnArg) -> String {
    match argument {
        FnArg::Typed(argument) => {
            let ty = modules.line(module, &argument.ty);
            match &*argument.pat {
                // That it is mutable inside concerns nobody else.
                Pat::Ident(name) => format!("{}: {ty}", name.ident),
                pattern => format!("{}: {ty}", modules.line(module, pattern)),
            }
        }
        FnArg::Receiver(receiver) => match &receiver.kind {
            ReceiverKind::Value => "self".to_owned(),
            _ => modules.line(module, receiver),
        },
    }
}

/// The names of parameters, in their brackets.
pub(super) fn names(generics: &Generics) -> String {
    let names = generics.params.iter().map(|parameter| match parameter {
        GenericParam::Type(it) => it.ident.to_string(),
        GenericParam::Lifetime(it) => it.lifetime.to_string(),
        GenericParam::Const(it) => it.ident.to_string(),
    });
    let names: Vec<String> = names.collect();
    if names.is_empty() {
        String::new()
    } else {
        format!("<{}>", names.join(", "))
    }
}

/// What parameters are bound to, wherever that is said.
pub(super) fn bounds(modules: &Modules, module: &Path, generics: &Generics) -> Vec<String> {
    let parameters = generics.params.iter();
    let of_parameters = parameters.filter_map(|parameter| match parameter {
        GenericParam::Type(it) if !it.bounds.is_empty() => {
            let bounds = modules.line(module, &it.bounds);
            Some(format!("{}: {bounds}", it.ident))
        }
        GenericParam::Const(it) => Some(modules.line(module, it)),
        _ => None,
    });
    let predicates = generics.where_clause.iter().flat_map(|it| &it.predicates);
    let predicates = predicates.map(|predicate| modules.line(module, predicate));
    of_parameters.chain(predicates).collect()
}

/// A `where` clause; nothing where nothing is bound.
pub(super) fn clause(bounds: &[String]) -> String {
    if bounds.is_empty() {
        String::new()
    } else {
        format!(" where {}", bounds.join(", "))
    }
}
