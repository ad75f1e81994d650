//! The semester run: looks at what is missing, does it, may be killed and started again anywhere.
