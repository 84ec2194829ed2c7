//! Cases, claims and ratings at random: answered on the limit, decided later or never, on every scale.

use parcelgauge::record::{
    Actor, CaseAction, CaseClass, CaseId, Claim, ClaimId, Complaint, Currency, Decision, Label, LossKind, Money,
    Payment, Rating, RatingAspect, RatingId, RatingQuestion, Score, Step,
};
use proptest::collection::vec;
use proptest::option::{self, weighted};
use proptest::prelude::*;
use proptest::sample::select;

use super::clock::{self, DAY, HOUR};
use super::generate_moments::{AT_ONE_INSTANT, Point, instant, point};
use super::generate_pieces::{Ground, Key, key};

/// What any such row has: number, own instant, updated and recorded, waybill.
type Frame = (usize, Point, (Option<i64>, Option<i64>), Option<Key>);

fn frame() -> impl Strategy<Value = Frame> {
    let rows = (weighted(0.3, instant(0, 9)), weighted(0.2, instant(0, 10)));
    (0_usize..8, point(0, 9), rows, weighted(0.8, key()))
}

/// How long after something was opened an answer came, if one did; rarely before.
fn answer() -> impl Strategy<Value = Option<i64>> + Clone {
    let spans = vec![0, HOUR - 1, HOUR, HOUR + 1, DAY - 1, DAY, DAY, DAY + 1, 3 * DAY, 7 * DAY];
    prop_oneof![8 => select(spans).prop_map(Some), 5 => Just(None), 1 => Just(Some(-1))]
}

/// A case of which the instants still depend on the ground.
#[derive(Debug, Clone)]
pub struct Case {
    frame: Frame,
    class: CaseClass,
    cause: Option<&'static str>,
    answers: (Option<i64>, Option<i64>),
    upheld: Option<bool>,
    steps: Vec<Deed>,
}

