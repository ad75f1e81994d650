//! Files in the layouts of others, read by a mapping.

use serde_json::Value;

use crate::world::{Backend, Ran, World};

/// As Google downloads the answers to a form with the official questions: every heading a sentence, with commas.
const FORM: &str = "Timestamp,Email Address,Jenis Kelamin,Usia,Pendidikan,Pekerjaan,\
\"1. Bagaimana pendapat Saudara tentang kesesuaian persyaratan pelayanan dengan jenis pelayanannya.\",\
\"2. Bagaimana pemahaman Saudara tentang kemudahan prosedur pelayanan di unit ini.\",\
\"3. Bagaimana pendapat Saudara tentang kecepatan waktu dalam memberikan pelayanan.\",\
\"4. Bagaimana pendapat Saudara tentang kewajaran biaya/tarif dalam pelayanan.\",\
\"5. Bagaimana pendapat Saudara tentang kesesuaian produk pelayanan antara yang tercantum dalam standar pelayanan dengan hasil yang diberikan.\",\
\"6. Bagaimana pendapat Saudara tentang kompetensi/kemampuan petugas dalam pelayanan.\",\
\"7. Bagaimana pendapat Saudara perilaku petugas dalam pelayanan terkait kesopanan dan keramahan.\",\
\"8. Bagaimana pendapat Saudara tentang kualitas sarana dan prasarana.\",\
\"9. Bagaimana pendapat Saudara tentang penanganan pengaduan pengguna layanan.\",\
Saran\n";

const ANSWERS: &str =
    "Sesuai,4. Sangat mudah,Kurang cepat,Gratis,3,Sangat kompeten,Sopan dan ramah,Buruk,Dikelola dengan baik";

fn form_row(time: &str, answers: &str, comment: &str) -> String {
    format!("{time},warga@example.com,Laki-laki,34 tahun,SMA/SMK,Juru masak,{answers},{comment}\n")
}

fn import(world: &World, mapping: &str, set: &[&str]) -> Ran {
    let mut arguments = vec!["import", "responses", "file.csv", "--rejects", "rejects.csv", "--mapping", mapping];
    for value in set {
        arguments.extend(["--set", value]);
    }
    world.suara(&arguments)
}

fn exported(world: &World) -> Vec<Value> {
    let text = world.suara(&["export", "responses", "--period", "2026-S1", "--format", "json"]).succeeds();
    serde_json::from_str(&text).unwrap()
}

/// The nine answers by key, in the order of the form.
fn answers(row: &Value) -> Vec<u64> {
    let elements = suara_domain::element::Element::ALL;
    elements.iter().map(|element| row[element.key()].as_u64().unwrap_or_default()).collect()
}

#[test]
fn a_google_form_comes_in_once_however_often_it_is_imported() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let world = World::with_masters(backend);
        // Two people in the same second with the same answers are two people.
        let same = form_row("12/03/2026 9:15:32", ANSWERS, "\"Antre lama, hubungi 0812-3456-7890\"");
        let form = format!("{FORM}{same}{same}{}", form_row("01/07/2026 00:30:00", ANSWERS, ""));
        world.write("file.csv", &form);
        let ran = import(&world, "google-forms", &["mpp=kab-kampar"]);
        assert!(ran.stderr.contains("the column Email Address means nothing here"), "{}", ran.stderr);
        assert_eq!(ran.succeeds(), "imported 3, unchanged 0, rejected 0\n");
        assert_eq!(
            import(&world, "google-forms", &["mpp=kab-kampar"]).succeeds(),
            "imported 0, unchanged 3, rejected 0\n"
        );
        let rows = exported(&world);
        assert_eq!(rows.len(), 2, "the third belongs to the second semester");
        assert_eq!(answers(&rows[0]), [3, 4, 2, 4, 3, 4, 3, 1, 4]);
        assert_eq!(rows[0]["filled_at"], "2026-03-12T09:15:32+07:00");
        assert_eq!(
            ["mode", "sex", "age_band", "education", "occupation"].map(|column| rows[0][column].as_str().unwrap()),
            ["web", "L", "25-34", "sma", "lainnya"]
        );
        assert_eq!(rows[0]["comment"], "Antre lama, hubungi [telepon]");
        let version = |row: &Value| row["id"].as_str().unwrap().as_bytes()[14];
        assert_eq!(rows.iter().map(version).collect::<Vec<_>>(), [b'8', b'8']);
        assert_ne!(rows[0]["id"], rows[1]["id"]);
        // The form goes on: a later download has the former rows and new ones.
        world.write("file.csv", format!("{form}{}", form_row("13/03/2026 10:00:01", ANSWERS, "")));
        let more = import(&world, "google-forms", &["mpp=kab-kampar"]);
        assert_eq!(more.succeeds(), "imported 1, unchanged 3, rejected 0\n");
        // At another MPP the same rows are other people.
        let other = import(&world, "google-forms", &["mpp=kab-konawe"]);
        assert_eq!(other.succeeds(), "imported 4, unchanged 0, rejected 0\n");
    }
}

