# Semua teks yang dilihat orang, Bahasa Indonesia. Kunci yang sama ada di en.ftl.

## Umum
product = Suara
product-tagline = Survei kepuasan masyarakat di Mal Pelayanan Publik
skip-to-content = Langsung ke isi
language-name = Bahasa Indonesia
all-malls = Semua Mal Pelayanan Publik
rule-line = Berdasarkan PermenPANRB 14/2017

## Survei
survey-title = Survei { $mpp }
survey-heading = Bagaimana layanan kami?
survey-lead = Sembilan pertanyaan, sekitar satu menit. Tanpa nama, tanpa akun.
privacy-heading = Jawaban Anda tanpa nama
privacy-summary = Kami tidak menyimpan nama, NIK, nomor telepon, maupun alamat perangkat Anda. Mengisi survei ini sukarela.
privacy-more = Siapa, untuk apa, berapa lama
privacy-who = Penyelenggara
privacy-who-text = { $mpp }, yang menghitung hasilnya sesuai PermenPANRB 14/2017.
privacy-why = Untuk apa
privacy-why-text = Menghitung indeks kepuasan masyarakat dan memperbaiki layanan. Tidak dipakai untuk hal lain.
privacy-keep = Berapa lama
privacy-keep-text = Jawaban tanpa nama disimpan sebagai data statistik. Saran tertulis disimpan terpisah, hanya selama diperlukan untuk menindaklanjutinya.
privacy-undo = Berubah pikiran
privacy-undo-text = Setelah mengirim, Anda menerima kode tanda terima. Dengan kode itu jawaban dapat ditarik sampai semester ini ditutup.
service-heading = Layanan
service-label = Layanan apa yang Anda terima?
service-hint = Boleh dikosongkan.
service-find = Cari layanan
service-not-found = Tidak ada layanan dengan kata itu.
service-none = Pilih layanan
service-at-counter = Di loket ini
questions-heading = Penilaian Anda
question-number = Pertanyaan { $number } dari 9
listen = Dengarkan
question-free = Layanan ini tidak dipungut biaya. Jika Anda memang tidak membayar, pilih Gratis.
profile-heading = Tentang Anda
profile-optional = boleh dilewati
profile-hint = Membantu memastikan semua kalangan terdengar. Kosongkan yang tidak ingin Anda jawab.
not-said = Tidak dijawab
sex = Jenis kelamin
sex-L = Laki-laki
sex-P = Perempuan
age_band = Usia
age_band-0-16 = Di bawah 17 tahun
age_band-17-24 = 17–24 tahun
age_band-25-34 = 25–34 tahun
age_band-35-44 = 35–44 tahun
age_band-45-54 = 45–54 tahun
age_band-55-64 = 55–64 tahun
age_band-65-plus = 65 tahun atau lebih
education = Pendidikan terakhir
education-tidak_sekolah = Tidak sekolah
education-sd = SD atau sederajat
education-smp = SMP atau sederajat
education-sma = SMA atau sederajat
education-diploma = Diploma (D1–D4)
education-s1 = Sarjana (S1)
education-s2 = Magister (S2)
education-s3 = Doktor (S3)
occupation = Pekerjaan
occupation-pns = PNS
occupation-tni = TNI
occupation-polri = Polri
occupation-swasta = Pegawai swasta
occupation-wirausaha = Wirausaha
occupation-pelajar = Pelajar atau mahasiswa
occupation-petani_nelayan = Petani atau nelayan
occupation-rumah_tangga = Mengurus rumah tangga
occupation-lainnya = Lainnya
disability = Penyandang disabilitas
disability-ya = Ya
disability-tidak = Tidak
comment = Saran atau keluhan
comment-hint = Boleh dikosongkan. Jangan tulis nama, NIK, atau nomor telepon.
submit = Kirim jawaban
submit-note = Setelah terkirim, Anda menerima kode tanda terima.
answered-of-nine = dari 9 terjawab

## Galat isian
errors-heading =
    { $count ->
        [1] Satu isian belum lengkap
       *[other] { $count } isian belum lengkap
    }
errors-hint = Jawaban Anda yang lain masih ada. Perbaiki yang berikut, lalu kirim lagi.
error-prefix = Periksa:
error-unanswered = Pilih satu jawaban.
error-score = Pilih salah satu dari empat jawaban.
error-option = Pilih salah satu pilihan yang ada.
error-repeated = Terisi lebih dari satu kali. Pilih satu saja.
error-too-long = Terlalu panjang: { $length } huruf, paling banyak { $limit }.
error-id = Halaman ini rusak. Muat ulang halaman, lalu isi kembali.
page = Halaman
error-service = Layanan itu tidak ada di sini. Pilih dari daftar.
error-other = Isian ini tidak dapat dibaca.

