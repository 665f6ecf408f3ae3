//! The generator and the repository: the modules and their imports, names, the packages, a new crate,
//! and the size of the generated code.

#![cfg(test)]

mod freshness;
mod layer;
mod locality;
mod model;
mod name;
mod package;
mod phrase;
mod scaffold;
mod size;
