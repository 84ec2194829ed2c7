//! Tables in the texts are the catalogue's.

use std::fmt::Write;
use std::path::Path;

use parcelgauge::kpi::catalogue;

const BEGIN: &str = "<!-- catalogue: ";
const END: &str = "<!-- end of catalogue -->";

fn table() -> String {
    let mut table = String::from(
        "\n| code | name | | kind | definition | unit | by |\n| --- | --- | --- | --- | --- | --- | --- |\n",
    );
    let mut definitions: Vec<_> = catalogue().iter().map(|gauge| gauge.definition()).collect();
    definitions.dedup_by_key(|definition| definition.id); // several arguments, one definition
    for definition in definitions {
        let cohorts: Vec<&str> = definition.cohorts.iter().map(|cohort| cohort.name()).collect();
        writeln!(
            table,
            "| `{}` | {} {} | {} | {} | {} | {} | {} |",
            definition.id,
            definition.name_en,
            definition.name_zh,
            definition.direction.sign(),
            definition.kind.name(),
            definition.formula,
            definition.unit.name(),
            cohorts.join(", "),
        )
        .unwrap();
    }
    table.push('\n');
    table
}

#[test]
fn the_readme_lists_the_catalogue() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let begin = text.find(BEGIN).unwrap();
    let begin = begin + text[begin..].find('\n').unwrap() + 1;
    let end = text.find(END).unwrap();
    let current = format!("{}{}{}", &text[..begin], table(), &text[end..]);
    if std::env::var_os("PARCELGAUGE_UPDATE").is_some() {
        std::fs::write(&path, &current).unwrap();
    }
    assert!(
        text == current,
        "the README's table is not the catalogue's; PARCELGAUGE_UPDATE=1 cargo test writes it anew"
    );
}
