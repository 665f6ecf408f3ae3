//! Waiters: a method for each, and the item that describes the state.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::format::comment;
use crate::ir::Operation;
use crate::ir::waiter::{self, Acceptor, Comparator, Expected, Matcher, Path, State, Waiter};

pub(super) fn waiters(operation: &Operation) -> Vec<TokenStream> {
    let waiters = &operation.waiters;
    if waiters.is_empty() {
        return Vec::new();
    }
    let request = &operation.request.name;
    let methods = waiters.iter().map(|waiter| method(waiter, operation));
    let methods = quote! { impl crate::Call<#request> { #(#methods)* } };
    std::iter::once(methods)
        .chain(waiters.iter().map(item))
        .collect()
}

/// Returns the documentation of waiters; empty if there are none.
pub(super) fn paragraph(waiters: &[Waiter]) -> Option<String> {
    let links = waiters.iter().map(|waiter| {
        let method = &waiter.method;
        format!("[`{method}`](crate::Call::{method})")
    });
    let links: Vec<String> = links.collect();
    (!links.is_empty()).then(|| format!("Waiters: {}.", links.join(", ")))
}

fn method(waiter: &Waiter, operation: &Operation) -> TokenStream {
    let Waiter {
        method,
        item,
        min_delay,
        max_delay,
        ..
    } = waiter;
    let response = &operation.response.name;
    let (result, wait, absence) = if only_responses_show(waiter) {
        (quote! { #response }, quote! { wait_for_output }, "")
    } else {
        let absence = "; `None` where an error shows it";
        (quote! { Option<#response> }, quote! { wait }, absence)
    };
    let docs = comment(&format!(
        "{}\n\nThe call is made again and again, {min_delay} to {max_delay} seconds apart, for \
             `max_wait` at most. The result is the response that shows the state{absence}.\n\n\
             # Errors\n\nSee [the errors of waiters](crate::WaitError).",
        waiter.docs
    ));
    quote! {
        #docs
        pub async fn #method(self, max_wait: ::std::time::Duration) -> Result<#result, crate::WaitError> {
            self.#wait(&#item, max_wait).await
        }
    }
}

/// Returns `true` if no error shows the state.
fn only_responses_show(waiter: &Waiter) -> bool {
    waiter.acceptors.iter().all(|acceptor| {
        let is_error = matches!(acceptor.matcher, Matcher::AnyError | Matcher::ErrorType(_));
        acceptor.state != State::Success || !is_error
    })
}

fn item(waiter: &Waiter) -> TokenStream {
    let Waiter { item, name, .. } = waiter;
    let min_delay = Literal::u64_unsuffixed(waiter.min_delay);
    let max_delay = Literal::u64_unsuffixed(waiter.max_delay);
    let acceptors = waiter.acceptors.iter().map(acceptor);
    let lines = waiter
        .acceptors
        .iter()
        .map(|acceptor| format!("- {}", acceptor.docs));
    let lines: Vec<String> = lines.collect();
    let docs = comment(&format!(
        "The conditions of `{name}`:\n\n{}",
        lines.join("\n")
    ));
    quote! {
        #docs
        static #item: ::smithy_reqwest::waiter::Waiter = ::smithy_reqwest::waiter::Waiter {
            name: #name,
            min_delay: #min_delay,
            max_delay: #max_delay,
            acceptors: &[#(#acceptors),*],
        };
    }
}

fn acceptor(acceptor: &Acceptor) -> TokenStream {
    let matcher = match &acceptor.matcher {
        Matcher::AnyOutput => quote! { AnyOutput },
        Matcher::AnyError => quote! { AnyError },
        Matcher::ErrorType(code) => quote! { ErrorType(#code) },
        Matcher::Output(path, expected) => {
            let (path, expected) = (self::path(path), self::expected(expected));
            quote! { Output(#path, #expected) }
        }
        Matcher::InputOutput(path, expected) => {
            let (path, expected) = (self::path(path), self::expected(expected));
            quote! { InputOutput(#path, #expected) }
        }
    };
    let state = state(acceptor.state);
    quote! {
        ::smithy_reqwest::waiter::Acceptor {
            matcher: ::smithy_reqwest::waiter::Matcher::#matcher,
            state: ::smithy_reqwest::waiter::State::#state,
        }
    }
}

fn state(state: State) -> TokenStream {
    match state {
        State::Success => quote! { Success },
        State::Failure => quote! { Failure },
        State::Retry => quote! { Retry },
    }
}

fn comparator(comparator: Comparator) -> TokenStream {
    match comparator {
        Comparator::Equal => quote! { Equal },
        Comparator::NotEqual => quote! { NotEqual },
        Comparator::Less => quote! { Less },
        Comparator::LessOrEqual => quote! { LessOrEqual },
        Comparator::Greater => quote! { Greater },
        Comparator::GreaterOrEqual => quote! { GreaterOrEqual },
    }
}

fn expected(expected: &Expected) -> TokenStream {
    let expected = match expected {
        Expected::String(text) => quote! { String(#text) },
        Expected::Boolean(boolean) => quote! { Boolean(#boolean) },
        Expected::AllStrings(text) => quote! { AllStrings(#text) },
        Expected::AnyString(text) => quote! { AnyString(#text) },
    };
    quote! { ::smithy_reqwest::waiter::Expected::#expected }
}

fn path(path: &Path) -> TokenStream {
    let part = self::path;
    let path = match path {
        Path::Current => quote! { Current },
        Path::Fields(names) => quote! { Fields(&[#(#names),*]) },
        Path::Index(index) => {
            let index = Literal::i64_unsuffixed(*index);
            quote! { Index(#index) }
        }
        Path::Literal(literal) => {
            let literal = constant(literal);
            quote! { Literal(#literal) }
        }
        Path::Compare(left, comparator, right) => {
            let (left, right) = (part(left), part(right));
            let comparator = self::comparator(*comparator);
            quote! { Compare(&#left, ::smithy_reqwest::waiter::Comparator::#comparator, &#right) }
        }
        Path::List(paths) => {
            let paths = paths.iter().map(part);
            quote! { List(&[#(#paths),*]) }
        }
        Path::Pipe(a, b) => two("Pipe", a, b),
        Path::Each(a, b) => two("Each", a, b),
        Path::Values(a, b) => two("Values", a, b),
        Path::Filter(a, b) => two("Filter", a, b),
        Path::And(a, b) => two("And", a, b),
        Path::Or(a, b) => two("Or", a, b),
        Path::Contains(a, b) => two("Contains", a, b),
        Path::Flatten(a) => one("Flatten", a),
        Path::Not(a) => one("Not", a),
        Path::Length(a) => one("Length", a),
        Path::Keys(a) => one("Keys", a),
    };
    quote! { ::smithy_reqwest::waiter::Path::#path }
}

fn one(variant: &str, a: &Path) -> TokenStream {
    let (variant, a) = (format_ident!("{variant}"), path(a));
    quote! { #variant(&#a) }
}

fn two(variant: &str, a: &Path, b: &Path) -> TokenStream {
    let (variant, a, b) = (format_ident!("{variant}"), path(a), path(b));
    quote! { #variant(&#a, &#b) }
}

fn constant(literal: &waiter::Literal) -> TokenStream {
    let literal = match literal {
        waiter::Literal::Null => quote! { Null },
        waiter::Literal::Boolean(boolean) => quote! { Boolean(#boolean) },
        waiter::Literal::Number(number) => {
            let number = Literal::f64_unsuffixed(*number);
            quote! { Number(#number) }
        }
        waiter::Literal::String(text) => quote! { String(#text) },
    };
    quote! { ::smithy_reqwest::waiter::Literal::#literal }
}
