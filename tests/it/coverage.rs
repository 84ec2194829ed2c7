//! Intervals hold what they promise: over 1,000 simulated networks with planted rates, about 95 in 100 of them cover.

use parcelgauge::cube::{Plan, Scorecard};
use parcelgauge::fact::Context;
use parcelgauge::kpi::catalogue;
use parcelgauge::record::Window;
use parcelgauge::simulate::{Network, Rate, Rates};

use crate::support::at;

const NETWORKS: u64 = 1_000;
const SHIPMENTS: u64 = 150;

/// A figure, the rate that is planted for it in parts per million, and the share it makes of the figure.
const PLANTED: [(&str, Rate, u32, f64); 3] = [
    ("damage_rate", Rate::Damaged, 60_000, 0.06),
    ("first_attempt_delivery_rate", Rate::FirstAttemptFailed, 120_000, 0.88),
    ("complaint_rate", Rate::ComplaintWithoutTrouble, 50_000, 0.05),
];

#[test]
fn intervals_cover_planted_rates_at_their_level() {
    let context = Context::at(at("2027-06-01T00:00:00Z"));
    for (figure, rate, parts, share) in PLANTED {
        let rates = Rates::none().with(rate, parts).unwrap();
        let plan = Plan::new([catalogue().find(figure).unwrap()]).with_window(Window::All);
        let mut covered = 0;
        for seed in 0..NETWORKS {
            let network = Network::new(seed).unwrap().with_shipments(SHIPMENTS).with_rates(rates.clone());
            let rows = Scorecard::measure(&network.records(), &plan, &context).rows;
            let interval = rows[0].figure.interval().expect("an interval");
            covered += u32::from(interval.low <= share && share <= interval.high);
        }
        println!("{figure}: {covered} of {NETWORKS} intervals cover {share}");
        // Wilson covers 95 % on average over rates and swings around it at any one; the exact Poisson interval covers more.
        // Four standard errors of 1,000 trials at 95 % are 2.8 points.
        let bounds = if figure == "complaint_rate" { 940..=1_000 } else { 920..=980 };
        assert!(bounds.contains(&covered), "{figure}: {covered}");
    }
}
