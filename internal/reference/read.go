package reference

// The values that references ask for, read at once for a whole text.

import (
	"strconv"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/progress"
	"yipanqi/internal/sign"
	"yipanqi/internal/submission"
)

// Reader resolves the references of one text. What by may not see is left out of it.
type Reader struct {
	tx         *db.Tx
	by         auth.User
	issuer     sign.PublicKey
	area       network.Area // of references that name none
	indicators map[string]indicator.Indicator
	values     map[valueKey]progress.Value
	parameters []indicator.Parameter
	targets    map[int64]map[int64][]indicator.Target // by area and indicator
	hidden     map[string]bool                        // areas whose figures by may not see
	versions   map[int64]submission.Version
	broken     map[int64]string // by version, why it does not verify

	Evidence []Evidence       // the submissions that the figures rest on, each verified once
	Tally    submission.Tally // counts them by who signed
}

type valueKey struct {
	indicator string
	area      string
	year      int
}

// Read resolves references, every one with its year, to figures in the same order. Every signed submission behind one
// is verified again, with the issuer's key.
func Read(tx *db.Tx, by auth.User, issuer sign.PublicKey, area network.Area, refs []*Reference) (*Reader, []Figure,
	error) {
	r := &Reader{tx: tx, by: by, issuer: issuer, area: area, hidden: map[string]bool{}, Evidence: []Evidence{},
		targets: map[int64]map[int64][]indicator.Target{}}
	figures := []Figure{}
	if len(refs) == 0 {
		return r, figures, nil
	}
	if err := r.read(refs); err != nil {
		return r, nil, err
	}
	for _, ref := range refs {
		f, err := r.resolve(ref)
		if err != nil {
			return r, nil, err
		}
		f.Key = ref.Key()
		figures = append(figures, f)
	}
	return r, figures, nil
}

// read fetches everything that the references ask for.
func (r *Reader) read(refs []*Reference) error {
	all, err := indicator.List(r.tx)
	if err != nil {
		return err
	}
	r.indicators = map[string]indicator.Indicator{}
	for _, i := range all {
		r.indicators[i.Code] = i
	}
	if r.parameters, err = indicator.Parameters(r.tx); err != nil {
		return err
	}
	q := progress.Query{}
	seenIndicator, seenArea, seenYear := map[string]bool{}, map[string]bool{}, map[int]bool{}
	for _, ref := range refs {
		i, known := r.indicators[ref.Code]
		if ref.Kind == ParameterRef || ref.Kind == MeasureRef || !known {
			continue
		}
		if !seenIndicator[ref.Code] {
			seenIndicator[ref.Code] = true
			q.Indicators = append(q.Indicators, i)
		}
		if !seenArea[ref.Area] {
			seenArea[ref.Area] = true
			a := r.area
			if ref.Area != "" {
				if a, err = network.AreaByCode(r.tx, ref.Area, ""); err != nil {
					return errs.Invalidf("第%d行：没有代码为%s的地区", ref.Line, ref.Area)
				}
			}
			if r.by.SeesFigures(a.Path) {
				q.Areas = append(q.Areas, a)
			} else {
				r.hidden[ref.Area] = true
			}
		}
		for _, year := range []int{ref.Year, ref.From} {
			if year != 0 && !seenYear[year] {
				seenYear[year] = true
				p, err := period.Parse(strconv.Itoa(year))
				if err != nil {
					return errs.Invalidf("第%d行：年份%d不对", ref.Line, year)
				}
				q.Periods = append(q.Periods, p)
			}
		}
	}
	r.values = map[valueKey]progress.Value{}
	if len(q.Indicators) == 0 || len(q.Periods) == 0 || len(q.Areas) == 0 {
		return nil
	}
	values, err := progress.Values(r.tx, q)
	for _, v := range values {
		r.values[valueKey{v.Indicator.Code, v.Area.Code, v.Period.Year()}] = v
	}
	return err
}

func (r *Reader) value(ref *Reference, year int) progress.Value {
	area := ref.Area
	if area == "" {
		area = r.area.Code
	}
	return r.values[valueKey{ref.Code, area, year}]
}
