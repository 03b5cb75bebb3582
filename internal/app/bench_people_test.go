package app_test

// Who reports in the cities that are measured: made with their posts and keys. Nothing is measured here.

import (
	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/network"
	"yipanqi/internal/sign"
)

// hire makes the two who sign and the one who accepts: anew each time, because nobody keeps their keys.
func (c *bigCity) hire(tx *db.Tx) (err error) {
	if c.unit, err = network.UnitByCode(tx, "station"); err != nil {
		return err
	}
	if c.first, err = c.engage(tx, auth.Statistician, "station"); err != nil {
		return err
	}
	if c.second, err = c.engage(tx, auth.Leader, "station"); err != nil {
		return err
	}
	c.office, err = c.engage(tx, auth.Office, "office")
	return err
}

// engage makes a person with a post in the unit and a signing key.
func (c *bigCity) engage(tx *db.Tx, role, unit string) (user auth.User, err error) {
	id, err := appoint(tx, role, unit)
	if err != nil {
		return user, err
	}
	return c.equip(tx, id)
}

// appoint makes a person with a post in the unit.
func appoint(tx *db.Tx, role, unit string) (id string, err error) {
	p, err := network.AddPerson(tx, network.Person{Name: role})
	if err != nil {
		return "", err
	}
	_, err = network.AddPost(tx, network.Post{PersonID: p.ID, Unit: unit, Role: role, OpensOn: "2000-01-01"})
	return p.ID, err
}

// equip gives a person a signing key.
func (c *bigCity) equip(tx *db.Tx, id string) (user auth.User, err error) {
	if user, err = account.UserOf(tx, id); err != nil {
		return user, err
	}
	private, err := sign.Generate()
	if err != nil {
		return user, err
	}
	public, err := private.Public()
	if err != nil {
		return user, err
	}
	k := account.Key{ID: db.NewID(), PersonID: id, PublicKey: public, Locked: "-"} // unlocking is measured apart
	if err := account.AddKey(tx, user, k, c.secrets); err != nil {
		return user, err
	}
	c.keys[id] = account.Unlocked{ID: k.ID, Private: private}
	return user, nil
}
