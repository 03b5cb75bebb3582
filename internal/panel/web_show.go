package panel

// The page of one panel, and the statement as a document.

import (
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/document"
	"yipanqi/internal/engagement"
	"yipanqi/internal/network"
	"yipanqi/internal/opinion"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
)

type idInput struct {
	ID string `json:"id"`
}

// Member is an expert of the panel, as far as the reader may know.
type Member struct {
	Engagement string    `json:"engagement"`
	Person     string    `json:"person"`
	Head       bool      `json:"head,omitempty"`
	Finished   bool      `json:"finished,omitempty"`
	out        say.Words // why they do not count any more
}

// showData is a panel for its reader.
type showData struct {
	Panel    `json:"panel"`
	Experts  []Member         `json:"experts"`
	Blind    bool             `json:"blind,omitempty"`
	Adoption opinion.Adoption `json:"adoption"`
	Kinds    []opinion.Kind   `json:"by_kind"`
	Actions  []string         `json:"actions"`
	Trail    trail.Data       `json:"trail"`
	text     opinion.Text
	opinions []opinion.Opinion
	unit     network.Unit
	author   network.Unit
	outside  bool
	mark     string
}

func show(r *web.Request, in idInput) (d showData, err error) {
	own := ""
	if d.Panel, own, err = Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	if d.text, err = opinion.Get(r.Tx, d.Text); err != nil {
		return d, err
	}
	if d.unit, err = network.UnitByCode(r.Tx, d.Office); err != nil {
		return d, err
	}
	if d.author, err = network.UnitByCode(r.Tx, d.Author); err != nil {
		return d, err
	}
	d.Actions, d.outside, d.Blind = []string{}, outside(r.User), d.text.Blind(r.Tx.Today())
	for _, st := range life.Open(r.User, d.as(r.User, own)) {
		if !slices.Contains(d.Actions, st.Verb) && !(st.Verb == VerbConclude && d.Blind) {
			d.Actions = append(d.Actions, st.Verb)
		}
	}
	for _, v := range d.text.Reviewers {
		if d.Blind && d.outside && v.Engagement != own {
			continue // who else sits there, and how far they are, is told once all have finished
		}
		one := Member{Engagement: v.Engagement, Person: v.Person, Head: v.Engagement == d.Head,
			Finished: !v.FinishedAt.IsZero()}
		if d.State == Reviewing {
			if one.out, err = d.out(r.Tx, v.Engagement); err != nil {
				return d, err
			}
		}
		d.Experts = append(d.Experts, one)
	}
	if d.Blind {
		d.Kinds = []opinion.Kind{}
	} else {
		if d.opinions, err = opinion.On(r.Tx, d.Text); err != nil {
			return d, err
		}
		d.Adoption, d.Kinds = opinion.Count(d.opinions), opinion.ByKind(d.opinions, opinion.Panel)
	}
	if d.outside {
		e, err := engagement.Get(r.Tx, own)
		d.mark = e.Mark(r.Tx.Today())
		d.Trail.Lines = []trail.Line{}
		return d, err
	}
	d.Trail, err = trail.Read(r.Tx, r.User, Trail(), d.ID)
	return d, err
}

func (d showData) can(verb string) bool { return slices.Contains(d.Actions, verb) }

// was are the names of those present.
func (d showData) was() (names []string) {
	for _, m := range d.Experts {
		if slices.Contains(d.Present, m.Engagement) {
			names = append(names, m.Person)
		}
	}
	return names
}

