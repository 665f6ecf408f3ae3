//! The signatures of a client: each request is signed for its own time, endpoint and credentials,
//! whatever the client signed before it.

use std::convert::Infallible;
use std::future::ready;
use std::sync::{Arc, Mutex};

use http::header::AUTHORIZATION;
use http::request::Parts;
use smithy_reqwest::endpoint::{
    AuthScheme, Endpoint, EndpointError, EndpointParameter, EndpointParameters, EndpointSettings,
};
use smithy_reqwest::operation::{Operation, Request, Service};
use smithy_reqwest::protocol::RestJson1;
use smithy_reqwest::sigv4::{Payload, Signing};
use smithy_reqwest::{
    Body, Bytes, Client, ClientBuilder, Credentials, CredentialsFuture, GeneratedClient,
    InvalidRequest, ProvideCredentials, service_errors, structure,
};

use super::official::sign_with_aws_sigv4;
use super::time;

/// A request that decides what it is signed for.
#[derive(Clone, PartialEq)]
struct SignRequest {
    path: String,
    region: String,
    service: String,
    signs_path_as_sent: bool,
}

structure!(SignRequest {
    path: "path"[label],
    region: "region",
    service: "service",
    signs_path_as_sent: "signsPathAsSent",
});

#[derive(Clone, PartialEq)]
struct SignResponse {}

structure!(SignResponse: Default {});

#[derive(Debug)]
enum SignError {}

service_errors!(SignError {});

impl Request for SignRequest {
    type Response = SignResponse;
    type Error = SignError;

    const OPERATION: &'static Operation = &Operation::new("Sign", "POST", "/{path+}");

    fn endpoint_parameters(
        &self,
        parameters: &mut EndpointParameters,
    ) -> Result<(), InvalidRequest> {
        parameters.set("SigningRegion", &*self.region);
        parameters.set("SigningService", &*self.service);
        parameters.set("SignsPathAsSent", self.signs_path_as_sent);
        Ok(())
    }
}

fn resolve_endpoint(settings: &EndpointSettings) -> Result<Endpoint, EndpointError> {
    let parameters = &settings.parameters;
    let text = |name| parameters.string(name).map(Option::unwrap_or_default);
    let signs_path_as_sent = parameters.boolean("SignsPathAsSent")? == Some(true);
    let scheme = AuthScheme::new("sigv4")
        .signing_region(text("SigningRegion")?)
        .signing_name(text("SigningService")?)
        .disable_double_encoding(signs_path_as_sent)
        .disable_normalize_path(signs_path_as_sent);
    Ok(Endpoint::new("https://example.com/base//path").auth_scheme(scheme))
}

static SERVICE: Service = Service {
    sdk_id: "Sign",
    signing_name: "sign",
    protocol: &RestJson1,
    product: "sign/0.0.0",
    requires_credentials: true,
    headers: &[],
    endpoint_parameters: &[
        EndpointParameter::of_call("SigningRegion"),
        EndpointParameter::of_call("SigningService"),
        EndpointParameter::of_call("SignsPathAsSent"),
    ],
    resolve_endpoint,
};

struct SignClient(Client);

impl From<Client> for SignClient {
    fn from(client: Client) -> Self {
        Self(client)
    }
}

impl GeneratedClient for SignClient {
    const SERVICE: &'static Service = &SERVICE;
    type Error = SignError;
}

/// All that a signature depends on besides the request.
#[derive(Debug, Clone, Copy)]
struct Origin {
    time: &'static str,
    region: &'static str,
    service: &'static str,
    secret_key: &'static str,
}

const ORIGIN: Origin = Origin {
    time: "2026-11-22T23:59:59Z",
    region: "us-east-1",
    service: "appflow",
    secret_key: "first",
};

/// The origin of the next signature, which its clock and its credentials give.
#[derive(Debug, Clone)]
struct Next(Arc<Mutex<Origin>>);

impl Next {
    fn get(&self) -> Origin {
        *self.0.lock().unwrap()
    }
}

