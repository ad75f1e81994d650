//! Settings: flag, then environment, then file, then default; one small struct per concern.
