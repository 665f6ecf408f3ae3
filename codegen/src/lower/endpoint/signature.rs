//! The functions that the runtime has, with their types.

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
    /// It may return nothing.
    pub(super) optional: bool,
}

pub(super) const FUNCTIONS: &[Signature] = &[
    Signature {
        name: "aws.isVirtualHostableS3Bucket",
        function: "is_virtual_hostable_s3_bucket",
        takes: &[String, Boolean],
        returns: Boolean,
        optional: false,
    },
    Signature {
        name: "aws.parseArn",
        function: "parse_arn",
        takes: &[String],
        returns: Arn,
        optional: true,
    },
    Signature {
        name: "aws.partition",
        function: "partition",
        takes: &[String],
        returns: Partition,
        optional: true,
    },
    Signature {
        name: "isValidHostLabel",
        function: "is_valid_host_label",
        takes: &[String, Boolean],
        returns: Boolean,
        optional: false,
    },
    Signature {
        name: "parseURL",
        function: "parse_url",
        takes: &[String],
        returns: Url,
        optional: true,
    },
    Signature {
        name: "split",
        function: "split",
        takes: &[String, String, Integer],
        returns: StringArray,
        optional: false,
    },
    Signature {
        name: "substring",
        function: "substring",
        takes: &[String, Integer, Integer, Boolean],
        returns: String,
        optional: true,
    },
    Signature {
        name: "uriEncode",
        function: "uri_encode",
        takes: &[String],
        returns: String,
        optional: false,
    },
];
