//! The page to read: what it shows where there is little, much, or nothing; and that small groups do not cry wolf.

use parcelgauge::cube::{Dimension, Fold, Plan, Scorecard};
use parcelgauge::fact::Context;
use parcelgauge::kpi::{Policy, catalogue};
use parcelgauge::record::{
    CaseClass, CaseId, Claim, ClaimId, Complaint, Currency, Label, Money, NodeKind, Payment, Promise, RecordKind,
    Records, Window,
};
use parcelgauge::report::summary;
use parcelgauge::target::BASELINE;

use crate::support::{at, day, scan, waybill};

/// Parcels delivered a minute before their promise or an hour after it.
fn deliver(records: &mut Records, name: &str, posted: (u32, u32), region: &str, in_time: u32, late: u32) {
    let date = day(posted.0, posted.1);
    for number in 0..in_time + late {
        let mut parcel = waybill(&format!("{name}{number}"), date);
        parcel.destination_region = Some(Label::new(region).expect("a label"));
        let hour = |day: u32, hour: u32| format!("2026-{:02}-{day:02}T{hour:02}:00:00+08:00", posted.0);
        parcel.promise = Some(Promise::By(at(&hour(posted.1 + 2, 12))));
        let done = if number < in_time { 11 } else { 13 };
        records.events.push(scan(&parcel.key, NodeKind::Collected, &hour(posted.1, 9)));
        records.events.push(scan(&parcel.key, NodeKind::Delivered, &hour(posted.1 + 2, done)));
        records.waybills.push(parcel);
    }
}

fn page(records: &Records, plan: &Plan, as_of: &str) -> String {
    let context = Context::at(at(as_of));
    let fold = Fold::of(records, plan, plan.window(), &context, None);
    let parts = Scorecard::of(&fold, plan, &context);
    let whole = fold.roll_up(plan, &[]).expect("a roll-up");
    let whole = Scorecard::of(&whole, &plan.clone().by([]), &context);
    summary(&whole, (!plan.dimensions().is_empty()).then_some(&parts), BASELINE)
}

fn plan(kpis: &[&str]) -> Plan {
    Plan::new(kpis.iter().map(|kpi| catalogue().find(kpi).expect("a KPI")))
}

/// The line of a figure, its blanks made one.
fn line(page: &str, start: &str) -> String {
    let line =
        page.lines().find(|line| line.trim_start().starts_with(start)).unwrap_or_else(|| panic!("{start}: {page}"));
    joined(line)
}

/// A text with one blank wherever there are blanks or line ends.
fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

const END: &str = "2026-12-01T00:00:00+08:00";

#[test]
fn a_figure_has_a_line_with_windows_numbers_and_verdict() {
    let mut records = Records::default();
    deliver(&mut records, "A", (9, 1), "North", 98, 2);
    deliver(&mut records, "B", (10, 1), "North", 97, 3);
    let page = page(&records, &plan(&["on_time_delivery_rate"]), END);
    let line = line(&page, "On-time");
    assert_eq!(line, "On-time delivery rate 98.00 97.00 2026-10 100 91.55–98.97 0 0 ✗ missed 1/2 ≥ 98 %", "{page}");
    let words = joined(&page);
    assert!(words.contains("misses its target of ≥ 98 % in 1 of 2 months, none beyond chance;"), "{page}");
    assert!(words.contains("; worst in 2026-10: 97.00 % (n 100, 91.55 – 98.97 %, 1 short of it)."), "{page}");
}

#[test]
fn a_month_with_more_than_one_in_a_hundred_open_is_not_read_as_finished() {
    for (open, is_starred) in [(1, false), (2, true)] {
        let mut records = Records::default();
        deliver(&mut records, "A", (9, 1), "North", 99, 0);
        deliver(&mut records, "B", (10, 1), "North", 99, 0);
        // Due on the last day that is still within its settling time at the instant of judgement.
        deliver(&mut records, "C", (10, 3), "North", open, 0);
        let page = page(&records, &plan(&["on_time_delivery_rate"]), "2026-10-06T00:00:00+08:00");
        let line = line(&page, "On-time");
        let (october, window) = if is_starred { ("*100", "2026-09") } else { ("100", "2026-10") };
        assert!(line.starts_with(&format!("On-time delivery rate 100 {october} {window}")), "{open} open: {page}");
    }
}

