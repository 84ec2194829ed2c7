//! The waybills that rows of other tables refer to by number alone.

use std::collections::{BTreeMap, HashSet};

use arrow_array::{Array, RecordBatch};

use crate::arrow::column::{Source, Words};
use crate::arrow::reading::Run;
use crate::arrow::{ArrowInputError, Table};
use crate::record::Text;

use super::shard::Shard;

/// Tells a run of the packed waybills whose numbers occur in the batches held: as many as these refer to, and no more.
pub(super) fn refer(
    run: &mut Run<'_>,
    held: &BTreeMap<Table, Vec<RecordBatch>>,
    shards: &[&Shard],
) -> Result<(), ArrowInputError> {
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
    if numbers.is_empty() {
        return Ok(());
    }
    for shard in shards {
        for partition in 0..shard.partitions() {
            for coded in shard.waybill_part(partition)?.waybills() {
                let key = shard.words.waybill_key(coded.number, coded.posted_on, coded.carrier)?;
                if numbers.contains(key.number.as_str()) {
                    run.refer_to(&key, coded.row);
                }
            }
        }
    }
    Ok(())
}
