//! What somebody depends on, or who depends: found by name.

use std::collections::BTreeMap;

use super::{TradeNetwork, passage_bits};
use crate::atlas::Atlas;
use crate::error::{Error, Problem};
use crate::names::closest;
use crate::place::fold;
use crate::world::{PortIx, Terminal};

/// A name that was understood.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    /// Trades of a country, by its number in the demand.
    Country(usize),
    /// Trades of a group of goods, by its number in the demand.
    Goods(usize),
    /// Passages, as bits of the world's passages.
    Passages(u128),
    /// A port.
    Port(PortIx),
    /// A company with its share of ports' capacity.
    Company(BTreeMap<PortIx, f64>),
}

/// A subject with its name for people and what it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// Name for people.
    pub name: String,
    /// `country`, `goods`, `passage`, `port`, `operator` or `owner`.
    pub kind: &'static str,
    /// What it stands for.
    pub subject: Subject,
}

/// Every name that can be asked for, in folded spelling; names that come first win.
pub(crate) struct Directory {
    entries: Vec<(String, Named)>,
}

impl Directory {
    pub(crate) fn of(atlas: &Atlas, network: &TradeNetwork) -> Directory {
        let mut directory = Directory {
            entries: Vec::new(),
        };
        directory.passages(atlas, network);
        directory.countries(atlas);
        for (number, goods) in network.demand.goods.iter().enumerate() {
            let named = Named {
                name: goods.name.clone(),
                kind: "goods",
                subject: Subject::Goods(number),
            };
            directory.add([goods.commodity.as_str(), goods.name.as_str()], named);
        }
        for port in network.used_ports() {
            let facts = network.world.port_at(port);
            let named = Named {
                name: facts.name.clone(),
                kind: "port",
                subject: Subject::Port(port),
            };
            directory.add([facts.unlocode.as_str(), facts.name.as_str()], named);
        }
        directory.companies(network);
        directory
    }

