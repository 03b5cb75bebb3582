package instruction

// What people do with an instruction: the office lays something before a leader, the leader writes, or the office
// writes down what stands on paper; the office reports, the leader has nothing to add or writes again.

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/find"
	"yipanqi/internal/journal"
	"yipanqi/internal/matter"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

// Written is what a leader writes, or wrote on paper. What is not said is taken from where it hangs together: the day
// is today, the leader is by.
type Written struct {
	Leader   string // id of the person, for the office
	On       string
	Text     string
	About    string // object
	Title    string // of it, or of the paper that came in
	Kind     Kind
	Units    []string
	DueOn    string
	Paper    string // on behalf: where the paper is
	Proposal string // of what the office lays before the leader
}

// Submit lays something before a leader, with what the office proposes.
func Submit(tx *db.Tx, by auth.User, w Written) (Instruction, error) {
	return begin(tx, by, VerbSubmit, w, Instruction{State: StateAwaited, Entered: Self})
}

// Write writes an instruction: a leader the own, the office one that stands on paper.
func Write(tx *db.Tx, by auth.User, w Written) (Instruction, error) {
	i := Instruction{Entered: Self}
	if _, own := leads(by); !own {
		i.Entered = OnBehalf
	}
	return begin(tx, by, VerbWrite, w, i)
}

// leads is the post in which by leads a committee.
func leads(by auth.User) (auth.Post, bool) {
	for _, p := range by.Posts {
		if p.Role == auth.CommitteeChief {
			return p, true
		}
	}
	return auth.Post{}, false
}

func begin(tx *db.Tx, by auth.User, verb string, w Written, i Instruction) (Instruction, error) {
	if err := by.Check(verb); err != nil {
		return i, err
	}
	if err := i.place(tx, by, w.Leader); err != nil {
		return i, err
	}
	i.About, i.Title, i.Proposal = w.About, w.Title, w.Proposal
	i.take(tx, w)
	if i.State != StateAwaited {
		i.State = acted(w.Kind)
	}
	if err := i.clean(tx); err != nil {
		return i, err
	}
	step, post, err := life.Take(verb, by, scene{Instruction: begun(i)}.as(by))
	if err != nil {
		return i, err
	}
	i.ID, i.Entries, i.Version, i.CreatedAt = db.NewID(), 1, 1, tx.Now
	i.UpdatedBy, i.UpdatedAt = by.Name, tx.Now
	if err := insert(tx, i); err != nil {
		return i, err
	}
	if err := i.findable(tx); err != nil {
		return i, err
	}
	digest, err := i.digest()
	if err != nil {
		return i, err
	}
	return i, journal.Log(tx, by, step.Verb, i.Object(), map[string]string{"digest": digest, "state": string(i.State),
		"unit": post.Unit, "committee": i.Unit, "area": i.AreaPath, "office": i.Office, "leader": i.Leader,
		"units": strings.Join(i.Units, " ")})
}

// begun is the instruction before it exists, for the table.
func begun(i Instruction) Instruction {
	i.State = ""
	return i
}

// acted is the state that words of a kind lead to.
func acted(k Kind) State {
	if k.Asks() {
		return StateRunning
	}
	return StateFiled
}

// take puts what was written into the instruction; nothing of it if it is only laid before the leader.
func (i *Instruction) take(tx *db.Tx, w Written) {
	if i.State == StateAwaited && w.Kind == "" {
		return
	}
	i.WrittenOn, i.Text, i.Kind, i.Units, i.DueOn, i.Paper = w.On, w.Text, w.Kind, w.Units, w.DueOn, w.Paper
	if i.WrittenOn == "" {
		i.WrittenOn = tx.Today()
	}
}

// place finds the committee, its office and the leader: by, or whom the office names.
func (i *Instruction) place(tx *db.Tx, by auth.User, leader string) error {
	if post, ok := leads(by); ok && (leader == "" || leader == by.ID) {
		i.Unit, i.AreaPath, i.LeaderID, i.Leader = post.Unit, post.AreaPath, by.ID, by.Name
	} else {
		all, err := Leaders(tx, by)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(all, func(p network.Post) bool { return p.PersonID == leader })
		if at < 0 {
			return wrong("leader", "请选批示的领导：本级妇儿工委的主任或副主任。")
		}
		unit, err := network.UnitByCode(tx, all[at].Unit)
		if err != nil {
			return err
		}
		area, err := network.AreaByID(tx, unit.AreaID)
		if err != nil {
			return err
		}
		i.Unit, i.AreaPath, i.LeaderID, i.Leader = unit.Code, area.Path, leader, all[at].Person
	}
	office, err := officeOf(tx, i.Unit)
	i.Office = office
	return err
}

