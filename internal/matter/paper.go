package matter

// Papers of an item: order, slip, done report, closing form. They say what rows and journal say; a figure in them
// is looked up when the paper is written and says how far it is proven.

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/indicator"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
)

// Kinds of paper of an item.
const (
	PaperOrder   = "order"   // 督办通知单
	PaperSlip    = "slip"    // 催办单
	PaperDone    = "done"    // 办结报告
	PaperClosing = "closing" // 复核销号单
)

var papers = choices{{PaperOrder, "督办通知单"}, {PaperSlip, "催办单"}, {PaperDone, "办结报告"},
	{PaperClosing, "复核销号单"}}

// paper is one being written.
type paper struct {
	ofItem
	tx   *db.Tx
	d    document.Document
	rows [][]document.Run
}

// papersOf are the kinds of paper that an item has by now.
func (i Item) papersOf() (kinds []string) {
	if i.State != InDraft {
		kinds = append(kinds, PaperOrder)
	}
	if i.Urges > 0 {
		kinds = append(kinds, PaperSlip)
	}
	if i.ReportedOn != "" {
		kinds = append(kinds, PaperDone)
	}
	if i.Checks > 0 {
		kinds = append(kinds, PaperClosing)
	}
	return kinds
}

// Paper writes a paper of an item that the reader may see.
func (c ofItem) Paper(tx *db.Tx, kind string) (name string, d document.Document, err error) {
	if !slices.Contains(c.item.papersOf(), kind) {
		return "", d, errs.Missingf("这一项还没有这种文书。")
	}
	p := paper{ofItem: c, tx: tx}
	number := fmt.Sprintf("%s-%d", c.matter.Number, c.item.Position)
	if err := p.begin(tx, string(papers.word(kind)), number); err != nil {
		return "", d, err
	}
	p.d.Recipient = c.unit.Name
	p.row("编号", number)
	p.row("事项", c.matter.Title)
	switch kind {
	case PaperOrder:
		err = p.order()
	case PaperSlip:
		err = p.slip()
	case PaperDone:
		err = p.done()
	case PaperClosing:
		err = p.closing()
	}
	if err != nil {
		return "", d, err
	}
	p.d.Blocks = append(p.d.Blocks, document.Table{Columns: []document.Column{{Head: "项目", Width: 1},
		{Head: "内容", Width: 5}}, Rows: p.rows})
	return p.named(number), p.d, nil
}

// begin is the paper's head: whose it is, of today.
func (p *paper) begin(tx *db.Tx, title, number string) error {
	office, err := network.UnitByCode(tx, p.matter.Office)
	p.d = document.Document{Title: title, Number: number, Issuer: office.Name, Date: document.Day(tx.Today())}
	return err
}

// named is what a paper is called as a file.
func (p *paper) named(number string) string { return number + " " + p.d.Title }

// row is a line of the form; nothing is said where nothing is known.
func (p *paper) row(label, text string) {
	if text != "" {
		p.rows = append(p.rows, []document.Run{{Text: label, Bold: true}, {Text: text}})
	}
}

func (p *paper) sources() string {
	var all []string
	for _, s := range p.matter.Sources {
		text := string(kinds.word(s.Kind)) + "（" + s.On + "）"
		if s.Quote != "" {
			text += "：“" + s.Quote + "”"
		}
		all = append(all, text)
	}
	return strings.Join(all, "\n")
}

// units are the names of several.
func (p *paper) units(codes []string) (string, error) {
	var all []string
	for _, code := range codes {
		u, err := network.UnitByCode(p.tx, code)
		if err != nil {
			return "", err
		}
		all = append(all, u.Name)
	}
	return strings.Join(all, "、"), nil
}

func (p *paper) order() error {
	lead, err := p.units([]string{p.matter.Lead})
	if err != nil {
		return err
	}
	support, err := p.units(p.matter.Supporting)
	p.row("来源", p.sources())
	p.row("问题", p.matter.Problem)
	p.row("牵头单位", lead)
	p.row("配合单位", support)
	p.row("办理要求", p.item.Text)
	p.row("整改目标", p.matter.Aim)
	due := document.Day(p.item.Due)
	if first := p.item.OriginalDue; first != "" && first != p.item.Due {
		due = document.Day(first) + "（经同意延至" + due + "）"
	}
	p.row("时限", due)
	if p.matter.RaisedOn != "" {
		p.d.Date = document.Day(p.matter.RaisedOn)
	}
	p.row("反馈方式", "在本系统签收、填写进展、报办结并附佐证材料；由别的单位的人复核后销号。")
	return err
}

