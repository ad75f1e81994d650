//! How many respondents a survey needs: Krejcie–Morgan (STATISTICS 4).

use std::sync::LazyLock;

/// The sample that suffices for any population, the last row of the table.
pub const SAMPLE_OF_UNKNOWN_POPULATION: u64 = 384;

static TABLE: LazyLock<Vec<(u64, u64)>> = LazyLock::new(|| {
    let number = |field: Option<&str>| field.and_then(|field| field.trim().parse().ok());
    let row = |line: &str| {
        let mut fields = line.split(',');
        Some((number(fields.next())?, number(fields.next())?))
    };
    include_str!("../../data/krejcie_morgan.csv").lines().filter_map(row).collect()
});

/// The minimum sample and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SampleSize {
    /// The minimum number of respondents.
    pub minimum: u64,
    /// By which of the two rules.
    pub basis: SampleBasis,
}

/// Which rule gave the minimum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SampleBasis {
    /// The number of users is unknown: 384.
    UnknownPopulation,
    /// Every user must be asked: there are no more of them.
    Everyone,
    /// The printed table's next higher row.
    Table,
    /// The formula, where it asks for more than the table.
    Formula,
}

/// The formula of Krejcie and Morgan with χ² = 3.841, P = 0.5, d = 0.05, rounded to nearest, in integers.
#[must_use]
pub fn formula(population: u64) -> u64 {
    let n = u128::from(population);
    narrow((7692 * n + 3831) / (2 * (10 * n + 3831)))
}

/// The sample of the smallest tabulated population that is not smaller; 384 beyond the last row.
#[must_use]
pub fn table(population: u64) -> u64 {
    let row = TABLE.iter().find(|(tabulated, _)| *tabulated >= population);
    row.map_or(SAMPLE_OF_UNKNOWN_POPULATION, |(_, sample)| *sample)
}

/// `min(N, max(formula, table))`; 384 where the population is unknown.
#[must_use]
pub fn minimum(population: Option<u64>) -> SampleSize {
    let Some(population) = population else {
        return SampleSize { minimum: SAMPLE_OF_UNKNOWN_POPULATION, basis: SampleBasis::UnknownPopulation };
    };
    let (by_formula, by_table) = (formula(population), table(population));
    let wanted = by_formula.max(by_table);
    let basis = match () {
        () if population <= wanted => SampleBasis::Everyone,
        () if by_formula > by_table => SampleBasis::Formula,
        () => SampleBasis::Table,
    };
    SampleSize { minimum: population.min(wanted), basis }
}

/// Spreads the sample of a whole MPP over its services in proportion to their users, `N_h`, in the order given (which
/// must be that of the service codes): largest remainders, then at least 1 for every service with users, never more
/// than its users. With fewer units than services the total is the number of services.
#[must_use]
pub fn allocate(sample: u64, users: &[u64]) -> Vec<u64> {
    let services = users.iter().filter(|users| **users > 0).count() as u64;
    let total: u128 = users.iter().map(|users| u128::from(*users)).sum();
    if services == 0 {
        return vec![0; users.len()];
    }
    let sample = u128::from(sample.max(services));
    let mut quota: Vec<u64> = users.iter().map(|users| narrow(sample * u128::from(*users) / total)).collect();
    let mut order: Vec<usize> = (0..users.len()).filter(|index| users[*index] > 0).collect();
    order.sort_by_key(|index| {
        let remainder = sample * u128::from(users[*index]) % total;
        (std::cmp::Reverse(remainder), std::cmp::Reverse(users[*index]), *index)
    });
    let open = narrow(sample).saturating_sub(quota.iter().sum());
    for index in order.iter().cycle().take(usize::try_from(open).unwrap_or(usize::MAX)) {
        quota[*index] += 1;
    }
    for index in 0..users.len() {
        if users[index] > 0 && quota[index] == 0 {
            let largest = (0..users.len()).max_by_key(|other| (quota[*other], std::cmp::Reverse(*other)));
            if let Some(largest) = largest {
                quota[largest] -= 1;
            }
            quota[index] = 1;
        }
    }
    quota.iter().zip(users).map(|(quota, users)| *quota.min(users)).collect()
}

fn narrow(count: u128) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
