//! Makes a cluster that runs a job every night: Amazon EKS, AWS Lambda and Amazon EventBridge
//! Scheduler in one program. The walkthrough of the generator shows it.

use std::collections::BTreeMap;
use std::error::Error;
use std::time::{Duration, SystemTime};

use eks::operation::{CreateClusterRequired, CreateFargateProfileRequired};
use eks::types::{FargateProfileSelector, VpcConfigRequest};
use lambda::operation::CreateFunctionRequired;
use lambda::types::{Environment, FunctionCode};
use scheduler::operation::CreateScheduleRequired;
use scheduler::types::{FlexibleTimeWindow, FlexibleTimeWindowMode, Target};

include!(concat!(env!("OUT_DIR"), "/eks.rs"));
include!(concat!(env!("OUT_DIR"), "/lambda.rs"));
include!(concat!(env!("OUT_DIR"), "/scheduler.rs"));

/// What the user decides.
struct Plan {
    name: String,
    role: String,
    subnets: Vec<String>,
    version: Option<String>,
    description: Option<String>,
    variables: BTreeMap<String, String>,
}

/// Makes the cluster and waits until it can be used.
async fn cluster(client: &eks::Client, plan: &Plan) -> Result<String, Box<dyn Error>> {
    let network = VpcConfigRequest::default().subnet_ids(&plan.subnets);
    client
        .create_cluster(CreateClusterRequired {
            name: plan.name.clone(),
            role_arn: plan.role.clone(),
            resources_vpc_config: network,
        })
        .with(|request| request.version.clone_from(&plan.version))
        .tags([("team", "data"), ("made-by", "nightly")])
        .send()
        .await?;
    let described = client
        .describe_cluster(&plan.name)
        .wait_until_cluster_active(Duration::from_secs(1200))
        .await?;
    let cluster = described.cluster.ok_or("no cluster in the response")?;
    let selector = FargateProfileSelector::default()
        .namespace("jobs")
        .labels([("kind", "nightly")]);
    client
        .create_fargate_profile(CreateFargateProfileRequired {
            cluster_name: plan.name.clone(),
            fargate_profile_name: "nightly".into(),
            pod_execution_role_arn: plan.role.clone(),
        })
        .subnets(&plan.subnets)
        .selectors([selector])
        .send()
        .await?;
    let arn = cluster.arn.ok_or("no ARN in the response")?;
    client.tag_resource(&arn, [("ready", "yes")]).send().await?;
    client.untag_resource(&arn, ["made-by"]).send().await?;
    Ok(arn)
}

/// Makes the function that starts the job. Its code is in memory.
async fn function(client: &lambda::Client, plan: &Plan) -> Result<String, Box<dyn Error>> {
    let (function, metadata) = client
        .create_function(CreateFunctionRequired {
            function_name: plan.name.clone(),
            role: plan.role.clone(),
            code: FunctionCode::default().zip_file(b"PK\x05\x06"),
        })
        .runtime("provided.al2023")
        .handler("bootstrap")
        .architectures(["arm64"])
        .environment(Environment::default().variables(&plan.variables))
        .with(|request| request.description.clone_from(&plan.description))
        .send_with_metadata()
        .await?;
    println!(
        "made for {:?}, request {:?}",
        function.architectures(),
        metadata.request_id()
    );
    Ok(function.function_arn.ok_or("no ARN in the response")?)
}

/// Calls the function every night from tomorrow on.
async fn schedule(
    client: &scheduler::Client,
    plan: &Plan,
    function: &str,
    tomorrow: SystemTime,
) -> Result<String, Box<dyn Error>> {
    let scheduled = client
        .create_schedule(CreateScheduleRequired {
            name: plan.name.clone(),
            schedule_expression: "cron(0 3 * * ? *)".into(),
            target: Target::new(function, &plan.role).input("{}"),
            flexible_time_window: FlexibleTimeWindow::new(FlexibleTimeWindowMode::Off),
        })
        .start_date(tomorrow)
        .send()
        .await?;
    Ok(scheduled.schedule_arn)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let plan = Plan {
        name: arguments.next().ok_or("give a name")?,
        role: arguments.next().ok_or("give the ARN of a role")?,
        version: arguments.next(),
        subnets: vec!["subnet-1".to_owned(), "subnet-2".to_owned()],
        description: None,
        variables: BTreeMap::new(),
    };
    cluster(&eks::Client::from_env().await?, &plan).await?;
    let function = function(&lambda::Client::from_env().await?, &plan).await?;
    #[expect(clippy::disallowed_methods, reason = "no test runs this program")]
    let tomorrow = SystemTime::now() + Duration::from_secs(24 * 60 * 60);
    let client = scheduler::Client::from_env().await?;
    println!("{}", schedule(&client, &plan, &function, tomorrow).await?);
    Ok(())
}