#[test]
fn the_verdict_is_of_all_final_windows_and_the_line_of_one_with_facts_enough() {
    for (facts, window) in [(29, "2026-09 100 91.55–98.97"), (30, "2026-10 30 88.65–100")] {
        let mut records = Records::default();
        deliver(&mut records, "A", (9, 1), "North", 97, 3);
        deliver(&mut records, "B", (10, 1), "North", facts, 0);
        let page = page(&records, &plan(&["on_time_delivery_rate"]), END);
        let line = line(&page, "On-time");
        assert_eq!(line, format!("On-time delivery rate 97.00 100 {window} 0 0 ✗ missed 1/2 ≥ 98 %"), "{page}");
        assert!(joined(&page).contains("; latest in 2026-10: 100.00 % (n "), "{page}");
    }
}

#[test]
fn a_window_still_open_is_not_judged_beside_final_ones() {
    let mut records = Records::default();
    deliver(&mut records, "A", (9, 1), "North", 40, 0);
    deliver(&mut records, "B", (10, 1), "North", 0, 10);
    deliver(&mut records, "C", (10, 3), "North", 5, 0);
    let page = page(&records, &plan(&["on_time_delivery_rate"]), "2026-10-06T00:00:00+08:00");
    assert!(line(&page, "On-time").contains("✓ met"), "{page}");
    assert!(!page.contains("What is worst"), "{page}");
}

/// The rule of the worst: the whole interval beyond the line, and three adverse facts at least.
#[test]
fn small_groups_do_not_cry_wolf() {
    let told = |late: u32, of: u32| {
        let mut records = Records::default();
        deliver(&mut records, "A", (9, 1), "Small", of - late, late);
        deliver(&mut records, "B", (9, 1), "Large", 900, 100);
        page(&records, &plan(&["on_time_delivery_rate"]).by([Dimension::DestinationRegion]), END)
    };
    let is_named = |page: &str| page.lines().any(|line| line.contains("Where:") && line.contains("Small"));
    assert!(!is_named(&told(1, 2)), "one of two late is an accident");
    assert!(!is_named(&told(2, 3)), "two of three too, though the interval is beyond the line");
    assert!(is_named(&told(3, 4)), "three of four are not");
    assert!(!is_named(&told(3, 100)), "97 % of 100 is within chance of 98 %");
    assert!(is_named(&told(7, 100)), "93 % of 100 is not: 86.25 – 96.57 %");
    assert!(told(3, 4).contains("Large 90.00 % (n 1,000)") || told(3, 4).contains("Large in 1 month"));
}

/// Cases of parcels of a region, some of them answered after two days.
fn complain(records: &mut Records, region: &str, in_time: u32, late: u32) {
    for number in 0..in_time + late {
        let id = format!("{region}{number}");
        let mut parcel = waybill(&id, day(9, 1));
        parcel.destination_region = Some(Label::new(region).expect("a label"));
        let opened_at = at("2026-09-02T00:00:00Z");
        let mut case = Complaint::new(CaseId::new(&id).expect("an id"), CaseClass::Complaint, opened_at);
        case.waybill = Some(parcel.key.clone());
        let answered = if number < in_time { "2026-09-02T01:00:00Z" } else { "2026-09-04T00:00:00Z" };
        case.responded_at = Some(at(answered));
        records.events.push(scan(&parcel.key, NodeKind::Collected, "2026-09-01T00:00:00Z"));
        records.waybills.push(parcel);
        records.complaints.push(case);
    }
}

#[test]
fn a_line_that_allows_nothing_holds_groups_against_all_together() {
    let response = plan(&["response_within_rate"]).by([Dimension::DestinationRegion]);
    let mut records = Records::supplying(RecordKind::ALL);
    complain(&mut records, "North", 36, 4);
    complain(&mut records, "South", 35, 5);
    let alike = page(&records, &response, END);
    assert!(alike.contains("Where: nowhere beyond chance, of 2 figures looked at."), "{alike}");
    complain(&mut records, "East", 0, 10);
    let unlike = page(&records, &response, END);
    assert!(unlike.contains("Where: East in 1 month"), "{unlike}");
}

