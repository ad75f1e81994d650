DROP TABLE live_tallies;
DROP TABLE live_marks;
