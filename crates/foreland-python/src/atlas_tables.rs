//! Tables of facts for Python: those with coordinates carry points.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Float64Type;
use arrow_array::{Array, RecordBatch};
use arrow_schema::{Field, Schema};
use foreland::wkb;
use foreland::{Atlas, Error};

/// A table by its name, with a geometry if its rows have `lon_deg` and `lat_deg`.
pub(crate) fn table(atlas: &Atlas, name: &str) -> Result<RecordBatch, Error> {
    let batch = atlas.record_batch(name)?;
    let degrees = |column: &str| batch.column_by_name(column).cloned();
    let (Some(lon), Some(lat)) = (degrees("lon_deg"), degrees("lat_deg")) else {
        return Ok(batch);
    };
    let (lon, lat) = (
        lon.as_primitive::<Float64Type>(),
        lat.as_primitive::<Float64Type>(),
    );
    let points: Vec<Option<Vec<u8>>> = (0..batch.num_rows())
        .map(|row| {
            let known = lon.is_valid(row) && lat.is_valid(row);
            known.then(|| wkb::point(lon.value(row), lat.value(row)))
        })
        .collect();
    let old = batch.schema();
    let mut fields: Vec<Arc<Field>> = old.fields().iter().cloned().collect();
    fields.push(Arc::new(wkb::field(true)));
    let mut columns = batch.columns().to_vec();
    columns.push(wkb::array(&points));
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).map_err(|error| Error::Encode {
        what: format!("the table {name}"),
        why: error.to_string(),
    })
}
