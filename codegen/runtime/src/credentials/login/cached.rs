//! The file of a session of `aws login` in the cache of the AWS CLI.

use serde_json::Value;
use zeroize::Zeroizing;

use super::super::Credentials;
use super::super::document::{self, wipe};
use crate::timestamp::Timestamp;

const END: &str = "accessToken.expiresAt";
const REQUIRED: [&str; 6] = [
    "accessToken.accessKeyId",
    "accessToken.secretAccessKey",
    "accessToken.sessionToken",
    "clientId",
    "refreshToken",
    "dpopKey",
];

/// The content of the file. Its texts are erased from memory when it is dropped.
pub(super) struct Cached {
    /// All members, including unknown ones, which are written back.
    members: Value,
    pub(super) end: Timestamp,
}

impl Cached {
    /// Returns the name of a missing member as an error.
    ///
    /// Like the AWS CLI, it requires all members even if the credentials are still valid, because a
    /// session that cannot be renewed would soon end.
    pub(super) fn of(members: Value) -> Result<Self, &'static str> {
        let end = Timestamp::UNIX_EPOCH;
        let mut cached = Self { members, end };
        if let Some(path) = REQUIRED.iter().find(|path| cached.text(path).is_empty()) {
            return Err(path);
        }
        cached.end = document::time(cached.text(END)).ok_or(END)?;
        Ok(cached)
    }

    /// Returns the text at a path; an empty one if it is missing.
    pub(super) fn text(&self, path: &str) -> &str {
        let mut names = path.split('.');
        let member = names.try_fold(&self.members, |members, name| members.get(name));
        member.and_then(Value::as_str).unwrap_or_default()
    }

    pub(super) fn credentials(&self) -> Credentials {
        let token = self.text("accessToken.sessionToken").to_owned();
        let credentials = Credentials::new(
            self.text("accessToken.accessKeyId"),
            self.text("accessToken.secretAccessKey"),
            Some(token),
        );
        credentials.with_expiry(self.end)
    }

    /// Returns the content updated with a response; `None` if the response is incomplete.
    pub(super) fn renewed(&self, response: &[u8], now: Timestamp) -> Option<Self> {
        let mut new: Value = serde_json::from_slice(response).ok()?;
        let seconds = new.get("expiresIn")?.as_i64()?;
        // In whole seconds, like the AWS CLI.
        let end = Timestamp::from_second(now.as_second().checked_add(seconds)?).ok()?;
        let mut renewed = Self {
            members: self.members.clone(),
            end,
        };
        let access_token = renewed.members.get_mut("accessToken")?;
        for name in ["accessKeyId", "secretAccessKey", "sessionToken"] {
            let value = new.get_mut("accessToken")?.get_mut(name)?.take();
            set(access_token, name, value)?;
        }
        set(access_token, "expiresAt", end.to_string().into())?;
        let refresh_token = new.get_mut("refreshToken")?.take();
        set(&mut renewed.members, "refreshToken", refresh_token)?;
        if let Some(token @ Value::String(_)) = new.get_mut("idToken") {
            set(&mut renewed.members, "idToken", token.take())?;
        }
        Self::of(std::mem::take(&mut renewed.members)).ok()
    }

    pub(super) fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(self.members.to_string())
    }
}

impl Drop for Cached {
    fn drop(&mut self) {
        wipe(&mut self.members);
    }
}

/// Sets a member of an object; `None` if it is not one.
fn set(object: &mut Value, name: &str, value: Value) -> Option<()> {
    let before = object.as_object_mut()?.insert(name.to_owned(), value);
    wipe(&mut before.unwrap_or_default());
    Some(())
}