impl ProvideCredentials for Next {
    fn provide_credentials(&self) -> CredentialsFuture<'_> {
        let credentials = Credentials::new("AKIDEXAMPLE", self.get().secret_key, None);
        Box::pin(ready(Ok(credentials)))
    }
}

/// Heads and bodies of requests.
type Sent = Arc<Mutex<Vec<(Parts, Bytes)>>>;

/// A client, and the requests that it sends.
struct Signer {
    client: SignClient,
    next: Next,
    sent: Sent,
}

impl Signer {
    fn new() -> Self {
        let next = Next(Arc::new(Mutex::new(ORIGIN)));
        let sent = Sent::default();
        let (clock, recorder) = (next.clone(), Arc::clone(&sent));
        let transport = move |request: http::Request<Body>| {
            let (head, body) = request.into_parts();
            let body = body.bytes().unwrap().clone();
            recorder.lock().unwrap().push((head, body));
            ready(Ok::<_, Infallible>(http::Response::new("{}")))
        };
        let client = ClientBuilder::default()
            .region("us-east-1")
            .credentials(next.clone())
            .time_source(move || time(clock.get().time).into())
            .transport(transport)
            .build();
        Self {
            client: client.unwrap_or_else(|error| panic!("{error}")),
            next,
            sent,
        }
    }

    /// Sends a request, and holds its signature to that of the `aws-sigv4` crate.
    async fn check(&self, origin: Origin, path: &str, signs_path_as_sent: bool) {
        *self.next.0.lock().unwrap() = origin;
        let request = SignRequest {
            path: path.to_owned(),
            region: origin.region.to_owned(),
            service: origin.service.to_owned(),
            signs_path_as_sent,
        };
        self.client.0.send(request).await.unwrap();
        let (head, body) = self.sent.lock().unwrap().pop().unwrap();
        let signed = head.headers[AUTHORIZATION].clone();

        let mut request = http::Request::from_parts(head, ());
        for name in ADDED {
            request.headers_mut().remove(name);
        }
        let credentials = Credentials::new("AKIDEXAMPLE", origin.secret_key, None);
        let signing = Signing {
            normalize_path: !signs_path_as_sent,
            double_encode_path: !signs_path_as_sent,
            ..Signing::new(
                &credentials,
                origin.region,
                origin.service,
                time(origin.time),
            )
        };
        let expected = sign_with_aws_sigv4(&signing, &request, Payload::Bytes(&body));
        assert_eq!(signed, expected[AUTHORIZATION], "{path} {origin:?}");
    }
}

/// Headers that are no part of what is signed, or that the `aws-sigv4` crate adds by itself.
const ADDED: [&str; 6] = [
    "amz-sdk-invocation-id", "amz-sdk-request", "authorization", "content-length", "x-amz-date",
    "x-amz-user-agent",
];

/// Signed with the key of another day, region, service or secret, every call is refused: after
/// midnight UTC, after the credentials were rotated, or in a client that calls several regions.
#[tokio::test]
async fn a_signature_is_of_the_day_the_region_the_service_and_the_secret_of_its_own_call() {
    let signer = Signer::new();
    for changed in [
        Origin {
            time: "2026-11-23T00:00:00Z",
            ..ORIGIN
        },
        Origin {
            region: "eu-west-1",
            ..ORIGIN
        },
        Origin {
            service: "appflow-fips",
            ..ORIGIN
        },
        Origin {
            secret_key: "second",
            ..ORIGIN
        },
    ] {
        for origin in [ORIGIN, changed, changed] {
            signer.check(origin, "a", false).await;
        }
    }
}

/// Services as Amazon S3 refuse a path that is signed in another form.
#[tokio::test]
async fn a_path_is_signed_in_the_form_that_the_endpoint_asks_for() {
    let signer = Signer::new();
    for path in ["a", "a b", "50%"] {
        for signs_path_as_sent in [false, true] {
            signer.check(ORIGIN, path, signs_path_as_sent).await;
        }
    }
}
