package evaluation

// The evaluation report on its way out: drafted once as a letter to the committee, and what still stands in its way.

import (
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/letter"
	"yipanqi/internal/network"
	"yipanqi/internal/opinion"
	"yipanqi/internal/say"
)

// DraftReport drafts the report as a letter of the office to its committee; there is one at a time.
func DraftReport(tx *db.Tx, by auth.User, id string) (l letter.Letter, err error) {
	r, err := Read(tx, by, id)
	if err != nil {
		return l, err
	}
	if _, _, err := life.Take(VerbReport, by, r.as(by)); err != nil {
		return l, err
	}
	if old, is, err := r.report(tx); err != nil {
		return l, err
	} else if is {
		return l, errs.Conflictf("评估报告已经起草（%s，%s）。要改请打开那一份；要重新起草，请先撤回它。", old.Title, old.State.Words())
	}
	// our proposal, which whoever drafts may change: it tells of areas and their figures
	l = letter.Letter{Kind: letter.KindReport, Title: r.Title + "报告", Disclosure: "on_request"}
	if l.Body, err = r.reportText(tx); err != nil {
		return l, err
	}
	office, err := network.UnitByCode(tx, r.Unit)
	if err != nil {
		return l, err
	}
	if office.Parent != "" {
		l.Main = []string{office.Parent}
	}
	return draftLetter(tx, by, r, l)
}

// hinders is what stands in the way of the report, each with the page where it is put right: remarks that must be
// answered, parts that nobody has written. Figures that lead to no value are told where the letter is checked.
func (r Round) hinders(tx *db.Tx) (all []Lack, err error) {
	const most = 40 // characters of what is quoted
	open, err := opinion.Blocking(tx, r.Object(), r.Unit)
	if err != nil {
		return nil, err
	}
	for _, o := range open {
		all = append(all, Lack{say.New("“必须修改”的意见还没有回应：%s", say.Cut(o.Reason, most)),
			"/opinions/" + o.TextID + "#o-" + o.ID})
	}
	l, is, err := r.report(tx)
	if err != nil || !is || l.State != letter.StateDraft {
		return all, err
	}
	part := ""
	for _, b := range letter.Blocks(l.Body) {
		if b.Level == 1 {
			part = b.Text
		}
		if strings.Contains(b.Text, ToWrite) {
			all = append(all, Lack{say.New("“%s”还没有写", part), l.URL() + "/edit"})
		}
	}
	return all, nil
}

// Blocks says why what goes out about a round has to wait: a part of its report that nobody has written.
func Blocks(tx *db.Tx, about, _ string) error {
	id, is := strings.CutPrefix(about, "round/")
	if !is {
		return nil
	}
	r, err := Get(tx, id)
	if err != nil {
		return err
	}
	l, is, err := r.report(tx)
	if err == nil && is && strings.Contains(l.Body, ToWrite) {
		err = errs.Conflictf("评估报告里还有没写的部分（“%s”），不能发出。请退回修改，写好或删去。", ToWrite)
	}
	return err
}
