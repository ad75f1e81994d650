//! Mail: transports, messages and the dispatch of the outbox.
