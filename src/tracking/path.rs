//! Paths into a tree of values: names parted by `/`, lists passed through.

use serde_json::Value;

/// Everything at a path, in order.
pub(super) fn all<'v>(value: &'v Value, path: &str) -> Vec<&'v Value> {
    let mut here = spread(value);
    for name in path.split('/').filter(|name| !name.is_empty()) {
        here = here.into_iter().filter_map(|value| value.get(name)).flat_map(spread).collect();
    }
    here
}

fn spread(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(several) => several.iter().collect(),
        one => vec![one],
    }
}

/// The first text at any of the paths that is not empty. Numbers are texts.
pub(super) fn text(value: &Value, paths: &[&str]) -> Option<String> {
    let texts = |path: &&str| {
        all(value, path).into_iter().find_map(|value| match value {
            Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
    };
    paths.iter().find_map(texts)
}