#[test]
fn windows_that_do_not_fit_are_left_out_and_said_so() {
    let mut records = Records::default();
    for month in 5..=10 {
        for date in 1..=26 {
            deliver(&mut records, &format!("A{month}-{date}-"), (month, date), "North", 2, 0);
        }
    }
    // The only day with facts enough has no column, so the latest that has one stands for the figure.
    deliver(&mut records, "L", (5, 1), "North", 40, 0);
    let page = page(&records, &plan(&["on_time_delivery_rate"]).with_window(Window::Day), END);
    assert!(page.contains("Without a column: "), "{page}");
    assert!(page.contains(" earlier days, 2026-05-03 to "), "{page}");
    let widest = page.lines().map(|line| line.chars().count()).max();
    assert!(widest.is_some_and(|widest| widest <= 128), "{page}");
    assert!(line(&page, "Against the targets").contains(" 28 of n"), "the latest day is there: {page}");
    assert!(line(&page, "On-time").contains(" 100 28 2 "), "{page}");
}

#[test]
fn many_groups_are_told_by_their_ends() {
    let mut records = Records::default();
    for number in 0..9 {
        deliver(&mut records, &format!("A{number}-"), (9, 1), &format!("Region {number}"), 100 - number, number + 5);
    }
    deliver(&mut records, "Z", (9, 1), "Tiny", 1, 1);
    let page = page(&records, &plan(&["on_time_delivery_rate"]).by([Dimension::DestinationRegion]), END);
    let words = joined(&page);
    assert!(words.contains("From worst to best in 2026-09: Region 8 87.62 % (n 105), Region 7"), "{page}");
    assert!(words.contains("Region 6 89.52 % (n 105), 3 more, Region 2"), "{page}");
    assert!(words.contains("Region 0 95.24 % (n 105); 1 group with fewer than 30 facts left out."), "{page}");
}

#[test]
fn nothing_is_said_of_nothing() {
    let everything = Plan::everything(catalogue());
    let page_of = |records: &Records| page(records, &everything, END);
    let empty = page_of(&Records::supplying(RecordKind::ALL));
    assert!(empty.contains("Nothing to show: no figure has a value."), "{empty}");
    assert!(empty.contains("Without a value (no facts): On-time delivery rate"), "{empty}");
    let missing = page_of(&Records::default());
    assert!(missing.contains("Without a value (no complaints): "), "{missing}");
    let none = page(&Records::default(), &Plan::new([]), END);
    assert!(none.ends_with("\nNothing to show: no figure has a value.\n"), "{none}");
}

#[test]
fn what_is_all_open_has_a_line_and_no_verdict_of_its_own() {
    let mut records = Records::default();
    deliver(&mut records, "A", (10, 3), "North", 5, 0);
    let page = page(&records, &plan(&["on_time_delivery_rate"]), "2026-10-05T12:00:00+08:00");
    assert_eq!(line(&page, "On-time"), "On-time delivery rate open 2026-10 0 5 0 – no value ≥ 98 %", "{page}");
    assert!(!page.contains("What is worst"), "{page}");
}

#[test]
fn invalid_facts_stand_beside_the_excluded() {
    let mut records = Records::default();
    deliver(&mut records, "A", (9, 5), "North", 99, 1);
    let known = page(&records, &plan(&["end_to_end_hours"]), END);
    assert!(line(&known, "End-to-end").ends_with(" 2026-09 100 0 0"), "{known}");
    // Delivered before it was collected.
    records.events[1].occurred_at = at("2026-09-05T08:00:00+08:00");
    let page = page(&records, &plan(&["end_to_end_hours"]), END);
    assert!(line(&page, "End-to-end").ends_with(" 99 0 0+1"), "{page}");
}

#[test]
fn what_is_open_or_left_out_everywhere_says_why() {
    let mut records = Records::default();
    deliver(&mut records, "A", (10, 3), "North", 5, 0);
    records.waybills[0].promise = None;
    let page = page(&records, &plan(&["on_time_delivery_rate"]), "2026-10-05T12:00:00+08:00");
    assert!(page.contains("Without a value (no_promise, the rest open): On-time delivery rate"), "{page}");
}

