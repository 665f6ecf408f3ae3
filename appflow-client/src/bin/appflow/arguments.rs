//! The arguments of the command.

use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::span;

const EXIT_STATUS: &str = "\
Exit status:
    0  done
    1  a call failed
    2  invalid usage
    3  timed out; the run continues
    4  no credentials, or access denied
    5  the run failed
    6  the run was canceled
  130  detached by Ctrl-C; the run continues

The region, credentials and endpoint are found in the same places as by the AWS CLI.";

/// Start Amazon AppFlow flows and wait for their runs
#[derive(Debug, Parser)]
#[command(name = "appflow", version, after_help = EXIT_STATUS)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// The AWS region [default: from the environment or the profile]
    #[arg(long, global = true)]
    pub(crate) region: Option<String>,

    /// The profile in ~/.aws to use
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) profile: Option<String>,

    /// The URL to call instead of the AWS endpoint
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) endpoint_url: Option<String>,

    /// Print the result as one JSON object
    #[arg(long, global = true)]
    pub(crate) json: bool,

    /// Call an in-memory stand-in of AppFlow, which needs no account
    #[arg(long, global = true, conflicts_with_all = ["endpoint_url", "profile"])]
    pub(crate) local: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Start a flow and wait for the end of its run
    Run {
        #[command(flatten)]
        start: StartOptions,

        /// Do not wait for the end of the run
        #[arg(long)]
        no_wait: bool,

        #[command(flatten)]
        wait: Wait,
    },
    /// Start a flow, or activate a scheduled or event-triggered one
    Start {
        #[command(flatten)]
        start: StartOptions,
    },
    /// Deactivate a scheduled or event-triggered flow
    Stop {
        /// The name of the flow
        name: String,
    },
    /// Show a flow or one of its runs
    Status {
        /// The name of the flow
        name: String,

        /// The execution ID of the run
        run: Option<String>,

        /// Wait for the end of the run
        #[arg(long = "wait", requires = "run")]
        follow: bool,

        #[command(flatten)]
        wait: Wait,
    },
    /// Cancel a run
    Cancel {
        /// The name of the flow
        name: String,

        /// The execution ID of the run
        run: String,
    },
    /// List flows
    List,
    /// List the runs of a flow
    Runs {
        /// The name of the flow
        name: String,
    },
    /// Print shell completions
    Completions {
        /// The shell
        shell: Shell,
    },
}

#[derive(Debug, Args)]
pub(crate) struct StartOptions {
    /// The name of the flow
    pub(crate) name: String,

    /// The idempotency token: AppFlow remembers it for 8 hours and starts the flow once
    #[arg(long)]
    pub(crate) token: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Wait {
    /// Stop waiting after this time, as in 90s, 10m or 2h [default: 24h]
    #[arg(long, value_name = "TIME", value_parser = span::parse)]
    pub(crate) timeout: Option<Duration>,

    /// The shortest pause between two polls [default: 2s]
    #[arg(long, value_name = "TIME", value_parser = span::parse)]
    pub(crate) interval: Option<Duration>,

    /// The effect of the first Ctrl-C; the second one always detaches
    #[arg(long, value_name = "ACTION", default_value = "cancel")]
    pub(crate) on_interrupt: OnInterrupt,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OnInterrupt {
    /// Cancel the run and wait for its end
    Cancel,
    /// Leave the run alone and exit
    Detach,
}
