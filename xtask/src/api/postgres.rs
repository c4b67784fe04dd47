//! A PostgreSQL server of Debian's package, on loopback, for as long as a test takes.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use super::succeed;

/// Where Debian's packages are, one folder a version.
const PACKAGES: &str = "/usr/lib/postgresql";
/// The user that the package makes; the server refuses to run as root.
const USER: &str = "postgres";

/// A running server.
pub struct Postgres {
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
}

impl Postgres {
    /// Starts a server with an empty database; none if there is no package and none can be had.
    ///
    /// # Errors
    /// If the programs are there and fail.
    pub fn start() -> Result<Option<Postgres>> {
        if newest().is_none() && is_root() {
            let install = ["install", "--yes", "--quiet", "postgresql"];
            // Without a network it stays away, and the caller says so.
            Command::new("apt-get").args(install).status().ok();
        }
        let Some(programs) = newest() else {
            return Ok(None);
        };
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let folder = std::env::temp_dir().join(format!("foreland-postgres-{}", std::process::id()));
        fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        if is_root() {
            succeed(Command::new("chown").arg(USER).arg(&folder))?;
        }
        let postgres = Postgres {
            programs,
            folder,
            port,
        };
        succeed(
            postgres
                .program("initdb")
                .args(["--auth=trust", "--username=foreland", "--pgdata"])
                .arg(postgres.data()),
        )?;
        let options = format!("-p {port} -h 127.0.0.1 -k {}", postgres.folder.display());
        succeed(
            postgres
                .program("pg_ctl")
                .args(["start", "--wait", "--silent", "--log"])
                .arg(postgres.folder.join("log"))
                .args(["--options", &options, "--pgdata"])
                .arg(postgres.data()),
        )?;
        Ok(Some(postgres))
    }

    /// Where it listens.
    pub fn url(&self) -> String {
        format!("postgresql://foreland@127.0.0.1:{}/postgres", self.port)
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn program(&self, name: &str) -> Command {
        let path = self.programs.join(name);
        if !is_root() {
            return Command::new(path);
        }
        let mut command = Command::new("runuser");
        command.args(["-u", USER, "--"]).arg(path);
        command.current_dir(&self.folder);
        command
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let stop = ["stop", "--mode=immediate", "--silent", "--pgdata"];
        self.program("pg_ctl")
            .args(stop)
            .arg(self.data())
            .status()
            .ok();
        fs::remove_dir_all(&self.folder).ok();
    }
}

/// The programs of the newest version there is.
fn newest() -> Option<PathBuf> {
    let versions = fs::read_dir(Path::new(PACKAGES)).ok()?;
    let programs = versions
        .filter_map(Result::ok)
        .map(|version| version.path().join("bin"));
    programs
        .filter(|programs| programs.join("initdb").is_file())
        .max()
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|id| id.stdout.starts_with(b"0\n"))
}
