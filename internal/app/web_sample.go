package app

// The button that moves a sample's own clock on by a day: from this machine only, and never through a proxy. What a day
// does is the modules' business.

import (
	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/errs"
	"yipanqi/internal/sample"
	"yipanqi/internal/web"
)

type dayInput struct {
	Next string `json:"next"`
}

type dayData struct {
	Day string `json:"day"` // on which the city stands now
}

var sampleGrants = auth.Grant(auth.Grants{auth.Everybody: {"sample.day"}})

func sampleRoutes(m *web.Mux) {
	web.Update(m, "POST /sample/day 演示城市过一天", "sample.day", nextDay)
}

func nextDay(r *web.Request, in dayInput) (web.Done[dayData], error) {
	if !account.Loopback(r.Remote) {
		return web.Done[dayData]{}, errs.Deniedf("演示城市的日期只能在运行演示系统的这台机器上拨动。")
	}
	day, err := sample.NextDay(r.Tx, r.User)
	return web.Done[dayData]{To: account.OwnPath(in.Next), Data: dayData{day}}, err
}
