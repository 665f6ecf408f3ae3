#![doc = include_str!("walkthrough.md")]
