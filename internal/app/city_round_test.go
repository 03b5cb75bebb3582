package app_test

// What the districts of city_test.go have of evaluation rounds.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/evaluation"
)

// evaluate has the district's office run a round.
func (c *twoDistricts) evaluate(tx *db.Tx, d *district) {
	drafted, err := evaluation.Create(tx, d.staff[auth.Office], evaluation.Round{Title: d.area.Name + "年度评估",
		Kind: "annual", Plans: []string{d.objects["plan"]}, From: "2017", Until: "2017", CutoffOn: "2018-06-30",
		Basis: "规划", LegalNature: "plan_supervision",
		Participants: []evaluation.Participant{{Unit: d.objects["unit"]}},
		Stages:       []evaluation.Stage{{Kind: evaluation.Self, From: "2018-05-01", Until: "2018-05-31"}},
		Scheme: evaluation.Scheme{"purpose": "目的", "principles": "原则", "contents": "内容", "methods": "方法",
			"demands": "要求", "outline": "提纲"}})
	c.must(err)
	text, err := drafted.Frozen(tx)
	c.must(err)
	drafted, err = evaluation.Approve(tx, d.staff[auth.CommitteeChief], drafted.ID, drafted.Version, text.Digest)
	c.must(err)
	drafted, err = evaluation.Launch(tx, d.staff[auth.Office], drafted.ID, drafted.Version, "", false)
	c.must(err)
	d.objects["round"] = drafted.ID
	asked, err := evaluation.Recommend(tx, d.staff[auth.Office], drafted.ID, evaluation.Recommendation{
		Text: d.area.Name + "的建议", Findings: []string{d.area.Name + "的问题"}, Unit: d.objects["unit"],
		What: d.area.Name + "的做法", DueOn: tx.Today(), DiscussedOn: tx.Today()})
	c.must(err)
	d.objects["recommendation"] = asked.ID
}
