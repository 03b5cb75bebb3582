package indicator

// Published figures as people register and correct them, each by whoever answers for figures of its area. Files of them
// are intake.go's.

import (
	"math/big"
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/quantity"
)

// VerbPublished is permission and journal entry at once: what a public source says, registered or corrected.
const VerbPublished = "published.put"

const (
	noFigure   = "没有找到这个公开数据，或者它不在您的工作范围内。"
	notCorrect = "已登记的公开数据由妇儿工委办公室更正：结论可能已经用到它。请把来源告诉办公室。"
)

// MayPublish says whether the user may register what public sources say of the area at path: its office, those above
// it, and who answers for figures of just this area.
func MayPublish(by auth.User, path string) bool {
	return MayCorrect(by, path) || by.Can(VerbPublished) && slices.ContainsFunc(by.Posts, func(p auth.Post) bool {
		return p.Role == auth.Statistician && p.AreaPath == path
	})
}

// MayCorrect says whether the user may change what was registered, which verdicts rest on: the office alone.
func MayCorrect(by auth.User, path string) bool {
	return by.Can(VerbPublished) && slices.ContainsFunc(by.Posts, func(p auth.Post) bool {
		return p.Role == auth.Office && strings.HasPrefix(path, p.AreaPath)
	})
}

// Publish registers what a source says, given in a unit of the source; an ID means that this figure is corrected.
func Publish(tx *db.Tx, by auth.User, p Published, unit string) (Published, error) {
	was, err := p.allowed(tx, by)
	if err != nil {
		return p, err
	}
	i, err := ByID(tx, p.IndicatorID)
	if err != nil {
		return p, err
	}
	f := errs.Fields{}
	if strings.TrimSpace(unit) == "" {
		f.Say("unit", required)
	} else if !p.convert(i, unit) {
		f.Say("unit", "这项指标的单位是“%s”，请换算后再填，或者在它前面加“万”“亿”。", i.Unit)
	}
	if p.SourceURL != "" && !errs.WebAddress(p.SourceURL) {
		f.Say("source_url", "请写成 https:// 或 http:// 开头的完整网址，没有就留空。")
	}
	switch {
	case p.PublishedOn == "":
	case !calendar.IsDay(p.PublishedOn):
		f.Say("published_on", "请填公布日期，例如 2024-03-31，不知道就留空。")
	case p.PublishedOn > tx.Today():
		f.Say("published_on", "公布日期不能在今天以后。")
	}
	if err := f.Check("没有登记：请先改正标出的地方。"); err != nil {
		return p, err
	}
	if err := p.Validate(); err != nil {
		return p, err
	}
	same, err := publishedAs(tx, p)
	if err != nil {
		return p, err
	}
	if same != "" && same != p.ID {
		return p, errs.Fields{"source_title": errs.WordsOf(errs.Invalidf(
			"这个来源的这个数已经登记过，请从公开数据里打开它改正。"))}.Check("没有登记：请先改正标出的地方。")
	}
	if p.ID == "" {
		p.ID = db.NewID()
		err = insertPublished(tx, p)
	} else {
		err = updatePublished(tx, p)
	}
	if err != nil {
		return p, err
	}
	area, err := network.AreaByID(tx, p.AreaID)
	if err != nil {
		return p, err
	}
	said := map[string]string{"indicator": i.Code, "area": area.Code, "period": p.Period.String(), "value": p.Value,
		"source": p.SourceTitle}
	if was.ID != "" {
		said["before"] = was.Value
	}
	return p, journal.Log(tx, by, VerbPublished, "published/"+p.ID, said)
}

// seesPublished refuses a figure of an area whose figures the user may not read.
func seesPublished(tx *db.Tx, by auth.User, id string) error {
	p, err := PublishedByID(tx, id)
	if err != nil {
		return err
	}
	area, err := network.AreaByID(tx, p.AreaID)
	if err == nil && !by.SeesFigures(area.Path) {
		err = errs.Missingf(noFigure)
	}
	return err
}

// allowed says whether the user may register the figure, and correct the one that stands there already.
func (p Published) allowed(tx *db.Tx, by auth.User) (was Published, err error) {
	if err := by.Check(VerbPublished); err != nil {
		return was, err
	}
	if p.ID != "" {
		if was, err = PublishedByID(tx, p.ID); errs.KindOf(err) == errs.Missing {
			return was, errs.Missingf(noFigure)
		} else if err != nil {
			return was, err
		}
		old, err := network.AreaByID(tx, was.AreaID)
		if err != nil {
			return was, err
		}
		if !by.SeesFigures(old.Path) {
			return was, errs.Missingf(noFigure)
		}
		if !MayCorrect(by, old.Path) {
			return was, errs.Deniedf(notCorrect)
		}
	}
	area, err := network.AreaByID(tx, p.AreaID)
	if err != nil || !MayPublish(by, area.Path) {
		return was, errs.In("area", errs.Missingf("请从列表里选一个您负责的地区。"))
	}
	return was, nil
}

// convert takes a value as its source writes it, in 万人, to the indicator's own unit. What hides digits is no exact
// number any more.
func (p *Published) convert(i Indicator, unit string) bool {
	unit = strings.TrimSpace(unit)
	if unit == i.Unit {
		return true
	}
	for word, power := range map[string]int64{"万": 10_000, "亿": 100_000_000} {
		value, decimals, ok := quantity.Decimal(p.Value)
		if !ok || unit != word+i.Unit {
			continue
		}
		p.Note = strings.TrimSpace(p.Note + " 来源写的是" + p.Value + unit)
		value = new(big.Rat).Mul(value, big.NewRat(power, 1))
		for ; power > 1; power /= 10 {
			decimals--
		}
		if decimals < 0 && p.Mark == quantity.Exact {
			p.Mark = quantity.About
		}
		p.Value = quantity.Round(value, max(decimals, 0))
		return true
	}
	return false
}
