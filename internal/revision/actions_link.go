package revision

// What is done with links and duties.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/held"
	"yipanqi/internal/indicator"
)

// ReadLink returns a link that by may see.
func ReadLink(tx *db.Tx, by auth.User, id string) (Link, error) {
	l, err := byID[Link](tx, id)
	if errs.KindOf(err) == errs.Missing || err == nil && (!l.seen(by) || l.State == Removed) {
		err = errs.Missingf("没有找到这条衔接。它可能不存在，或者您没有查看权限。")
	}
	if err != nil {
		return Link{}, err
	}
	return l, nil
}

// PutLink registers a link, or changes the one of its id.
func PutLink(tx *db.Tx, by auth.User, now Link) (l Link, err error) {
	var before held.Row
	if now.ID != "" {
		if l, err = ReadLink(tx, by, now.ID); err != nil {
			return l, err
		}
		if _, _, err := lifeOfLink.Take(VerbLink, by, l.as(by)); err != nil {
			return l, err
		}
		if err := l.unchanged(now.Version); err != nil {
			return l, err
		}
		before = rowOf(&l)
	} else if l.Kept, _, err = begin(tx, by, VerbLink); err != nil {
		return l, err
	}
	k := l.Kept
	l = now
	l.Kept, l.State, l.UpdatedBy, l.UpdatedAt = k, InForce, by.Name, tx.Now
	for _, p := range []*string{&l.Upper, &l.UpperUnit, &l.UpperTarget, &l.Difference, &l.Conversion, &l.SourceTitle} {
		*p = strings.TrimSpace(*p)
	}
	if err := l.fits(tx); err != nil {
		return l, err
	}
	if before == nil {
		err = insert(tx, &l)
	} else {
		err = update(tx, &l)
	}
	if err != nil {
		return l, err
	}
	return l, held.Log(tx, by, VerbLink, l.Object(), before, rowOf(&l), nil)
}

// fits refuses a link that says what is not so, and a second one of the same two.
func (l *Link) fits(tx *db.Tx) error {
	i := indicator.Indicator{}
	if l.Local != "" {
		var err error
		if i, err = indicator.ByCode(tx, l.Local); err != nil {
			return wrongly(err, "local", "没有这个指标。请从列表里选。")
		}
	}
	if l.UpperUnit == "" && l.Relation == Same && l.Upper != "" {
		l.UpperUnit = i.Unit
	}
	if err := l.check(i.Unit).Check(unsaved); err != nil {
		return err
	}
	others, err := linksOf(tx, l.Local)
	if slices.ContainsFunc(others, func(o Link) bool {
		return o.ID != l.ID && o.AreaPath == l.AreaPath && o.Level == l.Level && o.Upper == l.Upper
	}) {
		return errs.Fields{"upper": {Key: "这两个指标已经登记了衔接。"}}.Check(unsaved)
	}
	return err
}

// Unlink removes a link.
func Unlink(tx *db.Tx, by auth.User, id string, version int64, why string) (Link, error) {
	l, err := ReadLink(tx, by, id)
	if err != nil {
		return l, err
	}
	if _, _, err := lifeOfLink.Take(VerbUnlink, by, l.as(by)); err != nil {
		return l, err
	}
	if err := l.unchanged(version); err != nil {
		return l, err
	}
	if why, err = because(why); err != nil {
		return l, err
	}
	before := rowOf(&l)
	l.State, l.UpdatedBy, l.UpdatedAt = Removed, by.Name, tx.Now
	if err := update(tx, &l); err != nil {
		return l, err
	}
	return l, held.Log(tx, by, VerbUnlink, l.Object(), before, rowOf(&l), map[string]string{"reason": why})
}

// ReadDuty returns a duty that by may see.
func ReadDuty(tx *db.Tx, by auth.User, id string) (Duty, error) {
	d, err := byID[Duty](tx, id)
	if errs.KindOf(err) == errs.Missing || err == nil && !d.seen(by) {
		err = errs.Missingf("没有找到这项分性别统计任务。它可能不存在，或者您没有查看权限。")
	}
	if err != nil {
		return Duty{}, err
	}
	return d, nil
}

// PutDuty says that an element is to be counted by sex by a unit, or changes the duty of its id.
func PutDuty(tx *db.Tx, by auth.User, now Duty) (d Duty, err error) {
	if now.ID != "" {
		return stepDuty(tx, by, now.ID, now.Version, VerbDuty, func(d *Duty) {
			d.Should, d.Now, d.Regime, d.Obstacle, d.TargetYear = now.Should, now.Now, now.Regime, now.Obstacle,
				now.TargetYear
		})
	}
	if d.Kept, _, err = begin(tx, by, VerbDuty); err != nil {
		return d, err
	}
	k := d.Kept
	d = now
	d.Kept = k
	d.Regime, d.Obstacle = strings.TrimSpace(d.Regime), strings.TrimSpace(d.Obstacle)
	wrong := d.check(tx.Today())
	e, err := element.ByCode(tx, d.Element)
	switch {
	case errs.KindOf(err) == errs.Missing:
		wrong.Say("element", "没有这个数据项。请从列表里选。")
	case err != nil:
		return d, err
	case !e.CountsPeople():
		wrong.Say("element", "“%s”不是数人的（单位：%s），不能要求分性别。", e.Name, e.Unit)
	}
	if err := d.unitWithin(tx, wrong, "unit", d.Unit); err != nil {
		return d, err
	}
	all, err := every[Duty](tx)
	if err != nil {
		return d, err
	}
	if slices.ContainsFunc(all, func(o Duty) bool {
		return o.Element == d.Element && o.Unit == d.Unit && o.AreaPath == d.AreaPath
	}) {
		wrong.Say("element", "这个单位已有这个数据项的任务。请在那里改。")
	}
	if err := wrong.Check(unsaved); err != nil {
		return d, err
	}
	d.settle(tx.Today())
	if err := insert(tx, &d); err != nil {
		return d, err
	}
	return d, held.Log(tx, by, VerbDuty, d.Object(), nil, rowOf(&d), nil)
}

// ReportDuty is what the unit says of how far it is.
func ReportDuty(tx *db.Tx, by auth.User, now Duty) (Duty, error) {
	return stepDuty(tx, by, now.ID, now.Version, VerbReport, func(d *Duty) {
		d.Now, d.Regime, d.Obstacle, d.TargetYear = now.Now, now.Regime, now.Obstacle, now.TargetYear
	})
}

func stepDuty(tx *db.Tx, by auth.User, id string, version int64, verb string, change func(*Duty)) (Duty, error) {
	d, err := ReadDuty(tx, by, id)
	if err != nil {
		return d, err
	}
	if _, _, err := lifeOfDuty.Take(verb, by, d.as(by)); err != nil {
		return d, err
	}
	if err := d.unchanged(version); err != nil {
		return d, err
	}
	before := rowOf(&d)
	change(&d)
	d.Regime, d.Obstacle = strings.TrimSpace(d.Regime), strings.TrimSpace(d.Obstacle)
	if err := d.check(tx.Today()).Check(unsaved); err != nil {
		return d, err
	}
	d.settle(tx.Today())
	d.UpdatedBy, d.UpdatedAt = by.Name, tx.Now
	if err := update(tx, &d); err != nil {
		return d, err
	}
	return d, held.Log(tx, by, verb, d.Object(), before, rowOf(&d), nil)
}
