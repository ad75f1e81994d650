//! The tables as diesel sees them. The truth is in the migrations.

use diesel::{allow_tables_to_appear_in_same_query, joinable, table};

table! { settings (key) { key -> Text, value -> Binary, } }

table! {
    instruments (id) {
        id -> Integer,
        key -> Text,
        rule_version -> Text,
        body -> Text,
        sha256 -> Binary,
    }
}

table! {
    mpps (id) {
        id -> Integer,
        code -> Text,
        name -> Text,
        region_code -> Text,
        province_code -> Text,
        time_zone -> Text,
        brand -> Nullable<Text>,
        soft_launched_on -> Nullable<Date>,
        inaugurated_on -> Nullable<Date>,
        address -> Nullable<Text>,
        organiser -> Nullable<Text>,
        surveyor -> Nullable<Text>,
        signatory -> Nullable<Text>,
        signatory_title -> Nullable<Text>,
        closed_on -> Nullable<Date>,
    }
}

table! { agencies (id) { id -> Integer, mpp_id -> Integer, name -> Text, } }

table! { counters (id) { id -> Integer, mpp_id -> Integer, agency_id -> Integer, name -> Text, } }

table! {
    services (id) {
        id -> Integer,
        mpp_id -> Integer,
        agency_id -> Integer,
        counter_id -> Nullable<Integer>,
        code -> Text,
        name -> Text,
        channel -> Nullable<SmallInt>,
        free -> Nullable<Bool>,
    }
}

table! {
    visitors (id) {
        id -> Integer,
        mpp_id -> Integer,
        service_id -> Nullable<Integer>,
        period -> Integer,
        #[sql_name = "visitors"]
        number -> BigInt,
    }
}

table! {
    responses (seq) {
        seq -> BigInt,
        id -> Binary,
        mpp_id -> Integer,
        service_id -> Nullable<Integer>,
        counter_id -> Nullable<Integer>,
        period -> Integer,
        filled_at -> BigInt,
        received_at -> BigInt,
        channel -> Nullable<SmallInt>,
        mode -> Nullable<SmallInt>,
        persyaratan -> Nullable<SmallInt>,
        prosedur -> Nullable<SmallInt>,
        waktu -> Nullable<SmallInt>,
        biaya -> Nullable<SmallInt>,
        produk -> Nullable<SmallInt>,
        kompetensi -> Nullable<SmallInt>,
        perilaku -> Nullable<SmallInt>,
        sarana -> Nullable<SmallInt>,
        pengaduan -> Nullable<SmallInt>,
        sex -> Nullable<SmallInt>,
        age_band -> Nullable<SmallInt>,
        education -> Nullable<SmallInt>,
        occupation -> Nullable<SmallInt>,
        disability -> Nullable<SmallInt>,
        duration_s -> Nullable<Integer>,
        language -> Nullable<SmallInt>,
        verified -> Bool,
        flags -> Integer,
        state -> SmallInt,
        content_hash -> Nullable<Binary>,
        instrument_id -> Integer,
        counter_signed -> Bool,
    }
}

table! { comments (response_seq) { response_seq -> BigInt, body -> Text, } }

table! {
    mpp_periods (period, mpp_id) {
        mpp_id -> Integer,
        period -> Integer,
        closed_at -> BigInt,
        archive_manifest -> Nullable<Text>,
        archive_sha256 -> Nullable<Binary>,
        archive_rows -> Nullable<BigInt>,
    }
}

table! {
    tallies (period, mpp_id, dimension, key) {
        mpp_id -> Integer,
        period -> Integer,
        dimension -> Text,
        key -> Text,
        words -> Binary,
    }
}

table! { live_marks (id) { id -> Integer, seq -> BigInt, } }

table! {
    live_tallies (period, dimension, mpp_id, key) {
        period -> Integer,
        dimension -> Text,
        mpp_id -> Integer,
        key -> Text,
        words -> Binary,
    }
}

table! { summaries (period, mpp_id) { mpp_id -> Integer, period -> Integer, body -> Text, sha256 -> Binary, } }

table! { snapshots (period) { period -> Integer, body -> Text, sha256 -> Binary, created_at -> BigInt, } }

table! { leases (key) { key -> Text, owner -> Text, token -> BigInt, until -> BigInt, } }

table! {
    report_runs (period, mpp_id) {
        mpp_id -> Integer,
        period -> Integer,
        step -> Text,
        attempts -> Integer,
        last_error -> Nullable<Text>,
        updated_at -> BigInt,
    }
}

table! {
    report_revisions (period, mpp_id, revision) {
        mpp_id -> Integer,
        period -> Integer,
        revision -> Integer,
        reason -> Text,
        manifest -> Text,
        sha256 -> Binary,
        created_at -> BigInt,
    }
}

table! {
    national_revisions (period, revision) {
        period -> Integer,
        revision -> Integer,
        reason -> Text,
        manifest -> Text,
        sha256 -> Binary,
        created_at -> BigInt,
    }
}

table! {
    recipients (id) {
        id -> Integer,
        mpp_id -> Nullable<Integer>,
        email -> Text,
        name -> Text,
        language -> SmallInt,
    }
}

table! {
    followups (id) {
        id -> Integer,
        mpp_id -> Integer,
        period -> Integer,
        element -> Text,
        step -> Text,
        owner -> Text,
        due_on -> Nullable<Date>,
        status -> Text,
        evidence -> Text,
    }
}

table! {
    history (mpp_id, period) {
        mpp_id -> Integer,
        period -> Integer,
        ikm -> Text,
        n -> Nullable<BigInt>,
        rule -> Text,
        weight -> Text,
    }
}

table! {
    outbox (id) {
        id -> BigInt,
        mpp_id -> Nullable<Integer>,
        period -> Integer,
        revision -> Integer,
        recipient_email -> Text,
        recipient_name -> Text,
        language -> SmallInt,
        message_id -> Text,
        attachments -> Text,
        state -> SmallInt,
        attempts -> Integer,
        next_attempt_at -> BigInt,
        lease_until -> BigInt,
        last_error -> Nullable<Text>,
        sent_at -> Nullable<BigInt>,
    }
}

table! {
    deliveries (id) {
        id -> BigInt,
        outbox_id -> BigInt,
        attempted_at -> BigInt,
        outcome -> SmallInt,
        detail -> Text,
    }
}

table! {
    visit_tokens (mpp_id, last_day) {
        mpp_id -> Integer,
        last_day -> Integer,
        issued -> Integer,
        spent -> Binary,
    }
}

table! { device_days (day) { day -> Integer, key -> Binary, } }

table! { device_marks (response_seq) { response_seq -> BigInt, day -> Integer, marker -> Binary, } }

table! {
    kiosk_heartbeats (mpp_id, counter) {
        mpp_id -> Integer,
        counter -> Text,
        last_seen_at -> BigInt,
        waiting -> Integer,
        version -> Text,
    }
}

joinable!(comments -> responses (response_seq));
allow_tables_to_appear_in_same_query!(responses, comments);
allow_tables_to_appear_in_same_query!(mpps, tallies);
