# Fixtures for the change between semesters, the national comparison and the case mix of STATISTICS 6 and 7.
#
#   Rscript comparison.R > comparison.json        (R 4.2.2, metafor 3.8-1)
#
# Respondents are counted by answer pattern. Welch's test is R's t.test on one number per respondent, the adjustment R's
# p.adjust, the random-effects model metafor's rma and blup; funnel and case mix are the definitions, written for whole
# vectors of respondents instead of tallies.
suppressMessages(library(metafor))
RNGversion("4.0.0")
set.seed(20260101)

complete <- c("111111111", "222122212", "323123122", "333333333", "332433323", "433343433", "343433344", "444343444",
              "433444434", "444444444", "124434443", "443444411")
partial <- c("440444404", "333030333", "004000000", "012344440")
patterns <- c(complete, partial)
digits <- t(sapply(strsplit(patterns, ""), as.numeric))
digits[digits == 0] <- NA
level <- rowMeans(digits, na.rm = TRUE)

number <- function(x) if (is.null(x) || is.na(x)) "null" else sprintf("%.17g", x)
numbers <- function(x) paste0("[", paste(sapply(x, number), collapse = ","), "]")
object <- function(...) {
  fields <- list(...)
  paste0("{", paste0('"', names(fields), '":', unlist(fields), collapse = ","), "}")
}
objects <- function(lines) paste0("[\n", paste(lines, collapse = ",\n"), "\n]")
text <- function(x) paste0('"', x, '"')

# How often each pattern is given by n respondents of a mall of this quality.
counts_of <- function(n, quality, gaps) {
  usual <- ifelse(seq_along(patterns) > length(complete), gaps, 1)
  as.vector(rmultinom(1, n, usual * exp(quality * (level - 3))))
}
scores_of <- function(counts) digits[rep(seq_along(patterns), counts), , drop = FALSE]
# One number per respondent whose mean is the IKM and whose variance is that of the linearised IKM.
respondents <- function(scores) {
  answered <- colSums(!is.na(scores))
  used <- answered > 0
  means <- colMeans(scores[, used, drop = FALSE], na.rm = TRUE)
  deviations <- sweep(scores[, used, drop = FALSE], 2, means)
  deviations[is.na(deviations)] <- 0
  25 * mean(means) + rowSums(sweep(deviations, 2, nrow(scores) / answered[used], "*")) * 25 / sum(used)
}

change <- function(before, after) {
  test <- t.test(after, before)
  object(difference = number(mean(after) - mean(before)), se = number(test$stderr), df = number(test$parameter),
         p = number(test$p.value), lower = number(test$conf.int[1]), upper = number(test$conf.int[2]),
         detectable = number((qnorm(0.975) + qnorm(0.8)) * test$stderr))
}
change_case <- function(n1, quality1, n2, quality2, gaps) {
  before <- counts_of(n1, quality1, gaps)
  after <- counts_of(n2, quality2, gaps)
  one <- scores_of(before)
  two <- scores_of(after)
  element <- function(u) {
    own <- function(scores) 25 * scores[!is.na(scores[, u]), u]
    change(own(one), own(two))
  }
  object(before = numbers(before), after = numbers(after), whole = change(respondents(one), respondents(two)),
         elements = paste0("[", paste(sapply(1:9, element), collapse = ","), "]"))
}
changes <- list(c(30, 1, 30, 1.2, 0), c(31, 0.5, 400, 0.5, 0.3), c(120, 1, 95, 2, 0.4), c(384, 1.5, 390, 0.4, 0.1),
                c(5000, 1, 6000, 1.1, 0.2), c(60, -1, 80, 2.5, 0), c(200, 3, 40, 3.1, 0.5))

adjustments <- list(c(0.03), c(0.001, 0.2, 0.01, 0.03, 0.04), c(0.05, 0.05, 0.05, 1, 1), c(0, 1, 0.5, 1e-12, 0.9, 0.9),
                    runif(200)^2, rev(sort(runif(30))) / 20)

