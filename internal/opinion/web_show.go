package opinion

// A text with its remarks: in the margin of a wide page, below their paragraphs on a phone; and the table of them.

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/document"
	"yipanqi/internal/evidence"
	"yipanqi/internal/flow"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/table"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// showInput may say where the reader is about to write: on a paragraph, or a reply to a remark.
type showInput struct {
	ID      string `json:"id"`
	On      string `json:"on" doc:"The paragraph that the reader is about to remark on."`
	Opinion string `json:"opinion" doc:"The remark that the reader is about to reply to."`
	Edit    bool   `json:"edit" doc:"The text is shown to be changed."`
}

// showData is a text for its reader.
type showData struct {
	Text      `json:"text"`
	UnitName  string     `json:"unit_name"`
	Edition   Edition    `json:"edition"` // the newest
	Opinions  []Shown    `json:"opinions"`
	Adoption  Adoption   `json:"adoption"`
	Kinds     []Kind     `json:"by_kind"`
	Blind     bool       `json:"blind,omitempty"` // each opinion is still its author's alone
	Actions   []string   `json:"actions"`         // with the text
	Trail     trail.Data `json:"trail"`
	editions  []Edition
	on, reply string
	edit      bool
	readers   []string // names
	progress  []progress
	mark      string // who reads it when, for who is engaged
}

// Shown is a remark for its reader, with what has become of its words.
type Shown struct {
	Opinion
	UnitName string         `json:"unit_name"`
	Standing string         `json:"standing"`      // here, moved, changed, gone
	Now      string         `json:"now,omitempty"` // the paragraph as it stands, if the words do not
	Actions  []string       `json:"actions"`
	Deadline *flow.Deadline `json:"deadline,omitempty"` // of the author's answer
}

// hidden is the remark without its author's name, for who may not see it.
func (o Opinion) hidden(by auth.User) Opinion {
	if o.ShownAs == "role" && o.PersonID != by.ID {
		o.Person = ""
	}
	return o
}

func show(r *web.Request, in showInput) (d showData, err error) {
	if d.Text, err = Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	if d.editions, err = Editions(r.Tx, d.ID); err != nil {
		return d, err
	}
	d.Edition = d.editions[len(d.editions)-1]
	d.on, d.reply, d.edit = in.On, in.Opinion, in.Edit
	units, err := network.AllUnits(r.Tx)
	if err != nil {
		return d, err
	}
	ctx, names := part.With(r.Context, part.Env{Lang: r.Lang}), map[string]string{}
	for _, u := range units {
		names[u.Code] = part.Name(ctx, u.Name, u.NameEN)
	}
	d.UnitName = names[d.Unit]
	if d.may(r.User, VerbOpen) {
		for _, unit := range d.Readers {
			d.readers = append(d.readers, names[unit])
		}
	}
	if err := d.opinions(r, names); err != nil {
		return d, err
	}
	d.Actions = []string{}
	for _, verb := range []string{VerbRevise, VerbClose} {
		if d.may(r.User, verb) && (verb != VerbClose || !d.Closed) && !d.Blind { // while experts read it, it stays
			d.Actions = append(d.Actions, verb)
		}
	}
	if _, _, err := life.Take(VerbDraft, r.User, d.as(r.Tx, r.User, Opinion{})); err == nil {
		d.Actions = append(d.Actions, VerbDraft)
		if _, is := d.reviewer(r.User.ID); is {
			d.Actions = append(d.Actions, VerbFinish)
		}
	}
	if d.through != nil { // what happened to the text is the house's own business
		d.mark = d.through.Mark(r.Tx.Today())
		d.Text = d.shownTo(r.User)
		d.Trail.Lines, d.Trail.Files = []trail.Line{}, []evidence.File{}
		return d, nil
	}
	if d.Trail, err = trail.Read(r.Tx, r.User, Trail(), d.ID); err == nil && d.readers == nil {
		d.Readers = []string{} // whom else it is laid open to is not the reader's business
	}
	return d, err
}

// may says whether by's office lays the text open and by has the verb.
func (t Text) may(by auth.User, verb string) bool {
	_, err := t.plays(by, Opinion{}, owner)
	return err == nil && by.Can(verb)
}

