//! Logs: human-readable on a terminal, JSON lines otherwise.
