package matter

// The pages of one matter and of one item, with what their reader may do next.

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/flow"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type showInput struct {
	ID   string `json:"id"`
	Step string `json:"step" doc:"The step whose form is shown, such as receive; by default the one that waits."`
}

// itemData is an item as a matter shows it.
type itemData struct {
	ID          string `json:"id"`
	Unit        string `json:"unit"`
	Area        string `json:"area"`
	State       State  `json:"state"`
	Lamp        string `json:"lamp"`
	Due         string `json:"due"`
	OriginalDue string `json:"original_due"`

	item Item
	unit network.Unit
	area network.Area
	url  string // of the unit
}

func (i itemData) named() string { return strconv.Itoa(i.item.Position) + ". " + i.item.Text }

// matterData is a matter as its page shows it.
type matterData struct {
	ID      string     `json:"id"`
	Number  string     `json:"number"`
	Title   string     `json:"title"`
	State   State      `json:"state"`
	Lamp    string     `json:"lamp"`
	Version int64      `json:"version"`
	Items   []itemData `json:"items"`
}

type showData struct {
	Matter matterData `json:"matter"`
	Trail  []Line     `json:"trail"`

	m       Matter
	area    network.Area
	lead    network.Unit
	support []network.Unit
	actions []string
	step    string // whose form is shown

	leadURL     string
	measured    say.Name // the indicator
	measuredURL string
	writes      bool // the reader may write an instruction on it
	asks        bool // the reader may ask for a rectification plan
	oversees    bool
	mergeable   []part.Option
}

// Permissions of packages that know this one.
const (
	writesInstructions = "instruction.write"
	asksForPlans       = "rectification.ask"
	readsIndicators    = "indicator.read"
)

// showAt shows a matter with the form of a step that was refused.
func showAt(step string) func(*web.Request, atItem) (showData, error) {
	return func(r *web.Request, in atItem) (showData, error) { return show(r, showInput{in.ID, step}) }
}

func show(r *web.Request, in showInput) (d showData, err error) {
	d.step = in.Step
	m, err := Read(r.Tx, r.User, in.ID)
	if err != nil {
		return d, err
	}
	if d.m = m; m.Version > 0 {
		if d.Trail, err = m.lines(r.Tx); err != nil {
			return d, err
		}
	}
	if d.Matter, err = m.data(r); err != nil {
		return d, err
	}
	if d.area, err = network.AreaByID(r.Tx, m.AreaID); err != nil {
		return d, err
	}
	if d.lead, err = network.UnitByCode(r.Tx, m.Lead); err != nil {
		return d, err
	}
	if d.leadURL, err = network.UnitURL(r.Tx, r.User, d.lead); err != nil {
		return d, err
	}
	for _, code := range m.Supporting {
		u, err := network.UnitByCode(r.Tx, code)
		if err != nil {
			return d, err
		}
		d.support = append(d.support, u)
	}
	for _, st := range life.Open(r.User, m.as(r.User)) {
		d.actions = append(d.actions, st.Verb)
	}
	if d.step == "" && d.may(VerbRaise) {
		d.step = "raise"
	}
	_, keeps := r.User.PostFor(m.Office, auth.Office)
	d.asks = keeps && m.State == Raised && m.Shown != Closed && r.User.Can(asksForPlans)
	d.writes, d.oversees = r.User.Can(writesInstructions), r.User.SeesAll(m.AreaPath)
	if m.Indicator != "" {
		of, err := indicator.ByCode(r.Tx, m.Indicator)
		if err != nil {
			return d, err
		}
		d.measured = say.Name{ZH: of.Name, EN: of.NameEN}
		if r.User.SeesFigures(d.area.Path) && r.User.Can(readsIndicators) {
			d.measuredURL = "/indicators/" + of.Code + "?area=" + d.area.Code
		}
	}
	if d.step == "merge" {
		return d, d.choicesToMerge(r)
	}
	return d, nil
}

// choicesToMerge are the open matters that could take this one over.
func (d *showData) choicesToMerge(r *web.Request) error {
	all, err := openOfOffice(r.Tx, d.m.Office, d.m.ID)
	for _, m := range all {
		d.mergeable = append(d.mergeable, part.Option{Value: m.ID, Label: m.Called()})
	}
	return err
}

// sourceURL is the page of what a matter comes from; empty where the program does not hold it or the reader may not
// look there.
func (d showData) sourceURL(ref string) string {
	kind, id, ok := strings.Cut(ref, "/")
	if !ok || !d.oversees {
		return ""
	}
	return "/" + kind + "s/" + id
}

func (d showData) may(verb string) bool { return slices.Contains(d.actions, verb) }

func (m Matter) data(r *web.Request) (d matterData, err error) {
	today, err := LampDay(r.Tx)
	if err != nil {
		return d, err
	}
	d = matterData{ID: m.ID, Number: m.Number, Title: m.Title, State: m.Shown, Lamp: today.Lamp(m),
		Version: m.Version, Items: []itemData{}}
	for _, i := range m.Items {
		one := itemData{ID: i.ID, Unit: i.Unit, State: i.State, Lamp: today.Lamp(i), Due: i.Due,
			OriginalDue: i.OriginalDue, item: i}
		if one.unit, err = network.UnitByCode(r.Tx, i.Unit); err != nil {
			return d, err
		}
		if one.url, err = network.UnitURL(r.Tx, r.User, one.unit); err != nil {
			return d, err
		}
		if one.area, err = network.AreaByID(r.Tx, i.AreaID); err != nil {
			return d, err
		}
		one.Area = one.area.Code
		d.Items = append(d.Items, one)
	}
	return d, nil
}

