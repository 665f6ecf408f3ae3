//! The client and its request builders, which differ between generated crates only in names.

/// Defines the client of a service from the title of the service, its
/// [`Service`](crate::operation::Service) and its error types. The parent module must contain the
/// error types as `Error` and `ServiceError`.
#[macro_export]
macro_rules! service_client {
    ($title:literal, $service:ident, $error:ident, $service_error:ident) => {
        #[doc = ::core::concat!("A client for ", $title, ".")]
        ///
        /// A client is cheap to clone, and clones share one connection pool. Every operation has a
        /// method that takes the required fields and returns a [`Call`] with setters for the
        /// others.
        #[derive(Debug, Clone)]
        pub struct Client {
            inner: $crate::Client,
        }

        /// The settings of a [`Client`].
        ///
        /// `build` creates the client from these settings. `build_from_env` takes settings that are
        /// not set in code from environment variables, or else from the profile.
        ///
        /// | method | setting | default |
        /// |---|---|---|
        /// | `region` | the AWS region | with `build_from_env`: `AWS_REGION`, the profile, the instance |
        /// | `profile` | the profile to read; it is then the only source of credentials | `AWS_PROFILE`, or `default` |
        /// | `credentials` | credentials, or a provider of them | with `build_from_env`: as the AWS CLI finds them |
        /// | `credentials_timeout` | the timeout for getting credentials | 60 s |
        /// | `mfa_code` | a function that asks for the code of an MFA device | none |
        /// | `bearer_token` | the token of operations that require one | none |
        /// | `endpoint_url` | a URL to call instead of the endpoint of the region | none |
        /// | `endpoint_parameter` | a parameter of the endpoint rules | none |
        /// | `use_fips`, `use_dual_stack` | FIPS endpoints, and endpoints with IPv6 | off |
        /// | `disable_host_prefix` | no operation-specific host names | only for loopback hosts |
        /// | `max_attempts` | the number of attempts, including the first | 3 |
        /// | `max_backoff` | the longest delay between attempts | 20 s |
        /// | `retry_quota` | a quota that several clients share | one per client |
        /// | `connect_timeout` | the timeout for connecting, including TLS | 3.1 s |
        /// | `read_timeout` | the timeout for a connection without data | 60 s |
        /// | `attempt_timeout` | the timeout of an attempt | none |
        /// | `call_timeout` | the timeout of a call with all attempts and delays | none |
        /// | `max_response_size`, `max_decoded_size` | the longest response, and the memory for its values | 64 MiB, 256 MiB |
        /// | `disable_request_compression`, `request_min_compression_size` | request compression | from 10,240 bytes |
        /// | `ca_bundle` | a PEM file with certificate authorities | those of the platform |
        /// | `http_client` | an HTTP client to use instead of the built-in one | built in |
        /// | `transport` | a function that returns responses, for tests | none |
        /// | `app_id` | the name of the application in the user agent | none |
        /// | `environment` | the variables that `build_from_env` reads | those of the process |
        /// | `time_source`, `token_source`, `random_source` | the clock, tokens and randomness, for tests | those of the system |
        pub type ClientBuilder = $crate::ClientBuilder<Client>;

        impl Client {
            /// Creates a client with settings from environment variables and the profile: see
            /// [`ClientBuilder`] for all of them.
            ///
            /// # Errors
            ///
            /// No region, no credentials, or invalid settings.
            pub async fn from_env() -> ::core::result::Result<Self, $error> {
                Self::builder().build_from_env().await
            }

            /// Returns a builder for a client.
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

            /// Returns the request.
            pub fn request(&self) -> &R {
                &self.request
            }

            /// Changes the request with a function, for example to set a field from an `Option`:
            /// `.with(|request| request.client_token = token)`.
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
            /// Streams pages lazily, starting at the pagination token if it is set.
            pub fn pages(self) -> $crate::pagination::Pages<R> {
                $crate::pagination::Pages::new(&self.client.inner, self.request)
            }
        }

        impl<R> Call<R>
        where
            R: $crate::pagination::PaginatedItems<Error = $service_error>,
        {
            /// Streams the items of all pages lazily, starting at the pagination token if it is
            /// set.
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

/// Declares modules that contain one type each, and re-exports the types.
#[macro_export]
macro_rules! modules {
    ($($module:ident: $($name:ident),+;)*) => {
        $(
            mod $module;
            pub use $module::{$($name),+};
        )*
    };
}
