//! The model, as far as these tests need it: which operations there are, and messages made by its
//! shapes alone, in which every member is set.

use serde_json::{Map, Value, json};

/// What every value is that must not show.
pub(crate) const SECRET: &str = "s3cret";

/// The most values that an enum has: the turns that it takes to try all of all.
pub(crate) const TURNS: usize = 24;

pub(crate) struct Model(Value);

impl Model {
    pub(crate) fn read() -> Self {
        let text = include_str!("../../model/appflow.json");
        Self(serde_json::from_str(text).unwrap())
    }

    /// The names of the operations, sorted.
    pub(crate) fn operations(&self) -> Vec<String> {
        let shapes = self.0["shapes"].as_object().unwrap();
        let operations = shapes.iter().filter(|(_, it)| it["type"] == "operation");
        let mut names: Vec<String> = operations
            .map(|(id, _)| id.split_once('#').unwrap().1.to_owned())
            .collect();
        names.sort();
        names
    }

    /// The input and the output of an operation, and the members of the input that travel in the
    /// body. Each enum takes another one of its values in each turn.
    pub(crate) fn messages(&self, operation: &str, turn: usize) -> (Value, Value, Value) {
        let operation = self.shape(&format!("com.amazonaws.appflow#{operation}"));
        let message = |kind: &str| self.value(target(&operation[kind]), kind, turn);
        let (input, output) = (message("input"), message("output"));
        let members = &self.shape(target(&operation["input"]))["members"];
        let mut body = input.as_object().unwrap().clone();
        body.retain(|name, _| {
            let traits = members[name]["traits"].as_object().unwrap();
            !traits.contains_key("smithy.api#httpLabel")
                && !traits.contains_key("smithy.api#httpQuery")
        });
        for (name, value) in &mut body {
            self.leave_out_defaults(target(&members[name]), value);
        }
        let body = if body.is_empty() {
            Value::Null
        } else {
            body.into()
        };
        (input, output, body)
    }

    /// Removes the members of structures that have their default: none of them is required, and all
    /// of these structures are returned too.
    fn leave_out_defaults(&self, id: &str, value: &mut Value) {
        let shape = self.shape(id);
        match value {
            Value::Object(members) if shape["type"] == "structure" => {
                members.retain(|name, value| {
                    let default = &shape["members"][name]["traits"]["smithy.api#default"];
                    self.leave_out_defaults(target(&shape["members"][name]), value);
                    default.is_null() || default != value
                });
            }
            Value::Object(entries) => {
                for value in entries.values_mut() {
                    self.leave_out_defaults(target(&shape["value"]), value);
                }
            }
            Value::Array(elements) => {
                for value in elements {
                    self.leave_out_defaults(target(&shape["member"]), value);
                }
            }
            _ => {}
        }
    }

    fn shape(&self, id: &str) -> &Value {
        &self.0["shapes"][id]
    }

    /// A value of a shape. Text has the name of its member in it, so that no two get mixed up.
    fn value(&self, id: &str, name: &str, turn: usize) -> Value {
        let shape = self.shape(id);
        let member = |kind: &str| self.value(target(&shape[kind]), name, turn);
        match shape["type"].as_str().unwrap_or(id) {
            "structure" => {
                let members = shape["members"].as_object().unwrap().iter();
                let members = members
                    .map(|(name, member)| (name.clone(), self.value(target(member), name, turn)));
                members.collect::<Map<_, _>>().into()
            }
            "list" => json!([member("member")]),
            "map" => {
                let key = member("key").as_str().unwrap().to_owned();
                Map::from_iter([(key, member("value"))]).into()
            }
            "enum" => {
                let values = shape["members"].as_object().unwrap();
                assert!(values.len() <= TURNS, "{id}");
                let value = values.values().nth(turn % values.len()).unwrap();
                value["traits"]["smithy.api#enumValue"].clone()
            }
            "string" if shape["traits"]["smithy.api#sensitive"].is_object() => {
                json!(format!("{SECRET} {name}"))
            }
            "string" | "smithy.api#String" => json!(format!("the {name}")),
            "boolean" => json!(turn.is_multiple_of(2)),
            "integer" => json!(i32::MAX),
            "long" => json!(i64::MAX),
            "double" => json!(-0.5),
            "timestamp" => json!(1_795_309_323),
            other => panic!("{id} is of the type {other}"),
        }
    }
}

fn target(reference: &Value) -> &str {
    reference["target"].as_str().unwrap()
}
