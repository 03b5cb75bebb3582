package matter

// Figures of a done report: references to what is accepted or published come to their values when the report is made,
// and the entry keeps what each rests on; so the words that are re-checked are those that were reported.

import (
	"encoding/json"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/progress"
	"yipanqi/internal/reference"
	"yipanqi/internal/sign"
)

// quoted is a figure of a report as the entry keeps it.
type quoted struct {
	Key    string `json:"key"`
	Text   string `json:"text"`
	Status string `json:"status"`
	Proof  string `json:"proof"`
	Digest string `json:"digest"`
}

// resolve puts into a text what its references come to, as by may see them. A reference without a value is refused.
func (a *act) resolve(by auth.User, issuer func() (sign.PublicKey, error), text string) (string, error) {
	if !strings.Contains(text, "{{") && !strings.Contains(text, "}}") {
		return text, nil
	}
	var parts []reference.Part
	var refs []*reference.Reference
	for at, line := range strings.Split(text, "\n") {
		read, err := reference.Parse(line, at+1)
		if err != nil {
			return "", errs.In("result", err)
		}
		if at > 0 {
			parts = append(parts, reference.Part{Text: "\n"})
		}
		for _, p := range read {
			if p.Ref != nil && p.Ref.Year == 0 {
				return "", errs.In("result", errs.Invalidf("第%d行：引用要写明年份，例如 {{figure %s year=2023}}", at+1,
					p.Ref.Code))
			}
			if p.Ref != nil {
				refs = append(refs, p.Ref)
			}
			parts = append(parts, p)
		}
	}
	figures, err := a.read(by, issuer, refs)
	if err != nil {
		return "", err
	}
	var whole strings.Builder
	var kept []quoted
	wrong := errs.Fields{}
	for _, p := range parts {
		if p.Ref == nil {
			whole.WriteString(p.Text)
			continue
		}
		f := figures[len(kept)]
		if strings.Contains(f.Text, reference.Gap) {
			wrong.Say("result", "引用 %s 没有数可取：%s", f.Key, f.Problem)
		}
		whole.WriteString(f.Text)
		kept = append(kept, quoted{f.Key, f.Text, f.Status, f.Proof, f.Digest})
	}
	list, err := json.Marshal(kept)
	a.detail["references"] = string(list)
	if err != nil {
		return "", err
	}
	return whole.String(), wrong.Check("没有报办结：有的引用没有数可取，请改正或删去。")
}

func (a *act) read(by auth.User, issuer func() (sign.PublicKey, error), refs []*reference.Reference) (
	[]reference.Figure, error) {
	area, err := network.AreaByID(a.tx, a.item.AreaID)
	if err != nil {
		return nil, err
	}
	key, err := issuer()
	if err != nil {
		return nil, err
	}
	_, figures, err := reference.Read(a.tx, by, key, area, refs)
	return figures, err
}

// quotes are the figures that an entry keeps, and how many of them two people signed.
func quotes(list string) (all []quoted, signed int) {
	if json.Unmarshal([]byte(list), &all) != nil {
		return nil, 0
	}
	for _, q := range all {
		if q.Status == string(progress.Proven) {
			signed++
		}
	}
	return all, signed
}

// countedIn says in a paper how many figures a report quotes.
func countedIn(list string) string {
	all, signed := quotes(list)
	if len(all) == 0 {
		return ""
	}
	return strconv.Itoa(len(all)) + "项数据，" + strconv.Itoa(signed) + "项已双签字"
}