## Terima kasih
thanks-title = Terima kasih
thanks-heading = Terima kasih, jawaban Anda tersimpan
thanks-text = Setiap jawaban dihitung dan dipakai untuk memperbaiki layanan.
thanks-late-heading = Terima kasih, jawaban Anda kami terima
thanks-late-text = Semester ini sudah ditutup, jadi jawaban Anda disimpan tetapi tidak lagi masuk ke dalam hasilnya.
receipt-label = Kode tanda terima
receipt-hint = Catat atau foto kode ini bila suatu saat Anda ingin menarik jawaban. Kode ini tidak menyimpan nama Anda.
withdraw-title = Tarik jawaban
withdraw-text = Jawaban yang ditarik dihapus dan tidak ikut dihitung. Ini tidak dapat dibatalkan.
withdraw-button = Tarik jawaban saya
withdraw-summary = Ingin menarik jawaban?
withdraw-field-hint = Dua belas huruf dan angka, misalnya 7K3M-9QRT-2XYZ.
withdraw-invalid = Kode itu tidak lengkap. Periksa kembali kode pada tanda terima Anda.
withdrawn-heading = Jawaban Anda telah ditarik
withdrawn-text = Jawaban dan saran Anda sudah dihapus.
withdrawn-before-heading = Jawaban ini sudah pernah ditarik
not-found-receipt-heading = Kode tidak ditemukan
not-found-receipt-text = Mungkin ada huruf yang keliru, atau semesternya sudah ditutup sehingga hasilnya tidak dapat diubah lagi.
minor-heading = Terima kasih sudah berpartisipasi
minor-text = Karena Anda di bawah 17 tahun, jawaban tadi tidak kami simpan. Ajak orang tua atau wali Anda mengisi survei ini.
next-person = Orang berikutnya
see-results = Lihat hasil survei
fill-again = Isi survei

## Halaman lain yang ramah
unknown-mpp-heading = Mal ini tidak ditemukan
unknown-mpp-text = Periksa kembali alamatnya, pindai ulang kode QR di loket, atau pilih dari daftar.
not-found-heading = Halaman tidak ditemukan
not-found-text = Alamat ini tidak ada. Mungkin ada huruf yang keliru.
method-heading = Cara itu tidak bisa
method-text = Halaman ini tidak dapat dibuka dengan cara tersebut.
conflict-heading = Halaman ini sudah pernah dikirim
conflict-text = Jawaban pertama dari halaman ini sudah tersimpan dan tidak berubah. Bila sekarang orang lain yang mengisi, kirim jawabannya sebagai jawaban baru.
conflict-button = Orang lain mengisi, kirim sebagai jawaban baru
gone-heading = Jawaban ini sudah ditarik
gone-text = Jawaban dari halaman ini sudah dihapus atas permintaan dan tidak dapat dikirim lagi.
too-large-heading = Kiriman terlalu besar
too-large-text = Saran paling banyak 2.000 huruf. Kembali ke halaman sebelumnya, persingkat, lalu kirim lagi.
unreadable-heading = Kiriman tidak dapat dibaca
unreadable-text = Kembali ke halaman sebelumnya dan kirim sekali lagi. Jawaban Anda belum tersimpan.
media-type-heading = Bentuk kiriman tidak dikenal
media-type-text = Isi survei melalui formulir di halaman ini.
busy-heading = Sedang ramai, coba sebentar lagi
busy-text = Jawaban Anda belum tersimpan, tetapi masih ada di halaman ini. Tunggu beberapa detik lalu kirim lagi; tidak akan terhitung dua kali.
busy-button = Kirim lagi
failure-heading = Ada gangguan
failure-text = Gangguan ada pada kami, bukan pada Anda. Coba lagi beberapa saat lagi.

## Daftar dan hasil
home-title = Suara: survei kepuasan masyarakat
home-heading = Beri penilaian, lihat hasilnya
home-lead = Survei kepuasan masyarakat dan hasil resminya di { $count } Mal Pelayanan Publik.
search-label = Cari kabupaten, kota, atau nama mal
search-button = Cari
search-found =
    { $count ->
        [0] Tidak ada yang cocok dengan "{ $query }".
       *[other] { $count } mal cocok dengan "{ $query }".
    }