// officeOf is the office that serves a committee: the unit below it, or in its area, where the office's posts are.
func officeOf(tx *db.Tx, committee string) (string, error) {
	unit, err := network.UnitByCode(tx, committee)
	if err != nil {
		return "", err
	}
	all, err := network.UnitsOf(tx, unit.AreaID)
	if err != nil {
		return "", err
	}
	slices.SortStableFunc(all, func(a, b network.Unit) int { return below(committee, b) - below(committee, a) })
	for _, u := range all {
		staff, err := network.Staff(tx, u.Code, "")
		if err != nil {
			return "", err
		}
		if slices.ContainsFunc(staff, func(p network.Post) bool { return p.Role == auth.Office }) {
			return u.Code, nil
		}
	}
	return "", errs.Conflictf("%s还没有办公室在岗人员，批示没有人承办。请先由系统管理员增加岗位。", unit.Name)
}

func below(committee string, u network.Unit) int {
	if u.Parent == committee {
		return 1
	}
	return 0
}

// Leaders are the leaders of the committee that by's office serves, of every office of by.
func Leaders(tx *db.Tx, by auth.User) (all []network.Post, err error) {
	for _, p := range by.Posts {
		if p.Role != auth.Office {
			continue
		}
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
				if post.Role == auth.CommitteeChief {
					all = append(all, post)
				}
			}
		}
	}
	return all, nil
}

// Read returns an instruction that by may see; any other is missing: the committee's own people, and the units that it
// gives work to.
func Read(tx *db.Tx, by auth.User, id string) (Instruction, error) {
	i, err := Get(tx, id)
	if err == nil && !i.seen(by) {
		err = errs.Missingf("没有找到这件批示。它可能不存在，或者您没有查看权限。")
	}
	if err != nil {
		return Instruction{}, err
	}
	return i, nil
}

// seen: what lies before a leader the units do not see; what was written they do, if it names them.
func (i Instruction) seen(by auth.User) bool {
	if by.Sees(i.Unit, i.AreaPath) && by.Can(VerbRead) {
		return true
	}
	return i.WrittenOn != "" && slices.ContainsFunc(by.Posts, func(p auth.Post) bool {
		return slices.Contains(i.Units, p.Unit)
	})
}

// staged reads what the flow asks beyond the instruction.
func staged(tx *db.Tx, i Instruction) (s scene, err error) {
	s.Instruction = i
	posts, err := network.PostsOf(tx, i.LeaderID, "")
	if err != nil {
		return s, err
	}
	s.gone = !slices.ContainsFunc(posts, func(p network.Post) bool {
		return p.Unit == i.Unit && p.Role == auth.CommitteeChief
	})
	from, err := matter.BySource(tx, i.Object())
	for _, m := range from {
		if closed, of := m.Counted(); closed < of && m.State != matter.Withdrawn && m.State != matter.Merged {
			s.open = append(s.open, m.Called())
		}
	}
	return s, err
}

// act takes a step: change writes into the instruction and returns what the journal is to know.
func act(tx *db.Tx, by auth.User, id, verb string, version int64,
	change func(*Instruction) (map[string]string, error)) (Instruction, error) {
	i, err := Read(tx, by, id)
	if err != nil {
		return i, err
	}
	s, err := staged(tx, i)
	if err != nil {
		return i, err
	}
	if verb == VerbWrite {
		if post, ok := by.PostFor(s.Office, auth.Office); ok && by.ID != s.LeaderID && post.Unit != "" {
			s.Entered = OnBehalf // the office may write down what the leader wrote on the paper
		}
	}
	step, post, err := life.Take(verb, by, s.as(by))
	if err != nil {
		return i, err
	}
	if version != 0 && version != i.Version {
		return i, errs.Conflictf("这件批示刚刚被%s办理过。请刷新页面，核对后再操作；您输入的内容仍在本页。", i.UpdatedBy)
	}
	i.Entered = s.Entered
	i.State = State(step.To)
	detail, err := change(&i)
	if err != nil {
		return i, err
	}
	detail["unit"] = post.Unit
	if lacks := step.Lacks(detail); len(lacks) > 0 {
		return i, fmt.Errorf("%s without %v", verb, lacks)
	}
	i.UpdatedBy, i.UpdatedAt = by.Name, tx.Now
	i.Entries++
	if err := update(tx, &i); err != nil {
		return i, err
	}
	return i, journal.Log(tx, by, verb, i.Object(), detail)
}

