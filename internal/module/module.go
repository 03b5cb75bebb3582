// Package module is what a module says of itself to the rest of the program: one struct of plain functions and values,
// filled in the module's own module.go. What takes the list (package app, the access matrix, search, `journal verify`)
// names no module. It decides nothing.
package module

import (
	"cmp"
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/find"
	"yipanqi/internal/flow"
	"yipanqi/internal/intake"
	"yipanqi/internal/job"
	"yipanqi/internal/journal"
	"yipanqi/internal/say"
	"yipanqi/internal/sign"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
)

// Module is one module. Every field but Name may be left out.
type Module struct {
	Name      string
	Routes    func(*web.Mux)
	Grants    auth.Grants        // what auth.Grant was told
	Words     map[string]say.Key // what auth.Name was told: what its verbs are called
	English   []byte             // its en.json, which part.Learn was told
	Nav       []Nav
	Flows     []flow.Table                                // for docs/states.md, and tested against Grants
	Kinds     []find.Kind                                 // of things that can be found
	Reindex   func(*db.Tx) error                          // puts them all anew
	Places    []trail.Place                               // things that have a trail: remarks and files below them
	Sees      map[string]Sees                             // who may see things without a trail, by kind
	Parts     map[string]string                           // what its journal tells of apart: the kind it is a part of
	Files     []intake.File                               // that a folder to import may hold
	Reminders []Reminder                                  // things that wait for people and are due
	Every     []job.Every                                 // what it does by itself, at an hour
	After     []job.After                                 // what it does by itself, after something happened
	About     func(*db.Tx, auth.User, Of) ([]Card, error) // what it adds to pages of others
	Holds     []Hold                                      // open work that a unit has
	Loads     []Load                                      // things that units are asked for
	Exhibits  []Exhibit                                   // things that an engagement can name
	Signs     []Signing                                   // steps that take a key
	// Blocks says why what goes out about an object has to wait, a Conflict; unit is the office that lets it go out.
	Blocks func(tx *db.Tx, about, unit string) error
	// Issued is told that a letter about an object went out.
	Issued func(tx *db.Tx, by auth.User, about, letter string) error
	// Tasks are what waits for the user, each ended by the act itself.
	Tasks func(*db.Tx, auth.User) ([]Task, error)
	// Waiting is how many things wait for the user; if left out, as many as Tasks has.
	Waiting func(*db.Tx, auth.User) (int, error)
	// Start is where the user had best begin the day, if the module has something that waits there; empty: elsewhere.
	Start func(*db.Tx, auth.User) (url string, err error)
	// Measures are what it counts of work, as far as the user may see what is counted.
	Measures func(tx *db.Tx, by auth.User, of Work) ([]Measure, error)
	// Past writes into the copy of an earlier day what there was of the module up to a place of the journal.
	Past func(from, to *db.Tx, place int64) error
	// Verify is what `journal verify` asks: what of the module does not fit its journal and the keys of issuer.
	Verify func(tx *db.Tx, issuer sign.PublicKey) ([]journal.Finding, error)
}

// Sees says whether the user may see the thing of an id: Missing if not. What is a part is shown to nobody who may not
// see what it is a part of; nothing hands it out by its own name.
type Sees func(tx *db.Tx, by auth.User, id string) error

// Nav is an entry of the navigation, for those who have Verb. Order places it among all; entries of a Group stand in
// one menu, where the first of them would; Count, if any, is how many things wait there.
type Nav struct {
	Label say.Key
	Group say.Key
	URL   string
	Verb  string
	Order int
	Count func(*db.Tx, auth.User) (int, error)
}

// Groups of the navigation. Entries without one stand on the bar itself.
const (
	GroupData  say.Key = "数据"
	GroupWork  say.Key = "工作"
	GroupUnits say.Key = "组织"
	GroupAdmin say.Key = "管理"
)

// List is all modules of a program.
type List []Module

// Routes adds the routes of all.
func (l List) Routes(m *web.Mux) {
	for _, one := range l {
		if one.Routes != nil {
			one.Routes(m)
		}
	}
}

// Past copies what there was of all up to a place of the journal.
func (l List) Past(from, to *db.Tx, place int64) error {
	for _, one := range l {
		if one.Past == nil {
			continue
		}
		if err := one.Past(from, to, place); err != nil {
			return err
		}
	}
	return nil
}

// Places are the things of all that have a trail.
func (l List) Places() (all []trail.Place) {
	for _, one := range l {
		all = append(all, one.Places...)
	}
	return all
}

// Sees says whether the user may see an object: Missing if not, or if no module has such a thing.
func (l List) Sees(tx *db.Tx, by auth.User, object string) error {
	if sees, id := l.seer(object); sees != nil {
		return sees(tx, by, id)
	}
	return errs.Missingf("没有找到这项内容。它可能已被删除，或者您没有查看权限。")
}

