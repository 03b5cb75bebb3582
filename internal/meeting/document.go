package meeting

// What is printed of a meeting: the handbook for the room, the sheet to sign in on, the table of who does what was
// decided, and the list that certifies a training. Plain papers: notice and minutes are letters.

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/letter"
	"yipanqi/internal/network"
)

// printing is a meeting with what its papers need.
type printing struct {
	Meeting
	units     names
	roles     map[string]network.Label
	agenda    []AgendaItem
	papers    map[string][]string // names of files, by item
	invited   []Invitation
	coming    map[string][]Attendee
	decisions []decided
	records   []TrainingRecord
	own       []invited // whose people the reader may see by name; nil: everybody's
}

// names says whether the reader may see a unit's people by name, as on the meeting's page.
func (p printing) names(unit string) bool {
	return p.own == nil || slices.ContainsFunc(p.own, func(i invited) bool { return i.Unit == unit })
}

// cut leaves the units that the reader speaks for.
func (p *printing) cut() {
	p.invited = slices.DeleteFunc(p.invited, func(i Invitation) bool { return !p.names(i.Unit) })
	p.records = slices.DeleteFunc(p.records, func(r TrainingRecord) bool { return !p.names(r.Unit) })
}

func (p printing) short(code string) string {
	u := p.units[code]
	if u.ShortName != "" {
		return u.ShortName
	}
	return u.Name
}

// when is the meeting's time as papers write it.
func (m Meeting) when() string {
	from, to := m.Starts.In(db.China), m.Ends.In(db.China)
	if from.Format(time.DateOnly) == to.Format(time.DateOnly) {
		return from.Format("2006年1月2日15:04") + "至" + to.Format("15:04")
	}
	return from.Format("2006年1月2日15:04") + "至" + to.Format("2006年1月2日15:04")
}

// chair is who presides: the unit, and the role where it is said.
func (p printing) chair() string {
	return strings.TrimSpace(p.units[p.ChairUnit].Name + " " + p.roles[p.ChairRole].Name)
}

// paper is a document of the meeting under a title.
func (p printing) paper(what string) document.Document {
	return document.Document{Title: p.Title + "\n" + what}
}

func heading(text string) document.Heading { return document.Heading{Level: 1, Text: text} }

// handbook is 会议手册: what to heed, the agenda, who comes, which papers there are.
func handbook(p printing) document.Document {
	d := p.paper("会议手册")
	place := string(formWords[p.Form])
	if p.Place != "" {
		place += "，" + p.Place
	}
	d.Blocks = append(d.Blocks, heading("一、会议须知"), document.Text("时间："+p.when()+"。"),
		document.Text("形式和地点："+place+"。"), document.Text("主持："+p.chair()+"。"),
		document.Text("请提前10分钟到会，扫会场屏幕上的签到码或在签到表上签到。"),
		document.Text("临时不能参会的，请向"+p.units[p.Host].Name+"请假，并写明代会人员。"),
		document.Text("会议材料不得涉密，用后妥善保管。"), heading("二、会议议程"))
	agenda := document.Table{Columns: []document.Column{{Head: "序号", Width: 2, Align: document.Center},
		{Head: "题目", Width: 9}, {Head: "类型", Width: 3, Align: document.Center}, {Head: "发言", Width: 6},
		{Head: "分钟", Width: 2, Align: document.Right}}}
	for _, a := range p.agenda {
		speaker := a.Speaker
		if a.SpeakerUnit != "" {
			speaker = strings.TrimSpace(p.short(a.SpeakerUnit) + " " + a.Speaker)
		}
		agenda.Rows = append(agenda.Rows, document.Row(strconv.Itoa(a.Number), a.Title,
			string(wordOf(itemKinds, a.Kind)), speaker, number(a.Minutes)))
	}
	d.Blocks = append(d.Blocks, agenda, heading("三、参会名单"), p.listed(), heading("四、材料目录"))
	n := 0
	for _, a := range p.agenda {
		for _, name := range p.papers[a.ID] {
			n++
			d.Blocks = append(d.Blocks, document.Text(strconv.Itoa(n)+". "+name+"（第"+number(a.Number)+"项议程）"))
		}
	}
	if n == 0 {
		d.Blocks = append(d.Blocks, document.Text("没有会前印发的材料。"))
	}
	return d
}

// listed are the units with who comes: positions, no telephones, and of other units than the reader's how many.
func (p printing) listed() document.Table {
	t := document.Table{Columns: []document.Column{{Head: "单位", Width: 7}, {Head: "身份", Width: 2,
		Align: document.Center}, {Head: "参会人员", Width: 7}, {Head: "职务", Width: 5}}}
	for _, i := range p.invited {
		var who, posts []string
		for _, a := range byPosition(p.coming[i.ID]) {
			if a.Excuse == "" {
				who, posts = append(who, a.Name), append(posts, a.Title)
			}
		}
		if len(who) == 0 && i.RepliedAt.IsZero() {
			who = []string{"（未回执）"}
		} else if len(who) == 0 {
			who = []string{"（请假）"}
		} else if !p.names(i.Unit) {
			who, posts = []string{strconv.Itoa(len(who)) + "人"}, nil
		}
		t.Rows = append(t.Rows, document.Row(p.units[i.Unit].Name, string(wordOf(capacities, i.Capacity)),
			strings.Join(who, "\n"), strings.Join(posts, "\n")))
	}
	return t
}

