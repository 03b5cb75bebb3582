package letter

// The form in which a letter is written, and the page of the 代字.

import (
	"cmp"
	"context"
	"slices"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// typedLetter is a letter as the form sends it. Units may stand there one by one or, behind a star, as a whole group.
type typedLetter struct {
	Issuer         string   `json:"issuer" doc:"Code of the unit that it goes out from: the own office or its committee."`
	Kind           Kind     `json:"kind" doc:"Kind of document, by the rules on official documents." enum:"notice,letter,report,request,circular,opinions,minutes"`
	Title          string   `json:"title" doc:"Title of the letter."`
	Main           []string `json:"main" doc:"Codes of the units that it is addressed to."`
	Copies         []string `json:"copies" doc:"Codes of the units that get a copy."`
	Countersigners []string `json:"countersigners" doc:"Codes of the units that have to countersign it."`
	Body           string   `json:"body" doc:"Text of the letter, a paragraph a line."`
	Urgency        string   `json:"urgency" doc:"How urgent it is." enum:"normal,urgent,immediate"`
	Disclosure     string   `json:"disclosure" doc:"How open it is." enum:"open,on_request,not_open"`
	ReplyDue       string   `json:"reply_due" doc:"Day by which a reply is asked for, such as 2024-04-30."`
	About          string   `json:"about" doc:"What it is about, such as meeting/ and its identifier."`
}

// textInput is a draft that is written anew.
type textInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	typedLetter
}

// letter is what was typed, its units one by one.
func (in typedLetter) letter(tx *db.Tx, groups []network.Group) Letter {
	c := part.ChooseView{}
	for _, g := range groups {
		one := part.ChooseGroup{Code: g.Code}
		for _, u := range g.Units {
			one.Options = append(one.Options, part.Option{Value: u.Code})
		}
		c.Groups = append(c.Groups, one)
	}
	return Letter{Issuer: in.Issuer, Kind: in.Kind, Title: in.Title, Main: c.Codes(in.Main), Copies: c.Codes(in.Copies),
		Countersigners: c.Codes(in.Countersigners), Body: in.Body, Urgency: in.Urgency, Disclosure: in.Disclosure,
		ReplyDue: in.ReplyDue, About: in.About}
}

func create(r *web.Request, in typedLetter) (web.Done[moved], error) {
	issuers, err := Issuers(r.Tx, r.User)
	if err != nil || len(issuers) == 0 {
		return web.Done[moved]{}, cmp.Or(err, errs.Deniedf("只能以本办公室或本级妇儿工委的名义发文。"))
	}
	groups, err := network.Groups(r.Tx, issuers[0].AreaID)
	if err != nil {
		return web.Done[moved]{}, err
	}
	l, err := Draft(r.Tx, r.User, in.letter(r.Tx, groups))
	return done(r, l, "文稿已保存。"), err
}

func save(r *web.Request, in textInput) (web.Done[moved], error) {
	l, err := Read(r.Tx, r.User, in.ID)
	if err != nil {
		return web.Done[moved]{}, err
	}
	groups, err := groupsOf(r.Tx, l)
	if err != nil {
		return web.Done[moved]{}, err
	}
	l, err = Save(r.Tx, r.User, in.ID, in.Version, in.letter(r.Tx, groups))
	return done(r, l, "文稿已保存。"), err
}

func groupsOf(tx *db.Tx, l Letter) ([]network.Group, error) {
	u, err := network.UnitByCode(tx, l.Unit)
	if err != nil {
		return nil, err
	}
	return network.Groups(tx, u.AreaID)
}

// formData is a draft to be written in; without ID a new one.
type formData struct {
	ID      string  `json:"id,omitempty"`
	Version int64   `json:"version,omitempty"`
	Draft   drafted `json:"draft"`
	// Proposed is the kind that the addressees suggest, and why; a person decides.
	Proposed Kind      `json:"proposed,omitempty"`
	Why      say.Words `json:"-"`

	l       Letter
	issuers []network.Unit
	groups  []network.Group
	typed   []Typed
}

type blankInput struct {
	Kind  string `json:"kind" doc:"Kind of document to begin with." enum:"notice,letter,report,request,circular,opinions,minutes"`
	About string `json:"about" doc:"What it is about, such as meeting/ and its identifier."`
}

func blank(r *web.Request, in blankInput) (d formData, err error) {
	if d.issuers, err = Issuers(r.Tx, r.User); err != nil {
		return d, err
	}
	if len(d.issuers) == 0 {
		return d, errs.Deniedf("只能以本办公室或本级妇儿工委的名义发文。")
	}
	d.l = Letter{Issuer: d.issuers[0].Code, Kind: Kind(in.Kind), Urgency: Urgencies[0], About: in.About}
	d.Draft = d.l.drafted()
	d.groups, err = network.Groups(r.Tx, d.issuers[0].AreaID)
	return d, err
}

type idInput struct {
	ID string `json:"id"`
}

