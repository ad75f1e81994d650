# Every text people see, English. The same keys are in id.ftl.

## Common
product = Suara
product-tagline = Public satisfaction survey at Indonesia's Public Service Malls
skip-to-content = Skip to content
language-name = English
all-malls = All Public Service Malls
rule-line = Under regulation PermenPANRB 14/2017

## Survey
survey-title = Survey { $mpp }
survey-heading = How was our service?
survey-lead = Nine questions, about a minute. No name, no account.
privacy-heading = Your answers carry no name
privacy-summary = We store no name, identity number, phone number or device address. Taking part is voluntary.
privacy-more = Who, what for, how long
privacy-who = Who asks
privacy-who-text = { $mpp }, which computes the result under PermenPANRB 14/2017.
privacy-why = What for
privacy-why-text = To compute the public satisfaction index and to improve the service. For nothing else.
privacy-keep = How long
privacy-keep-text = Answers without names are kept as statistics. Written suggestions are kept apart, only as long as following them up needs.
privacy-undo = If you change your mind
privacy-undo-text = After sending you get a receipt code. With it you can withdraw your answers until this semester is closed.
service-heading = Service
service-label = Which service did you receive?
service-hint = May be left empty.
service-find = Find a service
service-not-found = No service has these words.
service-none = Choose a service
service-at-counter = At this counter
questions-heading = Your rating
question-number = Question { $number } of 9
listen = Listen
question-free = This service is free of charge. If you paid nothing, choose Free.
profile-heading = About you
profile-optional = may be skipped
profile-hint = Helps to see that everybody is heard. Leave empty whatever you do not want to answer.
not-said = Not answered
sex = Sex
sex-L = Male
sex-P = Female
age_band = Age
age_band-0-16 = Under 17
age_band-17-24 = 17–24
age_band-25-34 = 25–34
age_band-35-44 = 35–44
age_band-45-54 = 45–54
age_band-55-64 = 55–64
age_band-65-plus = 65 or older
education = Highest education
education-tidak_sekolah = No schooling
education-sd = Primary school
education-smp = Junior secondary school
education-sma = Senior secondary school
education-diploma = Diploma (D1–D4)
education-s1 = Bachelor (S1)
education-s2 = Master (S2)
education-s3 = Doctorate (S3)
occupation = Occupation
occupation-pns = Civil servant
occupation-tni = Armed forces
occupation-polri = Police
occupation-swasta = Private employee
occupation-wirausaha = Self-employed
occupation-pelajar = Pupil or student
occupation-petani_nelayan = Farmer or fisher
occupation-rumah_tangga = Keeping the household
occupation-lainnya = Other
disability = Living with a disability
disability-ya = Yes
disability-tidak = No
comment = Suggestion or complaint
comment-hint = May be left empty. Please write no names, identity or phone numbers.
submit = Send answers
submit-note = After sending you get a receipt code.
answered-of-nine = of 9 answered

## Errors in fields
errors-heading =
    { $count ->
        [one] One field is not complete
       *[other] { $count } fields are not complete
    }
errors-hint = Your other answers are still here. Please mend these and send again.
error-prefix = Check:
error-unanswered = Choose one answer.
error-score = Choose one of the four answers.
error-option = Choose one of the options.
error-repeated = Given more than once. Choose only one.
error-too-long = Too long: { $length } characters, at most { $limit }.
error-id = This page is damaged. Reload it and fill it in again.
page = Page
error-service = There is no such service here. Choose from the list.
error-other = This cannot be read.

## Thank you
thanks-title = Thank you
thanks-heading = Thank you, your answers are stored
thanks-text = Every answer is counted and used to improve the service.
thanks-late-heading = Thank you, we received your answers
thanks-late-text = This semester is already closed, so your answers are stored but no longer count in its result.
receipt-label = Receipt code
receipt-hint = Note or photograph this code in case you want to withdraw your answers one day. It does not contain your name.
withdraw-title = Withdraw answers
withdraw-text = Withdrawn answers are deleted and do not count. This cannot be undone.
withdraw-button = Withdraw my answers
withdraw-summary = Want to withdraw your answers?
withdraw-field-hint = Twelve letters and digits, like 7K3M-9QRT-2XYZ.
withdraw-invalid = That code is not complete. Please check the code on your receipt.
withdrawn-heading = Your answers have been withdrawn
withdrawn-text = Your answers and your suggestion are deleted.
withdrawn-before-heading = These answers were withdrawn before
not-found-receipt-heading = Code not found
not-found-receipt-text = Perhaps a letter is wrong, or the semester is closed and its result can no longer change.
minor-heading = Thank you for taking part
minor-text = Because you are under 17, we did not store these answers. Please ask a parent or guardian to fill in the survey.
next-person = Next person
see-results = See the results
fill-again = Take the survey

