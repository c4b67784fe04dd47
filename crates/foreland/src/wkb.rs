//! Geometries as well-known binary, the encoding that GeoParquet and GeoArrow share.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::{ArrayRef, BinaryArray};
use arrow_schema::{DataType, Field};

/// Little-endian, as a WKB says in its first byte.
const LITTLE_ENDIAN: u8 = 1;
const POINT: u32 = 1;
const LINE_STRING: u32 = 2;
const MULTI_LINE_STRING: u32 = 5;

/// Name of the column that holds geometries.
pub const GEOMETRY: &str = "geometry";

/// A point at degrees.
pub fn point(lon_deg: f64, lat_deg: f64) -> Vec<u8> {
    let mut bytes = begun(POINT);
    push(&mut bytes, [lon_deg, lat_deg]);
    bytes
}

/// Lines cut at ±180°, of `[lon_deg, lat_deg]`.
pub fn multi_line_string(lines: &[Vec<[f64; 2]>]) -> Vec<u8> {
    let mut bytes = begun(MULTI_LINE_STRING);
    count(&mut bytes, lines.len());
    for line in lines {
        bytes.extend(begun(LINE_STRING));
        count(&mut bytes, line.len());
        for &position in line {
            push(&mut bytes, position);
        }
    }
    bytes
}

fn begun(kind: u32) -> Vec<u8> {
    let mut bytes = vec![LITTLE_ENDIAN];
    bytes.extend(kind.to_le_bytes());
    bytes
}

fn count(bytes: &mut Vec<u8>, items: usize) {
    // A line of 2^32 points would not fit into memory before it is encoded.
    bytes.extend(u32::try_from(items).unwrap_or(u32::MAX).to_le_bytes());
}

fn push(bytes: &mut Vec<u8>, position: [f64; 2]) {
    for degrees in position {
        bytes.extend(degrees.to_le_bytes());
    }
}

/// The column's field: GeoArrow's extension type over binary, longitude and latitude on WGS84.
pub fn field(optional: bool) -> Field {
    let about = HashMap::from([
        ("ARROW:extension:name".to_owned(), "geoarrow.wkb".to_owned()),
        (
            "ARROW:extension:metadata".to_owned(),
            r#"{"crs":"OGC:CRS84","crs_type":"authority_code"}"#.to_owned(),
        ),
    ]);
    Field::new(GEOMETRY, DataType::Binary, optional).with_metadata(about)
}

/// The column.
pub fn array(geometries: &[Option<Vec<u8>>]) -> ArrayRef {
    Arc::new(BinaryArray::from_iter(
        geometries.iter().map(Option::as_deref),
    ))
}

#[cfg(test)]
mod tests {
    use super::{multi_line_string, point};

    #[test]
    fn a_point_is_byte_order_kind_and_two_numbers() {
        let bytes = point(1.5, -2.0);
        assert_eq!(bytes[..5], [1, 1, 0, 0, 0]);
        assert_eq!(bytes[5..13], 1.5_f64.to_le_bytes());
        assert_eq!(bytes[13..], (-2.0_f64).to_le_bytes());
    }

    #[test]
    fn lines_are_counted() {
        let bytes =
            multi_line_string(&[vec![[0.0, 0.0], [1.0, 1.0]], vec![[2.0, 2.0], [3.0, 3.0]]]);
        assert_eq!(bytes[..9], [1, 5, 0, 0, 0, 2, 0, 0, 0]);
        assert_eq!(bytes.len(), 9 + 2 * (9 + 2 * 16));
    }
}
