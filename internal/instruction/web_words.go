package instruction

// What the pages of instructions say and where their links lead.

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/web/part"
)

// paragraphs are the lines of a text.
func paragraphs(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
}

func version(d showData) []part.Option {
	return []part.Option{{Value: "version", Label: strconv.FormatInt(d.Version, 10)}}
}

func kindOptions(ctx context.Context) (all []part.Option) {
	for _, k := range []Kind{ReportBack, Act, Noted, Circled} { // what is meant most often first
		all = append(all, part.Option{Value: string(k), Label: part.T(ctx, k.Words())})
	}
	return all
}

// choose is the field for the units that are to do it.
func choose(ctx context.Context, groups []network.Group) part.ChooseView {
	c := part.ChooseView{Name: "units", Label: part.T(ctx, "交办单位"),
		Help: part.T(ctx, "第一个单位牵头，其余配合；圈阅、阅知不必选。")}
	for _, g := range groups {
		one := part.ChooseGroup{Code: g.Code, Label: part.T(ctx, g.Name)}
		for _, u := range g.Units {
			one.Options = append(one.Options, part.Option{Value: u.Code, Label: part.Name(ctx, u.Name, u.NameEN)})
		}
		c.Groups = append(c.Groups, one)
	}
	return c
}

func leaderOptions(ctx context.Context, posts []network.Post) (all []part.Option) {
	for _, p := range posts {
		all = append(all, part.Option{Value: p.PersonID, Label: part.Name(ctx, p.Person, p.PersonEN)})
	}
	return all
}

// onBehalf says whether the reader is the office, which writes down what stands on paper.
func (d showData) onBehalf() bool { return d.reader.ID != d.i.LeaderID && d.reader.Has(auth.Office) }

func (d newData) heading(ctx context.Context) string {
	if len(d.Leaders) > 0 {
		return part.T(ctx, "代录批示")
	}
	return part.T(ctx, "写批示")
}

func (d newData) back() string {
	if d.url != "" {
		return d.url
	}
	return "/instructions"
}

// raiseURL is the form for a matter, filled in with what the instruction says.
func raiseURL(i Instruction) string {
	q := url.Values{"source": {"instruction"}, "source_ref": {i.Object()}, "source_on": {i.WrittenOn},
		"quote": {i.Text}, "title": {short(i.Title, 40)}, "problem": {i.Title}}
	if len(i.Units) > 0 {
		q.Set("lead", i.Units[0])
	}
	if i.DueOn != "" {
		q.Set("due", i.DueOn)
	}
	return "/matters/new?" + q.Encode()
}

func short(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return string(r[:most])
	}
	return text
}

// awaited are the first list of a leader's desk.
func (d deskData) awaited() (tasks []module.Task) {
	for _, i := range d.desk.Awaited {
		tasks = append(tasks, module.Task{Name: say.Name{ZH: i.Title}, URL: i.URL(), Ask: "写批示",
			State: i.State.Words(), Note: said(i.Proposal)})
	}
	for _, l := range d.desk.Letters {
		tasks = append(tasks, module.Task{Name: say.Name{ZH: l.Number + " " + l.Title}, URL: newURL(l.Object()),
			Ask: "写批示", State: "来文待批示"})
	}
	for _, i := range d.desk.Unsure {
		tasks = append(tasks, module.Task{Name: say.Name{ZH: i.Title}, URL: i.URL(), Ask: "确认",
			State: "代录的批示待确认", Note: said(i.Text)})
	}
	return tasks
}

// reported are what came of it, for the leader to look at.
func (d deskData) reported() (tasks []module.Task) {
	for _, i := range d.desk.Reported {
		tasks = append(tasks, module.Task{Name: say.Name{ZH: i.Title}, URL: i.URL(), Ask: "过目",
			State: i.State.Words(), Note: said(i.Report)})
	}
	return tasks
}

// said is a text of people as words, the beginning of it.
func said(text string) say.Words {
	if text == "" {
		return say.Words{}
	}
	if r := []rune(text); len(r) > 60 {
		text = string(r[:60]) + "…"
	}
	return say.New("%s", text)
}

// standing says how far the matters from an instruction are.
func (d deskData) standing(ctx context.Context, id string) string {
	closed, of := 0, 0
	for _, m := range d.desk.Matters[id] {
		c, n := m.Counted()
		closed, of = closed+c, of+n
	}
	if of == 0 {
		if slices.Contains(d.desk.Idle, id) {
			return part.T(ctx, "到了期限还没有动静")
		}
		return part.T(ctx, "还没有交办")
	}
	return part.T(ctx, "%d项中%d项已销号", of, closed)
}
