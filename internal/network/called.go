package network

// Which unit a text means that somebody wrote: a code, or what a unit is or was called.

import (
	"strings"

	"yipanqi/internal/db"
)

// Called are the units that a text means: the one with that code; else those with that full name, now or formerly; else
// those with that short or English name. None for what names no unit of the network.
func Called(tx *db.Tx, text string) ([]Unit, error) {
	if text = plain(text); text == "" {
		return nil, nil
	}
	all, err := AllUnits(tx)
	if err != nil {
		return nil, err
	}
	former, err := formerNames(tx)
	if err != nil {
		return nil, err
	}
	var full, short []Unit
	for _, u := range all {
		names, others := []string{u.Name}, []string{u.ShortName, u.NameEN}
		for _, n := range former[u.Code] {
			names, others = append(names, n.name), append(others, n.shortName, n.nameEN)
		}
		switch {
		case plain(u.Code) == text:
			return []Unit{u}, nil
		case among(names, text):
			full = append(full, u)
		case among(others, text):
			short = append(short, u)
		}
	}
	if len(full) > 0 {
		return full, nil
	}
	return short, nil
}

func among(names []string, text string) bool {
	for _, name := range names {
		if plain(name) == text {
			return true
		}
	}
	return false
}

// plain is a name without what people write one way or the other: spaces, capitals, the width of brackets.
func plain(name string) string {
	return strings.ToLower(strings.NewReplacer("（", "(", "）", ")", " ", "", "　", "").Replace(name))
}
