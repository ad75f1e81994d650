//! The mail with the national report, from the frozen snapshot.

use suara_domain::change::Verdict;
use suara_domain::fixed::Fixed;
use suara_domain::index::{Index, Mutu, by_weakness};
use suara_domain::nation::Tier;
use suara_domain::tally::Tally;
use suara_domain::tally_set::Dimension;
use suara_storage::outbox::NewMail;
use suara_storage::{national_revisions, tallies};

use super::Queue;
use crate::app::AppError;
use crate::app::comparison::{MppComparison, PeriodComparison};
use crate::app::snapshot::{self, Snapshot};
use crate::mail::address::Correspondent;
use crate::mail::message::{OutgoingMail, SIZE_LIMIT};
use crate::mail::national::{NationalFigures, NationalMail};

/// How many of the lowest elements the mail names.
const LOWEST: usize = 3;

/// Sets the mail.
pub(super) fn compose(queue: &Queue<'_>, mail: &NewMail) -> Result<OutgoingMail, AppError> {
    let missing = |what: &str| AppError::refused(format!("{what} of this mail is missing"));
    let (revisions, totals) = queue.database.read(|connection| {
        let revisions = national_revisions::list(connection, mail.period)?;
        Ok((revisions, tallies::load_dimension(connection, mail.period, Dimension::Total)?))
    })?;
    let nation: Tally = totals.values().filter_map(|groups| groups.get("")).sum();
    let (snapshot, _) = snapshot::load(queue.database, mail.period)?.ok_or_else(|| missing("the snapshot"))?;
    let revision = revisions.into_iter().find(|revision| revision.number == mail.revision);
    let [pdf, workbook] = queue.attachments(mail)?;
    let recipient =
        Correspondent::new(&mail.email, &mail.name).map_err(|error| AppError::refused(error.to_string()))?;
    let national = NationalMail {
        message_id: &mail.message_id,
        sender: &queue.sender,
        recipient: &recipient,
        language: mail.language,
        period: mail.period,
        revision: mail.revision.unsigned_abs(),
        date: revision.ok_or_else(|| missing("the revision"))?.created_at,
        figures: figures(&snapshot, &nation).ok_or_else(|| missing("the result"))?,
        link: &format!("{}/", queue.public_url),
        pdf: &pdf,
        xlsx: &workbook,
    };
    OutgoingMail::compose_national(&national, SIZE_LIMIT).map_err(|error| AppError::refused(error.to_string()))
}

fn figures(snapshot: &Snapshot, nation: &Tally) -> Option<NationalFigures> {
    let comparison: &PeriodComparison = snapshot.comparison.as_ref()?;
    let pooled = Fixed::parse(snapshot.national.pooled.as_deref()?)?;
    let number =
        |wanted: &dyn Fn(&MppComparison) -> bool| comparison.mpp.iter().filter(|mpp| wanted(mpp)).count() as u64;
    let tier = |tier: Tier| number(&|mpp| mpp.tier.as_deref() == Some(tier.key()));
    let verdict = |verdict: Verdict| number(&|mpp| mpp.change_verdict.as_deref() == Some(verdict.label()));
    let of_element = |element| Index::of_element(nation, element).map(|it| (element, it.rounded(), it.mutu()));
    Some(NationalFigures {
        pooled,
        mutu: Mutu::of(pooled),
        mean: Fixed::parse(snapshot.national.mean.as_deref()?)?,
        n: snapshot.national.n,
        mpps: snapshot.national.mpps,
        registered: comparison.mpp.len() as u64,
        comparable: number(&|mpp| mpp.tier.is_some()),
        above: tier(Tier::ClearlyAbove),
        below: tier(Tier::ClearlyBelow),
        changes: (comparison.tests, verdict(Verdict::Naik), verdict(Verdict::Turun)),
        lowest: by_weakness(nation).into_iter().filter_map(of_element).take(LOWEST).collect(),
    })
}
