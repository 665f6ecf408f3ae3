//! Clients that are declared as a generated crate declares them, beside the function `service` and the
//! type `ServiceError` of their module.

macro_rules! declared_client {
    ($name:ident, $protocol:expr) => {
        pub struct $name(Client);

        impl From<Client> for $name {
            fn from(client: Client) -> Self {
                Self(client)
            }
        }

        impl AsRef<Client> for $name {
            fn as_ref(&self) -> &Client {
                &self.0
            }
        }

        impl GeneratedClient for $name {
            const SERVICE: &'static Service = {
                static SERVICE: Service = service(&$protocol);
                &SERVICE
            };
            type Error = ServiceError;
        }
    };
}
