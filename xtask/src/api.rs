//! `cargo xtask api`: the tests of the server that need programs of others. Schemathesis asks
//! whatever the OpenAPI document allows and must see no server error; jobs are stored in a
//! PostgreSQL that is started for it on loopback.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, ensure};

use crate::target;

mod postgres;

/// The version whose options are used here.
const SCHEMATHESIS: &str = "schemathesis==4.32.5";
/// Questions asked of each address.
const EXAMPLES: &str = "25";

/// Runs both tests.
///
/// # Errors
/// If a test fails or a program that is there cannot be run. What cannot be had is said and
/// skipped.
pub fn run(root: &Path) -> Result<()> {
    match postgres::Postgres::start()? {
        Some(postgres) => {
            let url = postgres.url();
            let test = [
                "test",
                "-p",
                "foreland-server",
                "--lib",
                "jobs_live_in_postgresql",
            ];
            succeed(
                cargo(root)
                    .args(test)
                    .env("FORELAND_TEST_DATABASE_URL", url),
            )?;
        }
        None => println!("PostgreSQL: skipped, apt-get install postgresql is needed"),
    }
    let venv = target::folder(root).join("schemathesis");
    let python = venv.join("bin/python");
    if !python.exists() {
        succeed(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
    }
    let install = ["-m", "pip", "install", "--quiet", SCHEMATHESIS];
    succeed(Command::new(&python).args(install))?;
    let server = Server::start(root)?;
    succeed(
        Command::new(venv.join("bin/schemathesis"))
            .current_dir(venv)
            .arg("run")
            .arg(format!("http://{}/v1/openapi.json", server.at))
            .args(["--checks", "not_a_server_error,response_schema_conformance"])
            .args([
                "--checks",
                "content_type_conformance,status_code_conformance",
            ])
            .args(["--max-examples", EXAMPLES, "--seed", "1"]),
    )
}

/// `foreland serve` as a process, ended when it goes out of use.
struct Server {
    process: Child,
    at: String,
    _store: StoreFolder,
}

struct StoreFolder(PathBuf);

impl Drop for StoreFolder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

impl Server {
    fn start(root: &Path) -> Result<Server> {
        let name = format!("foreland-api-{}", std::process::id());
        let store = StoreFolder(std::env::temp_dir().join(name));
        succeed(cargo(root).args(["build", "--release", "-p", "foreland-cli"]))?;
        // Questions make jobs, and a full queue would be a server error of its own right.
        let mut process = Command::new(target::folder(root).join("release/foreland"))
            .current_dir(root)
            .args(["serve", "--bind", "127.0.0.1:0"])
            .args(["--queue", "1000000", "--store"])
            .arg(&store.0)
            .env_remove("DATABASE_URL")
            .stderr(Stdio::piped())
            .spawn()?;
        let stderr = process.stderr.take().context("no pipe")?;
        let mut line = String::new();
        BufReader::new(stderr).read_line(&mut line)?;
        let at = line
            .split("http://")
            .nth(1)
            .and_then(|rest| rest.split('/').next());
        let at = at.with_context(|| format!("the server did not start: {line}"))?;
        Ok(Server {
            at: at.to_owned(),
            process,
            _store: store,
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

fn cargo(root: &Path) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root);
    cargo
}

/// Runs a program that has to succeed.
fn succeed(command: &mut Command) -> Result<()> {
    let shown = format!("{command:?}");
    let status = command
        .status()
        .with_context(|| format!("{shown} cannot be started"))?;
    ensure!(status.success(), "{shown}: {status}");
    Ok(())
}
