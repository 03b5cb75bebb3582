package record

// The public face of records: facilities that anybody may look up, as they were last confirmed, and of that what their
// register makes public. Pages, and the faults that people report, are package directory's.

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
)

// Facility is a place as anybody may see it.
type Facility struct {
	Register string        `json:"register"`
	Number   string        `json:"number"`
	Kind     string        `json:"kind"`
	KindEN   string        `json:"kind_en"`
	Name     string        `json:"name"`
	Area     string        `json:"area"`
	AreaName string        `json:"area_name"`
	State    string        `json:"state,omitempty"` // whether it is open
	Hours    string        `json:"hours,omitempty"`
	Stale    bool          `json:"not_checked,omitempty"` // nobody looked at it in time
	Reports  bool          `json:"reports_faults"`
	Value    register.Body `json:"value"` // what is public, by field

	ID     string `json:"-"`
	Unit   string `json:"-"`
	Path   string `json:"-"`
	AreaEN string `json:"-"`
	k      desk
}

// Fields that facilities share, by the domain paper: whether they are open, and when.
const facilityState = "facility_state"

var facilityHours = []string{"opening_hours", "weekly_hours"}

// Look is what somebody asks the directory for. From is where an earlier answer ended.
type Look struct{ Kind, Area, Words, From string }

// mostLooked is how many records one question looks through; the answer says where to go on.
const mostLooked = 4000

var errEnough = errors.New("the page is full")

var unlisted = errs.Missingf("没有找到这处设施。它可能已经停用，或者编号不对。请到公共设施查询里再找。")

// Kinds are the registers whose facilities stand in the directory.
func Kinds(tx *db.Tx) (all []register.Definition, err error) {
	every, err := Registers(tx)
	for _, d := range every {
		if _, public := d.Place(); public {
			all = append(all, d)
		}
	}
	return all, err
}

// LookUp finds facilities in order of register and number, at most so many, and where the rest begins.
func LookUp(tx *db.Tx, ask Look, most int) (found []Facility, next string, err error) {
	kinds, err := Kinds(tx)
	if err != nil {
		return nil, "", err
	}
	at, after, _ := strings.Cut(ask.From, ":")
	places, err := placed(tx)
	if err != nil {
		return nil, "", err
	}
	path, words := places.root.Path, strings.Fields(strings.ToLower(ask.Words))
	if ask.Area != "" {
		path = places.areas[ask.Area].Path
	}
	left := mostLooked
	for _, d := range kinds {
		if ask.Kind != "" && d.Code != ask.Kind || d.Code < at {
			continue
		}
		if d.Code != at {
			after = ""
		}
		k, err := deskOf(tx, auth.User{}, d, path)
		if err != nil {
			return nil, "", err
		}
		n := 0
		err = eachPublic(tx, d.Code, path, after, left, func(r Record) error {
			if len(found) == most {
				return errEnough
			}
			n, next = n+1, d.Code+":"+r.Number
			if f, shown := k.facility(r); shown && f.says(words) {
				found = append(found, f)
			}
			return nil
		})
		if left -= n; errors.Is(err, errEnough) || err == nil && left == 0 {
			return found, next, nil
		}
		if err != nil {
			return nil, "", err
		}
	}
	return found, "", nil
}

// FacilityOf is one facility by its register and number.
func FacilityOf(tx *db.Tx, code, number string) (f Facility, err error) {
	kinds, err := Kinds(tx)
	if err != nil {
		return f, err
	}
	at := slices.IndexFunc(kinds, func(d register.Definition) bool { return d.Code == code })
	if at < 0 {
		return f, unlisted
	}
	r, err := byNumber(tx, code, number)
	if errs.KindOf(err) == errs.Missing {
		return f, unlisted
	}
	if err != nil {
		return f, err
	}
	k, err := deskOf(tx, auth.User{}, kinds[at], r.AreaPath)
	if err != nil {
		return f, err
	}
	f, shown := k.facility(r)
	if !shown {
		return f, unlisted
	}
	return f, nil
}

