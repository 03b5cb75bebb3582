// Package directory is what anybody may do with facilities without an account: look them up, read their pages and
// report a fault; and what becomes of such a fault. What is public of a record, package record says.
package directory
