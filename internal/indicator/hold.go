package indicator

// The source of an indicator as work that a unit has: whoever takes over is its source from that day on, and as of an
// earlier day it is still who it was.

import (
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
)

// Holds are the indicators that units are the source of.
func Holds() []module.Hold {
	return []module.Hold{{Kind: "indicator", Label: "负责数据的指标",
		List: func(tx *db.Tx, unit, day string) (held []module.Held, err error) {
			all, err := SourcedBy(tx, unit, day)
			for _, i := range all {
				held = append(held, module.Held{Object: "indicator/" + i.Code, Name: say.Name{ZH: i.Name, EN: i.NameEN},
					URL: "/indicators/" + i.Code})
			}
			return held, err
		},
		Move: func(tx *db.Tx, _ auth.User, object, _, to, _ string) error {
			return HandSource(tx, strings.TrimPrefix(object, "indicator/"), to, module.Since(tx))
		}}}
}

// SourcedBy are the indicators that a unit is the source of on a day (today if empty), in their order.
func SourcedBy(tx *db.Tx, unit, day string) (own []Indicator, err error) {
	all, err := List(tx)
	if err != nil {
		return nil, err
	}
	for _, i := range all {
		source, err := SourceOn(tx, i, day)
		if err != nil {
			return nil, err
		}
		if source == unit {
			own = append(own, i)
		}
	}
	return own, nil
}

// SourceOn is the unit that was the source of an indicator on a day (today if empty).
func SourceOn(tx *db.Tx, i Indicator, day string) (string, error) {
	if day == "" {
		return i.SourceUnit, nil
	}
	past, err := pastSources(tx)
	for _, p := range past[i.ID] {
		if day < p.closesOn {
			return p.unit, err
		}
	}
	return i.SourceUnit, err
}
