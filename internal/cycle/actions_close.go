package cycle

// The end of a cycle: what the review meeting was told, closing with what is known to be missing, compiled, the
// monitoring report, published.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/letter"
	"yipanqi/internal/meeting"
	"yipanqi/internal/say"
	"yipanqi/internal/submission"
)

// Explain notes what the review meeting was told of a report.
func Explain(tx *db.Tx, by auth.User, id string, version int64, of, text string) (Cycle, error) {
	return do(tx, by, id, version, VerbExplain, func(c *Cycle) (map[string]string, error) {
		if c.ReviewMeeting == "" {
			return nil, errs.Conflictf("还没有关联数据评审会。请先在“修改”里选会议。")
		}
		m, err := meeting.Get(tx, idOf(c.ReviewMeeting))
		if err != nil {
			return nil, err
		}
		if !isOver(m) {
			return nil, errs.Conflictf("数据评审会“%s”还没有开。开过以后再记说明。", m.Title)
		}
		lines, err := c.lines(tx)
		if err != nil {
			return nil, err
		}
		l, err := lineOf(lines, of)
		if err != nil {
			return nil, err
		}
		if text = strings.TrimSpace(text); text == "" || longer(text, maxText) {
			return nil, errs.Fields{"text": say.New("请写说明，最多%d个字。", maxText)}.Check("没有记下：请写说明。")
		}
		c.Explanations = append(c.Explanations, Explanation{l.ID, l.Form, l.Unit, text, by.Name, tx.Today()})
		return map[string]string{"submission": l.ID}, nil
	})
}

// missing are the lines that a unit has not sent.
func missing(lines []Line) []Line {
	return slices.DeleteFunc(slices.Clone(lines), func(l Line) bool { return !l.Owed() || !l.Missing() })
}

// Close ends the filling in. Before the last day only if everything is there; what is missing then is listed as a known
// gap, once confirmed says so.
func Close(tx *db.Tx, by auth.User, id string, version int64, confirmed bool) (Cycle, error) {
	return do(tx, by, id, version, VerbClose, func(c *Cycle) (map[string]string, error) {
		lines, err := c.lines(tx)
		if err != nil {
			return nil, err
		}
		lack := missing(lines)
		switch {
		case len(lack) > 0 && tx.Today() <= c.LastDay():
			return nil, errs.Conflictf("还有%d份没有报来，最晚的截止日期是%s，还没有过。", len(lack), c.LastDay())
		case len(lack) > 0 && !confirmed:
			return nil, errs.Fields{"confirmed": say.New("还有%d份没有报来。核对下面的清单后，请勾选确认，它们会记为缺报。",
				len(lack))}.Check("没有截止：请先确认缺报清单。")
		}
		c.ClosedOn, c.Gaps = tx.Today(), nil
		for _, l := range lack {
			c.Gaps = append(c.Gaps, Gap{l.ID, l.Form, l.Unit, l.Area})
		}
		return nil, nil
	})
}

// Compile says that the year's figures stand: everything accepted, or known to be missing.
func Compile(tx *db.Tx, by auth.User, id string, version int64) (Cycle, error) {
	return do(tx, by, id, version, VerbCompile, func(c *Cycle) (map[string]string, error) {
		lines, err := c.lines(tx)
		if err != nil {
			return nil, err
		}
		var open []Line
		for _, l := range lines {
			if l.Owed() && !l.Accepted() && !(l.Gap && l.Missing()) {
				open = append(open, l)
			}
		}
		if len(open) > 0 {
			l := open[0]
			return nil, errs.Conflictf("还有%d份没有审核通过，也没有记为缺报，如%s的“%s”。请先审核或退回补报。", len(open), l.UnitName,
				l.FormName)
		}
		if c.ReviewMeeting != "" {
			m, err := meeting.Get(tx, idOf(c.ReviewMeeting))
			if err != nil {
				return nil, err
			}
			if !isOver(m) {
				return nil, errs.Conflictf("数据评审会“%s”还没有开，开过以后再汇总；不开的，请在“修改”里去掉。", m.Title)
			}
		}
		c.CompiledOn = tx.Today()
		return nil, nil
	})
}

// Link names the letter by which the monitoring report went out.
func Link(tx *db.Tx, by auth.User, id string, version int64, report string) (Cycle, error) {
	return do(tx, by, id, version, VerbReport, func(c *Cycle) (map[string]string, error) {
		l, err := letter.Read(tx, by, strings.TrimPrefix(report, "letter/"))
		if err != nil {
			if errs.KindOf(err) == errs.Missing {
				err = errs.Fields{"report": {Key: "请选择印发监测报告的公文。"}}.Check("没有关联：请先改正标出的地方。")
			}
			return nil, err
		}
		if !l.Issued() {
			return nil, errs.Conflictf("“%s”还没有印发。监测报告印发后再来关联。", l.Title)
		}
		if l.Object() == c.Notice || slices.ContainsFunc(c.Duns, func(d Dun) bool { return d.Letter == l.Object() }) {
			return nil, errs.Fields{"report": {Key: "这是本周期的通知或催报，不是监测报告。"}}.
				Check("没有关联：请先改正标出的地方。")
		}
		c.Report = l.Object()
		return map[string]string{"report": c.Report}, nil
	})
}

// Publish notes the day on which the report was published.
func Publish(tx *db.Tx, by auth.User, id string, version int64, on string) (Cycle, error) {
	return do(tx, by, id, version, VerbPublish, func(c *Cycle) (map[string]string, error) {
		if !calendar.IsDay(on) || on > tx.Today() || on < c.CompiledOn {
			return nil, errs.Fields{"published_on": say.New("请填发布的日期，不早于汇总日%s，不晚于今天。", c.CompiledOn)}.
				Check("没有登记：请先改正标出的地方。")
		}
		c.PublishedOn = on
		return nil, nil
	})
}

// arrived are the lines that came in on a day.
func arrived(lines []Line, day string) []Line {
	return slices.DeleteFunc(slices.Clone(lines), func(l Line) bool {
		return l.SentOn != day || l.State == submission.Withdrawn
	})
}
