package evaluation

// What the rest of the program knows of this module.

import (
	_ "embed"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/find"
	"yipanqi/internal/flow"
	"yipanqi/internal/module"
	"yipanqi/internal/notice"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

//go:embed en.json
var dictionary []byte

var (
	english = part.Learn(dictionary)
	verbs   = auth.Name(map[string]say.Key{VerbRead: "看评估"}, lifeWords, sheetWords, adviceWords)
	grants  = auth.Grant(auth.Grants{
		auth.Readers: {VerbRead},
		auth.Office: {VerbDraft, VerbEdit, VerbReopen, VerbLaunch, VerbStart, VerbFinish, VerbSkip, VerbClose,
			VerbWithdraw, VerbAsk, VerbPrepare, VerbReturn, VerbClassify, VerbCompare, VerbExplain, VerbVoice,
			VerbReport,
			VerbRecommend, VerbToMatter, VerbTakeBack},
		auth.Statistician:   {VerbPrepare, VerbClassify},
		auth.Liaison:        {VerbPrepare, VerbClassify},
		auth.Leader:         {VerbSign, VerbReturn, VerbRespond},
		auth.CommitteeChief: {VerbCompare, VerbApprove, VerbSign, VerbReturn, VerbRespond},
	})
)

// Module is evaluation rounds. around says what all modules have to say of a unit or an area.
func Module(secrets account.Secrets, around func(*db.Tx, auth.User, module.Of) ([]module.Card, error)) module.Module {
	return module.Module{Name: "evaluation", Grants: grants, Words: verbs, English: english,
		Flows: []flow.Table{life, sheetLife, adviceLife}, Places: []trail.Place{Trail(), AdviceTrail()},
		Parts: map[string]string{"scheme": "round", "sheet": "round", "voice": "round", "note": "round",
			"move": "round"},
		Nav: []module.Nav{{Label: "评估", Group: module.GroupWork, URL: "/rounds", Verb: VerbRead, Order: 56}},
		Kinds: []find.Kind{{Code: "round", Verb: VerbRead, Name: "评估轮次", NameEN: "Evaluation rounds",
			Page: func(id string) string { return "/rounds/" + id }},
			{Code: "recommendation", Verb: VerbRead, Name: "评估建议", NameEN: "Recommendations",
				Page: func(id string) string { return "/recommendations/" + id }}},
		Files: Files(), Reindex: Reindex, Verify: Verify,
		Routes: func(m *web.Mux) { Routes(m, secrets, around) },
		Tasks:  Tasks, About: about, Holds: holds(), Blocks: Blocks,
		Reminders: []module.Reminder{sheetReminder(), lateReminder(), trainingReminder(), adviceReminder()},
		Signs: []module.Signing{{Path: ownPath + "/prepare", Sign: prepareSigned},
			{Path: ownPath + "/sign", Sign: signSigned}},
	}
}

func prepareSigned(tx *db.Tx, by auth.User, ids []string, key module.Key) error {
	text, err := SheetText(tx, by, ids[0], ids[1])
	if err == nil {
		_, err = Prepare(tx, by, ids[0], ids[1], text.Digest, account.Unlocked(key))
	}
	return err
}

func signSigned(tx *db.Tx, by auth.User, ids []string, key module.Key) error {
	all, err := SheetsOf(tx, ids[0], ids[1])
	if err != nil {
		return err
	}
	digest := ""
	if len(all) > 0 {
		digest = all[len(all)-1].Digest
	}
	_, err = Sign(tx, by, ids[0], ids[1], digest, account.Unlocked(key))
	return err
}

// Trail is the place of rounds among the things that have a trail.
func Trail() trail.Place {
	return trail.Place{Kind: "round", Page: func(id string) string { return "/rounds/" + id },
		Words: func(verb string) say.Key { return lifeWords[verb] },
		Sees:  func(tx *db.Tx, by auth.User, id string) error { _, err := Read(tx, by, id); return err },
		Holds: func(tx *db.Tx, by auth.User, id string) (string, error) {
			r, err := Read(tx, by, id)
			if err != nil {
				return "", err
			}
			post, err := r.plays(by, organiser)
			return post.UnitName, err
		}, Told: reminded, Fields: func(*db.Tx, string) ([]trail.Field, error) {
			return []trail.Field{{Key: fieldBasis, Name: "依据文件", NameEN: "Paper that it rests on"}}, nil
		}}
}

// reminded: which participants were reminded of their sheets and of training, of the own ones unless by organises the
// round.
func reminded(tx *db.Tx, by auth.User, id string) ([]trail.Told, error) {
	r, err := Get(tx, id)
	if err != nil {
		return nil, err
	}
	var objects []string
	for _, post := range by.Posts {
		own := id + "." + post.Unit
		objects = append(objects, "participant/"+own, "untrained/"+own)
	}
	if _, no := r.plays(by, organiser); no == nil {
		objects = []string{"participant/" + id, "untrained/" + id, "round/" + id}
	}
	return notice.Of(tx, objects...)
}

// AdviceTrail is the place of recommendations among the things that have a trail.
func AdviceTrail() trail.Place {
	return trail.Place{Kind: "recommendation", Page: func(id string) string { return "/recommendations/" + id },
		Words: func(verb string) say.Key { return adviceWords[verb] },
		Sees: func(tx *db.Tx, by auth.User, id string) error {
			_, err := ReadRecommendation(tx, by, id)
			return err
		},
		Holds: func(tx *db.Tx, by auth.User, id string) (string, error) {
			c, err := ReadRecommendation(tx, by, id)
			if err != nil {
				return "", err
			}
			for _, part := range []string{organiser, addressee} {
				if post, err := c.plays(by, part); err == nil {
					return post.UnitName, nil
				}
			}
			return "", errs.Deniedf("材料由责任单位负责人或组织评估的妇儿工委办附上。")
		}, Told: notice.Told("recommendation")}
}

// Reindex puts all rounds and recommendations where they are found.
func Reindex(tx *db.Tx) error {
	all, err := every(tx)
	for _, r := range all {
		if err == nil && r.State != Withdrawn {
			err = r.findable(tx)
		}
	}
	if err != nil {
		return err
	}
	advice, err := everyRecommendation(tx)
	for _, c := range advice {
		if err != nil || c.State == TakenBack {
			continue
		}
		if c.round, err = Get(tx, c.RoundID); err == nil {
			err = c.findable(tx)
		}
	}
	return err
}
