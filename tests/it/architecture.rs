//! The shape of the tree: who may import whom, and the house rules that no compiler checks. Each rule has its reason
//! in `ARCHITECTURE.md` or `CONTRIBUTING.md`.

mod dependencies;
mod imports;
mod migrations;
mod style;
mod tree;
