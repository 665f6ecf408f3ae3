//! JMESPath expressions: what of that language the models of AWS use.
//!
//! The grammar is that of the JMESPath specification. What is left out, since no model needs it:
//! slices, objects made of several values, references to expressions, constants that are lists or
//! objects, and functions other than `length`, `contains` and `keys`.

mod place;
mod token;

use crate::ir::waiter::Path;
use token::Token;

pub(super) use place::{Place, resolve};

/// How many words an expression may have: far more than anybody can read, and no danger to the
/// stack, however they are nested.
const MOST: usize = 250;

/// How strongly what stands between two expressions binds them.
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

/// Reads an expression.
///
/// # Errors
///
/// What is wrong with it or is not supported, in words.
pub(super) fn parse(expression: &str) -> Result<Path, String> {
    let mut tokens = token::tokens(expression)?;
    if tokens.len() > MOST {
        return Err(format!("it has more than {MOST} words"));
    }
    tokens.reverse();
    let mut parser = Parser { tokens };
    let path = parser.expression(0)?;
    match parser.tokens.last() {
        None => Ok(path),
        Some(token) => Err(unexpected(Some(token))),
    }
}

struct Parser {
    /// The words that are left, the next one last.
    tokens: Vec<Token>,
}

impl Parser {
    /// An expression up to what binds no stronger than this.
    fn expression(&mut self, binding: u8) -> Result<Path, String> {
        let first = self.first()?;
        self.rest(first, binding)
    }

    /// What follows the beginning of an expression.
    fn rest(&mut self, first: Path, binding: u8) -> Result<Path, String> {
        let mut path = first;
        while binding < self.next_binding() {
            path = self.after(path)?;
        }
        Ok(path)
    }

    /// What an expression begins with.
    fn first(&mut self) -> Result<Path, String> {
        let token = self.tokens.pop();
        Ok(match &token {
            Some(Token::Name {
                text,
                quoted: false,
            }) if self.is_next("(") => self.function(text)?,
            Some(Token::Name { text, .. }) => Path::Fields(vec![text.clone()]),
            Some(Token::Literal(literal)) => Path::Literal(literal.clone()),
            Some(Token::Sign("@")) => Path::Current,
            Some(Token::Sign("!")) => Path::Not(Box::new(self.expression(NOT)?)),
            Some(Token::Sign("(")) => {
                let inner = self.expression(0)?;
                self.expect(")")?;
                inner
            }
            Some(Token::Sign("*")) => self.values(Path::Current)?,
            Some(Token::Sign("[]")) => self.flatten(Path::Current)?,
            Some(Token::Sign("[?")) => self.filter(Path::Current)?,
            Some(Token::Sign("[")) if self.is_index() => self.in_brackets(Path::Current)?,
            Some(Token::Sign("[")) => Path::List(self.list("]")?),
            token => return Err(unexpected(token.as_ref())),
        })
    }

