package engagement

// The page of one engagement for the office, the form that it is written in, and the letter of appointment.

import (
	"context"
	"slices"
	"strconv"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/find"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

func ending(take func(*db.Tx, auth.User, string, int64, string) (Engagement, error), flash say.Key) func(*web.Request,
	reasonInput) (web.Done[taken], error) {
	return func(r *web.Request, in reasonInput) (web.Done[taken], error) {
		e, err := take(r.Tx, r.User, in.ID, in.Version, in.Reason)
		return done(r, e, flash), err
	}
}

// formData is what an engagement can be filled with.
type formData struct {
	areas, documents, indicators part.ChooseView
	units                        []string          // names, to be chosen from
	names                        map[string]string // by code
}

// form reads the choices of an office; what is chosen already stays to be chosen.
func (p pages) form(r *web.Request, at auth.Post, e Engagement) (d formData, err error) {
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	top, err := network.AreaByID(r.Tx, at.AreaID)
	if err != nil {
		return d, err
	}
	below, err := network.Children(r.Tx, top.ID, "")
	if err != nil {
		return d, err
	}
	choose := func(name string, label say.Key, chosen []string) part.ChooseView {
		return part.ChooseView{Name: name, Label: part.T(ctx, label), Chosen: chosen}
	}
	d.areas = choose("areas", "看哪些地区", e.Areas)
	group := part.ChooseGroup{Code: "areas", Label: part.T(ctx, "地区"), Open: true}
	for _, a := range append([]network.Area{top}, below...) {
		group.Options = append(group.Options, part.Option{Value: a.Code, Label: part.Name(ctx, a.Name, a.NameEN)})
	}
	d.areas.Groups = []part.ChooseGroup{group}
	if d.documents, err = p.offered(r, ctx, choose("documents", "看哪些材料", e.Documents)); err != nil {
		return d, err
	}
	d.indicators = choose("indicators", "看哪些指标", e.Indicators)
	all, err := indicator.List(r.Tx)
	if err != nil {
		return d, err
	}
	group = part.ChooseGroup{Code: "indicators", Label: part.T(ctx, "指标")}
	for _, i := range all {
		group.Options = append(group.Options, part.Option{Value: i.Code,
			Label: i.Code + " " + part.Name(ctx, i.Name, i.NameEN)})
	}
	d.indicators.Groups = []part.ChooseGroup{group}
	units, err := network.Units(r.Tx, top)
	d.names = map[string]string{}
	for _, u := range units {
		if u.OpenOn(r.Tx.Today()) && !slices.Contains(d.units, u.Name) { // of two of a name, the code says which
			d.units, d.names[u.Code] = append(d.units, u.Name), u.Name
		}
	}
	return d, err
}

// offered are the newest things of each kind that an engagement can name, and those that it names.
func (p pages) offered(r *web.Request, ctx context.Context, c part.ChooseView) (part.ChooseView, error) {
	for _, k := range p.found() {
		hits, err := find.Newest(r.Tx, r.User, []find.Kind{k}, 40)
		if err != nil {
			return c, err
		}
		x, _, _ := p.exhibit(k.Code + "/")
		group := part.ChooseGroup{Code: k.Code, Label: part.T(ctx, x.Name)}
		for _, hit := range hits {
			_, id, _ := p.exhibit(hit.Object)
			if _, err := x.Show(r.Tx, id, nil); err != nil && !contains(c.Chosen, hit.Object) {
				continue // not out
			}
			group.Options = append(group.Options, part.Option{Value: hit.Object,
				Label: part.Name(ctx, hit.Title, hit.TitleEN)})
		}
		if len(group.Options) > 0 {
			c.Groups = append(c.Groups, group)
		}
	}
	return c, nil
}

func contains(all []string, one string) bool { return slices.Contains(all, one) }

type newInput struct {
	About string `json:"about" doc:"The object that they are engaged for: round/…"`
	Third string `json:"third_party" doc:"The third party whose person it is."`
}

type newData struct {
	About  string        `json:"about,omitempty"`
	Third  string        `json:"third_party,omitempty"`
	Thirds []ThirdParty  `json:"third_parties"`
	causes []part.Option // where the page was not opened for something
	known  []part.Option // whom the office has engaged before
	e      Engagement
	formData
}

func (p pages) newEngagement(r *web.Request, in newInput) (d newData, err error) {
	d.About, d.Third, d.e.Role = in.About, in.Third, Expert
	at, err := officeOf(r.User)
	if err != nil {
		return d, err
	}
	if in.About != "" {
		if err := p.Adds(r.Tx, r.User, in.About); err != nil {
			return d, err
		}
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	if d.causes, err = p.causes(ctx, r.Tx, r.User, in.About); err != nil {
		return d, err
	}
	engaged, err := before(r.Tx, at.Unit)
	if err != nil {
		return d, err
	}
	d.known = []part.Option{{Label: part.T(ctx, "没有，是新请的人")}}
	for _, p := range engaged {
		d.known = append(d.known, part.Option{Value: p.ID, Label: p.Name})
	}
	if d.Thirds, err = thirdsFor(r.Tx, r.User, in.About); err != nil {
		return d, err
	}
	if in.Third != "" {
		t, _, err := ReadThird(r.Tx, r.User, in.Third)
		if err != nil {
			return d, err
		}
		d.e.Role, d.e.OpensOn, d.e.ClosesOn, d.About = ByContract, t.OpensOn, t.ClosesOn, t.About
	}
	d.formData, err = p.form(r, at, d.e)
	return d, err
}

// called is a unit as it stands in the form: by its name, where that says which it is.
func (d formData) called(unit string) string {
	if name := d.names[unit]; name != "" {
		return name
	}
	return unit
}

func officeOf(by auth.User) (auth.Post, error) {
	for _, post := range by.Posts {
		if post.Role == auth.Office {
			return post, nil
		}
	}
	return auth.Post{}, notOffice
}

type showInput struct {
	ID   string `json:"id"`
	Edit bool   `json:"edit" doc:"The scope is shown to be changed."`
}

// showData is an engagement for its office.
type showData struct {
	Engagement  `json:"engagement"`
	Undertaking bool       `json:"undertaking"`
	Papers      []Paper    `json:"papers"`
	Actions     []string   `json:"actions"`
	Trail       trail.Data `json:"trail"`
	form        formData
	areas       []network.Area
	indicators  []indicator.Indicator
	units       map[string]string
	third       ThirdParty
	about       string
	edit        bool
	today       string
}

func (p pages) show(r *web.Request, in showInput) (d showData, err error) {
	if d.Engagement, err = Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	d.edit, d.today, d.Actions = in.Edit, r.Tx.Today(), []string{}
	for _, st := range life.Open(r.User, d.as(r.User)) {
		if !slices.Contains(d.Actions, st.Verb) {
			d.Actions = append(d.Actions, st.Verb)
		}
	}
	if _, d.Undertaking, err = d.Undertaken(r.Tx); err != nil {
		return d, err
	}
	if d.areas, err = d.within(r.Tx); err != nil {
		return d, err
	}
	if d.Papers, err = d.papers(r.Tx, p.House); err != nil {
		return d, err
	}
	for _, code := range d.Indicators {
		i, err := indicator.ByCode(r.Tx, code)
		if err != nil {
			return d, err
		}
		d.indicators = append(d.indicators, i)
	}
	if d.Third != "" {
		if d.third, err = GetThird(r.Tx, d.Third); err != nil {
			return d, err
		}
	}
	if d.about, err = d.aboutName(r.Tx); err != nil {
		return d, err
	}
	if post, ok := r.User.PostFor(d.Office, auth.Office); ok && d.can(VerbEdit) {
		if d.form, err = p.form(r, post, d.Engagement); err != nil {
			return d, err
		}
	}
	if err := d.named(r); err != nil {
		return d, err
	}
	d.Trail, err = trail.Read(r.Tx, r.User, Trail(), d.ID)
	return d, err
}

// named reads what the units of the interests are called.
func (d *showData) named(r *web.Request) error {
	all, err := network.AllUnits(r.Tx)
	d.units = map[string]string{}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	for _, u := range all {
		d.units[u.Code] = part.Name(ctx, u.Name, u.NameEN)
	}
	return err
}

func (d showData) can(verb string) bool { return slices.Contains(d.Actions, verb) }

func (d showData) editing(ctx context.Context) bool {
	return d.can(VerbEdit) && (d.edit || part.From(ctx).Input.Has("opens_on"))
}

// tie is an interest in words.
func (d showData) tie(ctx context.Context, i Interest) string {
	if i.Kind == None {
		return part.T(ctx, TieWords(None))
	}
	name := d.units[i.Unit]
	if name == "" {
		name = part.T(ctx, "%s（网络外的单位）", i.Unit)
	}
	return name + " · " + part.T(ctx, TieWords(i.Kind))
}

// ties are the declared interests with room for one more.
func (e Engagement) ties() []Interest {
	return append(slices.Clone(e.Interests), make([]Interest, max(1, 2-len(e.Interests)))...)
}

func (e Engagement) version() string { return strconv.FormatInt(e.Version, 10) }

// days is how many days are left, today among them.
func days(today, last string) int {
	n := 0
	for d := today; d <= last && n < 10_000; d = calendar.DayAfter(d) {
		n++
	}
	return n
}

type idInput struct {
	ID string `json:"id"`
}

// appointment is the letter of appointment, to be sealed on paper.
func appointment(r *web.Request, in idInput) (web.File, error) {
	e, err := Read(r.Tx, r.User, in.ID)
	if err != nil {
		return web.File{}, err
	}
	unit, err := network.UnitByCode(r.Tx, e.Office)
	if err != nil {
		return web.File{}, err
	}
	about, err := e.aboutName(r.Tx)
	if err != nil {
		return web.File{}, err
	}
	what := "有关工作"
	if about != "" {
		what = "“" + about + "”"
	}
	doc := document.Document{Title: "聘　书", Number: e.Appointment, Issuer: unit.Name,
		Date: document.Day(max(e.OpensOn, e.StartedOn)), Blocks: []document.Block{
			document.Text(e.Person + "："),
			document.Text("兹聘请您为" + what + "的" + string(e.Role.Words()) + "，聘期自" + document.Day(e.OpensOn) +
				"至" + document.Day(e.ClosesOn) + "。"),
			document.Text("聘期内请按承诺书保守所知情况，不向他人提供所阅材料；有利害关系的事项请回避。")}}
	return web.Word(r, e.Person+"聘书", doc)
}
