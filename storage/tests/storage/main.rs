//! The tests of storage. All that is behaviour runs on both databases: see `both!`.
//!
//! The modules are marked as tests for the lints, which allow `unwrap` there.

/// Runs each function once on SQLite and once on PostgreSQL, with a migrated database of its own.
macro_rules! both {
    ($($test:ident),+ $(,)?) => {
        mod sqlite {
            $(#[test]
            fn $test() {
                super::$test(&suara_storage::testing::TestDatabase::sqlite());
            })+
        }

        mod postgres {
            $(#[test]
            fn $test() {
                super::$test(&suara_storage::testing::TestDatabase::postgres());
            })+
        }
    };
}

#[cfg(test)]
mod country;
#[cfg(test)]
mod crash;
#[cfg(test)]
mod devices;
#[cfg(test)]
mod import;
#[cfg(test)]
mod ingest;
#[cfg(test)]
mod kiosks;
#[cfg(test)]
mod leases;
#[cfg(test)]
mod live;
#[cfg(test)]
mod masters;
#[cfg(test)]
mod migrations;
#[cfg(test)]
mod outbox;
#[cfg(test)]
mod random;
#[cfg(test)]
mod references;
#[cfg(test)]
mod results;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod stream;
#[cfg(test)]
mod visits;
#[cfg(test)]
mod withdraw;
