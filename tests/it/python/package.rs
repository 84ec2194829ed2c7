//! The package as an interpreter imports it, made once for all tests.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use serde_json::Value;

/// An interpreter that has pyarrow, and the folder that the package lies in.
pub struct Package {
    python: String,
    folder: PathBuf,
}

impl Package {
    /// Runs a script of this folder in the interpreter, with the package at hand.
    pub fn run(&self, script: &str, arguments: &[&str]) {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/python").join(script);
        let mut command = Command::new(&self.python);
        succeed(
            command.env("PYTHONPATH", &self.folder).env("PYTHONDONTWRITEBYTECODE", "1").arg(script).args(arguments),
        );
    }
}

/// The package, or none where Python or pyarrow is not at hand; then a line says so.
pub fn package() -> Option<&'static Package> {
    static PACKAGE: OnceLock<Option<Package>> = OnceLock::new();
    let made = PACKAGE.get_or_init(make).as_ref();
    if made.is_none() {
        println!("skipped: PARCELGAUGE_PYTHON, else python3, cannot import pyarrow");
    }
    made
}

fn make() -> Option<Package> {
    let python = std::env::var("PARCELGAUGE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let required =
        std::env::var("PARCELGAUGE_REQUIRE").is_ok_and(|names| names.split(',').any(|name| name == "python"));
    let at_hand = Command::new(&python).args(["-c", "import pyarrow"]).output().is_ok_and(|run| run.status.success());
    if !at_hand {
        assert!(!required, "Python is required, and {python} cannot import pyarrow");
        return None;
    }
    let folder = std::env::temp_dir().join(format!("parcelgauge-package-{}", std::process::id()));
    let package = folder.join("parcelgauge");
    fs::create_dir_all(&package).expect("a folder");
    for file in fs::read_dir(root().join("python/parcelgauge")).expect("the package") {
        let file = file.expect("a file");
        if file.path().is_file() {
            fs::copy(file.path(), package.join(file.file_name())).expect("a copy");
        }
    }
    let suffix = if cfg!(windows) { "pyd" } else { "abi3.so" };
    fs::copy(built(&python), package.join(format!("_native.{suffix}"))).expect("a copy");
    Some(Package { python, folder })
}

/// The shared library, built as the package is built, but for speed.
fn built(python: &str) -> PathBuf {
    let mut build = cargo();
    build.args(["rustc", "--lib", "--crate-type", "cdylib", "--features", "python", "--message-format", "json"]);
    if cfg!(target_os = "macos") {
        build.args(["--", "-C", "link-arg=-undefined", "-C", "link-arg=dynamic_lookup"]);
    }
    let run = succeed(build.env("PYO3_PYTHON", python).env("PYO3_BUILD_EXTENSION_MODULE", "1"));
    let messages = String::from_utf8(run.stdout).expect("text");
    let is_library = |message: &Value| message["target"]["name"] == "parcelgauge" && message["filenames"].is_array();
    let mut messages = messages.lines().filter_map(|line| serde_json::from_str(line).ok());
    let library: Value = messages.rfind(is_library).expect("a library");
    PathBuf::from(library["filenames"][0].as_str().expect("a path"))
}

/// Cargo in this project.
pub fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
    cargo.current_dir(root());
    cargo
}

/// Runs a command to its good end.
pub fn succeed(command: &mut Command) -> Output {
    let run = command.output().expect("a command that can be run");
    assert!(run.status.success(), "{command:?}: {}", String::from_utf8_lossy(&run.stderr));
    run
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