    /// What an expression goes on with.
    fn after(&mut self, left: Path) -> Result<Path, String> {
        let token = self.tokens.pop();
        let boxed = Box::new;
        Ok(match token {
            Some(Token::Sign(".")) if self.is_next("*") => {
                self.tokens.pop();
                self.values(left)?
            }
            Some(Token::Sign(".")) => pipe(left, self.after_dot(DOT)?),
            Some(Token::Sign("|")) => pipe(left, self.expression(PIPE)?),
            Some(Token::Sign("||")) => Path::Or(boxed(left), boxed(self.expression(OR)?)),
            Some(Token::Sign("&&")) => Path::And(boxed(left), boxed(self.expression(AND)?)),
            Some(Token::Compare(comparator)) => {
                let right = self.expression(COMPARE)?;
                Path::Compare(boxed(left), comparator, boxed(right))
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

    /// An index or a star, after the bracket.
    fn in_brackets(&mut self, left: Path) -> Result<Path, String> {
        let token = self.tokens.pop();
        match token {
            Some(Token::Number(index)) => {
                self.expect("]")?;
                Ok(pipe(left, Path::Index(index)))
            }
            Some(Token::Sign("*")) => {
                self.expect("]")?;
                let rest = self.of_each(STAR)?;
                Ok(Path::Each(Box::new(left), Box::new(rest)))
            }
            token => Err(unexpected(token.as_ref())),
        }
    }

    fn flatten(&mut self, left: Path) -> Result<Path, String> {
        let flat = Path::Flatten(Box::new(left));
        let rest = self.of_each(FLATTEN)?;
        Ok(Path::Each(Box::new(flat), Box::new(rest)))
    }

    fn filter(&mut self, left: Path) -> Result<Path, String> {
        let condition = self.expression(0)?;
        self.expect("]")?;
        let kept = Path::Filter(Box::new(left), Box::new(condition));
        let rest = self.of_each(FILTER)?;
        Ok(Path::Each(Box::new(kept), Box::new(rest)))
    }

    fn values(&mut self, left: Path) -> Result<Path, String> {
        let rest = self.of_each(STAR)?;
        Ok(Path::Values(Box::new(left), Box::new(rest)))
    }

    /// What is done with each element of a list.
    fn of_each(&mut self, binding: u8) -> Result<Path, String> {
        if self.next_binding() <= FLATTEN {
            return Ok(Path::Current);
        }
        if self.is_next(".") {
            self.tokens.pop();
            return self.after_dot(binding);
        }
        let first = self.after(Path::Current)?;
        self.rest(first, binding)
    }

    /// A name, a function or a list, after a dot.
    fn after_dot(&mut self, binding: u8) -> Result<Path, String> {
        match self.tokens.last() {
            Some(Token::Name { .. } | Token::Sign("*")) => self.expression(binding),
            Some(Token::Sign("[")) => {
                self.tokens.pop();
                Ok(Path::List(self.list("]")?))
            }
            token => Err(unexpected(token)),
        }
    }

    fn function(&mut self, name: &str) -> Result<Path, String> {
        self.expect("(")?;
        let arguments = if self.is_next(")") {
            self.tokens.pop();
            Vec::new()
        } else {
            self.list(")")?
        };
        let mut arguments = arguments.into_iter().map(Box::new);
        let path = match (name, arguments.next(), arguments.next(), arguments.next()) {
            ("length", Some(of), None, None) => Path::Length(of),
            ("keys", Some(of), None, None) => Path::Keys(of),
            ("contains", Some(place), Some(part), None) => Path::Contains(place, part),
            ("length" | "keys" | "contains", ..) => {
                return Err(format!("`{name}` has another number of arguments"));
            }
            _ => return Err(format!("the function `{name}` is not supported")),
        };
        Ok(path)
    }

    /// Expressions with commas between them, up to what closes them.
    fn list(&mut self, close: &'static str) -> Result<Vec<Path>, String> {
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
            token => Err(format!(
                "{}, where `{sign}` should be",
                unexpected(token.as_ref())
            )),
        }
    }
}

/// The second way after the first.
fn pipe(first: Path, second: Path) -> Path {
    match (first, second) {
        (Path::Current, second) => second,
        (first, Path::Current) => first,
        (Path::Fields(mut names), Path::Fields(more)) => {
            names.extend(more);
            Path::Fields(names)
        }
        (first, second) => Path::Pipe(Box::new(first), Box::new(second)),
    }
}

fn unexpected(token: Option<&Token>) -> String {
    match token {
        None => "it ends too early".to_owned(),
        Some(Token::Name { text, .. }) => format!("`{text}` is out of place"),
        Some(Token::Sign(sign)) => format!("`{sign}` is out of place"),
        Some(Token::Number(number)) => format!("`{number}` is out of place"),
        Some(Token::Literal(_)) => "a constant is out of place".to_owned(),
        Some(Token::Compare(_)) => "a comparison is out of place".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(names: &[&str]) -> Path {
        Path::Fields(names.iter().map(|&name| name.to_owned()).collect())
    }

    #[test]
    fn what_follows_a_list_is_done_with_each_element_up_to_a_pipe() {
        let each = Path::Each(
            Box::new(Path::Flatten(Box::new(fields(&["a", "b"])))),
            Box::new(fields(&["c", "d"])),
        );
        assert_eq!(parse("a.b[].c.d"), Ok(each.clone()));
        assert_eq!(
            parse("a.b[].c.d | [0]"),
            Ok(Path::Pipe(Box::new(each.clone()), Box::new(Path::Index(0))))
        );
        // A second flattening is of what the first one gives, not of each element.
        assert_eq!(
            parse("a.b[].c.d[]"),
            Ok(Path::Each(
                Box::new(Path::Flatten(Box::new(each))),
                Box::new(Path::Current)
            ))
        );
    }

    #[test]
    fn and_binds_stronger_than_or_and_not_stronger_than_both() {
        let not = Path::Not(Box::new(fields(&["c"])));
        let and = Path::And(Box::new(fields(&["b"])), Box::new(not));
        assert_eq!(
            parse("a || b && !c"),
            Ok(Path::Or(Box::new(fields(&["a"])), Box::new(and)))
        );
    }

    #[test]
    fn what_is_malformed_or_not_supported_is_told() {
        for (expression, problem) in [
            ("", "it ends too early"),
            ("a.", "it ends too early"),
            ("a b", "`b` is out of place"),
            ("a[0", "it ends too early, where `]` should be"),
            ("a[0:2]", "':' stands for nothing that is supported"),
            ("{a: b}", "'{' stands for nothing that is supported"),
            ("sort_by(a, &b)", "'&' stands for nothing that is supported"),
            ("max(a)", "the function `max` is not supported"),
            ("length(a, b)", "`length` has another number of arguments"),
            ("'a", "a ' is not closed"),
            ("`[1]`", "`[1]` is no constant that is supported"),
            (
                "a[99999999999999999999]",
                "99999999999999999999 is no number",
            ),
        ] {
            let found = parse(expression).expect_err(expression);
            assert!(found.ends_with(problem), "{expression}: {found}");
        }
        for endless in ["(", "!", "[*]", "a.", "a|"] {
            assert!(parse(&endless.repeat(100_000)).is_err());
        }
    }
}
