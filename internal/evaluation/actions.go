package evaluation

// What is done with a round, each step by the state table: drafted, approved, launched, led through its stages, closed.

import (
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/find"
	"yipanqi/internal/held"
	"yipanqi/internal/matter"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/plan"
	"yipanqi/internal/say"
)

var unseen = errs.Missingf("没有找到这轮评估。它可能不存在，或者您没有查看权限。")

// Read returns a round that by may see; any other is missing.
func Read(tx *db.Tx, by auth.User, id string) (Round, error) {
	r, err := Get(tx, id)
	if err == nil && !r.sees(by) {
		return Round{}, unseen
	}
	return r, err
}

// Create drafts a round for the office of by. Participants name units, or areas, whose offices answer for them.
func Create(tx *db.Tx, by auth.User, r Round) (Round, error) {
	if err := by.Check(VerbDraft); err != nil {
		return r, err
	}
	at := slices.IndexFunc(by.Posts, func(p auth.Post) bool {
		return p.Role == auth.Office && (r.Unit == "" || p.Unit == r.Unit)
	})
	if at < 0 {
		return r, errs.Deniedf("评估须由妇儿工委办组织。")
	}
	post := by.Posts[at]
	r.ID, r.Unit, r.AreaID, r.AreaPath, r.State = db.NewID(), post.Unit, post.AreaID, post.AreaPath, Draft
	r.Scheme, r.CreatedBy, r.CreatedAt, r.Version = r.Scheme.tidy(), by.ID, tx.Now, 1
	r.UpdatedBy, r.UpdatedAt = by.Name, tx.Now
	if err := r.known(tx); err != nil {
		return r, err
	}
	if err := r.only(tx); err != nil {
		return r, err
	}
	if err := insert(tx, r); err != nil {
		return r, err
	}
	if err := r.findable(tx); err != nil {
		return r, err
	}
	return r, held.Log(tx, by, VerbDraft, r.Object(), nil, r.row(), nil)
}

// only refuses a round that is being drafted already, sent again from a second tab.
func (r Round) only(tx *db.Tx) error {
	all, err := unfinished(tx)
	for _, o := range all {
		if o.State == Draft && o.Unit == r.Unit && o.Title == r.Title {
			return errs.Conflictf("“%s”已经在拟订。要改请打开那一轮，要另办一轮请换个名称。", r.Title)
		}
	}
	return err
}

// known refuses what is incomplete, and what there is not.
func (r *Round) known(tx *db.Tx) error {
	wrong := errs.Fields{}
	for _, look := range []func(*db.Tx, errs.Fields) error{r.answering, r.planned, r.heard, r.inTime} {
		if err := look(tx, wrong); err != nil {
			return err
		}
	}
	r.tidy()
	for _, err := range []error{r.check(), r.Scheme.check()} {
		if errs.KindOf(err) != errs.Invalid && err != nil {
			return err
		}
		for name, words := range errs.FieldsOf(err) {
			wrong[name] = words
		}
	}
	return wrong.Check("没有保存：请先改正标出的地方。")
}

// answering finds who answers for each participant, and refuses those that are not below the organiser or are closed.
func (r *Round) answering(tx *db.Tx, wrong errs.Fields) error {
	var all []Participant
	for _, p := range r.Participants {
		field := "units"
		if p.Area != "" {
			field = "areas"
			area, err := network.AreaByCode(tx, p.Area, "")
			if err == nil && (!strings.HasPrefix(area.Path, r.AreaPath) || area.Path == r.AreaPath) {
				err = errs.Missingf("没有这个地区。")
			}
			if errs.KindOf(err) == errs.Missing {
				wrong.Say(field, "没有地区“%s”。请从列表里选。", p.Area)
				continue
			}
			if err != nil {
				return err
			}
			if p.Unit, err = matter.OfficeOf(tx, area); errs.KindOf(err) == errs.Invalid {
				wrong.Say(field, "%s没有妇儿工委办，不能参加评估。请先在“组织”里设好。", area.Name)
				continue
			}
			p.Path = area.Path
			if err != nil {
				return err
			}
		} else if p.Unit == r.Unit {
			wrong.Say(field, "组织评估的办公室不能作参加单位：自评由它布置和审核，不能自己交给自己。")
			continue
		} else if why, err := r.reachable(tx, p.Unit); err != nil {
			return err
		} else if why.Key != "" {
			wrong[field] = why
			continue
		}
		if slices.ContainsFunc(all, func(o Participant) bool { return o.Unit == p.Unit }) {
			if p.Area == "" {
				continue
			}
			all = slices.DeleteFunc(all, func(o Participant) bool { return o.Unit == p.Unit })
		}
		all = append(all, p)
	}
	r.Participants = all
	return nil
}

