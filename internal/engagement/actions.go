package engagement

// What is done with an engagement: registered, its scope set, begun once the undertaking is there and the interests are
// clear, ended early or by its last day.

import (
	"slices"
	"strings"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/flow"
	"yipanqi/internal/held"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/setting"
)

// Registered is a new engagement. Same is a person who is known already, Another says that a namesake is not meant.
type Registered struct {
	Engagement
	Same    string
	Another bool
}

// Invite registers somebody; they see nothing before it is begun.
func Invite(tx *db.Tx, by auth.User, in Registered, h House) (Engagement, error) {
	e := in.Engagement
	e.ID, e.State, e.Version, e.UpdatedBy, e.UpdatedAt = db.NewID(), Invited, 1, by.Name, tx.Now
	at := slices.IndexFunc(by.Posts, func(p auth.Post) bool {
		return p.Role == auth.Office && (e.Office == "" || e.Office == p.Unit)
	})
	if at < 0 {
		return e, errs.Deniedf("受聘须由妇儿工委办登记。")
	}
	e.Office, e.AreaPath = by.Posts[at].Unit, by.Posts[at].AreaPath
	if _, _, err := life.Take(VerbInvite, by, Engagement{Office: e.Office}.as(by)); err != nil {
		return e, err
	}
	if e.About != "" {
		if err := h.Adds(tx, by, e.About); err != nil {
			return e, errs.In("about", err)
		}
	}
	if err := e.fits(tx, by, h); err != nil {
		return e, err
	}
	if err := e.whose(tx, in); err != nil {
		return e, err
	}
	if err := insert(tx, e); err != nil {
		return e, err
	}
	return e, held.Log(tx, by, VerbInvite, e.Object(), nil, e.row(), nil)
}

// whose finds the person, or makes one.
func (e *Engagement) whose(tx *db.Tx, in Registered) error {
	name := strings.TrimSpace(in.Person)
	if name == "" && in.Same != "" {
		engaged, err := before(tx, e.Office)
		if err != nil {
			return err
		}
		for _, p := range engaged {
			if p.ID == in.Same {
				name = p.Name
			}
		}
	}
	if name == "" || longer(name, maxName) {
		return errs.Fields{"name": {Key: "请写姓名，最多60个字。"}}.Check("没有保存：请先改正标出的地方。")
	}
	same, err := network.Namesakes(tx, name)
	if err != nil {
		return err
	}
	e.Person, e.PersonID = name, in.Same
	known := func(p network.Post) bool { return p.PersonID == in.Same }
	switch {
	case in.Same != "" && !slices.ContainsFunc(same, known):
		return errs.Fields{"name": {Key: "没有这个人，请从列表里选。"}}.Check("没有保存：请先改正标出的地方。")
	case in.Same != "":
		return account.Apart(tx, network.Post{PersonID: in.Same, Role: auth.Outsider, OpensOn: e.OpensOn,
			ClosesOn: calendar.DayAfter(e.ClosesOn)})
	case len(same) > 0 && !in.Another:
		return errs.Fields{"another": {Key: "已有同名的人。以前受聘过的，请从列表里选；是另一个人，请选“是”。"}}.
			Check("没有保存：请先改正标出的地方。")
	}
	sample, err := setting.IsSample(tx)
	if err != nil {
		return err
	}
	p, err := network.AddPerson(tx, network.Person{Name: name, NameEN: name, Sample: sample})
	e.PersonID = p.ID
	return err
}

// fits refuses a scope that by may not give, and interests that meet it.
func (e *Engagement) fits(tx *db.Tx, by auth.User, h House) error {
	e.Areas, e.Documents, e.Indicators = clean(e.Areas), clean(e.Documents), clean(e.Indicators)
	if e.Interests == nil {
		e.Interests = []Interest{}
	}
	if err := e.check(tx.Today()); err != nil {
		return err
	}
	areas, err := e.within(tx)
	if err != nil {
		return err
	}
	if err := e.known(tx, by, h); err != nil {
		return err
	}
	if err := e.contracted(tx); err != nil {
		return err
	}
	for n := range e.Interests {
		i := &e.Interests[n]
		unit, at, known, err := meant(tx, i.Unit, e.AreaPath)
		if err != nil {
			return errs.In("interests", err)
		}
		if i.Kind == None || !known {
			continue
		}
		i.Unit = unit.Code // however it was written: what is compared later is the code
		if unit.Code == e.Office || slices.ContainsFunc(areas, func(a network.Area) bool { return at.Within(a) }) {
			return errs.Fields{"interests": say.New("第%d条利害关系与范围冲突：%s在受聘范围内。请缩小范围，或者另请他人。", n+1,
				unit.Name)}.Check("没有保存：利害关系与范围冲突。")
		}
	}
	return nil
}

