use arrow_array::{Array, ArrayRef, RecordBatch, new_empty_array};
use arrow_schema::DataType;

use super::{Column, Named, Unfit};
use crate::arrow::{ArrowInputError, FieldKind, Table};

/// A batch whose columns are to be checked against the schema of a table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source<'b> {
    table: Table,
    batch: &'b RecordBatch,
}

impl<'b> Source<'b> {
    pub(crate) fn new(table: Table, batch: &'b RecordBatch) -> Self {
        Self { table, batch }
    }

    /// All columns by name and type.
    pub(crate) fn columns(self) -> impl Iterator<Item = (&'b str, &'b DataType)> {
        let fields = self.batch.schema_ref().fields().iter();
        fields.map(|field| (field.name().as_str(), field.data_type()))
    }

    fn find(self, name: &str) -> Result<Option<&'b ArrayRef>, ArrowInputError> {
        let mut places = self.columns().enumerate().filter(|(_, (column, _))| *column == name);
        let place = places.next().map(|(place, _)| place);
        if places.next().is_some() {
            return Err(ArrowInputError::RepeatedColumn { table: self.table, field: name.to_owned() });
        }
        Ok(place.map(|place| self.batch.column(place)))
    }

    /// The column of a field that must be there and hold no null.
    pub(crate) fn need<C: Column>(self, name: &'static str) -> Result<Named<C>, ArrowInputError> {
        let kind = self.kind_of(name);
        let Some(array) = self.find(name)? else {
            let known = self.columns().map(|(name, _)| name.to_owned()).collect();
            return Err(ArrowInputError::MissingColumn {
                table: self.table,
                field: name,
                allowed: kind.allowed(),
                known,
            });
        };
        if let Some(nulls) = array.logical_nulls().filter(|nulls| nulls.null_count() > 0) {
            let row = (0..nulls.len()).find(|&row| nulls.is_null(row)).unwrap_or_default();
            return Err(ArrowInputError::NullsInRequired {
                table: self.table,
                field: name,
                nulls: nulls.null_count(),
                row,
            });
        }
        // A table without rows that some libraries make knows no types.
        if array.is_empty() && is_of_nulls(array.data_type()) {
            return self.typed(name, kind, &new_empty_array(&kind.canonical()));
        }
        self.typed(name, kind, array)
    }

    /// The column of a field that may be missing, or of a type that holds nothing but nulls.
    pub(crate) fn may<C: Column>(self, name: &'static str) -> Result<Option<Named<C>>, ArrowInputError> {
        self.further(name, self.kind_of(name))
    }

    /// A column that is none of the schema's own, of a kind.
    pub(crate) fn further<C: Column>(self, name: &str, kind: FieldKind) -> Result<Option<Named<C>>, ArrowInputError> {
        match self.find(name)? {
            None => Ok(None),
            Some(array) if is_of_nulls(array.data_type()) => Ok(None),
            Some(array) => self.typed(name, kind, array).map(Some),
        }
    }

    fn kind_of(self, name: &str) -> FieldKind {
        self.table.field(name).map_or(FieldKind::Label, |field| field.kind)
    }

    fn typed<C: Column>(self, name: &str, kind: FieldKind, array: &ArrayRef) -> Result<Named<C>, ArrowInputError> {
        let (table, field) = (self.table, name.to_owned());
        match C::of(array) {
            Ok(column) => Ok(Named::new(name, column)),
            Err(Unfit::Type) => Err(ArrowInputError::WrongType {
                table,
                field,
                found: array.data_type().to_string(),
                allowed: kind.allowed(),
                remedy: kind.remedy(),
            }),
            Err(Unfit::Key { key, values }) => Err(ArrowInputError::BrokenDictionary { table, field, values, key }),
        }
    }
}

/// Whether a type holds nothing but nulls: its own, or a dictionary of it, which pandas makes of a category without values.
fn is_of_nulls(data_type: &DataType) -> bool {
    match data_type {
        DataType::Null => true,
        DataType::Dictionary(_, values) => is_of_nulls(values),
        _ => false,
    }
}