nation <- function(sizes, qualities, gaps, fours = 0) {
  counts <- mapply(function(n, quality) counts_of(n, quality, gaps), sizes, qualities)
  if (fours > 0) counts[, fours] <- ifelse(patterns == "444444444", sizes[fours], 0)
  people <- apply(counts, 2, function(column) respondents(scores_of(column)), simplify = FALSE)
  n <- sapply(people, length)
  y <- sapply(people, mean)
  s2 <- sapply(people, var)
  share <- (n * (y - 25) / 75 + 1) / (n + 2)
  binary <- 75^2 * share * (1 - share)
  phi <- sum((n - 1) * s2) / sum((n - 1) * binary)
  pooled <- weighted.mean(s2, n - 1)
  v <- phi * binary / n

  theta0 <- weighted.mean(y, n)
  naive <- (y - theta0) / sqrt(pooled / n)
  ends <- quantile(naive, c(0.1, 0.9), type = 7)
  winsorised <- pmin(pmax(naive, ends[1]), ends[2])
  w <- n / pooled
  j <- length(y)
  excess <- max(0, (j * mean(winsorised^2) - (j - 1)) / (sum(w) - sum(w^2) / sum(w)))
  at <- c(30, 47, 384, 5000)
  sides <- c(-qnorm(0.999), -qnorm(0.975), qnorm(0.975), qnorm(0.999))
  limits <- sapply(at, function(n) numbers(pmin(100, pmax(25, theta0 + sides * sqrt(pooled / n + excess)))))

  model <- list(tau2 = NULL, mu = NULL, mu_variance = NULL)
  own <- list(pred = rep(NA, j), se = rep(NA, j))
  if (j >= 10) {
    fit <- rma(y, v, method = "PM", control = list(tol = 1e-14, threshold = 1e-14, maxiter = 5000))
    model <- list(tau2 = fit$tau2, mu = as.numeric(fit$beta), mu_variance = as.numeric(vcov(fit)))
    own <- blup(fit)
  }
  mall <- function(place) {
    object(code = text(sprintf("mpp-%03d", place)), counts = numbers(counts[, place]), ikm = number(y[place]),
           se_smoothed = number(sqrt(v[place])), z = number((y[place] - theta0) / sqrt(pooled / n[place] + excess)),
           shrunken = number(own$pred[place]), shrunken_se = number(own$se[place]),
           below_b = number(pnorm(76.605, own$pred[place], own$se[place])),
           above_mean = number(if (j < 10) NA else pnorm((own$pred[place] - model$mu) / own$se[place])))
  }
  object(phi = number(phi), variance = number(pooled), theta0 = number(theta0), funnel_tau2 = number(excess),
         tau2 = number(model$tau2), mu = number(model$mu), mu_variance = number(model$mu_variance),
         limits_at = numbers(at), limits = paste0("[", paste(limits, collapse = ","), "]"),
         mpps = objects(sapply(sample(j), mall)))
}
log_uniform <- function(j, low, high) round(exp(runif(j, log(low), log(high))))
nations <- c(nation(log_uniform(37, 30, 600), rnorm(37, 1, 0.5), 0, fours = 8),
             nation(log_uniform(12, 30, 200), rnorm(12, 1.2, 0.6), 0.4),
             nation(log_uniform(60, 30, 600), rep(1.1, 60), 0.1),
             nation(log_uniform(9, 30, 300), rnorm(9, 1, 0.5), 0.2),
             nation(c(400000, log_uniform(119, 30, 5000)), rnorm(120, 0.9, 0.3), 0.2))

mix <- function(sizes, weights) {
  channels <- rep(c("direct", "mobile", "self_service", "electronic"), each = 2)
  prices <- rep(c("free", "paid"), 4)
  counts <- sapply(sizes, function(n) counts_of(n, runif(1, 0.5, 2), 0.2))
  standard <- function() {
    groups <- list()
    for (price in unique(prices)) {
      own <- which(prices == price & weights > 0)
      groups <- c(groups, if (all(sizes[own] >= 5)) as.list(own) else list(own))
    }
    people <- lapply(groups, function(own) respondents(scores_of(rowSums(counts[, own, drop = FALSE]))))
    share <- sapply(groups, function(own) sum(weights[own])) / sum(weights)
    if (any(sapply(people, length) < 5)) return(c(NA, NA))
    c(sum(share * sapply(people, mean)), sqrt(sum(share^2 * sapply(people, var) / sapply(people, length))))
  }
  result <- standard()
  cells <- sapply(seq_along(sizes), function(cell) {
    object(key = text(paste0(channels[cell], "/", prices[cell])), weight = number(weights[cell]),
           counts = numbers(counts[, cell]))
  })
  object(cells = paste0("[", paste(cells, collapse = ","), "]"), ikm = number(result[1]), se = number(result[2]))
}
national <- c(90000, 40000, 5000, 1200, 8000, 300, 60000, 700)
mixes <- c(mix(c(80, 60, 20, 12, 31, 9, 70, 14), national), mix(c(200, 30, 4, 3, 12, 0, 41, 0), national),
           mix(c(200, 2, 4, 0, 12, 1, 41, 1), national), mix(c(50, 44, 0, 0, 0, 0, 9, 6), ifelse(national < 9000, 0, national)))

# Φ⁻¹ by AS 241, which is what qnorm is, at the first numbers of SplitMix64 with seed 20260101 and in the tails.
shares <- c(0.5, 0.075, 0.925, 0.0749, 1e-3, 0.999, 1e-10, 2^-54, 1 - 2^-53)

cat("{\n\"patterns\":[", paste(text(patterns), collapse = ","), "],\n\"changes\":",
    objects(sapply(changes, function(case) do.call(change_case, as.list(case)))), ",\n\"adjusted\":",
    objects(sapply(adjustments, function(p) object(p = numbers(p), bh = numbers(p.adjust(p, "BH"))))),
    ",\n\"nations\":", objects(nations), ",\n\"mixes\":", objects(mixes), ",\n\"quantiles\":",
    objects(sapply(shares, function(p) object(p = number(p), z = number(qnorm(p))))), "\n}\n", sep = "")
