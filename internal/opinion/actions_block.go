package opinion

// What stands in the way of a document: opinions that must be answered and were not. Asked by whoever issues it.

import (
	"cmp"
	"errors"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/say"
)

// Blocking are the remarks that must be answered before what an object's texts say is issued: those of weight must
// without a reply, on texts that the unit itself has laid open.
func Blocking(tx *db.Tx, about, unit string) (open []Opinion, err error) {
	texts, err := Of(tx, about)
	if id, own := strings.CutPrefix(about, "text/"); own && err == nil {
		var t Text
		t, err = Get(tx, id)
		texts = append(texts, t)
	}
	for _, t := range texts {
		if t.Unit != unit {
			continue
		}
		all, err := On(tx, t.ID)
		if err != nil {
			return nil, err
		}
		for _, o := range all {
			if o.State == Filed && o.Weight == Must {
				open = append(open, o)
			}
		}
	}
	return open, err
}

// Blocks says which remarks on an object's texts have to be answered before a letter about it goes out.
func Blocks(tx *db.Tx, about, unit string) error {
	open, err := Blocking(tx, about, unit)
	if err != nil || len(open) == 0 {
		return err
	}
	const most = 3
	which := errs.Fields{}
	for n, o := range open {
		t, err := Get(tx, o.TextID)
		if err != nil {
			return err
		}
		if t.Blind(tx.Today()) { // how many there are and what they say, nobody is told yet
			return errs.Conflictf("专家论证的意见还没有公开、回应，不能发出。请等全体专家提完意见，或者过了截止日期再回应。")
		}
		if n >= most {
			continue
		}
		said := say.New("《%s》“%s”", t.Title, say.Cut(cmp.Or(o.Quote, o.Reason), mostQuote))
		if n > 0 {
			said = say.New("%s；%s", which["opinions"], said)
		}
		which["opinions"] = said
	}
	refused := errs.Conflictf("征求意见中有%d条“必须修改”的意见还没有回应，不能发出。请先在“征求意见”里逐条回应。", len(open))
	if e, ok := errors.AsType[*errs.Error](refused); ok {
		e.Fields = which
	}
	return refused
}

const mostQuote = 40 // characters of what a refusal quotes
