use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{Field as ArrowField, Schema, SchemaRef};

use super::{ArrowOutputError, Cells, FurtherColumns};
use crate::arrow::{FieldKind, Table};

/// A row of a table.
pub(crate) trait TableRow {
    /// The table.
    const TABLE: Table;

    /// Puts the row's values into the columns, in the order of the table's fields.
    fn fill(&self, cells: &mut Cells, further: &FurtherColumns) -> Result<(), ArrowOutputError>;
}

/// A batch of one table that is being written.
pub(crate) struct TableBuilder {
    schema: SchemaRef,
    cells: Cells,
    further: FurtherColumns,
}

impl TableBuilder {
    /// An empty batch; only waybills have further columns.
    pub(crate) fn new(table: Table, further: &FurtherColumns) -> Self {
        let further = if table == Table::Waybills { further.clone() } else { FurtherColumns::default() };
        let own = table.schema();
        let own = own.fields().iter().map(|field| ArrowField::clone(field));
        let kinds = table.fields().iter().map(|field| field.kind);
        let columns: Vec<(ArrowField, FieldKind)> = own.zip(kinds).chain(further.fields()).collect();
        let cells = Cells::new(columns.iter().map(|(_, kind)| *kind));
        let fields: Vec<ArrowField> = columns.into_iter().map(|(field, _)| field).collect();
        Self { schema: Arc::new(Schema::new(fields)), cells, further }
    }

    /// The schema of its batches.
    pub(crate) fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    /// Rows since the last batch.
    pub(crate) fn rows(&self) -> usize {
        self.cells.rows()
    }

    /// Writes a row.
    pub(crate) fn push<R: TableRow>(&mut self, row: &R) -> Result<(), ArrowOutputError> {
        row.fill(&mut self.cells, &self.further)?;
        self.cells.end_row();
        Ok(())
    }

    /// The rows since the last batch, as a batch.
    pub(crate) fn finish(&mut self) -> Result<RecordBatch, ArrowOutputError> {
        Ok(RecordBatch::try_new(self.schema(), self.cells.finish())?)
    }
}