// meant is the unit that somebody wrote by code or name, one in the office's area before others of that name; known is
// false for a body outside of the network.
func meant(tx *db.Tx, text, path string) (u network.Unit, at network.Area, known bool, err error) {
	all, err := network.Called(tx, text)
	if err != nil || len(all) == 0 {
		return u, at, false, err
	}
	var near []network.Unit
	for _, one := range all {
		a, err := network.AreaByID(tx, one.AreaID)
		if err != nil {
			return u, at, false, err
		}
		if strings.HasPrefix(a.Path, path) {
			near = append(near, one)
		}
	}
	if len(near) > 0 {
		all = near
	}
	if len(all) > 1 {
		return u, at, false, errs.Invalidf("有%d个单位叫“%s”。请写全称，或者写单位代码。", len(all), text)
	}
	at, err = network.AreaByID(tx, all[0].AreaID)
	return all[0], at, true, err
}

// within are the areas of the scope, each one below the office's own.
func (e Engagement) within(tx *db.Tx) (all []network.Area, err error) {
	for _, code := range e.Areas {
		a, err := network.NewestArea(tx, code)
		if err == nil && !strings.HasPrefix(a.Path, e.AreaPath) {
			err = unseen
		}
		if err != nil {
			return nil, errs.In("areas", err)
		}
		all = append(all, a)
	}
	return all, nil
}

// change takes a step: reads, asks the state table, has how change it, writes and journals.
func change(tx *db.Tx, by auth.User, id string, version int64, verb string, detail map[string]string,
	how func(*Engagement) error) (Engagement, error) {
	e, err := Read(tx, by, id)
	if err != nil {
		return e, err
	}
	st, _, err := life.Take(verb, by, e.as(by))
	if err != nil {
		return e, err
	}
	if version != e.Version {
		return e, errs.Conflictf("%s刚刚改过这项受聘。请刷新页面，核对后再操作；您输入的内容仍在本页。", e.UpdatedBy)
	}
	return e, e.move(tx, by, st, detail, how)
}

func (e *Engagement) move(tx *db.Tx, by auth.User, st flow.Step, detail map[string]string,
	how func(*Engagement) error) error {
	before := e.row()
	if how != nil {
		if err := how(e); err != nil {
			return err
		}
	}
	e.State, e.UpdatedBy, e.UpdatedAt = State(st.To), by.Name, tx.Now
	if err := update(tx, e); err != nil {
		return err
	}
	return held.Log(tx, by, st.Verb, e.Object(), before, e.row(), detail)
}

// Edit changes scope, interests and the letter; once it is begun its days stay.
func Edit(tx *db.Tx, by auth.User, now Engagement, h House) (Engagement, error) {
	return change(tx, by, now.ID, now.Version, VerbEdit, nil, func(e *Engagement) error {
		if e.State == Active && (now.OpensOn != e.OpensOn || now.ClosesOn != e.ClosesOn) {
			return errs.Fields{"closes_on": {Key: "已经启用，起止日期不能改。要提前结束请点“提前结束”；要延长请另行登记。"}}.
				Check("没有保存：请先改正标出的地方。")
		}
		e.OpensOn, e.ClosesOn, e.Areas, e.Documents = now.OpensOn, now.ClosesOn, now.Areas, now.Documents
		e.Indicators, e.Interests, e.Appointment = now.Indicators, now.Interests, now.Appointment
		return e.fits(tx, by, h)
	})
}

// Admit adds an object to the scope: a text that the person is asked to review.
func Admit(tx *db.Tx, by auth.User, id, object string) error {
	e, err := Read(tx, by, id)
	if err != nil || e.Names(object) {
		return err
	}
	_, err = change(tx, by, id, e.Version, VerbEdit, map[string]string{"document": object}, func(e *Engagement) error {
		e.Documents = append(e.Documents, object)
		return nil
	})
	return err
}