## Other friendly pages
unknown-mpp-heading = This mall was not found
unknown-mpp-text = Please check the address, scan the QR code at the counter again, or choose from the list.
not-found-heading = Page not found
not-found-text = There is no such address. Perhaps a letter is wrong.
method-heading = That does not work
method-text = This page cannot be opened in that way.
conflict-heading = This page was sent before
conflict-text = The first answers from this page are stored and stay as they are. If somebody else is answering now, send theirs as new answers.
conflict-button = Somebody else is answering, send as new
gone-heading = These answers were withdrawn
gone-text = The answers from this page were deleted on request and cannot be sent again.
too-large-heading = Too much to send
too-large-text = A suggestion may have at most 2,000 characters. Go back, shorten it, and send again.
unreadable-heading = This could not be read
unreadable-text = Go back and send once more. Your answers are not stored yet.
media-type-heading = Unknown kind of content
media-type-text = Please use the form on this page.
busy-heading = Very busy, please try again in a moment
busy-text = Your answers are not stored yet, but they are still on this page. Wait a few seconds and send again; they will not be counted twice.
busy-button = Send again
failure-heading = Something went wrong
failure-text = The fault is ours, not yours. Please try again in a little while.

## List and results
home-title = Suara: public satisfaction survey
home-heading = Rate a service, see the results
home-lead = The public satisfaction survey and its official results at { $count } Public Service Malls.
search-label = Search for a regency, city or mall
search-button = Search
search-found =
    { $count ->
        [0] Nothing matches "{ $query }".
        [one] One mall matches "{ $query }".
       *[other] { $count } malls match "{ $query }".
    }
search-all = Show all
provinces = Provinces
take-survey = Take the survey
results-link = Results
no-results-yet = No results published yet
results-title = Survey results { $mpp }
results-heading = Results of the public satisfaction survey
results-none = No results have been published for this mall yet. They appear when a semester is closed.
results-too-few = Fewer than 10 people answered in this semester, so the figures are not shown.
semester =
    { $half ->
        [1] Semester I { $year }
       *[other] Semester II { $year }
    }
index-label = Public satisfaction index (IKM)
class-A = Very good
class-B = Good
class-C = Not so good
class-D = Not good
respondents = { $n } respondents
n-small = n = { $n }
interval = 95% interval: { $lower } to { $upper }
interval-note = Precision for the group that was measured. Respondents chose to take part.
precision-baik = Good precision
precision-hati-hati = Limited precision: read with care
precision-tidak = Too few respondents to compare with other places
sample-line = Sample target (Krejcie–Morgan): { $minimum }
sample-met = reached
sample-missed = not reached
elements-heading = The nine elements
element = Element
value = Value
class = Class
count = People
services-heading = By service
service = Service
channels-heading = By service channel
channel = Channel
channel-direct = At the counter
channel-mobile = Mobile service
channel-self_service = Self-service
channel-electronic = Electronic service
whole-mall = The mall as a whole
channel-unknown = Unknown
hidden-note = A dash means fewer than 10 answers, or hidden so that another small figure cannot be computed. Counts per row are rounded to multiples of 5.
trend-heading = From semester to semester
period = Semester
open-data = Open data
open-data-text = Download the figures of this page:
catalogue = Open data catalogue
scale-note = Scale 25 to 100

## Version of the privacy notice
privacy-version = Notice version { $version }, { $date }
## Waiting on the phone
saved-title = Answers on this phone
saved-none = No answers are waiting. Everything you sent has arrived.
saved-heading = Answers saved on this phone, to be sent
saved-text = There is no network now. Your answers are safe on this phone and will be sent by themselves as soon as the network is back. You may close this page; open it again later to see your receipt code.
saved-kiosk-heading = Thank you, your answers are saved
saved-kiosk-text = There is no network now. This tablet will send them as soon as it is back.
saved-sent-heading = Thank you, your answers have been sent
unsaved-heading = Answers not stored yet
unsaved-text = There is no network, and this phone cannot keep the answers: it is full, or storage is blocked. Your answers are still on this page. Do not close it; wait for the network, then send again. They will not be counted twice.
queue-heading = Answers from this phone
queue-count = Answers waiting on this phone:
queue-look = Look
queue-send = Send now
queue-waiting = Waiting to be sent
queue-sent = Sent
queue-refused = Cannot be sent
queue-forget = Remove from the list
refused-id_conflict = Other answers from the same page were stored before.
refused-withdrawn = These answers were withdrawn.
refused-unknown_mpp = This mall is no longer registered.
refused-unknown_service = The chosen service no longer exists at this mall.
refused-too_large = The suggestion is too long.
refused-other = Something in them cannot be accepted.

## Tablet at the counter and officers
kiosk-begin = Touch to begin
kiosk-large = Large print
kiosk-idle-heading = Are you still there?
kiosk-idle-text = Answers that were not sent will soon be deleted for the next person.
kiosk-idle-button = Yes, I am still answering
kiosk-returns = This page returns to the beginning by itself.
assisted-heading = For officers
assisted-text = Read every question and its four answers aloud, then tap the answer the citizen chooses. Do not suggest answers, and do not fill this in without the citizen.