func (d *showData) opinions(r *web.Request, names map[string]string) error {
	all, err := On(r.Tx, d.ID)
	if err != nil {
		return err
	}
	d.Blind = d.Text.Blind(r.Tx.Today())
	if d.Blind {
		if d.may(r.User, VerbOpen) {
			d.waits(all)
		}
		all = slices.DeleteFunc(all, func(o Opinion) bool { return o.PersonID != r.User.ID })
	}
	d.Adoption, d.Kinds, d.Opinions = Count(all), ByKind(all, d.Purpose), []Shown{}
	said := func(word say.Key) string { return part.In(r.Lang, word) }
	for _, o := range all {
		if o.State == Withdrawn || o.State == Draft && o.PersonID != r.User.ID {
			continue
		}
		s := Shown{UnitName: o.sideOf(names, said), Actions: []string{}}
		for _, st := range life.Open(r.User, d.as(r.Tx, r.User, o)) {
			if !slices.Contains(s.Actions, st.Verb) {
				s.Actions = append(s.Actions, st.Verb)
			}
		}
		var now Paragraph
		s.Standing, now = o.Find(d.editions[o.Number-1].Paragraphs, d.Edition.Paragraphs)
		if s.Standing == Changed {
			s.Now = now.Text
		}
		if s.Deadline, err = o.deadline(r.Tx); err != nil {
			return err
		}
		s.Opinion = o.hidden(r.User)
		d.Opinions = append(d.Opinions, s)
	}
	return nil
}

// progress is how far a reviewer is, without what they say.
type progress struct {
	Person   string
	Filed    int
	Finished bool
}

// waits counts for each reviewer, while nobody reads what they say.
func (d *showData) waits(all []Opinion) {
	for _, r := range d.Reviewers {
		p := progress{Person: r.Person, Finished: !r.FinishedAt.IsZero()}
		for _, o := range all {
			if o.PersonID == r.PersonID && o.State == Filed {
				p.Filed++
			}
		}
		d.progress = append(d.progress, p)
	}
}

func (d showData) can(verb string) bool { return slices.Contains(d.Actions, verb) }

func (s Shown) can(verb string) bool { return slices.Contains(s.Actions, verb) }

// at are the remarks at a paragraph.
func (d showData) at(paragraph string) (all []Shown) {
	for _, o := range d.Opinions {
		if o.Paragraph == paragraph && o.Standing != Gone {
			all = append(all, o)
		}
	}
	return all
}

// lost are the remarks whose paragraph does not stand any more.
func (d showData) lost() (all []Shown) {
	for _, o := range d.Opinions {
		if o.Standing == Gone {
			all = append(all, o)
		}
	}
	return all
}

// body is the text to be changed.
func (d showData) body() string {
	lines := make([]string, len(d.Edition.Paragraphs))
	for i, p := range d.Edition.Paragraphs {
		lines[i] = p.Text
	}
	return strings.Join(lines, "\n")
}

// filed are the remarks that count, for the table.
func (d showData) filed() (all []Shown) {
	for _, o := range d.Opinions {
		if o.State != Draft {
			all = append(all, o)
		}
	}
	return all
}

// Table is the remarks with their replies.
func (d showData) Table(ctx context.Context) table.Table {
	t := table.Table{Name: "opinions-" + d.ID, Heading: d.Title, Columns: []table.Column{
		{Name: "编号", Aside: true}, {Name: "条款"}, {Name: "原文"},
		{Name: "单位"}, {Name: "提出人"}, {Name: "类别", Words: true}, {Name: "力度", Words: true}, {Name: "理由"},
		{Name: "建议"}, {Name: "结论", Words: true}, {Name: "回应"}, {Name: "改后文字"}, {Name: "状态", Words: true}}}
	for _, o := range d.filed() {
		t.Rows = append(t.Rows, []string{o.ID, o.Clause, o.Quote, o.UnitName, o.signed(ctx), string(KindIn(d.Purpose,
			o.Kind)),
			string(WeightWords(o.Weight)), o.Reason, o.Suggestion, string(VerdictWords(o.Verdict)), o.Reply,
			o.ChangedText, string(o.State.Words())})
	}
	return t
}

