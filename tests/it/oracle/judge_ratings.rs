//! `satisfaction_rate`, `satisfaction_score`, `negative_rating_rate`, `nps`: what customers said.

use parcelgauge::record::{Rating, RatingAspect, RatingQuestion, Score};

use super::choices::Choices;
use super::clock;
use super::judge::{Judged, Verdict};
use super::watch::{at_most, if_so};

/// The lower end of a scale, in thousandths of a point.
fn low(score: Score) -> i64 {
    i64::from(score.value()) - i64::from(score.above_min())
}

/// The upper end.
fn high(score: Score) -> i64 {
    low(score) + i64::from(score.width())
}

/// A rating that counts, read; else why it does not count.
fn judged(
    rating: &Rating,
    all: &[&Rating],
    questions: &[RatingQuestion],
    choices: &Choices,
    read: impl Fn(Score) -> Verdict,
) -> Judged {
    let place =
        |rating: &Rating| (rating.rated_at, rating.aspect == RatingAspect::Overall, rating.id.as_str().to_owned());
    let overtakes = |other: &&Rating| {
        let is_answer = !other.system_default && questions.contains(&other.question);
        let is_later = is_answer && other.waybill == rating.waybill && place(other) > place(rating);
        if_so("rating: later at one instant", is_later && other.rated_at == rating.rated_at);
        is_later
    };
    let verdict = if rating.system_default {
        Verdict::Excluded("system_default")
    } else if !questions.contains(&rating.question) {
        Verdict::Excluded("other_question")
    } else if choices.per_waybill && rating.waybill.is_some() && all.iter().any(overtakes) {
        Verdict::Excluded("not_latest")
    } else {
        read(rating.score)
    };
    Judged { day: Some(clock::date(choices.zone, rating.rated_at.as_millis())), verdict, notes: Vec::new() }
}

/// For `satisfaction_rate`: (rating − min)/(max − min) ≥ 0.75.
pub fn satisfaction(rating: &Rating, all: &[&Rating], choices: &Choices) -> Judged {
    judged(rating, all, &[RatingQuestion::Csat], choices, |score| {
        let is_satisfied = at_most("three quarters", 3 * i64::from(score.width()), 4 * i64::from(score.above_min()));
        if is_satisfied { Verdict::Hit } else { Verdict::Miss }
    })
}

/// For `negative_rating_rate`: (rating − min)/(max − min) ≤ 0.25.
pub fn negative(rating: &Rating, all: &[&Rating], choices: &Choices) -> Judged {
    judged(rating, all, &[RatingQuestion::Csat], choices, |score| {
        let is_negative = at_most("a quarter", 4 * i64::from(score.above_min()), score.width().into());
        if is_negative { Verdict::Hit } else { Verdict::Miss }
    })
}

/// For `satisfaction_score`: how far above nought, or above the scale's lower end.
pub fn score(rating: &Rating, all: &[&Rating], choices: &Choices) -> Judged {
    judged(rating, all, &[RatingQuestion::Csat], choices, |score| {
        let (above, of) = if choices.scale_from_zero {
            (score.value().into(), high(score))
        } else {
            (i64::from(score.above_min()), i64::from(score.width()))
        };
        if choices.scale_from_zero && low(score) < 0 {
            return Verdict::Invalid("other_scale");
        }
        Verdict::Stands(above.try_into().expect("not below nought"), of.try_into().expect("above nought"))
    })
}

/// For `nps`.
pub fn recommendation(rating: &Rating, all: &[&Rating], choices: &Choices) -> Judged {
    let questions: &[RatingQuestion] = match choices.five_point_mapping {
        false => &[RatingQuestion::Nps],
        true => &[RatingQuestion::Nps, RatingQuestion::Csat],
    };
    judged(rating, all, questions, choices, |score| {
        let is_on = |from: i64, to: i64| (low(score), high(score)) == (from, to);
        let (promotes, detracts) = if is_on(0, 10_000) && rating.question == RatingQuestion::Nps {
            (9_000, 6_000)
        } else if is_on(1_000, 5_000) && choices.five_point_mapping {
            (5_000, 3_000)
        } else {
            return Verdict::Invalid("other_scale");
        };
        let value = i64::from(score.value());
        if at_most("promotes", promotes, value) {
            Verdict::Promoter
        } else if at_most("detracts", value, detracts) {
            Verdict::Detractor
        } else {
            Verdict::Passive
        }
    })
}
