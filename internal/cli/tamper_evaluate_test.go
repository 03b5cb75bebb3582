package cli_test

// What the tampered city has of evaluation rounds.

import (
	"testing"

	"yipanqi/internal/app"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/evaluation"
)

// evaluate drafts a round, writes its scheme and has it approved.
func evaluate(t *testing.T, a *app.App, tx *db.Tx, office auth.User) {
	t.Helper()
	r, err := evaluation.Create(tx, office, evaluation.Round{Title: "年度评估（模拟）", Kind: "annual",
		Plans: []string{"BJ-W13"}, From: "2017", Until: "2017", CutoffOn: tx.Today(), Basis: "规划（模拟）",
		LegalNature: "plan_supervision", Participants: []evaluation.Participant{{Unit: "BJ-MZJ"}},
		Stages: []evaluation.Stage{{Kind: evaluation.Self, From: "2018-05-01", Until: "2018-05-31"}},
		Scheme: evaluation.Scheme{"purpose": "目的（模拟）", "principles": "原则（模拟）", "contents": "内容（模拟）",
			"methods": "方法（模拟）", "demands": "要求（模拟）", "outline": "提纲（模拟）"}})
	must(t, err)
	chief, _, _ := hire(t, a, tx, "BJ-WCC", auth.CommitteeChief)
	text, err := r.Frozen()
	must(t, err)
	_, err = evaluation.Approve(tx, chief, r.ID, r.Version, text.Digest)
	must(t, err)
}
