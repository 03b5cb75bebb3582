package check

// Choosing the area of a text that names none, and the default of a unit; how figures then stand is not decided here.

import (
	"context"
	"slices"
	"strconv"

	"yipanqi/internal/network"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// usual is the area that the unit chose for its own texts, if the reader may see it, and who chose it.
type usual struct {
	code, person string
}

func usualOf(r *web.Request, areas []network.Area) (u usual, err error) {
	u.code, u.person, err = DefaultArea(r.Tx, r.User)
	if !slices.ContainsFunc(areas, func(a network.Area) bool { return a.Code == u.code }) {
		return usual{}, err
	}
	return u, err
}

// ownAreas are the areas of the reader's posts.
func ownAreas(r *web.Request, areas []network.Area) (own []network.Area) {
	for _, a := range areas {
		for _, p := range r.User.Posts {
			if p.AreaPath == a.Path && !slices.Contains(own, a) {
				own = append(own, a)
			}
		}
	}
	return own
}

type areaInput struct {
	ID       string `json:"id"`
	Version  int64  `json:"version"`
	Area     string `json:"area"`     // "" = as the text says
	Remember bool   `json:"remember"` // for the texts of the unit from now on
	Forget   bool   `json:"forget"`   // the unit has no such area any more
}

func chooseArea(r *web.Request, in areaInput) (web.Redirect, error) {
	c := Check{ID: in.ID, Version: in.Version, Area: in.Area}
	to := web.Redirect{To: c.URL(), Flash: part.In(r.Lang, "已按选定的地区重新核对。")}
	if in.Forget {
		to.Flash = part.In(r.Lang, "本单位不再有默认地区。")
		return to, SetDefaultArea(r.Tx, r.User, "")
	}
	return to, SetArea(r.Tx, r.User, c, in.Remember)
}

type yearInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Year    int    `json:"year"` // 0 = as the text says
}

func chooseYear(r *web.Request, in yearInput) (web.Redirect, error) {
	c := Check{ID: in.ID, Version: in.Version, Year: in.Year}
	return web.Redirect{To: c.URL(), Flash: part.In(r.Lang, "已按选定的年份重新核对。")}, SetYear(r.Tx, r.User, c)
}

// areaHidden are the fields of a button that chooses an area.
func (d showData) areaHidden(code string) []part.Option {
	return []part.Option{{Value: "version", Label: strconv.FormatInt(d.Version, 10)}, {Value: "area", Label: code}}
}

// yearValue is the year that was chosen for the text.
func (d showData) yearValue() string {
	if d.Year == 0 {
		return ""
	}
	return strconv.Itoa(d.Year)
}

// areaName names an area in the reader's language.
func (d showData) areaName(ctx context.Context, code string) string {
	a := d.all[code]
	return part.Name(ctx, a.Name, a.NameEN)
}
