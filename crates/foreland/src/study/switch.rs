//! The same study with ports, passages or roads switched off: what moves?

use std::fmt::Write as _;

use super::Study;
use crate::error::{Error, Problem};

/// The scenario that [`Study::without`] adds.
pub const SWITCHED_OFF: &str = "switched-off";
/// Kinds that `close` shuts, and kinds that `block` shuts.
const CLOSED: [&str; 4] = ["port", "passage", "terminal", "service"];
const BLOCKED: [&str; 2] = ["link", "border"];

impl Study {
    /// The journeys of this study under one of its scenarios (the first, if none is named), and
    /// under the same with some things switched off besides: `port/PECLL`, `passage/panama`,
    /// `link/road-oruro-la-paz`, `border/desaguadero`, `terminal/…`, `service/…`. Claims, flows,
    /// the world's trade and simulations are left out: they ask about other things.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] if nothing can be switched off so, the study follows no journeys, or it has
    /// no such scenario. Whether a target is there turns out when the study is run.
    pub fn without(&self, off: &[String], scenario: Option<&str>) -> Result<Study, Error> {
        if self.spec.flow.is_empty() {
            return Err(wrong(
                format!("study `{}` follows no journeys from door to door", self.id),
                "open a study that has a [[flow]]",
            ));
        }
        let base = match scenario {
            None => self.spec.scenario.first(),
            Some(id) => Some(
                self.spec
                    .scenario
                    .iter()
                    .find(|one| one.id.get() == id)
                    .ok_or_else(|| {
                        wrong(
                            format!("there is no scenario `{id}`"),
                            "name a scenario of the study",
                        )
                    })?,
            ),
        };
        let begins = self.spec.baseline.iter().map(|one| one.date.0).max();
        let day = base
            .and_then(|one| one.on.as_ref().map(|day| day.0))
            .or(begins)
            .unwrap_or(self.spec.as_of.0);
        let mut text = self.text.text().to_owned();
        let title = base.map_or("the world before", |one| one.title.as_str());
        // A literal in TOML's own escapes: titles may hold quotes.
        let title = toml::Value::from(format!("{title}, without {}", off.join(", ")));
        let _ = write!(
            text,
            "\n[[scenario]]\nid = \"{SWITCHED_OFF}\"\ntitle = {title}\ndescription = {title}\n"
        );
        if let Some(base) = base {
            let _ = writeln!(text, "with = {}", toml::Value::from(base.id.get().as_str()));
        }
        for target in off {
            let kind = shut_by(target)?;
            let _ = write!(
                text,
                "\n[[scenario.change]]\n{kind} = {{ target = \"{target}\", start = \"{day}\" }}\n"
            );
        }
        let kept = base.map(|one| one.id.get().clone());
        let mut study = Study::parse(&self.path, &text)?;
        let spec = &mut study.spec;
        spec.scenario
            .retain(|one| one.id.get() == SWITCHED_OFF || Some(one.id.get()) == kept.as_ref());
        spec.claim.clear();
        (spec.flows, spec.world_trade, spec.simulation) = (None, None, None);
        study.id.clone_from(&self.id);
        Ok(study)
    }
}

/// The kind of change that shuts a target.
fn shut_by(target: &str) -> Result<&'static str, Error> {
    // Nothing that could end the text in which the target is written.
    let is_id = |id: &str| {
        let fine = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        !id.is_empty() && id.chars().all(fine)
    };
    match target.split_once('/') {
        Some((kind, id)) if CLOSED.contains(&kind) && is_id(id) => Ok("close"),
        Some((kind, id)) if BLOCKED.contains(&kind) && is_id(id) => Ok("block"),
        _ => Err(wrong(
            format!("`{target}` cannot be switched off"),
            "name port/…, passage/…, terminal/…, service/…, link/… or border/…",
        )),
    }
}

fn wrong(what: impl Into<String>, remedy: &str) -> Error {
    Error::Input(Problem::in_file("off", what, remedy))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::Study;

    fn chancay() -> Study {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        Study::load(&root.join("studies/chancay")).expect("the study")
    }

    fn off(targets: &[&str]) -> Vec<String> {
        targets.iter().map(|&target| target.to_owned()).collect()
    }

    #[test]
    fn what_is_switched_off_comes_on_top_of_the_scenario() {
        let study = chancay();
        let without = study
            .without(&off(&["port/PECLL", "link/x-y"]), None)
            .expect("a study");
        let scenarios = &without.spec.scenario;
        let ids: Vec<&str> = scenarios.iter().map(|one| one.id.get().as_str()).collect();
        assert_eq!(ids, ["opening", super::SWITCHED_OFF]);
        assert_eq!(scenarios[1].change.len(), scenarios[0].change.len() + 2);
        assert_eq!(without.spec.flow, study.spec.flow);
        assert!(without.spec.claim.is_empty() && without.spec.flows.is_none());
        assert_eq!(without.id, study.id);
    }

    #[test]
    fn what_could_end_the_text_or_is_no_target_is_refused() {
        let study = chancay();
        for target in [
            "port/",
            "PECLL",
            "fuel/hfo",
            "port/\"} ]",
            "port/P\nX",
            "../x/y",
        ] {
            let error = study.without(&off(&[target]), None).expect_err(target);
            assert!(
                error.to_string().contains("cannot be switched off"),
                "{error}"
            );
        }
        let error = study.without(&off(&["port/PECLL"]), Some("nothing"));
        assert!(
            error
                .expect_err("no scenario")
                .to_string()
                .contains("nothing")
        );
    }

    #[test]
    fn a_scenario_builds_on_one_above_it_only() {
        let text = chancay().text.text().to_owned();
        let with = |id: &str| {
            let more = format!(
                "\n[[scenario]]\nid = \"more\"\ntitle = \"t\"\ndescription = \"d\"\nwith = \"{id}\"\n"
            );
            Study::parse(Path::new("chancay/study.toml"), &(text.clone() + &more))
        };
        let last = |study: Study| study.spec.scenario.last().map(|one| one.change.len());
        assert_eq!(last(with("opening").expect("a study")), Some(4));
        for id in ["more", "nothing"] {
            let error = with(id).expect_err(id).detail();
            assert!(error.contains("stands above"), "{error}");
        }
    }
}
