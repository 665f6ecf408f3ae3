//! A parser for JMESPath, the query language for JSON.
//!
//! The grammar is that of the JMESPath specification, without the parts that no AWS model uses:
//! slices, multiselect hashes, expression references, constants that are arrays or objects, and
//! functions other than `length`, `contains` and `keys`.
//!
//! Traits use these expressions in two ways: `smithy.waiters#waitable` evaluates them on the JSON
//! of a response, and `smithy.rules#operationContextParams` reads members of a request with them.
//! The modules that lower these traits check the types of an expression.

mod expression;
mod token;

use token::Token;

pub(crate) use expression::{Comparator, Expression, Literal};

/// The maximum number of tokens in an expression. It bounds the depth of the recursion.
const MAX_TOKENS: usize = 250;

/// The binding powers of the operators.
const PIPE: u8 = 1;
const OR: u8 = 2;
const AND: u8 = 3;
const COMPARE: u8 = 5;
const FLATTEN: u8 = 9;
const STAR: u8 = 20;
const FILTER: u8 = 21;
const DOT: u8 = 40;
const NOT: u8 = 45;
const BRACKET: u8 = 55;

/// Parses an expression.
///
/// # Errors
///
/// A message that says what is invalid or unsupported.
pub(crate) fn parse(text: &str) -> Result<Expression, String> {
    let mut tokens = token::tokens(text)?;
    if tokens.len() > MAX_TOKENS {
        return Err(format!("more than {MAX_TOKENS} tokens"));
    }
    tokens.reverse();
    let mut parser = Parser { tokens };
    let expression = parser.expression(0)?;
    match parser.tokens.last() {
        None => Ok(expression),
        Some(token) => Err(unexpected(Some(token))),
    }
}

struct Parser {
    /// The remaining tokens, the next one last.
    tokens: Vec<Token>,
}

impl Parser {
    /// Parses an expression up to an operator that does not bind more strongly than `binding`.
    fn expression(&mut self, binding: u8) -> Result<Expression, String> {
        let mut left = self.first()?;
        while binding < self.next_binding() {
            left = self.after(left)?;
        }
        Ok(left)
    }

    /// Parses the beginning of an expression.
    fn first(&mut self) -> Result<Expression, String> {
        let token = self.tokens.pop();
        Ok(match &token {
            Some(Token::Name {
                text,
                quoted: false,
            }) if self.is_next("(") => self.function(text)?,
            Some(Token::Name { text, .. }) => Expression::Fields(vec![text.clone()]),
            Some(Token::Literal(literal)) => Expression::Literal(literal.clone()),
            Some(Token::Sign("@")) => Expression::Current,
            Some(Token::Sign("!")) => Expression::Not(Box::new(self.expression(NOT)?)),
            Some(Token::Sign("(")) => {
                let inner = self.expression(0)?;
                self.expect(")")?;
                inner
            }
            Some(Token::Sign("*")) => self.values(Expression::Current)?,
            Some(Token::Sign("[]")) => self.flatten(Expression::Current)?,
            Some(Token::Sign("[?")) => self.filter(Expression::Current)?,
            Some(Token::Sign("[")) if self.is_index() => self.in_brackets(Expression::Current)?,
            Some(Token::Sign("[")) => Expression::List(self.list("]")?),
            token => return Err(unexpected(token.as_ref())),
        })
    }

