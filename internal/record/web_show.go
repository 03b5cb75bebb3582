package record

// A record's page: what it says, what can be done with it, where it stands, its trail.

import (
	"context"
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/module"
	"yipanqi/internal/notice"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type showData struct {
	Record   Record          `json:"record"`
	Lamp     string          `json:"lamp"`
	Actions  []string        `json:"actions"`
	Checks   []register.Said `json:"checks"` // that fail now
	Overview []Way           `json:"way"`
	Still    []Still         `json:"still,omitempty"`    // what had nothing done with it for too long
	Findings []Finding       `json:"findings,omitempty"` // that can be followed up as matters
	raises   bool
	Trail    trail.Data    `json:"trail"`
	About    []module.Card `json:"about"`
	// Referrals are those of the record, the newest first, for who works with it or oversees it.
	Referrals []Referral `json:"referrals"`
	takers    []part.Option
	k         desk
	steps     []register.Stage
	edits     bool
	inside    bool // the reader works with the record or oversees it, and sees its trail
	hidden    map[string]bool
	by        auth.User
	changed   bool  // what counts is not what is typed
	newer     int64 // version of the register, if not the record's
}

// Way is one stage of the record's life as its page shows it.
type Way struct {
	State string `json:"state"`
	say.Name
	Now bool `json:"now"`
}

// showWith is show with what other modules say of the record, to whom it is theirs.
func showWith(about About) func(*web.Request, recordInput) (showData, error) {
	return func(r *web.Request, in recordInput) (showData, error) {
		d, err := show(r, in)
		if err == nil && d.inside && about != nil {
			d.About, err = about(r.Tx, r.User, module.Of{Kind: "record", Code: in.ID, Path: d.Record.AreaPath,
				Day: r.Tx.Today()})
		}
		return d, err
	}
}

func show(r *web.Request, in recordInput) (d showData, err error) {
	if d.Record, d.k, err = in.read(r); err != nil {
		return d, err
	}
	p, err := pastOf(r.Tx, d.k.cast, d.Record)
	if err != nil {
		return d, err
	}
	d.Actions, d.hidden, d.About = []string{}, map[string]bool{}, []module.Card{}
	d.steps = d.k.steps(r.User, d.Record, p, d.k.w)
	for _, s := range d.steps {
		d.Actions = append(d.Actions, s.Verb)
	}
	for _, f := range d.k.d.Fields {
		d.hidden[f.Code] = d.k.hides(r.User, d.Record, f, d.k.w)
	}
	d.by = r.User
	d.edits = r.User.Can(VerbSave) && slices.ContainsFunc(d.k.d.Fields, d.k.writes(r.User, d.Record, p))
	d.Lamp = flow.Lamp(d.Record.DueOn, r.Tx.Today(), flow.Near)
	d.Overview = d.way()
	d.inside = d.k.inside(r.User, d.Record)
	d.changed = d.inside && d.Record.Counts && text(d.Record.Counted) != text(d.Record.Body)
	newest, err := ByCode(r.Tx, d.Record.Register)
	if err != nil {
		return d, err
	}
	if newest.Version != d.Record.Version {
		d.newer = newest.Version
	}
	if d.Referrals = []Referral{}; d.inside {
		if err := d.readReferrals(r); err != nil {
			return d, err
		}
		if d.Trail, err = trail.Read(r.Tx, r.User, Trail(), d.Record.ID); err != nil {
			return d, err
		}
	}
	d.k.veil(r.User, &d.Record)
	d.Checks = append([]register.Said{}, d.k.d.Judge(d.Record.Body, d.Record.asked(d.k.places), d.k.w)...)
	if d.inside {
		also, err := d.k.across(r.Tx, d.Record)
		if err != nil {
			return d, err
		}
		d.Checks = append(d.Checks, also...)
		if d.Findings, err = d.k.followed(r.Tx, r.User, d.Record); err != nil {
			return d, err
		}
		if _, asks := d.k.asks(r.User, d.Record); asks && r.User.Can(VerbRaise) {
			d.raises = true
		}
		if d.Still, err = stillOf(r.Tx, d.Record.ID); err != nil {
			return d, err
		}
	}
	return d, d.k.know(r.Tx, r.User, d.Record)
}

// know makes sure that what a record's links lead to is known by name; what by may not see stays a number.
func (k *desk) know(tx *db.Tx, by auth.User, of Record) error {
	if k.linked == nil {
		k.linked = map[string]Record{}
	}
	for _, l := range k.d.Links(of.Body) {
		at := l[0] + " " + l[1]
		if _, known := k.linked[at]; known {
			continue
		}
		rec, err := byNumber(tx, l[0], l[1])
		if err != nil {
			continue
		}
		if _, err := Read(tx, by, rec.ID); err != nil {
			continue
		}
		if k.linked[at], err = seen(tx, by, rec); err != nil {
			return err
		}
	}
	return nil
}

// way is the record's life so far and what lies ahead of it on the plain road.
func (d showData) way() (all []Way) {
	add := func(state string, now bool) {
		if state != "" && !slices.ContainsFunc(all, func(w Way) bool { return w.State == state }) {
			all = append(all, Way{state, d.k.d.State(state).Name, now})
		}
	}
	been := map[string]bool{}
	for at, state := 0, ""; at < len(d.k.d.Stages); at++ {
		s := d.k.d.Stages[at]
		to := d.k.d.State(s.To)
		if s.Leaves(state) && !been[s.To] && !(to.Ends && to.Counts == register.Uncounted) {
			been[s.To] = true
			add(s.To, s.To == d.Record.State)
			if state = s.To; to.Ends || to.Counts == register.Counted {
				break
			}
			at = -1 // the road goes on from there, wherever that step stands
		}
	}
	add(d.Record.State, true)
	return all
}

// value is a field's text on the page; what counts, if that is another.
func (d showData) value(ctx context.Context, f register.Field) string {
	return d.k.measured(ctx, f, d.Record.Body)
}

func (d showData) counted(ctx context.Context, f register.Field) string {
	if !d.changed {
		return ""
	}
	if was := d.k.measured(ctx, f, d.Record.Counted); was != d.value(ctx, f) {
		return was
	}
	return ""
}

// link is where a field of one link leads.
func (d showData) link(f register.Field) string {
	if rec, known := d.k.linked[f.Of+" "+d.Record.Body[f.Code]]; known && f.Type == "link" {
		return rec.URL()
	}
	return ""
}

// needed are the fields that a step asks for.
func (d showData) needed(s register.Stage) (fields []register.Field) {
	for _, need := range s.Needs {
		if f, known := d.k.d.Field(need); known {
			fields = append(fields, f)
		}
	}
	return fields
}

// form is the page's record as an input of a step reads it.
func (d showData) form() formData { return formData{Record: d.Record, k: d.k} }

// words say of a limit what it rests on.
func (d showData) words(ctx context.Context, s register.Stage) string {
	l := s.Limit(d.k.w.Today)
	if l.Limit.IsZero() {
		return ""
	}
	text := part.T(ctx, "之后的一步限%s", l.Limit.In(part.From(ctx).Lang))
	if !l.Confirmed {
		text += part.T(ctx, "（待确认）")
	}
	return text
}

// Trail is the place of records among the things that have a trail.
func Trail() trail.Place {
	return trail.Place{Kind: "record", Page: func(id string) string { return "/records/" + id },
		Words: func(verb string) say.Key { return verbs[verb] },
		Sees: func(tx *db.Tx, by auth.User, id string) error {
			r, k, err := reading(tx, by, id)
			if err == nil && !k.inside(by, r) {
				err = unseen
			}
			return err
		}, Holds: holds, Fields: provable, Says: tells, Hides: hides, Told: told}
}

// told: who was reminded of the record, that nothing was done with it, and of its referrals.
func told(tx *db.Tx, _ auth.User, id string) ([]trail.Told, error) {
	offered, err := referralsOf(tx, id)
	objects := []string{"record/" + id, "quiet/" + id}
	for _, f := range offered {
		objects = append(objects, f.Object())
	}
	if err != nil {
		return nil, err
	}
	return notice.Of(tx, objects...)
}

// hides are the details of the journal that say a field which the user may not see yet: its value, and whole bodies.
func hides(tx *db.Tx, by auth.User, id string) (func(*trail.Line) bool, error) {
	r, k, err := reading(tx, by, id)
	if err != nil {
		return nil, err
	}
	hidden := map[string]bool{}
	for _, f := range k.d.Fields {
		if k.hides(by, r, f, k.w) {
			hidden["set."+f.Code], hidden["=body"], hidden["=counted"], hidden["=title"] = true, true, true, true
		}
	}
	return func(l *trail.Line) bool {
		l.Without(func(key string) bool {
			field, _, _ := strings.Cut(key, ":")
			return hidden[field]
		})
		return false
	}, nil
}

// holds says in which unit the user may lay files on a record: whoever may write in it or take a step with it.
func holds(tx *db.Tx, by auth.User, id string) (unit string, err error) {
	r, k, err := reading(tx, by, id)
	if err != nil {
		return "", err
	}
	p, err := pastOf(tx, k.cast, r)
	if err != nil {
		return "", err
	}
	if !slices.ContainsFunc(k.d.Fields, k.writes(by, r, p)) && len(k.steps(by, r, p, k.w)) == 0 {
		return "", notYours
	}
	for _, p := range by.Posts {
		return p.UnitName, nil
	}
	return "", notYours
}

// provable are the fields of a record that a file can prove: those of files first.
func provable(tx *db.Tx, id string) (fields []trail.Field, err error) {
	r, err := Get(tx, id)
	if err != nil {
		return nil, err
	}
	d, err := ByVersion(tx, r.Register, r.Version)
	for _, files := range []bool{true, false} {
		for _, f := range d.Fields {
			if (f.Type == "files") == files && f.Type != "calc" {
				fields = append(fields, trail.Field{Key: f.Code, Name: f.Name.ZH, NameEN: f.Name.EN})
			}
		}
	}
	return fields, err
}

// tells is what an entry says beside its reason: the step by its name, and what was changed.
func tells(ctx context.Context, l trail.Line) (said []string) {
	if to := l.Detail["label"]; to != "" {
		said = append(said, to)
	}
	var set []string
	for key := range l.Detail {
		if name, is := strings.CutPrefix(key, "set."); is {
			set = append(set, name)
		}
	}
	if len(set) > 0 {
		said = append(said, part.T(ctx, "改动%d处", len(set)))
	}
	return said
}

func (d showData) overview(ctx context.Context) (steps []part.Step) {
	passed := true
	for _, w := range d.Overview {
		state := part.StepDone
		switch {
		case w.Now:
			state, passed = part.StepCurrent, false
		case !passed:
			state = ""
		}
		steps = append(steps, part.Step{Label: called(ctx, w.Name), State: state})
	}
	return steps
}

// confirm is asked before a step that ends the record.
func (d showData) confirm(ctx context.Context, s register.Stage) string {
	if d.k.d.State(s.To).Ends {
		return part.T(ctx, "办理“%s”之后，这条记录就办结了。确定吗？", s.Name)
	}
	return ""
}

func heads(ctx context.Context, f register.Field) (cols []part.Col) {
	for _, c := range f.Columns {
		cols = append(cols, part.Col{Label: called(ctx, c.Name), Numeric: c.Numeric()})
	}
	return cols
}

// chip is the look of a state.
func chip(d register.Definition, state string) string {
	switch s := d.State(state); {
	case s.Counts == register.Counted:
		return "chip-proven"
	case s.Counts == register.Kept:
		return "chip-published"
	case s.Ends:
		return "chip-unproven"
	}
	return ""
}

// followedWords say how much of the record is followed up.
func (d showData) followedWords(ctx context.Context) string {
	n := 0
	for _, f := range d.Findings {
		if f.Asked {
			n++
		}
	}
	return part.T(ctx, "%d项可以督办，%d项已转", len(d.Findings), n)
}
