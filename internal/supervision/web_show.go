package supervision

// The pages of groups and of one visit, and the forms in which they are written.

import (
	"context"
	"slices"
	"strconv"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/list"
	"yipanqi/internal/network"
	"yipanqi/internal/record"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type groupsInput struct {
	About string `json:"about" doc:"What they are about: round/ID."`
	Sort  string `json:"sort"`
	Page  int    `json:"page"`
}

type groupsData struct {
	Groups []groupLine `json:"groups"`
	list.Shown[groupLine]
}

// groupLine is a group in the list.
type groupLine struct {
	Group
	Missing []string `json:"missing"`
	Visits  int      `json:"visits"`
	areas   []say.Name
}

func (p pages) showGroups(r *web.Request, in groupsInput) (d groupsData, err error) {
	if err := p.known(r.Tx, r.User, in.About); err != nil {
		return d, err
	}
	all, err := groupsOf(r.Tx, r.User, in.About)
	if err != nil {
		return d, err
	}
	rows := []groupLine{}
	for _, g := range all {
		l := groupLine{Group: g, Missing: append([]string{}, g.Missing()...)}
		visits, err := visitsOf(r.Tx, g.ID)
		if err != nil {
			return d, err
		}
		l.Visits = len(visits)
		if l.areas, err = areaNames(r.Tx, g.Areas); err != nil {
			return d, err
		}
		rows = append(rows, l)
	}
	at := list.At{Sort: in.Sort, Page: in.Page}
	if in.About != "" {
		at.Filters = []list.Filter{{Name: "about", Value: in.About, Hidden: true}}
	}
	d.Groups, d.Shown, err = groups(r.User.Can(VerbForm)).Sorted(r, at, rows)
	return d, err
}

// groups is the list of them; may says whether the reader forms one.
func groups(may bool) list.List[groupLine] {
	text := func(of func(groupLine) string) func(context.Context, groupLine) string {
		return func(_ context.Context, g groupLine) string { return of(g) }
	}
	empty := list.Empty{Title: "还没有督导组", Next: "妇儿工委办组建督导组后，会列在这里。"}
	if may {
		empty.Label, empty.URL = "组建督导组", "/supervision/groups/new"
	}
	return list.List[groupLine]{Path: "/supervision/groups", File: "supervision-groups", Title: "督导组", Size: 50,
		Intro: say.New("五类人员齐全，先培训再督导；不督导自己的单位。"), Actions: groupsLinks(may),
		Empty: empty,
		Columns: []list.Column[groupLine]{
			{Name: "title", Label: "督导组", URL: groupLine.URL,
				Text: text(func(g groupLine) string { return g.Title })},
			{Name: "head", Label: "组长", Text: text(func(g groupLine) string { return g.Head().Name })},
			{Name: "members", Label: "人数", Numeric: true,
				Text: text(func(g groupLine) string { return strconv.Itoa(len(g.Members)) })},
			{Name: "areas", Label: "负责地区",
				Text: func(ctx context.Context, g groupLine) string { return joined(ctx, g.areas) }},
			{Name: "visits", Label: "督导", Numeric: true,
				Text: text(func(g groupLine) string { return strconv.Itoa(g.Visits) })},
			{Name: "missing", Label: "缺的类别",
				Text: func(ctx context.Context, g groupLine) string { return words(ctx, memberKinds, g.Missing) }},
			{Name: "trained", Label: "培训日期", Newest: true,
				Text: text(func(g groupLine) string { return g.TrainedOn })}}}
}

func areaNames(tx *db.Tx, codes []string) (names []say.Name, err error) {
	for _, code := range codes {
		a, err := network.NewestArea(tx, code)
		if err != nil {
			return nil, err
		}
		names = append(names, say.Name{ZH: a.Name, EN: a.NameEN})
	}
	return names, nil
}

func joined(ctx context.Context, names []say.Name) string {
	var all []string
	for _, n := range names {
		all = append(all, called(ctx, n))
	}
	return part.Join(ctx, all)
}

type groupData struct {
	Group   Group      `json:"group"`
	Missing []string   `json:"missing"`
	Visits  []Visit    `json:"visits"`
	Trail   trail.Data `json:"trail"`
	may     bool
	watches bool // the reader sees the other groups too
	areas   []say.Name
	places  map[string]say.Name // of visits
	units   map[string]say.Name
}

func showGroup(r *web.Request, in idInput) (d groupData, err error) {
	if d.Group, err = ReadGroup(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	d.Missing = append([]string{}, d.Group.Missing()...)
	if d.Visits, err = visitsOf(r.Tx, in.ID); err != nil {
		return d, err
	}
	d.Visits = append([]Visit{}, d.Visits...)
	_, refused := plays(r.User, d.Group, d.Group.Office, office)
	d.may, d.watches = refused == nil && r.User.Can(VerbEdit), r.User.Can(VerbWatch)
	if d.areas, err = areaNames(r.Tx, d.Group.Areas); err != nil {
		return d, err
	}
	d.places, d.units = map[string]say.Name{}, map[string]say.Name{}
	for _, v := range d.Visits {
		if d.places[v.ID], err = areaName(r.Tx, v.AreaID); err != nil {
			return d, err
		}
	}
	for _, m := range d.Group.Members {
		if m.Unit == "" {
			continue
		}
		u, err := network.UnitByCode(r.Tx, m.Unit)
		if err != nil {
			return d, err
		}
		d.units[m.Unit] = say.Name{ZH: u.Name, EN: u.NameEN}
	}
	d.Trail, err = trail.Read(r.Tx, r.User, GroupTrail(), in.ID)
	return d, err
}

// visitEdit is a visit as its planner sees it.
type visitEdit struct {
	Visit  Visit  `json:"visit"`
	Area   string `json:"area,omitempty"`
	groups []part.Option
	areas  []part.Option
}

type newVisitInput struct {
	Group string `json:"group" doc:"Identifier of the supervision group."`
	Area  string `json:"area" doc:"Code of the area."`
}

func newVisit(r *web.Request, in newVisitInput) (d visitEdit, err error) {
	d.Visit = Visit{GroupID: in.Group, Methods: []string{"hear", "files", "site"}, Agenda: []string{},
		Choices: map[string]string{}}
	d.Area = in.Area
	return d, d.choices(r)
}

func editVisit(r *web.Request, in idInput) (d visitEdit, err error) {
	if d.Visit, err = Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	if _, err := plays(r.User, d.Visit.group, d.Visit.Office, office); err != nil {
		return d, err
	}
	area, err := network.AreaByID(r.Tx, d.Visit.AreaID)
	if err != nil {
		return d, err
	}
	d.Area = area.Code
	return d, d.choices(r)
}

func (d *visitEdit) choices(r *web.Request) error {
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	groups, err := groupsOf(r.Tx, r.User, "")
	if err != nil {
		return err
	}
	d.groups = []part.Option{{Label: part.T(ctx, "请选择")}}
	d.areas = []part.Option{{Label: part.T(ctx, "请选择")}}
	for _, g := range groups {
		d.groups = append(d.groups, part.Option{Value: g.ID, Label: g.Title})
		for _, code := range g.Areas {
			if slices.ContainsFunc(d.areas, func(o part.Option) bool { return o.Value == code }) {
				continue
			}
			a, err := network.NewestArea(r.Tx, code)
			if err != nil {
				return err
			}
			d.areas = append(d.areas, part.Option{Value: code, Label: part.Name(ctx, a.Name, a.NameEN)})
		}
	}
	return nil
}

func (d visitEdit) action() string {
	if d.Visit.ID == "" {
		return "/visits"
	}
	return d.Visit.URL() + "/edit"
}

// showData is a visit for its reader.
type showData struct {
	Visit   Visit      `json:"visit"`
	Area    string     `json:"area"`
	Group   Group      `json:"group"`
	Files   []FileItem `json:"files"`
	Sites   []Site     `json:"sites"`
	Draws   []Draw     `json:"draws"`
	Notes   []Note     `json:"notes"`
	Actions []string   `json:"actions"`
	Trail   trail.Data `json:"trail"`

	area    say.Name
	inside  bool
	watches bool // the reader takes papers away
	today   string
	photos  map[string]string
	records map[string]string // addresses of sites' records
	more    showMore
}

func show(r *web.Request, in idInput) (d showData, err error) {
	if d.Visit, err = Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	v := d.Visit
	d.inside, d.today, d.Group = v.inside(r.User), r.Tx.Today(), v.group
	d.watches = r.User.Can(VerbWatch)
	d.Files, d.Sites, d.Draws, d.Notes, d.Actions = []FileItem{}, []Site{}, []Draw{}, []Note{}, []string{}
	if d.area, err = areaName(r.Tx, v.AreaID); err != nil {
		return d, err
	}
	d.Area = d.area.ZH
	for _, st := range life.Open(r.User, v.as(r.User)) {
		early := st.Verb == VerbStart && d.today < v.OnDay
		if !early && !slices.Contains(d.Actions, st.Verb) {
			d.Actions = append(d.Actions, st.Verb)
		}
	}
	if d.inside {
		if err := d.noted(r.Tx, r.User); err != nil {
			return d, err
		}
	}
	if d.more, err = moreOf(r.Tx, r.User, v); err != nil {
		return d, err
	}
	d.Trail, err = trail.Read(r.Tx, r.User, Trail(), v.ID)
	return d, err
}

// noted reads what was written down.
func (d *showData) noted(tx *db.Tx, by auth.User) (err error) {
	if d.Notes, err = notesOf(tx, d.Visit.ID); err != nil {
		return err
	}
	d.Files = d.Visit.files(d.Notes)
	if d.Sites, err = sitesOf(tx, d.Visit.ID); err != nil {
		return err
	}
	if d.Draws, err = drawsOf(tx, d.Visit.ID); err != nil {
		return err
	}
	d.Notes, d.Sites, d.Draws = append([]Note{}, d.Notes...), append([]Site{}, d.Sites...),
		append([]Draw{}, d.Draws...)
	if err := checked(tx, d.Sites, d.Notes); err != nil {
		return err
	}
	d.records = map[string]string{}
	for _, s := range d.Sites {
		if s.Record == "" {
			continue
		}
		r, unseen := record.Read(tx, by, s.Record[len("record/"):])
		if unseen != nil {
			continue
		}
		d.records[s.ID] = r.URL()
		f, _, err := s.items(tx)
		if err != nil {
			return err
		}
		for n := range s.Checks {
			s.Checks[n].Registered = r.Body[register.Key(f.Code, s.Checks[n].Item)]
		}
	}
	d.photos, err = photosOf(tx, d.Notes)
	return err
}

func (d showData) can(verb string) bool { return slices.Contains(d.Actions, verb) }

func (v Visit) version() string { return strconv.FormatInt(v.Version, 10) }

// seen are the notes about a place.
func (d showData) seen(s Site) (all []Note) {
	for _, n := range d.Notes {
		if n.Place == s.Object() && n.Kind != CheckNote {
			all = append(all, n)
		}
	}
	return all
}
