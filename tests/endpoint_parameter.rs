//! Endpoint parameters, from each of the places that give them.
//!
//! The order of these, and what a path leads to, is that of the Smithy reference, page "Rules
//! engine parameters".

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use crate::fixture::custom_endpoint_client;
use crate::fixture::endpoint_parameter_client;
use endpoint_parameter_client::Client;
use endpoint_parameter_client::types::{Color, Nested, Owner, Union};
use smithy_reqwest::{Body, ClientBuilder, Credentials, ErrorKind, GeneratedClient, http};

type Sent = Arc<Mutex<Vec<http::request::Parts>>>;

/// The settings of a client, and what it sends.
fn builder<C: GeneratedClient>() -> (ClientBuilder<C>, Sent) {
    let sent = Sent::default();
    let recorder = Arc::clone(&sent);
    let transport = move |request: http::Request<Body>| {
        recorder.lock().unwrap().push(request.into_parts().0);
        std::future::ready(Ok::<_, Infallible>(http::Response::new(Body::from("{}"))))
    };
    let builder = ClientBuilder::<C>::default()
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .transport(transport);
    (builder, sent)
}

fn client() -> (Client, Sent) {
    let (builder, sent) = builder();
    (builder.build().unwrap(), sent)
}

fn only(sent: &Sent) -> http::request::Parts {
    let mut sent = sent.lock().unwrap();
    assert_eq!(sent.len(), 1);
    sent.remove(0)
}

fn host(sent: &Sent) -> String {
    only(sent).uri.host().unwrap().to_owned()
}

fn owner(id: &str) -> Owner {
    Owner::default().id(id)
}

#[tokio::test]
async fn a_member_decides_where_a_request_goes_and_how_it_is_signed() {
    let (client, sent) = client();
    client.get_account("ann").send().await.unwrap();
    let sent = only(&sent);
    assert_eq!(sent.uri, "https://ann.prod.example.com/base/account/ann");
    assert_eq!(sent.headers["host"], "ann.prod.example.com");
    let stages: Vec<_> = sent.headers.get_all("x-stage").iter().collect();
    assert_eq!(stages, ["prod", "second"]);
    let authorization = sent.headers["authorization"].to_str().unwrap();
    assert!(
        authorization.contains("/eu-west-1/prod/aws4_request"),
        "{authorization}"
    );
    assert!(authorization.contains("x-stage"), "{authorization}");
}

#[tokio::test]
async fn clones_and_calls_do_not_mix_their_parameters() {
    let (client, sent) = client();
    for account in ["ann", "ben"] {
        client.get_account(account).send().await.unwrap();
        let host = format!("{account}.prod.example.com");
        assert_eq!(only(&sent).headers["host"], host);
    }
}

#[tokio::test]
async fn what_an_operation_gives_wins_over_what_a_client_gives() {
    let (builder, sent) = builder::<Client>();
    let builder = builder.endpoint_parameter("Account", "client");
    let client = builder.endpoint_parameter("Stage", "beta").build().unwrap();
    client.get_account("ann").send().await.unwrap();
    assert_eq!(host(&sent), "ann.beta.example.com");
    client.find_account("member").send().await.unwrap();
    assert_eq!(host(&sent), "client.member.example.com");
    client
        .use_constants()
        .account("member")
        .send()
        .await
        .unwrap();
    assert_eq!(host(&sent), "constant.static.example.com");
}

#[tokio::test]
async fn a_boolean_and_a_list_are_given_too() {
    let (client, sent) = client();
    let call = client.find_account("name").account("ann");
    call.clone().fast(true).send().await.unwrap();
    assert_eq!(host(&sent), "fast.ann.example.com");
    call.fast(false).send().await.unwrap();
    assert_eq!(host(&sent), "ann.name.example.com");
    client.use_names().send().await.unwrap();
    assert_eq!(host(&sent), "a.c.example.com");
}

