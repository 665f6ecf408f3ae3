//! The client: what is the same for every operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::protocol::protocol;
use crate::format::Source;
use crate::ir::Service;
use crate::ir::endpoint::Giver;

pub(super) fn client(service: &Service) -> Source {
    // Without operations there is nothing to call.
    let has_operations = !service.operations.is_empty();
    let methods = if has_operations {
        " Every operation has a method, which takes the required fields and returns a [`Call`] with \
         setters for the others."
    } else {
        ""
    };
    let title = &service.title;
    let client_docs = docs(
        &format!(
            "A client for {title}.\n\nIt is cheap to clone: clones share one connection pool.{methods}"
        ),
        0,
    );
    Source::new(format!("The client for {title}."))
        .item(declaration(service))
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
            impl ::smithy_reqwest::GeneratedClient for Client {
                const SERVICE: &'static ::smithy_reqwest::operation::Service = &SERVICE;
                type Error = crate::ServiceError;
            }
        })
        .items(has_operations.then(call))
        .items(has_operations.then(call_methods))
        .items(has_operations.then(into_future))
        .items(page_methods(service))
        .items(wait_method(service))
}

/// The declaration of the service.
fn declaration(service: &Service) -> TokenStream {
    let Service {
        sdk_id,
        signing_name,
        ..
    } = service;
    let headers = service
        .headers
        .iter()
        .map(|(name, value)| quote! { (#name, #value) });
    let protocol = protocol(&service.protocol);
    let requires_credentials = service.requires_credentials();
    let parameters = service.endpoint.parameters.iter().filter_map(|parameter| {
        let name = &parameter.name;
        Some(match parameter.giver? {
            Giver::Client => {
                quote! { ::smithy_reqwest::endpoint::EndpointParameter::of_client(#name) }
            }
            Giver::Call => {
                quote! { ::smithy_reqwest::endpoint::EndpointParameter::of_call(#name) }
            }
        })
    });
    quote! {
        static SERVICE: ::smithy_reqwest::operation::Service = ::smithy_reqwest::operation::Service {
            sdk_id: #sdk_id,
            signing_name: #signing_name,
            protocol: &#protocol,
            product: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
            requires_credentials: #requires_credentials,
            headers: &[#(#headers),*],
            endpoint_parameters: &[#(#parameters),*],
            resolve_endpoint: crate::endpoint::from_settings,
        };
    }
}

fn client_methods() -> TokenStream {
    quote! {
        impl Client {
            /// Creates a client with the settings of the environment and of the profile: see
            /// [`ClientBuilder::build_from_env`] for all of them.
            ///
            /// # Errors
            ///
            /// No region, no credentials, or settings that contradict each other.
            pub async fn from_env() -> Result<Self, crate::Error> {
                Self::builder().build_from_env().await
            }

            /// Returns a builder for a client, without any settings.
            pub fn builder() -> ClientBuilder {
                ClientBuilder::default()
            }

            /// Sends a request.
            ///
            /// # Errors
            ///
            /// See [`Error`]: every operation lists its modeled errors.
            pub async fn send<R>(&self, request: R) -> Result<R::Response, crate::Error>
            where
                R: ::smithy_reqwest::operation::Request<Error = crate::ServiceError>,
            {
                self.inner.send(request).await
            }
        }
    }
}

fn call() -> TokenStream {
    quote! {
        /// A request builder. [`send`](Self::send), or `.await`, sends the request.
        #[derive(Debug, Clone)]
        #[must_use = "a request is sent by `send` or `.await`"]
        pub struct Call<R> {
            client: Client,
            pub(super) request: R,
        }
    }
}

fn call_methods() -> TokenStream {
    quote! {
        impl<R> Call<R>
        where
            R: ::smithy_reqwest::operation::Request<Error = crate::ServiceError>,
        {
            pub(super) fn new(client: &Client, request: R) -> Self {
                Self { client: client.clone(), request }
            }

            /// Returns the request as it is set so far.
            pub fn request(&self) -> &R {
                &self.request
            }

            /// Sends the request.
            ///
            /// # Errors
            ///
            /// See [`Error`]: every operation lists its modeled errors.
            pub async fn send(self) -> Result<R::Response, crate::Error> {
                self.client.send(self.request).await
            }
        }
    }
}

fn into_future() -> TokenStream {
    quote! {
        impl<R> IntoFuture for Call<R>
        where
            R: ::smithy_reqwest::operation::Request<Error = crate::ServiceError>,
        {
            type Output = Result<R::Response, crate::Error>;
            type IntoFuture = ::std::pin::Pin<Box<dyn Future<Output = Self::Output> + Send>>;

            fn into_future(self) -> Self::IntoFuture {
                Box::pin(self.send())
            }
        }
    }
}

/// The methods for operations whose responses come in pages; nothing where there are none.
fn page_methods(service: &Service) -> Vec<TokenStream> {
    let paginations = service
        .operations
        .iter()
        .filter_map(|it| it.pagination.as_ref());
    let (mut has_pages, mut has_items) = (false, false);
    for pagination in paginations {
        has_pages = true;
        has_items |= pagination.items.is_some();
    }
    let pages = has_pages.then(|| {
        quote! {
            impl<R> Call<R>
            where
                R: ::smithy_reqwest::pagination::Paginated<Error = crate::ServiceError>,
            {
                /// Streams pages lazily, starting at the token that is set, if one is.
                pub fn pages(self) -> ::smithy_reqwest::pagination::Pages<R> {
                    ::smithy_reqwest::pagination::Pages::new(&self.client.inner, self.request)
                }
            }
        }
    });
    let items = has_items.then(|| {
        quote! {
            impl<R> Call<R>
            where
                R: ::smithy_reqwest::pagination::PaginatedItems<Error = crate::ServiceError>,
            {
                /// Streams the items of all pages lazily, starting at the token that is set, if one
                /// is.
                pub fn items(self) -> ::smithy_reqwest::pagination::Items<R> {
                    ::smithy_reqwest::pagination::Items::new(&self.client.inner, self.request)
                }
            }
        }
    });
    pages.into_iter().chain(items).collect()
}

/// The method behind all waiters; nothing where no operation has one.
fn wait_method(service: &Service) -> Option<TokenStream> {
    let has_waiters = service.operations.iter().any(|it| !it.waiters.is_empty());
    has_waiters.then(|| {
        quote! {
            impl<R> Call<R>
            where
                R: ::smithy_reqwest::operation::Request<Error = crate::ServiceError> + Clone,
            {
                pub(super) async fn wait(
                    self,
                    waiter: &'static ::smithy_reqwest::waiter::Waiter,
                    max_wait: ::std::time::Duration,
                ) -> Result<Option<R::Response>, crate::WaitError> {
                    let client = &self.client.inner;
                    waiter.wait(client, self.request, max_wait).await
                }
            }
        }
    })
}