search-all = Tampilkan semua
provinces = Provinsi
take-survey = Isi survei
results-link = Hasil
no-results-yet = Belum ada hasil terbit
results-title = Hasil survei { $mpp }
results-heading = Hasil survei kepuasan masyarakat
results-none = Belum ada hasil yang terbit untuk mal ini. Hasil terbit setelah semester ditutup.
results-too-few = Pada semester ini yang menjawab kurang dari 10 orang, jadi angkanya tidak ditampilkan.
semester =
    { $half ->
        [1] Semester I { $year }
       *[other] Semester II { $year }
    }
index-label = Indeks Kepuasan Masyarakat (IKM)
class-A = Sangat baik
class-B = Baik
class-C = Kurang baik
class-D = Tidak baik
respondents = { $n } responden
n-small = n = { $n }
interval = Interval 95%: { $lower } sampai { $upper }
interval-note = Ketelitian kelompok yang terukur. Responden memilih sendiri untuk mengisi.
precision-baik = Ketelitian baik
precision-hati-hati = Ketelitian terbatas: baca dengan hati-hati
precision-tidak = Responden terlalu sedikit untuk dibandingkan dengan tempat lain
sample-line = Target sampel (Krejcie–Morgan): { $minimum }
sample-met = tercapai
sample-missed = belum tercapai
elements-heading = Sembilan unsur
element = Unsur
value = Nilai
class = Mutu
count = Orang
services-heading = Menurut layanan
service = Layanan
channels-heading = Menurut kanal layanan
channel = Kanal
channel-direct = Langsung di loket
channel-mobile = Layanan bergerak
channel-self_service = Layanan mandiri
channel-electronic = Layanan elektronik
whole-mall = Mal secara keseluruhan
channel-unknown = Tidak diketahui
hidden-note = Tanda – berarti kurang dari 10 jawaban, atau disembunyikan agar angka kecil lain tidak dapat dihitung. Jumlah per baris dibulatkan ke kelipatan 5.
trend-heading = Dari semester ke semester
period = Semester
open-data = Data terbuka
open-data-text = Unduh angka halaman ini:
catalogue = Katalog data terbuka
scale-note = Skala 25 sampai 100

## Versi pemberitahuan privasi
privacy-version = Pemberitahuan versi { $version }, { $date }
## Menunggu di ponsel
saved-title = Jawaban di ponsel ini
saved-none = Tidak ada jawaban yang menunggu. Semua yang Anda kirim sudah sampai.
saved-heading = Jawaban tersimpan di ponsel, akan dikirim
saved-text = Sekarang tidak ada jaringan. Jawaban Anda aman di ponsel ini dan terkirim sendiri begitu jaringan kembali. Halaman ini boleh ditutup; buka lagi nanti untuk melihat kode tanda terima.
saved-kiosk-heading = Terima kasih, jawaban Anda tersimpan
saved-kiosk-text = Sekarang tidak ada jaringan. Tablet ini mengirimnya begitu jaringan kembali.
saved-sent-heading = Terima kasih, jawaban Anda sudah terkirim
unsaved-heading = Jawaban belum tersimpan
unsaved-text = Tidak ada jaringan, dan ponsel ini tidak dapat menyimpan jawaban: ruangnya penuh atau penyimpanannya diblokir. Jawaban Anda masih ada di halaman ini. Jangan tutup halaman; tunggu jaringan, lalu kirim lagi. Tidak akan terhitung dua kali.
queue-heading = Jawaban dari ponsel ini
queue-count = Jawaban yang menunggu di ponsel ini:
queue-look = Lihat
queue-send = Kirim sekarang
queue-waiting = Menunggu dikirim
queue-sent = Terkirim
queue-refused = Tidak dapat dikirim
queue-forget = Hapus dari daftar
refused-id_conflict = Jawaban lain dari halaman yang sama sudah tersimpan lebih dulu.
refused-withdrawn = Jawaban ini sudah ditarik.
refused-unknown_mpp = Mal ini tidak lagi terdaftar.
refused-unknown_service = Layanan yang dipilih tidak ada lagi di mal ini.
refused-too_large = Sarannya terlalu panjang.
refused-other = Isiannya tidak dapat diterima.

## Tablet di loket dan petugas
kiosk-begin = Sentuh untuk mulai
kiosk-large = Huruf besar
kiosk-idle-heading = Masih di sana?
kiosk-idle-text = Jawaban yang belum dikirim segera dihapus untuk orang berikutnya.
kiosk-idle-button = Ya, saya masih mengisi
kiosk-returns = Halaman ini kembali sendiri ke awal.
assisted-heading = Untuk petugas
assisted-text = Bacakan setiap pertanyaan beserta keempat jawabannya, lalu ketuk jawaban yang dipilih warga. Jangan menyarankan jawaban, dan jangan mengisi tanpa warga.
