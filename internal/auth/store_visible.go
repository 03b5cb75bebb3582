package auth

// Rights as conditions of SQL, for lists that the database cuts down itself: what Sees says of one row.

import (
	"fmt"
	"strings"
)

// Visible is the condition that a row of a unit and an area path is the user's to see: every list uses it, none writes
// its own. The parameters first and first+1 are the user's Scope; a row without an area has an empty path.
//
// Most who see areas see one: its path is told apart before what costs more, so that a list's index can be walked fast.
func Visible(unit, path string, first int) string {
	return fmt.Sprintf(`(%s OR %s IN (SELECT j.key FROM json_each($%d) j))`, Within(path, first+1), unit, first)
}

// Within is the condition that an area path is one of the paths, or below one, that are the keys of parameter n.
func Within(path string, n int) string {
	return fmt.Sprintf(`(%[1]s LIKE (SELECT min(j.key) || '%%' FROM json_each($%[2]d) j)
		OR (SELECT count(*) FROM json_each($%[2]d) j) > 1
		AND EXISTS (SELECT 1 FROM json_each($%[2]d) j WHERE %[1]s LIKE j.key || '%%'))`, path, n)
}

// Scope is what the user may see: the own units, and the paths below which all is; both as Keys. Of paths that lie
// within each other the highest is enough.
func (u User) Scope() (units, paths []string) {
	for _, p := range u.Posts {
		if u.Sees(p.Unit, "") {
			units = append(units, p.Unit)
		}
		if u.SeesAll(p.AreaPath) && !u.seesAbove(p.AreaPath) {
			paths = append(paths, p.AreaPath)
		}
	}
	return units, paths
}

// seesAbove says whether the user sees all of an area above that of the path.
func (u User) seesAbove(path string) bool {
	for _, p := range u.Posts {
		if overseer(p.Role) && p.AreaPath != path && strings.HasPrefix(path, p.AreaPath) {
			return true
		}
	}
	return false
}
