//! The shape of the source tree: the direction of imports, one KPI a file, and what may not be written where.
//!
//! Debts are listed with the rule they break; a debt that is paid must leave the list.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use parcelgauge::kpi::catalogue;

/// The rooms in their order: each imports from its left only.
const ROOMS: &[&str] = &[
    "record",
    "calendar",
    "casework",
    "codes",
    "journey",
    "outcome",
    "fact",
    "stats",
    "state",
    "kpi",
    "cube",
    "target",
    "compensation",
    "diagnosis",
    "score",
];
/// The rooms around them: they import from the core and from one another, and the core imports none of them.
const EDGES: &[&str] = &["intake", "simulate", "report", "tracking", "pseudonym", "arrow", "python"];

/// Files above 400 lines.
const LONG: &[&str] = &[];
/// `mod.rs` files that hold code.
const CODE_IN_MOD: &[&str] = &[];

fn source() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every Rust file under `src`, by its path from there.
fn files() -> BTreeMap<String, String> {
    fn walk(folder: &Path, found: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(source()).expect("under src").to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read_to_string(&path).expect("text"));
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(&source(), &mut found);
    found
}

/// The lines of code: no comments, no doctests.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.starts_with("//"))
}

fn room(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap_or(file)
}

#[test]
fn imports_point_one_way() {
    let place = |room: &str| ROOMS.iter().position(|&known| known == room);
    let mut wrong = Vec::new();
    for (file, text) in files().iter().filter(|(file, _)| *file != "lib.rs") {
        let own = room(file);
        assert!(place(own).is_some() || EDGES.contains(&own), "{file}: put the room {own} into the order");
        for line in code(text) {
            for import in line.split("crate::").skip(1) {
                let end = import.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(import.len());
                let other = &import[..end];
                let allowed = match (place(own), place(other)) {
                    (Some(own), Some(other)) => other <= own,
                    (Some(_), None) => false,
                    (None, Some(_)) => true,
                    (None, None) => EDGES.contains(&other) && (other != "python" || own == "python"),
                };
                if !allowed {
                    wrong.push(format!("{file}: {own} imports {other}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_catalogue_lists_the_files_there_are() {
    let files = files();
    let on_disk: BTreeSet<&str> = files
        .keys()
        .filter_map(|file| file.strip_prefix("kpi/"))
        .filter_map(|file| file.split_once('/'))
        .filter_map(|(_, file)| file.strip_suffix(".rs"))
        .filter(|&file| file != "mod")
        .collect();
    let listed: BTreeSet<&str> = catalogue().iter().map(|gauge| gauge.definition().id).collect();
    assert_eq!(on_disk, listed);
}

#[test]
fn every_kpi_page_has_its_sections_and_its_chinese_name() {
    let files = files();
    for gauge in catalogue().iter() {
        let definition = gauge.definition();
        let file = format!("/{}.rs", definition.id);
        let (name, page) = files.iter().find(|(name, _)| name.ends_with(&file)).expect("a page");
        for section in ["/// # Formula", "/// # By hand", "/// # Source"] {
            assert!(page.lines().any(|line| line == section), "{name} has no `{section}`");
        }
        assert!(page.contains(&format!("#[doc(alias = \"{}\")]", definition.name_zh)), "{name}: no alias in Chinese");
        let title = page.lines().next().unwrap_or_default();
        assert!(title.starts_with("//! ") && title.contains(definition.name_zh), "{name}: `{title}`");
    }
}

/// Checks a rule over all files: those that break it must be the debts named, no more and no fewer.
fn only<'a>(rule: &str, broken: impl IntoIterator<Item = &'a String>, debts: &[&str]) {
    let broken: BTreeSet<&str> = broken.into_iter().map(String::as_str).collect();
    assert_eq!(broken, debts.iter().copied().collect(), "{rule}");
}

#[test]
fn no_file_is_longer_than_400_lines() {
    let files = files();
    let long = files.iter().filter(|(_, text)| text.lines().count() > 400).map(|(file, _)| file);
    only("files under 400 lines", long, LONG);
}

#[test]
fn mod_files_hold_documentation_and_imports_only() {
    let files = files();
    let holds_code = |text: &str| {
        let mut in_use = false;
        code(text).any(|line| {
            let starts =
                ["pub use ", "pub(crate) use ", "use ", "mod ", "pub mod ", "pub(crate) mod ", "pub(super) mod ", "#"];
            let fits = in_use || line.is_empty() || starts.iter().any(|start| line.starts_with(start));
            in_use = (in_use || line.contains("use ")) && !line.ends_with(';');
            !fits
        })
    };
    let wrong = files.iter().filter(|(file, text)| file.ends_with("mod.rs") && holds_code(text)).map(|(file, _)| file);
    only("mod.rs holds docs and imports", wrong, CODE_IN_MOD);
}

/// Floats begin where counting ends: in `state` they are made in `figure.rs` only, and elsewhere only handed on. The
/// compiler sees to the arithmetic: clippy's `float_arithmetic` is denied in `state` and `kpi`.
#[test]
fn states_hold_no_floats() {
    let files = files();
    let of_states = || files.iter().filter(|(file, _)| file.starts_with("state/") && *file != "state/figure.rs");
    let mentions = |line: &&str| {
        let floats = line.contains("f64") || line.contains("f32");
        floats && !line.contains("-> Option<f64>")
    };
    let wrong: Vec<_> =
        of_states().flat_map(|(file, text)| code(text).filter(mentions).map(move |line| (file, line))).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    for room in ["state/mod.rs", "kpi/mod.rs"] {
        assert!(files[room].contains("#![deny(clippy::float_arithmetic)]"), "{room} lets floats in");
    }
    let lets_in = |(file, text): &(&String, &String)| {
        let guarded = file.starts_with("state/") || file.starts_with("kpi/");
        guarded && text.contains("allow(clippy::float_arithmetic") || text.contains("expect(clippy::float_arithmetic")
    };
    only(
        "float arithmetic",
        files.iter().filter(lets_in).map(|(file, _)| file),
        &["kpi/policies.rs", "state/figure.rs"],
    );
}

#[test]
fn what_may_not_be_written_is_not() {
    for (file, text) in files() {
        for line in code(&text) {
            for word in ["macro_rules!", "todo!", "unimplemented!", "dbg!", "println!"] {
                assert!(!line.contains(word), "{file}: {line}");
            }
            let is_unsafe = line.contains("unsafe ") && !line.contains("unsafe_code");
            assert!(!is_unsafe || file == "python/capsule.rs", "{file}: {line}");
            assert!(!line.contains("Utc::now") && !line.contains("SystemTime"), "{file} reads a clock: {line}");
        }
        assert!(!text.contains("TODO") && !text.contains("FIXME"), "{file}");
    }
}
