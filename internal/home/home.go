// Package home is what people see first: the board, an area, a unit, and what waits for them. It puts together what the
// other modules know and changes nothing.
package home

import (
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
)

// visible says whether the user may read the figures of an area: those of an own post's area and of the areas above it,
// and for an office or a committee all below.
func visible(by auth.User, area network.Area) bool {
	if by.SeesAll(area.Path) {
		return true
	}
	for _, p := range by.Posts {
		if auth.RoleCan(p.Role, "board.read") && strings.HasPrefix(p.AreaPath, area.Path) {
			return true
		}
	}
	return false
}

// checkVisible is visible as an error: what one may not see is missing.
func checkVisible(by auth.User, area network.Area) error {
	if visible(by, area) {
		return nil
	}
	return errs.Missingf("没有找到这个地区，或者它不在您的工作范围内。")
}

// within keeps the areas that the user may see.
func within(by auth.User, areas []network.Area) (seen []network.Area) {
	for _, a := range areas {
		if visible(by, a) {
			seen = append(seen, a)
		}
	}
	return seen
}
