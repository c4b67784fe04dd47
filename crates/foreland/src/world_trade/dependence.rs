//! Dependence: what passes, how concentrated it is, what it costs if it is gone, who else is there.
//!
//! Shares alone do not show dependence: a canal with a cheap way round matters less than its
//! traffic. So each share stands beside what the trade would cost more without.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::amount::Amount;
use super::assign::{Fate, Routed, assign};
use super::demand::Trade;
use super::estimate::WorldTrade;
use super::subject::{Directory, Named, Subject};
use super::{Branch, passage_bits};
use crate::error::{Error, Problem};
use crate::names::closest;
use crate::world::World;

/// Chokepoints whose loss is computed for a country or goods, at most, by share of value.
const MOST_LINKS: usize = 12;
/// Chokepoints with less than this share of the value are left out.
const LEAST_SHARE: f64 = 0.001;
/// Other users of a link that are named.
const MOST_CO_USERS: usize = 5;

/// What is lost if something is gone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Loss {
    /// Generalised cost of what still moves, USD a year more.
    pub extra_cost_usd: f64,
    /// The same over the value of the goods that used it.
    pub extra_cost_share: f64,
    /// What has no way left.
    pub cut_off: Amount,
}

/// A user of a link, or a link of a user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DependenceRow {
    /// Country, or chokepoint.
    pub name: String,
    /// What passes.
    pub through: Amount,
    /// Shares of the user's own trade.
    pub share: Amount,
    /// What is lost if the link is gone.
    pub loss: Loss,
    /// For links: countries with the most value on the same link, besides.
    pub co_users: Vec<String>,
}

/// How something is depended on, or how somebody depends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Dependence {
    /// Name.
    pub name: String,
    /// `country`, `goods`, `passage`, `port`, `operator` or `owner`.
    pub kind: String,
    /// Goods that are looked at; all, if absent.
    pub goods: Option<String>,
    /// That every figure is an estimate, and by what.
    pub basis: String,
    /// The day of the world.
    pub date: String,
    /// What passes, or is traded by sea.
    pub total: Amount,
    /// The same as shares of the world's trade by sea in these goods.
    pub share_of_world: Amount,
    /// Herfindahl–Hirschman index of value over `concentration_over`, from 0 to 1.
    pub hhi: f64,
    /// `users`, `partners` or `exporters`.
    pub concentration_over: String,
    /// What is lost if it is gone, for links.
    pub loss: Option<Loss>,
    /// What is not known and therefore not counted, in sentences.
    pub unknown: Vec<String>,
    /// Users by value for links; chokepoints by share of value for countries and goods.
    pub rows: Vec<DependenceRow>,
}

