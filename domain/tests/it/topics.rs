//! Topics of comments: what is found in labelled ones, and what never happens whatever people write.

mod labelled;
mod robust;
