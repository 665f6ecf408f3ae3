//! The client and its request builders, which are the same in every generated crate but for names.

/// Defines the client of a service, given the title of the service and its declaration: a
/// [`Service`](crate::operation::Service), and the types of its errors. The module above has the latter
/// as `Error` and `ServiceError`.
#[macro_export]
macro_rules! service_client {
    ($title:literal, $service:ident, $error:ident, $service_error:ident) => {
        #[doc = ::core::concat!("A client for ", $title, ".")]
        ///
        /// It is cheap to clone: clones share one connection pool. Every operation has a method, which
        /// takes the required fields and returns a [`Call`] with setters for the others.
        #[derive(Debug, Clone)]
        pub struct Client {
            inner: $crate::Client,
        }

        /// The settings of a [`Client`].
        pub type ClientBuilder = $crate::ClientBuilder<Client>;

        impl Client {
            /// Creates a client with the settings of the environment and of the profile: see
            /// [`ClientBuilder::build_from_env`] for all of them.
            ///
            /// # Errors
            ///
            /// No region, no credentials, or settings that contradict each other.
            pub async fn from_env() -> ::core::result::Result<Self, $error> {
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
            /// See [`Error`](super::Error): every operation lists its modeled errors.
            pub async fn send<R>(&self, request: R) -> ::core::result::Result<R::Response, $error>
            where
                R: $crate::operation::Request<Error = $service_error>,
            {
                self.inner.send(request).await
            }

            /// Sends a request. Returns the response with its metadata: request id, status, headers
            /// and the number of attempts.
            ///
            /// # Errors
            ///
            /// See [`Error`](super::Error): every operation lists its modeled errors.
            pub async fn send_with_metadata<R>(
                &self,
                request: R,
            ) -> ::core::result::Result<(R::Response, $crate::ResponseMetadata), $error>
            where
                R: $crate::operation::Request<Error = $service_error>,
            {
                self.inner.send_with_metadata(request).await
            }
        }

        impl ::core::convert::From<$crate::Client> for Client {
            fn from(inner: $crate::Client) -> Self {
                Self { inner }
            }
        }

        impl $crate::GeneratedClient for Client {
            const SERVICE: &'static $crate::operation::Service = &$service;
            type Error = $service_error;
        }

        /// A request builder. [`send`](Self::send), or `.await`, sends the request.
        #[derive(Debug, Clone)]
        #[must_use = "a request is sent by `send` or `.await`"]
        pub struct Call<R> {
            client: Client,
            pub(super) request: R,
        }

        impl<R> Call<R>
        where
            R: $crate::operation::Request<Error = $service_error>,
        {
            #[allow(dead_code)]
            pub(super) fn new(client: &Client, request: R) -> Self {
                Self {
                    client: client.clone(),
                    request,
                }
            }

            /// Returns the request as it is set so far.
            pub fn request(&self) -> &R {
                &self.request
            }

            /// Sets fields of the request within the chain, such as those of which one holds an
            /// `Option`: `.with(|request| request.client_token = token)`.
            pub fn with(mut self, set: impl FnOnce(&mut R)) -> Self {
                set(&mut self.request);
                self
            }

            /// Sends the request.
            ///
            /// # Errors
            ///
            /// See [`Error`](super::Error): every operation lists its modeled errors.
            pub async fn send(self) -> ::core::result::Result<R::Response, $error> {
                self.client.send(self.request).await
            }

            /// Sends the request. Returns the response with its metadata: request id, status,
            /// headers and the number of attempts.
            ///
            /// # Errors
            ///
            /// See [`Error`](super::Error): every operation lists its modeled errors.
            pub async fn send_with_metadata(
                self,
            ) -> ::core::result::Result<(R::Response, $crate::ResponseMetadata), $error> {
                self.client.send_with_metadata(self.request).await
            }
        }

        impl<R> ::core::future::IntoFuture for Call<R>
        where
            R: $crate::operation::Request<Error = $service_error>,
        {
            type Output = ::core::result::Result<R::Response, $error>;
            type IntoFuture = ::core::pin::Pin<
                ::std::boxed::Box<
                    dyn ::core::future::Future<Output = Self::Output> + ::core::marker::Send,
                >,
            >;

            fn into_future(self) -> Self::IntoFuture {
                ::std::boxed::Box::pin(self.send())
            }
        }

        impl<R> Call<R>
        where
            R: $crate::pagination::Paginated<Error = $service_error>,
        {
            /// Streams pages lazily, starting at the token that is set, if one is.
            pub fn pages(self) -> $crate::pagination::Pages<R> {
                $crate::pagination::Pages::new(&self.client.inner, self.request)
            }
        }

        impl<R> Call<R>
        where
            R: $crate::pagination::PaginatedItems<Error = $service_error>,
        {
            /// Streams the items of all pages lazily, starting at the token that is set, if one is.
            pub fn items(self) -> $crate::pagination::Items<R> {
                $crate::pagination::Items::new(&self.client.inner, self.request)
            }
        }

        #[allow(dead_code)]
        impl<R> Call<R>
        where
            R: $crate::operation::Request<Error = $service_error> + ::core::clone::Clone,
        {
            pub(super) async fn wait(
                self,
                waiter: &'static $crate::waiter::Waiter,
                max_wait: ::core::time::Duration,
            ) -> ::core::result::Result<
                ::core::option::Option<R::Response>,
                $crate::waiter::WaitError<$service_error>,
            > {
                let client = &self.client.inner;
                waiter.wait(client, self.request, max_wait).await
            }

            pub(super) async fn wait_for_output(
                self,
                waiter: &'static $crate::waiter::Waiter,
                max_wait: ::core::time::Duration,
            ) -> ::core::result::Result<R::Response, $crate::waiter::WaitError<$service_error>>
            {
                let client = &self.client.inner;
                waiter.wait_for_output(client, self.request, max_wait).await
            }
        }
    };
}

/// Declares modules of one type each, and exports the types.
#[macro_export]
macro_rules! modules {
    ($($module:ident: $($name:ident),+;)*) => {
        $(
            mod $module;
            pub use $module::{$($name),+};
        )*
    };
}