// Undertaken is the undertaking that the person signed, as it was laid down.
func (e Engagement) Undertaken(tx *db.Tx) (f evidence.File, there bool, err error) {
	files, err := evidence.Of(tx, e.Object())
	for _, one := range files {
		if one.Field == fieldUndertaking && one.Current() {
			f, there = one, true
		}
	}
	return f, there, err
}

// Start begins it: from its first day to its last the person has a post.
func Start(tx *db.Tx, by auth.User, id string, version int64, h House) (Engagement, error) {
	e, err := Read(tx, by, id)
	if err != nil {
		return e, err
	}
	paper, there, err := e.Undertaken(tx)
	if err != nil {
		return e, err
	}
	return change(tx, by, id, version, VerbStart, map[string]string{"undertaking": paper.Digest},
		func(e *Engagement) error {
			if !there {
				return errs.Conflictf("还没有承诺书。请先附上本人签字的承诺书扫描件，再启用。")
			}
			if len(e.Interests) == 0 {
				return errs.Conflictf("还没有利害声明。请先登记；没有利害关系的也要写明“没有”。")
			}
			if len(e.Areas)+len(e.Documents) == 0 {
				return errs.Conflictf("还没有范围。请先写明看哪些地区、哪些材料。")
			}
			if err := e.papersOfThird(tx); err != nil {
				return err
			}
			if err := e.fits(tx, by, h); err != nil {
				return err
			}
			post, err := account.Appoint(tx, by, network.Post{PersonID: e.PersonID, Unit: e.Office,
				Role: auth.Outsider, OpensOn: max(e.OpensOn, tx.Today()), ClosesOn: calendar.DayAfter(e.ClosesOn)})
			if err != nil {
				return err
			}
			e.Post, e.StartedOn = post.ID, tx.Today()
			return account.Reopen(tx, by, e.PersonID)
		})
}

func because(reason string) (map[string]string, string, error) {
	reason = strings.TrimSpace(reason)
	if reason == "" || longer(reason, maxText) {
		return nil, "", errs.Fields{"reason": {Key: "请写明原因，600字以内。"}}.Check("没有办理：请写明原因。")
	}
	return map[string]string{"reason": reason}, reason, nil
}

// Drop takes back one that was never begun.
func Drop(tx *db.Tx, by auth.User, id string, version int64, why string) (Engagement, error) {
	detail, reason, err := because(why)
	if err != nil {
		return Engagement{}, err
	}
	return change(tx, by, id, version, VerbDrop, detail, func(e *Engagement) error {
		e.Reason, e.EndedOn = reason, tx.Today()
		return nil
	})
}

// End ends it today, before its last day: from this moment on the person sees nothing of it.
func End(tx *db.Tx, by auth.User, id string, version int64, why string) (Engagement, error) {
	detail, reason, err := because(why)
	if err != nil {
		return Engagement{}, err
	}
	return change(tx, by, id, version, VerbEnd, detail, func(e *Engagement) error {
		e.Reason, e.EndedOn = reason, tx.Today()
		return account.Leave(tx, by, network.Post{ID: e.Post, PersonID: e.PersonID, Unit: e.Office,
			Role: auth.Outsider}, tx.Today())
	})
}

const lapsePiece = 100

// Lapse ends those whose last day is over and shuts the accounts of who holds no other. What was seen ended with the
// day itself.
func Lapse(tx *db.Tx) (n int, err error) {
	some, err := over(tx, tx.Today(), lapsePiece)
	if err != nil {
		return 0, err
	}
	st, _ := life.Step(string(Active), VerbLapse)
	for _, e := range some {
		if err := e.move(tx, journal.System, st, nil, func(e *Engagement) error {
			e.EndedOn = e.ClosesOn
			return account.Release(tx, journal.System, e.PersonID, tx.Today())
		}); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// Jot keeps a note of the person's own.
func Jot(tx *db.Tx, by auth.User, id, text string) (Note, error) {
	e, err := Mine(tx, by, id)
	if err != nil {
		return Note{}, err
	}
	if text = strings.TrimSpace(text); text == "" || longer(text, maxText) {
		return Note{}, errs.Fields{"text": {Key: "请写1到2000个字。"}}.Check("笔记没有写，或者太长。")
	}
	n := Note{ID: db.NewID(), Engagement: e.ID, Text: text, WrittenAt: tx.Now}
	if err := insertNote(tx, n); err != nil {
		return n, err
	}
	return n, held.Log(tx, by, VerbNote, "jotting/"+n.ID, nil, n.row(), nil)
}
