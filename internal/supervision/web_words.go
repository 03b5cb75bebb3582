package supervision

// Small things that pages say.

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/say"
	"yipanqi/internal/web/part"
)

func has(all []string, one string) bool { return slices.Contains(all, one) }

// trained is what a group's page says of its training.
func trained(ctx context.Context, g Group) string {
	if g.TrainedOn == "" {
		return ""
	}
	return part.T(ctx, "%s培训", g.TrainedOn)
}

// outside is the name of somebody who is not in the program.
func outside(m Member) string {
	if m.Person != "" {
		return ""
	}
	return m.Name
}

// partOr is the part of a member, plain unless it is said.
func partOr(m Member) string {
	if m.Part == "" {
		return MemberOf
	}
	return m.Part
}

func back(d groupEdit) string {
	if d.Group.ID == "" {
		return "/supervision/groups"
	}
	return d.Group.URL()
}

func backOf(d visitEdit) string {
	if d.Visit.ID == "" {
		return "/visits"
	}
	return d.Visit.URL()
}

func halfOr(v Visit) string {
	if v.Half == "" {
		return "day"
	}
	return v.Half
}

// agendaOr is the agenda, or the usual order of a visit.
func agendaOr(ctx context.Context, v Visit) []string {
	if v.ID != "" || len(v.Agenda) > 0 {
		return v.Agenda
	}
	return []string{part.T(ctx, "听取区领导汇报"), part.T(ctx, "成员单位补充"), part.T(ctx, "专家提问"),
		part.T(ctx, "查阅重点指标单位档案"), part.T(ctx, "实地看点位"), part.T(ctx, "现场反馈，区方回应")}
}

// hidden are what a button sends along.
func hidden(v Visit) []part.Option { return []part.Option{{Value: "version", Label: v.version()}} }

// drawnOf are how many places came out of a draw.
func drawnOf(sites []Site) (n int) {
	for _, s := range sites {
		if s.Chosen == "drawn" {
			n++
		}
	}
	return n
}

// when is the day of a visit with its half.
func (v Visit) when(ctx context.Context) string { return v.OnDay + " " + word(ctx, halves, v.Half) }

// saysIn is what the area says of a finding, in the reader's language.
func (f Finding) saysIn(ctx context.Context, today string) string {
	if w := f.saysWord(today); w != "" {
		return part.T(ctx, w)
	}
	if f.told() {
		return part.T(ctx, "待答复")
	}
	return ""
}

// versioned is what a button sends along.
func versioned(version string) []part.Option {
	return []part.Option{{Value: "version", Label: version}}
}

func confirmedAny(all []Finding) bool {
	return slices.ContainsFunc(all, func(f Finding) bool { return f.Kind == "problem" && f.ConfirmedOn != "" })
}

func problemsOf(all []Finding) (n int) {
	for _, f := range all {
		if f.Kind == "problem" && f.State != Dropped {
			n++
		}
	}
	return n
}

func findingOptions(all []Finding) (shown []part.Option) {
	for _, f := range all {
		shown = append(shown, part.Option{Value: f.ID, Label: f.Number + " " + say.Title(f.Text, 30)})
	}
	return shown
}

// daysLeft is how many days the plan has, or is late.
func daysLeft(days int) string { return strconv.Itoa(max(days, -days)) }

func daysWord(ctx context.Context, days int) string {
	if days < 0 {
		return part.T(ctx, "天：方案期限已过")
	}
	return part.T(ctx, "天：方案期限")
}

// pageOf is the page of an object.
func pageOf(object string) string { return "/" + strings.Replace(object, "/", "s/", 1) }

func leftWords(ctx context.Context, c Coverage) string {
	if left := c.left(ctx); left != "" {
		return part.T(ctx, "还没有督导：%s", left)
	}
	return part.T(ctx, "每个地区都已督导")
}

// beside are the notes that are not shown with the catalogue of files or the checklist of a place already.
func (d showData) beside() (all []Note) {
	for _, n := range d.Notes {
		if n.Kind != FileNote && n.Kind != CheckNote {
			all = append(all, n)
		}
	}
	return all
}

// filed says whether the area has filed a plan.
func (d feedbackData) filed() bool {
	return slices.ContainsFunc(d.plans, func(p linkedPlan) bool { return p.FiledOn != "" })
}
