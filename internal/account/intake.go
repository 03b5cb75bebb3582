package account

// The file of people and their posts. Accounts and keys are never imported.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/intake"
	"yipanqi/internal/network"
)

// Files are those that people are imported from.
func Files() []intake.File {
	return []intake.File{{Path: "posts.csv", Title: "人员和岗位", Columns: "person*=姓名 name_en=英文名 unit*=单位 role*=岗位 " +
		"opens_on*=到任日期 closes_on=离任日期 email=邮箱（提醒摘要寄到这里；空着不改已有的）", Key: "person unit role opens_on",
		After: []string{network.LabelFile, network.UnitCodes.File}, Row: takePost}}
}

// takePost finds a person by name: within the same unit, then among the people of this file.
func takePost(r *intake.Run, w *intake.Row) (bool, error) {
	intake.Ref(w, "unit", network.UnitCodes)
	p := network.Post{Person: w.Text("person"), Unit: w.Text("unit"), Role: network.LabelCode(r, w, "role", "role"),
		OpensOn: w.Day("opens_on"), ClosesOn: w.Day("closes_on")}
	if w.Bad() {
		return false, nil
	}
	staff, err := network.Staff(r.Tx, p.Unit, p.OpensOn)
	if err != nil {
		return false, err
	}
	type peopleOfFile struct{}
	none := func(*db.Tx) (map[string]string, error) { return map[string]string{}, nil }
	people := intake.Keep(r, peopleOfFile{}, none)
	for _, old := range staff {
		if old.Person != p.Person {
			continue
		}
		people[p.Person] = old.PersonID
		if old.Role == p.Role && old.OpensOn == p.OpensOn {
			closed, err := closePost(r.Tx, old, p.ClosesOn)
			if err != nil {
				return false, err
			}
			written, err := takeEmail(r, w, old.PersonID)
			return closed || written, err
		}
	}
	if people[p.Person] == "" {
		made, err := network.AddPerson(r.Tx, network.Person{Name: p.Person, NameEN: w.Text("name_en")})
		if err != nil {
			return false, err
		}
		people[p.Person] = made.ID
	}
	p.PersonID = people[p.Person]
	if err := Apart(r.Tx, p); err != nil {
		return false, err
	}
	if _, err = network.AddPost(r.Tx, p); err == nil {
		_, err = takeEmail(r, w, p.PersonID)
	}
	return err == nil, err
}

func closePost(tx *db.Tx, old network.Post, day string) (bool, error) {
	switch {
	case old.ClosesOn == day:
		return false, nil
	case old.ClosesOn != "" || day == "":
		return false, errs.Conflictf("%s的这个岗位已在%s结束，不能再改", old.Person, old.ClosesOn)
	}
	return true, network.ClosePost(tx, old.ID, day)
}

// takeEmail keeps the person's address; a row without one leaves it as it is.
func takeEmail(r *intake.Run, w *intake.Row, personID string) (bool, error) {
	if w.Text("email") == "" {
		return false, nil
	}
	return network.SetEmail(r.Tx, personID, w.Text("email"))
}