    fn add<'a>(&mut self, names: impl IntoIterator<Item = &'a str>, named: Named) {
        let folded = names.into_iter().map(fold);
        self.entries
            .extend(folded.map(|name| (name, named.clone())));
    }

    fn passages(&mut self, atlas: &Atlas, network: &TradeNetwork) {
        let passage = |name: &str, set: u128| Named {
            name: name.to_owned(),
            kind: "passage",
            subject: Subject::Passages(set),
        };
        for row in &atlas.chokepoints.rows {
            let set = passage_bits(&network.world, &row.passage.0, |_| true);
            let mut names = vec![row.id.as_str(), row.name.as_str()];
            // `panama` is both lanes of locks, `suez` the canal.
            names.extend(row.passage.0.first().and_then(|id| id.split('-').next()));
            self.add(names, passage(&row.name, set));
        }
        for (number, row) in network.world.passages.iter().enumerate() {
            let named = passage(&row.name, super::ways::bit(number));
            self.add([row.id.as_str(), row.name.as_str()], named);
        }
    }

    fn countries(&mut self, atlas: &Atlas) {
        for (number, row) in atlas.countries.rows.iter().enumerate() {
            let named = Named {
                name: row.name.clone(),
                kind: "country",
                subject: Subject::Country(number),
            };
            let names = [row.code.as_str(), row.alpha3.as_str(), row.name.as_str()];
            self.add(names, named.clone());
            self.add(row.alt_names.0.iter().map(String::as_str), named);
        }
    }

    /// Operators and owners of terminals; a joint venture stands under each of its partners.
    fn companies(&mut self, network: &TradeNetwork) {
        type Of = fn(&Terminal) -> &str;
        let roles: [(&'static str, Of); 2] =
            [("operator", |t| &t.operator), ("owner", |t| &t.owner)];
        for (kind, of) in roles {
            let mut names: Vec<&str> = network
                .world
                .terminals
                .iter()
                .flat_map(|terminal| of(terminal).split(';'))
                .filter(|name| !name.is_empty())
                .collect();
            names.sort_unstable();
            names.dedup();
            for name in names {
                let has = |t: &Terminal| of(t).split(';').any(|company| company == name);
                let named = Named {
                    name: name.to_owned(),
                    kind,
                    subject: Subject::Company(shares(network, has)),
                };
                self.add([name], named);
            }
        }
    }

    /// The subject of a name, its beginning, or a word in it.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] with the nearest names if nothing has the name.
    pub(crate) fn find(&self, name: &str) -> Result<Named, Error> {
        let wanted = fold(name);
        let by = |fits: &dyn Fn(&str) -> bool| {
            self.entries
                .iter()
                .find(|(known, _)| fits(known))
                .map(|(_, named)| named.clone())
        };
        let long_enough = wanted.chars().count() >= 4;
        by(&|known| known == wanted)
            .or_else(|| by(&|known| long_enough && known.starts_with(&wanted)))
            .or_else(|| by(&|known| long_enough && known.contains(&wanted)))
            .map(|named| self.with_sisters(named, &wanted))
            .ok_or_else(|| self.miss(name, &wanted).into())
    }

    /// A company with all others whose names hold the wanted word, in the same role: `cosco` stands
    /// for every company of the group. What is no company stays as it is.
    fn with_sisters(&self, named: Named, wanted: &str) -> Named {
        let Subject::Company(_) = named.subject else {
            return named;
        };
        if fold(&named.name) == wanted {
            return named;
        }
        let mut names = Vec::new();
        let mut ports: BTreeMap<PortIx, f64> = BTreeMap::new();
        for (known, sister) in &self.entries {
            let Subject::Company(shares) = &sister.subject else {
                continue;
            };
            if sister.kind != named.kind || !known.contains(wanted) {
                continue;
            }
            names.push(sister.name.as_str());
            for (port, share) in shares {
                let sum = ports.entry(*port).or_default();
                *sum = (*sum + share).min(1.0);
            }
        }
        Named {
            name: names.join(", "),
            kind: named.kind,
            subject: Subject::Company(ports),
        }
    }

    fn miss(&self, name: &str, wanted: &str) -> Problem {
        let near = closest(
            wanted,
            self.entries.iter().map(|(known, _)| known.as_str()),
            3,
        );
        let remedy = if near.is_empty() {
            "name a chokepoint or passage (malacca), a country (PE, Peru), goods (crude-oil), a port \
             (PECLL, Callao), or an operator or owner of terminals"
                .to_owned()
        } else {
            format!("did you mean {}?", near.join(", or "))
        };
        let shown: String = name.chars().take(60).flat_map(char::escape_debug).collect();
        Problem::in_file("depend", format!("nothing is called `{shown}`"), remedy)
    }
}

/// Shares of ports' capacity at some of their terminals: by stated capacity if all state one in
/// the same unit, else by number of terminals.
fn shares(network: &TradeNetwork, has: impl Fn(&Terminal) -> bool) -> BTreeMap<PortIx, f64> {
    let terminals = &network.world.terminals;
    let mut of_port: BTreeMap<PortIx, Vec<&Terminal>> = BTreeMap::new();
    for terminal in terminals {
        of_port.entry(terminal.port).or_default().push(terminal);
    }
    of_port.retain(|_, terminals| terminals.iter().any(|t| has(t)));
    let share = |terminals: Vec<&Terminal>| {
        let stated = terminals.iter().all(|t| t.capacity_teu_per_year.is_some());
        let weight = |t: &&Terminal| {
            let capacity = t.capacity_teu_per_year.filter(|_| stated);
            capacity.unwrap_or(1.0)
        };
        let all: f64 = terminals.iter().map(weight).sum();
        let own: f64 = terminals.iter().filter(|t| has(t)).map(weight).sum();
        if all > 0.0 { own / all } else { 0.0 }
    };
    let shares = of_port.into_iter();
    shares
        .map(|(port, terminals)| (port, share(terminals)))
        .collect()
}
