package record

// New records: made one at a time and written at once, or, those of one import, many with each statement. What they
// are, and what the journal says of them, does not differ. What a file's rows mean, import.go says.

import (
	"fmt"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/find"
	"yipanqi/internal/register"
)

// Draft is what a new record begins with.
type Draft struct {
	Register, Unit, Area string // unit and area by code; the first post's, if empty
	Given                map[string]string
	Origin               string
}

// Create makes a record for a unit of by. What is missing may still be missing.
func Create(tx *db.Tx, by auth.User, n Draft) (Record, error) {
	if err := by.Check(VerbCreate); err != nil {
		return Record{}, err
	}
	d, err := ByCode(tx, n.Register)
	if err != nil {
		return Record{}, err
	}
	k, err := deskOf(tx, by, d, "")
	if err != nil {
		return Record{}, err
	}
	return k.create(tx, by, n)
}

func (k desk) create(tx *db.Tx, by auth.User, n Draft) (Record, error) {
	post, err := k.start(by, n.Unit)
	if err != nil {
		return Record{}, err
	}
	begin := k.d.Begin()
	r := Record{ID: db.NewID(), Register: k.d.Code, Version: k.d.Version, Unit: post.Unit, State: begin.To,
		Since: tx.Now, Origin: n.Origin, CreatedBy: by.ID, CreatedAt: tx.Now, Body: register.Body{},
		Counted: register.Body{}}
	if r.Origin == "" {
		r.Origin = Entered
	}
	if err := k.settle(tx, &r, post, n.Area); err != nil {
		return r, err
	}
	if k.w, err = world(tx, by, r.AreaPath); err != nil {
		return r, err
	}
	k.news.known(tx, &k)
	if err := k.write(&r, n.Given, k.writes(by, r, past{})); err != nil {
		return r, err
	}
	if err := k.number(tx, &r); err != nil {
		return r, err
	}
	return r, k.put(tx, by, &r, Record{}, begin, post, nil)
}

func (c cast) start(by auth.User, unit string) (auth.Post, error) {
	posts := c.starts(by)
	for _, p := range posts {
		if unit == "" || p.Unit == unit {
			return p, nil
		}
	}
	p, _ := c.d.Part(c.d.Begin().Who)
	return auth.Post{}, errs.Deniedf("“%s”须由“%s”登记。", c.d.Name, p.Name)
}

// settle says in which area the record lies: the unit's own, or one below it.
func (c cast) settle(tx *db.Tx, r *Record, post auth.Post, area string) error {
	r.Area, r.AreaPath = post.AreaCode, post.AreaPath
	if area == "" {
		return nil
	}
	code, ok := c.places.areaCalled(area, "", post.AreaPath, tx.Today())
	a := c.places.areas[code]
	if !ok || !strings.HasPrefix(a.Path, post.AreaPath) {
		return errs.Fields{"area": {Key: "请选本单位所辖的区域。"}}.Check("没有保存：请先改正标出的地方。")
	}
	r.Area, r.AreaPath = a.Code, a.Path
	return nil
}

// number gives the record its number, once and for ever.
func (k desk) number(tx *db.Tx, r *Record) error {
	pattern := strings.NewReplacer("{area}", r.Area, "{unit}", r.Unit, "{year}", tx.Today()[:4]).Replace(k.d.Number)
	at := strings.Index(pattern, "{seq:")
	width, _ := strconv.Atoi(pattern[at+len("{seq:") : at+len("{seq:")+1]) // the reader saw to it
	n, err := k.news.next(tx, r.Register, pattern[:at])
	r.Number = pattern[:at] + fmt.Sprintf("%0*d", width, n) + pattern[at+len("{seq:4}"):]
	return err
}

// news are the new records of an import of one register that are not written yet. Whoever looks for records of that
// register has them written first. nil: each is written at once.
type news struct {
	waiting []Record
	last    map[string]int64 // number given under a prefix
}

// together is how many are written at a time.
const together = 500

// put writes a new record and makes it findable, now or with others.
func (n *news) put(tx *db.Tx, d register.Definition, r Record) error {
	if n == nil {
		if err := insert(tx, r); err != nil {
			return err
		}
		return findable(tx, d, r)
	}
	if n.waiting = append(n.waiting, r); len(n.waiting) < together {
		return nil
	}
	return n.write(tx, d)
}

// write writes those that wait.
func (n *news) write(tx *db.Tx, d register.Definition) error {
	if n == nil || len(n.waiting) == 0 {
		return nil
	}
	if err := insert(tx, n.waiting...); err != nil {
		return err
	}
	docs := make([]find.Doc, len(n.waiting))
	for i, r := range n.waiting {
		docs[i] = docOf(d, r)
	}
	n.waiting = n.waiting[:0]
	return find.Add(tx, docs)
}

// done writes the rest, and up to which number the numbers were given.
func (n *news) done(tx *db.Tx, d register.Definition) error {
	for prefix, last := range n.last {
		if err := gaveUpTo(tx, d.Code, prefix, last); err != nil {
			return err
		}
	}
	return n.write(tx, d)
}

// next is the next number under a prefix. An import takes the first from the database, whose row then waits for nobody
// else, and counts on.
func (n *news) next(tx *db.Tx, code, prefix string) (int64, error) {
	if n == nil {
		return next(tx, code, prefix)
	}
	if n.last[prefix] > 0 {
		n.last[prefix]++
		return n.last[prefix], nil
	}
	first, err := next(tx, code, prefix)
	n.last[prefix] = first
	return first, err
}

// known has a link find the records of the same import that stand further up in its file.
func (n *news) known(tx *db.Tx, k *desk) {
	if n == nil {
		return
	}
	look, d := k.w.Record, k.d
	k.w.Record = func(code, text string) (string, bool) {
		if code == d.Code && n.write(tx, d) != nil {
			return "", false
		}
		return look(code, text)
	}
}
