package sample_test

// What the fictional city's key difficult issues and its request count to.

import (
	"slices"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/db"
	"yipanqi/internal/home"
	"yipanqi/internal/issue"
	"yipanqi/internal/journal"
	"yipanqi/internal/matter"
	"yipanqi/internal/request"
)

// difficult holds issues and answers against what the story says.
func difficult(t *testing.T, tx *db.Tx) {
	t.Helper()
	for sql, want := range map[string]int64{
		`SELECT count(*) FROM issues`:                                    5,
		`SELECT count(*) FROM issues WHERE state = 'eased'`:              1, // three are on the list
		`SELECT count(*) FROM issues WHERE state = 'under_way'`:          2,
		`SELECT count(*) FROM issues WHERE state = 'solved'`:             1,
		`SELECT count(*) FROM issues WHERE state = 'proposed'`:           1,
		`SELECT count(*) FROM issues WHERE basis LIKE 'meeting/%#%'`:     1, // by a decision of the plenary
		`SELECT count(*) FROM issues WHERE closed_by LIKE 'meeting/%#%'`: 1,
		`SELECT count(*) FROM answers`:                                   27, // 17 self-evaluations
		`SELECT count(*) FROM answers WHERE state = 'accepted'`:          19,
		`SELECT count(*) FROM answers WHERE state = 'returned'`:          1,
		`SELECT count(*) FROM answers WHERE state = 'submitted'`:         5,
		`SELECT count(*) FROM answers WHERE late`:                        3,
		`SELECT count(*) FROM answers WHERE state = 'open'`:              1,
		`SELECT count(*) FROM answers WHERE state = 'sent'`:              1,
	} {
		if got, err := db.Value[int64](tx, sql); err != nil || got != want {
			t.Errorf("%s is %d (%v), want %d", sql, got, err, want)
		}
	}
	eased, err := db.Value[string](tx, `SELECT id FROM issues WHERE state = 'eased'`)
	must(t, err)
	i, err := issue.Get(tx, eased)
	must(t, err)
	r := i.Researches[0]
	if len(i.Acts) != 3 || len(r.Questions) != 3 || len(r.Drawn) != 2 || len(r.Advice) != 4 || r.Second == "" {
		t.Errorf("the issue from listing to eased has %d acts, %d questions, %d places drawn, %d proposals", len(i.Acts),
			len(r.Questions), len(r.Drawn), len(r.Advice))
	}
	onTheWall(t, tx)
	membersOnTheWall(t, tx)
	if again := issue.Draw(r.Sites, r.Seed, 2); len(again) != 2 || again[0] != r.Drawn[0] || again[1] != r.Drawn[1] {
		t.Errorf("the seed draws %v, the issue says %v", again, r.Drawn)
	}
	found, err := issue.Verify(tx, "")
	must(t, err)
	more, err := request.Verify(tx, "")
	must(t, err)
	more = slices.DeleteFunc(more, func(f journal.Finding) bool { // there is no key here to hold signatures against
		return f.Table == "answer_signatures"
	})
	if found = append(found, more...); len(found) > 0 {
		t.Errorf("issues or answers do not fit the journal: %+v", found)
	}
}

// onTheWall: the office's wall shows the two issues that are listed and not over, each with its figure beside the
// target; a bureau that has no part in them sees none.
func onTheWall(t *testing.T, tx *db.Tx) {
	t.Helper()
	for login, want := range map[string]string{"office": "90.7 of 96, due 2024-06-13; 40.4 of 44, due 2023-08-16; 87.7 of 84.5, due ; ",
		"sport-liaison": ""} {
		a, err := account.ByLogin(tx, login)
		must(t, err)
		by, err := account.UserOf(tx, a.PersonID)
		must(t, err)
		wall, err := issue.Wall(tx, by, 4)
		must(t, err)
		said := ""
		for _, i := range wall {
			for _, l := range i.Lines {
				said += l.Value + " of " + l.Target + ", due " + i.DueOn + "; "
			}
		}
		if said != want {
			t.Errorf("the wall of %s shows %q, want %q", login, said, want)
		}
	}
}

// membersOnTheWall: each of the twelve members is one tile below one domain of the plans, with what it lacks; the areas
// that the last round of visits reached say so.
func membersOnTheWall(t *testing.T, tx *db.Tx) {
	t.Helper()
	a, err := account.ByLogin(tx, "office")
	must(t, err)
	by, err := account.UserOf(tx, a.PersonID)
	must(t, err)
	s, err := home.ReadScreen(tx, by)
	must(t, err)
	work, err := matter.OpenAbout(tx, by)
	must(t, err)
	open, late := 0, 0
	for _, w := range work {
		open, late = open+w.Open, late+w.Late
	}
	if open != 12 || late != 2 {
		t.Errorf("what is followed up of goals and indicators counts %d items, %d late; want 12 and 2", open, late)
	}
	tiles, vacant, untrained, visited := 0, "", 0, 0
	for _, d := range s.Domains {
		for _, m := range d.Members {
			if tiles++; m.Vacant {
				vacant += d.Names[0].ZH + " " + m.Name
			}
			untrained += m.Untrained
		}
	}
	for _, area := range s.Areas {
		if area.Visited {
			visited++
		}
	}
	if tiles != 12 || vacant != "妇女与环境 示范市文化局" || untrained != 3 || visited != 4 {
		t.Errorf("the wall shows %d members, without a liaison %q, %d not trained, %d areas visited; want 12, the culture "+
			"bureau below its domain, 3 and 4", tiles, vacant, untrained, visited)
	}
}
