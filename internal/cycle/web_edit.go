package cycle

// The page on which a cycle is planned and changed.

import (
	"context"
	"slices"
	"strconv"

	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/meeting"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// typed is a cycle as typed. Levels and days go in pairs.
type typed struct {
	Year     int      `json:"year" doc:"The year of the data."`
	Title    string   `json:"title"`
	Lead     string   `json:"lead" doc:"Code of the statistics unit that runs it with the office."`
	Forms    []string `json:"forms" doc:"Codes of forms."`
	Basis    string   `json:"basis" doc:"The law or the statistical regime that asks."`
	Contact  string   `json:"contact" doc:"Whom units ask."`
	OpensOn  string   `json:"opens_on" doc:"The day from which units fill in, 2024-01-22."`
	Level    []string `json:"level" doc:"Codes of levels of areas."`
	Due      []string `json:"due" doc:"The last day of each of these levels, 2024-03-31."`
	Training []string `json:"training" doc:"Meetings that train: meeting/…"`
	Review   string   `json:"review_meeting" doc:"The meeting that weighs the data: meeting/…"`
}

type editInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	typed
}

func (in typed) cycle() Cycle {
	c := Cycle{Year: in.Year, Title: in.Title, Lead: in.Lead, Forms: in.Forms, Basis: in.Basis, Contact: in.Contact,
		OpensOn: in.OpensOn, Trainings: in.Training, ReviewMeeting: in.Review}
	for n, level := range in.Level {
		if n < len(in.Due) && in.Due[n] != "" {
			c.Due = append(c.Due, Due{level, in.Due[n]})
		}
	}
	return c
}

func planCycle(r *web.Request, in typed) (web.Done[Cycle], error) {
	c, err := Plan(r.Tx, r.User, in.cycle())
	return done(r, c), err
}

func edit(r *web.Request, in editInput) (web.Done[Cycle], error) {
	c := in.cycle()
	c.ID, c.Version = in.ID, in.Version
	c, err := Edit(r.Tx, r.User, c)
	return done(r, c), err
}

// editData is a cycle as its editor sees it.
type editData struct {
	Cycle   `json:"cycle"`
	Choices []Choice `json:"choices"`
	Expired []Choice `json:"expired"` // forms of the cycle that cannot be asked for its year
	levels  map[string]network.Label
	leads   []part.Option
	taught  []part.Option // trainings to choose from
	reviews []part.Option
}

// Choice is a form that can be chosen.
type Choice struct {
	Form       string `json:"form"`
	Number     string `json:"number"`
	Name       string `json:"name"`
	NameEN     string `json:"name_en,omitempty"`
	Level      string `json:"level"`
	ValidUntil string `json:"valid_until,omitempty"`
}

type newInput struct {
	Year int `json:"year" doc:"The year of the data; none: last year."`
}

func newCycle(r *web.Request, in newInput) (d editData, err error) {
	if err := d.home(r.Tx, r.User); err != nil {
		return d, err
	}
	if d.Year = in.Year; d.Year == 0 {
		this, err := strconv.Atoi(r.Tx.Today()[:4])
		if err != nil {
			return d, err
		}
		d.Year = this - 1
	}
	d.Title = part.In(r.Lang, "%d年度妇女儿童统计监测", d.Year)
	return d, d.choices(r)
}

func loadEdit(r *web.Request, in idInput) (d editData, err error) {
	if d.Cycle, err = Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	if _, _, err := life.Take(VerbEdit, r.User, d.as(r.User)); err != nil {
		return d, err
	}
	return d, d.choices(r)
}

func (d *editData) choices(r *web.Request) (err error) {
	d.Choices, d.Expired = []Choice{}, []Choice{}
	all, err := form.List(r.Tx)
	if err != nil {
		return err
	}
	for _, f := range all {
		if f, err = form.At(r.Tx, f.ID, d.Period()); err != nil {
			return err
		}
		one := Choice{f.Code, f.Number, f.Name, f.NameEN, f.Level, f.ValidUntil}
		chosen := slices.Contains(d.Forms, f.Code)
		if f.Frequency == period.Year && (f.Asks(d.Period()) || chosen) {
			d.Choices = append(d.Choices, one)
		}
		if chosen && !f.Asks(d.Period()) {
			d.Expired = append(d.Expired, one)
		}
	}
	named, err := labelsOf(r.Tx)
	if err != nil {
		return err
	}
	d.levels = named.levels
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	if err := d.units(r, ctx); err != nil {
		return err
	}
	return d.meetings(r, ctx)
}

func (d *editData) units(r *web.Request, ctx context.Context) error {
	d.leads = []part.Option{{Label: part.T(ctx, "没有，由办公室自己办")}}
	units, err := network.UnitsOf(r.Tx, d.AreaID)
	for _, u := range units {
		if u.Code != d.Unit && u.OpenOn(r.Tx.Today()) {
			d.leads = append(d.leads, part.Option{Value: u.Code, Label: part.Name(ctx, u.Name, u.NameEN)})
		}
	}
	return err
}

// offered is how many meetings can be chosen from.
const offered = 50

func (d *editData) meetings(r *web.Request, ctx context.Context) error {
	d.reviews = []part.Option{{Label: part.T(ctx, "还没有定")}}
	var hosts []string
	for _, host := range []string{d.Unit, d.Lead} {
		if host != "" {
			hosts = append(hosts, host)
		}
	}
	for _, host := range hosts {
		hosted, err := meeting.HostedBy(r.Tx, r.User, host, offered)
		if err != nil {
			return err
		}
		for _, m := range hosted {
			kind, err := meeting.KindOf(r.Tx, m.Kind)
			if err != nil && errs.KindOf(err) != errs.Missing {
				return err
			}
			o := part.Option{Value: m.Object(), Label: m.Day() + " " + m.Title}
			if kind.Training {
				d.taught = append(d.taught, o)
			} else {
				d.reviews = append(d.reviews, o)
			}
		}
	}
	return nil
}

func (d editData) action() string {
	if d.ID == "" {
		return "/cycles"
	}
	return d.URL() + "/edit"
}

// dayOf is the day in the nth field of the last days: as it was sent, where the page is one that was refused.
func (d editData) dayOf(ctx context.Context, n int, level string) string {
	if e := part.From(ctx); len(e.Input["due"]) > n {
		return e.Input["due"][n]
	}
	return d.DueOn(level)
}

// levelsOffered are the levels of all forms that can be chosen.
func (d editData) levelsOffered() (all []string) {
	for _, c := range d.Choices {
		if !slices.Contains(all, c.Level) {
			all = append(all, c.Level)
		}
	}
	return all
}
