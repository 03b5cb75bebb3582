package supervision

// How far supervision reaches: each area in scope with its visits, its letter, who has received it, its plan and what
// of it is closed. It counts and ranks nobody: areas stand in their own order.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/letter"
	"yipanqi/internal/matter"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/rectification"
	"yipanqi/internal/say"
)

// Tile is an area with how far it has come.
type Tile struct {
	Code      string `json:"code"`
	Name      string `json:"name"`
	NameEN    string `json:"name_en,omitempty"`
	Row       int    `json:"-"`
	Col       int    `json:"-"`
	Visits    int    `json:"visits"`
	Next      string `json:"next,omitempty"` // day of a visit that is still to come
	Visit     string `json:"visit,omitempty"`
	Letter    bool   `json:"letter,omitempty"` // it is issued
	Feedbacks []Sent `json:"feedbacks"`
	Received  int64  `json:"received"`
	Addressed int64  `json:"addressed"`
	PlansDue  int    `json:"plans_owed"`
	PlansIn   int    `json:"plans_in"`
	Closed    int    `json:"closed"`
	Items     int    `json:"items"`
}

// Sent is a letter to an area.
type Sent struct {
	ID     string `json:"id"`
	Issued bool   `json:"issued,omitempty"`
}

// Reach is how many areas a method reached.
type Reach struct {
	Method string `json:"method"`
	Areas  int    `json:"areas"`
}

// Coverage is all areas in scope.
type Coverage struct {
	About    string  `json:"about,omitempty"`
	Visited  int     `json:"visited"`
	Areas    int     `json:"areas"`
	Methods  []Reach `json:"methods"`
	Tiles    []Tile  `json:"tiles"`
	Places   int     `json:"places"`
	Drawn    int     `json:"drawn"`
	Findings int     `json:"findings"`
	Problems int     `json:"problems"`
	Part     bool    `json:"part,omitempty"` // there is more than the reader sees
	Groups   []Group `json:"-"`

	visits []Visit
	inside bool // the reader sees what was written down on one of the visits
}

// seenVisit says whether a visit was made.
func (v Visit) made() bool { return v.State == UnderWay || v.State == Noted }

// Cover counts what by sees of what is about the same; where about is empty, of all that is about nothing or anything.
// Who is visited sees the own area, who is in a group where it goes, and both are told that this is a part.
func (k Desk) Cover(tx *db.Tx, by auth.User, about string) (c Coverage, err error) {
	c.About, c.Methods, c.Tiles = about, []Reach{}, []Tile{}
	if c.Groups, err = groupsOf(tx, by, about); err != nil {
		return c, err
	}
	var codes []string
	for _, g := range c.Groups {
		codes = append(codes, g.Areas...)
		c.Part = c.Part || !by.SeesAll(g.AreaPath)
	}
	if c.visits, err = visitsAbout(tx, by, about); err != nil {
		return c, err
	}
	for _, v := range c.visits {
		area, err := network.AreaByID(tx, v.AreaID)
		if err != nil {
			return c, err
		}
		codes = append(codes, area.Code)
		c.inside, c.Part = c.inside || v.inside(by), c.Part || !by.SeesAll(v.OfficePath)
		if !slices.ContainsFunc(c.Groups, func(g Group) bool { return g.ID == v.GroupID }) {
			c.Groups = append(c.Groups, v.group)
		}
	}
	if about != "" && k.Rounds != nil {
		r, err := k.Rounds(tx, by, about)
		if err != nil {
			return c, err
		}
		for _, code := range r.Areas {
			area, err := network.NewestArea(tx, code)
			if err != nil {
				return c, err
			}
			if by.SeesAll(area.Path) || visited(by, area.Path) {
				codes = append(codes, code)
			} else {
				c.Part = true
			}
		}
	}
	slices.Sort(codes)
	reached := map[string]map[string]bool{}
	for _, code := range slices.Compact(codes) {
		t, err := c.tile(tx, by, code, reached)
		if err != nil {
			return c, err
		}
		c.Tiles = append(c.Tiles, t)
		if t.Visits > 0 {
			c.Visited++
		}
	}
	c.Areas = len(c.Tiles)
	for _, m := range methods {
		if n := len(reached[m.Code]); n > 0 {
			c.Methods = append(c.Methods, Reach{m.Code, n})
		}
	}
	return c, c.counts(tx, by)
}

// Latest counts what by sees of the round of visits to which the last visit belongs; nothing where there was none.
func Latest(tx *db.Tx, by auth.User) (c Coverage, err error) {
	all, err := visitsAbout(tx, by, "")
	if err != nil || len(all) == 0 {
		return c, err
	}
	return Desk{}.Cover(tx, by, all[len(all)-1].About)
}

