package supervision

// What tests of the package look at from outside; no test itself.

import "yipanqi/internal/db"

// FilesOf are the catalogue of a visit.
func FilesOf(tx *db.Tx, v Visit) ([]FileItem, error) {
	notes, err := notesOf(tx, v.ID)
	return v.files(notes), err
}