func (p *paper) slip() error {
	e, err := p.last(VerbUrge)
	if err != nil {
		return err
	}
	p.d.Title = string(levels.word(e.Detail["level"])) + "催办单"
	p.row("办理要求", p.item.Text)
	p.row("期限", document.Day(p.item.Due))
	on := p.item.UrgedOn // the slip is of that day, whenever it is printed
	if late := calendar.Between(p.item.NextOn, on); late > 0 && p.item.Lamp(on, 0) == flow.Red {
		p.row("逾期", fmt.Sprintf("%d天", late))
	}
	if p.item.NotedOn <= on {
		p.row("最近进展", p.item.Note)
	}
	p.row("催办要求", e.Detail["urge"])
	p.row("回复期", document.Day(e.Detail["reply_by"]))
	p.d.Date = document.Day(on)
	return nil
}

func (p *paper) done() error {
	e, err := p.last(VerbReport)
	if err != nil {
		return err
	}
	p.d.Issuer, p.d.Recipient, p.d.Date = p.unit.Name, p.d.Issuer, document.Day(p.item.ReportedOn)
	p.row("整改内容", p.item.Text)
	p.row("办理过程", p.course())
	p.row("结果", e.Detail["result"])
	p.row("引用的数据", countedIn(e.Detail["references"]))
	p.row("措施", e.Detail["measures"])
	if err := p.figures(p.item.ReportedOn); err != nil {
		return err
	}
	p.row("填报的数", e.Detail["figure"])
	files, err := p.files()
	p.row("佐证目录", files)
	p.row("报告人", e.Actor+"（"+document.Day(p.item.ReportedOn)+"）")
	return err
}

func (p *paper) closing() error {
	e, err := p.last(VerbRecheck)
	if err != nil {
		return err
	}
	p.row("整改内容", p.item.Text)
	p.row("承办单位", p.unit.Name)
	p.row("复核方式", string(ways.word(e.Detail["way"])))
	p.row("地点", e.Detail["place"])
	p.row("抽样", e.Detail["sample"])
	p.row("查看内容", e.Detail["looked_at"])
	p.row("判定", string(judgements.word(p.item.Judgement)))
	p.row("理由", e.Detail["reason"])
	p.row("复核人", e.Actor)
	p.row("复核日期", document.Day(e.Detail["on"]))
	on := e.At.In(db.China).Format(time.DateOnly)
	p.d.Date = document.Day(on)
	p.row("销号日期", document.Day(p.item.ClosedOn))
	return p.figures(on)
}

// last is the newest entry of a verb.
func (p *paper) last(verb string) (found journal.Entry, err error) {
	entries, err := journal.Of(p.tx, p.item.Object())
	for _, e := range entries {
		if e.Verb == verb {
			found = e
		}
	}
	return found, err
}

// course is how the item went, in days.
func (p *paper) course() string {
	var all []string
	for _, s := range []struct{ on, what string }{{p.matter.RaisedOn, "交办"}, {p.item.ReceivedOn, "签收"},
		{p.item.PlannedOn, "定措施"}, {p.item.StartedOn, "开始办理"}, {p.item.NotedOn, "最近进展"},
		{p.item.ReportedOn, "报办结"}} {
		if s.on != "" {
			all = append(all, document.Day(s.on)+s.what)
		}
	}
	return strings.Join(all, "，") + "。"
}

// figures are the newest value of the matter's indicator of a period that was over on the paper's day, and how far it
// is proven: both as known when it is printed, which it says.
func (p *paper) figures(on string) error {
	if p.matter.Indicator == "" {
		return nil
	}
	of, err := indicator.ByCode(p.tx, p.matter.Indicator)
	if err != nil {
		return err
	}
	area, err := network.AreaByID(p.tx, p.item.AreaID)
	if err != nil {
		return err
	}
	known, err := series(p.tx, of, area)
	if err != nil {
		return err
	}
	var newest progress.Value
	for _, v := range known {
		if _, last := v.Period.Range(""); v.Rat != nil && last <= on {
			newest = v
		}
	}
	if newest.Rat == nil {
		p.row("数据", of.Name+"：暂无数据")
		return nil
	}
	signed := 0
	if newest.Status == progress.Proven {
		signed = 1
	}
	asOf := ""
	if on < p.tx.Today() {
		asOf = "按" + document.Day(p.tx.Today()) + "所知。"
	}
	p.row("数据", fmt.Sprintf("%s%s%s：%s（%s）。%s1项数据，%d项已双签字。", newest.Period.Label(""), area.Name, of.Name,
		quantity.Measured(newest.Plain(), newest.Mark, of.Unit), newest.Status.Words(), asOf, signed))
	return nil
}
