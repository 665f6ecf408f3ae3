//! The functions that the runtime has, with their types.

use crate::ir::endpoint::Storage;
use crate::ir::endpoint::ValueType::{
    self, Arn, Boolean, Integer, Partition, String, StringArray, Url,
};

/// A function that the runtime has.
pub(super) struct Signature {
    /// The name in rules.
    pub(super) name: &'static str,
    /// The name in the runtime.
    pub(super) function: &'static str,
    pub(super) takes: &'static [ValueType],
    pub(super) returns: ValueType,
    /// The Rust type of its value.
    pub(super) storage: Storage,
    /// Is `true` if it can return `None`.
    pub(super) optional: bool,
}

pub(super) const FUNCTIONS: &[Signature] = &[
    Signature {
        name: "aws.isVirtualHostableS3Bucket",
        function: "is_virtual_hostable_s3_bucket",
        takes: &[String, Boolean],
        returns: Boolean,
        storage: Storage::Plain,
        optional: false,
    },
    Signature {
        name: "aws.parseArn",
        function: "parse_arn",
        takes: &[String],
        returns: Arn,
        storage: Storage::Plain,
        optional: true,
    },
    Signature {
        name: "aws.partition",
        function: "partition",
        takes: &[String],
        returns: Partition,
        storage: Storage::Plain,
        optional: true,
    },
    Signature {
        name: "isValidHostLabel",
        function: "is_valid_host_label",
        takes: &[String, Boolean],
        returns: Boolean,
        storage: Storage::Plain,
        optional: false,
    },
    Signature {
        name: "parseURL",
        function: "parse_url",
        takes: &[String],
        returns: Url,
        storage: Storage::Plain,
        optional: true,
    },
    Signature {
        name: "split",
        function: "split",
        takes: &[String, String, Integer],
        returns: StringArray,
        storage: Storage::OwnedArray,
        optional: false,
    },
    Signature {
        name: "substring",
        function: "substring",
        takes: &[String, Integer, Integer, Boolean],
        returns: String,
        storage: Storage::Plain,
        optional: true,
    },
    Signature {
        name: "uriEncode",
        function: "uri_encode",
        takes: &[String],
        returns: String,
        storage: Storage::OwnedString,
        optional: false,
    },
];
