package report

// The trail below an annual report: what people say about it. Reports are made anew at each look, so area and year name
// one.

import (
	"net/url"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
)

// Trail is the place of annual reports among the things that have a trail.
func Trail() trail.Place {
	return trail.Place{Kind: "report", Page: func(id string) string {
		area, year, _ := cut(id)
		return "/reports/annual?" + url.Values{"area": {area}, "year": {strconv.Itoa(year)}}.Encode()
	}, Sees: func(tx *db.Tx, by auth.User, id string) error {
		code, _, ok := cut(id)
		area, err := network.AreaByCode(tx, code, "")
		if !ok || err == nil && !by.SeesFigures(area.Path) || err == nil && !by.Can("report.read") {
			err = errs.Missingf("没有找到这份报告。它可能不存在，或者您没有查看权限。")
		}
		return err
	}, Words: func(string) say.Key { return "" }}
}

// id of a report among the things that have a trail: area and year.
func (r Report) trailID() string { return r.Area.Code + "-" + strconv.Itoa(r.Year) }

func cut(id string) (area string, year int, ok bool) {
	at := strings.LastIndexByte(id, '-')
	if at < 0 {
		return "", 0, false
	}
	year, err := strconv.Atoi(id[at+1:])
	return id[:at], year, err == nil && 1949 <= year && year <= 2199
}
