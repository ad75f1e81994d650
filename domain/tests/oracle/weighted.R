# Fixtures for the index post-stratified to users per service (STATISTICS 9).
#
#   Rscript weighted.R > weighted.json        (R 4.2.2, survey 4.1-1)
#
# A stratified design with the users of a service as its finite population. Complete answers: mean over respondents, a
# single respondent of a service centred on the grand mean (lonely.psu = "adjust"). Missing answers: totals of scores and
# answers per service and survey's delta method on the weighted sum of ratios; every service has several respondents.
suppressMessages(library(survey))
RNGversion("4.0.0")
set.seed(20260103)
options(survey.lonely.psu = "adjust")

number <- function(x) sprintf("%.17g", x)

answers <- function(service, missing) {
  n <- length(service)
  halo <- rnorm(n) + seq(-0.8, 0.8, length.out = max(service))[service]
  scores <- sapply(1:9, function(u) {
    latent <- 0.7 + 0.6 * halo + 0.8 * rnorm(n) - ifelse(u == 3, 0.4, 0)
    1 + (latent > -1.6) + (latent > -0.7) + (latent > 0.6)
  })
  scores <- matrix(scores, nrow = n)
  scores[matrix(runif(n * 9) < missing, nrow = n)] <- NA
  scores[rowSums(!is.na(scores)) == 0, 1] <- 3
  scores
}

of_means <- function(scores, service, users) {
  frame <- data.frame(y = 25 * rowMeans(scores), service = service, users = users[service])
  estimate <- svymean(~y, svydesign(ids = ~1, strata = ~service, fpc = ~users, data = frame))
  c(coef(estimate), SE(estimate))
}

of_totals <- function(scores, service, users) {
  frame <- data.frame(service = service, users = users[service])
  terms <- c()
  for (h in sort(unique(service))) {
    used <- which(colSums(!is.na(scores[service == h, , drop = FALSE])) > 0)
    for (u in used) {
      here <- service == h & !is.na(scores[, u])
      frame[[sprintf("s%d_%d", u, h)]] <- ifelse(here, scores[, u], 0)
      frame[[sprintf("r%d_%d", u, h)]] <- as.numeric(here)
    }
    weight <- users[h] / sum(users[sort(unique(service))])
    ratios <- paste(sprintf("s%d_%d/r%d_%d", used, h, used, h), collapse = "+")
    terms <- c(terms, sprintf("%.17g*25/%d*(%s)", weight, length(used), ratios))
  }
  design <- svydesign(ids = ~1, strata = ~service, fpc = ~users, data = frame)
  columns <- setdiff(names(frame), c("service", "users"))
  totals <- svytotal(as.formula(paste("~", paste(columns, collapse = "+"))), design)
  estimate <- svycontrast(totals, parse(text = paste(terms, collapse = "+"))[[1]])
  c(coef(estimate), SE(estimate))
}

# Respondents and users per service, share of missing answers.
cases <- list(
  list(c(20, 35, 12), c(400, 90, 1200), 0),
  list(c(8, 1, 40, 15, 1), c(30, 17, 600, 15, 240), 0),
  list(c(25, 30, 40), c(100, 800, 40), 0.1),
  list(c(30, 22, 0, 60), c(90, 70, 140, 100000), 0.25),
  list(c(12, 0, 9, 30), c(12, 33, 9, 400), 0))
lines <- sapply(cases, function(case) {
  service <- rep(seq_along(case[[1]]), case[[1]])
  users <- case[[2]]
  scores <- answers(service, case[[3]])
  estimate <- if (case[[3]] == 0) of_means(scores, service, users) else of_totals(scores, service, users)
  digits <- scores
  digits[is.na(digits)] <- 0
  rows <- paste0('"', apply(digits, 1, paste, collapse = ""), '"', collapse = ",")
  covered <- sum(users[case[[1]] > 0]) / sum(users)
  sprintf('{"users":[%s],"services":[%s],"rows":[%s],"ikm":%s,"se":%s,"covered":%s}',
          paste(sprintf("%d", users), collapse = ","), paste(service, collapse = ","), rows, number(estimate[1]), number(estimate[2]),
          number(covered))
})
cat('{"cases":[\n', paste(lines, collapse = ",\n"), "\n]}\n", sep = "")
