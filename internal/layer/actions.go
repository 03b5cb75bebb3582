package layer

// Layers supplied and withdrawn, and which of them says what there was on a day.

import (
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/held"
	"yipanqi/internal/network"
	"yipanqi/internal/setting"
)

// Permissions, which are words of the journal too.
const (
	VerbRead     = "layer.read"
	VerbUpload   = "layer.upload"
	VerbWithdraw = "layer.withdraw"
)

var grants = auth.Grant(auth.Grants{
	auth.Readers:      {VerbRead},
	auth.Office:       {VerbUpload, VerbWithdraw},
	auth.Liaison:      {VerbUpload, VerbWithdraw},
	auth.Statistician: {VerbUpload, VerbWithdraw},
})

// post is that in which by may do what the verb says for an area: their own, or one that lies in it.
func post(by auth.User, verb, areaPath string) (auth.Post, error) {
	if err := by.Check(verb); err != nil {
		return auth.Post{}, err
	}
	for _, p := range by.Posts {
		alone := auth.User{ID: by.ID, Posts: []auth.Post{p}}
		if alone.Can(verb) && strings.HasPrefix(areaPath, p.AreaPath) {
			return p, nil
		}
	}
	return auth.Post{}, errs.Deniedf("只能办理本区域的图层。请由该区域的妇儿工委办或填报单位办理。")
}

// Upload keeps a layer that was read: the next version of what the area has of that kind.
func Upload(tx *db.Tx, by auth.User, d *Data) (Layer, error) {
	area, err := network.NewestArea(tx, d.Head.Area)
	if errs.KindOf(err) == errs.Missing {
		return Layer{}, errs.Fields{"area": {Key: "没有这个区域。请填区域代码。"}}.Check("没有存：请先改正标出的地方。")
	}
	if err != nil {
		return Layer{}, err
	}
	p, err := post(by, VerbUpload, area.Path)
	if err != nil {
		return Layer{}, err
	}
	return d.put(tx, by, area, p.Unit)
}

func (d *Data) put(tx *db.Tx, by auth.User, area network.Area, unit string) (l Layer, err error) {
	if err := d.Head.check(tx.Today()).Check("没有存：请先改正标出的地方。"); err != nil {
		return l, err
	}
	areas, err := network.Subtree(tx, area)
	if err != nil {
		return l, err
	}
	inside := map[string]bool{"": true}
	for _, a := range areas {
		inside[a.Code] = true
	}
	for i, f := range d.All {
		if !inside[f.Area] {
			return l, of(i, f, errs.Invalidf("区域代码“%s”不是%s里的区域。请改正，或留空。", f.Area, area.Name))
		}
	}
	before, err := newest(tx, d.Head.Kind, area.Code)
	if err != nil {
		return l, err
	}
	all, err := All(tx)
	if err != nil {
		return l, err
	}
	for _, other := range all {
		if other.Kind != d.Head.Kind || other.WithdrawnOn != "" {
			continue
		}
		if other.Area == area.Code && other.Digest == d.Digest && other.ValidOn == d.Head.ValidOn {
			return other, errs.Conflictf("这份文件已经在了：%s。不用再传。", other.Called())
		}
		nested := strings.HasPrefix(other.AreaPath, area.Path) || strings.HasPrefix(area.Path, other.AreaPath)
		if nested && other.Area != area.Code && other.System != d.System {
			return l, errs.Conflictf("文件的坐标系是%s，图层%s的是%s。两种坐标不能放在一起，本系统也不作换算；请用同一坐标系的数据。",
				d.System, other.Called(), other.System)
		}
	}
	sample, err := setting.IsSample(tx)
	if err != nil {
		return l, err
	}
	l = Layer{ID: db.NewID(), Kind: d.Head.Kind, Area: area.Code, AreaPath: area.Path, Version: before + 1,
		Name: d.Head.Name, Source: d.Head.Source, ValidOn: d.Head.ValidOn, System: d.System, Approval: d.Head.Approval,
		Features: len(d.All), Digest: d.Digest, Size: d.size, Simulated: sample, Unit: unit, Person: by.Name,
		CreatedAt: tx.Now, body: d.body}
	if err := insert(tx, l); err != nil {
		return l, err
	}
	return l, held.Log(tx, by, VerbUpload, l.Object(), nil, l.row(), map[string]string{"title": l.Name})
}

// Withdraw takes a layer out of force, with a reason; it stays listed, and the version before it holds again.
func Withdraw(tx *db.Tx, by auth.User, id, reason string) (Layer, error) {
	l, err := Get(tx, id)
	if err != nil {
		return l, err
	}
	if _, err := post(by, VerbWithdraw, l.AreaPath); err != nil {
		return l, err
	}
	if l.WithdrawnOn != "" {
		return l, errs.Conflictf("这个图层已由%s在%s撤下。", l.WithdrawnBy, l.WithdrawnOn)
	}
	if reason = strings.TrimSpace(reason); reason == "" || len([]rune(reason)) > maxText {
		return l, errs.Fields{"reason": {Key: "请写明撤下的原因，最多120个字。"}}.Check("请写明撤下的原因。")
	}
	before := l.row()
	l.WithdrawnOn, l.WithdrawnBy, l.Reason = tx.Today(), by.Name, reason
	if err := end(tx, l); err != nil {
		return l, err
	}
	return l, held.Log(tx, by, VerbWithdraw, l.Object(), before, l.row(), map[string]string{"reason": reason})
}

// InForce are the layers of a kind that say what there was on a day, around an area and in it: of each area the one
// that is valid latest, and of those the newest.
func InForce(tx *db.Tx, kind, day, top string) (found []Layer, err error) {
	all, err := All(tx)
	at := map[string]int{}
	for _, l := range all { // the newest version of an area first
		if l.Kind != kind || l.WithdrawnOn != "" || l.ValidOn > day ||
			!strings.HasPrefix(l.AreaPath, top) && !strings.HasPrefix(top, l.AreaPath) {
			continue
		}
		i, seen := at[l.Area]
		switch {
		case !seen:
			at[l.Area] = len(found)
			found = append(found, l)
		case l.ValidOn > found[i].ValidOn:
			found[i] = l
		}
	}
	return found, err
}

// Serves says whether a layer says what there is at a path: no other one of the same kind is closer around it.
func (l Layer) Serves(all []Layer, path string) bool {
	if !strings.HasPrefix(path, l.AreaPath) {
		return false
	}
	for _, other := range all {
		if len(other.AreaPath) > len(l.AreaPath) && strings.HasPrefix(path, other.AreaPath) {
			return false
		}
	}
	return true
}