// reachable says why a unit cannot be named in the round, empty if it can.
func (r Round) reachable(tx *db.Tx, code string) (why say.Words, err error) {
	unit, err := network.UnitByCode(tx, code)
	if errs.KindOf(err) == errs.Missing {
		return say.New("没有单位“%s”。请从列表里选。", code), nil
	}
	if err != nil {
		return why, err
	}
	area, err := network.AreaByID(tx, unit.AreaID)
	switch {
	case err != nil:
		return why, err
	case !strings.HasPrefix(area.Path, r.AreaPath):
		return say.New("没有单位“%s”。请从列表里选。", code), nil
	case unit.ClosesOn != "" && unit.ClosesOn <= tx.Today():
		return say.New("%s已于%s撤销，请改选承接它的单位。", unit.Name, unit.ClosesOn), nil
	case unit.OpensOn > tx.Today():
		return say.New("%s到%s才成立，不能参加。", unit.Name, unit.OpensOn), nil
	}
	return why, nil
}

// planned refuses plans that there are not, that are not the area's, or that the periods lie outside of.
func (r *Round) planned(tx *db.Tx, wrong errs.Fields) error {
	for _, code := range r.Plans {
		p, err := plan.ByCode(tx, code)
		if errs.KindOf(err) == errs.Missing {
			wrong.Say("plans", "没有代码为“%s”的规划。请从列表里选。", code)
			continue
		}
		if err != nil {
			return err
		}
		area, err := network.AreaByID(tx, p.AreaID)
		if err != nil {
			return err
		}
		if !strings.HasPrefix(r.AreaPath, area.Path) {
			wrong.Say("plans", "没有代码为“%s”的规划。请从列表里选。", code)
			continue
		}
		from, okFrom := year(r.From)
		until, okUntil := year(r.Until)
		if okFrom && okUntil && (from < p.Starts || until > p.Ends) {
			wrong.Say("from", "评估时段要在规划期内（%s：%d—%d年）。", p.Name, p.Starts, p.Ends)
		}
	}
	return nil
}

func year(text string) (int, bool) {
	p, err := period.Parse(text)
	return p.Year(), err == nil && p.Kind() == period.Year
}

// heard refuses units in the leading group and at the head of stages that there are not.
func (r *Round) heard(tx *db.Tx, wrong errs.Fields) error {
	check := func(field, code string) error {
		if code == "" {
			return nil
		}
		why, err := r.reachable(tx, code)
		if why.Key != "" {
			wrong[field] = why
		}
		return err
	}
	for _, s := range r.Leading {
		if err := check("leading", s.Unit); err != nil {
			return err
		}
	}
	for _, s := range r.Stages {
		if err := check("stages", s.Lead); err != nil {
			return err
		}
	}
	return nil
}

// inTime refuses a day of the figures before reports of the last period are due.
func (r *Round) inTime(tx *db.Tx, wrong errs.Fields) error {
	until, err := period.Parse(r.Until)
	if err != nil || !calendar.IsDay(r.CutoffOn) {
		return nil // said by check
	}
	n, last, err := dueAfter(tx, r.AreaPath, until.Int(), r.CutoffOn)
	if n > 0 {
		wrong.Say("cutoff", "%s年的报表还有%d份在这一天之后才到期（最晚%s）。请把数据截止日定在那以后。", r.Until, n, last)
	}
	return err
}

// do takes a step with a round: reads it, asks the state table, has change change it, writes and journals it.
func do(tx *db.Tx, by auth.User, id string, version int64, verb string,
	change func(*Round) (map[string]string, error)) (Round, error) {
	r, err := Read(tx, by, id)
	if err != nil {
		return r, err
	}
	st, _, err := life.Take(verb, by, r.as(by))
	if err != nil {
		return r, err
	}
	if r.Version != version {
		return r, errs.Conflictf("%s刚刚改过这轮评估。请刷新页面，看过之后再办。", r.UpdatedBy)
	}
	before := r.row()
	detail, err := change(&r)
	if err != nil {
		return r, err
	}
	r.State, r.UpdatedBy, r.UpdatedAt = State(st.To), by.Name, tx.Now
	if err := update(tx, &r); err != nil {
		return r, err
	}
	if err := r.findable(tx); err != nil {
		return r, err
	}
	return r, held.Log(tx, by, verb, r.Object(), before, r.row(), detail)
}

// Edit changes what a round is to be, before its scheme is approved. The scheme's own words are Write's.
func Edit(tx *db.Tx, by auth.User, now Round) (Round, error) {
	return do(tx, by, now.ID, now.Version, VerbEdit, func(r *Round) (map[string]string, error) {
		r.Title, r.Kind, r.Plans, r.From, r.Until, r.CutoffOn = now.Title, now.Kind, now.Plans, now.From, now.Until,
			now.CutoffOn
		r.Leading, r.Basis, r.InspectionPlan = now.Leading, now.Basis, now.InspectionPlan
		r.LegalNature, r.Participants, r.Stages = now.LegalNature, now.Participants, now.Stages
		return nil, r.known(tx)
	})
}

