//! Which services take goods at which ports in a baseline.

use crate::names::closest;
use crate::study::{Located, ServiceChoice, StudyFault, StudyText};
use crate::world::World;

/// Lets only the chosen services take goods at the ports that a choice concerns.
pub(super) fn choose_services(
    world: &mut World,
    choice: &ServiceChoice,
    text: &StudyText,
) -> Vec<StudyFault> {
    let mut faults = Vec::new();
    let mut ports = Vec::new();
    let find_port = |code: &Located<String>, faults: &mut Vec<StudyFault>| {
        let found = world.port(code.get());
        if found.is_none() {
            let near = closest(
                code.get(),
                world.ports.iter().map(|p| p.unlocode.as_str()),
                3,
            );
            faults.push(text.fault(
                code.span(),
                format!("the atlas has no port `{}`", code.get()),
                (!near.is_empty()).then(|| format!("did you mean {}?", near.join(", "))),
            ));
        }
        found
    };
    for code in &choice.calling_at {
        ports.extend(find_port(code, &mut faults));
    }
    let hubs = choice.transship_at.as_ref().map(|list| {
        list.iter()
            .filter_map(|code| find_port(code, &mut faults))
            .collect()
    });
    for kind in &choice.kinds {
        if !world.services.iter().any(|s| s.kind == *kind.get()) {
            let near = closest(
                kind.get(),
                world.services.iter().map(|s| s.kind.as_str()),
                3,
            );
            faults.push(text.fault(
                kind.span(),
                format!("no service of that day is of kind `{}`", kind.get()),
                (!near.is_empty()).then(|| format!("did you mean {}?", near.join(", "))),
            ));
        }
    }
    for id in &choice.except {
        if !world.services.iter().any(|s| s.id == *id.get()) {
            let near = closest(id.get(), world.services.iter().map(|s| s.id.as_str()), 3);
            faults.push(text.fault(
                id.span(),
                format!("no service `{}` runs on that day", id.get()),
                (!near.is_empty()).then(|| format!("did you mean {}?", near.join(", "))),
            ));
        }
    }
    if faults.is_empty() {
        world.hubs = hubs;
        for service in &mut world.services {
            let chosen = choice.kinds.iter().any(|kind| *kind.get() == service.kind);
            let excepted = choice.except.iter().any(|id| *id.get() == service.id);
            if !chosen || excepted {
                for call in service.calls.iter_mut() {
                    call.takes_cargo &= !ports.contains(&call.port);
                }
            }
        }
    }
    faults
}
