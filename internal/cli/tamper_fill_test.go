package cli_test

// One row in each table that neither sample fills, made by the modules' own acts.

import (
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/app"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/form"
	"yipanqi/internal/indicator"
	"yipanqi/internal/issue"
	"yipanqi/internal/network"
	"yipanqi/internal/opinion"
	"yipanqi/internal/period"
	"yipanqi/internal/plan"
	"yipanqi/internal/record"
	"yipanqi/internal/request"
	"yipanqi/internal/sign"
)

// ask asks a unit for material and for a remark on a text, names an issue, and moves and renames what the network has.
func ask(t *testing.T, a *app.App, tx *db.Tx, office auth.User) {
	t.Helper()
	writer, key, _ := hire(t, a, tx, "BJ-MZJ", auth.Liaison)
	_, _, reviewer := hire(t, a, tx, "BJ-WCCO", auth.Leader)
	due := tx.Now.AddDate(0, 1, 0).Format("2006-01-02")
	r, err := request.Create(tx, office, request.Request{Kind: request.Material, Title: "总结材料（模拟）", DueOn: due,
		Reviewer: reviewer, SignRule: request.Two, Addressees: []string{"BJ-MZJ"},
		Questions: []request.Question{{Text: "一年来做了什么", Kind: request.Text}}})
	must(t, err)
	_, err = request.Send(tx, office, r.ID, r.Version)
	must(t, err)
	answers, err := request.Answers(tx, r.ID)
	must(t, err)
	answer, err := request.Receive(tx, writer, answers[0].ID)
	must(t, err)
	answer, err = request.Save(tx, writer, answer.ID, answer.Version, request.Content{"1": {Text: "一件事"}}, nil)
	must(t, err)
	_, err = request.Prepare(tx, writer, answer.ID, answer.Version, key)
	must(t, err)

	text, err := opinion.LayOpen(tx, office, opinion.Text{Title: "建设方案（模拟）", DueOn: due,
		Readers: []string{"BJ-MZJ"}}, "一、请民政局建设儿童之家。")
	must(t, err)
	editions, err := opinion.Editions(tx, text.ID)
	must(t, err)
	_, err = opinion.Write(tx, writer, opinion.Opinion{TextID: text.ID, Weight: opinion.Must, Kind: "content",
		Anchor: opinion.Anchor{Paragraph: editions[0].Paragraphs[0].ID, Quote: "儿童之家"}, Reason: "理由",
		Suggestion: "改法", ShownAs: "role"}, true)
	must(t, err)

	_, err = issue.Propose(tx, office, issue.Issue{Title: "一个问题（模拟）", Relief: "看得出", Why: []string{"money"},
		Lead: "BJ-MZJ", Supporting: []string{"BJ-WJW"}})
	must(t, err)
	supervise(t, a, tx, office)
	republish(t, tx, office)

	keeper, _, _ := hire(t, a, tx, "BJ-MZJ", auth.Statistician)
	_, err = record.Assign(tx, "publicity_item", "keeper", "department", []string{auth.Statistician})
	must(t, err)
	_, err = record.Create(tx, keeper, record.Draft{Register: "publicity_item",
		Given: map[string]string{"item_title": "一场宣传（模拟）"}})
	must(t, err)
	root, err := network.Root(tx)
	must(t, err)
	year, err := period.Parse("2017")
	must(t, err)
	_, err = record.Close(tx, office, "publicity_item", year, root)
	must(t, err)

	goals, err := plan.Goals(tx, "BJ-W13")
	must(t, err)
	_, err = plan.PutMeasure(tx, plan.Measure{Plan: "BJ-W13", Code: "m1", Domain: goals[0].Domain,
		Text: "一项措施（模拟）"})
	must(t, err)
	_, err = plan.PutMeasureUnit(tx, plan.MeasureUnit{Plan: "BJ-W13", Measure: "m1", Unit: "BJ-MZJ", Duty: plan.Lead})
	must(t, err)
	must(t, plan.Holds()[0].Move(tx, office, "BJ-W13/4.2", "BJ-WJW", "BJ-MZJ", ""))
	must(t, indicator.Holds()[0].Move(tx, office, "indicator/W-DEC-001", "BJ-MZJ", "BJ-WJW", ""))
	must(t, network.Renamed(tx, "BJ-SFJ", "北京市司法局（模拟更名）", "", "", tx.Today()))
}

// hire gives somebody new a post in a unit and a key.
func hire(t *testing.T, a *app.App, tx *db.Tx, unit, role string) (auth.User, account.Unlocked, string) {
	t.Helper()
	p, err := network.AddPerson(tx, network.Person{Name: unit + role})
	must(t, err)
	post, err := network.AddPost(tx, network.Post{PersonID: p.ID, Unit: unit, Role: role, OpensOn: "2018-01-01"})
	must(t, err)
	user, err := account.UserOf(tx, p.ID)
	must(t, err)
	key, err := sign.Generate()
	must(t, err)
	public, err := key.Public()
	must(t, err)
	made := account.Key{ID: db.NewID(), PersonID: p.ID, PublicKey: public, Locked: "-"}
	must(t, account.AddKey(tx, user, made, a.Secrets))
	return user, account.Unlocked{ID: made.ID, Private: key}, post.ID
}

// republish gives a form an edition that asks from a later period.
func republish(t *testing.T, tx *db.Tx, office auth.User) {
	t.Helper()
	f, err := form.ByCode(tx, "PME")
	must(t, err)
	f.Note = "从2031年起（模拟）"
	from, err := period.Parse("2031")
	must(t, err)
	_, err = form.Publish(tx, office, f, from)
	must(t, err)
}
