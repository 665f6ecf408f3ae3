"""Twenty calls of boto3 against a served stand-in, whose URL is the argument."""

import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

client = boto3.client(
    "appflow",
    endpoint_url=sys.argv[1],
    region_name="eu-west-1",
    aws_access_key_id="AKIDEXAMPLE",
    aws_secret_access_key="not-a-secret",
    config=Config(retries={"max_attempts": 0}, proxies={}),
)
calls = 0


def call(operation, **arguments):
    global calls
    calls += 1
    return getattr(client, operation)(**arguments)


def refused(code, operation, **arguments):
    try:
        call(operation, **arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        return
    raise AssertionError(f"{operation} was not refused")


profile = {
    "connectorProfileProperties": {"Salesforce": {}},
    "connectorProfileCredentials": {"Salesforce": {"accessToken": "secret"}},
}
created = call(
    "create_connector_profile",
    connectorProfileName="sales",
    connectorType="Salesforce",
    connectionMode="Public",
    connectorProfileConfig=profile,
)
assert created["connectorProfileArn"].endswith(":connectorprofile/sales")
profiles = call("describe_connector_profiles", connectorProfileNames=["sales"])
assert "secret" not in str(profiles["connectorProfileDetails"][0])
flow = {
    "flowName": "from-python",
    "triggerConfig": {"triggerType": "OnDemand"},
    "sourceFlowConfig": {
        "connectorType": "Salesforce",
        "connectorProfileName": "sales",
        "sourceConnectorProperties": {"Salesforce": {"object": "Order"}},
    },
    "destinationFlowConfigList": [
        {
            "connectorType": "S3",
            "destinationConnectorProperties": {"S3": {"bucketName": "my-bucket"}},
        }
    ],
    "tasks": [{"taskType": "Map_all", "sourceFields": [], "taskProperties": {}}],
}
arn = call("create_flow", **flow)["flowArn"]
assert arn == "arn:aws:appflow:eu-west-1:123456789012:flow/from-python"
refused("ConflictException", "create_flow", **flow)
described = call("describe_flow", flowName="from-python")
assert described["sourceFlowConfig"] == flow["sourceFlowConfig"]
assert described["createdAt"].year == 2026
assert call("update_flow", description="Orders", **flow)["flowStatus"] == "Active"
call("tag_resource", resourceArn=arn, tags={"team": "sales", "cost center": "a/b"})
call("untag_resource", resourceArn=arn, tagKeys=["team"])
tags = call("list_tags_for_resource", resourceArn=arn)["tags"]
assert tags == {"cost center": "a/b"}, tags
names = [it["flowName"] for it in call("list_flows", maxResults=100)["flows"]]
assert names == ["from-python", "nightly-export", "orders-to-s3"], names
started = call("start_flow", flowName="from-python", clientToken="nightly")
repeated = call("start_flow", flowName="from-python", clientToken="nightly")
assert started["executionId"] == repeated["executionId"]
records = call("describe_flow_execution_records", flowName="from-python")
assert records["flowExecutions"][0]["executionStatus"] == "InProgress", records
ids = [started["executionId"], "no-such-run"]
canceled = call("cancel_flow_executions", flowName="from-python", executionIds=ids)
assert canceled["invalidExecutions"] == ["no-such-run"], canceled
activated = call("start_flow", flowName="nightly-export")
assert activated.get("executionId") is None
assert call("stop_flow", flowName="nightly-export")["flowStatus"] == "Suspended"
refused("UnsupportedOperationException", "stop_flow", flowName="orders-to-s3")
refused("ResourceNotFoundException", "start_flow", flowName="no-such-flow")
refused("ValidationException", "start_flow", flowName="no spaces")
call("delete_flow", flowName="from-python", forceDelete=True)
assert calls == 20, calls