    /// Parses an operator and its right operand.
    fn after(&mut self, left: Expression) -> Result<Expression, String> {
        let token = self.tokens.pop();
        let boxed = Box::new;
        Ok(match token {
            Some(Token::Sign(".")) if self.is_next("*") => {
                self.tokens.pop();
                self.values(left)?
            }
            Some(Token::Sign(".")) => pipe(left, self.after_dot(DOT)?),
            Some(Token::Sign("|")) => pipe(left, self.expression(PIPE)?),
            Some(Token::Sign("||")) => Expression::Or(boxed(left), boxed(self.expression(OR)?)),
            Some(Token::Sign("&&")) => Expression::And(boxed(left), boxed(self.expression(AND)?)),
            Some(Token::Compare(comparator)) => {
                let right = self.expression(COMPARE)?;
                Expression::Compare(boxed(left), comparator, boxed(right))
            }
            Some(Token::Sign("[]")) => self.flatten(left)?,
            Some(Token::Sign("[?")) => self.filter(left)?,
            Some(Token::Sign("[")) => self.in_brackets(left)?,
            token => return Err(unexpected(token.as_ref())),
        })
    }

    fn next_binding(&self) -> u8 {
        match self.tokens.last() {
            Some(Token::Sign("|")) => PIPE,
            Some(Token::Sign("||")) => OR,
            Some(Token::Sign("&&")) => AND,
            Some(Token::Compare(_)) => COMPARE,
            Some(Token::Sign("[]")) => FLATTEN,
            Some(Token::Sign("[?")) => FILTER,
            Some(Token::Sign(".")) => DOT,
            Some(Token::Sign("[")) => BRACKET,
            _ => 0,
        }
    }

    /// Parses an index or a `*`, after the opening bracket.
    fn in_brackets(&mut self, left: Expression) -> Result<Expression, String> {
        let token = self.tokens.pop();
        match token {
            Some(Token::Number(index)) => {
                self.expect("]")?;
                Ok(pipe(left, Expression::Index(index)))
            }
            Some(Token::Sign("*")) => {
                self.expect("]")?;
                let rest = self.of_each(STAR)?;
                Ok(Expression::Each(Box::new(left), Box::new(rest)))
            }
            token => Err(unexpected(token.as_ref())),
        }
    }

    fn flatten(&mut self, left: Expression) -> Result<Expression, String> {
        let flat = Expression::Flatten(Box::new(left));
        let rest = self.of_each(FLATTEN)?;
        Ok(Expression::Each(Box::new(flat), Box::new(rest)))
    }

    fn filter(&mut self, left: Expression) -> Result<Expression, String> {
        let condition = self.expression(0)?;
        self.expect("]")?;
        let kept = Expression::Filter(Box::new(left), Box::new(condition));
        let rest = self.of_each(FILTER)?;
        Ok(Expression::Each(Box::new(kept), Box::new(rest)))
    }

    fn values(&mut self, left: Expression) -> Result<Expression, String> {
        let rest = self.of_each(STAR)?;
        Ok(Expression::Values(Box::new(left), Box::new(rest)))
    }

    /// Parses the right side of a projection.
    fn of_each(&mut self, binding: u8) -> Result<Expression, String> {
        if self.next_binding() <= FLATTEN {
            return Ok(Expression::Current);
        }
        if self.is_next(".") {
            self.tokens.pop();
            return self.after_dot(binding);
        }
        self.expression(binding)
    }

    /// Parses a name, a function call or a multiselect list, after a dot.
    fn after_dot(&mut self, binding: u8) -> Result<Expression, String> {
        match self.tokens.last() {
            Some(Token::Name { .. } | Token::Sign("*")) => self.expression(binding),
            Some(Token::Sign("[")) => {
                self.tokens.pop();
                Ok(Expression::List(self.list("]")?))
            }
            token => Err(unexpected(token)),
        }
    }

    fn function(&mut self, name: &str) -> Result<Expression, String> {
        self.expect("(")?;
        let arguments = if self.is_next(")") {
            self.tokens.pop();
            Vec::new()
        } else {
            self.list(")")?
        };
        let mut arguments = arguments.into_iter().map(Box::new);
        match (name, arguments.next(), arguments.next(), arguments.next()) {
            ("length", Some(of), None, None) => Ok(Expression::Length(of)),
            ("keys", Some(of), None, None) => Ok(Expression::Keys(of)),
            ("contains", Some(place), Some(part), None) => Ok(Expression::Contains(place, part)),
            ("length" | "keys" | "contains", ..) => {
                Err(format!("wrong number of arguments for `{name}`"))
            }
            _ => Err(format!("unsupported function `{name}`")),
        }
    }