#[test]
fn every_bad_row_of_a_form_is_named_by_its_heading() {
    let world = World::with_masters(Backend::Sqlite);
    let rows = [
        form_row("03/13/2026 9:15:32", ANSWERS, ""),
        form_row("12/03/2026 9:15:32", &ANSWERS.replace("Kurang cepat", "Puas"), ""),
        form_row("12/03/2026 9:15:32", &ANSWERS.replace("4. Sangat mudah", "1. Sangat mudah"), ""),
        form_row("12/03/2026 9:15:32", &ANSWERS.replace("Gratis", "5"), ""),
        form_row("12/03/2026 9:15:32", ANSWERS, "").replace("34 tahun", "16"),
        form_row("12/03/2026 9:15:32", ANSWERS, "").replace("SMA/SMK", "Pesantren"),
        form_row("12/03/2026 9:15:32", ANSWERS, ""),
    ];
    world.write("file.csv", format!("{FORM}{}", rows.concat()));
    let ran = import(&world, "google-forms", &["mpp=kab-kampar"]);
    let ran = ran.fails(3, &["line 2, Timestamp: \"03/13/2026 9:15:32\" is not a time like \"31/03/2026 09:15:32\""]);
    assert_eq!(ran.stdout, "imported 1, unchanged 0, rejected 6\n");
    let rejects = world.read("rejects.csv");
    let mut reader = csv::Reader::from_reader(rejects.as_bytes());
    let named: Vec<(String, String, String)> = reader
        .records()
        .map(|row| row.unwrap())
        .map(|row| (row[0].to_owned(), row[1].chars().take(12).collect(), row[2].to_owned()))
        .collect();
    let expected = [
        ("2", "Timestamp", "not_a_time"),
        ("3", "3. Bagaimana", "not_a_score"),
        ("4", "2. Bagaimana", "not_a_score"),
        ("5", "4. Bagaimana", "not_a_score"),
        ("6", "Usia", "under_17"),
        ("7", "Pendidikan", "not_an_option"),
    ];
    assert_eq!(named, expected.map(|(line, column, code)| (line.to_owned(), column.to_owned(), code.to_owned())));
    assert!(rejects.contains("[values.waktu]") && rejects.contains("is numbered 1"), "{rejects}");
}

/// The law's two lists swap the last two elements: which one a table follows is said, never guessed.
#[test]
fn a_table_of_numbers_is_read_in_the_order_that_is_said() {
    let table = "No;U1;U2;U3;U4;U5;U6;U7;U8;U9\r\n1;3;3;3;4;3;3;3;1;4\r\n2;3;3;3;4;3;3;3;;4\r\n";
    let set = ["mpp=kab-kampar", "filled_at=2026-03-31"];
    for (mapping, last_two) in [("opd-kuesioner", [1, 4]), ("opd-definisi", [4, 1])] {
        let world = World::with_masters(Backend::Sqlite);
        world.write("file.csv", table);
        assert_eq!(import(&world, mapping, &set).succeeds(), "imported 2, unchanged 0, rejected 0\n");
        let rows = exported(&world);
        let row = rows.iter().find(|row| !row["sarana"].is_null() && !row["pengaduan"].is_null()).unwrap();
        assert_eq!(answers(row)[7..], last_two, "{mapping}");
        assert_eq!(row["filled_at"], "2026-03-31T12:00:00+07:00");
        // The other order of the same file is a contradiction, not more people.
        let other = if mapping == "opd-kuesioner" { "opd-definisi" } else { "opd-kuesioner" };
        let ran = import(&world, other, &set).fails(3, &["line 2, id: this id is stored with other content"]);
        assert_eq!(ran.stdout, "imported 0, unchanged 0, rejected 2\n");
    }
}

