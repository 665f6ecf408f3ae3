//! What `impl` makes public: methods, and traits with their types.

use syn::{GenericArgument, ImplItem, ItemImpl, PathArguments, Type};

use super::Kind;
use super::item::Reader;
use super::module::{Path, Target, is_public};
use super::signature::{self, bounds, clause};

impl Reader<'_> {
    /// Adds what an implementation makes public, where it is for a type that users can name.
    pub(super) fn implementation(&mut self, module: &Path, item: &ItemImpl) {
        let Type::Path(of) = &*item.self_ty else {
            return;
        };
        let names = of.path.segments.iter().map(|it| it.ident.to_string());
        let Target::Own(definition) = self.modules.resolve(module, &names.collect::<Path>()) else {
            return;
        };
        if self.modules.home(&definition).is_none() {
            return;
        }
        let owner = self.modules.line(module, &item.self_ty);
        match &item.trait_ {
            Some((path, _)) => self.implemented(module, &owner, path, item),
            None => self.methods(module, &owner, item),
        }
    }

    fn implemented(&mut self, module: &Path, owner: &str, path: &syn::Path, item: &ItemImpl) {
        let mut path = path.clone();
        if let Some(last) = path.segments.last_mut()
            && has_lifetimes_alone(&last.arguments)
        {
            // So it is told as a derived one is.
            last.arguments = PathArguments::None;
        }
        let name = self.modules.line(module, &path);
        let types = item.items.iter().filter_map(|item| match item {
            ImplItem::Type(item) => {
                let ty = self.modules.line(module, &item.ty);
                Some(format!("{} = {ty}", item.ident))
            }
            _ => None,
        });
        let types: Vec<String> = types.collect();
        let types = if types.is_empty() {
            String::new()
        } else {
            format!(" {{ {} }}", types.join(", "))
        };
        let clause = clause(&bounds(self.modules, module, &item.generics));
        self.implements(owner, name, types + &clause);
    }

    fn methods(&mut self, module: &Path, owner: &str, item: &ItemImpl) {
        for member in &item.items {
            match member {
                ImplItem::Fn(method) if is_public(&method.vis) => {
                    let of = Some(&item.generics);
                    let (before, after) =
                        signature::of_function(self.modules, module, &method.sig, of);
                    let name = method.sig.ident.to_string();
                    let around = (&*before, after);
                    self.inside(owner, Kind::Function, name, around, &method.attrs);
                }
                ImplItem::Const(constant) if is_public(&constant.vis) => {
                    let after = format!(": {}", self.modules.line(module, &constant.ty));
                    let name = constant.ident.to_string();
                    let around = ("const ", after);
                    self.inside(owner, Kind::Constant, name, around, &constant.attrs);
                }
                _ => {}
            }
        }
    }
}

fn has_lifetimes_alone(arguments: &PathArguments) -> bool {
    let PathArguments::AngleBracketed(arguments) = arguments else {
        return false;
    };
    let mut arguments = arguments.args.iter();
    arguments.all(|argument| matches!(argument, GenericArgument::Lifetime(_)))
}
