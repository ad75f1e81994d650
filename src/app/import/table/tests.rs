//! Files as spreadsheets write them.

use super::*;

const COLUMNS: Columns = Columns { required: &["code", "name"], optional: &["brand"] };

type Fields = Vec<Option<String>>;

fn read(content: &[u8]) -> Result<Vec<Result<Fields, Reject>>, TableError> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), content).unwrap();
    let mut table = Table::open(file.path(), COLUMNS)?;
    let mut rows = Vec::new();
    while let Some(row) = table.next_row()? {
        rows.push(row.map(|row| row.fields));
    }
    Ok(rows)
}

fn fields(values: [&str; 3]) -> Fields {
    values.iter().map(|value| Some((*value).to_owned()).filter(|value| !value.is_empty())).collect()
}

#[test]
fn reads_what_spreadsheets_write() {
    let expected = vec![Ok(fields(["kab-a", "MPP A, pusat", ""])), Ok(fields(["kab-b", "MPP \"B\"", "Merek"]))];
    let files: [&[u8]; 3] = [
        b"code,name,brand\nkab-a,\"MPP A, pusat\",\nkab-b,\"MPP \"\"B\"\"\",Merek\n",
        b"\xef\xbb\xbfcode;brand;name\r\nkab-a;;MPP A, pusat\r\nkab-b;Merek;\"MPP \"\"B\"\"\"\r\n;;\r\n",
        b"NAME\tcode\tbrand\tother\nMPP A, pusat\tkab-a\t\tx\n\"MPP \"\"B\"\"\"\tkab-b\tMerek\tx",
    ];
    for file in files {
        assert_eq!(read(file).unwrap(), expected, "{}", String::from_utf8_lossy(file));
    }
}

#[test]
fn names_what_is_wrong_with_a_file() {
    for (content, message) in [
        (&b""[..], "is empty"),
        (b"\n\n", "is empty"),
        (b"kode,nama\n", "has no column code, name"),
        (b"code,name,code\n", "names the column code twice"),
    ] {
        let error = read(content).unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
    }
}

#[test]
fn names_what_is_wrong_with_a_row_and_reads_on() {
    let rows = read(b"code,name\nkab-a,A,x\nkab-b,\xff\nkab-c,C\nkab-d,\"half").unwrap();
    let problems: Vec<_> = rows.iter().map(|row| row.as_ref().err().map(|it| (it.line, it.code))).collect();
    assert_eq!(problems, [Some((2, "wrong_columns")), Some((3, "not_utf8")), None, Some((5, "cut_off"))]);
    let rows = read(b"code,name\r\nkab-a,A\r\nkab-b\r\n").unwrap();
    assert_eq!(rows[1].as_ref().unwrap_err().line, 3);
    let rows = read(b"code,name\nkab-a,A\nkab-b").unwrap();
    assert_eq!(rows[1].as_ref().unwrap_err().code, "wrong_columns");
}
