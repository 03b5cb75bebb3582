package engagement

// What somebody engaged sees, and by which rules: the things that their engagement names, as far as they are out, and
// the figures of its areas. Everything goes through Mine, which knows the days.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/find"
	"yipanqi/internal/indicator"
	"yipanqi/internal/journal"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
)

// House is what an engagement needs of the modules above it.
type House struct {
	Sees     func(tx *db.Tx, by auth.User, object string) error // whether by may see an object
	Adds     func(tx *db.Tx, by auth.User, object string) error // whether by may have somebody work on it
	Causes   func(tx *db.Tx, by auth.User) ([]Cause, error)     // what by may have somebody work on now
	Exhibits func() []module.Exhibit
	Kinds    func() []find.Kind
	Around   func(*db.Tx, auth.User, module.Of) ([]module.Card, error) // what modules have in a room
	Files    blob.Store
}

// Cause is what somebody can be engaged for.
type Cause struct{ Object, Title string }

// Fields of the files on an engagement.
const (
	fieldUndertaking = "undertaking"
	fieldAppointment = "appointment"
	fieldRoom        = "room" // what the person may read

	// on a third party
	fieldContract     = "contract"
	fieldIndependence = "independence"
)

func (h House) exhibit(object string) (x module.Exhibit, id string, known bool) {
	kind, id, _ := strings.Cut(object, "/")
	for _, one := range h.Exhibits() {
		if one.Kind == kind {
			return one, id, true
		}
	}
	return x, id, false
}

// known refuses documents and indicators that there are not, that by may not see, or that are not out yet.
func (e Engagement) known(tx *db.Tx, by auth.User, h House) error {
	wrong := errs.Fields{}
	within, err := e.Paths(tx)
	if err != nil {
		return err
	}
	for n, object := range e.Documents {
		x, id, known := h.exhibit(object)
		if !known {
			wrong.Say("documents", "第%d份材料：这一类不能给受聘人员看。", n+1)
			continue
		}
		if err = h.Sees(tx, by, object); err == nil {
			_, err = x.Show(tx, id, within)
		}
		switch kind := errs.KindOf(err); {
		case kind == errs.Missing:
			wrong.Say("documents", "第%d份材料：没有找到，或者还没有发出、审核通过。", n+1)
		case err != nil:
			return err
		}
	}
	for _, code := range e.Indicators {
		if _, err := indicator.ByCode(tx, code); errs.KindOf(err) == errs.Missing {
			wrong.Say("indicators", "没有代码是“%s”的指标。", code)
		} else if err != nil {
			return err
		}
	}
	return wrong.Check("没有保存：请先改正标出的地方。")
}

// Paths are those of the areas of the scope.
func (e Engagement) Paths(tx *db.Tx) (paths []string, err error) {
	areas, err := e.within(tx)
	for _, a := range areas {
		paths = append(paths, a.Path)
	}
	return paths, err
}

// Paper is a thing in the room. One that its own module shows has a URL.
type Paper struct {
	Object string `json:"object"`
	Title  string `json:"title"`
	URL    string `json:"url"`
	DueOn  string `json:"due,omitempty"`
	shown  module.Exhibited
	kind   module.Exhibit
}

// papers are what of the scope is out; what has been withdrawn since is not there.
func (e Engagement) papers(tx *db.Tx, h House) (all []Paper, err error) {
	within, err := e.Paths(tx)
	if err != nil {
		return nil, err
	}
	all = []Paper{}
	for _, object := range e.Documents {
		x, id, known := h.exhibit(object)
		if !known {
			continue
		}
		shown, err := x.Show(tx, id, within)
		if errs.KindOf(err) == errs.Missing {
			continue
		}
		if err != nil {
			return nil, err
		}
		p := Paper{object, shown.Title, shown.URL, shown.DueOn, shown, x}
		if p.URL == "" {
			p.URL = e.Room() + "/documents/" + object
		}
		all = append(all, p)
	}
	return all, nil
}

func (e Engagement) paper(tx *db.Tx, h House, object string) (Paper, error) {
	all, err := e.papers(tx, h)
	at := slices.IndexFunc(all, func(p Paper) bool { return p.Object == object && p.shown.URL == "" })
	if err != nil || at < 0 {
		return Paper{}, orUnseen(err)
	}
	return all[at], nil
}

