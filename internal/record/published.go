package record

// Figures that were published of what a register counts, beside what its records come to: of the same measure, with
// their source, and never backed by records that nobody kept.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
	"yipanqi/internal/register"
)

// Quote is one published figure.
type Quote struct {
	Value  string `json:"value"`
	Mark   string `json:"mark,omitempty"` // 余, 近
	Source string `json:"source"`
	URL    string `json:"url,omitempty"`
	id     string
	mark   quantity.Mark
}

// quotes are the figures that were published of a measure's indicator, for an area and a period.
func quotes(tx *db.Tx, m register.Measure, area network.Area, p period.Period) (all []Quote, err error) {
	if m.Indicator == "" {
		return nil, nil
	}
	i, err := indicator.ByCode(tx, m.Indicator)
	if errs.KindOf(err) == errs.Missing {
		return nil, nil // the installation does not have it
	}
	if err != nil {
		return nil, err
	}
	figures, err := indicator.PublishedIn(tx, area.ID)
	for _, f := range figures {
		if f.IndicatorID == i.ID && f.Period == p && f.Sex == 0 {
			all = append(all, Quote{f.Value, f.Mark.Words(), f.SourceTitle, f.SourceURL, f.ID, f.Mark})
		}
	}
	return all, err
}