    /// Parses expressions separated by commas, up to the closing token.
    fn list(&mut self, close: &'static str) -> Result<Vec<Expression>, String> {
        let mut paths = vec![self.expression(0)?];
        while self.is_next(",") {
            self.tokens.pop();
            paths.push(self.expression(0)?);
        }
        self.expect(close)?;
        Ok(paths)
    }

    fn is_index(&self) -> bool {
        let mut next = self.tokens.iter().rev();
        match next.next() {
            Some(Token::Number(_)) => true,
            Some(Token::Sign("*")) => next.next() == Some(&Token::Sign("]")),
            _ => false,
        }
    }

    fn is_next(&self, sign: &'static str) -> bool {
        self.tokens.last() == Some(&Token::Sign(sign))
    }

    fn expect(&mut self, sign: &'static str) -> Result<(), String> {
        match self.tokens.pop() {
            Some(Token::Sign(found)) if found == sign => Ok(()),
            token => Err(format!("{}, expected `{sign}`", unexpected(token.as_ref()))),
        }
    }
}

/// Applies the second expression to the result of the first.
fn pipe(first: Expression, second: Expression) -> Expression {
    match (first, second) {
        (Expression::Current, second) => second,
        (first, Expression::Current) => first,
        (Expression::Fields(mut names), Expression::Fields(more)) => {
            names.extend(more);
            Expression::Fields(names)
        }
        (first, second) => Expression::Pipe(Box::new(first), Box::new(second)),
    }
}

fn unexpected(token: Option<&Token>) -> String {
    match token {
        None => "unexpected end".to_owned(),
        Some(Token::Name { text, .. }) => format!("unexpected `{text}`"),
        Some(Token::Sign(sign)) => format!("unexpected `{sign}`"),
        Some(Token::Number(number)) => format!("unexpected `{number}`"),
        Some(Token::Literal(_)) => "unexpected constant".to_owned(),
        Some(Token::Compare(_)) => "unexpected comparison".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(names: &[&str]) -> Expression {
        Expression::Fields(names.iter().map(|&name| name.to_owned()).collect())
    }

    #[test]
    fn and_binds_more_strongly_than_or_and_not_more_than_both() {
        let not = Expression::Not(Box::new(fields(&["c"])));
        let and = Expression::And(Box::new(fields(&["b"])), Box::new(not));
        assert_eq!(
            parse("a || b && !c"),
            Ok(Expression::Or(Box::new(fields(&["a"])), Box::new(and)))
        );
    }

    #[test]
    fn an_invalid_or_unsupported_expression_is_refused() {
        for (expression, problem) in [
            ("", "unexpected end"),
            ("a.", "unexpected end"),
            ("a b", "unexpected `b`"),
            ("a[0", "unexpected end, expected `]`"),
            ("a[0:2]", "unsupported character `:`"),
            ("{a: b}", "unsupported character `{`"),
            ("sort_by(a, &b)", "unsupported character `&`"),
            ("max(a)", "unsupported function `max`"),
            ("length()", "wrong number of arguments for `length`"),
            ("length(a, b)", "wrong number of arguments for `length`"),
            ("'a", "unclosed `'`"),
            ("`[1]`", "unsupported constant `[1]`"),
            (
                "a[99999999999999999999]",
                "invalid number `99999999999999999999`",
            ),
        ] {
            let found = parse(expression).expect_err(expression);
            assert_eq!(found, problem, "{expression}");
        }
        for endless in ["(", "!", "[*]", "a.", "a|"] {
            assert!(parse(&endless.repeat(100_000)).is_err());
        }
    }
}
