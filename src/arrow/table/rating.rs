use arrow_array::RecordBatch;

use super::take::lookup;
use super::{TakeRows, WhoseColumns};
use crate::arrow::column::{Codes, Moments, Named, Numbers, Source, Truths, Words, read, read_id};
use crate::arrow::{ArrowInputError, Table};
use crate::intake::quarantine::{Fault, Reason};
use crate::intake::resolve::Lookup;
use crate::intake::sink::Sink;
use crate::record::{CarrierId, Instant, Rating, RatingAspect, RatingQuestion, Score, WaybillNumber, Zone};

/// The columns of a batch of ratings.
#[derive(Debug, Clone)]
pub(crate) struct RatingColumns {
    id: Named<Words>,
    rated_at: Named<Moments>,
    score: ScoreColumns,
    whose: WhoseColumns<Option<Named<Words>>>,
    updated_at: Option<Named<Moments>>,
    recorded_at: Option<Named<Moments>>,
    question: Option<Named<Codes<RatingQuestion>>>,
    aspect: Option<Named<Codes<RatingAspect>>>,
    customer: Option<Named<Words>>,
    system_default: Option<Named<Truths>>,
}

/// The columns of an answer and its scale.
#[derive(Debug, Clone)]
struct ScoreColumns {
    value: Named<Numbers>,
    min: Named<Numbers>,
    max: Named<Numbers>,
}

impl ScoreColumns {
    fn need(&self, row: usize) -> Result<Score, Fault> {
        let text = |column: &Named<Numbers>| {
            column.need(row, Reason::MissingScore)?.text().map_err(|reason| column.fault(row, reason))
        };
        let [value, min, max] = [text(&self.value)?, text(&self.min)?, text(&self.max)?];
        Score::parse(&value, &min, &max).map_err(|error| {
            let column = match error.field {
                "scale_min" => &self.min,
                "scale_max" => &self.max,
                _ => &self.value,
            };
            column.refused(row, Reason::InvalidScore, &error)
        })
    }
}

impl RatingColumns {
    /// The rating of a row; `lookup` finds the waybill of one given then, where the row does not tell its posting date.
    pub(crate) fn record(
        &self,
        row: usize,
        lookup: impl FnOnce(WaybillNumber, Option<CarrierId>, Instant) -> Lookup,
    ) -> Result<Rating, Fault> {
        let rated_at = self.rated_at.need(row, Reason::MissingTime)?;
        let mut rating = Rating::new(self.id.need_id(row, Reason::MissingId)?, rated_at, self.score.need(row)?);
        rating.updated_at = read(self.updated_at.as_ref(), row)?;
        rating.recorded_at = read(self.recorded_at.as_ref(), row)?;
        rating.question = read(self.question.as_ref(), row)?.unwrap_or_default();
        rating.aspect = read(self.aspect.as_ref(), row)?.unwrap_or_default();
        rating.customer = read_id(self.customer.as_ref(), row)?;
        rating.system_default = read(self.system_default.as_ref(), row)?.unwrap_or_default();
        rating.waybill = self.whose.key_if_known(row, |number, carrier| lookup(number, carrier, rated_at))?;
        Ok(rating)
    }
}

impl TakeRows for RatingColumns {
    fn of(batch: &RecordBatch) -> Result<Self, ArrowInputError> {
        let source = Source::new(Table::Ratings, batch);
        Ok(Self {
            id: source.need("id")?,
            rated_at: source.need("rated_at")?,
            score: ScoreColumns {
                value: source.need("score")?,
                min: source.need("scale_min")?,
                max: source.need("scale_max")?,
            },
            whose: WhoseColumns::optional(source)?,
            updated_at: source.may("updated_at")?,
            recorded_at: source.may("recorded_at")?,
            question: source.may("question")?,
            aspect: source.may("aspect")?,
            customer: source.may("customer")?,
            system_default: source.may("system_default")?,
        })
    }

    fn take(&self, row: usize, sink: &mut Sink<'_>, zone: Zone) -> Result<(), Fault> {
        let rating = self.record(row, |number, carrier, at| lookup(sink, number, carrier, at, zone))?;
        sink.saw([Some(rating.rated_at), rating.updated_at, rating.recorded_at]);
        sink.records.ratings.push(rating);
        Ok(())
    }
}
