package home

// The board's sentences in the reader's language, counted from its rows.

import (
	"context"
	"slices"

	"yipanqi/internal/plan"
	"yipanqi/internal/progress"
	"yipanqi/internal/submission"
	"yipanqi/internal/web/part"
)

// sentence says how the plan stands: how much of it can be judged at all, what must be acted on and what goes well
// there, and why the rest cannot be judged. It never calls well what is only unknown.
func (b Board) sentence(ctx context.Context) string {
	bad, badly := b.counted(ctx, func(l progress.Lamp) bool { return slices.Contains(pressing(), l) })
	good, well := b.counted(ctx, func(l progress.Lamp) bool { return slices.Contains(going(), l) })
	rest, why := b.counted(ctx, func(l progress.Lamp) bool {
		return !slices.Contains(pressing(), l) && !slices.Contains(going(), l)
	})
	switch {
	case b.total() == 0:
		return part.T(ctx, "这个规划还没有指标。")
	case bad+good == 0:
		return part.T(ctx, "%d项指标暂时都不能评价：%s。", b.total(), why)
	}
	words := badly
	if words == "" {
		words = well
	} else if good > 0 {
		words = part.T(ctx, "%s；另有%s", badly, well)
	}
	if rest == 0 {
		return part.T(ctx, "%d项指标都能评价：%s。", b.total(), words)
	}
	return part.T(ctx, "%d项指标中，能评价的有%d项：%s。其余%d项暂不能评价：%s。", b.total(), bad+good, words, rest, why)
}

// calmWords stand where no indicator needs attention; they do not say more than is known.
func (b Board) calmWords(ctx context.Context) string {
	switch n := b.judged(ctx); n {
	case 0:
		return part.T(ctx, "还没有能评价的指标。")
	case b.total():
		return part.T(ctx, "没有落后、逆向变化或未达标的指标。")
	default:
		return part.T(ctx, "能评价的%d项指标中，没有落后、逆向变化或未达标的。", n)
	}
}

func going() []progress.Lamp { return []progress.Lamp{progress.LampMet, progress.LampOnPace} }

// judged is how many indicators can be judged.
func (b Board) judged(ctx context.Context) int {
	n, _ := b.counted(ctx, func(l progress.Lamp) bool {
		return slices.Contains(pressing(), l) || slices.Contains(going(), l)
	})
	return n
}

// counted adds up the lamps that are wanted and lists them: 已达标3项、符合进度1项.
func (b Board) counted(ctx context.Context, wanted func(progress.Lamp) bool) (n int, words string) {
	var each []string
	for _, l := range b.Lamps {
		if wanted(l.Lamp) && l.Count > 0 {
			n += l.Count
			each = append(each, part.T(ctx, "%s%d项", part.LampWord(ctx, string(l.Lamp)), l.Count))
		}
	}
	return n, part.Join(ctx, each)
}

// morePressing is how many rows need attention beside those that are named.
func (b Board) morePressing() (n int) {
	for _, l := range b.Lamps {
		if slices.Contains(pressing(), l.Lamp) {
			n += l.Count
		}
	}
	return n - len(b.Worst)
}

// note says what is inside a folded domain: 9项指标：已达标3项、数据不足4项.
func (d BoardDomain) note(ctx context.Context) string {
	inside := Board{}
	seen := map[int64]bool{}
	for _, lamp := range progress.Lamps() {
		n := 0
		for _, g := range d.Goals {
			for _, r := range g.Rows {
				if id := r.latest.Indicator.ID; r.Verdict.Lamp == lamp && !seen[id] {
					seen[id] = true
					n++
				}
			}
		}
		inside.Lamps = append(inside.Lamps, LampCount{lamp, n})
	}
	if len(seen) == 0 {
		return part.T(ctx, "还没有指标")
	}
	_, words := inside.counted(ctx, func(progress.Lamp) bool { return true })
	return part.T(ctx, "%d项指标：%s", len(seen), words)
}

// reportingNote sums up the reports of the year.
func (b Board) reportingNote(ctx context.Context) string {
	due, in, unsigned := 0, 0, false
	for _, r := range b.Reporting {
		due, in, unsigned = due+r.Due, in+r.In, unsigned || r.Unsigned
	}
	if unsigned {
		return part.T(ctx, "应报%d份，已报%d份，其中有未签字的历史数据", due, in)
	}
	if due == in {
		return part.T(ctx, "应报%d份，全部审核通过", due)
	}
	return part.T(ctx, "应报%d份，已审核通过%d份", due, in)
}

// changed are the changes as a report's page lists them.
func (b Board) changed() (all []submission.Changed) {
	for _, c := range b.Changes {
		all = append(all, c.of)
	}
	return all
}

// planURL is the board of another plan: in the same area, if both plans are the same area's.
func (b Board) planURL(p plan.Plan) string {
	if p.AreaID != b.Plan.AreaID {
		return b.url("plan", p.Code, "lamp", "", "area", "")
	}
	return b.url("plan", p.Code, "lamp", "")
}
