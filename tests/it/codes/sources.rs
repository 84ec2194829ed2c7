//! Every vocabulary against the list it was typed from.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use parcelgauge::codes::{Grade, Meaning, System, Vocabulary};

use crate::support::data_set;

fn vocabulary(system: System) -> &'static Vocabulary {
    system.vocabulary().expect("a file of the crate")
}

/// How many codes, reasons and other names the source of each system lists.
const LISTED: [(System, usize, usize, usize); 10] = [
    (System::Emsevt, 19, 0, 0),     // those with a source; six more are known from memory only
    (System::Epcis, 41 + 33, 0, 0), // bizSteps and dispositions
    (System::Karrio, 12, 35, 0),
    (System::AfterShip, 9 + 40, 0, 0),  // tags and sub-tags
    (System::EasyPost, 10 + 23, 0, 0),  // statuses, and those details that are no status
    (System::SeventeenTrack, 38, 0, 7), // main 9 and sub 30, of which InfoReceived is both; v1's numbers
    (System::TrackingMore, 8 + 19, 0, 0),
    (System::Kuaidi100, 36, 0, 10),
    (System::Kdniao, 41, 0, 0),
    (System::Yunda, 20, 0, 0),
];

#[test]
fn every_vocabulary_lists_as_many_codes_as_its_source() {
    assert_eq!(LISTED.map(|(system, ..)| system), System::ALL);
    for (system, codes, reasons, aliases) in LISTED {
        let read = vocabulary(system);
        assert_eq!(read.system, system.name());
        assert_eq!(System::named(system.name()), Some(system));
        assert_eq!(
            (read.codes().len(), read.reasons().len(), read.aliases().len()),
            (codes, reasons, aliases),
            "{system:?}"
        );
        for word in [&read.title, &read.version, &read.source] {
            assert!(!word.is_empty(), "{system:?} does not say where it is from");
        }
    }
    assert_eq!(vocabulary(System::Yunda).grade, Grade::Secondary);
    assert_eq!(vocabulary(System::AfterShip).grade, Grade::Primary);
}

/// The page of facts the files were typed from, where it lies beside the project.
fn facts() -> Option<String> {
    let page = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/facts/international.md");
    let text = fs::read_to_string(page).ok();
    if text.is_none() {
        println!("skipped: the page of facts is not beside this project");
    }
    text
}

/// The words between two marks of the page.
fn between<'t>(page: &'t str, from: &str, to: &str) -> Vec<&'t str> {
    let start = page.find(from).expect(from) + from.len();
    let end = start + page[start..].find(to).expect(to);
    page[start..end].split([' ', '*', ',', ';']).filter(|word| !word.is_empty()).collect()
}

fn codes(system: System) -> BTreeSet<&'static str> {
    vocabulary(system).codes().map(|(code, _)| code).collect()
}

#[test]
fn epcis_holds_every_step_and_disposition_of_the_page() {
    let Some(page) = facts() else { return };
    let (steps, dispositions) =
        codes(System::Epcis).into_iter().partition::<BTreeSet<_>, _>(|code| !code.starts_with("disposition:"));
    assert_eq!(steps, between(&page, "- 41 bizSteps: ", "\n").into_iter().collect());
    let bare: BTreeSet<_> = dispositions.iter().filter_map(|code| code.strip_prefix("disposition:")).collect();
    assert_eq!(bare, between(&page, "- 33 dispositions: ", "\n").into_iter().collect());
}

#[test]
fn easypost_karrio_and_yunda_hold_every_word_of_the_page() {
    let Some(page) = facts() else { return };
    let mut words: BTreeSet<_> = between(&page, "[P] status: ", "; status_detail").into_iter().collect();
    words.extend(between(&page, "; status_detail: ", ".\n"));
    assert_eq!(codes(System::EasyPost), words);
    assert_eq!(codes(System::Karrio), between(&page, "`TrackingStatus`: ", ". `").into_iter().collect());
    let yunda = between(&page, "apifox.cn]: ", " — closest");
    let words: BTreeSet<_> = yunda
        .iter()
        .map(|word| word.split('(').next().unwrap_or(word))
        .flat_map(|word| {
            let (stem, rest) = word.rsplit_once('_').unwrap_or((word, ""));
            match rest.contains('/') {
                true => rest.split('/').map(|end| format!("{stem}_{end}")).collect::<Vec<_>>(),
                false => vec![word.to_owned()],
            }
        })
        .collect();
    assert_eq!(codes(System::Yunda), words.iter().map(String::as_str).collect());
}

#[test]
fn kdniao_holds_every_state_of_the_list_with_its_text() {
    let Some(folder) = data_set("cn_traces") else { return };
    let mut rows = csv::Reader::from_path(folder.join("kdniao_state_codes.csv")).expect("the list");
    let read = vocabulary(System::Kdniao);
    let mut listed = 0;
    for row in rows.records() {
        let row = row.expect("a row");
        assert_eq!(read.code(&row[0]).map(|code| code.text.as_str()), Some(&row[1]), "{}", &row[0]);
        listed += 1;
    }
    assert_eq!((listed, read.codes().len()), (41, 41));
}

#[test]
fn what_no_source_attests_is_in_no_vocabulary() {
    for code in ["EDE", "EDF", "EMG", "EDG", "EDH", "EDX"] {
        assert_eq!(vocabulary(System::Emsevt).code(code), None, "{code}");
    }
}

#[test]
fn every_meaning_is_named_once_and_said_by_some_code() {
    let names: BTreeSet<_> = Meaning::ALL.iter().map(|meaning| meaning.name()).collect();
    assert_eq!(names.len(), Meaning::ALL.len());
    let said: BTreeSet<Meaning> = System::ALL
        .into_iter()
        .flat_map(|system| vocabulary(system).codes())
        .flat_map(|(_, code)| code.also.iter().copied().chain([code.meaning]))
        .collect();
    // The site of origin is told by texts only.
    let silent: Vec<_> = Meaning::ALL.into_iter().filter(|meaning| !said.contains(meaning)).collect();
    assert_eq!(silent, [Meaning::ArrivedOrigin]);
}

#[test]
fn a_broken_vocabulary_is_refused_by_the_word() {
    let with = |rows: &str| {
        let head = "format = \"parcelgauge.vocabulary/1\"\nsystem = \"s\"\ntitle = \"t\"\nversion = \"1\"\nsource = \"x\"\n\
                    grade = \"primary\"\nlanguage = \"en\"\n";
        format!("{head}{rows}").parse::<Vocabulary>().map(|_| ()).map_err(|error| error.to_string())
    };
    assert_eq!(with("codes = [[\"1\", \"delivered\", \"\"]]"), Ok(()));
    assert_eq!(with("codes = [[\"1\", \"handed\", \"\"]]"), Err("`1`: `handed` is no meaning".to_owned()));
    assert!(with("codes = [[\"1\", \"stored\"]]").is_err_and(|error| error.contains("has 2 words")));
    assert!(with("codes = [[\"1\", \"stored\", \"\"], [\"1\", \"lost\", \"\"]]").is_err());
    let twice = "codes = [[\"1\", \"stored\", \"\"], [\"1\", \"delivered\", \"\"]]";
    assert!(with(twice).is_err_and(|error| error.contains("listed twice")));
    assert!(
        with("codes = [[\"1\", \"stored\", \"\", \"nobody\"]]").is_err_and(|error| error.contains("responsible party"))
    );
    assert!(with("codes = []\naliases = [[\"2\", \"1\"]]").is_err_and(|error| error.contains("code of the list")));
}
