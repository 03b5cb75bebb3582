package record

// The page on which a record is written.

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type formData struct {
	Record Record        `json:"record"`
	Checks []say.Name    `json:"checks"` // that fail now
	posts  []part.Option // units in which the reader may make one
	areas  []part.Option
	links  map[string][]part.Option // by register
	k      desk
	may    func(register.Field) bool
}

func newRecord(r *web.Request, in struct {
	Code string `json:"code"`
}) (d formData, err error) {
	if d.k, err = definitionOf(r, in.Code); err != nil {
		return d, err
	}
	posts := d.k.starts(r.User)
	if len(posts) == 0 {
		p, _ := d.k.d.Part(d.k.d.Begin().Who)
		return d, errs.Deniedf("“%s”须由“%s”登记。", d.k.d.Name, p.Name)
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	for _, p := range posts {
		name := d.k.places.unitName(p.Unit)
		d.posts = append(d.posts, part.Option{Value: p.Unit, Label: called(ctx, name)})
	}
	d.Record = Record{Register: in.Code, Unit: posts[0].Unit, Area: posts[0].AreaCode, AreaPath: posts[0].AreaPath,
		Body: register.Body{}, State: d.k.d.Begin().To}
	for _, a := range d.k.places.sorted {
		if len(a.Path) >= len(posts[0].AreaPath) && a.Path[:len(posts[0].AreaPath)] == posts[0].AreaPath &&
			a.OpenOn(d.k.w.Today) {
			d.areas = append(d.areas, part.Option{Value: a.Code, Label: part.Name(ctx, a.Name, a.NameEN)})
		}
	}
	d.may = d.k.writes(r.User, d.Record, past{})
	return d, d.findLinks(r)
}

func called(ctx context.Context, n say.Name) string { return part.Name(ctx, n.ZH, n.EN) }

// maxOptions is how many things a select or a list of suggestions offers.
const maxOptions = 400

// again is the page of a new record that was refused.
func again(r *web.Request, in createInput) (formData, error) {
	return newRecord(r, struct {
		Code string `json:"code"`
	}{in.Code})
}

func edit(r *web.Request, in recordInput) (d formData, err error) {
	if d.Record, d.k, err = in.read(r); err != nil {
		return d, err
	}
	p, err := pastOf(r.Tx, d.k.cast, d.Record)
	if err != nil {
		return d, err
	}
	d.may = d.k.writes(r.User, d.Record, p)
	if !slices.ContainsFunc(d.k.d.Fields, d.may) {
		return d, errs.Deniedf("现在不能修改这条记录：它在“%s”，由办理这一步的人改。", d.k.d.State(d.Record.State).Name)
	}
	d.k.veil(r.User, &d.Record)
	for _, said := range d.k.d.Judge(d.Record.Body, d.Record.asked(d.k.places), d.k.w) {
		d.Checks = append(d.Checks, said.Message)
	}
	return d, d.findLinks(r)
}

// findLinks reads what links may lead to.
func (d *formData) findLinks(r *web.Request) error {
	d.links = map[string][]part.Option{}
	for _, f := range d.k.d.Fields {
		fields := append(slices.Clone(f.Columns), f)
		for _, f := range fields {
			if (f.Type != "link" && f.Type != "links") || d.links[f.Of] != nil {
				continue
			}
			to, err := definitionOf(r, f.Of)
			if errs.KindOf(err) == errs.Missing {
				continue
			}
			if err != nil {
				return err
			}
			rows, _, err := to.source(r.User, nil).Counted(r.Tx, "due", 1, maxOptions)
			if err != nil {
				return err
			}
			d.links[f.Of] = []part.Option{}
			for _, rec := range rows {
				d.links[f.Of] = append(d.links[f.Of], part.Option{Value: rec.Number, Label: rec.Title})
			}
		}
	}
	return nil
}

func (d formData) action() string {
	url := "/registers/" + d.Record.Register + "/records"
	if d.Record.ID != "" {
		url += "/" + d.Record.ID + "/edit"
	}
	return url
}

func (d formData) heading(ctx context.Context) string {
	if d.Record.ID == "" {
		return part.T(ctx, "新建：%s", d.k.d.Name)
	}
	return d.Record.Title
}

// options are what may be chosen in a field, if they are few enough to be listed.
func (d formData) options(ctx context.Context, f register.Field) (all []part.Option) {
	add := func(value, label string) { all = append(all, part.Option{Value: value, Label: label}) }
	switch f.Type {
	case "one", "many":
		for _, o := range f.Choices(d.k.w) {
			add(o.Code, called(ctx, o.Name))
		}
	case "y/n":
		add("1", called(ctx, yes))
		add("0", called(ctx, no))
	case "unit", "units":
		for _, u := range d.k.places.all {
			if u.OpenOn(d.k.w.Today) {
				add(u.Code, part.Name(ctx, u.Name, u.NameEN))
			}
		}
	case "area", "areas":
		for _, below := range []string{d.Record.AreaPath, ""} {
			for _, a := range d.k.places.sorted {
				if (f.Level == "" || register.OfLevel(a.Level, f.Level)) && a.OpenOn(d.k.w.Today) &&
					strings.HasPrefix(a.Path, below) {
					add(a.Code, part.Name(ctx, a.Name, a.NameEN))
				}
			}
			if len(all) > 0 {
				break
			}
		}
	case "link", "links":
		all = d.links[f.Of]
	}
	return all
}

const few = 60 // options that a select or boxes show

func (d formData) listed(ctx context.Context, f register.Field) bool {
	all := d.options(ctx, f)
	return !f.Ordered && len(all) > 0 && len(all) <= few || f.Type == "one" || f.Type == "many" || f.Type == "y/n"
}

// view is the input of one key of a field.
func (d formData) view(ctx context.Context, f register.Field, key, label string) part.FieldView {
	v := part.FieldView{Name: "value[" + key + "]", Label: label, Value: d.Record.Body[key], Required: f.Required,
		Help: f.Help}
	switch f.Type {
	case "para", "shape":
		v.Type, v.Rows = "textarea", 3
	case "date":
		v.Type = "date"
	case "month":
		v.Type = "month"
	case "instant":
		v.Type = "datetime-local"
	}
	if f.Unit != "" {
		v.Label += "（" + unitOf(ctx, f) + "）"
	}
	if slices.Contains([]string{"one", "y/n", "unit", "area", "link"}, f.Type) {
		if d.listed(ctx, f) {
			v.Options = append([]part.Option{{Label: part.T(ctx, "请选择")}}, d.options(ctx, f)...)
		} else {
			v.List = "suggest-" + f.Type + f.Of
		}
	}
	if register.IsNothing(v.Value) && v.Value != "" {
		v.Type = "text"
	}
	return v
}

// places are the rows of a table in the record, with empty ones behind.
func (d formData) rows(ctx context.Context, f register.Field) (places []string) {
	places = d.Record.Body.Chosen(f.Code)
	next := 0
	for _, place := range places {
		n, _ := strconv.Atoi(place) // the reader saw to it
		next = max(next, n+1)
	}
	empty := 2
	if len(places) == 0 {
		empty = 3
	}
	if input := part.From(ctx).Input; len(input) > 0 {
		for input.Has("value[" + register.Key(f.Code, strconv.Itoa(next+empty), f.Columns[0].Code) + "]") {
			empty++
		}
	}
	for i := range empty {
		places = append(places, strconv.Itoa(next+i))
	}
	return places
}

// suggestions are the lists of suggestions that the page's inputs name.
func (d formData) suggestions(ctx context.Context) map[string][]part.Option {
	all := map[string][]part.Option{}
	if len(d.areas) > few {
		all["suggest-own-area"] = d.areas[:min(len(d.areas), maxOptions)]
	}
	for _, f := range d.k.d.Fields {
		for _, one := range append(slices.Clone(f.Columns), f) {
			if slices.Contains([]string{"unit", "area", "link", "units", "areas", "links"}, one.Type) &&
				!d.listed(ctx, one) {
				options := d.options(ctx, one)
				all["suggest-"+one.Type+one.Of] = options[:min(len(options), maxOptions)]
			}
		}
	}
	return all
}

// part1 is a field as one of its parts is typed.
func part1(f register.Field) register.Field {
	f.Type, f.Help = "number", ""
	return f
}

// ticked says whether a box is ticked: as it was sent, in a refused form.
func ticked(ctx context.Context, name string, loaded bool) bool {
	if e := part.From(ctx); len(e.Input) > 0 {
		return e.Input.Get(name) != ""
	}
	return loaded
}

func answers(ctx context.Context) []part.Option {
	all := []part.Option{{Label: part.T(ctx, "未查")}}
	for _, o := range register.Answers {
		all = append(all, part.Option{Value: o.Code, Label: called(ctx, o.Name)})
	}
	return all
}

// group is fields under one heading.
type group struct {
	Name   say.Name
	Fields []register.Field
}

func groups(d register.Definition) (all []group) {
	for _, f := range d.Fields {
		if len(all) == 0 || f.Group.ZH != "" && f.Group.ZH != all[len(all)-1].Name.ZH {
			all = append(all, group{Name: f.Group})
		}
		all[len(all)-1].Fields = append(all[len(all)-1].Fields, f)
	}
	return all
}
