package record

// Who plays which part in a record, who sees it, and which steps are open to them. The definition says it; which kinds
// of units play a part here the installation may say instead.

import (
	"maps"
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
)

// cast is who plays what in one register.
type cast struct {
	d      register.Definition
	filing filing
	places *places
	here   []assigned
}

func castOf(tx *db.Tx, d register.Definition) (c cast, err error) {
	c.d = d
	if c.filing, err = filed(tx, d); err != nil {
		return c, err
	}
	if c.places, err = placed(tx); err != nil {
		return c, err
	}
	all, err := assignments(tx)
	for _, a := range all {
		if a.register == d.Code {
			c.here = append(c.here, a)
		}
	}
	return c, err
}

// fits says whether a post is one that can play a part at all.
func (c cast) fits(p register.Part, post auth.Post) bool {
	kind, said := c.places.units[post.Unit].Kind, false
	for _, a := range c.here {
		if a.part == p.Code {
			if said = true; a.kind == kind && slices.Contains(a.roles, post.Role) {
				return true
			}
		}
	}
	return !said && slices.Contains(p.Roles, post.Role) && (len(p.Kinds) == 0 || slices.Contains(p.Kinds, kind))
}

// plays is the post in which by plays a part in a record of a unit and an area; or why not.
func (c cast) plays(by auth.User, part, unit, areaPath string) (auth.Post, error) {
	p, _ := c.d.Part(part)
	for _, post := range by.Posts {
		if c.fits(p, post) && (post.Unit == unit || p.Above && strings.HasPrefix(areaPath, post.AreaPath)) {
			return post, nil
		}
	}
	return auth.Post{}, errs.Deniedf("这一步须由“%s”办理。", p.Name)
}

// starts are the posts in which by may make a record.
func (c cast) starts(by auth.User) (posts []auth.Post) {
	if !by.Can(VerbCreate) {
		return nil
	}
	p, _ := c.d.Part(c.d.Begin().Who)
	for _, post := range by.Posts {
		if c.fits(p, post) {
			posts = append(posts, post)
		}
	}
	return posts
}

// scope is what by may see of a register: own units, and areas in which a part is theirs that looks at others'.
func (c cast) scope(by auth.User) (units, paths []string) {
	units, paths = by.Scope()
	if c.d.Privacy == "P2" { // who oversees an area has the figures of it, not what is restricted
		paths = nil
	}
	for _, post := range by.Posts {
		for _, p := range c.d.Parts {
			if p.Above && c.fits(p, post) && !slices.Contains(paths, post.AreaPath) {
				paths = append(paths, post.AreaPath)
			}
		}
	}
	return units, paths
}

// open says whether everybody who is signed in may see what counts of the register.
func (c cast) open() bool { return c.d.Privacy == "P0" }

// reads says whether by may read the register's figures of an area: who may read all figures of it, and who looks at
// its records.
func (c cast) reads(by auth.User, areaPath string) bool {
	_, paths := c.scope(by)
	return by.SeesFigures(areaPath) ||
		slices.ContainsFunc(paths, func(path string) bool { return strings.HasPrefix(areaPath, path) })
}

// inside says whether a record is by's own to work with or to oversee.
func (c cast) inside(by auth.User, r Record) bool {
	units, paths := c.scope(by)
	return slices.Contains(units, r.Unit) || r.Offered != "" && slices.Contains(units, r.Offered) ||
		slices.ContainsFunc(paths, func(path string) bool { return strings.HasPrefix(r.AreaPath, path) })
}

// sees says whether by may see a record: from inside, or from outside what counts, where the register or the state that
// it stands in is open.
func (c cast) sees(by auth.User, r Record) bool {
	return c.inside(by, r) || r.Counts && (c.open() || c.d.State(r.State).Open)
}

// opened are the states that are open.
func (c cast) opened() (states []string) {
	for _, s := range c.d.States {
		if s.Open || c.open() {
			states = append(states, s.Code)
		}
	}
	return states
}

// veil leaves of a record what by may see: from outside as it was last confirmed, and no field that is not theirs yet.
func (k desk) veil(by auth.User, r *Record) {
	if !k.inside(by, *r) {
		r.Body, r.UpdatedBy = maps.Clone(r.Counted), ""
		for _, f := range k.d.Fields {
			if !k.open() && !slices.Contains(k.d.Public.Fields, f.Code) {
				without(r.Body, f)
			}
		}
		if !k.open() {
			delete(r.Body, register.Remark.Code)
		}
		r.Title = k.plain(k.d.Title(), r.Body)
	}
	for _, f := range k.d.Fields {
		if k.hides(by, *r, f, k.w) {
			without(r.Body, f)
		}
	}
}

