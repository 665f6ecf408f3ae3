//! Tags of flows.

use smithy_reqwest::mock::MockError;

use super::account::Account;
use super::validate;
use crate::operation::{
    ListTagsForResourceRequest, ListTagsForResourceResponse, TagResourceRequest,
    TagResourceResponse, UntagResourceRequest, UntagResourceResponse,
};

impl Account {
    pub(super) fn tag(
        &mut self,
        input: TagResourceRequest,
    ) -> Result<TagResourceResponse, MockError> {
        validate::tags(Some(&input.tags))?;
        let tags = self.tags(&input.resource_arn)?;
        let mut merged = tags.clone().unwrap_or_default();
        merged.extend(input.tags);
        validate::tag_count(&merged)?;
        *tags = Some(merged);
        Ok(TagResourceResponse {})
    }

    pub(super) fn untag(
        &mut self,
        input: &UntagResourceRequest,
    ) -> Result<UntagResourceResponse, MockError> {
        let tags = self.tags(&input.resource_arn)?;
        for tags in tags.iter_mut() {
            tags.retain(|key, _| !input.tag_keys.contains(key));
        }
        Ok(UntagResourceResponse {})
    }

    pub(super) fn list_tags(
        &mut self,
        input: &ListTagsForResourceRequest,
    ) -> Result<ListTagsForResourceResponse, MockError> {
        let tags = self.tags(&input.resource_arn)?.clone();
        Ok(ListTagsForResourceResponse {
            tags: Some(tags.unwrap_or_default()),
        })
    }
}
