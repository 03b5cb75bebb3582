package engagement

// Who reads an engagement: the office that engages, and the person whose it is, on its days.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
)

var unseen = errs.Missingf("没有找到这项受聘。它可能不存在，或者您没有查看权限。")

// Read returns one that by may see for its office. Who is engaged reads theirs with Mine.
func Read(tx *db.Tx, by auth.User, id string) (Engagement, error) {
	e, err := Get(tx, id)
	if err == nil && !by.Sees(e.Office, e.AreaPath) {
		err = unseen
	}
	if err != nil {
		return Engagement{}, err
	}
	return e, nil
}

// Mine returns one of by's own that is open today.
func Mine(tx *db.Tx, by auth.User, id string) (Engagement, error) {
	all, err := Open(tx, by)
	for _, e := range all {
		if e.ID == id {
			return e, err
		}
	}
	if err != nil {
		return Engagement{}, err
	}
	return Engagement{}, notOpen(tx, by, id)
}

// notOpen says of an engagement of by's own that is not open whom to ask; of any other, that there is none.
func notOpen(tx *db.Tx, by auth.User, id string) error {
	e, err := Get(tx, id)
	if errs.KindOf(err) == errs.Missing || err == nil && e.PersonID != by.ID {
		return unseen
	}
	if err != nil {
		return err
	}
	unit, err := network.UnitByCode(tx, e.Office)
	if err != nil {
		return err
	}
	return errs.Missingf("这项受聘（%s至%s）现在不能看：还没有启用，或者已经结束。请联系聘请您的%s。", e.OpensOn, e.ClosesOn,
		unit.Name)
}

// Open are by's own that are open today; none for whoever is not engaged.
func Open(tx *db.Tx, by auth.User) (all []Engagement, err error) {
	if !by.Has(auth.Outsider) {
		return nil, nil
	}
	active, err := activeOf(tx, by.ID)
	for _, e := range active {
		if e.OpenOn(tx.Today()) {
			all = append(all, e)
		}
	}
	return all, err
}

// About are by's own that are open today and about an object.
func About(tx *db.Tx, by auth.User, object string) (all []Engagement, err error) {
	own, err := Open(tx, by)
	for _, e := range own {
		if e.About == object {
			all = append(all, e)
		}
	}
	return all, err
}

// Objects are the objects that by's own open engagements name.
func Objects(tx *db.Tx, by auth.User) (all []string, err error) {
	own, err := Open(tx, by)
	for _, e := range own {
		all = append(all, e.Documents...)
	}
	return all, err
}