#[test]
fn a_mapping_that_cannot_be_right_is_refused_before_any_row() {
    let world = World::with_masters(Backend::Sqlite);
    world.write("file.csv", "Waktu,U1,U2,U3,U4,U5,U6,U7,U8,U9\n2026-03-31,3,3,3,3,3,3,3,3,3\n");
    let elements: Vec<String> = ["persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku"]
        .iter()
        .zip(1..)
        .map(|(element, number)| format!("{element} = \"U{number}\"\n"))
        .collect();
    let good = format!(
        "for = \"responses\"\n[constants]\nmpp = \"kab-kampar\"\nmode = \"paper\"\n[columns]\nfilled_at = \"Waktu\"\n{}\
         sarana = \"U8\"\npengaduan = \"U9\"\n",
        elements.concat()
    );
    let refused = |mapping: &str, words: &[&str]| {
        world.write("mine.toml", mapping);
        import(&world, "mine.toml", &[]).fails(1, words);
    };
    let misspelt = good.replace("sarana =", "prasarana =");
    refused(&misspelt, &["\"prasarana\"", "which is no column of responses", "perilaku, sarana, pengaduan"]);
    refused(&good.replace("sarana = \"U8\"\n", ""), &["does not say where sarana comes from", "not_asked"]);
    refused(&good.replace("\"U9\"", "\"U8\""), &["reads both", "from the column \"U8\""]);
    refused(&good.replace("\"U9\"", "\"Unsur 9\""), &["no column for pengaduan", "looks for \"Unsur 9\"", "U8, U9"]);
    refused(&good.replace("responses", "history"), &["is for history, not for responses"]);
    refused(&format!("{good}[values.waktu]\n\"Bagus sekali\" = 5\n"), &["[values.waktu]", "a score is 1, 2, 3 or 4"]);
    refused(&format!("colums = 1\n{good}"), &["unknown field `colums`"]);
    refused(&good.replace("mpp = \"kab-kampar\"\n", ""), &["does not say where mpp comes from", "--set COLUMN=VALUE"]);
    import(&world, "nowhere", &[]).fails(1, &["cannot read the mapping nowhere", "google-forms", "opd-definisi"]);
    let ran = world.suara(&["import", "mpp", "file.csv", "--mapping", "google-forms"]);
    ran.fails(1, &["is for responses, not for MPPs"]);
    assert!(exported(&world).is_empty());
    // An element that was not asked about is said to be so.
    let without =
        good.replace("biaya = \"U4\"\n", "").replacen("[constants]", "not_asked = [\"biaya\"]\n[constants]", 1);
    world.write("mine.toml", without);
    assert_eq!(import(&world, "mine.toml", &[]).succeeds(), "imported 1, unchanged 0, rejected 0\n");
    assert!(exported(&world)[0]["biaya"].is_null());
}

#[test]
fn former_results_in_their_own_layout_become_history() {
    let world = World::with_masters(Backend::Sqlite);
    world.write("lama.csv", "Semester;Nilai IKM;Jumlah Responden\n2024-S1;82,9;310\n2024-S2;84,12;\nSemester I;83;1\n");
    let import = || {
        let set = ["--set", "mpp=kab-kampar", "--set", "rule=permenpanrb-14-2017", "--set", "weight=0.11"];
        world.suara(&[&["import", "history", "lama.csv", "--mapping", "rekap-ikm"], &set[..]].concat())
    };
    let ran = import().fails(3, &["line 4, Semester: ", "is not a period"]);
    assert_eq!(ran.stdout, "imported 2, unchanged 0, rejected 1\n");
    assert_eq!(import().fails(3, &[]).stdout, "imported 0, unchanged 2, rejected 1\n");
}
