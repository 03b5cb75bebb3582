package score

// One version of a sheet with its scores: every unit from every side, totals that are open said so, and the order of
// those that are whole; other versions are never beside them.

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"yipanqi/internal/auth"
	"yipanqi/internal/evidence"
	"yipanqi/internal/network"
	"yipanqi/internal/table"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type idInput struct {
	ID string `json:"id"`
}

// Line is one unit's totals from all sides.
type Line struct {
	Subject string  `json:"subject"`
	Name    string  `json:"name"`
	Totals  []Total `json:"totals"`
}

// showData is a version for its reader.
type showData struct {
	Sheet    `json:"score_sheet"`
	Lines    []Line              `json:"units"`
	Scores   []Score             `json:"scores"`
	Order    map[string][]Placed `json:"order"` // by side, on this version alone
	Versions []Sheet             `json:"versions"`
	Actions  []string            `json:"actions"`
	Trail    trail.Data          `json:"trail"`
	names    map[string]string
	subjects []part.Option
	sides    []part.Option
	outside  bool
	behalf   bool                     // the reader enters what others scored on paper
	follows  bool                     // the reader may draft a later version
	scans    map[string]evidence.File // by paper
}

func (p pages) show(r *web.Request, in idInput) (d showData, err error) {
	if d.Sheet, err = Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	all, err := Given(r.Tx, d.ID)
	if err != nil {
		return d, err
	}
	d.Scores, d.Order, d.Actions, d.outside = []Score{}, map[string][]Placed{}, []string{}, r.User.Has(auth.Outsider)
	who, err := d.hands(r.Tx, r.User, p.House)
	if err != nil {
		return d, err
	}
	for _, c := range all {
		if d.reads(r.User, c) {
			d.Scores = append(d.Scores, c)
		}
	}
	if err := d.units(r, who); err != nil {
		return d, err
	}
	for _, st := range life.Open(r.User, d.as(r.User)) {
		if !slices.Contains(d.Actions, st.Verb) {
			d.Actions = append(d.Actions, st.Verb)
		}
	}
	if d.State == Fixed && r.User.Can(VerbGive) && len(d.sides) > 0 {
		d.Actions = append(d.Actions, VerbGive)
	}
	if d.outside {
		d.Versions, d.Trail.Lines = []Sheet{}, []trail.Line{}
		return d, nil
	}
	some, err := versions(r.Tx, d.Series)
	for _, s := range some {
		if s.sees(r.User) {
			d.Versions = append(d.Versions, s)
		}
	}
	if err != nil {
		return d, err
	}
	d.Trail, err = trail.Read(r.Tx, r.User, Trail(), d.ID)
	return d, err
}

// reads says whether by may read a score: the office and who oversees it all, a unit its own, and who gave it.
func (s Sheet) reads(by auth.User, c Score) bool {
	return by.Sees(s.Office, s.AreaPath) || by.Sees(c.Subject, "") || c.PersonID == by.ID
}

// units adds up what the reader may read, unit by unit; the order is for those who read all.
func (d *showData) units(r *web.Request, who hands) error {
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	units, err := network.AllUnits(r.Tx)
	if err != nil {
		return err
	}
	d.names = map[string]string{}
	d.Lines = []Line{}
	for _, u := range units {
		at, err := network.AreaByID(r.Tx, u.AreaID)
		if err != nil {
			return err
		}
		d.names[u.Code] = part.Name(ctx, u.Name, u.NameEN)
		d.offers(ctx, who, u, at)
		if !slices.ContainsFunc(d.Scores, func(c Score) bool { return c.Subject == u.Code }) {
			continue
		}
		computed, err := d.computed(r.Tx, at)
		if err != nil {
			return err
		}
		line := Line{Subject: u.Code, Name: d.names[u.Code]}
		for _, side := range Sides {
			t := d.total(side, u.Code, d.Scores, computed)
			line.Totals = append(line.Totals, t)
			if r.User.Sees(d.Office, d.AreaPath) {
				d.Order[side] = append(d.Order[side], Placed{Subject: u.Code, Total: t})
			}
		}
		d.Lines = append(d.Lines, line)
	}
	for side, totals := range d.Order {
		d.Order[side] = Order(totals)
	}
	slices.SortFunc(d.sides, func(a, b part.Option) int {
		return cmp.Compare(slices.Index(Sides, a.Value), slices.Index(Sides, b.Value))
	})
	return d.scanned(r, who)
}

// offers a unit to be scored, and the sides from which the reader may: what would be refused is not offered.
func (d *showData) offers(ctx context.Context, who hands, u network.Unit, at network.Area) {
	if !who.scored(u, at) || who.asked != nil && !slices.Contains(who.asked, u.Code) {
		return
	}
	one := part.Option{Value: u.Code, Label: d.names[u.Code]}
	for _, side := range Sides {
		behalf, err := who.may(side, u, at)
		if err != nil {
			continue
		}
		d.behalf = d.behalf || behalf
		if !slices.Contains(d.subjects, one) {
			d.subjects = append(d.subjects, one)
		}
		choice := part.Option{Value: side, Label: part.T(ctx, SideWords(side))}
		if !slices.Contains(d.sides, choice) {
			d.sides = append(d.sides, choice)
		}
	}
}

// scanned reads the papers of what the office entered for others.
func (d *showData) scanned(r *web.Request, who hands) error {
	d.scans = map[string]evidence.File{}
	for _, c := range d.Scores {
		object := d.paper(c.Subject, c.Side)
		if _, read := d.scans[object]; read || !c.Behalf || d.outside {
			continue
		}
		files, err := evidence.Of(r.Tx, object)
		if err != nil {
			return err
		}
		for _, f := range files {
			if f.Current() {
				d.scans[object] = f
			}
		}
	}
	d.follows = d.followed(r.User) == nil && r.User.Can(VerbDraft)
	return nil
}

func (d showData) can(verb string) bool { return slices.Contains(d.Actions, verb) }

// said is a total as it is read: open ones say how far they are.
func (t Total) said(ctx context.Context) string {
	if t.Open {
		return part.T(ctx, "未评完（%d／%d）", t.Given, t.Of)
	}
	return t.Sum.String()
}

// place is a unit's place from a side; empty while the total is open or the reader does not read all.
func (d showData) place(side, subject string) string {
	for _, p := range d.Order[side] {
		if p.Subject == subject && p.Place > 0 {
			return strconv.Itoa(p.Place)
		}
	}
	return ""
}

// Table is the scores of this version, a line each.
func (d showData) Table(ctx context.Context) table.Table {
	t := table.Table{Name: "scores-" + d.ID, Heading: d.Title, Columns: []table.Column{
		{Name: "单位代码"}, {Name: "单位"},
		{Name: "评分方", Words: true}, {Name: "维度"}, {Name: "项目"}, {Name: "分值"}, {Name: "得分"}, {Name: "依据"}}}
	for _, c := range d.Scores {
		i := d.Items[c.Item-1]
		t.Rows = append(t.Rows, []string{c.Subject, d.names[c.Subject], string(SideWords(c.Side)), i.Dimension, i.Title,
			i.Points.String(), c.Points.String(), c.Evidence})
	}
	return t
}

func (s Sheet) version() string { return strconv.FormatInt(s.Version, 10) }

// options are the items that people score.
func (d showData) options() (all []part.Option) {
	for n, i := range d.Items {
		if i.Indicator == "" {
			all = append(all, part.Option{Value: strconv.Itoa(n + 1),
				Label: strconv.Itoa(n+1) + ". " + i.Title + " (" + i.Points.String() + ")"})
		}
	}
	return all
}
