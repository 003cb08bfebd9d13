# Makes statistics.csv: what R says about the numbers in it, for StatisticsAgainstRTest.
# Run by hand: Rscript statistics.R > statistics.csv
set.seed(20261121)
numbers <- function(x) paste(format(x, digits = 17, trim = TRUE), collapse = " ")
row <- function(test, x, y, ...) cat(test, numbers(x), numbers(y), numbers(c(...)), sep = ";", fill = FALSE)
line <- function(...) { row(...); cat("\n") }
cat("test;x;y;expected\n")
for (n in c(6, 7, 9, 12, 20, 30)) {
  x <- exp(rnorm(n, 0, 0.05)) * 1000
  y <- exp(rnorm(n, 0.04, 0.05)) * 1000
  d <- log(x / y)
  w <- wilcox.test(d, conf.int = TRUE, conf.level = 0.95, exact = TRUE)
  v <- wilcox.test(d, conf.int = TRUE, conf.level = 0.90, exact = TRUE)
  # p, estimate, 95 % interval, 90 % interval
  line("signed rank", x, y, w$p.value, w$estimate, w$conf.int, v$conf.int)
}
for (n in list(c(4, 4), c(5, 8), c(10, 10), c(12, 7), c(20, 20))) {
  x <- exp(rnorm(n[1], 0, 0.05)) * 1000
  y <- exp(rnorm(n[2], 0.04, 0.05)) * 1000
  w <- wilcox.test(log(y), log(x), conf.int = TRUE, exact = TRUE)
  line("rank sum", x, y, w$p.value, w$estimate, w$conf.int)
}
for (n in c(5, 8, 10, 20, 40)) {
  x <- rnorm(n) + seq_len(n) / n
  k <- cor.test(seq_len(n), x, method = "kendall", exact = TRUE)
  line("trend", x, numeric(0), k$estimate, k$p.value)
}
for (n in c(12, 30)) {
  x <- round(rnorm(n, 10, 2) + seq_len(n) / n * 2)
  k <- cor.test(seq_len(n), x, method = "kendall", exact = FALSE, continuity = TRUE)
  # S instead of tau: R divides by the pairs without ties
  s <- sum(sapply(2:n, function(j) sum(sign(x[j] - x[1:(j - 1)]))))
  line("trend with ties", x, numeric(0), s, k$p.value)
}
for (n in c(1, 3, 8)) {
  p <- runif(n)^3
  line("holm", p, numeric(0), p.adjust(p, "holm"))
}
for (n in c(6, 9, 15, 40)) {
  x <- rnorm(n, 100, 10)
  k <- qbinom(0.025, n, 0.5)
  if (pbinom(k - 1, n, 0.5) > 0.025) k <- k - 1
  s <- sort(x)
  line("median", x, numeric(0), median(x), s[k], s[n + 1 - k])
}