// itemShow is one item with the steps that its reader may take.
type itemShow struct {
	Item    itemData       `json:"item"`
	Matter  string         `json:"matter"`
	Version int64          `json:"version"`
	Actions []string       `json:"actions"`
	Next    *flow.Deadline `json:"next,omitempty"`
	Trail   trail.Data     `json:"trail"`

	m      Matter
	staff  []network.Post
	units  []network.Unit
	writes bool // the reader may write an instruction on it
	today  string
	step   string // whose form is shown
}

func showItem(r *web.Request, in showInput) (d itemShow, err error) {
	c, err := read(r.Tx, r.User, in.ID)
	if err != nil {
		return d, err
	}
	m := *c.matter
	whole, err := m.data(r)
	if err != nil {
		return d, err
	}
	d = itemShow{Item: whole.Items[c.item.Position-1], Matter: m.ID, Version: m.Version, Actions: []string{}, m: m,
		today: r.Tx.Today(), writes: r.User.Can(writesInstructions)}
	for _, st := range c.Open(r.User) {
		d.Actions = append(d.Actions, st.Verb)
	}
	if d.step = in.Step; !d.may("item." + d.step) {
		d.step = strings.TrimPrefix(c.waitsFor(r.User), "item.")
	}
	if d.Next, err = c.item.deadline(r.Tx); err != nil {
		return d, err
	}
	if d.Trail, err = trail.Read(r.Tx, r.User, Trail(), in.ID); err != nil {
		return d, err
	}
	if d.step != "" {
		d.Trail = d.Trail.Reading()
	}
	if d.may(VerbReceive) {
		if d.staff, err = network.Staff(r.Tx, c.item.Unit, ""); err != nil {
			return d, err
		}
	}
	if d.may(VerbReassign) || d.may(VerbEntrust) {
		top, err := network.AreaByID(r.Tx, m.AreaID)
		if err != nil {
			return d, err
		}
		if d.units, err = network.Units(r.Tx, top); err != nil {
			return d, err
		}
	}
	return d, nil
}

func (d itemShow) may(verb string) bool { return slices.Contains(d.Actions, verb) }

// others are the steps that the user may take beside the one that is shown, in the order of the table.
func (d itemShow) others() (steps []string) {
	for _, verb := range offered {
		if d.may(verb) && verb != "item."+d.step {
			steps = append(steps, verb)
		}
	}
	return steps
}

// offered are the steps that have a form, in the order in which they are offered.
var offered = []string{VerbReceive, VerbReceiveFor, VerbPlan, VerbStart, VerbNote, VerbReport, VerbExtend, VerbGrant,
	VerbRefuse, VerbKeep, VerbReassign, VerbRecheck, VerbReturn, VerbEntrust, VerbUrge, VerbReopen, VerbResume,
	VerbSuspend, VerbDecline, VerbItemWithdraw}

// onItem is where an instruction on the item is written.
func onItem(d itemShow) string {
	return "/instructions/new?" + url.Values{"about": {d.Item.item.Object()}, "title": {d.Item.item.Text}}.Encode()
}

func (d itemShow) action(step string) string { return "/items/" + d.Item.ID + "/" + step }

// unitOptions are the units that can be chosen, without the owner.
func (d itemShow) unitOptions(ctx context.Context) (all []part.Option) {
	all = []part.Option{{Label: part.T(ctx, "请选择")}}
	for _, u := range d.units {
		if u.Code != d.Item.Unit && (u.ClosesOn == "" || u.ClosesOn > d.today) {
			all = append(all, part.Option{Value: u.Code, Label: part.Name(ctx, u.Name, u.NameEN)})
		}
	}
	return all
}

// leaders and handlers are who can be named at receipt.
func (d itemShow) leaders(ctx context.Context) (all []part.Option) {
	for _, p := range d.staff {
		if p.Role == auth.Leader || p.Role == auth.CommitteeChief {
			all = append(all, part.Option{Value: p.ID, Label: part.Name(ctx, p.Person, p.PersonEN)})
		}
	}
	return all
}

func (d itemShow) handlers(ctx context.Context) (all []part.Option) {
	all = []part.Option{{Label: part.T(ctx, "签收人自己")}}
	for _, p := range d.staff {
		if !slices.ContainsFunc(all, func(o part.Option) bool { return o.Value == p.PersonID }) {
			all = append(all, part.Option{Value: p.PersonID, Label: part.Name(ctx, p.Person, p.PersonEN)})
		}
	}
	return all
}

func (c choices) options(ctx context.Context) (all []part.Option) {
	for _, o := range c {
		all = append(all, part.Option{Value: o.code, Label: part.T(ctx, o.word)})
	}
	return all
}

// promised are the measures that a plan has named for a new item, and room for more.
func (d itemShow) promised() []Step {
	all := slices.Clone(d.Item.item.Steps)
	return append(all, make([]Step, max(1, 3-len(all)))...)
}

// undone says whether a measure is not marked done.
func (d itemShow) undone() bool {
	return slices.ContainsFunc(d.Item.item.Steps, func(s Step) bool { return s.DoneOn == "" })
}
