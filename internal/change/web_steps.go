package change

// The steps of an adjustment as requests.

import (
	"maps"
	"slices"
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/web"
)

type editInput struct {
	ID          string `json:"id"`
	Version     int64  `json:"version"`
	Title       string `json:"title"`
	Basis       string `json:"basis"`
	EffectiveOn string `json:"effective_on"`
}

func edit(r *web.Request, in editInput) (done, error) {
	a, err := Edit(r.Tx, r.User, in.ID, in.Version, Adjustment{Title: strings.TrimSpace(in.Title),
		Basis: strings.TrimSpace(in.Basis), EffectiveOn: in.EffectiveOn})
	return answer(r, a, err, "已保存。改过之后要重新预演。")
}

type lineInput struct {
	ID        string   `json:"id"`
	Version   int64    `json:"version"`
	Add       string   `json:"add" enum:"join,leave,rename,merge,split,seat,duty"`
	From      []string `json:"from"`
	To        []string `json:"to"`
	Seat      string   `json:"seat" enum:"director_unit,vice,member,observer"`
	Name      string   `json:"name"` // new name
	ShortName string   `json:"short_name"`
	NameEN    string   `json:"name_en"`
	Text      string   `json:"text"`
	Clause    string   `json:"clause"`
	Takes     []string `json:"takes"` // kinds of work that the one new unit takes over; none: all
}

func addLine(r *web.Request, in lineInput) (done, error) {
	l := Line{Kind: in.Add, From: given(in.From), To: given(in.To), Seat: network.Seating(in.Seat),
		Name: strings.TrimSpace(in.Name), ShortName: strings.TrimSpace(in.ShortName),
		NameEN: strings.TrimSpace(in.NameEN), Text: strings.TrimSpace(in.Text), Clause: strings.TrimSpace(in.Clause)}
	for _, kind := range in.Takes {
		if len(l.To) != 1 {
			return done{}, errs.Fields{"takes": {Key: "新单位不止一个时，请在预演里逐项指定。"}}.
				Check("没有增加这一行。")
		}
		l.Shares = append(l.Shares, Share{Kind: kind, Unit: l.To[0]})
	}
	a, err := AddLine(r.Tx, r.User, in.ID, in.Version, l)
	return answer(r, a, err, "已增加一行。")
}

// given are the values that say something.
func given(all []string) []string {
	some := []string{}
	for _, one := range all {
		if one = strings.TrimSpace(one); one != "" {
			some = append(some, one)
		}
	}
	return some
}

type dropInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Line    int    `json:"line"`
}

func dropLine(r *web.Request, in dropInput) (done, error) {
	a, err := DropLine(r.Tx, r.User, in.ID, in.Version, in.Line)
	return answer(r, a, err, "已删去这一行。")
}

type unitInput struct {
	ID        string `json:"id"`
	Version   int64  `json:"version"`
	Code      string `json:"code"`
	Name      string `json:"name"`
	ShortName string `json:"short_name"`
	NameEN    string `json:"name_en"`
	Kind      string `json:"kind"`
}

func addUnit(r *web.Request, in unitInput) (done, error) {
	a, err := AddUnit(r.Tx, r.User, in.ID, in.Version, network.Unit{Code: strings.TrimSpace(in.Code),
		Name: strings.TrimSpace(in.Name), ShortName: strings.TrimSpace(in.ShortName),
		NameEN: strings.TrimSpace(in.NameEN), Kind: in.Kind})
	return answer(r, a, err, "单位已新设，从生效日起存在。现在可以选它。")
}

type shareInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Line    int    `json:"line"`
	// Units are by kind, or by kind and thing: "goal" or "goal plan/1.1". "?" is nobody yet, "" takes back.
	Units map[string]string `json:"units"`
}

func assign(r *web.Request, in shareInput) (done, error) {
	var shares []Share
	for _, key := range slices.Sorted(maps.Keys(in.Units)) {
		kind, object, _ := strings.Cut(key, " ")
		shares = append(shares, Share{Kind: kind, Object: object, Unit: strings.TrimSpace(in.Units[key])})
	}
	a, err := Assign(r.Tx, r.User, in.ID, in.Version, in.Line, shares)
	return answer(r, a, err, "承接单位已记下。")
}

type stepInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
}

func (p pages) look(r *web.Request, in stepInput) (done, error) {
	a, seen, err := Look(r.Tx, r.User, in.ID, in.Version, p.holds())
	if err == nil && seen.Missing > 0 {
		return answer(r, a, nil, "还有事项无人承接。请逐项指定后再预演。")
	}
	return answer(r, a, err, "预演完成，每一项都有承接单位，可以报批。")
}

func (p pages) approve(r *web.Request, in stepInput) (done, error) {
	a, err := Approve(r.Tx, r.User, in.ID, in.Version, p.holds())
	return answer(r, a, err, "已批准。生效日零点由系统一次办成。")
}

type enterInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	For     string `json:"for"`
	File    string `json:"file"`
}

func (p pages) enter(r *web.Request, in enterInput) (done, error) {
	a, err := Enter(r.Tx, r.User, in.ID, in.Version, p.holds(), strings.TrimSpace(in.For), in.File)
	return answer(r, a, err, "已代录批准。生效日零点由系统一次办成。")
}

type withdrawInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Reason  string `json:"reason"`
}

func withdraw(r *web.Request, in withdrawInput) (done, error) {
	a, err := Withdraw(r.Tx, r.User, in.ID, in.Version, in.Reason)
	return answer(r, a, err, "已撤销，记录留存。")
}
