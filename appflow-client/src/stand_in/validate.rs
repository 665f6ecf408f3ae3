//! The constraints of the model: lengths, patterns, ranges and pages.

use std::collections::BTreeMap;

use smithy_reqwest::mock::MockError;

use super::refusal::validation;

/// The default size of a page.
const PAGE: usize = 20;
/// The maximum number of tags of a resource.
const MAX_TAGS: usize = 50;

/// The bounds of a text.
struct Text {
    member: &'static str,
    lengths: (usize, usize),
    pattern: &'static str,
    matches: fn(&str) -> bool,
}

impl Text {
    fn check(&self, text: &str) -> Result<(), MockError> {
        let (shortest, longest) = self.lengths;
        let length = text.chars().count();
        let problem = if length > longest {
            format!("Member must have length less than or equal to {longest}")
        } else if length < shortest {
            format!("Member must have length greater than or equal to {shortest}")
        } else if !(self.matches)(text) {
            format!(
                "Member must satisfy regular expression pattern: {}",
                self.pattern
            )
        } else {
            return Ok(());
        };
        let member = self.member;
        Err(validation(format!(
            "1 validation error detected: Value at '{member}' failed to satisfy constraint: {problem}"
        )))
    }
}

/// Returns `true` for what `\w` matches, and for some characters more.
fn is_word(character: char, more: &str) -> bool {
    character.is_ascii_alphanumeric() || character == '_' || more.contains(character)
}

fn is_name(text: &str) -> bool {
    let mut characters = text.chars();
    let first = characters.next();
    first.is_some_and(|first| first.is_ascii_alphanumeric())
        && text.len() > 1
        && characters.all(|it| is_word(it, "!@#.-"))
}

pub(super) fn flow_name(name: &str) -> Result<(), MockError> {
    let bounds = Text {
        member: "flowName",
        lengths: (0, 256),
        pattern: r"[a-zA-Z0-9][\w!@#.-]+",
        matches: is_name,
    };
    bounds.check(name)
}

pub(super) fn connector_label(label: &str) -> Result<(), MockError> {
    let bounds = Text {
        member: "connectorLabel",
        lengths: (0, 256),
        pattern: r"[a-zA-Z0-9][\w!@#.-]+",
        matches: is_name,
    };
    bounds.check(label)
}

pub(super) fn profile_name(name: &str) -> Result<(), MockError> {
    let bounds = Text {
        member: "connectorProfileName",
        lengths: (0, 256),
        pattern: r"[\w/!@#+=.-]+",
        matches: |text| !text.is_empty() && text.chars().all(|it| is_word(it, "/!@#+=.-")),
    };
    bounds.check(name)
}

pub(super) fn description(text: Option<&str>) -> Result<(), MockError> {
    let bounds = Text {
        member: "description",
        lengths: (0, 2048),
        pattern: r"[\w!@#\-.?,\s]*",
        matches: |text| {
            let mut characters = text.chars();
            characters.all(|it| it.is_ascii_whitespace() || is_word(it, "!@#-.?,"))
        },
    };
    text.map_or(Ok(()), |text| bounds.check(text))
}

/// Returns a token, which clients generate if it is absent.
pub(super) fn client_token(token: Option<&str>) -> Result<&str, MockError> {
    let bounds = Text {
        member: "clientToken",
        lengths: (1, 256),
        pattern: "[ -~]+",
        matches: |text| text.bytes().all(|byte| matches!(byte, b' '..=b'~')),
    };
    let token = token.unwrap_or_default();
    bounds.check(token).map(|()| token)
}

pub(super) fn resource_arn(arn: &str) -> Result<(), MockError> {
    let bounds = Text {
        member: "resourceArn",
        lengths: (0, 512),
        pattern: "arn:aws:.*:.*:[0-9]+:",
        matches: |text| text.starts_with("arn:aws") && text.split(':').count() >= 6,
    };
    bounds.check(arn)
}

pub(super) fn tags(tags: Option<&BTreeMap<String, String>>) -> Result<(), MockError> {
    let key = Text {
        member: "tags",
        lengths: (1, 128),
        pattern: r"(?!aws:)[a-zA-Z+-=._:/]+",
        matches: |text| !text.starts_with("aws:"),
    };
    let value = Text {
        member: "tags",
        lengths: (0, 256),
        pattern: "",
        matches: |_| true,
    };
    for (name, text) in tags.into_iter().flatten() {
        key.check(name)?;
        value.check(text)?;
    }
    tags.map_or(Ok(()), tag_count)
}

/// Returns an error if a resource has too many tags.
pub(super) fn tag_count(tags: &BTreeMap<String, String>) -> Result<(), MockError> {
    if tags.len() > MAX_TAGS {
        return Err(validation(format!(
            "A resource has at most {MAX_TAGS} tags."
        )));
    }
    Ok(())
}

/// Returns one page, and the token of the next. A token is the number of elements before its page.
pub(super) fn page<T>(
    all: Vec<T>,
    max_results: Option<i32>,
    token: Option<&str>,
) -> Result<(Vec<T>, Option<String>), MockError> {
    let size = match max_results {
        None => PAGE,
        Some(size @ 1..=100) => usize::try_from(size).unwrap_or(PAGE),
        Some(_) => {
            return Err(validation(
                "1 validation error detected: Value at 'maxResults' failed to satisfy constraint: \
                 Member must be from 1 to 100",
            ));
        }
    };
    let before = match token.map(str::parse::<usize>) {
        None => 0,
        Some(Ok(before)) => before,
        Some(Err(_)) => return Err(validation("The nextToken was not given out.")),
    };
    let after = before.saturating_add(size);
    let next = (after < all.len()).then(|| after.to_string());
    Ok((all.into_iter().skip(before).take(size).collect(), next))
}
