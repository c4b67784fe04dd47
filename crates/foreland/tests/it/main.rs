//! Integration tests: one program, so that the small world is built once.

mod any_bytes;
mod atlas;
mod changes;
mod claims;
mod invariants;
mod on_disk;
mod small;
mod small_world;
mod study_file;
