DROP TABLE kiosk_heartbeats;
DROP TABLE device_marks;
DROP TABLE device_days;
DROP TABLE visit_tokens;
ALTER TABLE responses DROP COLUMN counter_signed;
