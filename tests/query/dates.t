# Dates as fields; now is 2018-09-01 12:00, a Saturday.

date:2016
(date 2016-01-01..2016-12-31)
rows 1 to 4,131 of 11,037 | then date:2016-01-01..2016-12-31 (time columns)

date:2016-08
(date 2016-08-01..2016-08-31)
rows 2,233 to 2,558 of 11,037 | then date:2016-08-01..2016-08-31 (time columns)

date:2016-8-3
(date 2016-08-03)
rows 2,246 to 2,254 of 11,037 | then date:2016-08-03 (time columns)

date:20160823
(date 2016-08-23)
rows 2,470 to 2,481 of 11,037 | then date:2016-08-23 (time columns)

date:2016-Q4
(date 2016-10-01..2016-12-31)
rows 2,888 to 4,131 of 11,037 | then date:2016-10-01..2016-12-31 (time columns)

date:2016-W33
(date 2016-08-15..2016-08-21)
rows 2,381 to 2,460 of 11,037 | then date:2016-08-15..2016-08-21 (time columns)

date:2016-08-23T13:46
(date 2016-08-23T13:46:00..2016-08-23T13:46:59)
rows none of 11,037 | then date:2016-08-23T13:46:00..2016-08-23T13:46:59 (time columns)

date:2016-08-23T13:46:39
(date 2016-08-23T13:46:39..2016-08-23T13:46:39)
rows none of 11,037 | then date:2016-08-23T13:46:39..2016-08-23T13:46:39 (time columns)

date:"2016-08-23 13:46"
(date 2016-08-23T13:46:00..2016-08-23T13:46:59)
rows none of 11,037 | then date:2016-08-23T13:46:00..2016-08-23T13:46:59 (time columns)

during:"june 2015"
(date 2015-06-01..2015-06-30)
rows none of 11,037 | then date:2015-06-01..2015-06-30 (time columns)

during:"jun 15 2015"
(date 2015-06-15)
rows none of 11,037 | then date:2015-06-15 (time columns)

on:"15 June 2015"
(date 2015-06-15)
rows none of 11,037 | then date:2015-06-15 (time columns)

on:"June 15th, 2015"
(date 2015-06-15)
rows none of 11,037 | then date:2015-06-15 (time columns)

on:23/8/2016
(date 2016-08-23)
rows 2,470 to 2,481 of 11,037 | then date:2016-08-23 (time columns)

on:23.8.2016
(date 2016-08-23)
rows 2,470 to 2,481 of 11,037 | then date:2016-08-23 (time columns)

date:today
(date 2018-09-01)
rows none of 11,037 | then date:2018-09-01 (time columns)

date:yesterday
(date 2018-08-31)
rows none of 11,037 | then date:2018-08-31 (time columns)

date:monday
(date 2018-08-27)
rows 11,030 to 11,031 of 11,037 | then date:2018-08-27 (time columns)

date:"last monday"
(date 2018-08-27)
rows 11,030 to 11,031 of 11,037 | then date:2018-08-27 (time columns)

date:"last week"
(date 2018-08-20..2018-08-26)
rows 10,998 to 11,029 of 11,037 | then date:2018-08-20..2018-08-26 (time columns)

date:"last month"
(date 2018-08-01..2018-08-31)
rows 10,955 to 11,037 of 11,037 | then date:2018-08-01..2018-08-31 (time columns)

date:"3 days ago"
(date 2018-08-29)
rows 11,032 to 11,037 of 11,037 | then date:2018-08-29 (time columns)

date:2016-07..2016-11
(date 2016-07-01..2016-11-30)
rows 1,756 to 3,690 of 11,037 | then date:2016-07-01..2016-11-30 (time columns)

date:..2016
(date ..2016-12-31)
rows 1 to 4,131 of 11,037 | then date:..2016-12-31 (time columns)

date:2016..
(date 2016-01-01..)
then date:2016-01-01.. (time columns)

date:2016..yesterday
(date 2016-01-01..2018-08-31)
then date:2016-01-01..2018-08-31 (time columns)

after:2016-07-01
(date 2016-07-01..)
rows 1,756 to 11,037 of 11,037 | then date:2016-07-01.. (time columns)

before:2016-07-01
(date ..2016-06-30)
rows 1 to 1,755 of 11,037 | then date:..2016-06-30 (time columns)

after:2016 before:2017
(and (date 2016-01-01..) (date ..2016-12-31))
rows 1 to 4,131 of 11,037 | then date:2016-01-01.. (time columns) | then date:..2016-12-31 (time columns)

-date:2016
(not (date 2016-01-01..2016-12-31))
then NOT date:2016-01-01..2016-12-31 (time columns)

date:2016 OR date:2018
(or (date 2016-01-01..2016-12-31) (date 2018-01-01..2018-12-31))
then (date:2016-01-01..2016-12-31 OR date:2018-01-01..2018-12-31) (sets of rows combined)

date:2030
(date 2030-01-01..2030-12-31)
rows none of 11,037 | then date:2030-01-01..2030-12-31 (time columns)

