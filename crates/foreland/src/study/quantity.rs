//! Quantities of a study: a number, a range, or a figure of the atlas.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// A quantity as it is written: `24`, `[10, 12, 18]` (low, most plausible, high),
/// `"fact/subject/metric"`, `"parameter/id"`, `"chokepoint/id"` (ships a day), or
/// `{ of = "…", times = 0.5 }`.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The number, range or name.
    pub of: QuantityOf,
    /// What it is multiplied with.
    pub times: f64,
}

/// What a quantity is before it is multiplied.
#[derive(Clone, Debug, PartialEq)]
pub enum QuantityOf {
    /// Stated exactly.
    Exact(f64),
    /// Low, most plausible, high.
    Range([f64; 3]),
    /// A figure of the atlas.
    Named(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scaled {
    of: Quantity,
    times: f64,
}

impl Quantity {
    /// A number that is stated exactly.
    pub fn exact(value: f64) -> Self {
        Quantity {
            of: QuantityOf::Exact(value),
            times: 1.0,
        }
    }

    fn plain(of: QuantityOf) -> Self {
        Quantity { of, times: 1.0 }
    }
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Quantity;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "a number, a range [low, most plausible, high], a name such as \
             \"fact/subject/metric\", or { of = …, times = … }",
        )
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Quantity, E> {
        Ok(Quantity::exact(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Quantity, E> {
        Ok(Quantity::exact(value as f64))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Quantity, E> {
        Ok(Quantity::exact(value as f64))
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Quantity, E> {
        Ok(Quantity::plain(QuantityOf::Named(name.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Quantity, A::Error> {
        let mut range = [0.0; 3];
        for (place, value) in range.iter_mut().enumerate() {
            *value = seq
                .next_element::<f64>()?
                .ok_or_else(|| de::Error::invalid_length(place, &self))?;
        }
        if seq.next_element::<f64>()?.is_some() {
            return Err(de::Error::invalid_length(4, &self));
        }
        Ok(Quantity::plain(QuantityOf::Range(range)))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Quantity, A::Error> {
        let Scaled { of, times } = Scaled::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Quantity {
            times: of.times * times,
            of: of.of,
        })
    }
}

impl JsonSchema for Quantity {
    fn schema_name() -> Cow<'static, str> {
        "Quantity".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({
            "description": "A number, a range [low, most plausible, high], a figure of the atlas \
                (`fact/subject/metric`, `parameter/id`, `chokepoint/id` in ships a day), or \
                { of = …, times = … }.",
            "anyOf": [
                { "type": "number" },
                {
                    "type": "array",
                    "items": { "type": "number" },
                    "minItems": 3,
                    "maxItems": 3
                },
                { "type": "string", "pattern": "^(fact/[^/]+/[^/]+|parameter/.+|chokepoint/.+)$" },
                {
                    "type": "object",
                    "properties": {
                        "of": { "$ref": "#/$defs/Quantity" },
                        "times": { "type": "number" }
                    },
                    "required": ["of", "times"],
                    "additionalProperties": false
                }
            ]
        })
    }
}
