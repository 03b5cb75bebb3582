package submission

// What the rest of the program knows of this module.

import (
	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/module"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
)

var fills = []string{"submission.read", "submission.edit", "submission.prepare", "submission.amend",
	"submission.recall", "submission.drop", "submission.print", "submission.scan", "receipt.read"}

var grants = auth.Grant(auth.Grants{
	auth.Office: {"submission.read", "submission.accept", "submission.return", "submission.withdraw",
		"submission.restore", "submission.confirm", "submission.refuse", "receipt.read"},
	// who fills in and signs first; the form says whether that is the statistician or the liaison
	auth.Statistician: append([]string{"submission.sign", "submission.return"}, fills...),
	auth.Liaison:      fills,
	auth.Leader: {"submission.read", "submission.sign", "submission.complete", "submission.return",
		"receipt.read"},
	auth.ActingStatistician: {"submission.read", "submission.edit", "submission.prepare", "submission.recall",
		"submission.print", "submission.scan", "submission.sign", "submission.return", "receipt.read"},
	auth.ActingLiaison: {"submission.read", "submission.edit", "submission.prepare", "submission.recall",
		"submission.print", "submission.scan", "receipt.read"},
	auth.ActingLeader: {"submission.read", "submission.sign", "submission.complete", "submission.return",
		"receipt.read"},
	auth.CommitteeChief: {"submission.read", "receipt.read"},
})

// Module is reports of figures with two signatures.
func Module(secrets account.Secrets, files blob.Store, cites Cites) module.Module {
	return module.Module{Name: "submission", Grants: grants, Places: []trail.Place{Trail(), ScanTrail()},
		Routes: func(m *web.Mux) { Routes(m, secrets, files, cites) },
		Nav: []module.Nav{{Label: "报表", Group: module.GroupData, URL: "/submissions", Verb: "submission.read",
			Order: 30}},
		Files: Files(), Reminders: []module.Reminder{Reminders()},
		Flows: []flow.Table{life}, Parts: map[string]string{"owed": "form"},
		Kinds: Kinds(), Reindex: Reindex, Verify: Verify, Holds: Holds(), Loads: Loads(),
		Waiting: func(tx *db.Tx, by auth.User) (int, error) {
			if !by.Can("submission.read") {
				return 0, nil
			}
			return Waiting(tx, by)
		},
		Signs: []module.Signing{{Path: "/submissions/{id}/prepare", Sign: prepareSigned},
			{Path: "/submissions/{id}/sign", Sign: signSigned},
			{Path: "/submissions/{id}/accept", Sign: func(tx *db.Tx, by auth.User, ids []string, _ module.Key) error {
				return acceptSigned(tx, by, ids[0], secrets)
			}}},
	}
}

func prepareSigned(tx *db.Tx, by auth.User, ids []string, key module.Key) error {
	s, err := Get(tx, ids[0])
	if err != nil {
		return err
	}
	v, _, err := Preview(tx, by, s)
	if err == nil {
		_, err = Prepare(tx, by, s.ID, v.Digest, account.Unlocked(key))
	}
	return err
}

func signSigned(tx *db.Tx, by auth.User, ids []string, key module.Key) error {
	all, err := Versions(tx, ids[0])
	if err != nil {
		return err
	}
	digest := ""
	if len(all) > 0 {
		digest = all[len(all)-1].Digest
	}
	_, err = Sign(tx, by, ids[0], digest, account.Unlocked(key))
	return err
}

// acceptSigned verifies in the transaction what the route verifies ahead of it.
func acceptSigned(tx *db.Tx, by auth.User, id string, secrets account.Secrets) error {
	issuer, err := secrets.Installation.Public()
	if err != nil {
		return err
	}
	s, err := Get(tx, id)
	if err == nil {
		_, err = Accept(tx, by, id, s.Version, issuer)
	}
	return err
}