#[test]
fn a_figure_without_its_records_has_no_line() {
    let mut records = Records::supplying([RecordKind::Waybill, RecordKind::Event]);
    deliver(&mut records, "A", (9, 1), "North", 97, 3);
    for as_of in [END, "2026-09-10T00:00:00+08:00"] {
        let page = page(&records, &plan(&["on_time_delivery_rate", "damage_rate"]), as_of);
        assert!(page.contains("Without a value (no complaints): Damage rate"), "{page}");
        assert_eq!(page.matches("Damage rate").count(), 1, "no n beside no value: {page}");
    }
}

#[test]
fn many_rows_set_aside_are_said_aloud() {
    let page_of = |aside: u64| {
        let mut records = Records::supplying([RecordKind::Waybill, RecordKind::Event]);
        deliver(&mut records, "A", (9, 1), "North", 97, 2);
        let counts = records.set_aside.entry(RecordKind::Waybill).or_default();
        (0..aside).for_each(|_| counts.quarantine("invalid_date", 1));
        page(&records, &plan(&["on_time_delivery_rate"]), END)
    };
    assert!(!page_of(1).contains("were set aside"), "one in a hundred is not more than one in a hundred");
    let page = page_of(2);
    let aloud = "! 1.98 % of the rows of waybills were set aside, 2 as invalid_date: no figure knows of them.";
    assert!(page.lines().any(|line| line == aloud), "{page}");
}

#[test]
fn one_window_is_no_window() {
    let mut records = Records::default();
    deliver(&mut records, "A", (9, 1), "North", 97, 3);
    let by = plan(&["on_time_delivery_rate"]).by([Dimension::DestinationRegion]);
    let page = page(&records, &by.with_window(Window::All), END);
    assert!(page.starts_with("As of 2026-11-30T16:00:00Z, days of Asia/Shanghai, in one window.\n"), "{page}");
    assert!(page.contains("misses its target of ≥ 98 %; worst: 97.00 % (n 100"), "{page}");
}

#[test]
fn every_currency_has_a_line() {
    let mut records = Records::supplying(RecordKind::ALL);
    deliver(&mut records, "A", (9, 1), "North", 10, 0);
    for (id, currency) in [("1", "CNY"), ("2", "USD")] {
        let mut claim = Claim::new(ClaimId::new(id).expect("an id"), at("2026-09-05T00:00:00Z"));
        let amount = Money::parse("12.50", Currency::new(currency).expect("a currency")).expect("money");
        claim.payments.push(Payment { paid_at: at("2026-09-06T00:00:00Z"), amount });
        records.claims.push(claim);
    }
    let page = page(&records, &plan(&["compensation_per_10k"]), END);
    assert!(line(&page, "CNY").starts_with("CNY 12,500 2026-09 10"), "{page}");
    assert!(line(&page, "USD").starts_with("USD 12,500 2026-09 10"), "{page}");
}

#[test]
fn a_figure_under_another_policy_is_shown_and_not_judged() {
    let mut records = Records::default();
    deliver(&mut records, "A", (9, 1), "North", 9, 1);
    let other = Policy::parse("grace", "15m").expect("a policy");
    let gauge = catalogue().find("on_time_delivery_rate").expect("a KPI").with(other).expect("it reads it");
    let page = page(&records, &Plan::new([gauge]), END);
    assert!(line(&page, "On-time").ends_with("90.00 2026-09 10 59.58–98.21 0 0"), "{page}");
    assert!(
        page.contains("Not judged, being under other policies than their targets: On-time delivery rate"),
        "{page}"
    );
}

/// The story of the simulated network is told on the first screen: both planted faults, by name.
#[cfg(all(feature = "intake", feature = "simulate"))]
#[test]
fn the_first_screen_tells_the_story() {
    let page = crate::readme::main_job();
    let screen: Vec<&str> = page.lines().take(40).collect();
    let screen = screen.join("\n");
    for (start, end) in
        [("On-time delivery rate misses", "Where: Sichuan in 5 months"), ("Complaint rate misses", "Where: Hunan in ")]
    {
        let begin = screen.find(start).unwrap_or_else(|| panic!("{screen}"));
        assert!(screen[begin..].contains(end), "{screen}");
    }
    assert!(screen.contains("Stage on-time rate (transport)"), "what lies behind: {screen}");
    assert!(page.lines().all(|line| line.chars().count() <= 128), "{page}");
}
