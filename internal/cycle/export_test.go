package cycle

// What tests set from outside.

// OpenAtOnce sets how many reports are opened in one transaction.
func OpenAtOnce(n int) { atOnce = n }