// tile is one area.
func (c *Coverage) tile(tx *db.Tx, by auth.User, code string, reached map[string]map[string]bool) (t Tile,
	err error) {
	a, err := network.NewestArea(tx, code)
	if err != nil {
		return t, err
	}
	t = Tile{Code: a.Code, Name: a.ShortName, NameEN: a.NameEN, Row: a.TileRow, Col: a.TileCol, Feedbacks: []Sent{}}
	seen := map[string]bool{}
	for _, v := range c.visits {
		if v.AreaID != a.ID {
			continue
		}
		if t.Visit = v.ID; !v.made() {
			t.Next = v.OnDay
			continue
		}
		t.Visits++
		for _, m := range v.Methods {
			if reached[m] == nil {
				reached[m] = map[string]bool{}
			}
			reached[m][code] = true
		}
		letters, _, err := v.letters(tx)
		if err != nil {
			return t, err
		}
		for _, b := range letters {
			if seen[b.ID] {
				continue
			}
			seen[b.ID] = true
			if err := t.told(tx, by, b); err != nil {
				return t, err
			}
		}
	}
	return t, nil
}

// told adds what an area was told in a letter, and what came of it.
func (t *Tile) told(tx *db.Tx, by auth.User, b Feedback) error {
	l, err := b.sent(tx)
	if err != nil {
		return err
	}
	if _, _, unread := ReadFeedback(tx, by, b.ID); unread == nil {
		t.Feedbacks = append(t.Feedbacks, Sent{b.ID, l.Issued()})
	}
	if !l.Issued() {
		return nil
	}
	receipts, err := letter.Receipts(tx, l.ID, l.InForce)
	if err != nil {
		return err
	}
	t.Letter, t.Addressed = true, t.Addressed+int64(len(receipts))
	for _, r := range receipts {
		if r.Done() {
			t.Received++
		}
	}
	id, is := strings.CutPrefix(b.Matter, "matter/")
	if !is {
		return nil
	}
	plans, err := rectification.Of(tx, id)
	if err != nil {
		return err
	}
	for _, p := range plans {
		if p.State == rectification.Withdrawn {
			continue
		}
		if t.PlansDue++; p.FiledOn != "" {
			t.PlansIn++
		}
	}
	m, err := matter.Get(tx, id)
	closed, of := m.Counted()
	t.Closed, t.Items = t.Closed+closed, t.Items+of
	return err
}

// counts adds places and findings.
func (c *Coverage) counts(tx *db.Tx, by auth.User) error {
	for _, v := range c.visits {
		if !v.made() {
			continue
		}
		if v.inside(by) {
			sites, err := sitesOf(tx, v.ID)
			if err != nil {
				return err
			}
			c.Places, c.Drawn = c.Places+len(sites), c.Drawn+drawnOf(sites)
		}
		found, err := findingsOf(tx, v.ID)
		if err != nil {
			return err
		}
		for _, f := range found {
			if f.State == Dropped || f.State == Filed || !f.sees(by) {
				continue
			}
			if c.Findings++; f.Kind == "problem" {
				c.Problems++
			}
		}
	}
	return nil
}

// about are an area's visits on its page, what its leader is told on the desk, and the visits of the groups that
// somebody engaged is in.
func about(tx *db.Tx, by auth.User, of module.Of) ([]module.Card, error) {
	if !by.Can(VerbRead) || of.Kind != "area" && of.Kind != "desk" && of.Kind != "room" {
		return nil, nil
	}
	card := module.Card{Title: "督导", More: "/visits?area=" + of.Code}
	if of.Kind == "desk" {
		card.More = "/findings"
		return deskCard(tx, by, of, card)
	}
	read := func() ([]Visit, error) { return visitsSeen(tx, by, of.Path) }
	if of.Kind == "room" {
		card.More = "/visits"
		read = func() ([]Visit, error) { return visitsWith(tx, by) }
	}
	visits, err := read()
	if err != nil {
		return nil, err
	}
	for _, v := range visits {
		card.Lines = append(card.Lines, module.Line{Object: v.Object(),
			Name: say.Name{ZH: v.OnDay + " " + v.group.Title},
			URL:  v.URL(), State: v.State.Words(), Lamp: v.Lamp(tx.Today()), DueOn: v.NoteDue})
	}
	if len(card.Lines) == 0 {
		return nil, nil
	}
	return []module.Card{card}, nil
}

// deskCard are the letters that a leader's own area was sent and has to answer with a plan.
func deskCard(tx *db.Tx, by auth.User, of module.Of, card module.Card) ([]module.Card, error) {
	all, err := feedbacksWhere(tx, `b.area_path = $1`, of.Path)
	if err != nil {
		return nil, err
	}
	for _, b := range all {
		b, l, err := ReadFeedback(tx, by, b.ID)
		if err != nil || !l.Issued() {
			continue // it is not theirs to see
		}
		card.Lines = append(card.Lines, module.Line{Object: b.Object(), Name: say.Name{ZH: l.Title}, URL: b.URL(),
			State: b.State.words(), DueOn: b.PlanDue})
	}
	if len(card.Lines) == 0 {
		return nil, nil
	}
	return []module.Card{card}, nil
}
