//! Calls of functions of the rule language.

use serde_json::Value;

use super::expression::{Scope, Typed};
use super::literal::Problem;
use super::signature::FUNCTIONS;
use crate::ir::endpoint::{Expression, ValueType};
use crate::model::traits::rule as model;

impl Scope {
    pub(super) fn call(&mut self, call: &model::FunctionCall) -> Result<Typed, Problem> {
        match call.function.as_str() {
            "booleanEquals" => self.equal(call, ValueType::Boolean),
            "stringEquals" => self.equal(call, ValueType::String),
            "not" => {
                let value = self.under_condition(|scope| {
                    let value = scope.expression(argument(call, 0)?)?;
                    scope.argument(value, ValueType::Boolean)
                })?;
                Ok(Typed::boolean(value.negated()))
            }
            "isSet" => {
                let value = self.under_condition(|scope| {
                    let value = scope.expression(argument(call, 0)?)?;
                    Ok(scope.part(value))
                })?;
                Ok(Typed::boolean(if value.optional {
                    Expression::IsSet(Box::new(value.expression))
                } else {
                    Expression::Boolean(true)
                }))
            }
            "coalesce" => self.under_condition(|scope| scope.coalesce(call)),
            "ite" => self.under_condition(|scope| scope.if_else(call)),
            "getAttr" => {
                let path = argument(call, 1)?.as_str();
                let path = path.ok_or("calls `getAttr` with a path that is not text")?;
                let value = self.expression(argument(call, 0)?)?;
                let ty = value.ty;
                let value = self.argument(value, ty)?;
                super::template::field(Typed::new(value, ty), path)
            }
            name => {
                let signature = FUNCTIONS.iter().find(|signature| signature.name == name);
                let signature = signature.ok_or_else(|| {
                    format!("calls `{name}`, which is not a function of the rule language")
                })?;
                let arguments = signature.takes.iter().enumerate().map(|(index, ty)| {
                    let value = self.expression(argument(call, index)?)?;
                    self.argument(value, *ty)
                });
                let arguments = arguments.collect::<Result<_, Problem>>()?;
                Ok(Typed {
                    expression: Expression::Call {
                        function: signature.function,
                        arguments,
                        storage: signature.storage,
                    },
                    ty: signature.returns,
                    optional: signature.optional,
                })
            }
        }
    }

    /// Lowers what is used under a condition of its own, so that it can demand nothing of the rule.
    fn under_condition<T>(
        &mut self,
        lower: impl FnOnce(&mut Self) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let may_narrow = std::mem::replace(&mut self.may_narrow, false);
        let lowered = lower(self);
        self.may_narrow = may_narrow;
        lowered
    }

    /// Returns the shortest expression for the equality of two values.
    fn equal(&mut self, call: &model::FunctionCall, ty: ValueType) -> Result<Typed, Problem> {
        let left = self.expression(argument(call, 0)?)?;
        let left = self.argument(left, ty)?;
        let right = self.expression(argument(call, 1)?)?;
        let right = self.argument(right, ty)?;
        Ok(Typed::boolean(match (left, right) {
            (Expression::Boolean(true), value) | (value, Expression::Boolean(true)) => value,
            (Expression::Boolean(false), value) | (value, Expression::Boolean(false)) => {
                value.negated()
            }
            (left, right) => Expression::Equal(Box::new(left), Box::new(right)),
        }))
    }

    /// Returns the first value that is there: one that always is ends the list.
    fn coalesce(&mut self, call: &model::FunctionCall) -> Result<Typed, Problem> {
        let mut values = Vec::new();
        let mut ty = None;
        let mut optional = true;
        for argument in &call.argv {
            let value = self.expression(argument)?;
            if *ty.get_or_insert(value.ty) != value.ty {
                return Err("coalesces values of several types".to_owned());
            }
            if optional {
                optional = value.optional;
                values.push(self.part(value).expression);
            }
        }
        let ty = ty.ok_or("has a `coalesce` without arguments")?;
        let first = values.first().filter(|_| values.len() == 1).cloned();
        Ok(Typed {
            expression: first.unwrap_or(Expression::Coalesce { values, optional }),
            ty,
            optional,
        })
    }

    /// Returns one of two values, which is optional if either is.
    fn if_else(&mut self, call: &model::FunctionCall) -> Result<Typed, Problem> {
        let condition = self.expression(argument(call, 0)?)?;
        let condition = self.argument(condition, ValueType::Boolean)?;
        let then = self.expression(argument(call, 1)?)?;
        let then = self.part(then);
        let otherwise = self.expression(argument(call, 2)?)?;
        let otherwise = self.part(otherwise);
        if then.ty != otherwise.ty {
            return Err("has an `ite` of values of several types".to_owned());
        }
        let optional = then.optional || otherwise.optional;
        let wrap = |value: &Typed| optional && !value.optional;
        let (wrap_then, wrap_otherwise) = (wrap(&then), wrap(&otherwise));
        Ok(Typed {
            ty: then.ty,
            optional,
            expression: Expression::IfElse {
                condition: Box::new(condition),
                then: (Box::new(then.expression), wrap_then),
                otherwise: (Box::new(otherwise.expression), wrap_otherwise),
            },
        })
    }
}

fn argument(call: &model::FunctionCall, index: usize) -> Result<&Value, Problem> {
    call.argv
        .get(index)
        .ok_or_else(|| format!("calls `{}` with too few arguments", call.function))
}