// paper is the statement: what was reviewed, what the panel holds, its main opinions, the conclusion, room to sign; the
// opinions with replies and the dissent that was kept are its annexes.
func paper(r *web.Request, in idInput) (f web.File, err error) {
	d, err := show(r, in)
	if err != nil {
		return f, err
	}
	doc := document.Document{Title: d.Title + "\n专家论证意见", Issuer: d.unit.Name}
	if d.ConcludedOn != "" {
		doc.Date = document.Day(d.ConcludedOn)
	}
	add := func(blocks ...document.Block) { doc.Blocks = append(doc.Blocks, blocks...) }
	add(document.Heading{Level: 1, Text: "一、论证对象"},
		document.Text("《"+d.Title+"》第"+strconv.Itoa(max(1, d.Edition))+"版，起草单位："+d.author.Name+"。"))
	add(document.Heading{Level: 1, Text: "二、总体评价"})
	if d.Statement == "" {
		add(document.Text("还没有作结论。"))
	}
	for _, line := range strings.Split(d.Statement, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			add(document.Text(line))
		}
	}
	add(document.Heading{Level: 1, Text: "三、主要意见"})
	main := 0
	for _, o := range d.opinions {
		if o.Weight == opinion.Must && o.FiledAt.Unix() > 0 && o.State != opinion.Withdrawn {
			main++
			add(document.Text(strconv.Itoa(main) + "．" + o.Reason))
		}
	}
	if main == 0 {
		add(document.Text("没有必须修改的意见。"))
	}
	add(document.Heading{Level: 1, Text: "四、结论"})
	if d.Conclusion != "" {
		add(document.Text("专家组" + strconv.Itoa(len(d.Members)) + "人，到会" + strconv.Itoa(len(d.Present)) +
			"人，结论：" + string(d.Conclusion.Words()) + "。"))
	}
	add(document.Heading{Level: 1, Text: "五、签名"})
	for _, name := range d.was() {
		add(document.Text(name + "：＿＿＿＿＿＿＿＿"))
	}
	doc.Attachments = d.annexes()
	return web.Word(r, d.Title+" 专家论证意见", doc)
}

// annexes are the table of opinions with replies, how they were adopted by kind, and the dissent that was kept.
func (d showData) annexes() []document.Attachment {
	rows := document.Table{Columns: []document.Column{{Head: "条款", Width: 2}, {Head: "专家", Width: 3},
		{Head: "类别", Width: 2}, {Head: "意见", Width: 6}, {Head: "回应", Width: 2}, {Head: "理由和改后文字",
			Width: 6}}}
	var kept []document.Block
	for _, o := range d.opinions {
		if o.State == opinion.Draft || o.State == opinion.Withdrawn {
			continue
		}
		who := o.Person
		if o.ShownAs == "role" {
			who = o.Role
		}
		verdict := string(opinion.VerdictWords(o.Verdict))
		if o.Verdict == "" {
			verdict = "待回应"
		}
		rows.Rows = append(rows.Rows, document.Row(place(o), who, string(opinion.KindIn(opinion.Panel, o.Kind)),
			o.Reason, verdict,
			strings.TrimSpace(o.Reply+"\n"+o.ChangedText)))
		if o.State == opinion.Kept {
			kept = append(kept, document.Text(who+"（"+place(o)+"）："+o.Reason+"　回应："+o.Reply))
		}
	}
	a := d.Adoption
	all := []document.Attachment{{Title: "意见采纳表", Blocks: []document.Block{
		document.Text("意见" + strconv.Itoa(a.Filed) + "条，已回应" + strconv.Itoa(a.Replied) + "条：采纳" +
			strconv.Itoa(a.Adopted) + "条，部分采纳" + strconv.Itoa(a.Partly) + "条，不予采纳" +
			strconv.Itoa(a.NotAdopted) + "条，其中保留意见" + strconv.Itoa(a.Kept) + "条。采纳率" +
			strconv.Itoa(a.Taken()) + "／" + strconv.Itoa(a.Replied) + "。"), rows, opinion.KindTable(d.Kinds,
			opinion.Panel)}}}
	if len(kept) > 0 {
		all = append(all, document.Attachment{Title: "保留意见", Blocks: kept})
	}
	return all
}

func place(o opinion.Opinion) string {
	if o.Clause != "" {
		return strings.TrimRight(o.Clause, "、．. ")
	}
	return o.Paragraph
}
