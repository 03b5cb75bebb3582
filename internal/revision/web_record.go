package revision

// Pages of one record, one link, one duty, and the forms in which they are written.

import (
	"cmp"
	"slices"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/matter"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// recordData is a record for its reader.
type recordData struct {
	Record   Record              `json:"record"`
	Actions  []string            `json:"actions"`
	National []string            `json:"national,omitempty"` // what the national set has of the indicator
	Has      bool                `json:"has_number"`
	Trail    trail.Data          `json:"trail"`
	of       indicator.Indicator // what it is of
	names    func(string) string
	units    func(string) string
	today    string
}

func showRecord(r *web.Request, in idInput) (d recordData, err error) {
	if d.Record, err = ReadRecord(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	d.Actions, d.today = opens(life.Open(r.User, d.Record.as(r.User))), r.Tx.Today()
	if d.of, err = indicator.ByCode(r.Tx, d.Record.Indicator); err != nil {
		return d, err
	}
	if d.names, err = indicatorNames(r); err != nil {
		return d, err
	}
	if d.units, err = unitNames(r); err != nil {
		return d, err
	}
	if d.Has, err = valued(r.Tx, d.Record); err != nil {
		return d, err
	}
	links, err := linksOf(r.Tx, d.Record.Indicator)
	if err != nil {
		return d, err
	}
	for _, l := range links {
		if l.Level == National && l.linked() && l.seen(r.User) {
			d.National = append(d.National, l.Upper)
		}
	}
	d.Trail, err = trail.Read(r.Tx, r.User, placeOf("nodata"), d.Record.ID)
	return d, err
}

func (d recordData) can(verb string) bool { return slices.Contains(d.Actions, verb) }

// openData is a record as the office registers it.
type openData struct {
	Record Record `json:"record"`

	of                indicator.Indicator
	indicators, units []part.Option
}

type indicatorInput struct {
	Indicator string `json:"indicator"`
	Since     string `json:"since" doc:"First period without a number: 2023."`
}

func newRecord(r *web.Request, in indicatorInput) (d openData, err error) {
	d.Record.Indicator = in.Indicator
	d.Record.Since, _ = period.Parse(in.Since) // what is no period the form leaves to be written
	return d, d.choices(r)
}

func editRecord(r *web.Request, in idInput) (d openData, err error) {
	if d.Record, err = ReadRecord(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	return d, d.choices(r)
}

// choices are what the form is filled with; the indicator's own source is proposed as the unit that looks.
func (d *openData) choices(r *web.Request) (err error) {
	if d.indicators, err = indicatorOptions(r); err != nil {
		return err
	}
	if d.Record.Indicator != "" {
		d.of, err = indicator.ByCode(r.Tx, d.Record.Indicator)
		if errs.KindOf(err) == errs.Missing {
			d.Record.Indicator, err = "", nil
		}
		if err != nil {
			return err
		}
	}
	d.Record.Owner = cmp.Or(d.Record.Owner, d.of.SourceUnit)
	d.units, err = unitOptions(r, cmp.Or(d.Record.AreaPath, officePath(r.User)))
	return err
}

func (d openData) action() string {
	if d.Record.ID == "" {
		return "/no-data"
	}
	return d.Record.URL() + "/open"
}

func (d openData) since() string {
	if d.Record.Since.IsZero() {
		return ""
	}
	return d.Record.Since.String()
}

// linkData is a link for its reader.
type linkData struct {
	Link    Link       `json:"link"`
	Actions []string   `json:"actions"`
	Trail   trail.Data `json:"trail"`
	of      indicator.Indicator
}

func showLink(r *web.Request, in idInput) (d linkData, err error) {
	if d.Link, err = ReadLink(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	d.Actions = opens(lifeOfLink.Open(r.User, d.Link.as(r.User)))
	if d.Link.Local != "" {
		if d.of, err = indicator.ByCode(r.Tx, d.Link.Local); err != nil {
			return d, err
		}
	}
	d.Trail, err = trail.Read(r.Tx, r.User, placeOf("link"), d.Link.ID)
	return d, err
}

func (d linkData) can(verb string) bool { return slices.Contains(d.Actions, verb) }

// linkForm is a link as the office writes it.
type linkForm struct {
	Link       Link `json:"link"`
	indicators []part.Option
}

type localInput struct {
	Local string `json:"local" doc:"Code of our indicator; empty: only the upper set has it."`
}

func newLink(r *web.Request, in localInput) (d linkForm, err error) {
	d.Link.Local, d.Link.Level, d.Link.Relation = in.Local, National, Same
	d.indicators, err = indicatorOptions(r)
	return d, err
}

func editLink(r *web.Request, in idInput) (d linkForm, err error) {
	if d.Link, err = ReadLink(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	d.indicators, err = indicatorOptions(r)
	return d, err
}

func (d linkForm) action() string {
	if d.Link.ID == "" {
		return "/indicator-links"
	}
	return d.Link.URL()
}

// dutyData is a duty for its reader.
type dutyData struct {
	Duty    Duty       `json:"duty"`
	Actions []string   `json:"actions"`
	Trail   trail.Data `json:"trail"`
	of      element.Element
	unit    network.Unit
}

func showDuty(r *web.Request, in idInput) (d dutyData, err error) {
	if d.Duty, err = ReadDuty(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	d.Actions = opens(lifeOfDuty.Open(r.User, d.Duty.as(r.User)))
	if d.of, err = element.ByCode(r.Tx, d.Duty.Element); err != nil {
		return d, err
	}
	if d.unit, err = network.UnitByCode(r.Tx, d.Duty.Unit); err != nil {
		return d, err
	}
	d.Trail, err = trail.Read(r.Tx, r.User, placeOf("duty"), d.Duty.ID)
	return d, err
}

func (d dutyData) can(verb string) bool { return slices.Contains(d.Actions, verb) }

// dutyForm is a duty as the office registers it.
type dutyForm struct {
	Duty            Duty `json:"duty"`
	elements, units []part.Option
}

type elementInput struct {
	Element string `json:"element" doc:"Code of an element."`
}

func newDuty(r *web.Request, in elementInput) (d dutyForm, err error) {
	d.Duty.Element, d.Duty.Should, d.Duty.Now = in.Element, true, No
	all, err := element.All(r.Tx)
	if err != nil {
		return d, err
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	for _, e := range all {
		if e.CountsPeople() {
			d.elements = append(d.elements, part.Option{Value: e.Code, Label: e.Code + " " + part.Name(ctx, e.Name,
				e.NameEN)})
		}
	}
	slices.SortFunc(d.elements, func(a, b part.Option) int { return strings.Compare(a.Value, b.Value) })
	d.units, err = unitOptions(r, officePath(r.User))
	return d, err
}

// asked is whether counting by sex is asked, as the form has it.
func (d Duty) asked() string {
	if d.Should {
		return Yes
	}
	return No
}

// officeIn is the unit that works as the office of an area; "" if it has none.
func officeIn(tx *db.Tx, a network.Area) (string, error) {
	code, err := matter.OfficeOf(tx, a)
	if errs.KindOf(err) == errs.Invalid {
		return "", nil
	}
	return code, err
}