impl WorldTrade<'_> {
    /// Dependence on, or of, what a name stands for, in all goods or in some.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] with suggestions if nothing has the name.
    pub fn dependence(&self, name: &str, goods: Option<&str>) -> Result<Dependence, Error> {
        let named = Directory::of(self.atlas, &self.network).find(name)?;
        let goods = goods.map(|id| self.goods(id)).transpose()?;
        let in_goods = |trade: &Trade| goods.is_none_or(|goods| trade.goods == goods);
        let mut found = match &named.subject {
            Subject::Country(country) => self.of_user(&named, "partners", |trade| {
                in_goods(trade) && [trade.from, trade.to].contains(country)
            }),
            Subject::Goods(own) => self.of_user(&named, "exporters", |trade| trade.goods == *own),
            subject => self.on_link(&named, subject, in_goods),
        };
        let all: Amount = self.amounts(|trade| in_goods(trade) || goods.is_none());
        found.share_of_world = found.total.shares_of(&all);
        found.goods = goods.map(|goods| self.network.demand.goods[goods].name.clone());
        Ok(found)
    }

    fn goods(&self, id: &str) -> Result<usize, Error> {
        let known = &self.network.demand.goods;
        known.iter().position(|g| g.commodity == id).ok_or_else(|| {
            let ids = || known.iter().map(|g| g.commodity.as_str());
            let near = closest(id, ids(), 2);
            let remedy = match near.as_slice() {
                [] => format!("name one of {}", ids().collect::<Vec<_>>().join(", ")),
                near => format!("did you mean {}?", near.join(", or ")),
            };
            Problem::in_file("--commodity", format!("no goods are called `{id}`"), remedy).into()
        })
    }

    /// Trades with their ways, by number in the network.
    fn trades(&self) -> impl Iterator<Item = (&Trade, &Routed)> {
        let trades = self.network.trades.iter();
        let trades = trades.map(|&trade| &self.network.demand.trades[trade]);
        trades.zip(&self.routed)
    }

    fn amounts(&self, keep: impl Fn(&Trade) -> bool) -> Amount {
        let kept = self.trades().filter(|(trade, _)| keep(trade));
        kept.map(|(trade, _)| Amount::of(&self.network.demand, trade, 1.0))
            .sum()
    }

    fn header(&self, named: &Named, concentration_over: &str) -> Dependence {
        Dependence {
            name: named.name.clone(),
            kind: named.kind.to_owned(),
            goods: None,
            basis: self.network.demand.source.clone(),
            date: self.network.world.date.to_string(),
            total: Amount::default(),
            share_of_world: Amount::default(),
            hhi: 0.0,
            concentration_over: concentration_over.to_owned(),
            loss: None,
            unknown: self.unknown(named),
            rows: Vec::new(),
        }
    }

    /// What cannot be counted about a company: ports of which no share of any country's trade is
    /// known.
    fn unknown(&self, named: &Named) -> Vec<String> {
        let Subject::Company(ports) = &named.subject else {
            return Vec::new();
        };
        let used = self.network.used_ports();
        let names: Vec<&str> = ports
            .keys()
            .filter(|port| !used.contains(port))
            .map(|port| self.network.world.port_at(*port).name.as_str())
            .collect();
        if names.is_empty() {
            return Vec::new();
        }
        vec![format!(
            "What passes {}'s terminals at {} is not known: country-ports.csv states no country's \
             share of these ports. `foreland depend NAME --study STUDY` shows what passes them in a study's \
             flows.",
            named.name,
            names.join(", ")
        )]
    }

    /// Who uses a link, and what each loses without it.
    fn on_link(&self, named: &Named, link: &Subject, keep: impl Fn(&Trade) -> bool) -> Dependence {
        let n = self.network.demand.countries.len();
        let (mut through, mut own) = (vec![Amount::default(); n], vec![Amount::default(); n]);
        let mut used = vec![0.0; self.routed.len()];
        let mut total = Amount::default();
        for (number, (trade, routed)) in self.trades().enumerate() {
            if !keep(trade) {
                continue;
            }
            let share = share_on(link, &routed.branches);
            used[number] = share;
            let on_link = Amount::of(&self.network.demand, trade, share);
            total += on_link;
            for country in [trade.from, trade.to] {
                through[country] += on_link;
                own[country] += Amount::of(&self.network.demand, trade, 1.0);
            }
        }
        let losses = self.losses(link, &used);
        let of_country = |country: usize| {
            let trades = self.trades().zip(&losses);
            let ours = trades.filter(|((trade, _), _)| [trade.from, trade.to].contains(&country));
            sum_losses(ours.map(|(_, loss)| *loss), through[country].value_usd)
        };
        let mut users: Vec<usize> = (0..n).filter(|&c| through[c].mass_t > 0.0).collect();
        users.sort_by(|&a, &b| through[b].value_usd.total_cmp(&through[a].value_usd));
        let rows = users.iter().map(|&country| DependenceRow {
            name: self.atlas.countries.rows[country].name.clone(),
            through: through[country],
            share: through[country].shares_of(&own[country]),
            loss: of_country(country),
            co_users: Vec::new(),
        });
        Dependence {
            total,
            hhi: hhi(through.iter().map(|amount| amount.value_usd)),
            loss: Some(sum_losses(losses.iter().copied(), total.value_usd)),
            rows: rows.collect(),
            ..self.header(named, "users")
        }
    }

    /// Which chokepoints some trades use, and what they lose without each.
    fn of_user(
        &self,
        named: &Named,
        concentration_over: &str,
        keep: impl Fn(&Trade) -> bool,
    ) -> Dependence {
        let n = self.network.demand.countries.len();
        let total = self.amounts(&keep);
        let mut partners = vec![0.0; n];
        for (trade, _) in self.trades().filter(|(trade, _)| keep(trade)) {
            let value = Amount::of(&self.network.demand, trade, 1.0).value_usd;
            match &named.subject {
                Subject::Country(own) if trade.from == *own => partners[trade.to] += value,
                _ => partners[trade.from] += value,
            }
        }
        let mut links: Vec<(&str, u128, Amount)> = self
            .atlas
            .chokepoints
            .rows
            .iter()
            .map(|row| {
                let set = passage_bits(&self.network.world, &row.passage.0, |_| true);
                let on = |(trade, routed): (&Trade, &Routed)| {
                    let share = share_on(&Subject::Passages(set), &routed.branches);
                    Amount::of(&self.network.demand, trade, share)
                };
                let through = self.trades().filter(|(trade, _)| keep(trade)).map(on).sum();
                (row.name.as_str(), set, through)
            })
            .filter(|(_, _, through): &(_, _, Amount)| {
                through.value_usd > total.value_usd * LEAST_SHARE
            })
            .collect();
        links.sort_by(|a, b| b.2.value_usd.total_cmp(&a.2.value_usd));
        links.truncate(MOST_LINKS);
        let rows = links.into_iter().map(|(name, set, through)| {
            let link = Subject::Passages(set);
            let used: Vec<f64> = self
                .trades()
                .map(|(trade, routed)| {
                    if keep(trade) {
                        share_on(&link, &routed.branches)
                    } else {
                        0.0
                    }
                })
                .collect();
            DependenceRow {
                name: name.to_owned(),
                through,
                share: through.shares_of(&total),
                loss: sum_losses(self.losses(&link, &used).into_iter(), through.value_usd),
                co_users: self.co_users(&link, &named.subject),
            }
        });
        Dependence {
            total,
            hhi: hhi(partners.iter().copied()),
            rows: rows.collect(),
            ..self.header(named, concentration_over)
        }
    }

    /// Countries with the most value on a link, but for the one that asks.
    fn co_users(&self, link: &Subject, asking: &Subject) -> Vec<String> {
        let mut value = vec![0.0; self.network.demand.countries.len()];
        for (trade, routed) in self.trades() {
            let share = share_on(link, &routed.branches);
            let on_link = Amount::of(&self.network.demand, trade, share).value_usd;
            value[trade.from] += on_link;
            value[trade.to] += on_link;
        }
        let mut order: Vec<usize> = (0..value.len())
            .filter(|&c| *asking != Subject::Country(c) && value[c] > 0.0)
            .collect();
        order.sort_by(|&a, &b| value[b].total_cmp(&value[a]));
        order.truncate(MOST_CO_USERS);
        let name = |c: usize| self.atlas.countries.rows[c].name.clone();
        order.into_iter().map(name).collect()
    }

    /// What each trade loses if a link is gone; `used` is the share of it that the link carries.
    fn losses(&self, link: &Subject, used: &[f64]) -> Vec<Loss> {
        let touched: Vec<bool> = used.iter().map(|share| *share > 0.0).collect();
        let without = without(&self.network.world, link);
        let after = self
            .network
            .of_trades(self.atlas, without, self.sea, &touched);
        let mut routed = assign(&after, &self.draw).into_iter();
        self.trades()
            .zip(used)
            .map(|((trade, before), &share)| {
                if share <= 0.0 {
                    return Loss::default();
                }
                let Some(then) = routed.next() else {
                    return Loss::default();
                };
                // A company shares its ports with others: only its part is lost.
                let part = match link {
                    Subject::Company(_) => share / share_of_ports(link, &before.branches),
                    _ => 1.0,
                };
                match then.fate {
                    Fate::Carried => {
                        let more = then.composite_usd_per_t - before.composite_usd_per_t;
                        Loss {
                            extra_cost_usd: trade.mass_t * more * part,
                            ..Loss::default()
                        }
                    }
                    // What is left is one port for both countries: the goods go over land.
                    Fate::SamePort => Loss::default(),
                    Fate::CutOff | Fate::NoPort => Loss {
                        cut_off: Amount::of(&self.network.demand, trade, part),
                        ..Loss::default()
                    },
                }
            })
            .collect()
    }
}

