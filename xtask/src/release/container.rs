//! The container file, and what can be checked of it without an engine.

use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::tree::Tree;

/// Name in the repository and in the release.
const FILE: &str = "Containerfile";

/// Puts the container file beside the archive that it is built from.
pub(super) fn write(tree: &Tree, out: &Path) -> Result<()> {
    let text = std::fs::read_to_string(tree.path().join(FILE)).context(FILE)?;
    check(&text)?;
    Ok(std::fs::write(out.join(FILE), text)?)
}

/// Nothing is fetched, nobody is root, and there is nothing beside the program to break into.
fn check(text: &str) -> Result<()> {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    let of = |word: &str| -> Vec<&str> {
        let rest = lines.iter().filter_map(|line| line.strip_prefix(word));
        rest.map(str::trim).collect()
    };
    ensure!(of("FROM ") == ["scratch"], "the image stands on something");
    ensure!(of("RUN ").is_empty(), "something is run while it is built");
    ensure!(!text.contains("://"), "something is fetched");
    let users = of("USER ");
    let user = users.last().context("no USER: it would run as root")?;
    let id = user.split(':').next().unwrap_or_default();
    let id: u32 = id
        .parse()
        .context("USER must be a number: there is no /etc/passwd")?;
    ensure!(id >= 10_000, "USER {id} may be someone on the host");
    ensure!(
        of("ENTRYPOINT ").iter().all(|entry| entry.starts_with('[')),
        "ENTRYPOINT needs a shell, and there is none"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn the_container_file_keeps_the_rules() {
        check(include_str!("../../../Containerfile")).unwrap();
    }

    #[test]
    fn a_root_user_and_a_download_are_refused() {
        let good = include_str!("../../../Containerfile");
        assert!(check(&good.replace("USER 65532:65532", "")).is_err());
        assert!(check(&good.replace("USER 65532", "USER 0")).is_err());
        assert!(check(&good.replace("FROM scratch", "FROM debian")).is_err());
        assert!(check(&format!("{good}\nADD https://example.org/x /x\n")).is_err());
    }
}
