# Fixtures for the standard error, the interval and the class probabilities of STATISTICS 1 to 3.
#
#   Rscript precision.R > precision.json        (R 4.2.2, survey 4.1-1)
#
# The standard error comes from survey's own linearisation: totals of scores and of answers under simple random
# sampling, then the delta method on 25/k * sum(s_u / r_u). Nothing here shares a formula with the product.
suppressMessages(library(survey))
RNGversion("4.0.0")
set.seed(20260101)

number <- function(x) if (is.null(x) || length(x) == 0 || is.na(x)) "null" else sprintf("%.17g", x)
list_of <- function(x) if (is.null(x)) "null" else paste0("[", paste(sapply(x, number), collapse = ","), "]")
logit <- function(p) log(p / (1 - p))
expit <- function(x) 1 / (1 + exp(-x))

answers <- function(n, missing, quality) {
  halo <- rnorm(n)
  scores <- sapply(1:9, function(u) {
    latent <- quality + 0.6 * halo + 0.8 * rnorm(n) + ifelse(u == 4, 1, 0) - ifelse(u == 3, 0.4, 0)
    1 + (latent > -1.6) + (latent > -0.7) + (latent > 0.6)
  })
  scores <- matrix(scores, nrow = n)
  scores[matrix(runif(n * 9) < missing, nrow = n)] <- NA
  blank <- rowSums(!is.na(scores)) == 0
  scores[blank, 1] <- 3
  scores
}

standard_error <- function(scores, population) {
  used <- which(colSums(!is.na(scores)) > 0)
  frame <- data.frame(row.names = 1:nrow(scores))
  for (u in used) {
    frame[[paste0("s", u)]] <- ifelse(is.na(scores[, u]), 0, scores[, u])
    frame[[paste0("r", u)]] <- as.numeric(!is.na(scores[, u]))
  }
  frame$users <- population
  design <- if (is.na(population)) svydesign(ids = ~1, weights = ~1, data = cbind(frame[names(frame) != "users"], one = 1))
            else svydesign(ids = ~1, fpc = ~users, data = frame)
  columns <- unlist(lapply(used, function(u) paste0(c("s", "r"), u)))
  totals <- svytotal(as.formula(paste("~", paste(columns, collapse = "+"))), design)
  ratios <- paste0("s", used, "/r", used, collapse = "+")
  contrast <- svycontrast(totals, parse(text = sprintf("25/%d*(%s)", length(used), ratios))[[1]])
  list(ikm = as.numeric(coef(contrast)), se = as.numeric(SE(contrast)))
}

judge <- function(scores, population) {
  n <- nrow(scores)
  counts <- colSums(!is.na(scores))
  effective <- if (!is.na(population) && n <= population) population else NA
  if (n < 2 || any(counts == 1)) return(list())
  whole <- standard_error(scores, effective)
  open <- standard_error(scores, NA)
  p <- (whole$ikm - 25) / 75
  se_l <- whole$se / 75 / (p * (1 - p))
  t <- qt(0.975, n - 1)
  class <- NULL
  if (n >= 10 && open$se > 0 && whole$se > 0) {
    below <- pt((logit((c(88.305, 76.605, 64.995) - 25) / 75) - logit(p)) / se_l, n - 1)
    class <- c(1 - below[1], below[1] - below[2], below[2] - below[3], below[3])
  }
  list(ikm = whole$ikm, se = whole$se, open = open$se,
       ci = 25 + 75 * expit(logit(p) + c(-1, 1) * t * se_l), class = class)
}

cases <- list(
  c(2, 0, 1, NA), c(3, 0, 1, NA), c(5, 0.1, 1, 9), c(10, 0, 0.5, NA), c(10, 0.1, 0.5, 10), c(12, 0.3, 0.3, 40),
  c(29, 0, 1, NA), c(30, 0, 1, 64), c(30, 0.05, 0.9, 20), c(45, 0.4, 0.2, NA), c(60, 0.1, 1.4, 61), c(60, 0, -1, NA),
  c(80, 0, -2, 500), c(119, 0.02, 2.6, NA), c(150, 0, 0.2, 3000), c(200, 0.15, 0.75, 646), c(384, 0, 1.2, 100000),
  c(400, 0.6, 0.5, NA))
lines <- sapply(cases, function(case) {
  scores <- answers(case[1], case[2], case[3])
  result <- judge(scores, case[4])
  digits <- scores
  digits[is.na(digits)] <- 0
  rows <- paste0('"', apply(digits, 1, paste, collapse = ""), '"', collapse = ",")
  one <- lapply(1:9, function(u) {
    column <- scores[!is.na(scores[, u]), u, drop = FALSE]
    population <- if (is.na(case[4])) NA else case[4]
    if (nrow(column) < 2) NULL else judge(column, population)$se
  })
  one <- paste(sapply(one, number), collapse = ",")
  sprintf('{"rows":[%s],"population":%s,"ikm":%s,"se":%s,"se_uncorrected":%s,"interval":%s,"class":%s,"element_se":[%s]}',
          rows, if (is.na(case[4])) "null" else sprintf("%d", case[4]), number(result$ikm), number(result$se),
          number(result$open), list_of(result$ci), list_of(result$class), one)
})
constant <- list(c(4, 29), c(1, 12), c(3, 2), c(2, 400))
wilson <- sapply(constant, function(case) {
  p <- (case[1] * 25 - 25) / 75
  interval <- suppressWarnings(prop.test(case[2] * p, case[2], correct = FALSE)$conf.int)
  sprintf('{"score":%d,"n":%d,"interval":%s}', case[1], case[2], list_of(25 + 75 * interval))
})
cat('{"cases":[\n', paste(lines, collapse = ",\n"), '\n],"constant":[\n', paste(wilson, collapse = ",\n"), "\n]}\n", sep = "")