/// Share of a trade that a link carries.
fn share_on(link: &Subject, branches: &[Branch]) -> f64 {
    let on = |branch: &Branch| match link {
        Subject::Passages(set) => f64::from(u8::from(branch.way.passages & set != 0)),
        Subject::Port(port) => f64::from(u8::from([branch.from, branch.to].contains(port))),
        Subject::Company(ports) => {
            let at = |port| ports.get(&port).copied().unwrap_or(0.0);
            at(branch.from).max(at(branch.to))
        }
        Subject::Country(_) | Subject::Goods(_) => 0.0,
    };
    branches.iter().map(|b| b.share * on(b)).sum()
}

/// Share of a trade that goes by ports in which a company has a terminal.
fn share_of_ports(link: &Subject, branches: &[Branch]) -> f64 {
    let Subject::Company(ports) = link else {
        return 1.0;
    };
    let on = |b: &&Branch| ports.contains_key(&b.from) || ports.contains_key(&b.to);
    branches.iter().filter(on).map(|b| b.share).sum()
}

/// The world in which a link is gone.
fn without(world: &World, link: &Subject) -> World {
    let mut world = world.clone();
    match link {
        Subject::Passages(set) => {
            for (number, passage) in world.passages.iter_mut().enumerate() {
                passage.open &= super::ways::bit(number) & set == 0;
            }
        }
        Subject::Port(port) => world.ports[port.index()].closed = true,
        Subject::Company(ports) => {
            for port in ports.keys() {
                world.ports[port.index()].closed = true;
            }
        }
        Subject::Country(_) | Subject::Goods(_) => {}
    }
    world
}

fn sum_losses(losses: impl Iterator<Item = Loss>, value_usd: f64) -> Loss {
    let mut sum = Loss::default();
    for loss in losses {
        sum.extra_cost_usd += loss.extra_cost_usd;
        sum.cut_off += loss.cut_off;
    }
    if value_usd > 0.0 {
        sum.extra_cost_share = sum.extra_cost_usd / value_usd;
    }
    sum
}

/// Sum of squared shares: 1 if one holds everything, 1/n if n hold the same.
fn hhi(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let all: f64 = values.clone().sum();
    if all > 0.0 {
        values.map(|value| (value / all).powi(2)).sum()
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::hhi;

    #[test]
    fn concentration_runs_from_even_to_single() {
        assert!((hhi([1.0; 4].into_iter()) - 0.25).abs() < 1e-15);
        assert!((hhi([0.0, 7.0].into_iter()) - 1.0).abs() < 1e-15);
        assert_eq!(hhi([0.0].into_iter()), 0.0);
    }
}