// facility is a record as the public may see it, if it may. The newest definition says what is public: what it takes
// back is gone at once, whatever version the record was made by.
func (k desk) facility(r Record) (f Facility, shown bool) {
	if !r.Counts {
		return f, false
	}
	if p := k.d.Public; !p.Where.IsZero() && !p.Where.Eval(k.d.Scope(r.Counted, r.asked(k.places), k.w)).True() {
		return f, false
	}
	area := k.places.paths[r.AreaPath]
	f = Facility{Register: r.Register, Number: r.Number, Kind: k.d.Name.ZH, KindEN: k.d.Name.EN, Area: r.Area,
		AreaName: area.Name, AreaEN: area.NameEN, Reports: k.d.Public.Report, Value: register.Body{}, ID: r.ID,
		Unit: r.Unit, Path: r.AreaPath, k: k,
		Stale: k.d.State(r.State).Counts == register.Counted && r.DueOn != "" && r.DueOn < k.w.Today}
	for _, field := range k.public() {
		for _, key := range r.Counted.Under(field) {
			f.Value[key] = r.Counted[key]
		}
		switch {
		case f.Name == "" && field.Type == "text":
			f.Name = f.Value[field.Code]
		case field.Code == facilityState:
			f.State = f.Value[field.Code]
		case slices.Contains(facilityHours, field.Code):
			f.Hours = k.said(chinese, field, f.Value)
		}
	}
	return f, true
}

// public are the fields that the public sees, in the order of the definition's list of them.
func (k desk) public() (fields []register.Field) {
	for _, code := range k.d.Public.Fields {
		if f, known := k.d.Field(code); known {
			fields = append(fields, f)
		}
	}
	return fields
}

// says whether all words stand somewhere in what the public sees of the facility.
func (f Facility) says(words []string) bool {
	if len(words) == 0 {
		return true
	}
	all := []string{f.Number, f.Kind, f.KindEN}
	for a, at := f.k.places.paths[f.Path], 0; a.ID != 0 && at < 9; a, at = f.k.places.area(a.ParentID), at+1 {
		all = append(all, a.Name, a.NameEN)
	}
	for _, field := range f.k.public() {
		if field.Type != "point" && field.Type != "shape" {
			all = append(all, f.k.said(chinese, field, f.Value))
		}
	}
	text := strings.ToLower(strings.Join(all, "\n"))
	return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) })
}

// Line is one thing that the public page says of a facility. URL is that of another facility that it names.
type Line struct {
	Field register.Field
	Text  string
	URL   string
}

// Lines are what the page says, in the reader's language; borders are for maps.
func (f Facility) Lines(ctx context.Context, tx *db.Tx) (all []Line) {
	for _, field := range f.k.public() {
		if field.Type == "shape" {
			continue
		}
		line := Line{Field: field, Text: f.k.measured(ctx, field, f.Value)}
		if field.Type == "link" && line.Text != "" {
			if other, err := FacilityOf(tx, field.Of, f.Value[field.Code]); err == nil {
				line.Text, line.URL = other.Name, other.URL()
			}
		}
		if line.Text != "" {
			all = append(all, line)
		}
	}
	return all
}

// URL is the facility's public page.
func (f Facility) URL() string { return "/directory/" + f.Register + "/" + url.PathEscape(f.Number) }

// StateName is whether it is open, in words.
func (f Facility) StateName() (n say.Name) {
	field, known := f.k.d.Field(facilityState)
	if !known || f.State == "" {
		return n
	}
	return name(field.Choices(f.k.w), f.State)
}

// AreasOf are the areas that the directory is cut down by: those below the whole, and around and below the one chosen.
func AreasOf(tx *db.Tx, chosen string) (all []network.Area, known bool, err error) {
	p, err := placed(tx)
	if err != nil {
		return nil, false, err
	}
	at, known := p.areas[chosen]
	day := tx.Today()
	below := func(parent network.Area, each func(network.Area)) {
		for _, a := range p.sorted {
			if a.ParentID == parent.ID && a.OpenOn(day) {
				each(a)
			}
		}
	}
	var add func(a network.Area)
	add = func(a network.Area) {
		all = append(all, a)
		if strings.HasPrefix(at.Path, a.Path) {
			below(a, add)
		}
	}
	below(p.root, add)
	return all, known || chosen == "", nil
}
