//! The published schema holds for the documents the crate writes, and refuses what they are not.

use parcelgauge::cube::{Plan, SCORECARD_SCHEMA, Scorecard};
use parcelgauge::fact::Context;
use parcelgauge::kpi::catalogue;
use parcelgauge::record::{Records, Window};
use parcelgauge::simulate::Network;
use serde_json::{Value, json};

use crate::support::at;

/// What of JSON Schema the published one uses: references, constants, types, objects, arrays.
fn check(value: &Value, schema: &Value, root: &Value) -> Result<(), String> {
    if let Some(reference) = schema["$ref"].as_str() {
        return check(value, root.pointer(reference.trim_start_matches('#')).expect("a definition"), root);
    }
    if let Some(constant) = schema.get("const") {
        return if value == constant { Ok(()) } else { Err(format!("{value} is not {constant}")) };
    }
    if let Some(allowed) = schema["enum"].as_array() {
        return if allowed.contains(value) { Ok(()) } else { Err(format!("{value} is none of {allowed:?}")) };
    }
    let is = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "null" => value.is_null(),
        other => panic!("the test knows no type {other}"),
    };
    let allowed = match &schema["type"] {
        Value::String(name) => is(name),
        Value::Array(names) => names.iter().any(|name| is(name.as_str().expect("a name"))),
        other => panic!("a schema without a type: {other}"),
    };
    if !allowed {
        return Err(format!("{value} is not {}", schema["type"]));
    }
    for item in value.as_array().into_iter().flatten() {
        check(item, &schema["items"], root)?;
    }
    let Some(object) = value.as_object() else { return Ok(()) };
    for required in schema["required"].as_array().into_iter().flatten() {
        let name = required.as_str().expect("a name");
        object.get(name).ok_or_else(|| format!("{name} is missing"))?;
    }
    for (name, member) in object {
        match schema["properties"].get(name) {
            Some(schema) => check(member, schema, root).map_err(|error| format!("{name}: {error}"))?,
            None if schema["additionalProperties"].is_object() => {
                check(member, &schema["additionalProperties"], root).map_err(|error| format!("{name}: {error}"))?;
            }
            None => return Err(format!("{name} is not in the schema")),
        }
    }
    Ok(())
}

fn documents() -> Vec<Value> {
    let network = Network::new(7).unwrap().with_shipments(400).records();
    let plan = Plan::everything(catalogue()).with_window(Window::Week).with_evidence(3);
    let by = plan.clone().by(["lane".parse().unwrap(), "product".parse().unwrap()]);
    let context = Context::at(at("2026-10-20T00:00:00Z"));
    let by_outcome = plan.clone().by(["handled_by".parse().unwrap(), "loss_rate:horizon=30d".parse().unwrap()]);
    [plan.clone(), by, by_outcome]
        .map(|plan| Scorecard::measure(&network, &plan, &context))
        .into_iter()
        .chain([Scorecard::measure(&Records::default(), &plan, &context)])
        .map(|scorecard| serde_json::from_str(&scorecard.to_json()).unwrap())
        .collect()
}

#[test]
fn documents_hold_to_the_schema() {
    let schema: Value = serde_json::from_str(SCORECARD_SCHEMA).unwrap();
    for document in documents() {
        assert_eq!(check(&document, &schema, &schema), Ok(()));
    }
}

#[test]
fn the_schema_refuses_other_documents() {
    let schema: Value = serde_json::from_str(SCORECARD_SCHEMA).unwrap();
    let good = documents().swap_remove(0);
    let spoil = |pointer: &str, value: Value| {
        let mut bad = good.clone();
        *bad.pointer_mut(pointer).unwrap() = value;
        assert!(check(&bad, &schema, &schema).is_err(), "{pointer}");
    };
    spoil("/format", json!("another"));
    spoil("/window", json!("fortnight"));
    spoil("/rows/0/open", json!(0.5));
    spoil("/rows/0/excluded", json!(null));
    spoil("/rows/0/evidence", json!([{"id": "A"}]));
    let by_outcome = documents().swap_remove(2);
    for (member, value) in [("overlapping", json!(false)), ("params", json!([])), ("surprise", json!(1))] {
        let mut bad = by_outcome.clone();
        bad["dimensions"]["handled_by"][member] = value;
        assert!(check(&bad, &schema, &schema).is_err(), "{member}");
    }
    let mut bad = good.clone();
    bad["rows"][0]["surprise"] = json!(1);
    assert!(check(&bad, &schema, &schema).is_err());
}
