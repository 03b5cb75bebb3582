package db

// RevisedTables are the tables whose changes give the definitions a new revision.
func RevisedTables() map[string]bool { return revised }