// Answer is Write on what was laid before the leader.
func Answer(tx *db.Tx, by auth.User, id string, version int64, w Written) (Instruction, error) {
	return act(tx, by, id, VerbWrite, version, func(i *Instruction) (map[string]string, error) {
		i.take(tx, w)
		i.State = acted(w.Kind)
		if err := i.clean(tx); err != nil {
			return nil, err
		}
		if err := putUnits(tx, *i); err != nil {
			return nil, err
		}
		digest, err := i.digest()
		return map[string]string{"digest": digest, "state": string(i.State), "units": strings.Join(i.Units, " ")}, err
	})
}

// Confirm says that the words that the office wrote down are the leader's.
func Confirm(tx *db.Tx, by auth.User, id string, version int64) (Instruction, error) {
	return act(tx, by, id, VerbConfirm, version, func(i *Instruction) (map[string]string, error) {
		i.Confirmed = tx.Now
		return map[string]string{}, nil
	})
}

// Report lays before the leader what came of it.
func Report(tx *db.Tx, by auth.User, id string, version int64, text string) (Instruction, error) {
	return act(tx, by, id, VerbReport, version, func(i *Instruction) (map[string]string, error) {
		i.Report, i.ReportedOn = strings.TrimSpace(text), tx.Today()
		if n := utf8.RuneCountInString(i.Report); n == 0 || n > maxText {
			return nil, wrong("report", "请写办理情况和结果，1到%d个字。", maxText)
		}
		return map[string]string{"digest": digestOf(i.Report), "on": i.ReportedOn}, nil
	})
}

// Satisfy says that the leader has nothing to add.
func Satisfy(tx *db.Tx, by auth.User, id string, version int64) (Instruction, error) {
	return act(tx, by, id, VerbSatisfy, version, func(*Instruction) (map[string]string, error) {
		return map[string]string{}, nil
	})
}

// Follow writes again on what was reported: the old instruction is followed by a new one on the same thing.
func Follow(tx *db.Tx, by auth.User, id string, version int64, w Written) (Instruction, error) {
	var next Instruction
	_, err := act(tx, by, id, VerbFollow, version, func(i *Instruction) (map[string]string, error) {
		var err error
		w.About, w.Title, w.Leader = i.About, i.Title, ""
		next, err = begin(tx, by, VerbWrite, w, Instruction{Entered: Self, Follows: i.ID})
		return map[string]string{"by": next.Object()}, err
	})
	return next, err
}

// Withdraw takes back what was laid before the leader, or written, with a reason; it stays readable.
func Withdraw(tx *db.Tx, by auth.User, id string, version int64, why string) (Instruction, error) {
	return act(tx, by, id, VerbWithdraw, version, func(i *Instruction) (map[string]string, error) {
		i.Reason = strings.TrimSpace(why)
		if n := utf8.RuneCountInString(i.Reason); n == 0 || n > 600 {
			return nil, wrong("reason", "请写撤回的原因，600字以内。")
		}
		return map[string]string{"reason": i.Reason}, find.Drop(tx, i.Object())
	})
}

// wrong refuses one field.
func wrong(name string, key say.Key, args ...any) error {
	f := errs.Fields{}
	f.Say(name, key, args...)
	return f.Check("还有几处要改，已填的内容都保留着。")
}

// findable puts it where the search finds it: the committee's people, and those below who oversee.
func (i Instruction) findable(tx *db.Tx) error {
	return find.Put(tx, find.Doc{Object: i.Object(), Title: i.Title, Note: i.Leader + "批示", NoteEN: i.Leader,
		Words: []string{i.Text}, Scope: find.Scope{Unit: i.Unit, Path: i.AreaPath}})
}

// Reindex puts all of them anew.
func Reindex(tx *db.Tx) error {
	rows, err := all(tx)
	for _, i := range rows {
		if err == nil && i.State != StateWithdrawn {
			err = i.findable(tx)
		}
	}
	return err
}
