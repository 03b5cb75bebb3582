package db

// What the tests need of the package's inside. No test itself.

// RevisedTables are the tables whose changes give the definitions a new revision.
func RevisedTables() map[string]bool { return revised }

// Readers is how many connections readers have open.
func (d *DB) Readers() int { return d.read.Stats().OpenConnections }
