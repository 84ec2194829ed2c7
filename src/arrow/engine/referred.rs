//! The waybills that rows of other tables refer to by number alone.

use std::collections::{BTreeMap, HashSet};

use arrow_array::{Array, RecordBatch};

use crate::arrow::column::{Source, Words};
use crate::arrow::{ArrowInputError, Table};
use crate::intake::resolve::WaybillIndex;
use crate::record::Text;

use super::shard::Shard;

/// Of the packed waybills those whose numbers occur in the batches held, so that the index is as large as these are.
pub(super) fn index_of(
    held: &BTreeMap<Table, Vec<RecordBatch>>,
    shards: &[&Shard],
) -> Result<WaybillIndex, ArrowInputError> {
    let mut numbers: HashSet<Text> = HashSet::new();
    for (&table, batches) in held {
        for batch in batches {
            let tells_all = |column: &str| batch.column_by_name(column).is_some_and(|days| days.null_count() == 0);
            // A move has to find its waybill even where it tells the whole key.
            if table != Table::PromiseMoves && tells_all("posted_on") {
                continue;
            }
            let Some(words) = Source::new(table, batch).may::<Words>("waybill")? else { continue };
            let words = (0..batch.num_rows()).filter_map(|row| words.read(row).ok().flatten());
            numbers.extend(words.map(|word| Text::from(&*word)));
        }
    }
    let mut index = WaybillIndex::default();
    if numbers.is_empty() {
        return Ok(index);
    }
    for shard in shards {
        shard.waybill_keys(|key| {
            if numbers.contains(key.number.as_str()) {
                index.insert(key);
            }
        })?;
    }
    Ok(index)
}