// Leads says whether a link to an object leads the user anywhere: it does not where a module says that they may not see
// it.
func (l List) Leads(tx *db.Tx, by auth.User, object string) (bool, error) {
	sees, id := l.seer(object)
	if sees == nil {
		return true, nil
	}
	err := sees(tx, by, id)
	if k := errs.KindOf(err); k == errs.Missing || k == errs.Denied {
		return false, nil
	}
	return err == nil, err
}

// seer is what says whether somebody may see an object, nil if no module does, and the object's id.
func (l List) seer(object string) (sees func(tx *db.Tx, by auth.User, id string) error, id string) {
	kind, id, _ := strings.Cut(object, "/")
	for _, one := range l {
		for _, place := range one.Places {
			if place.Kind == kind {
				return place.Sees, id
			}
		}
		if sees = one.Sees[kind]; sees != nil {
			return sees, id
		}
	}
	return nil, id
}

// Page is the address of an object's page; empty if no module has one.
func (l List) Page(object string) (url string) {
	kind, id, _ := strings.Cut(object, "/")
	for _, one := range l {
		for _, place := range one.Places {
			if place.Kind == kind {
				return place.Page(id)
			}
		}
		for _, k := range one.Kinds {
			if k.Code == kind {
				return k.Page(id)
			}
		}
	}
	return ""
}

// Nav is the navigation of a user, in order.
func (l List) Nav(user auth.User) (all []Nav) {
	for _, one := range l {
		for _, n := range one.Nav {
			if user.Can(n.Verb) {
				all = append(all, n)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Nav) int { return cmp.Compare(a.Order, b.Order) })
	return all
}

// Files are the files that a folder to import may hold.
func (l List) Files() (all []intake.File) {
	for _, one := range l {
		all = append(all, one.Files...)
	}
	return all
}

// Flows are the lives of the things of all modules.
func (l List) Flows() (all []flow.Table) {
	for _, one := range l {
		all = append(all, one.Flows...)
	}
	return all
}

// Reminders are the kinds of things of all modules that wait for people.
func (l List) Reminders() (all []Reminder) {
	for _, one := range l {
		all = append(all, one.Reminders...)
	}
	return all
}

// Jobs are what all modules do by themselves.
func (l List) Jobs() (jobs job.Jobs) {
	for _, one := range l {
		jobs.Every = append(jobs.Every, one.Every...)
		jobs.After = append(jobs.After, one.After...)
	}
	return jobs
}

// Waiting is how many things of all modules wait for the user.
func (l List) Waiting(tx *db.Tx, user auth.User) (waiting int, err error) {
	for _, one := range l {
		count := one.Waiting
		if count == nil && one.Tasks != nil {
			count = func(tx *db.Tx, user auth.User) (int, error) {
				tasks, err := one.Tasks(tx, user)
				return len(tasks), err
			}
		}
		if count != nil {
			n, err := count(tx, user)
			if err != nil {
				return 0, err
			}
			waiting += n
		}
	}
	return waiting, nil
}

// Start is where the first module that has something to begin with would have the user begin; empty: nowhere.
func (l List) Start(tx *db.Tx, user auth.User) (url string, err error) {
	for _, one := range l {
		if one.Start != nil && err == nil && url == "" {
			url, err = one.Start(tx, user)
		}
	}
	return url, err
}

// Tasks are what waits for the user in all modules, what is due first.
func (l List) Tasks(tx *db.Tx, user auth.User) (all []Task, err error) {
	for _, one := range l {
		if one.Tasks == nil {
			continue
		}
		tasks, err := one.Tasks(tx, user)
		if err != nil {
			return nil, err
		}
		all = append(all, tasks...)
	}
	slices.SortStableFunc(all, func(a, b Task) int {
		return cmp.Or(ByDay(a.DueOn, b.DueOn), cmp.Compare(a.Object, b.Object))
	})
	return all, nil
}

// ByDay orders due days; what has none comes after every day.
func ByDay(a, b string) int { return cmp.Compare(cmp.Or(a, "9"), cmp.Or(b, "9")) }

// Blocks says why what goes out about an object has to wait, as the first module has it.
func (l List) Blocks(tx *db.Tx, about, unit string) error {
	for _, one := range l {
		if one.Blocks != nil {
			if err := one.Blocks(tx, about, unit); err != nil {
				return err
			}
		}
	}
	return nil
}

// Issued tells all that a letter about an object went out.
func (l List) Issued(tx *db.Tx, by auth.User, about, letter string) error {
	for _, one := range l {
		if one.Issued != nil {
			if err := one.Issued(tx, by, about, letter); err != nil {
				return err
			}
		}
	}
	return nil
}

// Kinds are the kinds of things that can be found.
func (l List) Kinds() (all []find.Kind) {
	for _, one := range l {
		all = append(all, one.Kinds...)
	}
	return all
}

// Reindex writes what can be found anew from what the modules hold. Things that come later are found first among
// equals, so the list is gone through backwards.
func (l List) Reindex(tx *db.Tx) error {
	if err := find.Clear(tx); err != nil {
		return err
	}
	for _, one := range slices.Backward(l) {
		if one.Reindex != nil {
			if err := one.Reindex(tx); err != nil {
				return err
			}
		}
	}
	return nil
}