#[tokio::test]
async fn an_operation_can_stand_in_for_a_setting() {
    let (client, sent) = client();
    let error = client.use_fips().send().await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Configuration));
    assert_eq!(error.operation(), Some("UseFips"));
    assert!(
        error.to_string().contains("There is no FIPS endpoint"),
        "{error}"
    );
    assert!(sent.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_required_member_that_is_blank_is_refused() {
    let (client, sent) = client();
    for blank in ["", " ", "\t\n"] {
        let error = client.find_account(blank).account("ann").send().await;
        let error = error.unwrap_err();
        assert!(error.to_string().contains("`name` is blank"), "{error}");
    }
    assert!(sent.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_path_leads_through_members() {
    let (client, sent) = client();
    client
        .follow_members()
        .nested(Nested::default().owner(owner("ann")).fast(false))
        .color(Color::Red)
        .send()
        .await
        .unwrap();
    assert_eq!(host(&sent), "ann.red.example.com");
}

#[tokio::test]
async fn a_path_that_leads_to_nothing_gives_nothing() {
    let (client, _) = client();
    let error = client.follow_members().send().await.unwrap_err();
    assert!(error.to_string().contains("Nothing says where"), "{error}");
    let error = client.follow_list().send().await.unwrap_err();
    assert!(error.to_string().contains("Nothing says where"), "{error}");
}

#[tokio::test]
async fn a_path_leads_to_all_of_a_list_a_map_or_a_union() {
    let (client, sent) = client();

    let owners = [owner("a"), Owner::default(), owner("b")];
    let nested = Nested::default().owners(owners);
    client.follow_list().nested(nested).send().await.unwrap();
    assert_eq!(host(&sent), "a.b.example.com");

    client
        .follow_colors()
        .colors(vec![None, Some(Color::Red), Some("blue".into()), None])
        .send()
        .await
        .unwrap();
    assert_eq!(host(&sent), "red.blue.example.com");

    client
        .follow_lists()
        .lists(vec![vec!["a", "b"], vec![], vec!["c"]])
        .send()
        .await
        .unwrap();
    assert_eq!(host(&sent), "a.c.example.com");

    let tags = [
        ("k".to_owned(), "v".to_owned()),
        ("l".to_owned(), "w".to_owned()),
    ];
    client
        .follow_keys()
        .tags(tags.clone())
        .send()
        .await
        .unwrap();
    assert_eq!(host(&sent), "k.l.example.com");

    client.follow_values().tags(tags).send().await.unwrap();
    assert_eq!(host(&sent), "v.w.example.com");

    client
        .follow_unions()
        .unions(vec![Union::Owner(owner("a")), Union::Text("b".to_owned())])
        .send()
        .await
        .unwrap();
    assert_eq!(host(&sent), "a.b.example.com");

    client
        .follow_several()
        .color(Color::Red)
        .nested(Nested::default().owner(owner("ann")))
        .send()
        .await
        .unwrap();
    assert_eq!(host(&sent), "red.ann.example.com");
}

#[test]
fn a_parameter_that_the_rules_do_not_have_is_refused() {
    let (builder, _) = builder::<Client>();
    let error = builder
        .endpoint_parameter("Stagee", "beta")
        .build()
        .unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Configuration));
    let text = error.to_string();
    assert!(
        text.contains("\"Stagee\"") && text.contains("\"Stage\""),
        "{text}"
    );
}

#[tokio::test]
async fn a_parameter_of_another_type_is_refused() {
    let (builder, _) = builder::<Client>();
    let client = builder.endpoint_parameter("Stage", true).build().unwrap();
    let error = client.get_account("ann").send().await.unwrap_err();
    assert!(error.to_string().contains("`Stage` is text"), "{error}");
}

#[tokio::test]
async fn a_service_without_rules_is_where_the_caller_says() {
    let (unset, _) = builder::<custom_endpoint_client::Client>();
    let error = unset.build().unwrap_err().to_string();
    assert!(
        error.contains("endpoint_url(") && error.contains("AWS_ENDPOINT_URL"),
        "{error}"
    );

    let (builder, sent) = builder::<custom_endpoint_client::Client>();
    let client = builder.endpoint_url("https://here.example.com").build();
    client.unwrap().ping().send().await.unwrap();
    assert_eq!(only(&sent).uri, "https://here.example.com/ping");
}
