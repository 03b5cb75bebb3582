package revision

// How records, links and duties stood on an earlier day, put together from what the journal says of their rows. A text
// that was too long to stand in it and has changed since is not known. Revisions are left out: their effects are
// computed from how things stand, and what was decided does not change.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/held"
)

// CopyAt writes into another database what there was of them up to a place of the journal.
func CopyAt(from, to *db.Tx, place int64) error {
	if err := copyPast[Record](from, to, place); err != nil {
		return err
	}
	if err := copyPast[Link](from, to, place); err != nil {
		return err
	}
	return copyPast[Duty](from, to, place)
}

func copyPast[T any, R interface {
	*T
	row
	Object() string
}](from, to *db.Tx, place int64) error {
	all, err := every[T, R](from)
	if err != nil {
		return err
	}
	for n := range all {
		now := R(&all[n])
		said, err := held.At(from, now.Object(), rowOf(now), place)
		if err != nil {
			return err
		}
		if said == nil {
			continue
		}
		then := R(new(T))
		then.head().ID = now.head().ID
		for _, c := range then.columns() {
			if text := said[c.name]; text != "" { // else nothing, or not known
				if err := c.read(text); err != nil {
					return err
				}
			}
		}
		if err := insert(to, then); err != nil {
			return err
		}
	}
	return nil
}