// signed is who says it, as far as the reader may know.
func (o Shown) signed(ctx context.Context) string {
	if o.Person == "" {
		return o.Role
	}
	return o.Person
}

// adoptionTable is the table of remarks and replies as a document.
func adoptionTable(r *web.Request, in moveOnly) (f web.File, err error) {
	d, err := show(r, showInput{ID: in.ID})
	if err != nil {
		return f, err
	}
	ctx := part.With(r.Context, part.Env{Lang: "zh"})
	doc := document.Document{Title: d.Title + "\n意见采纳情况表", Issuer: d.UnitName,
		Date: document.Day(r.Tx.Today())}
	a := d.Adoption
	doc.Blocks = append(doc.Blocks, document.Text(part.T(ctx,
		"共收到意见%d条，已回应%d条：采纳%d条，部分采纳%d条，不予采纳%d条。采纳率%s。保留意见%d条，到期未表态视为同意%d条。", a.Filed,
		a.Replied, a.Adopted, a.Partly, a.NotAdopted, a.rate(ctx), a.Kept, a.Silent)))
	if a.Filed == 0 {
		doc.Blocks = []document.Block{document.Text("还没有收到意见。")}
		return web.Word(r, d.Title+" 意见采纳情况表", doc)
	}
	rows := document.Table{Columns: []document.Column{{Head: "条款", Width: 2}, {Head: "单位", Width: 3},
		{Head: "意见", Width: 6}, {Head: "回应", Width: 3}, {Head: "理由和改后文字", Width: 6}}}
	var kept []Shown
	for _, o := range d.filed() {
		if o.State == Kept {
			kept = append(kept, o)
		}
		said := o.Reason
		if o.Suggestion != "" {
			said += "\n建议：" + o.Suggestion
		}
		verdict := "待回应"
		if o.Verdict != "" {
			verdict = string(VerdictWords(o.Verdict))
		}
		place := o.Clause
		if place == "" {
			place = o.Paragraph
		}
		rows.Rows = append(rows.Rows, []document.Run{{Text: onPaper(place)}, {Text: o.UnitName}, {Text: said},
			{Text: verdict}, {Text: strings.TrimSpace(o.Reply + "\n" + o.ChangedText)}})
	}
	doc.Blocks = append(doc.Blocks, rows)
	if len(d.Kinds) > 0 {
		doc.Blocks = append(doc.Blocks, document.Heading{Level: 1, Text: "分类采纳情况"}, KindTable(d.Kinds, d.Purpose))
	}
	if len(kept) > 0 {
		doc.Blocks = append(doc.Blocks, document.Heading{Level: 1, Text: "保留意见"})
		for _, o := range kept {
			doc.Blocks = append(doc.Blocks, document.Text(o.UnitName+"："+o.Reason))
		}
	}
	return web.Word(r, d.Title+" 意见采纳情况表", doc)
}

// KindTable is how opinions were answered, kind by kind.
func KindTable(kinds []Kind, purpose string) document.Table {
	t := document.Table{Columns: []document.Column{{Head: "类别", Width: 3}, {Head: "提出", Align: document.Right},
		{Head: "采纳", Align: document.Right}, {Head: "部分采纳", Align: document.Right},
		{Head: "不予采纳", Align: document.Right}, {Head: "保留", Align: document.Right}}}
	for _, k := range kinds {
		t.Rows = append(t.Rows, document.Row(string(KindIn(purpose, k.Kind)), strconv.Itoa(k.Filed),
			strconv.Itoa(k.Adopted),
			strconv.Itoa(k.Partly), strconv.Itoa(k.NotAdopted), strconv.Itoa(k.Kept)))
	}
	return t
}

type moveOnly struct {
	ID string `json:"id"`
}

// rate is the adoption rate with both parts; without a reply there is none.
func (a Adoption) rate(ctx context.Context) string {
	if a.Replied == 0 {
		return part.T(ctx, "暂无")
	}
	tenths := (2000*a.Taken() + a.Replied) / (2 * a.Replied)
	return part.T(ctx, "%d.%d%%（%d÷%d）", tenths/10, tenths%10, a.Taken(), a.Replied)
}