// Write changes the words of a scheme.
func Write(tx *db.Tx, by auth.User, id string, version int64, s Scheme) (Round, error) {
	return do(tx, by, id, version, VerbEdit, func(r *Round) (map[string]string, error) {
		r.Scheme = s.tidy()
		return map[string]string{"part": "scheme"}, s.check()
	})
}

// Approve puts a scheme in force, word for word as it was read: digest is that of what the leader has read.
func Approve(tx *db.Tx, by auth.User, id string, version int64, digest string) (Round, error) {
	var e Edition
	r, err := do(tx, by, id, version, VerbApprove, func(r *Round) (map[string]string, error) {
		text, err := r.Frozen(tx)
		if err != nil {
			return nil, err
		}
		if digest != text.Digest {
			return nil, errs.Conflictf("方案在您阅读之后有变化，没有审定。请刷新页面，重新阅读。")
		}
		r.Edition++
		r.Reason = ""
		e = Edition{ID: db.NewID(), RoundID: r.ID, Number: r.Edition, Frozen: text, ApprovedBy: by.Name,
			ApprovedAt: tx.Now}
		return map[string]string{"digest": text.Digest, "edition": strconv.FormatInt(r.Edition, 10)}, nil
	})
	if err != nil {
		return r, err
	}
	if err := insertEdition(tx, e); err != nil {
		return r, err
	}
	return r, held.Log(tx, by, VerbApprove, "scheme/"+e.ID, nil, e.row(), nil)
}

// Reopen takes an approved scheme back to be changed; it is approved anew as the next edition.
func Reopen(tx *db.Tx, by auth.User, id string, version int64, reason string) (Round, error) {
	return because(tx, by, id, version, VerbReopen, reason)
}

// Withdraw ends a round that was never launched.
func Withdraw(tx *db.Tx, by auth.User, id string, version int64, reason string) (Round, error) {
	return because(tx, by, id, version, VerbWithdraw, reason)
}

func because(tx *db.Tx, by auth.User, id string, version int64, verb, reason string) (Round, error) {
	return do(tx, by, id, version, verb, func(r *Round) (map[string]string, error) {
		var err error
		r.Reason, err = why(reason)
		return map[string]string{"reason": r.Reason}, err
	})
}

// why is a reason that says something.
func why(reason string) (string, error) {
	if reason = strings.TrimSpace(reason); reason == "" || longer(reason, maxText) {
		return "", errs.Fields{"reason": say.New("请写明原因，最多%d个字。", maxText)}.Check("没有办理：请写明原因。")
	}
	return reason, nil
}

// Launch begins a round. One that goes out to areas needs its number in the year's plan of inspections; without it the
// office is asked twice, and the scheme says so.
func Launch(tx *db.Tx, by auth.User, id string, version int64, inspectionPlan string, anyway bool) (Round, error) {
	return do(tx, by, id, version, VerbLaunch, func(r *Round) (map[string]string, error) {
		if inspectionPlan = strings.TrimSpace(inspectionPlan); inspectionPlan != "" {
			if longer(inspectionPlan, maxTitle) {
				return nil, errs.Fields{"inspection_plan": say.New("编号最多%d个字。", maxTitle)}.
					Check("没有启动：请先改正标出的地方。")
			}
			r.InspectionPlan = inspectionPlan
		}
		if r.visits() && r.InspectionPlan == "" && !anyway {
			return nil, errs.Fields{"inspection_plan": {Key: "这轮评估有督导阶段：请填年度督查检查考核计划的编号，" +
				"或一事一报的批准文件。确实没有的，请勾选“没有编号也启动”，方案上会注明。"}}.
				Check("没有启动：缺督查检查考核计划编号。")
		}
		r.Unplanned, r.LaunchedOn = r.visits() && r.InspectionPlan == "", tx.Today()
		return map[string]string{"inspection_plan": r.InspectionPlan}, nil
	})
}

// findable puts the round where those find it who see all of it; participants come to it by their own page.
func (r Round) findable(tx *db.Tx) error {
	if r.State == Withdrawn {
		return find.Drop(tx, r.Object())
	}
	return find.Put(tx, find.Doc{Object: r.Object(), Title: r.Title, Note: r.From + "—" + r.Until,
		Scope: find.Scope{Unit: r.Unit, Path: r.AreaPath}})
}

// endStep is a step that needs a reason.
type endStep func(tx *db.Tx, by auth.User, id string, version int64, reason string) (Round, error)