// sheet is 签到表: a line for everyone who is named, and blank ones up to the seats.
func sheet(p printing) document.Document {
	d := p.paper("签到表")
	d.Blocks = append(d.Blocks, document.Text(p.when()+"，"+p.Place))
	t := document.Table{Columns: []document.Column{{Head: "序号", Width: 2, Align: document.Center},
		{Head: "单位", Width: 7}, {Head: "姓名", Width: 5}, {Head: "职务", Width: 4}, {Head: "签名", Width: 5}}}
	for _, i := range p.invited {
		seats := 0
		for _, a := range byPosition(p.coming[i.ID]) {
			name := a.Name
			if seats++; a.Excuse != "" {
				name += "（请假）"
			}
			t.Rows = append(t.Rows, document.Row(strconv.Itoa(len(t.Rows)+1), p.short(i.Unit), name, a.Title, ""))
		}
		for ; seats < i.Seats; seats++ {
			t.Rows = append(t.Rows, document.Row(strconv.Itoa(len(t.Rows)+1), p.short(i.Unit), "", "", ""))
		}
	}
	d.Blocks = append(d.Blocks, t)
	return d
}

// assignments is 议定事项分工表: what was decided, who leads, who supports, by when, how it stands.
func assignments(p printing) document.Document {
	d := p.paper("议定事项分工表")
	t := document.Table{Columns: []document.Column{{Head: "序号", Width: 2, Align: document.Center},
		{Head: "议定事项", Width: 9}, {Head: "牵头", Width: 5}, {Head: "配合", Width: 5}, {Head: "期限", Width: 5},
		{Head: "状态", Width: 9}}}
	for _, o := range p.decisions {
		var support []string
		for _, code := range o.Supporting {
			support = append(support, p.short(code))
		}
		due, state := document.Day(o.Due), string(lifeWords[o.State])
		if due == "" && o.DueByLead {
			due = "牵头单位定"
		}
		switch {
		case !o.Follow:
			due, state = "", "不督办："+o.WhyNot
		case o.matter.State != "":
			state = strings.TrimSpace(o.matter.Number + " " + string(o.matter.State.Words()))
		}
		t.Rows = append(t.Rows, document.Row(strconv.Itoa(o.Number), o.Text, p.short(o.Lead),
			strings.Join(support, "、"), due, state))
	}
	d.Blocks = append(d.Blocks, document.Text(p.when()+"召开，议定"+strconv.Itoa(len(p.decisions))+"项。"), t)
	return d
}

// certificate is 培训证明: who was trained in what, for how long, as the arrivals say.
func certificate(p printing) document.Document {
	d := p.paper("培训证明")
	t := document.Table{Columns: []document.Column{{Head: "序号", Width: 2, Align: document.Center},
		{Head: "姓名", Width: 8}, {Head: "单位", Width: 6}, {Head: "岗位", Width: 4}, {Head: "培训内容", Width: 5},
		{Head: "学时", Width: 2, Align: document.Right}, {Head: "成绩", Width: 2, Align: document.Right}}}
	for _, r := range p.records {
		var about []string
		for _, s := range r.Subjects {
			about = append(about, string(wordOf(subjects, s)))
		}
		t.Rows = append(t.Rows, document.Row(strconv.Itoa(len(t.Rows)+1), r.Person, p.short(r.Unit), r.Post,
			strings.Join(about, "、"), r.Hours, r.Score))
	}
	d.Blocks = append(d.Blocks, document.Text("以下人员参加了"+p.when()+"的培训，以签到为准，特此证明。"), t)
	d.Issuer, d.Date = p.units[p.Host].Name, p.Ends.In(db.China).Format("2006年1月2日")
	return d
}

// attended are the lists at the end of minutes: who was there, who was excused, who sat in. Each with unit and title,
// no telephone.
func attended(units names, invited []Invitation, coming map[string][]Attendee) (all []letter.People) {
	lists := map[string][]string{}
	for _, i := range invited {
		unit := units[i.Unit].ShortName
		if unit == "" {
			unit = units[i.Unit].Name
		}
		for _, a := range byPosition(coming[i.ID]) {
			as := letter.Attended
			switch {
			case a.Present() && i.Capacity != capacities[0].Code:
				as = letter.SatIn
			case !a.Present() && a.Excuse != "":
				as = letter.Excused
			case !a.Present():
				continue
			}
			lists[as] = append(lists[as], a.Name+"（"+unit+a.Title+"）")
		}
	}
	for _, as := range []string{letter.Attended, letter.Excused, letter.SatIn} {
		if len(lists[as]) > 0 {
			all = append(all, letter.People{As: as, Names: lists[as]})
		}
	}
	return all
}