func edit(r *web.Request, in idInput) (d formData, err error) {
	t, err := take(r.Tx, r.User, in.ID, VerbEdit, 0)
	if err != nil {
		return d, err
	}
	d = formData{ID: t.ID, Version: t.Version, Draft: t.drafted(), l: t.Letter, typed: TypedIn(t.Body)}
	if d.Proposed, d.Why, err = Propose(r.Tx, t.Letter); err != nil {
		return d, err
	}
	if d.issuers, err = Issuers(r.Tx, r.User); err != nil {
		return d, err
	}
	d.groups, err = groupsOf(r.Tx, t.Letter)
	return d, err
}

func (d formData) action() string {
	if d.ID == "" {
		return "/letters"
	}
	return d.l.URL() + "/draft"
}

// choose is a field of units. What was chosen and is in no group any more stands in one of its own.
func (d formData) choose(ctx context.Context, name, label, help string, required bool,
	chosen []string) part.ChooseView {
	c := part.ChooseView{Name: name, Label: label, Help: help, Required: required, Chosen: chosen}
	known := map[string]bool{}
	for i, g := range d.groups {
		one := part.ChooseGroup{Code: g.Code, Label: part.T(ctx, g.Name), Open: i == 0 && required}
		for _, u := range g.Units {
			known[u.Code] = true
			one.Options = append(one.Options, part.Option{Value: u.Code, Label: part.Name(ctx, u.Name, u.NameEN)})
		}
		c.Groups = append(c.Groups, one)
	}
	other := part.ChooseGroup{Code: "chosen", Label: part.T(ctx, "已选的其他单位"), Open: true}
	for _, code := range chosen {
		if !known[code] {
			other.Options = append(other.Options, part.Option{Value: code, Label: code})
		}
	}
	if len(other.Options) > 0 {
		c.Groups = append(c.Groups, other)
	}
	return c
}

func (d formData) issuerOptions(ctx context.Context) (all []part.Option) {
	for _, u := range d.issuers {
		all = append(all, part.Option{Value: u.Code, Label: part.Name(ctx, u.Name, u.NameEN)})
	}
	return all
}

func kindOptions(ctx context.Context) (all []part.Option) {
	for _, k := range Kinds {
		all = append(all, part.Option{Value: string(k), Label: part.T(ctx, k.Words())})
	}
	return all
}

func choiceOptions(ctx context.Context, codes []string) (all []part.Option) {
	for _, code := range codes {
		all = append(all, part.Option{Value: code, Label: part.T(ctx, choiceWords[code])})
	}
	return all
}

// sent says whether this row is the one that was refused.
func (m MarkRow) sent(ctx context.Context) bool {
	return part.Sent(ctx, "/letters/marks", part.Option{Value: "issuer", Label: m.Issuer},
		part.Option{Value: "kind", Label: string(m.Kind)})
}

// typed is the mark as it stands, or as it was sent and refused.
func (m MarkRow) typed(ctx context.Context) string {
	if m.sent(ctx) {
		return part.From(ctx).Input.Get("mark")
	}
	return m.Mark
}

func (m MarkRow) wrong(ctx context.Context) string {
	if m.sent(ctx) {
		return part.From(ctx).Fields["mark"]
	}
	return ""
}

// marksData is the page of the 代字: what is set, and what an office may set.
type marksData struct {
	Marks []MarkRow `json:"marks"`

	issuers []network.Unit
}

// MarkRow is the 代字 of an issuer's documents of a kind; empty where none is set.
type MarkRow struct {
	Issuer string `json:"issuer"`
	Kind   Kind   `json:"kind"`
	Mark   string `json:"mark"`

	unit network.Unit
}

func showMarks(r *web.Request, _ struct{}) (d marksData, err error) {
	if d.issuers, err = Issuers(r.Tx, r.User); err != nil {
		return d, err
	}
	set, err := Marks(r.Tx)
	for _, u := range d.issuers {
		for _, k := range append(slices.Clone(Kinds), Heading) {
			row := MarkRow{Issuer: u.Code, Kind: k, unit: u}
			if at := slices.IndexFunc(set, func(m Mark) bool { return m.Issuer == u.Code && m.Kind == k }); at >= 0 {
				row.Mark = set[at].Mark
			}
			d.Marks = append(d.Marks, row)
		}
	}
	return d, err
}

type markInput struct {
	Issuer string `json:"issuer" doc:"Code of the unit that documents go out from."`
	Kind   Kind   `json:"kind" doc:"Kind of document, or heading." enum:"notice,letter,report,request,circular,opinions,minutes,heading"`
	Mark   string `json:"mark" doc:"What stands before the year in its numbers; of heading, what stands over its documents."`
}

func setMark(r *web.Request, in markInput) (web.Redirect, error) {
	err := SetMark(r.Tx, r.User, Mark(in))
	return web.Redirect{To: "/letters/marks", Flash: part.In(r.Lang, "代字已保存，从下一个文号起使用。"),
		Data: web.Place{Location: "/letters/marks"}}, err
}
