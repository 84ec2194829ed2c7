//! What the module does beside measuring: its own tests, in Python.

use super::package::package;

#[test]
fn the_module_behaves() {
    let Some(package) = package() else { return };
    package.run("behaviour.py", &[]);
}
