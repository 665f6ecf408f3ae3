//! Paginated responses, as streams of pages and of items.
//!
//! A generated crate declares the tokens and items of each paginated operation: [`Paginated`] and
//! [`PaginatedItems`]. The rules are those of the Smithy specification, "Behavior traits":
//!
//! - Each page is a separate call, made when the page is needed. It repeats the first request with
//!   the token of the page.
//! - An absent or empty token ends the stream. A page without items does not.
//! - If a response repeats the token of its request, it is returned, and then the stream ends with
//!   an error, because following the token would never end.
//! - Any other error ends the stream, too.
//!
//! [`Pages`] and [`Items`] implement `Stream`, and have their own `next` and `try_collect`, so no
//! other crate is needed.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use crate::client::Client;
use crate::error::{Cause, Error, Failure, RepeatedToken};
use crate::operation::Request;
use crate::schema::{Value, View};

/// A request of a paginated operation.
pub trait Paginated: Request + Clone {
    /// The type of tokens: text, or a map in a few services.
    type Token: Value + Clone + PartialEq;

    /// Sets the token of the next page, and returns the previous one.
    fn set_token(&mut self, token: Self::Token) -> Option<Self::Token>;

    /// Returns the token of the next page.
    fn next_token(page: &Self::Response) -> Option<&Self::Token>;
}

/// A request whose pages contain items.
pub trait PaginatedItems: Paginated {
    /// The items of a page: a list, or a map as pairs of key and value.
    type Items: IntoIterator<Item: Send, IntoIter: Send>;

    /// Takes the items out of a page.
    fn items(page: Self::Response) -> Option<Self::Items>;
}

/// An item of a page of the operation with the request `R`.
pub type Item<R> = <<R as PaginatedItems>::Items as IntoIterator>::Item;

/// The result of a request for a `T`: a page or an item.
type Outcome<R, T> = Result<T, Error<<R as Request>::Error>>;

/// A call in progress.
type PageFuture<R> = Pin<Box<dyn Future<Output = Outcome<R, <R as Request>::Response>> + Send>>;

/// The pages of an operation, requested one by one.
///
/// The stream ends after an error. Dropping the future of [`next`](Self::next) loses no page: the
/// call continues with the next `next`. Dropping the stream cancels it.
#[must_use = "a page is read when `next` asks for it"]
pub struct Pages<R: Paginated> {
    client: Client,
    state: State<R>,
}

/// The state of the stream.
enum State<R: Paginated> {
    /// The request for the next page.
    Page(R),
    /// The call in progress, with its request.
    UnderWay(R, PageFuture<R>),
    /// The last page repeated its token.
    RepeatedToken,
    /// The end.
    End,
}

impl<R: Paginated> Pages<R> {
    /// Creates a stream that starts with the page of the request.
    pub fn new(client: &Client, request: R) -> Self {
        Self {
            client: client.clone(),
            state: State::Page(request),
        }
    }

    /// Returns the next page; `None` after the last.
    ///
    /// # Errors
    ///
    /// See [`Error`]. A repeated token is an error, too.
    pub async fn next(&mut self) -> Option<Outcome<R, R::Response>> {
        poll_fn(|cx| self.poll_page(cx)).await
    }

    /// Returns all pages.
    ///
    /// # Errors
    ///
    /// As [`next`](Self::next). The pages before the error are lost.
    pub async fn try_collect<C>(mut self) -> Result<C, Error<R::Error>>
    where
        C: Default + Extend<R::Response>,
    {
        let mut collected = C::default();
        while let Some(page) = self.next().await {
            collected.extend([page?]);
        }
        Ok(collected)
    }

    fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<Option<Outcome<R, R::Response>>> {
        let (request, mut call) = match std::mem::replace(&mut self.state, State::End) {
            State::Page(request) => {
                let (client, sent) = (self.client.clone(), request.clone());
                let call: PageFuture<R> = Box::pin(async move { client.send(sent).await });
                (request, call)
            }
            State::UnderWay(request, call) => (request, call),
            State::RepeatedToken => return Poll::Ready(Some(Err(repeated_token::<R>()))),
            State::End => return Poll::Ready(None),
        };
        let Poll::Ready(outcome) = call.as_mut().poll(cx) else {
            self.state = State::UnderWay(request, call);
            return Poll::Pending;
        };
        if let Ok(page) = &outcome {
            self.state = after::<R>(request, page);
        }
        Poll::Ready(Some(outcome))
    }
}

/// Returns the state after a page.
fn after<R: Paginated>(mut request: R, page: &R::Response) -> State<R> {
    let token = R::next_token(page).filter(|token| !is_empty(token.view()));
    match token.map(|token| (token, request.set_token(token.clone()))) {
        None => State::End,
        Some((token, Some(sent))) if *token == sent => State::RepeatedToken,
        Some(_) => State::Page(request),
    }
}

/// Returns `true` if a token is empty.
fn is_empty(token: View<'_>) -> bool {
    match token {
        View::String(token) => token.is_empty(),
        View::Map(token) => token.is_empty(),
        _ => false,
    }
}

fn repeated_token<R: Paginated>() -> Error<R::Error> {
    Error::new(Failure {
        operation: Some(R::OPERATION.name),
        ..Cause::RepeatedToken(RepeatedToken).into()
    })
}

/// The state contains a boxed future and data that is not pinned.
impl<R: Paginated> Unpin for Pages<R> {}

impl<R: Paginated> Stream for Pages<R> {
    type Item = Outcome<R, R::Response>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(cx)
    }
}

impl<R: Paginated> fmt::Debug for Pages<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &R::OPERATION.name)
            .finish_non_exhaustive()
    }
}

/// The items of an operation. A page is requested when its first item is needed.
///
/// The stream ends after an error, which follows the items of earlier pages. Dropping the future of
/// [`next`](Self::next) loses no item.
#[must_use = "items are read when `next` asks for them"]
pub struct Items<R: PaginatedItems> {
    pages: Pages<R>,
    page: Option<<R::Items as IntoIterator>::IntoIter>,
}

impl<R: PaginatedItems> Items<R> {
    /// Creates a stream that starts with the page of the request.
    pub fn new(client: &Client, request: R) -> Self {
        Self {
            pages: Pages::new(client, request),
            page: None,
        }
    }

    /// Returns the next item; `None` after the last.
    ///
    /// # Errors
    ///
    /// As [`Pages::next`].
    pub async fn next(&mut self) -> Option<Outcome<R, Item<R>>> {
        poll_fn(|cx| self.poll_item(cx)).await
    }

    /// Returns all items.
    ///
    /// # Errors
    ///
    /// As [`Pages::next`]. The items before the error are lost.
    pub async fn try_collect<C>(mut self) -> Result<C, Error<R::Error>>
    where
        C: Default + Extend<Item<R>>,
    {
        let mut collected = C::default();
        while let Some(item) = self.next().await {
            collected.extend([item?]);
        }
        Ok(collected)
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Outcome<R, Item<R>>>> {
        loop {
            if let Some(item) = self.page.as_mut().and_then(Iterator::next) {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll_page(cx)) {
                Some(Ok(page)) => self.page = R::items(page).map(IntoIterator::into_iter),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

/// The items of a page are not pinned.
impl<R: PaginatedItems> Unpin for Items<R> {}

impl<R: PaginatedItems> Stream for Items<R> {
    type Item = Outcome<R, Item<R>>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(cx)
    }
}

impl<R: PaginatedItems> fmt::Debug for Items<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("pages", &self.pages)
            .finish_non_exhaustive()
    }
}
