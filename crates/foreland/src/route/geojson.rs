//! GeoJSON (RFC 7946): lines cut at ±180°.

use serde_json::{Value, json};

use super::{Answer, Found, NOT_FOR_NAVIGATION, millionths, spacing};

impl Answer {
    /// A FeatureCollection (RFC 7946), lines cut at ±180°.
    pub fn geojson(&self) -> String {
        let features: Vec<Value> = self
            .routes
            .iter()
            .enumerate()
            .map(|(i, found)| feature(self, i + 1, found))
            .collect();
        format!(
            "{:#}\n",
            json!({ "type": "FeatureCollection", "features": features })
        )
    }
}

fn feature(answer: &Answer, rank: usize, found: &Found) -> Value {
    let parts: Vec<Vec<[f64; 2]>> = found
        .route
        .parts(spacing())
        .into_iter()
        .map(|part| {
            part.into_iter()
                .map(|point| point.map(millionths))
                .collect()
        })
        .collect();
    let geometry = match parts.as_slice() {
        [part] => json!({ "type": "LineString", "coordinates": part }),
        parts => json!({ "type": "MultiLineString", "coordinates": parts }),
    };
    let mut properties = super::json::properties(found);
    if let Some(object) = properties.as_object_mut() {
        object.insert("rank".to_owned(), json!(rank));
        object.insert("from".to_owned(), json!(answer.from.to_string()));
        object.insert("to".to_owned(), json!(answer.to.to_string()));
        object.insert("use".to_owned(), json!(NOT_FOR_NAVIGATION));
    }
    json!({ "type": "Feature", "geometry": geometry, "properties": properties })
}
