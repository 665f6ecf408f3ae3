//! The options of the generator.

/// The client to generate.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// The name of the model in diagnostics, usually its path. The header of generated files
    /// contains only its last part, which is the same on every machine.
    pub model_name: String,
    /// The package of the sources, such as `appflow-client`.
    pub package: String,
    /// The service, if the model has several: its shape id or the name in it.
    pub service: Option<String>,
    /// The protocol, if the service has several: its name, such as `awsJson1_0`, or the id of its
    /// trait. Defaults to the preferred one.
    pub protocol: Option<String>,
    /// The operations to generate. If empty, all of the service.
    pub operations: Vec<String>,
    /// Is `true` to skip operations that need unsupported features, instead of failing.
    pub skip_unsupported: bool,
    /// Is `true` if the client is a module of another crate. Then it has no examples, which rustdoc
    /// would compile as if that crate were the client.
    pub is_module: bool,
}

impl Options {
    /// Creates options for all operations of the only service of a model.
    pub fn new(model_name: impl Into<String>, package: impl Into<String>) -> Self {
        Self {
            model_name: model_name.into(),
            package: package.into(),
            ..Self::default()
        }
    }
}
