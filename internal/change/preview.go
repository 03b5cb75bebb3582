package change

// What an adjustment hands over, line by line: all open work of its units, whoever takes it over, and what nobody does.

import (
	"cmp"
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

// Preview is what would be handed over on the day, as things stand now.
type Preview struct {
	Lines   []PreviewLine  `json:"lines"`
	Counts  map[string]int `json:"counts"`  // by kind
	Missing int            `json:"missing"` // things that nobody takes over
}

// PreviewLine is what one line hands over.
type PreviewLine struct {
	Line   int     `json:"line"`
	Groups []Group `json:"groups"`
}

// Group is all of one kind that a line hands over.
type Group struct {
	Kind    string  `json:"kind"`
	Name    say.Key `json:"name"`
	Unit    string  `json:"unit,omitempty"` // who takes over all of the kind that nothing else is said of
	Things  []Thing `json:"things"`
	Missing int     `json:"missing"`
}

// Thing is one thing with who takes it over. An empty To is nobody; Stays says that it remains where it is.
type Thing struct {
	module.Held
	From  string `json:"from"`
	To    string `json:"to"`
	Stays bool   `json:"stays,omitempty"`
	Own   bool   `json:"own,omitempty"` // who takes it over was said of this one alone
}

// kindPost is the work of this module: posts, which end with their unit or go on in another.
const kindPost = "post"

// preview looks through all that the units of a hold the day before.
func preview(tx *db.Tx, a Adjustment, holds []module.Hold) (p Preview, err error) {
	p.Counts = map[string]int{}
	for i, l := range a.Lines {
		one := PreviewLine{Line: l.number, Groups: []Group{}}
		for _, h := range holds {
			g, err := a.group(tx, i, h)
			if err != nil {
				return p, err
			}
			if len(g.Things) > 0 {
				one.Groups = append(one.Groups, g)
			}
		}
		posts, err := a.posts(tx, l)
		if err != nil {
			return p, err
		}
		if len(posts.Things) > 0 {
			one.Groups = append(one.Groups, posts)
		}
		for _, g := range one.Groups {
			p.Counts[g.Kind] += len(g.Things)
			p.Missing += g.Missing
		}
		p.Lines = append(p.Lines, one)
	}
	return p, nil
}

// told is the preview as by may see it who neither decides nor oversees: what the own units hand over and take over.
func (p Preview) told(by auth.User) Preview {
	own := Preview{Counts: map[string]int{}}
	for _, l := range p.Lines {
		one := PreviewLine{Line: l.Line, Groups: []Group{}}
		for _, g := range l.Groups {
			g.Missing, g.Things = 0, slices.DeleteFunc(slices.Clone(g.Things), func(t Thing) bool {
				return !by.Sees(t.From, "") && !by.Sees(t.To, "")
			})
			if len(g.Things) > 0 {
				one.Groups = append(one.Groups, g)
				own.Counts[g.Kind] += len(g.Things)
			}
		}
		own.Lines = append(own.Lines, one)
	}
	return own
}

// told is the adjustment as by may see it who neither decides nor oversees: single things that others take over do not
// stand in its lines.
func (a Adjustment) told(by auth.User) Adjustment {
	a.Lines = slices.Clone(a.Lines)
	for n, l := range a.Lines {
		a.Lines[n].Shares = slices.DeleteFunc(slices.Clone(l.Shares), func(s Share) bool {
			return s.Object != "" && !by.Sees(s.Unit, "")
		})
	}
	return a
}

// kinds are the first group of each kind, in the order of the lines.
func (p Preview) kinds() (all []Group) {
	for _, l := range p.Lines {
		for _, g := range l.Groups {
			if !slices.ContainsFunc(all, func(o Group) bool { return o.Kind == g.Kind }) {
				all = append(all, g)
			}
		}
	}
	return all
}

// refusal says that something has no receiver, in the words that the office knows.
func (p Preview) refusal() error {
	if p.Missing == 0 {
		return nil
	}
	return errs.Conflictf("%d项无人承接。请妇儿工委办先在预演里逐项指定承接单位。", p.Missing)
}

// group is what a line hands over of one kind.
func (a Adjustment) group(tx *db.Tx, line int, h module.Hold) (g Group, err error) {
	l := a.Lines[line]
	g = Group{Kind: h.Kind, Name: h.Label, Things: []Thing{}, Unit: l.taker(h.Kind)}
	if h.List == nil || !l.hands() && l.Kind != duties {
		return g, nil
	}
	for _, from := range l.From {
		if l.Kind != leaves && slices.Contains(l.To, from) {
			continue // it goes on
		}
		held, err := h.List(tx, from, a.EffectiveOn)
		if err != nil {
			return g, err
		}
		for _, one := range held {
			t := Thing{Held: one, From: from}
			t.To, t.Own = l.receiver(h.Kind, one.Object)
			if t.Stays = t.To == from || t.To == "" && l.Kind == duties; t.Stays {
				t.To = from
			}
			if ok, err := a.takes(tx, t.To); err != nil {
				return g, err
			} else if !ok && !t.Stays {
				t.To = ""
				g.Missing++
			}
			g.Things = append(g.Things, t)
		}
	}
	return g, nil
}

// taker is who takes over all of a kind: what was said of the kind, or, where nothing was said of any, the one unit
// that the line leads to.
func (l Line) taker(kind string) string {
	said := false
	for _, s := range l.Shares {
		if s.Object != "" || s.Kind == kindPost {
			continue
		}
		if said = true; s.Kind == kind {
			return s.Unit
		}
	}
	if l.Kind == merges && !said {
		return l.To[0]
	}
	return ""
}

// receiver is who takes over one thing; own says that it was said of this one alone.
func (l Line) receiver(kind, object string) (unit string, own bool) {
	for _, s := range l.Shares {
		if s.Kind == kind && s.Object == object {
			return s.Unit, true
		}
	}
	return l.taker(kind), false
}

// takes says whether a unit is there on the day and stays.
func (a Adjustment) takes(tx *db.Tx, unit string) (bool, error) {
	if unit == "" {
		return false, nil
	}
	u, err := network.UnitByCode(tx, unit)
	if err != nil {
		return false, err
	}
	for _, l := range a.Lines {
		if l.closes(unit) {
			return false, nil
		}
	}
	return u.OpenOn(a.EffectiveOn), nil
}

// posts are those that end with their unit. One is taken over where the same role is held in a unit that the line leads
// to, or by the unit in which its holder goes on.
func (a Adjustment) posts(tx *db.Tx, l Line) (g Group, err error) {
	g = Group{Kind: kindPost, Name: "岗位和账号", Things: []Thing{}}
	roles, err := network.Labels(tx, "role")
	if err != nil {
		return g, err
	}
	staff, moved := map[string][]network.Post{}, map[string]string{} // by unit; by role that somebody goes on in
	for _, from := range l.From {
		if !l.closes(from) {
			continue
		}
		if staff[from], err = network.Staff(tx, from, a.EffectiveOn); err != nil {
			return g, err
		}
		for _, post := range staff[from] {
			if to, own := l.goesOn(post); own {
				moved[post.Role] = cmp.Or(moved[post.Role], to)
			}
		}
	}
	for _, from := range l.From {
		for _, post := range staff[from] {
			t := Thing{From: from, Held: module.Held{Object: "post/" + post.ID,
				Name: say.Name{ZH: roles[post.Role].Name + " · " + post.Person,
					EN: roles[post.Role].NameEN + " · " + post.PersonEN}}}
			if t.To, t.Own = l.goesOn(post); !t.Own {
				if t.To, err = heldIn(tx, l.To, post.Role, a.EffectiveOn); err != nil {
					return g, err
				}
				t.To = cmp.Or(t.To, moved[post.Role])
			}
			if t.To == "" {
				g.Missing++
			}
			g.Things = append(g.Things, t)
		}
	}
	return g, nil
}

// goesOn is where the holder of a post goes on, as was said of the post or of all posts of its unit.
func (l Line) goesOn(post network.Post) (unit string, own bool) {
	if unit, own = l.receiver(kindPost, "post/"+post.ID); own {
		return unit, true
	}
	return l.receiver(kindPost, "unit/"+post.Unit)
}

// heldIn is the first of some units in which a role is held on a day.
func heldIn(tx *db.Tx, units []string, role, day string) (string, error) {
	for _, code := range units {
		staff, err := network.Staff(tx, code, day)
		if err != nil {
			return "", err
		}
		for _, p := range staff {
			if p.Role == role {
				return code, nil
			}
		}
	}
	return "", nil
}