func orUnseen(err error) error {
	if err != nil {
		return err
	}
	return unseen
}

// Figure is the newest accepted value of an indicator in an area, or a published one.
type Figure struct {
	Area      string `json:"area"`
	Indicator string `json:"indicator"`
	Name      string `json:"name"`
	Period    string `json:"period"`
	Value     string `json:"value"`
	Unit      string `json:"unit"`
	Status    string `json:"status"`

	areaName, areaEN, nameEN string
	shown                    quantity.Mark
	of                       progress.Value
}

// figures are what the scope's areas have of its indicators.
func (e Engagement) figures(tx *db.Tx) (all []Figure, err error) {
	all = []Figure{}
	areas, err := e.within(tx)
	if err != nil || len(areas) == 0 || len(e.Indicators) == 0 {
		return all, err
	}
	q := progress.Query{Areas: areas}
	for _, code := range e.Indicators {
		i, err := indicator.ByCode(tx, code)
		if err != nil {
			return nil, err
		}
		q.Indicators = append(q.Indicators, i)
	}
	values, err := progress.Values(tx, q)
	if err != nil {
		return nil, err
	}
	last := map[[2]int64]progress.Value{}
	for _, v := range values {
		if v.Rat != nil {
			last[[2]int64{v.Indicator.ID, v.Area.ID}] = v // periods come in their order
		}
	}
	for _, i := range q.Indicators {
		for _, a := range areas {
			if v, known := last[[2]int64{i.ID, a.ID}]; known {
				all = append(all, figureOf(i, a, v))
			}
		}
	}
	return all, nil
}

func figureOf(i indicator.Indicator, a network.Area, v progress.Value) Figure {
	return Figure{Area: a.Code, Indicator: i.Code, Name: i.Name, Period: v.Period.String(), Value: v.Plain(),
		Unit: i.Unit, Status: string(v.Status), areaName: a.Name, areaEN: a.NameEN, nameEN: i.NameEN, shown: v.Mark,
		of: v}
}

// roomFiles are the files that the office laid down for the person to read, those of the third party among them.
func (e Engagement) roomFiles(tx *db.Tx) (all []evidence.File, err error) {
	files, err := evidence.Of(tx, e.Object())
	all = []evidence.File{}
	for _, f := range files {
		if f.Field == fieldRoom && f.Current() {
			all = append(all, f)
		}
	}
	return all, err
}

// aboutName is what the object is called that the engagement is about.
func (e Engagement) aboutName(tx *db.Tx) (string, error) {
	name, _, err := find.Called(tx, e.About)
	return name.ZH, err
}

// took journals that the person took something with them.
func took(tx *db.Tx, by auth.User, e Engagement, verb, what, name string) error {
	return journal.Log(tx, by, verb, e.Object(), map[string]string{"what": what, "name": name})
}

// stamped is a document that says who took it and when.
func (e Engagement) stamped(tx *db.Tx, title string, blocks []document.Block) document.Document {
	return document.Document{Title: title, Blocks: append([]document.Block{document.Text(e.Mark(tx.Today()))},
		blocks...)}
}

// Mark is the line that everything shown to somebody engaged carries.
func (e Engagement) Mark(today string) string {
	return "供" + e.Person + "（" + string(e.Role.Words()) + "）查阅，" + document.Day(today) + "。不得转给他人。"
}

// own is what the person wrote: notes here, and what other modules have of theirs.
func (e Engagement) own(tx *db.Tx, by auth.User, h House) (blocks []document.Block, err error) {
	notes, err := notesOf(tx, e.ID)
	if err != nil {
		return nil, err
	}
	blocks = append(blocks, document.Heading{Level: 1, Text: "笔记"})
	if len(notes) == 0 {
		blocks = append(blocks, document.Text("没有笔记。"))
	}
	for _, n := range notes {
		blocks = append(blocks, document.Text(n.WrittenAt.In(db.China).Format("2006-01-02 15:04")+"　"+n.Text))
	}
	for _, x := range h.Exhibits() {
		if x.Own == nil {
			continue
		}
		more, err := x.Own(tx, by)
		if err != nil {
			return nil, err
		}
		blocks = append(blocks, more...)
	}
	return blocks, nil
}
