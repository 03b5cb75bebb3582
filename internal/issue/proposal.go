package issue

// What units bring forward in their answers to a call for issues: a request of kind issue_call, whose first four
// questions are the question, what was tried, what is disputed, and what is to be decided.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/request"
)

// proposal is the one that an answer makes, as it was submitted.
func proposal(tx *db.Tx, by auth.User, answer string) (p Proposal, err error) {
	r, a, err := request.ReadAnswer(tx, by, answer)
	if err != nil {
		return p, err
	}
	if r.Kind != request.IssueCall || !a.State.Done() {
		return p, errs.Conflictf("这份答复不是已提交的议题，不能据此提出。")
	}
	versions, err := request.VersionsOf(tx, a.ID)
	if err != nil || len(versions) == 0 {
		return p, err
	}
	said, err := versions[len(versions)-1].Content()
	p = Proposal{Unit: a.Unit, Ref: a.Object(), Question: said["1"].Text, Tried: said["2"].Text,
		Disagreement: said["3"].Text, ToDecide: said["4"].Text}
	return p, err
}
