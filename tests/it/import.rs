//! Files as they come from the field: everything usable comes in once, everything else is named.

mod mapping;

use crate::world::{Backend, RESPONSES, World, responses};

fn line(id: &str, rest: &str) -> String {
    format!("{id},kab-kampar,ktp,{rest}\n")
}

const GOOD: &str = "2026-03-02T09:15:00+07:00,,web,3,3,3,4,3,3,3,3,4,L,25-34,sma,swasta,tidak,";
const ID: &str = "01900000-0000-7000-8000-00000000000";

fn import(world: &World, content: impl AsRef<[u8]>) -> crate::world::Ran {
    world.write("responses.csv", content);
    world.suara(&["import", "responses", "responses.csv", "--rejects", "rejects.csv"])
}

/// The codes of the rejects file with their lines.
fn rejects(world: &World) -> Vec<(String, String, String)> {
    let text = world.read("rejects.csv");
    let field = |line: &str, place: usize| line.split(',').nth(place).unwrap().to_owned();
    text.lines().skip(1).map(|line| (field(line, 0), field(line, 1), field(line, 2))).collect()
}

fn reject(line: &str, column: &str, code: &str) -> (String, String, String) {
    (line.to_owned(), column.to_owned(), code.to_owned())
}

#[test]
fn a_file_comes_in_once_however_often_it_is_imported() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let world = World::with_masters(backend);
        world.write("responses.csv", responses(120));
        let first = world.suara(&["import", "responses", "responses.csv"]).succeeds();
        assert_eq!(first, "imported 120, unchanged 0, rejected 0\n");
        let second = world.suara(&["import", "responses", "responses.csv"]).succeeds();
        assert_eq!(second, "imported 0, unchanged 120, rejected 0\n");
        let exported = world.suara(&["export", "responses", "--period", "2026-S1", "--format", "csv"]).succeeds();
        assert_eq!(exported.lines().count(), 121);
        world.write("again.csv", exported);
        let again = world.suara(&["import", "responses", "again.csv"]).succeeds();
        assert_eq!(again, "imported 0, unchanged 120, rejected 0\n", "{backend:?}: the export is not what came in");
    }
}

#[test]
fn what_a_file_says_about_proofs_is_kept() {
    let world = World::with_masters(Backend::Sqlite);
    let header = format!("{RESPONSES},verified,counter_signed,device_marker");
    let row = |digit: u8, proofs: &str| line(&format!("{ID}{digit}"), &format!("{GOOD},{proofs}"));
    let rows = [row(1, "yes,no,ponsel"), row(2, "no,yes,"), row(3, ",,"), row(4, "maybe,no,"), row(5, "no,maybe,")];
    let ran = import(&world, format!("{header}\n{}", rows.concat())).fails(3, &["line 5, verified"]);
    assert_eq!(ran.stdout, "imported 3, unchanged 0, rejected 2\n");
    assert!(!ran.stderr.contains("warning"), "{}", ran.stderr);
    let exported = world.suara(&["export", "responses", "--period", "2026-S1", "--format", "csv"]).succeeds();
    let ends: Vec<&str> = exported
        .lines()
        .skip(1)
        .map(|line| line.rsplitn(4, ',').nth(3).map_or("", |head| &line[head.len() + 1..]))
        .collect();
    assert_eq!(ends, ["yes,no,", "no,yes,", "no,no,"]);
    assert!(!exported.contains("ponsel"), "{exported}");
    let json = world.suara(&["export", "responses", "--period", "2026-S1", "--format", "json"]).succeeds();
    assert!(json.contains("\"counter_signed\":true") && json.contains("\"verified\":true"), "{json}");
}

/// Three times the same answers and words within an hour: the export tells what the figures are told (STATISTICS 8).
#[test]
fn an_export_shows_the_flags_and_an_import_makes_nothing_of_them() {
    let world = World::with_masters(Backend::Sqlite);
    let told = GOOD.replacen(",tidak,", ",tidak,Antreannya lama sekali hari ini", 1);
    assert!(told.contains("Antreannya"), "{told}");
    let rows: String = (1..=3).map(|digit: u8| line(&format!("{ID}{digit}"), &told)).collect();
    import(&world, format!("{RESPONSES}\n{rows}{}", line(&format!("{ID}4"), GOOD))).succeeds();
    let export = ["export", "responses", "--period", "2026-S1", "--format", "csv"];
    let exported = world.suara(&export).succeeds();
    let flags: Vec<&str> = exported.lines().skip(1).filter_map(|line| line.rsplit(',').next()).collect();
    assert_eq!(flags, ["repetition", "repetition", "repetition", ""], "{exported}");
    world.write("again.csv", &exported);
    let ran = world.suara(&["import", "responses", "again.csv"]);
    assert!(!ran.stderr.contains("warning"), "{}", ran.stderr);
    assert_eq!(ran.succeeds(), "imported 0, unchanged 4, rejected 0\n");
}

