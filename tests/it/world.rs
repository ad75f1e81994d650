//! A folder with a database of its own, and the real binary to run in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use suara_storage::testing::Cluster;
use tempfile::TempDir;
use uuid::Uuid;

/// Header of `responses.csv`.
pub const RESPONSES: &str = "id,mpp,service,filled_at,channel,mode,persyaratan,prosedur,waktu,biaya,produk,kompetensi,\
                             perilaku,sarana,pengaduan,sex,age_band,education,occupation,disability,comment";

/// Which database a world has.
#[derive(Clone, Copy, Debug)]
pub enum Backend {
    /// An embedded file.
    Sqlite,
    /// A database of the cluster that the tests share.
    Postgres,
}

/// A database, a data folder and some files.
pub struct World {
    folder: TempDir,
    database: String,
}

/// What a command printed, and how it ended.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl World {
    pub fn new(backend: Backend) -> Self {
        let folder = TempDir::new().unwrap();
        let database = match backend {
            Backend::Sqlite => format!("sqlite://{}/suara.db", folder.path().display()),
            Backend::Postgres => Cluster::shared().create_database(&format!("it_{}", Uuid::new_v4().simple()), None),
        };
        Self { folder, database }
    }

    /// As [`World::with_masters`], in this database.
    pub fn with_masters_in(database: String) -> Self {
        Self { folder: TempDir::new().unwrap(), database }.fill()
    }

    /// A world with two MPPs: Kampar with three services and a recipient, Konawe with nothing.
    pub fn with_masters(backend: Backend) -> Self {
        Self::new(backend).fill()
    }

    fn fill(self) -> Self {
        let world = self;
        world.write("mpp.csv", "code,name,region_code,inaugurated_on\nkab-kampar,MPP Kabupaten Kampar,14.01,2024-06-24\nkab-konawe,MPP Kabupaten Konawe,74.02,2023-07-13\n");
        world.write("services.csv", "mpp,agency,counter,service,service_name,channel,free\nkab-kampar,Disdukcapil,Loket 1,ktp,KTP elektronik,direct,yes\nkab-kampar,Disdukcapil,Loket 1,kk,Kartu Keluarga,electronic,yes\nkab-kampar,Polres,Loket 2,skck,SKCK,direct,no\n");
        world.write(
            "recipients.csv",
            "mpp,email,name,language\nkab-kampar,kepala@kampar.example.go.id,Kepala DPMPTSP,id\n",
        );
        world.write("visitors.csv", "mpp,service,period,visitors\nkab-kampar,,2026-S1,1200\n");
        for (kind, file) in [
            ("mpp", "mpp.csv"),
            ("services", "services.csv"),
            ("recipients", "recipients.csv"),
            ("visitors", "visitors.csv"),
        ] {
            world.suara(&["import", kind, file]).succeeds();
        }
        world
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// URL of its database.
    pub fn database_url(&self) -> &str {
        &self.database
    }

    pub fn data_dir(&self) -> PathBuf {
        self.path("data")
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// The binary with this world's database and folder, ready to be run in it.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_suara"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env("SUARA_DATABASE_URL", &self.database)
            .env("SUARA_DATA_DIR", self.data_dir())
            .env_remove("SUARA_SMTP_URL")
            .env("SUARA_PUBLIC_URL", "https://suara.example.go.id");
        command
    }

    pub fn suara(&self, arguments: &[&str]) -> Ran {
        self.command(arguments).output().unwrap().into()
    }

    /// The text of the latest edition of an MPP's semester report, laid out as on paper.
    pub fn report(&self, mpp: &str, period: &str) -> String {
        let files = self.files(&format!("reports/{period}/{mpp}")).into_iter().map(|(file, _)| file);
        // "-rev2" makes a name longer.
        let latest = files.filter(|file| file.contains("laporan-skm")).max_by_key(|file| (file.len(), file.clone()));
        let file = self.data_dir().join(latest.unwrap());
        let read = Command::new("pdftotext").arg("-layout").arg(file).arg("-").output().unwrap();
        assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
        String::from_utf8(read.stdout).unwrap()
    }

    /// Relative paths of all files below a folder of the data folder with their content, sorted.
    pub fn files(&self, below: &str) -> Vec<(String, Vec<u8>)> {
        fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, Vec<u8>)>) {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    collect(root, &path, files);
                } else {
                    let name = path.strip_prefix(root).unwrap().display().to_string();
                    files.push((name, fs::read(&path).unwrap()));
                }
            }
        }
        let root = self.data_dir();
        let mut files = Vec::new();
        collect(&root, &root.join(below), &mut files);
        files.sort();
        files
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

impl Ran {
    /// Asserts exit 0 and returns what was printed.
    #[track_caller]
    pub fn succeeds(self) -> String {
        assert_eq!(self.code, Some(0), "{self:?}");
        self.stdout
    }

    /// Asserts the exit code and that the words stand on stderr.
    #[track_caller]
    pub fn fails(self, code: i32, words: &[&str]) -> Self {
        assert_eq!(self.code, Some(code), "{self:?}");
        for word in words {
            assert!(self.stderr.contains(word), "\"{word}\" is missing in {}", self.stderr);
        }
        self
    }
}

/// Rows of Kampar in the first semester of 2026 with known sums: `count` complete responses; every tenth gives `waktu`
/// a 2, every fifth a comment.
pub fn responses(count: u32) -> String {
    use std::fmt::Write;
    let mut text = format!("{RESPONSES}\n");
    for row in 0..count {
        let id = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + u128::from(row));
        let (day, month) = (row % 28 + 1, row / 28 % 6 + 1);
        let waktu = if row % 10 == 0 { 2 } else { 3 };
        let service = ["ktp", "kk", "skck", ""][row as usize % 4];
        let comment =
            if row % 5 == 0 { format!("Antrean nomor {row} agak lama, petugas ramah") } else { String::new() };
        writeln!(
            text,
            "{id},kab-kampar,{service},2026-{month:02}-{day:02}T09:15:00+07:00,,web,3,3,{waktu},4,3,3,3,3,4,L,25-34,sma,swasta,tidak,\"{comment}\""
        )
        .unwrap();
    }
    text
}
