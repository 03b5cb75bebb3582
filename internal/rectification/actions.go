package rectification

// What is done with a plan, each step by the state table: asked for, written, filed, accepted, returned, withdrawn.

import (
	"slices"
	"strings"
	"unicode/utf8"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/find"
	"yipanqi/internal/held"
	"yipanqi/internal/holiday"
	"yipanqi/internal/instruction"
	"yipanqi/internal/letter"
	"yipanqi/internal/matter"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

// Read returns a plan that by may see, without what stands in it where that is not filed.
func Read(tx *db.Tx, by auth.User, id string) (Plan, error) {
	p, err := Get(tx, id)
	if err == nil && !p.sees(by) {
		err = errs.Missingf("没有找到这份整改方案。它可能不存在，或者您没有查看权限。")
	}
	if err != nil {
		return Plan{}, err
	}
	return p.veiled(by), nil
}

// veiled is the plan without a draft that is not the reader's.
func (p Plan) veiled(by auth.User) Plan {
	if !p.reads(by) {
		p.LedBy, p.Leader, p.Instruction, p.Body, p.Sessions, p.Lines = "", "", "", "", []Session{}, []Line{}
	}
	return p
}

// Asked is what the office asks for.
type Asked struct {
	Matter, Unit, Basis, DueOn string
}

// Ask asks a unit for its plan for a matter; without a day, by that of the limit.
func Ask(tx *db.Tx, by auth.User, a Asked) (Plan, error) {
	p := Plan{ID: db.NewID(), MatterID: a.Matter, Unit: a.Unit, Basis: a.Basis, DueOn: a.DueOn, AskedOn: tx.Today(),
		Sessions: []Session{}, Lines: []Line{}, Version: 1}
	m, err := matter.Read(tx, by, a.Matter)
	if err != nil {
		return p, err
	}
	p.Office = m.Office
	if _, _, err := life.Take(VerbAsk, by, p.as(by)); err != nil {
		return p, err
	}
	if m.State != matter.Raised {
		return p, errs.Conflictf("只有在办的督办事项可以要求报送整改方案。")
	}
	if err := p.asked(tx, by, m); err != nil {
		return p, err
	}
	p.State, p.UpdatedBy, p.UpdatedAt = Owed, by.Name, tx.Now
	if err := insert(tx, p); err != nil {
		return p, err
	}
	if err := p.findable(tx, m); err != nil {
		return p, err
	}
	return p, held.Log(tx, by, VerbAsk, p.Object(), nil, p.row(), nil)
}

// asked refuses a unit that owes nothing of the matter or has a plan for it already, a day that is over, and a basis
// that is none.
func (p *Plan) asked(tx *db.Tx, by auth.User, m matter.Matter) error {
	wrong := errs.Fields{}
	owes := func(i matter.Item) bool {
		return i.Unit == p.Unit && i.State != matter.Withdrawn && i.State != matter.Merged
	}
	unit, err := network.UnitByCode(tx, p.Unit)
	switch {
	case p.Unit != m.Lead && !slices.ContainsFunc(m.Items, owes):
		wrong.Say("unit", "请选这件事项的牵头单位或承办单位。")
	case err != nil:
		return err
	case !unit.OpenOn(tx.Today()):
		wrong.Say("unit", "%s已于%s撤销，请改选承接它的单位。", unit.Name, unit.ClosesOn)
	default:
		area, err := network.AreaByID(tx, unit.AreaID)
		if err != nil {
			return err
		}
		p.AreaID, p.AreaPath = area.ID, area.Path
	}
	others, err := Of(tx, m.ID)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(others, func(o Plan) bool { return o.Unit == p.Unit && o.State != Withdrawn }) {
		wrong.Say("unit", "这个单位已经有这件事项的整改方案。")
	}
	if p.DueOn == "" {
		if p.DueOn, err = holiday.By(tx, tx.Today(), life.Limit(limitDue)); err != nil {
			return err
		}
	}
	if !calendar.IsDay(p.DueOn) || p.DueOn < tx.Today() {
		wrong.Say("due", "期限要写成 2024-03-15，在今天以后。")
	}
	if known, err := bases(tx, m); err != nil {
		return err
	} else if p.Basis != "" && !slices.ContainsFunc(known, func(r ref) bool { return r.object == p.Basis }) {
		wrong.Say("basis", "请从这件事项的来源和发文里选依据。")
	}
	return wrong.Check("没有要求报送，请按提示修改。")
}

// ref is an object that a plan can name, and what it is called.
type ref struct {
	object string
	label  say.Words
}

// bases are what may stand behind the asking: letters about the matter, and its sources that the program holds.
func bases(tx *db.Tx, m matter.Matter) (all []ref, err error) {
	letters, err := letter.Of(tx, m.Object())
	for _, l := range letters {
		all = append(all, ref{l.Object(), say.New("%s %s", l.Number, l.Title)})
	}
	for _, s := range m.Sources {
		if s.Ref != "" && !slices.ContainsFunc(all, func(r ref) bool { return r.object == s.Ref }) {
			all = append(all, ref{s.Ref, say.New("%s %s", matter.KindWord(s.Kind), s.On)})
		}
	}
	return all, err
}

// words are the instructions that by may name as the leader's own: on the matter, or on what it comes from.
func words(tx *db.Tx, by auth.User, p Plan) (all []ref, err error) {
	m, err := matter.Get(tx, p.MatterID)
	if err != nil {
		return nil, err
	}
	add := func(i instruction.Instruction) {
		if i.WrittenOn != "" && !slices.ContainsFunc(all, func(r ref) bool { return r.object == i.Object() }) {
			all = append(all, ref{i.Object(), say.New("%s %s", i.Leader, i.WrittenOn)})
		}
	}
	about := []string{m.Object()}
	for _, s := range m.Sources {
		if id, is := strings.CutPrefix(s.Ref, "instruction/"); is {
			switch i, err := instruction.Read(tx, by, id); {
			case err == nil:
				add(i)
			case errs.KindOf(err) != errs.Missing:
				return nil, err
			}
		}
		about = append(about, s.Ref)
	}
	for _, i := range m.Items {
		about = append(about, i.Object())
	}
	for _, object := range append(about, p.Basis) {
		some, err := instruction.Of(tx, object)
		if err != nil {
			return nil, err
		}
		for _, i := range some {
			if _, err := instruction.Read(tx, by, i.ID); err == nil {
				add(i)
			}
		}
	}
	return all, nil
}

// Heads are those who may lead a plan: the leaders of its unit, and of the committee of its area.
func Heads(tx *db.Tx, p Plan) (all []network.Post, err error) {
	units, err := network.UnitsOf(tx, p.AreaID)
	if err != nil {
		return nil, err
	}
	for _, u := range units {
		staff, err := network.Staff(tx, u.Code, "")
		if err != nil {
			return nil, err
		}
		for _, post := range staff {
			if leads(auth.Post{Role: post.Role}) &&
				p.near(auth.Post{Unit: post.Unit, Role: post.Role, AreaPath: p.AreaPath}) {
				all = append(all, post)
			}
		}
	}
	return all, nil
}

// taking is a step that asks for nothing, ending one that asks for a reason.
type (
	taking func(tx *db.Tx, by auth.User, id string, version int64) (Plan, error)
	ending func(tx *db.Tx, by auth.User, id string, version int64, why string) (Plan, error)
)

// do takes a step: reads the plan, asks the state table, has change change it, writes and journals it.
func do(tx *db.Tx, by auth.User, id string, version int64, verb string,
	change func(*Plan) (map[string]string, error)) (Plan, error) {
	p, err := Get(tx, id)
	if err == nil && !p.sees(by) {
		_, err = Read(tx, by, id)
	}
	if err != nil {
		return p, err
	}
	st, _, err := life.Take(verb, by, p.as(by))
	if err != nil {
		return p, err
	}
	if version != p.Version {
		return p, errs.Conflictf("%s刚刚改过这份方案。请刷新页面，核对后再操作；您输入的内容仍在本页。", p.UpdatedBy)
	}
	before := p.row()
	detail, err := change(&p)
	if err != nil {
		return p, err
	}
	p.State, p.UpdatedBy, p.UpdatedAt = State(st.To), by.Name, tx.Now
	if err := update(tx, &p); err != nil {
		return p, err
	}
	return p.veiled(by), held.Log(tx, by, verb, p.Object(), before, p.row(), detail)
}

// Draft keeps what the unit wrote, whole or not.
func Draft(tx *db.Tx, by auth.User, id string, version int64, c Content) (Plan, error) {
	return do(tx, by, id, version, VerbDraft, func(p *Plan) (map[string]string, error) {
		c.trim()
		if err := c.check(tx.Today()); err != nil {
			return nil, err
		}
		m, err := matter.Get(tx, p.MatterID)
		if err != nil {
			return nil, err
		}
		if err := m.Fits(tx, p.Unit, c.Lines); err != nil {
			return nil, err
		}
		if err := p.led(tx, c.LedBy); err != nil {
			return nil, err
		}
		known, err := words(tx, by, *p)
		if err != nil {
			return nil, err
		}
		if c.Instruction != "" && c.Instruction != p.Instruction &&
			!slices.ContainsFunc(known, func(r ref) bool { return r.object == c.Instruction }) {
			return nil, wrongly("instruction", "没有这件批示，请从列表里选。")
		}
		p.Instruction, p.Sessions, p.Lines, p.Body = c.Instruction, c.Sessions, c.Lines, c.Body
		return nil, nil
	})
}

// led names who leads the plan.
func (p *Plan) led(tx *db.Tx, post string) error {
	p.LedBy, p.LeaderID, p.Leader = "", "", ""
	if post == "" {
		return nil
	}
	heads, err := Heads(tx, *p)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(heads, func(h network.Post) bool { return h.ID == post })
	if at < 0 {
		return wrongly("led_by", "组长要是本单位或本区妇儿工委在岗的负责人。")
	}
	p.LedBy, p.LeaderID, p.Leader = post, heads[at].PersonID, heads[at].Person
	return nil
}

// File sends the plan to the office: whoever leads it does.
func File(tx *db.Tx, by auth.User, id string, version int64) (Plan, error) {
	return do(tx, by, id, version, VerbFile, func(p *Plan) (map[string]string, error) {
		if err := p.whole(); err != nil {
			return nil, err
		}
		m, err := matter.Get(tx, p.MatterID)
		if err != nil {
			return nil, err
		}
		p.FilerID, p.Reason = by.ID, ""
		if p.FiledOn == "" {
			p.FiledOn = tx.Today()
		}
		return nil, m.Fits(tx, p.Unit, p.Lines)
	})
}

// Accept writes the plan on the matter's items.
func Accept(tx *db.Tx, by auth.User, id string, version int64) (Plan, error) {
	return do(tx, by, id, version, VerbAccept, func(p *Plan) (map[string]string, error) {
		p.AcceptedOn, p.Reason = tx.Today(), ""
		_, err := matter.Adopt(tx, by, p.MatterID, p.Unit, p.Object(), p.Lines)
		return nil, err
	})
}

// Return gives a filed plan back, to be filed anew. The day of the first filing stands.
func Return(tx *db.Tx, by auth.User, id string, version int64, why string) (Plan, error) {
	return ended(tx, by, id, version, VerbReturn, why)
}

// Withdraw takes the asking back.
func Withdraw(tx *db.Tx, by auth.User, id string, version int64, why string) (Plan, error) {
	p, err := ended(tx, by, id, version, VerbWithdraw, why)
	if err != nil {
		return p, err
	}
	return p, find.Drop(tx, p.Object())
}

func ended(tx *db.Tx, by auth.User, id string, version int64, verb, why string) (Plan, error) {
	return do(tx, by, id, version, verb, func(p *Plan) (map[string]string, error) {
		p.Reason = strings.TrimSpace(why)
		if n := utf8.RuneCountInString(p.Reason); n == 0 || n > 600 {
			return nil, wrongly("reason", "请写明原因，600字以内。")
		}
		return map[string]string{"reason": p.Reason}, nil
	})
}

// wrongly refuses one field.
func wrongly(name string, key say.Key) error {
	return errs.Fields{name: {Key: key}}.Check("方案没有保存，请按提示修改。")
}

// findable puts it where the search finds it.
func (p Plan) findable(tx *db.Tx, m matter.Matter) error {
	return find.Put(tx, find.Doc{Object: p.Object(), Title: m.Title, Note: "整改方案", NoteEN: "Rectification plan",
		Scope: find.Scope{Unit: p.Unit, Path: p.AreaPath}})
}
