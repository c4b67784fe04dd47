//! The land network from its tables.

use std::collections::HashMap;

use super::Builder;
use crate::atlas::{LinkRow, ModeOrTransfer};
use crate::param::{Params, atlas_param_id};
use crate::world::land::{Border, Land, LandLink, LandNode, ModeFacts, NodeIx, TransferFacts};

impl Builder<'_> {
    pub(super) fn land(&mut self) -> Option<Land> {
        let (nodes, index) = self.nodes();
        let mut land = Land {
            links_at: vec![Vec::new(); nodes.len()],
            nodes,
            index,
            links: Vec::new(),
            modes: [
                self.mode(ModeOrTransfer::Road)?,
                self.mode(ModeOrTransfer::Rail)?,
                self.mode(ModeOrTransfer::River)?,
            ],
            transfer: self.transfer()?,
        };
        for row in &self.atlas.links.rows {
            if row.validity.holds_on(self.date)
                && let Some(link) = link_of(row, &land, self.params)
            {
                add_link(&mut land, link);
            }
        }
        Some(land)
    }

    /// Places become nodes, and ports that a link names; a place at a port shares its node.
    fn nodes(&mut self) -> (Vec<LandNode>, HashMap<String, NodeIx>) {
        let mut nodes: Vec<LandNode> = Vec::new();
        let mut index: HashMap<String, NodeIx> = HashMap::new();
        for row in &self.atlas.places.rows {
            let ix = NodeIx(nodes.len() as u32);
            index.insert(row.id.to_string(), ix);
            if let Some(port) = &row.port {
                // The first place at a port is the port's node.
                index.entry(port.to_string()).or_insert(ix);
            }
            nodes.push(LandNode {
                id: row.id.to_string(),
                name: row.name.clone(),
                lon_deg: row.lon_deg,
                lat_deg: row.lat_deg,
                port: row
                    .port
                    .as_ref()
                    .and_then(|port| self.ports.get(port.as_str()).copied()),
                border: self.border(row.id.as_str()),
            });
        }
        let ends = self
            .atlas
            .links
            .rows
            .iter()
            .flat_map(|row| [&row.from, &row.to]);
        for code in ends {
            let (Some(&port), false) = (self.ports.get(code), index.contains_key(code)) else {
                continue;
            };
            let row = &self.atlas.ports.rows[port.index()];
            index.insert(code.clone(), NodeIx(nodes.len() as u32));
            nodes.push(LandNode {
                id: code.clone(),
                name: row.name.clone(),
                lon_deg: row.lon_deg,
                lat_deg: row.lat_deg,
                port: Some(port),
                border: None,
            });
        }
        (nodes, index)
    }

    fn border(&mut self, place: &str) -> Option<Border> {
        let row = self
            .atlas
            .borders
            .rows
            .iter()
            .find(|row| row.id.as_str() == place)?;
        Some(Border {
            delay_h: self.param(row, "delay_h")?,
            cost_usd_per_t: self.param(row, "cost_usd_per_t")?,
            delays_h: Vec::new(),
            price_factors: Vec::new(),
            closed: false,
        })
    }

    fn mode(&mut self, mode: ModeOrTransfer) -> Option<ModeFacts> {
        let row = self.atlas.modes.rows.iter().find(|row| row.id == mode)?;
        Some(ModeFacts {
            ttw_g_per_tkm: row.ttw_g_co2e_per_tkm?,
            wtw_g_per_tkm: row.wtw_g_co2e_per_tkm?,
            hours_per_day: self.param(row, "hours_per_day")?,
        })
    }

    fn transfer(&mut self) -> Option<TransferFacts> {
        let rows = &self.atlas.modes.rows;
        let row = rows.iter().find(|row| row.id == ModeOrTransfer::Transfer)?;
        Some(TransferFacts {
            time_h: self.param(row, "transfer_h")?,
            cost_usd_per_t: self.param(row, "transfer_usd_per_t")?,
        })
    }
}

/// A link of the atlas as part of the network; also used by changes that open one.
pub(crate) fn link_of(row: &LinkRow, land: &Land, params: &Params) -> Option<LandLink> {
    Some(LandLink {
        id: row.id.to_string(),
        from: land.node(&row.from)?,
        to: land.node(&row.to)?,
        mode: row.mode,
        distance_km: row.distance_km,
        speed_kmh: params.ix(&atlas_param_id(row, "speed_kmh"))?,
        cost_usd_per_tkm: params.ix(&atlas_param_id(row, "cost_usd_per_tkm"))?,
        gauge_mm: row.gauge_mm,
        blocked: false,
        delays_h: Vec::new(),
        price_factors: Vec::new(),
    })
}

pub(crate) fn add_link(land: &mut Land, link: LandLink) {
    let ix = land.links.len() as u32;
    land.links_at[link.from.index()].push(ix);
    land.links_at[link.to.index()].push(ix);
    land.links.push(link);
}
