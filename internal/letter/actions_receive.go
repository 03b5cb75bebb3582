package letter

// Receipts 签收: an act of a post in the addressed unit; what was received on paper the office registers, marked so.
// Opening a letter is no receipt.

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/network"
)

// Receive receives the edition in force for every unit of by that has not. edition is the one that by has read.
func Receive(tx *db.Tx, by auth.User, id string, edition int64) (Letter, error) {
	t, err := take(tx, by, id, VerbReceive, 0)
	if err != nil {
		return t.Letter, err
	}
	if edition != t.InForce {
		return t.Letter, errs.Conflictf("这件发文已有更正后的新版本。请阅读新版本后再签收。")
	}
	for _, owed := range t.owing {
		post, ok := t.receives(by, owed.Holder)
		if !ok {
			continue
		}
		owed.Channel, owed.PersonID, owed.Person, owed.Post = BySystem, by.ID, by.Name, post.RoleName
		owed.At, owed.ReceivedOn = tx.Now, tx.Today()
		if err := t.got(tx, by, owed, nil); err != nil {
			return t.Letter, err
		}
	}
	return t.Letter, nil
}

// Paper is a receipt that came on paper.
type Paper struct {
	Unit   string
	Person string // who signed it
	On     string // the day that it bears
	Scan   evidence.File
}

// Record registers a receipt on paper for a unit, with its scan.
func Record(tx *db.Tx, by auth.User, id string, edition int64, p Paper) (Letter, error) {
	t, err := take(tx, by, id, VerbRecord, 0)
	if err != nil {
		return t.Letter, err
	}
	p.Person = strings.TrimSpace(p.Person)
	wrong := errs.Fields{}
	if n := utf8.RuneCountInString(p.Person); n == 0 || n > 40 {
		wrong.Say("person", "请写纸质回执上的签收人，40字以内。")
	}
	v, err := VersionOf(tx, t.ID, t.InForce)
	if err != nil {
		return t.Letter, err
	}
	if !calendar.IsDay(p.On) || p.On > tx.Today() ||
		p.On < v.IssuedAt.In(db.China).Format(time.DateOnly) {
		wrong.Say("on", "请写纸质回执上的签收日期，不早于发出的那天，不晚于今天。")
	}
	if p.Scan.Digest == "" {
		wrong.Say("scan", "请附纸质回执的扫描件或照片。")
	}
	if err := wrong.Check("没有登记：请补齐标出的各项。"); err != nil {
		return t.Letter, err
	}
	if edition != t.InForce {
		return t.Letter, errs.Conflictf("这件发文已有更正后的新版本，纸质回执要对应新版本。")
	}
	for _, owed := range t.owing {
		if owed.Unit != p.Unit {
			continue
		}
		p.Scan.Object, p.Scan.Unit = t.Object(), t.post.UnitName
		p.Scan.Field = "receipt/" + strconv.FormatInt(t.InForce, 10) + "/" + p.Unit
		scan, err := evidence.Attach(tx, by, p.Scan)
		if err != nil {
			return t.Letter, err
		}
		owed.Channel, owed.Person, owed.ReceivedOn, owed.At = OnPaper, p.Person, p.On, tx.Now
		owed.RecordedBy, owed.Scan = by.Name, scan.ID
		err = t.got(tx, by, owed, map[string]string{"person": p.Person, "on": p.On, "scan": scan.ID})
		return t.Letter, err
	}
	return t.Letter, errs.Conflictf("这个单位已经签收过，或者不在收文单位里。请刷新页面看看。")
}

// got writes one receipt and journals it.
func (t *taken) got(tx *db.Tx, by auth.User, c Receipt, detail map[string]string) error {
	unit, err := network.UnitByCode(tx, c.Unit)
	if err != nil {
		return err
	}
	if err := receive(tx, c); err != nil {
		return err
	}
	said := map[string]string{"code": c.Unit, "unit": unit.Name, "post": c.Post,
		"version": strconv.FormatInt(c.Edition, 10)}
	for key, value := range detail {
		said[key] = value
	}
	t.Received++
	return t.move(tx, by, t.State, said)
}