/// So long after the one before: what, by whose hand, whether by a machine.
type Deed = (i64, CaseAction, Option<&'static str>, bool);

/// Lives as they go, and one that cannot be.
const LIVES: [&[CaseAction]; 8] = {
    use CaseAction::{Answer, AskCustomer, Close, Contact, CustomerReplied, Reopen, Resolve, Withdraw};
    [
        &[Resolve, Close],
        &[Answer, Resolve, Reopen, Resolve],
        &[AskCustomer, CustomerReplied, Resolve],
        &[AskCustomer, Answer, CustomerReplied, AskCustomer, Resolve, Reopen],
        &[Contact, Answer, Withdraw],
        &[Answer, Withdraw, Reopen, Resolve],
        &[Resolve, Reopen, AskCustomer, CustomerReplied, Resolve, Close],
        &[Answer, Close],
    ]
};

/// The steps of a life; now and then a machine answers.
fn steps() -> impl Strategy<Value = Vec<Deed>> {
    let spans = select(vec![0, 0, 1, HOUR - 1, HOUR, HOUR, HOUR + 1, DAY, DAY, DAY, 3 * DAY, 7 * DAY]);
    let handler = option::of(select(vec!["desk", "desk", "team"]));
    let step = (spans, handler, prop::bool::weighted(0.03));
    let life = (select(&LIVES[..]), vec(step, 6), 1_usize..7).prop_map(|(life, places, count)| {
        let steps = life.iter().zip(places).take(count);
        steps.map(|(&action, (after, handler, by_machine))| (after, action, handler, by_machine)).collect()
    });
    prop_oneof![1 => Just(Vec::new()), 1 => life]
}

/// Any case.
pub fn case() -> impl Strategy<Value = Case> {
    let class =
        prop_oneof![4 => Just(CaseClass::Complaint), 1 => Just(CaseClass::Inquiry), 1 => Just(CaseClass::Appeal)];
    let cause = option::of(select(vec!["damage", "damage", "shortage", "wrong_contents", "delay"]));
    (frame(), class, cause, (answer(), answer()), option::of(any::<bool>()), steps())
        .prop_map(|(frame, class, cause, answers, upheld, steps)| Case { frame, class, cause, answers, upheld, steps })
}

/// A claim of which the instants still depend on the ground.
#[derive(Debug, Clone)]
pub struct Demand {
    frame: Frame,
    loss_kind: Option<LossKind>,
    decided: Option<i64>,
    decision: Option<Decision>,
    confirmed: Option<i64>,
    payments: Vec<(i64, i64, &'static str)>,
}

/// Any claim.
pub fn demand() -> impl Strategy<Value = Demand> {
    let kinds = vec![
        LossKind::TotalDamage,
        LossKind::PartialDamage,
        LossKind::Shortage,
        LossKind::WrongContents,
        LossKind::Loss,
        LossKind::Delay,
    ];
    let amount = prop_oneof![Just(0), 1_i64..100_000];
    // As long after an instant of many acceptances as a horizon lasts.
    let on_horizon =
        (select(AT_ONE_INSTANT.to_vec()), select(vec![0, DAY, 3 * DAY])).prop_map(|(at, after)| at + after);
    // On a midnight of the office, or a millisecond beside it.
    let at_midnight = (0_i64..9, -1_i64..2).prop_map(|(day, beside)| day * DAY + 16 * HOUR + beside);
    let payments = vec(
        (
            prop_oneof![1 => instant(0, 10), 6 => on_horizon, 2 => at_midnight],
            amount,
            select(vec!["CNY", "CNY", "JPY", "BHD"]),
        ),
        0..5,
    );
    let decision = option::of(select(vec![Decision::Approved, Decision::Refused]));
    (frame(), weighted(0.9, select(kinds)), answer(), decision, confirmation(), payments).prop_map(
        |(frame, loss_kind, decided, decision, confirmed, payments)| Demand {
            frame,
            loss_kind,
            decided,
            decision,
            confirmed,
            payments,
        },
    )
}

/// When a claim was confirmed: some days from the base.
fn confirmation() -> impl Strategy<Value = Option<i64>> {
    weighted(0.8, instant(0, 7))
}

/// Answer and ends of its scale: on the quarters, beside them, on the lines of promoters and detractors.
const SCORES: [(&str, &str, &str); 24] = [
    ("1", "1", "5"),
    ("2", "1", "5"),
    ("2.001", "1", "5"),
    ("3", "1", "5"),
    ("3.999", "1", "5"),
    ("4", "1", "5"),
    ("4.5", "1", "5"),
    ("5", "1", "5"),
    ("5", "1", "5"),
    ("0", "0", "10"),
    ("2.5", "0", "10"),
    ("6", "0", "10"),
    ("6.001", "0", "10"),
    ("7.5", "0", "10"),
    ("8", "0", "10"),
    ("8.999", "0", "10"),
    ("9", "0", "10"),
    ("10", "0", "10"),
    ("7", "1", "10"),
    ("8", "1", "10"),
    ("0", "0", "1"),
    ("1", "0", "1"),
    ("2", "0", "3"),
    ("1", "-2", "2"),
];

/// A rating of which the instants still depend on the ground.
#[derive(Debug, Clone)]
pub struct Opinion {
    frame: Frame,
    score: (&'static str, &'static str, &'static str),
    question: RatingQuestion,
    aspect: RatingAspect,
    system_default: bool,
}

/// Any rating.
pub fn opinion() -> impl Strategy<Value = Opinion> {
    let question = prop_oneof![
        4 => Just(RatingQuestion::Csat),
        3 => Just(RatingQuestion::Nps),
        1 => Just(RatingQuestion::Handling),
    ];
    let aspect = select(vec![RatingAspect::Overall, RatingAspect::Delivery, RatingAspect::Price]);
    // Several about one waybill, some at one instant.
    let few = weighted(
        0.5,
        (select(AT_ONE_INSTANT.to_vec()).prop_map(Point::At), (0_usize..2).prop_map(|number| (number, 0, false))),
    );
    (frame(), few, select(&SCORES[..]), question, aspect, prop::bool::weighted(0.15)).prop_map(
        |((id, rated, rows, key), few, score, question, aspect, system_default)| {
            let (rated, key) = few.map_or((rated, key), |(rated, key)| (rated, Some(key)));
            Opinion { frame: (id, rated, rows, key), score, question, aspect, system_default }
        },
    )
}

impl Ground {
    /// Lays out a case.
    pub fn case(&self, case: Case) -> Complaint {
        let at = |offset| clock::instant(self.millis(offset));
        let (id, opened, (updated, recorded), key) = case.frame;
        let opened = self.at(opened);
        let mut row = Complaint::new(CaseId::new(format!("q{id}")).expect("an id"), case.class, clock::instant(opened));
        (row.updated_at, row.recorded_at) = (updated.map(at), recorded.map(at));
        row.waybill = key.map(|key| self.key(key));
        row.cause = case.cause.map(|cause| Label::new(cause).expect("a label"));
        row.responded_at = case.answers.0.map(|after| clock::instant(opened + after));
        row.resolved_at = case.answers.1.map(|after| clock::instant(opened + after));
        row.upheld = case.upheld;
        let mut at = opened;
        for (sequence, (after, action, handler, by_machine)) in (0..).zip(case.steps) {
            at += after;
            let actor = if by_machine && action == CaseAction::Answer { Actor::System } else { action.usual_actor() };
            let mut step = Step::new(clock::instant(at), action, actor);
            step.sequence = sequence;
            step.handler = handler.map(|name| Label::new(name).expect("a label"));
            row.steps.push(step);
        }
        row
    }

    /// Lays out a claim.
    pub fn demand(&self, demand: Demand) -> Claim {
        let at = |offset| clock::instant(self.millis(offset));
        let (id, filed, (updated, recorded), key) = demand.frame;
        let filed = self.at(filed);
        let mut row = Claim::new(ClaimId::new(format!("k{id}")).expect("an id"), clock::instant(filed));
        (row.updated_at, row.recorded_at) = (updated.map(at), recorded.map(at));
        row.waybill = key.map(|key| self.key(key));
        (row.loss_kind, row.decision) = (demand.loss_kind, demand.decision);
        row.confirmed_at = demand.confirmed.map(at);
        row.decided_at = demand.decided.map(|after| clock::instant(filed + after));
        let currency = |code| Currency::new(code).expect("a currency");
        let part = |(paid, minor_units, code)| Payment {
            paid_at: at(paid),
            amount: Money::from_minor_units(minor_units, currency(code)),
        };
        row.payments = demand.payments.into_iter().map(part).collect();
        row
    }

    /// Lays out a rating.
    pub fn opinion(&self, opinion: Opinion) -> Rating {
        let at = |offset| clock::instant(self.millis(offset));
        let (id, rated, (updated, recorded), key) = opinion.frame;
        let (value, min, max) = opinion.score;
        let score = Score::parse(value, min, max).expect("an answer on its scale");
        let mut row =
            Rating::new(RatingId::new(format!("r{id}")).expect("an id"), clock::instant(self.at(rated)), score);
        (row.updated_at, row.recorded_at) = (updated.map(at), recorded.map(at));
        row.waybill = key.map(|key| self.key(key));
        (row.question, row.aspect) = (opinion.question, opinion.aspect);
        row.system_default = opinion.system_default;
        row
    }
}
