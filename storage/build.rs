//! The migrations are embedded at compile time from outside this crate, where cargo does not look by itself.

fn main() {
    println!("cargo::rerun-if-changed=../migrations");
}
