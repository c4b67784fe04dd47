//! Changes: what each does, and what each refuses.

use crate::small::{OPENING, atlas, study};
use foreland::change::apply;
use foreland::study::StudyFault;
use foreland::{Atlas, World};
use jiff::civil::date;

fn baseline(atlas: &Atlas) -> World {
    World::at(atlas, date(2024, 5, 31)).expect("the small world stands")
}

/// Applies the changes of a scenario given as TOML.
fn changed(changes: &str) -> Result<World, Vec<StudyFault>> {
    let atlas = atlas();
    let text = format!(
        "{OPENING}\n[[scenario]]\nid = \"x\"\ntitle = \"x\"\ndescription = \"x\"\n{changes}"
    );
    let study = study(&text);
    let scenario = &study.spec.scenario[0];
    let on = scenario.on.as_ref().map(|day| day.get().0);
    apply(
        &baseline(&atlas),
        &atlas,
        &study.text,
        "scenario/x",
        &scenario.change,
        on,
    )
    .map(|changed| changed.world)
}

fn refused(changes: &str) -> Vec<String> {
    match changed(changes) {
        Ok(_) => panic!("the changes should be refused:\n{changes}"),
        Err(faults) => faults.iter().map(ToString::to_string).collect(),
    }
}

const OPEN: &str = r#"[[scenario.change]]
open = { target = "terminal/new-terminal", start = "2024-06-01" }
"#;

#[test]
fn no_change_gives_the_same_world() {
    let atlas = atlas();
    assert_eq!(changed("").unwrap(), baseline(&atlas));
}

#[test]
fn open_brings_a_terminal() {
    let world = changed(OPEN).unwrap();
    let port = world.port("AANEW").unwrap();
    assert!(world.takes(port, foreland::atlas::CargoKind::Container));
    assert!(!baseline(&atlas()).takes(port, foreland::atlas::CargoKind::Container));
    assert_eq!(world.date, date(2024, 6, 1));
}

#[test]
fn open_and_close_a_passage() {
    let world = changed(
        "[[scenario.change]]\nopen = { target = \"passage/ice\", start = \"2024-06-01\" }\n\
         [[scenario.change]]\nclose = { target = \"passage/cut\", start = \"2024-06-01\" }",
    )
    .unwrap();
    let open = |id: &str| world.passages.iter().find(|p| p.id == id).unwrap().open;
    assert!(open("ice") && !open("cut"));
}

#[test]
fn limit_narrows_a_terminal() {
    let world = changed(
        "[[scenario.change]]\nlimit = { target = \"terminal/hub-east\", start = \"2024-06-01\", draught_m = 13.4 }",
    )
    .unwrap();
    let hub = world.terminals.iter().find(|t| t.id == "hub-east").unwrap();
    assert_eq!(hub.limits.draught_m, Some(13.4));
    assert_eq!(hub.limits.loa_m, Some(366.0));
}

#[test]
fn reassign_passes_a_terminal_on() {
    let world = changed(
        "[[scenario.change]]\nreassign = { target = \"terminal/hub-west\", start = \"2024-06-01\", operator = \"Third Line\", operator_countries = [\"DD\"] }",
    )
    .unwrap();
    let hub = world.terminals.iter().find(|t| t.id == "hub-west").unwrap();
    assert_eq!(
        (hub.operator.as_str(), hub.operator_countries.as_slice()),
        ("Third Line", ["DD".to_owned()].as_slice())
    );
}

#[test]
fn serve_replaces_a_service() {
    let world = changed(&format!(
        "{OPEN}[[scenario.change]]\nserve = {{ target = \"service/new-direct\", start = \"2024-06-02\", replaces = [\"service/old-direct\"] }}"
    ))
    .unwrap();
    let ids: Vec<&str> = world.services.iter().map(|s| s.id.as_str()).collect();
    assert!(
        ids.contains(&"new-direct") && !ids.contains(&"old-direct"),
        "{ids:?}"
    );
}

#[test]
fn block_delay_and_reprice_touch_only_their_target() {
    let before = baseline(&atlas());
    for change in [
        "block = { target = \"link/mine-new\", start = \"2024-06-01\" }",
        "block = { target = \"border/pass\", start = \"2024-06-01\" }",
        "delay = { target = \"border/pass\", start = \"2024-06-01\", hours = [6, 12, 48] }",
        "delay = { target = \"port/BBHUB\", start = \"2024-06-01\", hours = [6, 12, 48] }",
        "reprice = { target = \"fuel/oil\", start = \"2024-06-01\", factor = [1.1, 1.2, 1.5] }",
        "reprice = { target = \"passage/cut\", start = \"2024-06-01\", factor = [2, 2, 2] }",
    ] {
        let world = changed(&format!("[[scenario.change]]\n{change}")).unwrap();
        assert_ne!(world, before, "{change}");
        assert_eq!(world.services, before.services, "{change}");
        assert_eq!(world.terminals, before.terminals, "{change}");
    }
}

