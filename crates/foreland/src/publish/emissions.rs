//! Emissions of the best chains in the shape of ISO 14083, as iLEAP exchanges it
//! (<https://sine-fdn.github.io/ileap-extension/>): a shipment, its transport chain elements, each
//! with distance, transport activity and emissions from well and from tank to wake.
//!
//! The shipment is the unit of cargo that the study counts in. What the model splits by stage
//! becomes three elements: all carriage on land, all carriage by sea (calls and passages on the way
//! included), and all hubs. Numbers are decimals in text, as iLEAP has them; mass in kg, distance
//! in km, activity in t·km, emissions in kg CO2e.

use serde_json::{Value, json};

use super::json as encode;
use crate::error::Error;
use crate::findings::{CargoUnit, Chain, Findings, Journey, PlaceRef, Stage};
use crate::geo::KM_PER_NM;

const KG_PER_T: f64 = 1000.0;

pub(super) fn shipments(findings: &Findings) -> Result<Vec<u8>, Error> {
    let journeys = findings.journeys.iter();
    let shipments: Vec<Value> = journeys
        .filter_map(|journey| shipment(findings, journey))
        .collect();
    encode(&json!({
        "about": "Modelled emissions of the best chain of each flow and world, in the shape of iLEAP \
                  ShipmentFootprint (ISO 14083). Not measured, not verified.",
        "study": findings.run.study,
        "shipments": shipments,
    }))
}

/// `None` for a journey without a chain, or whose mass a TEU the run does not tell.
fn shipment(findings: &Findings, journey: &Journey) -> Option<Value> {
    let chain = journey.chains.first()?;
    let mass_t = match journey.per {
        CargoUnit::Tonne => 1.0,
        CargoUnit::Teu => t_per_teu(findings, &journey.commodity)?,
    };
    let elements: Vec<Value> = Part::ALL
        .iter()
        .filter_map(|part| part.element(journey, chain, mass_t))
        .collect();
    let mut shipment = json!({
        "mass": decimal(mass_t * KG_PER_T),
        "shipmentId": chain.id,
        "tces": elements,
    });
    if let (CargoUnit::Teu, Some(object)) = (journey.per, shipment.as_object_mut()) {
        object.insert("numberOfItems".to_owned(), json!("1"));
        object.insert("typeOfItems".to_owned(), json!("TEU"));
    }
    Some(shipment)
}

/// The mass that the run took for a TEU of a commodity, t.
fn t_per_teu(findings: &Findings, commodity: &str) -> Option<f64> {
    let id = format!("commodities/{commodity}/t_per_teu");
    let assumption = findings.assumptions.iter().find(|a| a.id == id);
    Some(assumption?.value)
}

/// What becomes one transport chain element.
#[derive(Clone, Copy)]
enum Part {
    Land,
    Sea,
    Hubs,
}

impl Part {
    const ALL: [Part; 3] = [Part::Land, Part::Sea, Part::Hubs];

    fn stages(self) -> &'static [Stage] {
        match self {
            Part::Land => &[Stage::Inland, Stage::Border],
            Part::Sea => &[Stage::Sea, Stage::IntermediateCalls, Stage::Passage],
            Part::Hubs => &[Stage::PortDwell, Stage::SailingWait, Stage::Transshipment],
        }
    }

    fn element(self, journey: &Journey, chain: &Chain, mass_t: f64) -> Option<Value> {
        let stages = chain
            .stages
            .iter()
            .filter(|split| self.stages().contains(&split.stage));
        let (ttw_kg, wtw_kg) = stages.fold((0.0, 0.0), |(ttw, wtw), split| {
            (ttw + split.ttw_kg, wtw + split.wtw_kg)
        });
        let (name, km) = match self {
            Part::Land => ("land", chain.land_km),
            Part::Sea => ("sea", chain.sea_nm * KM_PER_NM),
            Part::Hubs => ("hubs", 0.0),
        };
        if km == 0.0 && wtw_kg == 0.0 {
            return None;
        }
        let mut element = json!({
            "tceId": format!("{}/{name}", chain.id),
            "shipmentId": chain.id,
            "mass": decimal(mass_t * KG_PER_T),
            "distance": { "actual": decimal(km) },
            "transportActivity": decimal(km * mass_t),
            "origin": place(&journey.origin),
            "destination": place(&journey.destination),
            "co2eWTW": decimal(wtw_kg),
            "co2eTTW": decimal(ttw_kg),
        });
        if let Some(object) = element.as_object_mut() {
            let cluster = if matches!(self, Part::Hubs) {
                "hocId"
            } else {
                "tocId"
            };
            object.insert(cluster.to_owned(), json!(format!("foreland/{name}")));
        }
        Some(element)
    }
}

/// The ends of the whole chain: an element may hold carriage at both of them.
fn place(place: &PlaceRef) -> Value {
    json!({
        "city": place.name,
        "country": null,
        "lat": decimal(place.lat_deg),
        "lng": decimal(place.lon_deg),
    })
}

/// A decimal in text without an exponent.
fn decimal(value: f64) -> String {
    let text = format!("{value:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn decimals_have_neither_exponents_nor_needless_zeros() {
        for (value, text) in [
            (0.0, "0"),
            (-1e-9, "0"),
            (1200.5, "1200.5"),
            (1e9, "1000000000"),
            (-77.25, "-77.25"),
        ] {
            assert_eq!(decimal(value), text);
        }
    }
}