#[test]
fn every_bad_row_is_named_and_the_good_ones_stay() {
    let world = World::with_masters(Backend::Sqlite);
    let id = |digit: u8| format!("{ID}{digit}");
    let mut file = format!("{RESPONSES}\n");
    file += &line(&id(1), GOOD);
    file += &line("no-uuid", GOOD);
    file += &line(&id(2), GOOD).replace("kab-kampar,ktp", "kab-nowhere,");
    file += &line(&id(3), GOOD).replace("ktp", "paspor");
    file += &line(&id(4), &GOOD.replacen(",3,3,3,4,", ",0,3,3,4,", 1));
    file += &line(&id(5), &GOOD.replacen(",3,3,3,4,", ",5,3,3,4,", 1));
    file += &line(&id(6), &GOOD.replacen(",3,3,3,4,", ",abc,3,3,4,", 1));
    file += &line(&id(7), &GOOD.replacen("web,3,3,3,4,3,3,3,3,4", "paper,,,,,,,,,", 1));
    file += &line(&id(8), &GOOD.replacen("2026", "2199", 1));
    file += &line(&id(1), &GOOD.replacen(",L,", ",P,", 1));
    file += &line(&id(1), GOOD);
    file += &line(&id(9), &GOOD.replacen("web,3,", "paper,,", 1));
    let ran = import(&world, file).fails(3, &["line 3", "not a UUID"]);
    assert_eq!(ran.stdout, "imported 2, unchanged 1, rejected 9\n");
    assert_eq!(
        rejects(&world),
        [
            reject("3", "id", "not_a_uuid"),
            reject("4", "mpp", "unknown_mpp"),
            reject("5", "service", "unknown_service"),
            reject("6", "persyaratan", "not_a_score"),
            reject("7", "persyaratan", "not_a_score"),
            reject("8", "persyaratan", "not_a_score"),
            reject("9", "persyaratan", "unanswered"),
            reject("10", "filled_at", "in_future"),
            reject("11", "id", "id_conflict"),
        ]
    );
}

#[test]
fn a_half_written_last_line_is_rejected() {
    let world = World::with_masters(Backend::Sqlite);
    let whole = format!("{RESPONSES}\n{}", line(&format!("{ID}1"), GOOD));
    let ran = import(&world, format!("{whole}{ID}2,kab-kampar,ktp,2026-03-02T09:15:00+0")).fails(3, &["line 3"]);
    assert_eq!(ran.stdout, "imported 1, unchanged 0, rejected 1\n");
    let cut = format!("{whole}{}", line(&format!("{ID}3"), &format!("{GOOD}\"Antrean panj")).trim_end());
    let ran = import(&world, cut).fails(3, &["the file ends in the middle of this row"]);
    assert_eq!(ran.stdout, "imported 0, unchanged 1, rejected 1\n");
}

#[test]
fn spreadsheets_byte_order_marks_and_invalid_bytes() {
    let world = World::with_masters(Backend::Sqlite);
    let row = line(&format!("{ID}1"), GOOD);
    let semicolons = format!("\u{feff}{RESPONSES}\n{row}").replace(',', ";").replace('\n', "\r\n");
    assert_eq!(import(&world, semicolons).succeeds(), "imported 1, unchanged 0, rejected 0\n");
    let mut bytes = format!("{RESPONSES}\n{row}").into_bytes();
    bytes.extend(line(&format!("{ID}2"), GOOD).trim_end().bytes());
    bytes.extend(b"\xff\xfe\n");
    let ran = import(&world, bytes).fails(3, &["line 3, comment", "not valid UTF-8"]);
    assert_eq!(ran.stdout, "imported 0, unchanged 1, rejected 1\n");
}

#[test]
fn files_that_are_no_such_files_are_refused_whole() {
    let world = World::with_masters(Backend::Sqlite);
    import(&world, "").fails(1, &["responses.csv is empty"]);
    import(&world, "kode,nama\n1,2\n").fails(1, &["has no column id, mpp"]);
    world.suara(&["import", "responses", "nowhere.csv"]).fails(1, &["cannot read nowhere.csv"]);
    world.write("mpp.csv", "code,name,region_code\nkab-atlantis,MPP Atlantis,99.99\nKab Kampar,MPP,14.01\n");
    let ran = world.suara(&["import", "mpp", "mpp.csv"]).fails(3, &["no regency, city or province", "not an MPP code"]);
    assert_eq!(ran.stdout, "imported 0, unchanged 0, rejected 2\n");
    world.suara(&["import", "nonsense", "mpp.csv"]).fails(2, &["invalid value 'nonsense'"]);
}

#[test]
fn comments_are_masked_and_survive_spreadsheets() {
    let world = World::with_masters(Backend::Sqlite);
    let row = line(&format!("{ID}1"), &format!("{GOOD}\"=1+1 hubungi 0812-3456-7890, NIK 1401012345678901\""));
    import(&world, format!("{RESPONSES}\n{row}")).succeeds();
    let exported = world.suara(&["export", "responses", "--period", "2026-S1", "--format", "csv"]).succeeds();
    assert!(exported.contains("'=1+1 hubungi [telepon], NIK [NIK]"), "{exported}");
    let json = world.suara(&["export", "responses", "--period", "2026-S1", "--format", "json"]).succeeds();
    assert!(json.contains("\"comment\":\"=1+1 hubungi [telepon], NIK [NIK]\""), "{json}");
}

#[test]
fn master_data_is_updated_in_place() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let world = World::with_masters(backend);
        world.write(
            "mpp.csv",
            "code,name,region_code\nkab-kampar,MPP Kampar Baru,14.01\nkab-konawe,MPP Kabupaten Konawe,74.02\n",
        );
        let ran = world.suara(&["import", "mpp", "mpp.csv"]).succeeds();
        // Konawe loses its date of inauguration: an absent column is an unknown value.
        assert_eq!(ran, "imported 2, unchanged 0, rejected 0\n");
        let again = world.suara(&["import", "mpp", "mpp.csv"]).succeeds();
        assert_eq!(again, "imported 0, unchanged 2, rejected 0\n");
        let status = world.suara(&["status", "--period", "2026-S1", "--format", "json"]).succeeds();
        assert!(status.contains("MPP Kampar Baru"), "{status}");
    }
}
