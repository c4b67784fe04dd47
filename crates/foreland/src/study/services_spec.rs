//! The section `[services]` of a study as it is written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Located;

/// Liner services by tables of the store, beside those of the atlas.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ServicesSpec {
    /// Imported schedules as `KIND/NAME`: `dcsa-vessel-schedules`, `dcsa-commercial-schedules` or
    /// `linerlib-services`.
    pub tables: Vec<Located<String>>,
    /// Vessel class of services whose table does not tell the size of their ships; by rule, if
    /// absent.
    pub vessel: Option<Located<String>>,
    /// The services of the atlas are left out.
    #[serde(default)]
    pub only_imported: bool,
}
