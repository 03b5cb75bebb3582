// Package home is what people see first: the board, an area, a unit, and what waits for them. It puts together what the
// other modules know and changes nothing.
package home

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
)

// checkVisible refuses an area whose figures the user may not see as if it did not exist.
func checkVisible(by auth.User, area network.Area) error {
	if by.SeesFigures(area.Path) {
		return nil
	}
	return errs.Missingf("没有找到这个地区，或者它不在您的工作范围内。")
}

// within keeps the areas whose figures the user may see.
func within(by auth.User, areas []network.Area) (seen []network.Area) {
	for _, a := range areas {
		if by.SeesFigures(a.Path) {
			seen = append(seen, a)
		}
	}
	return seen
}
