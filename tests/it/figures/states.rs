//! States of scores, recommendations and counts: monoids, canonical bytes, no overflow.

use parcelgauge::record::Score;
use parcelgauge::state::wire::{Reader, Writer};
use parcelgauge::state::{Count, Figure, Nps, One, Recommendation, Scale, ScalePoints, Scores, State};

fn bytes<S: State>(state: &S) -> Vec<u8> {
    let mut out = Writer::new();
    state.encode(&mut out);
    out.into_bytes()
}

/// Any split, any order, through the wire and back: one state.
fn is_a_monoid<S: State>(empty: &S, measures: &[S::Measure]) {
    let observed = |measures: &[S::Measure]| {
        let mut state = empty.clone();
        measures.iter().for_each(|measure| state.observe(measure.clone()));
        state
    };
    let whole = observed(measures);
    for split in 0..=measures.len() {
        let (left, right) = (observed(&measures[..split]), observed(&measures[split..]));
        for (mut first, second) in [(left.clone(), &right), (right.clone(), &left)] {
            first.merge(second).unwrap();
            assert_eq!((&first, bytes(&first)), (&whole, bytes(&whole)));
        }
    }
    let stored = bytes(&whole);
    let mut input = Reader::new(&stored);
    assert_eq!(S::decode(&mut input).unwrap(), whole);
    input.finish().unwrap();
    for cut in 0..stored.len() {
        assert!(S::decode(&mut Reader::new(&stored[..cut])).is_err(), "cut at {cut}");
    }
}

fn points(answer: &str, min: &str, max: &str) -> ScalePoints {
    ScalePoints::from_min(Score::parse(answer, min, max).unwrap())
}

#[test]
fn they_are_monoids() {
    is_a_monoid(&Count::default(), &[One; 4]);
    let answers = [Recommendation::Promoter, Recommendation::Detractor, Recommendation::Passive];
    is_a_monoid(&Nps::default(), &answers.repeat(2));
    let answers = [points("4", "1", "5"), points("0", "0", "10"), points("5", "1", "5"), points("0.5", "0", "0.7")];
    is_a_monoid(&Scores::default(), &answers);
}

#[test]
fn scores_refuse_bytes_that_no_answers_make() {
    let stored = |numbers: &[u64]| {
        let mut out = Writer::new();
        numbers.iter().for_each(|&number| out.unsigned(number));
        Scores::decode(&mut Reader::new(&out.into_bytes()))
    };
    assert!(stored(&[1, 4_000, 8_000, 2]).is_ok());
    assert!(stored(&[1, 4_000, 8_001, 2]).is_err(), "a sum above its scale");
    assert!(stored(&[1, 0, 0, 1]).is_err(), "a scale without width");
    assert!(stored(&[1, 4_000, 0, 0]).is_err(), "nothing observed");
    assert!(stored(&[2, 4_000, 1, 1, 4_000, 1, 1]).is_err(), "a width twice");
    assert!(stored(&[1, 1 << 32, 1, 1]).is_err(), "a width beyond 32 bits");
}

/// Ten widths without a common divisor: their multiple has 300 bits.
#[test]
fn scales_too_unlike_for_a_common_multiple() {
    let mut scores = Scores::default();
    let widths = [1_999_999_973, 1_999_999_943, 1_999_999_927, 1_999_999_913, 1_999_999_873, 4_000, 10_000, 7, 11, 13];
    let mut expected = 0.0;
    for (number, width) in (1_u32..).zip(widths) {
        let above = width / (number + 1);
        let thousandths = |n: u32| format!("{}.{:03}", n / 1_000, n % 1_000);
        let half = width / 2;
        let min = format!("-{}", thousandths(half));
        let value = if above < half { format!("-{}", thousandths(half - above)) } else { thousandths(above - half) };
        scores.observe(points(&value, &min, &thousandths(width - half)));
        expected += f64::from(above) / f64::from(width);
    }
    let value = scores.figures(Scale::PERCENT)[0].value().unwrap();
    assert!((value - expected * 100.0 / 10.0).abs() < 1e-9, "{value}");
}

#[test]
fn scores_from_nought() {
    let from_zero = |answer: &str, min: &str, max: &str| {
        let mut scores = Scores::default();
        scores.observe(ScalePoints::from_zero(Score::parse(answer, min, max).unwrap())?);
        let Figure::Ratio { numerator, denominator, .. } = scores.figures(Scale::ONE)[0] else { panic!("no ratio") };
        Some((numerator, denominator))
    };
    assert_eq!(from_zero("1", "1", "5"), Some((1_000, 5_000)));
    assert_eq!(from_zero("0", "0", "5"), Some((0, 5_000)));
    assert_eq!(from_zero("5", "-0.001", "5"), None, "a scale that reaches below nought");
    assert_eq!(Scores::default().figures(Scale::ONE)[0].value(), None);
}
