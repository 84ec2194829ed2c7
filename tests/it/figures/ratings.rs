//! Satisfaction: rates, score, and which ratings count.

use parcelgauge::cube::{Cube, Plan, Scorecard, partitions};
use parcelgauge::fact::Context;
use parcelgauge::record::{RatingAspect, RatingQuestion, Records, Window, Zone};
use parcelgauge::state::Figure;

use super::{figure, gauge, holds_at_the_edges, rating, records, rows, time, told, worst};
use crate::support::{day, key};

const SATISFIED: &str = "satisfaction_rate";
const NEGATIVE: &str = "negative_rating_rate";
const SCORE: &str = "satisfaction_score";
const ALL: [&str; 3] = [SATISFIED, NEGATIVE, SCORE];
const LATER: &str = "10-20 00:00";

#[test]
fn on_the_line_of_three_quarters_and_of_one() {
    let cases = [
        ("3.999 of 1 to 5", false, false),
        ("4 of 1 to 5", true, false),
        ("4.001 of 1 to 5", true, false),
        ("1.999 of 1 to 5", false, true),
        ("2 of 1 to 5", false, true),
        ("2.001 of 1 to 5", false, false),
        ("7.499 of 0 to 10", false, false),
        ("7.5 of 0 to 10", true, false),
        ("8 of 0 to 10", true, false),
        ("7 of 0 to 10", false, false),
        ("2.5 of 0 to 10", false, true),
        ("2.501 of 0 to 10", false, false),
        ("7 of 1 to 10", false, false),
        ("8 of 1 to 10", true, false),
        ("3 of 1 to 10", false, true),
        ("1 of 0 to 1", true, false),
        ("0 of 0 to 1", false, true),
        // A scale that no quarter of divides: three quarters of three thousandths are two and a quarter.
        ("0.002 of 0 to 0.003", false, false),
        ("0.003 of 0 to 0.003", true, false),
        ("1000000 of -1000000 to 1000000", true, false),
        ("-500000 of -1000000 to 1000000", false, true),
        ("-499999.999 of -1000000 to 1000000", false, false),
    ];
    for (answer, satisfied, negative) in cases {
        let mut records = records();
        rating(&mut records, "1", answer);
        let of_one = |hit: bool| if hit { "1 of 1" } else { "0 of 1" };
        assert_eq!(told(&records, SATISFIED, LATER), of_one(satisfied), "{answer}");
        assert_eq!(told(&records, NEGATIVE, LATER), of_one(negative), "{answer}");
    }
}

/// 80 of 100: the example by which the rate is commonly explained.
#[test]
fn eighty_of_a_hundred() {
    let mut records = records();
    for number in 0..100 {
        rating(&mut records, &number.to_string(), if number < 80 { "4 of 1 to 5" } else { "2 of 1 to 5" });
    }
    assert_eq!(figure(&records, SATISFIED, LATER).value(), Some(0.8));
    assert_eq!(figure(&records, NEGATIVE, LATER).value(), Some(0.2));
    ALL.into_iter().for_each(|name| holds_at_the_edges(name, &records, LATER));
}

#[test]
fn a_mean_of_four_and_a_bit_is_two_scores() {
    let mut records = records();
    // 10,000 answers with a mean of 4.0776 of 5.
    for number in 0..10_000 {
        rating(&mut records, &number.to_string(), if number < 776 { "5 of 1 to 5" } else { "4 of 1 to 5" });
    }
    assert_eq!(figure(&records, SCORE, LATER).value(), Some(76.94));
    assert_eq!(figure(&records, &format!("{SCORE} scale_from=of_max"), LATER).value(), Some(81.552));
    let of_max = rows(&records, &format!("{SCORE} scale_from=zero"), Window::All, LATER).swap_remove(0);
    assert_eq!(format!("{:?}", of_max.params.get("scale_from")), "Some(Word(\"zero\"))");
    assert_eq!(of_max.figure.value(), Some(81.552));
}

#[test]
fn scales_of_unlike_width_make_one_score() {
    let mut records = records();
    rating(&mut records, "1", "4 of 1 to 5"); // 3/4
    rating(&mut records, "2", "10 of 1 to 10"); // 1
    rating(&mut records, "3", "0 of 0 to 7"); // 0
    let Figure::Ratio { numerator, denominator, value, .. } = figure(&records, SCORE, LATER) else {
        panic!("no ratio")
    };
    assert_eq!((numerator, denominator), (441_000, 756_000), "1.75 of 3, in parts of 252 points");
    assert_eq!(value, Some(100.0 * 1.75 / 3.0));
    // From nought: 4/5, 10/10, 0/7.
    assert_eq!(figure(&records, &format!("{SCORE} scale_from=zero"), LATER).value(), Some(60.0));
    rating(&mut records, "4", "1 of -1 to 1");
    assert_eq!(told(&records, SCORE, LATER), "4");
    assert_eq!(told(&records, &format!("{SCORE} scale_from=zero"), LATER), "3, invalid other_scale 1");
    assert!(worst(&records, SCORE, LATER).is_empty(), "no rating is adverse to a mean");
}

#[test]
fn answers_that_do_not_count() {
    let mut records = records();
    rating(&mut records, "1", "5 of 1 to 5").system_default = true;
    rating(&mut records, "2", "5 of 1 to 5").question = RatingQuestion::Handling;
    rating(&mut records, "3", "9 of 0 to 10").question = RatingQuestion::Nps;
    for name in ALL {
        let expected = "excluded other_question 2, excluded system_default 1";
        let nothing = if name == SCORE { "0" } else { "0 of 0" };
        assert_eq!(told(&records, name, LATER), format!("{nothing}, {expected}"));
        assert_eq!(figure(&records, name, LATER).value(), None, "{name}: all excluded is no value");
    }
    // Every aspect counts.
    rating(&mut records, "4", "5 of 1 to 5").aspect = RatingAspect::Price;
    assert_eq!(told(&records, SATISFIED, LATER), "1 of 1, excluded other_question 2, excluded system_default 1");
}

