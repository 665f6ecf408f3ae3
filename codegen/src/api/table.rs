//! The items that the table macros of the runtime define, which no generated source shows.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::{Item, Token, braced};

/// A call of a table macro, as in `structure!(Shelf: Default { width: "width" [required] })`.
struct Table {
    name: Ident,
    kinds: Vec<Ident>,
    rows: TokenStream,
}

impl Parse for Table {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.parse()?;
        let mut kinds = Vec::new();
        while input.parse::<Option<Token![:]>>()?.is_some()
            || input.parse::<Option<Token![,]>>()?.is_some()
        {
            kinds.push(input.parse()?);
        }
        let rows;
        braced!(rows in input);
        let rows = rows.parse()?;
        Ok(Self { name, kinds, rows })
    }
}

impl Table {
    fn has_kind(&self, kind: &str) -> bool {
        self.kinds.iter().any(|it| it == kind)
    }

    /// Returns the methods of the rows that have a slice.
    fn slices(&self) -> Vec<TokenStream> {
        let tokens: Vec<TokenTree> = self.rows.clone().into_iter().collect();
        let rows = tokens.windows(6).filter_map(|row| match row {
            [
                TokenTree::Ident(name),
                TokenTree::Punct(colon),
                TokenTree::Literal(_),
                TokenTree::Punct(dash),
                TokenTree::Punct(_),
                TokenTree::Group(element),
            ] if colon.as_char() == ':' && dash.as_char() == '-' => Some((name, element)),
            _ => None,
        });
        rows.map(|(name, element)| quote! { pub fn #name(&self) -> &#element {} })
            .collect()
    }

    /// Returns the names at the start of the rows.
    fn row_names(&self) -> impl Iterator<Item = Ident> {
        let mut is_start = true;
        self.rows.clone().into_iter().filter_map(move |token| {
            let was_start = is_start;
            is_start = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ',');
            match token {
                TokenTree::Ident(name) if was_start => Some(name),
                _ => None,
            }
        })
    }
}

/// Returns the public items that a call of a table macro defines; `None` for any other item.
pub(super) fn items(item: &Item) -> Option<Vec<Item>> {
    let Item::Macro(item) = item else {
        return None;
    };
    let name = item.mac.path.segments.last()?;
    let defined = match name.ident.unraw().to_string().as_str() {
        "service_client" => client(),
        "modules" => modules(item.mac.tokens.clone()),
        name => defined(name, &item.mac.parse_body().ok()?),
    };
    let file: syn::File = syn::parse2(defined).ok()?;
    Some(file.items)
}

/// Returns the functions and the traits of the standard library and of serde that each macro
/// implements. The traits of the runtime's hidden module `schema` are not public.
fn defined(name: &str, table: &Table) -> TokenStream {
    let ty = &table.name;
    let serde = quote! {
        impl Deserialize for #ty {}
        impl Serialize for #ty {}
    };
    match name {
        "structure" => {
            let default = table.has_kind("Default");
            let default = default.then(|| quote! { impl Default for #ty {} });
            let serde = (!table.has_kind("Stream")).then_some(serde);
            let slices = table.slices();
            quote! {
                impl #ty { #(#slices)* }
                impl Debug for #ty {}
                #default
                #serde
            }
        }
        "union" => quote! {
            impl Debug for #ty {}
            impl Default for #ty {}
            #serde
        },
        "string_enum" => quote! {
            impl #ty {
                pub fn as_str(&self) -> &str {}
            }
            impl Debug for #ty {}
            impl Default for #ty {}
            impl Display for #ty {}
            impl From<&str> for #ty {}
            impl From<String> for #ty {}
            impl FromStr for #ty { type Err = Infallible; }
            #serde
        },
        "int_enum" => quote! {
            impl #ty {
                pub fn as_i32(self) -> i32 {}
            }
            impl Debug for #ty {}
            impl Default for #ty {}
            impl Display for #ty {}
            impl From<i32> for #ty {}
            impl FromStr for #ty { type Err = ParseIntError; }
            #serde
        },
        "service_errors" => {
            let errors = std::iter::once(ty.clone()).chain(table.row_names());
            errors
                .map(|ty| {
                    quote! {
                        impl Display for #ty {}
                        impl Error for #ty {}
                    }
                })
                .collect()
        }
        _ => TokenStream::new(),
    }
}

/// Returns the declarations of `modules!`: a `use` for each module.
fn modules(rows: TokenStream) -> TokenStream {
    let rows: Vec<TokenTree> = rows.into_iter().collect();
    let is = |token: &TokenTree, expected| matches!(token, TokenTree::Punct(it) if it.as_char() == expected);
    let uses = rows.split(|token| is(token, ';')).filter_map(|row| {
        let (module, names) = row.split_first()?;
        let names = names.iter().skip(1);
        Some(quote! { pub use #module::{#(#names)*}; })
    });
    uses.collect()
}

/// Returns the items that `service_client!` defines.
fn client() -> TokenStream {
    quote! {
        #[derive(Clone, Debug)]
        pub struct Client { inner: smithy_reqwest::Client }
        pub type ClientBuilder = smithy_reqwest::ClientBuilder<Client>;
        impl Client {
            pub async fn from_env() -> Result<Self, Error> {}
            pub fn builder() -> ClientBuilder {}
            pub async fn send<R>(&self, request: R) -> Result<R::Response, Error>
            where R: Request<Error = ServiceError> {}
            pub async fn send_with_metadata<R>(&self, request: R) -> Result<(R::Response, ResponseMetadata), Error>
            where R: Request<Error = ServiceError> {}
        }
        impl From<smithy_reqwest::Client> for Client {}
        impl GeneratedClient for Client {
            const SERVICE: &'static Service = &SERVICE;
            type Error = ServiceError;
        }
        #[derive(Clone, Debug)]
        pub struct Call<R> { client: Client, request: R }
        impl<R> Call<R> where R: Request<Error = ServiceError> {
            pub fn request(&self) -> &R {}
            pub fn with(mut self, set: impl FnOnce(&mut R)) -> Self {}
            pub async fn send(self) -> Result<R::Response, Error> {}
            pub async fn send_with_metadata(self) -> Result<(R::Response, ResponseMetadata), Error> {}
        }
        impl<R> IntoFuture for Call<R> where R: Request<Error = ServiceError> {
            type Output = Result<R::Response, Error>;
            type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;
        }
        impl<R> Call<R> where R: Paginated<Error = ServiceError> {
            pub fn pages(self) -> Pages<R> {}
        }
        impl<R> Call<R> where R: PaginatedItems<Error = ServiceError> {
            pub fn items(self) -> Items<R> {}
        }
    }
}