#[test]
fn all_errors_are_found_before_anything_is_applied() {
    let found = refused(
        r#"[[scenario.change]]
open = { target = "terminal/new-terminl", start = "2024-06-01" }
[[scenario.change]]
close = { target = "service/old-dirct", start = "2024-06-01" }
[[scenario.change]]
delay = { target = "vessel/thousand", start = "2024-06-01", hours = [1, 2, 3] }
[[scenario.change]]
delay = { target = "port/BBHUB", start = "2024-06-01", hours = [3, 2, 1] }
"#,
    );
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(
        found[0].contains("there is no terminal `new-terminl`"),
        "{found:?}"
    );
    assert!(
        found[1].contains("there is no running service `old-dirct`"),
        "{found:?}"
    );
    assert!(
        found[2].contains("cannot have a `vessel` as its target"),
        "{found:?}"
    );
    assert!(
        found[3].contains("[3, 2, 1] is not a range in h"),
        "{found:?}"
    );
}

#[test]
fn a_change_that_changes_nothing_is_refused() {
    for (change, why) in [
        (
            "open = { target = \"terminal/hub-east\", start = \"2024-06-01\" }",
            "is open already",
        ),
        (
            "open = { target = \"passage/cut\", start = \"2024-06-01\" }",
            "is open already",
        ),
        (
            "open = { target = \"port/AAOLD\", start = \"2024-06-01\" }",
            "is not closed",
        ),
        (
            "close = { target = \"passage/ice\", start = \"2024-06-01\" }",
            "is closed already",
        ),
        (
            "limit = { target = \"terminal/hub-east\", start = \"2024-06-01\", beam_m = 51 }",
            "hold already",
        ),
        (
            "reprice = { target = \"fuel/oil\", start = \"2024-06-01\", factor = [1, 1, 1] }",
            "changes nothing",
        ),
        (
            "delay = { target = \"port/BBHUB\", start = \"2024-06-01\", hours = [0, 0, 0] }",
            "changes nothing",
        ),
        (
            "serve = { target = \"service/old-loop\", start = \"2024-06-01\" }",
            "runs already",
        ),
        (
            "reassign = { target = \"terminal/hub-east\", start = \"2024-06-01\", operator = \"Old Line\", operator_countries = [\"AA\"] }",
            "runs `hub-east` already",
        ),
    ] {
        let found = refused(&format!("[[scenario.change]]\n{change}"));
        assert!(found[0].contains(why), "{change}: {found:?}");
    }
}

#[test]
fn contradictions_are_refused() {
    let found = refused(&format!(
        "{OPEN}[[scenario.change]]\nopen = {{ target = \"terminal/new-terminal\", start = \"2024-06-02\" }}"
    ));
    assert!(
        found[0].contains("contradicts the earlier `open` of the same target"),
        "{found:?}"
    );
    let found = refused(
        "[[scenario.change]]\nclose = { target = \"service/old-loop\", start = \"2024-06-01\" }\n\
         [[scenario.change]]\nclose = { target = \"service/old-loop\", start = \"2024-06-01\" }",
    );
    assert!(found[0].contains("contradicts"), "{found:?}");
}

#[test]
fn rings_of_replacements_are_refused() {
    let atlas = atlas();
    let mut world = baseline(&atlas);
    world.services.clear();
    let text = format!(
        "{OPENING}\n[[scenario]]\nid = \"x\"\ntitle = \"x\"\ndescription = \"x\"\n\
         [[scenario.change]]\nserve = {{ target = \"service/old-loop\", start = \"2024-06-01\", replaces = [\"service/old-direct\"] }}\n\
         [[scenario.change]]\nserve = {{ target = \"service/old-direct\", start = \"2024-06-01\", replaces = [\"service/old-loop\"] }}\n"
    );
    let study = study(&text);
    let changes = &study.spec.scenario[0].change;
    let faults = apply(&world, &atlas, &study.text, "scenario/x", changes, None).unwrap_err();
    assert!(
        faults.iter().any(|f| f.message.contains("in a ring")),
        "{faults:?}"
    );
}

#[test]
fn dates_out_of_order_are_refused() {
    let found = refused(
        "[[scenario.change]]\nclose = { target = \"service/old-loop\", start = \"2024-06-02\", end = \"2024-06-01\" }",
    );
    assert!(
        found[0].contains("ends on 2024-06-01, before it starts on 2024-06-02"),
        "{found:?}"
    );
    let found = refused(&format!("on = \"2024-05-31\"\n{OPEN}"));
    assert!(
        found[0].contains("starts on 2024-06-01, after 2024-05-31"),
        "{found:?}"
    );
    let found = refused(
        "on = \"2024-07-01\"\n[[scenario.change]]\nclose = { target = \"service/old-loop\", start = \"2024-06-02\", end = \"2024-06-10\" }",
    );
    assert!(found[0].contains("is over on 2024-07-01"), "{found:?}");
}

#[test]
fn a_terminal_cannot_open_before_the_atlas_knows_it() {
    let found = refused(
        "[[scenario.change]]\nopen = { target = \"terminal/new-terminal\", start = \"2024-05-31\" }",
    );
    assert!(
        found[0].contains("does not know terminal `new-terminal` as open on 2024-05-31"),
        "{found:?}"
    );
}
