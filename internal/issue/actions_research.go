package issue

// A joint research into an issue: begun, reported, and assessed by another unit than the one that wrote it.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/request"
)

// StartResearch starts a joint research, with sites drawn by a seed that stays shown.
func StartResearch(tx *db.Tx, by auth.User, id string, version int64, r Research, draw int) (Issue, error) {
	return do(tx, by, id, version, VerbResearch, func(i *Issue) (map[string]string, error) {
		wrong := errs.Fields{}
		r.Title, r.Methods = strings.TrimSpace(r.Title), strings.TrimSpace(r.Methods)
		if r.Title == "" || longer(r.Title, maxTitle) {
			wrong.Say("title", "请写题目，最多%d个字。", maxTitle)
		}
		if len(r.Questions) == 0 || len(r.Questions) > maxMany {
			wrong.Say("questions", "请写要弄清的问题，一行一个，至少一个。")
		}
		if !i.Sits(r.Head) {
			wrong.Say("head", "请从参与这个问题的单位里选组长。")
		}
		for _, one := range r.Others {
			if len(r.Others) > maxMany || longer(one, maxTitle) {
				wrong.Say("others", "专家和研究基地一行一个，最多%d个，每个最多%d个字。", maxMany, maxTitle)
				break
			}
		}
		for _, unit := range r.Team {
			if !i.Sits(unit) {
				wrong.Say("team", "组员要是参与这个问题的单位，“%s”不是。", unit)
			}
		}
		most := maxSites
		if r.Register != "" {
			most += maxPlaces
		}
		if len(r.Sites) > most || len(r.Records) > maxPlaces {
			wrong.Say("sites", "候选点位最多%d个。", most)
		}
		if draw < 0 || draw > len(r.Sites) {
			wrong.Say("draw", "抽取的点位不能多于候选点位（%d个）。", len(r.Sites))
		}
		if err := wrong.Check("没有开展：请先改正标出的地方。"); err != nil {
			return nil, err
		}
		slices.Sort(r.Sites)
		r.Sites = slices.Compact(r.Sites)
		if draw > 0 {
			r.Seed = db.NewID()
			r.Drawn = Draw(r.Sites, r.Seed, draw)
		}
		r.Causes, r.Advice, r.Report = []string{}, []Advice{}, ""
		i.Researches = append(i.Researches, r)
		i.act(Act{Kind: Study, On: tx.Today(), Text: r.Title, By: by.Name})
		return map[string]string{"seed": r.Seed}, nil
	})
}

// research is the one of a place, counted from 0.
func (i *Issue) research(n int) (*Research, error) {
	if n < 0 || n >= len(i.Researches) {
		return nil, errs.Missingf("没有这项联合调研。")
	}
	return &i.Researches[n], nil
}

// ReportResearch hands the report of a research in: causes, and proposals each with whom it is to.
func ReportResearch(tx *db.Tx, by auth.User, id string, version int64, n int, report string, found []Cause,
	advice []Advice, figures ...request.Figure) (Issue, error) {
	return do(tx, by, id, version, VerbReport, func(i *Issue) (map[string]string, error) {
		r, err := i.research(n)
		if err != nil {
			return nil, err
		}
		if r.Second != "" {
			return nil, errs.Conflictf("报告已经评议过，不能再改。")
		}
		wrong := errs.Fields{}
		if report = strings.TrimSpace(report); report == "" || longer(report, maxText) {
			wrong.Say("report", "请写报告要点，最多%d个字。全文请作为材料附上。", maxText)
		}
		checkCauses(wrong, found)
		if figures, err = request.Resolve(tx, by, figures); errs.KindOf(err) == errs.Invalid {
			wrong["figures"] = errs.WordsOf(err)
		} else if err != nil {
			return nil, err
		}
		for k, a := range advice {
			if a.To == "" || !i.Sits(a.To) {
				wrong.Say("advice", "第%d条建议没有写明交给哪个参与单位。", k+1)
			}
			if a.Text == "" || longer(a.Text, maxAdvice) {
				wrong.Say("advice", "第%d条建议须写明内容，最多%d个字。", k+1, maxAdvice)
			}
			if word(adviceKinds, a.Kind) == "" {
				wrong.Say("advice", "第%d条建议没有选类别。", k+1)
			}
		}
		if err := wrong.Check("没有提交：请先改正标出的地方。"); err != nil {
			return nil, err
		}
		_, post := i.standing(by)
		r.found(found)
		r.Report, r.Advice, r.ReportedBy, r.Reporter, r.Figures = report, advice, by.Name, post, figures
		r.ReportedOn = tx.Today()
		return nil, nil
	})
}

// standing is a unit in which by has a part in the issue.
func (i Issue) standing(by auth.User) (found bool, unit string) {
	if post, ok := by.PostFor(i.Unit, auth.Office); ok {
		return true, post.Unit
	}
	for _, p := range by.Posts {
		if i.Sits(p.Unit) {
			return true, p.Unit
		}
	}
	return false, ""
}

// SecondResearch is what another unit than the report's says of it.
func SecondResearch(tx *db.Tx, by auth.User, id string, version int64, n int, words string) (Issue, error) {
	return do(tx, by, id, version, VerbSecond, func(i *Issue) (map[string]string, error) {
		r, err := i.research(n)
		if err != nil {
			return nil, err
		}
		_, unit := i.standing(by)
		if r.Report == "" || r.Second != "" {
			return nil, errs.Conflictf("这份报告不在等待评议。请刷新页面看看。")
		}
		if unit == r.Reporter {
			return nil, errs.Deniedf("报告是您的单位写的，须由另一个单位评议。")
		}
		if words = strings.TrimSpace(words); words == "" || longer(words, maxText) {
			return nil, errs.Fields{"assessment": {Key: "请写评议意见。"}}.Check("没有提交：请写评议意见。")
		}
		r.Second, r.SecondBy, r.SecondUnit, r.SecondOn = words, by.Name, unit, tx.Today()
		return nil, nil
	})
}
