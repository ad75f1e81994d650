-- The same as national.rs in SQL, for DuckDB: the index of every MPP and period and its standard error after
-- STATISTICS 1 and 2. $archive is the folder `archive` of a data folder.
WITH responses AS (
    SELECT period, mpp, persyaratan AS s1, prosedur AS s2, waktu AS s3, biaya AS s4, produk AS s5, kompetensi AS s6,
           perilaku AS s7, sarana AS s8, pengaduan AS s9
    FROM read_parquet('$archive/period=*/mpp=*/responses.parquet', hive_partitioning = true)
), means AS (
    SELECT period, mpp, count(*) AS n,
           count(s1) AS n1, count(s2) AS n2, count(s3) AS n3, count(s4) AS n4, count(s5) AS n5, count(s6) AS n6,
           count(s7) AS n7, count(s8) AS n8, count(s9) AS n9,
           avg(s1) AS m1, avg(s2) AS m2, avg(s3) AS m3, avg(s4) AS m4, avg(s5) AS m5, avg(s6) AS m6, avg(s7) AS m7,
           avg(s8) AS m8, avg(s9) AS m9
    FROM responses GROUP BY period, mpp
), deviations AS (
    SELECT period, mpp, any_value(n) AS n, sum(z * z) AS squares FROM (
        SELECT period, mpp, n, 25.0 / 9 * (
            coalesce((s1 - m1) * n / n1, 0) + coalesce((s2 - m2) * n / n2, 0) + coalesce((s3 - m3) * n / n3, 0) +
            coalesce((s4 - m4) * n / n4, 0) + coalesce((s5 - m5) * n / n5, 0) + coalesce((s6 - m6) * n / n6, 0) +
            coalesce((s7 - m7) * n / n7, 0) + coalesce((s8 - m8) * n / n8, 0) + coalesce((s9 - m9) * n / n9, 0)) AS z
        FROM responses JOIN means USING (period, mpp)
    ) GROUP BY period, mpp
)
SELECT sum(n) AS rows, count(*) AS groups,
       sum(25.0 / 9 * (m1 + m2 + m3 + m4 + m5 + m6 + m7 + m8 + m9)) AS sum_of_indices,
       sum(CASE WHEN n > 1 THEN sqrt(squares / (n - 1) / n) ELSE 0 END) AS sum_of_errors
FROM (SELECT * FROM means JOIN deviations USING (period, mpp, n));
