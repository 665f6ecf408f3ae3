//! Answers that come in pages, as streams of pages and of items.
//!
//! A generated crate declares, for each operation whose model says that it pages, where its tokens
//! and its items are: [`Paginated`] and [`PaginatedItems`]. What is done with them is here, as the
//! Smithy reference has it on its page "Behavior traits":
//!
//! - Each page is a call of its own, made when the page is asked for and not before. It sends what
//!   the first call sent, with the token of the page in place of the one before.
//! - An absent or empty token ends the pages. A page without items does not.
//! - An answer whose token is the one that was just sent is given, and then the stream ends with an
//!   error: to follow such a token would be to ask for the same page for ever.
//! - Any other error ends the stream too.
//!
//! [`Pages`] and [`Items`] are [`Stream`]s for those who use such, and need no other crate: they
//! have `next` and `try_collect` of their own, which are like those of the `futures` crate.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use crate::client::Client;
use crate::error::{Cause, Error, Failure, RepeatedToken};
use crate::operation::Request;
use crate::schema::{Value, View};

/// A request whose answers come in pages.
pub trait Paginated: Request + Clone {
    /// The type of tokens: text, or in a few services a map.
    type Token: Value + Clone + PartialEq;

    /// Sets the token of the page to ask for, and returns the one that was set before.
    fn set_token(&mut self, token: Self::Token) -> Option<Self::Token>;

    /// Returns the token of the page that follows this one.
    fn next_token(page: &Self::Response) -> Option<&Self::Token>;
}

/// A request whose answers are pages of items.
pub trait PaginatedItems: Paginated {
    /// The items of a page: a list, or a map as pairs of key and value.
    type Items: IntoIterator<Item: Send, IntoIter: Send>;

    /// Takes the items out of a page.
    fn items(page: Self::Response) -> Option<Self::Items>;
}

/// An item of the pages of the request `R`.
pub type Item<R> = <<R as PaginatedItems>::Items as IntoIterator>::Item;

/// What comes of asking for a `T`: a page or an item.
type Outcome<R, T> = Result<T, Error<<R as Request>::Error>>;

/// A call under way.
type Call<R> = Pin<Box<dyn Future<Output = Outcome<R, <R as Request>::Response>> + Send>>;

/// The pages of an operation, read one by one as they are asked for.
///
/// An error is the last that it gives. To drop the future of [`next`](Self::next) loses no page:
/// the call under way goes on with the next `next`. To drop the pages ends it.
#[must_use = "a page is read when `next` asks for it"]
pub struct Pages<R: Paginated> {
    client: Client,
    state: State<R>,
}

/// The state of the stream.
enum State<R: Paginated> {
    /// The page that this request asks for.
    Page(R),
    /// The page that is under way, and the request that asked for it.
    UnderWay(R, Call<R>),
    /// The error that the last page named itself as the one that follows it.
    RepeatedToken,
    /// Nothing.
    End,
}

impl<R: Paginated> Pages<R> {
    /// The pages from the one that the request asks for.
    pub fn new(client: &Client, request: R) -> Self {
        Self {
            client: client.clone(),
            state: State::Page(request),
        }
    }

    /// The next page; `None` after the last.
    ///
    /// # Errors
    ///
    /// Those of every call, and a page that names itself as the one that follows it.
    pub async fn next(&mut self) -> Option<Outcome<R, R::Response>> {
        poll_fn(|cx| self.poll_page(cx)).await
    }

    /// All pages.
    ///
    /// # Errors
    ///
    /// As [`next`](Self::next); the pages that came before the error are lost.
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
                let call: Call<R> = Box::pin(async move { client.send(sent).await });
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

/// What comes after a page, and the request that asked for it.
fn after<R: Paginated>(mut request: R, page: &R::Response) -> State<R> {
    let token = R::next_token(page).filter(|token| !is_empty(token.view()));
    match token.map(|token| (token, request.set_token(token.clone()))) {
        None => State::End,
        Some((token, Some(sent))) if *token == sent => State::RepeatedToken,
        Some(_) => State::Page(request),
    }
}

/// Returns whether a token stands for none.
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

/// The state holds a future in a box and what is not pinned.
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

/// The items of an operation's pages, one by one; a page is read when its first item is asked for.
///
/// An error is the last that it gives, after the items of the pages before it. To drop the future
/// of [`next`](Self::next) loses no item.
#[must_use = "items are read when `next` asks for them"]
pub struct Items<R: PaginatedItems> {
    pages: Pages<R>,
    page: Option<<R::Items as IntoIterator>::IntoIter>,
}

impl<R: PaginatedItems> Items<R> {
    /// The items from the page that the request asks for.
    pub fn new(client: &Client, request: R) -> Self {
        Self {
            pages: Pages::new(client, request),
            page: None,
        }
    }

    /// The next item; `None` after the last.
    ///
    /// # Errors
    ///
    /// As [`Pages::next`].
    pub async fn next(&mut self) -> Option<Outcome<R, Item<R>>> {
        poll_fn(|cx| self.poll_item(cx)).await
    }

    /// All items.
    ///
    /// # Errors
    ///
    /// As [`Pages::next`]; the items that came before the error are lost.
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
