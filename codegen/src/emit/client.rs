//! The client: what is the same for every operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use crate::format::Source;
use crate::ir::endpoint::Giver;
use crate::ir::{Pagination, Service};

pub(super) fn client(service: &Service) -> Source {
    let Service {
        title,
        sdk_id,
        signing_name,
        ..
    } = service;
    let headers = service
        .headers
        .iter()
        .map(|(name, value)| quote! { (#name, #value) });
    let requires_credentials = service.requires_credentials();
    let parameters = service.endpoint.parameters.iter().filter_map(|parameter| {
        let name = &parameter.name;
        Some(match parameter.giver? {
            Giver::Client => quote! { EndpointParameter::of_client(#name) },
            Giver::Call => quote! { EndpointParameter::of_call(#name) },
        })
    });
    // Without operations there is nothing to call.
    let has_operations = !service.operations.is_empty();
    let methods = if has_operations {
        " Every operation has a method, which takes what the operation requires and returns a \
         [`Call`] with setters for the rest."
    } else {
        ""
    };
    let client_docs = docs(
        &format!(
            "A client of {title}.\n\nIt is cheap to clone: clones share one connection pool.{methods}"
        ),
        0,
    );
    Source::new(format!("The client of {title}."))
        .item(quote! {
            pub(crate) static SERVICE: Service = Service {
                sdk_id: #sdk_id,
                signing_name: #signing_name,
                product: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
                requires_credentials: #requires_credentials,
                headers: &[#(#headers),*],
                endpoint_parameters: &[#(#parameters),*],
                resolve_endpoint: endpoint::from_settings,
            };
        })
        .item(quote! {
            #client_docs
            #[derive(Debug, Clone)]
            pub struct Client {
                inner: smithy_reqwest::Client,
            }
        })
        .item(quote! {
            /// The settings of a [`Client`].
            pub type ClientBuilder = smithy_reqwest::ClientBuilder<Client>;
        })
        .item(client_methods())
        .item(quote! {
            impl From<smithy_reqwest::Client> for Client {
                fn from(inner: smithy_reqwest::Client) -> Self {
                    Self { inner }
                }
            }
        })
        .item(quote! {
            impl GeneratedClient for Client {
                const SERVICE: &'static Service = &SERVICE;
                type Error = ServiceError;
            }
        })
        .items(has_operations.then(call))
        .items(has_operations.then(call_methods))
        .items(page_methods(service))
        .items(wait_method(service))
        .import_if_used("endpoint", "super::endpoint")
        .import_if_used("Items", "smithy_reqwest::pagination::Items")
        .import_if_used("Pages", "smithy_reqwest::pagination::Pages")
        .import_if_used("Waiter", "smithy_reqwest::waiter::Waiter")
        .import_if_used("WaitError", "super::error::WaitError")
        .import_if_used("Error", "super::error::Error")
        .import_if_used("ServiceError", "super::error::ServiceError")
}

fn client_methods() -> TokenStream {
    quote! {
        impl Client {
            /// A client with the settings of the environment and of the profile: see
            /// [`ClientBuilder::build_from_env`] for all of them.
            ///
            /// # Errors
            ///
            /// A region or credentials that are missing, and settings that contradict each other.
            pub async fn from_env() -> Result<Self, Error> {
                Self::builder().build_from_env().await
            }

            /// A client with settings of your own.
            #[must_use]
            pub fn builder() -> ClientBuilder {
                ClientBuilder::default()
            }

            /// Makes the call of a request.
            ///
            /// # Errors
            ///
            /// See [`Error`]: every operation lists its modelled errors.
            pub async fn send<R>(&self, request: R) -> Result<R::Response, Error>
            where
                R: Request<Error = ServiceError>,
            {
                self.inner.send(request).await
            }
        }
    }
}

fn call() -> TokenStream {
    quote! {
        /// A call that is set up and not yet made: [`send`](Self::send) makes it.
        #[derive(Debug, Clone)]
        #[must_use = "a call is made by `send`"]
        pub struct Call<R> {
            client: Client,
            pub(super) request: R,
        }
    }
}

fn call_methods() -> TokenStream {
    quote! {
        impl<R: Request<Error = ServiceError>> Call<R> {
            pub(super) fn new(client: &Client, request: R) -> Self {
                Self { client: client.clone(), request }
            }

            /// The request as it is set up so far.
            pub fn request(&self) -> &R {
                &self.request
            }

            /// Makes the call.
            ///
            /// # Errors
            ///
            /// See [`Error`]: every operation lists its modelled errors.
            pub async fn send(self) -> Result<R::Response, Error> {
                self.client.send(self.request).await
            }
        }
    }
}

/// The methods of calls with pages; nothing where no operation has any.
fn page_methods(service: &Service) -> Vec<TokenStream> {
    let paginations = service
        .operations
        .iter()
        .filter_map(|it| it.pagination.as_ref());
    let paginations: Vec<&Pagination> = paginations.collect();
    let has_items = paginations
        .iter()
        .any(|pagination| pagination.items.is_some());
    let pages = (!paginations.is_empty()).then(|| {
        quote! {
            impl<R: Paginated<Error = ServiceError>> Call<R> {
                /// All pages from the one that is set, or else from the first. Each is read when it
                /// is asked for.
                pub fn pages(self) -> Pages<R> {
                    Pages::new(&self.client.inner, self.request)
                }
            }
        }
    });
    let items = has_items.then(|| {
        quote! {
            impl<R: PaginatedItems<Error = ServiceError>> Call<R> {
                /// The items of all pages from the one that is set, or else from the first.
                pub fn items(self) -> Items<R> {
                    Items::new(&self.client.inner, self.request)
                }
            }
        }
    });
    pages.into_iter().chain(items).collect()
}

/// How calls are made until a resource is in a state; nothing where no operation has a waiter.
fn wait_method(service: &Service) -> Option<TokenStream> {
    let has_waiters = service.operations.iter().any(|it| !it.waiters.is_empty());
    has_waiters.then(|| {
        quote! {
            impl<R> Call<R>
            where
                R: Request<Error = ServiceError> + Clone + Serialize,
                R::Response: Serialize,
            {
                pub(super) async fn wait(
                    self,
                    waiter: &'static Waiter,
                    max_wait: Duration,
                ) -> Result<Option<R::Response>, WaitError> {
                    let client = &self.client.inner;
                    waiter.wait(client, self.request, max_wait).await
                }
            }
        }
    })
}
