//! Coastlines.

use std::io::Read;
use std::sync::OnceLock;

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use flate2::read::GzDecoder;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::extract::Query;
use crate::problem::Problem;
use crate::reply::{Content, Freshness};

/// Land as GeoJSON, gzipped, made by `cargo xtask land`.
static LAND_110M: &[u8] = include_bytes!("../../data/land-110m.geojson.gz");
static LAND_50M: &[u8] = include_bytes!("../../data/land-50m.geojson.gz");

/// How fine a coastline is: the scale for which it was drawn.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
pub enum Detail {
    /// 1:110,000,000.
    #[default]
    #[serde(rename = "110m")]
    Small,
    /// 1:50,000,000.
    #[serde(rename = "50m")]
    Medium,
}

/// How land is asked for.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LandQuery {
    /// Scale for which the coastline was drawn
    #[serde(default)]
    #[param(inline)]
    detail: Detail,
}

struct Land {
    plain: Content,
    gzipped: Content,
}

impl Land {
    fn unpack(gzipped: &'static [u8]) -> Result<Land, std::io::Error> {
        let mut plain = Vec::new();
        GzDecoder::new(gzipped).read_to_end(&mut plain)?;
        Ok(Land {
            plain: Content::new(MEDIA_TYPE, plain),
            gzipped: Content::new(MEDIA_TYPE, gzipped),
        })
    }
}

const MEDIA_TYPE: &str = "application/geo+json";

/// The coastlines of the world as GeoJSON (RFC 7946), cut at ±180°
///
/// Natural Earth, by way of the npm package world-atlas. The cut runs along ±180° and, under
/// Antarctica, along −90°: draw shores from edges that do not lie there.
#[utoipa::path(
    get, path = "/v1/land", tag = "sea", params(LandQuery),
    responses(
        (status = 200, description = "FeatureCollection", content_type = "application/geo+json"),
        (status = 304, description = "The client has it"),
        (status = 400, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn land(Query(query): Query<LandQuery>, headers: HeaderMap) -> Result<Response, Problem> {
    static SMALL: OnceLock<Land> = OnceLock::new();
    static MEDIUM: OnceLock<Land> = OnceLock::new();
    let (cell, packed) = match query.detail {
        Detail::Small => (&SMALL, LAND_110M),
        Detail::Medium => (&MEDIUM, LAND_50M),
    };
    let land = match cell.get() {
        Some(land) => land,
        None => {
            let land = Land::unpack(packed).map_err(|error| Problem::internal(&error))?;
            cell.get_or_init(|| land)
        }
    };
    if !takes_gzip(&headers) {
        return Ok(land.plain.answer(&headers, Freshness::Ask));
    }
    let mut response = land.gzipped.answer(&headers, Freshness::Ask);
    response
        .headers_mut()
        .insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    response.headers_mut().insert(
        header::VARY,
        HeaderValue::from_static("accept, accept-encoding"),
    );
    Ok(response)
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    let lists = headers.get_all(header::ACCEPT_ENCODING).iter();
    lists
        .filter_map(|list| list.to_str().ok())
        .flat_map(|list| list.split(','))
        .map(|one| one.replace(' ', ""))
        .any(|one| one == "gzip" || one.starts_with("gzip;") && one != "gzip;q=0")
}
