package account

// What the rest of the program knows of this module.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/journal"
	"yipanqi/internal/module"
	"yipanqi/internal/sign"
	"yipanqi/internal/web"
)

var grants = auth.Grant(auth.Grants{
	auth.Everybody:      {"profile.edit", "session.close"},
	auth.Office:         {"key.create"},
	auth.Statistician:   {"key.create"},
	auth.Leader:         {"key.create"},
	auth.Liaison:        {"key.create"},
	auth.CommitteeChief: {"key.create"},

	auth.ActingLeader:       {"key.create"},
	auth.ActingStatistician: {"key.create"},
	auth.ActingLiaison:      {"key.create"},

	auth.SystemAdmin: {"account.read", "account.create", "account.disable", "account.enable", "account.unlock",
		"account.reset", "post.add", "post.end"},
	auth.SecurityAdmin: {"role.read", "session.end", verbKeyApprove, verbKeyRetire},
})

// Module is who may come in and with which keys. local says whether a request comes from this machine, sample who may
// try the sample.
func Module(secrets Secrets, local func(remote string) bool,
	sample func(*db.Tx) ([]SampleRole, error)) module.Module {
	return module.Module{Name: "account", Grants: grants,
		Files:  Files(),
		Routes: func(m *web.Mux) { Routes(m, secrets, local, sample) },
		Nav: []module.Nav{{Label: "人员与账号", Group: module.GroupAdmin, URL: "/users",
			Verb: "account.read", Order: 90},
			{Label: "权限与密钥", Group: module.GroupAdmin, URL: "/security", Verb: "role.read", Order: 100}},
		Verify: func(tx *db.Tx, _ sign.PublicKey) ([]journal.Finding, error) { return Verify(tx) },
	}
}
