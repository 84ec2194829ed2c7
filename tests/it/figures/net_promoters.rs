//! The net promoter score.

use parcelgauge::record::{RatingQuestion, Records};
use parcelgauge::state::Figure;

use super::{figure, holds_at_the_edges, rating, records, rows, time, told, worst};
use crate::support::{day, key};
use parcelgauge::record::Window;

const LATER: &str = "10-20 00:00";
const MAPPED: &str = "nps scale_mapping=five_point_5_4_123";

fn recommended(records: &mut Records, answers: &[&str]) {
    for answer in answers {
        let id = records.ratings.len().to_string();
        rating(records, &id, answer).question = RatingQuestion::Nps;
    }
}

#[test]
fn promoters_passives_detractors() {
    let mut records = records();
    recommended(&mut records, &["8.999 of 0 to 10", "9 of 0 to 10", "9.001 of 0 to 10", "10 of 0 to 10"]);
    assert_eq!(told(&records, "nps", LATER), "3 promote, 1 pass, 0 detract");
    recommended(&mut records, &["6.001 of 0 to 10", "6 of 0 to 10", "5.999 of 0 to 10", "0 of 0 to 10"]);
    assert_eq!(told(&records, "nps", LATER), "3 promote, 2 pass, 3 detract");
    assert_eq!(figure(&records, "nps", LATER).value(), Some(0.0));
    assert_eq!(worst(&records, "nps", LATER), ["7", "6", "5"], "detractors, the lowest first");
    holds_at_the_edges("nps", &records, LATER);
}

/// p = 1/2 and d = 1/6 of 324 answers: 33.33 ± 8.1 points, by a published example.
#[test]
fn a_published_example() {
    let mut records = records();
    let answers = [("10 of 0 to 10", 162), ("8 of 0 to 10", 108), ("3 of 0 to 10", 54)];
    for (answer, count) in answers {
        recommended(&mut records, &vec![answer; count]);
    }
    let Figure::Nps { value: Some(value), interval: Some(interval), .. } = figure(&records, "nps", LATER) else {
        panic!("no score")
    };
    assert_eq!(value, 100.0 / 3.0);
    // The standard error is √(5/9 / 324) = 0.0414087.
    let half = 1.959_963_984_540_054 * 4.140_866_6;
    assert!((interval.high - value - half).abs() < 1e-5 && (value - interval.low - half).abs() < 1e-5, "{interval:?}");
    assert!((half - 8.1).abs() < 0.05);
}

#[test]
fn all_of_one_kind_and_none() {
    for (answer, value) in [("10 of 0 to 10", 100.0), ("0 of 0 to 10", -100.0), ("7 of 0 to 10", 0.0)] {
        let mut records = records();
        recommended(&mut records, &[answer]);
        let figure = figure(&records, "nps", LATER);
        let interval = figure.interval().unwrap();
        assert_eq!((figure.value(), interval.low, interval.high), (Some(value), value, value));
    }
    let mut few = records();
    recommended(&mut few, &["10 of 0 to 10", "10 of 0 to 10", "0 of 0 to 10"]);
    let interval = figure(&few, "nps", LATER).interval().unwrap();
    assert_eq!(interval.high, 100.0, "held within the scale");
}

#[test]
fn questions_and_scales_that_are_not_read() {
    let mut records = records();
    recommended(&mut records, &["5 of 1 to 5", "10 of 1 to 10", "0.1 of 0 to 0.1", "10 of -1 to 10"]);
    rating(&mut records, "csat", "5 of 1 to 5");
    rating(&mut records, "handling", "5 of 1 to 5").question = RatingQuestion::Handling;
    let filled_in = rating(&mut records, "filled in", "10 of 0 to 10");
    (filled_in.question, filled_in.system_default) = (RatingQuestion::Nps, true);
    let expected =
        "0 promote, 0 pass, 0 detract, excluded other_question 2, excluded system_default 1, invalid other_scale 4";
    assert_eq!(told(&records, "nps", LATER), expected);
    assert_eq!(figure(&records, "nps", LATER).value(), None);
}

#[test]
fn five_points_by_name_open_satisfaction_too() {
    let mut records = records();
    recommended(&mut records, &["10 of 0 to 10", "5 of 1 to 5", "7 of 1 to 7"]);
    for (id, answer) in ["4 of 1 to 5", "3 of 1 to 5", "1 of 1 to 5", "5 of 1 to 5"].into_iter().enumerate() {
        rating(&mut records, &format!("csat {id}"), answer);
    }
    rating(&mut records, "csat of ten", "10 of 0 to 10");
    rating(&mut records, "handling", "5 of 1 to 5").question = RatingQuestion::Handling;
    let mapped = "3 promote, 1 pass, 2 detract, excluded other_question 1, invalid other_scale 2";
    assert_eq!(told(&records, MAPPED, LATER), mapped);
    let row = rows(&records, MAPPED, Window::All, LATER).swap_remove(0);
    assert_eq!(format!("{:?}", row.params.get("scale_mapping")), "Some(Word(\"five_point_5_4_123\"))");
    // Between the points stands nobody who promotes or detracts.
    for (answer, expected) in
        [("4.999 of 1 to 5", "0 promote, 1 pass, 0 detract"), ("3.001 of 1 to 5", "0 promote, 1 pass, 0 detract")]
    {
        let mut one = super::records();
        rating(&mut one, "1", answer);
        assert_eq!(told(&one, MAPPED, LATER), expected);
    }
}

#[test]
fn the_latest_among_the_questions_read() {
    let mut records = records();
    recommended(&mut records, &["10 of 0 to 10", "0 of 0 to 10"]);
    rating(&mut records, "csat", "4 of 1 to 5");
    rating(&mut records, "handling", "1 of 1 to 5").question = RatingQuestion::Handling;
    for (place, rated_at) in ["10-01 10:00", "10-02 10:00", "10-03 10:00", "10-04 10:00"].into_iter().enumerate() {
        let rating = &mut records.ratings[place];
        (rating.rated_at, rating.waybill) = (time(rated_at), Some(key("W", day(10, 1))));
    }
    let one_question = "0 promote, 0 pass, 1 detract, excluded not_latest 1, excluded other_question 2";
    assert_eq!(told(&records, "nps per=waybill", LATER), one_question);
    let both = "0 promote, 1 pass, 0 detract, excluded not_latest 2, excluded other_question 1";
    assert_eq!(told(&records, &format!("{MAPPED} per=waybill"), LATER), both);
}
