//! A scorecard in a notebook.

use std::fmt::Write;

use crate::cube::{Row, Scorecard};
use crate::report::format;
use crate::state::Figure;

/// Rows that are shown; how many more there are is said.
const SHOWN: usize = 100;

/// The first rows as a table of HTML, rounded for reading.
pub(super) fn table(scorecard: &Scorecard) -> String {
    let Scorecard { as_of, zone, window, .. } = scorecard;
    let mut html = format!("<table><caption>As of {as_of}, days of {zone}, by {window}</caption><thead><tr>");
    let dimensions = scorecard.dimensions.iter().map(|dimension| dimension.name());
    let titles = ["figure", window.name()].into_iter().chain(dimensions);
    let titles = titles.chain(["value", "95 % interval", "n", "open", "excluded", "invalid"]);
    titles.for_each(|title| cell(&mut html, "th", title));
    html.push_str("</tr></thead><tbody>");
    for row in scorecard.rows.iter().take(SHOWN) {
        html.push_str("<tr>");
        cells(row).iter().for_each(|text| cell(&mut html, "td", text));
        html.push_str("</tr>");
    }
    html.push_str("</tbody></table>");
    let more = scorecard.rows.len().saturating_sub(SHOWN);
    if more > 0 {
        // Writing to a `String` cannot fail.
        let _ = write!(html, "<p>and {} more; see to_pandas() or to_polars()</p>", format::several(more, "row"));
    }
    html
}

fn cells(row: &Row) -> Vec<String> {
    let definition = row.definition;
    let arguments: Vec<String> = row.arguments().map(|(name, value)| format::param(name, value)).collect();
    let name = match arguments.as_slice() {
        [] => definition.name_en.to_owned(),
        some => format!("{} ({})", definition.name_en, some.join(", ")),
    };
    let currency = match row.figure {
        Figure::Ratio { currency, .. } => currency,
        _ => None,
    };
    let mut cells = vec![name, row.window.clone()];
    cells.extend(row.group.iter().map(|value| value.text().unwrap_or("(none)").to_owned()));
    cells.push(format::value(row.figure.value(), definition.unit, currency));
    cells.push(format::interval(row.figure.interval(), definition.unit));
    cells.extend([row.counted(), row.open, row.excluded.total(), row.invalid.total()].map(format::count));
    cells
}

/// A cell whose text is nothing but text.
fn cell(html: &mut String, tag: &str, text: &str) {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    // Writing to a `String` cannot fail.
    let _ = write!(html, "<{tag}>{text}</{tag}>");
}
