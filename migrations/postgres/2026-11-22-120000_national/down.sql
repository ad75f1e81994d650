DROP TABLE national_revisions;
