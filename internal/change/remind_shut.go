package change

// A change that shows and was not reported: somebody holds a post and their account is disabled. The unit's leader is
// asked to report who took it; where it is the leader's own, the liaison.

import (
	"net/url"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
)

// unreported are the changes that show: posts of those whose change is reported already are left out.
func unreported(tx *db.Tx) (all []module.Due, err error) {
	posts, err := account.ShutPosts(tx)
	if err != nil {
		return nil, err
	}
	open, err := openChanges(tx)
	if err != nil {
		return nil, err
	}
	told := map[string]bool{}
	for _, c := range open {
		told[c.outgoingPost] = true
	}
	roles, err := network.Labels(tx, "role")
	if err != nil {
		return nil, err
	}
	for _, p := range posts {
		if told[p.ID] || auth.Apart(p.Role, auth.Liaison) {
			continue // of administrators nobody of the unit reports
		}
		tell := auth.Leader
		if p.Role == auth.Leader {
			tell = auth.Liaison
		}
		d, err := dueOf(tx, p.Unit, tell)
		if err != nil {
			return nil, err
		}
		ask := url.Values{"unit": {p.Unit}, "role": {p.Role}, "outgoing": {p.Person}}
		d.Object, d.URL = "unreported/"+p.ID, "/changes/new?"+ask.Encode()
		d.Title = d.UnitName + " · " + roles[p.Role].Name + " · " + p.Person + "的账号已停用"
		d.TitleEN = d.UnitNameEN + " · " + roles[p.Role].NameEN + " · account disabled"
		d.Step, d.DueOn = VerbReport, p.Since
		all = append(all, d)
	}
	return all, nil
}

func dueUnreported(tx *db.Tx, until, _ string) (things []module.Due, next string, err error) {
	all, err := unreported(tx)
	for _, d := range all {
		if d.DueOn <= until {
			things = append(things, d)
		}
	}
	return things, "", err
}

func unreportedOf(tx *db.Tx, objects []string) (map[string]module.Due, error) {
	things := map[string]module.Due{}
	for _, object := range objects {
		things[object] = module.Due{Object: object}
	}
	all, err := unreported(tx)
	for _, d := range all {
		if _, asked := things[d.Object]; asked {
			things[d.Object] = d
		}
	}
	return things, err
}
