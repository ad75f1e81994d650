# Fixtures for the standard error with clusters (STATISTICS 2, annex).
#
#   Rscript clusters.R > clusters.json        (R 4.2.2, survey 4.1-1)
#
# survey's own linearisation: totals of scores and of answers of a design with ids = ~cluster and without a finite
# population, then the delta method on 25/k * sum(s_u / r_u). Where every answer is there, the standard error of the mean
# over respondents is taken instead. The design effect is the square of the ratio to the same without clusters.
suppressMessages(library(survey))
RNGversion("4.0.0")
set.seed(20260102)

number <- function(x) sprintf("%.17g", x)

answers <- function(cluster, missing, quality, alike) {
  n <- length(cluster)
  halo <- sqrt(alike) * rnorm(max(cluster))[cluster] + sqrt(1 - alike) * rnorm(n)
  scores <- sapply(1:9, function(u) {
    latent <- quality + 0.8 * halo + 0.6 * rnorm(n) + ifelse(u == 4, 1, 0) - ifelse(u == 3, 0.4, 0)
    1 + (latent > -1.6) + (latent > -0.7) + (latent > 0.6)
  })
  scores <- matrix(scores, nrow = n)
  scores[matrix(runif(n * 9) < missing, nrow = n)] <- NA
  scores[rowSums(!is.na(scores)) == 0, 1] <- 3
  scores
}

linearised <- function(scores, ids) {
  used <- which(colSums(!is.na(scores)) > 0)
  frame <- data.frame(ids = ids)
  for (u in used) {
    frame[[paste0("s", u)]] <- ifelse(is.na(scores[, u]), 0, scores[, u])
    frame[[paste0("r", u)]] <- as.numeric(!is.na(scores[, u]))
  }
  design <- svydesign(ids = ~ids, weights = ~1, data = cbind(frame, one = 1))
  columns <- unlist(lapply(used, function(u) paste0(c("s", "r"), u)))
  totals <- svytotal(as.formula(paste("~", paste(columns, collapse = "+"))), design)
  ratios <- paste0("s", used, "/r", used, collapse = "+")
  as.numeric(SE(svycontrast(totals, parse(text = sprintf("25/%d*(%s)", length(used), ratios))[[1]])))
}

of_means <- function(scores, ids) {
  design <- svydesign(ids = ~ids, weights = ~1, data = data.frame(y = 25 * rowMeans(scores), ids = ids))
  as.numeric(SE(svymean(~y, design)))
}

# Respondents, clusters, share of missing answers, quality, how alike a cluster is.
cases <- list(c(12, 2, 0, 0.5, 0.3), c(40, 8, 0, 1, 0.5), c(60, 15, 0.1, 0.5, 0.4), c(120, 11, 0, 0.2, 0),
              c(150, 40, 0.3, 0.9, 0.6), c(90, 90, 0.05, 0.4, 0), c(200, 25, 0.5, 0.7, 0.2), c(240, 30, 0, 1.8, 0.3))
lines <- sapply(cases, function(case) {
  cluster <- c(seq_len(case[2]), sample(case[2], case[1] - case[2], replace = TRUE, prob = seq_len(case[2])))
  scores <- answers(cluster, case[3], case[4], case[5])
  estimate <- if (case[3] == 0) of_means else linearised
  se <- estimate(scores, cluster)
  open <- estimate(scores, seq_along(cluster))
  p <- (25 * mean(colMeans(scores, na.rm = TRUE), na.rm = TRUE) - 25) / 75
  ends <- 25 + 75 * plogis(qlogis(p) + c(-1, 1) * qt(0.975, case[2] - 1) * se / 75 / (p * (1 - p)))
  digits <- scores
  digits[is.na(digits)] <- 0
  rows <- paste0('"', apply(digits, 1, paste, collapse = ""), '"', collapse = ",")
  sprintf('{"clusters":[%s],"rows":[%s],"se":%s,"deff":%s,"interval":[%s,%s]}', paste(cluster, collapse = ","), rows,
          number(se), number((se / open)^2), number(ends[1]), number(ends[2]))
})
cat('{"cases":[\n', paste(lines, collapse = ",\n"), "\n]}\n", sep = "")