// without takes a field out of a body.
func without(b register.Body, f register.Field) {
	for _, key := range b.Under(f) {
		delete(b, key)
	}
}

// hides says whether a field is not for by to see yet.
func (c cast) hides(by auth.User, r Record, f register.Field, w register.World) bool {
	if len(f.Seen) == 0 || f.Until.Eval(c.d.Scope(r.Body, r.asked(c.places), w)).True() {
		return false
	}
	for _, part := range f.Seen {
		if _, err := c.plays(by, part, r.Unit, r.AreaPath); err == nil {
			return false
		}
	}
	return true
}

// writes says which fields by may write in a record now.
func (c cast) writes(by auth.User, r Record, p past) func(register.Field) bool {
	return func(f register.Field) bool {
		for _, part := range c.d.Editing(f, r.State) {
			if _, err := c.plays(by, part, r.Unit, r.AreaPath); err == nil && !c.barred(by, part, r.State, p) {
				return true
			}
		}
		return false
	}
}

// barred says whether by took a step after which somebody else has to play a part: what a second person is to check the
// first one does not tick either.
func (c cast) barred(by auth.User, part, state string, p past) bool {
	return part != c.d.Parts[0].Code && slices.ContainsFunc(c.d.Stages, func(s register.Stage) bool {
		return s.Who == part && s.Leaves(state) &&
			slices.ContainsFunc(s.Not, func(verb string) bool { return p.last[verb] == by.ID })
	})
}

// past is what people did with a record, by its journal.
type past struct {
	last  map[string]string   // who took each step last
	wrote map[string][]string // fields that each person wrote since the record last counted as it was
}

func pastOf(tx *db.Tx, c cast, r Record) (p past, err error) {
	p = past{map[string]string{}, map[string][]string{}}
	entries, err := journal.Of(tx, r.Object())
	for _, e := range entries {
		if step := e.Detail["step"]; step != "" {
			p.last[step] = e.ActorID
		}
		for name := range e.Detail {
			if key, set := strings.CutPrefix(name, "set."); set {
				field, _, _ := strings.Cut(key, ":")
				p.wrote[e.ActorID] = append(p.wrote[e.ActorID], field)
			}
		}
		if c.d.State(e.Detail["to"]).Counts == register.Counted {
			clear(p.wrote)
		}
	}
	return p, err
}

// judges says whether a person wrote nothing in the record but what the part that takes the step is there to write.
func (c cast) judges(p past, person string, s register.Stage) bool {
	return !slices.ContainsFunc(p.wrote[person], func(code string) bool {
		f, _ := c.d.Field(code)
		return !slices.Contains(f.Parts, s.Who)
	})
}

// may says in which post by may take a step with a record now, or why not.
func (c cast) may(by auth.User, r Record, s register.Stage, p past, w register.World) (auth.Post, error) {
	post, err := c.plays(by, s.Who, r.Unit, r.AreaPath)
	if err != nil {
		return post, err
	}
	if len(s.Not) > 0 && !c.judges(p, by.ID, s) {
		return post, errs.Deniedf("写过这条记录的人不能再办“%s”，须由别人办理。", s.Name)
	}
	for _, verb := range s.Not {
		if p.last[verb] == by.ID {
			earlier := c.called(verb)
			return post, errs.Deniedf("办理过“%s”的人不能再办“%s”，须由别人办理。", earlier, s.Name)
		}
	}
	if !s.When.IsZero() && !s.When.Eval(c.d.Scope(r.Body, r.asked(c.places), w)).True() {
		return post, errs.Conflictf("还不能办“%s”：条件“%s”没有达到。", s.Name, s.When.String())
	}
	return post, nil
}

func (c cast) called(verb string) say.Name {
	for _, s := range c.d.Stages {
		if s.Verb == verb {
			return s.Name
		}
	}
	return say.Name{ZH: verb, EN: verb}
}

// steps are those that by may take with a record now: the buttons of its page.
func (c cast) steps(by auth.User, r Record, p past, w register.World) (open []register.Stage) {
	if !by.Can(VerbStep) {
		return nil
	}
	for _, s := range c.d.Stages {
		if s.Who == register.Program || !s.Leaves(r.State) {
			continue
		}
		if _, err := c.may(by, r, s, p, w); err == nil {
			open = append(open, s)
		}
	}
	return open
}
