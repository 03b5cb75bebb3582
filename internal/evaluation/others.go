package evaluation

// What third party, experts and groups have done in a round, in short: their own modules keep it.

import (
	"net/url"
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/engagement"
	"yipanqi/internal/panel"
	"yipanqi/internal/say"
	"yipanqi/internal/score"
	"yipanqi/internal/supervision"
)

// Other is one of those who judge beside the participants.
type Other struct {
	Kind  string    `json:"kind"`
	Count int       `json:"count"`
	Of    int       `json:"of,omitempty"`
	URL   string    `json:"url"`
	Label say.Key   `json:"-"`
	Words say.Words `json:"-"`
}

// others are the third party, the panel, visits and score sheets of the organiser about the round, as far as by sees
// them.
func (r Round) others(tx *db.Tx, by auth.User) (all []Other, err error) {
	about := r.Object()
	query := "?about=" + url.QueryEscape(about)
	thirds, err := engagement.Thirds(tx, about)
	if err != nil {
		return nil, err
	}
	thirds = slices.DeleteFunc(thirds, func(t engagement.ThirdParty) bool { return t.Office != r.Unit })
	given, owed := 0, 0
	for _, t := range thirds {
		for _, one := range t.Deliverables {
			if owed++; one.DeliveredOn != "" {
				given++
			}
		}
	}
	all = append(all, Other{"third_party", given, owed, "/third-parties" + query, "第三方",
		say.New("%d家，成果交来%d/%d", len(thirds), given, owed)})
	panels, err := panel.Of(tx, about)
	if err != nil {
		return nil, err
	}
	panels = slices.DeleteFunc(panels, func(p panel.Panel) bool { return p.Office != r.Unit })
	concluded := 0
	for _, p := range panels {
		if p.Conclusion != "" {
			concluded++
		}
	}
	all = append(all, Other{"panel", concluded, len(panels), "/panels" + query, "专家论证",
		say.New("%d次，有结论%d次", len(panels), concluded)})
	c, err := (supervision.Desk{Rounds: Visited}).Cover(tx, by, about)
	if err != nil {
		return nil, err
	}
	reached := say.New("覆盖%d/%d，发现%d条（问题%d条）", c.Visited, c.Areas, c.Findings, c.Problems)
	if c.Part {
		reached.Key = "您看得到的：覆盖%d/%d，发现%d条（问题%d条）"
	}
	all = append(all, Other{"visits", c.Visited, c.Areas, "/supervision" + query, "督导", reached})
	sheets, err := score.Of(tx, about)
	sheets = slices.DeleteFunc(sheets, func(s score.Sheet) bool { return s.Office != r.Unit })
	all = append(all, Other{"score", len(sheets), 0, "/score-sheets" + query, "评分表", say.New("%d版", len(sheets))})
	return all, err
}
