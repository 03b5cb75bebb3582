package submission

// What happens to cells on their way into the draft: two people's changes put together, what nobody means to type kept
// out. Reading them as numbers is the form's business, see Review.

import (
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/say"
)

// merge puts what was typed over the draft. If somebody has saved since version, a cell that this user left as it was
// keeps what the other typed; only a cell that both changed is a Conflict, which names both values. Without knowing
// what a cell was, any difference is one.
func (s Submission) merge(version int64, typed Typed, was map[string]string) (Typed, error) {
	if s.Version == version {
		return s.Typed.with(typed), nil
	}
	if version < s.Typed.Carried {
		moved, known := s.fromBefore(version, typed, was)
		if !known { // carried over before it was kept how
			return Typed{}, errs.Conflictf("这张表刚换了新版表式，格的位置变了。已存的数都已带到新表；请刷新页面，把刚才填的再填一次。")
		}
		return moved, nil
	}
	fields := errs.Fields{}
	differ := func(name, now, mine string) {
		fields.Say(name, "%s存的是“%s”，您填的是“%s”。", s.UpdatedBy, now, mine)
	}
	changed := Typed{Cells: map[string]string{}, Notes: map[string]string{}}
	for key, mine := range typed.Cells {
		now, before := s.Typed.Cells[key], strings.TrimSpace(was[key])
		_, known := was[key]
		switch mine = strings.TrimSpace(mine); {
		case mine == now, known && mine == before:
		case known && before == now:
			changed.Cells[key] = mine
		default:
			differ("cells["+key+"]", now, mine)
		}
	}
	for key, mine := range typed.Notes {
		switch now := s.Typed.Notes[key]; {
		case strings.TrimSpace(mine) == now, mine == "":
		case now == "":
			changed.Notes[key] = mine
		default:
			differ("notes["+key+"]", now, mine)
		}
	}
	if len(fields) > 0 {
		return Typed{}, &errs.Error{Kind: errs.Conflict, Fields: fields, Words: say.New(
			"%s刚刚保存过这份报表，有%d格与您填的不一样，已标出。请核对后再保存，即以您的为准；其他各格互不影响。",
			s.UpdatedBy, len(fields))}
	}
	return s.Typed.with(changed), nil
}

// strange names those of the cells, filled in, that the form does not have.
func (s Submission) strange(cells map[string]string) errs.Fields {
	fields, known := errs.Fields{}, map[string]bool{}
	for _, spec := range s.Form.Cells() {
		known[spec.Key] = true
	}
	for key, text := range cells {
		if strings.TrimSpace(text) != "" && !known[key] {
			fields.Say("cells["+key+"]", "本表没有这一格。粘贴的内容可能太宽或太长，请从左上角的格重新粘贴。")
		}
	}
	return fields
}

// keep drops what is empty and refuses cells that the form does not have and texts that nobody means to type.
func (s Submission) keep(typed Typed) (Typed, error) {
	fields := s.strange(typed.Cells)
	kept := s.Typed
	kept.Left = typed.Left
	kept.Cells, kept.Notes = map[string]string{}, map[string]string{}
	for key, text := range typed.Cells {
		switch text = strings.TrimSpace(text); {
		case text == "":
		case len(text) > maxCell:
			fields.Say("cells["+key+"]", "一格里的内容太长。")
		default:
			kept.Cells[key] = text
		}
	}
	for key, text := range typed.Notes {
		switch text = strings.TrimSpace(text); {
		case text == "":
		case !short(text):
			fields.Say("notes["+key+"]", "说明太长，请缩短到600字以内。")
		default:
			kept.Notes[key] = text
		}
	}
	return kept, fields.Check("没有保存：请先改正标出的地方。")
}