#[test]
fn a_rating_counts_once_it_is_known_on_the_day_it_was_given() {
    let mut records = records();
    let late = rating(&mut records, "1", "5 of 1 to 5");
    (late.rated_at, late.recorded_at) = (time("10-01 23:59:59.999"), Some(time("10-03 10:00")));
    assert_eq!(told(&records, SATISFIED, "10-03 09:59:59.999"), "0 of 0");
    let days = rows(&records, SATISFIED, Window::Day, "10-03 10:00");
    assert_eq!((days[0].window.as_str(), days[0].figure.value()), ("2026-10-01", Some(1.0)));
}

#[test]
fn the_worst_answers_rank_first() {
    let mut records = records();
    for (id, answer) in [("a", "3 of 1 to 5"), ("b", "0 of 0 to 10"), ("c", "2 of 1 to 5"), ("d", "1 of 1 to 5")] {
        rating(&mut records, id, answer);
    }
    assert_eq!(worst(&records, SATISFIED, LATER), ["b", "d", "c", "a"]);
    assert_eq!(worst(&records, NEGATIVE, LATER), ["b", "d", "c"]);
}

/// Ratings of waybill `W`, and of none.
fn of_one_waybill() -> Records {
    let mut records = records();
    let mut add = |id: &str, answer: &str, rated_at: &str, waybill: Option<&str>| {
        let rating = rating(&mut records, id, answer);
        (rating.rated_at, rating.waybill) = (time(rated_at), waybill.map(|number| key(number, day(10, 1))));
    };
    add("first", "5 of 1 to 5", "10-01 10:00", Some("W"));
    add("last", "1 of 1 to 5", "10-03 10:00", Some("W"));
    add("between", "5 of 1 to 5", "10-02 10:00", Some("W"));
    add("other", "5 of 1 to 5", "10-01 10:00", Some("V"));
    add("nobody's 1", "1 of 1 to 5", "10-01 10:00", None);
    add("nobody's 2", "5 of 1 to 5", "10-02 10:00", None);
    records
}

#[test]
fn the_latest_of_each_waybill() {
    let records = of_one_waybill();
    assert_eq!(told(&records, SATISFIED, LATER), "4 of 6");
    assert_eq!(told(&records, &format!("{SATISFIED} per=waybill"), LATER), "2 of 4, excluded not_latest 2");
    assert_eq!(told(&records, &format!("{NEGATIVE} per=waybill"), LATER), "2 of 4, excluded not_latest 2");
    assert_eq!(figure(&records, &format!("{SCORE} per=waybill"), LATER).value(), Some(50.0));
    // Before the last one came, the one before it was the latest.
    let before = told(&records, &format!("{SATISFIED} per=waybill"), "10-03 09:59:59.999");
    assert_eq!(before, "3 of 4, excluded not_latest 1");
    ALL.into_iter().for_each(|name| holds_at_the_edges(&format!("{name} per=waybill"), &records, LATER));
}

#[test]
fn what_stands_in_the_place_of_what() {
    let latest = |change: &dyn Fn(&mut Records)| {
        let mut records = of_one_waybill();
        change(&mut records);
        told(&records, &format!("{SATISFIED} per=waybill"), LATER)
    };
    // What the system filled in, and answers to another question, overtake nothing.
    assert_eq!(
        latest(&|records| records.ratings[1].system_default = true),
        "3 of 4, excluded not_latest 1, excluded system_default 1"
    );
    assert_eq!(
        latest(&|records| records.ratings[1].question = RatingQuestion::Handling),
        "3 of 4, excluded not_latest 1, excluded other_question 1"
    );
    // The same number posted on another day is another waybill.
    assert_eq!(
        latest(&|records| records.ratings[1].waybill = Some(key("W", day(10, 2)))),
        "3 of 5, excluded not_latest 1"
    );
    // At one instant: the whole before an aspect, then the greater identifier.
    let at_once = |aspect: Option<usize>| {
        latest(&move |records: &mut Records| {
            records.ratings.retain(|rating| rating.id.as_str() == "first" || rating.id.as_str() == "last");
            records.ratings.iter_mut().for_each(|rating| rating.rated_at = time("10-01 10:00"));
            if let Some(place) = aspect {
                records.ratings[place].aspect = RatingAspect::Delivery;
            }
        })
    };
    assert_eq!(at_once(None), "0 of 1, excluded not_latest 1", "`last` is greater than `first`");
    assert_eq!(at_once(Some(0)), "0 of 1, excluded not_latest 1");
    assert_eq!(at_once(Some(1)), "1 of 1, excluded not_latest 1");
}

/// A waybill's ratings lie in its own source partition, whenever they were given.
#[test]
fn partitions_do_not_hide_a_later_rating() {
    let records = of_one_waybill();
    let names = ["satisfaction_rate per=waybill", "nps per=waybill scale_mapping=five_point_5_4_123"];
    let plan = Plan::new(names.map(gauge)).with_window(Window::Day).with_evidence(3);
    let context = Context::at(time(LATER));
    let mut cube = Cube::new(plan.clone(), &context);
    let parts = partitions(&records, Zone::SHANGHAI);
    assert!(parts.len() > 1);
    for (day, part) in &parts {
        cube.replace(*day, part, &context, None).unwrap();
    }
    let whole = Scorecard::measure(&records, &plan, &context).to_json();
    assert_eq!(cube.scorecard(&context).unwrap().to_json(), whole);
}
