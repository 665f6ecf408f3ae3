//! What the service has seen and done, by the tokens of the calls.

use std::collections::BTreeMap;

use serde_json::Value;
use smithy_reqwest::BoxError;
use workspace_tests::{Random, RecordedRequest};

use crate::fault::Fault;

/// The books of a service. The same calls with the same seed meet the same faults, as far as they
/// arrive in the same order.
#[derive(Debug)]
pub(crate) struct Books {
    random: Random,
    calls: Table,
    /// How many runs there are.
    pub(crate) runs: u32,
    /// How many requests have arrived.
    pub(crate) requests: u64,
    /// How often a fault was met.
    pub(crate) faults: BTreeMap<Fault, u64>,
    /// Requests that should not have been.
    pub(crate) problems: Vec<String>,
}

/// The calls, by their tokens: a hash table of a fixed size, so that the memory of the process does not
/// grow by it. Tokens are random, so they are hashes already.
#[derive(Debug)]
struct Table(Vec<Option<Call>>);

impl Table {
    /// A table with room for so many calls, and as many empty places.
    fn new(calls: usize) -> Self {
        Self(vec![None; 2 * calls])
    }

    /// The place of a token, which may be empty; `None` where the table is full.
    fn place(&mut self, token: u128) -> Option<&mut Option<Call>> {
        let begin = usize::try_from(token % self.0.len() as u128).ok()?;
        let (before, behind) = self.0.split_at_mut(begin);
        let is_its =
            |place: &&mut Option<Call>| place.as_ref().is_none_or(|call| call.token == token);
        behind.iter_mut().chain(before).find(is_its)
    }

    fn calls(&self) -> impl Iterator<Item = &Call> {
        self.0.iter().flatten()
    }
}

/// What is known of a call.
#[derive(Debug, Clone)]
struct Call {
    token: u128,
    /// The invocation id, which is the same in all attempts.
    invocation: u128,
    /// The number of the last attempt that has arrived.
    attempt: u32,
    /// How often the service was brought to start the flow.
    asked: u32,
    /// The run that it then started.
    run: Option<u32>,
}

/// What the service does with a request.
pub(crate) enum Reply {
    Fault(Fault),
    Run(u32),
}

impl Books {
    pub(crate) fn new(seed: u64, calls: usize) -> Self {
        Self {
            random: Random::new(seed),
            calls: Table::new(calls),
            runs: 0,
            requests: 0,
            faults: BTreeMap::new(),
            problems: Vec::new(),
        }
    }

    /// Enters a request, and decides what becomes of it.
    pub(crate) fn enter(&mut self, request: &RecordedRequest) -> Result<Reply, BoxError> {
        let body: Value = serde_json::from_slice(&request.body)?;
        let token = number(body.get("clientToken").and_then(Value::as_str))?;
        let invocation = number(request.header("amz-sdk-invocation-id"))?;
        let attempt = attempt(request)?;
        self.requests += 1;
        let place = self.calls.place(token).ok_or("there are too many tokens")?;
        let call = place.get_or_insert(Call {
            token,
            invocation,
            attempt: 0,
            asked: 0,
            run: None,
        });
        if (call.invocation, call.attempt < attempt) != (invocation, true) {
            let problem = format!("attempt {attempt} of {token:x} is not of the call before it");
            self.problems.push(problem);
        }
        call.attempt = attempt;
        let fault = Fault::choose(&mut self.random);
        if let Some(fault) = fault {
            *self.faults.entry(fault).or_default() += 1;
            if !fault.starts() {
                return Ok(Reply::Fault(fault));
            }
        }
        call.asked += 1;
        let run = *call.run.get_or_insert_with(|| {
            self.runs += 1;
            self.runs
        });
        Ok(fault.map_or(Reply::Run(run), Reply::Fault))
    }

    /// How many tokens there were.
    pub(crate) fn tokens(&self) -> usize {
        self.calls.calls().count()
    }

    /// How many tokens came as far as that a flow was started.
    pub(crate) fn started(&self) -> usize {
        self.calls.calls().filter(|call| call.asked > 0).count()
    }

    /// How often a token kept the flow from being started once more.
    pub(crate) fn repeated(&self) -> u32 {
        let repeated = |call: &Call| call.asked.saturating_sub(1);
        self.calls.calls().map(repeated).sum()
    }
}

/// A UUID as a number.
fn number(uuid: Option<&str>) -> Result<u128, BoxError> {
    let digits = uuid.ok_or("an id is missing")?.replace('-', "");
    Ok(u128::from_str_radix(&digits, 16)?)
}

/// Which attempt of its call a request says that it is.
fn attempt(request: &RecordedRequest) -> Result<u32, BoxError> {
    let numbers = request.header("amz-sdk-request").unwrap_or_default();
    let attempt = numbers.strip_prefix("attempt=");
    let attempt = attempt.and_then(|rest| rest.strip_suffix("; max=3"));
    Ok(attempt
        .ok_or("there is no number of the attempt")?
        .parse()?)
}
