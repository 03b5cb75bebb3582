package record

// Records that the program opens: one for each record of another register and each month or year that is over, so that
// nobody forgets one and what is due is in the lists.

import (
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/job"
	"yipanqi/internal/journal"
	"yipanqi/internal/period"
	"yipanqi/internal/register"
)

func opening() job.Every {
	return job.Every{Name: "record.open", Label: "业务登记：每期开表", At: "06:00",
		Run: func(tx *db.Tx, _ job.Round) (string, error) {
			all, err := Registers(tx)
			for _, d := range all {
				if err == nil && d.Opens.Of != "" {
					err = openFor(tx, d)
				}
			}
			return "", err
		}}
}

// mostMissed is how many months or years are caught up with, the last one among them.
const mostMissed = 12

// openFor opens the records of the month or year that ended last, where there is none, and of those before it that
// nobody was there to open: not of a time before the register and the site's own record were kept here.
func openFor(tx *db.Tx, d register.Definition) error {
	at, _ := d.Field(d.Opens.At)
	length := len("2023-05")
	if at.Type == "year" {
		length = len("2023")
	}
	p, err := period.Parse(tx.Today()[:length])
	if err != nil {
		return err
	}
	kept, err := definedSince(tx, d.Code)
	if err != nil {
		return err
	}
	var missed []period.Period // the oldest first
	for n := 0; n < mostMissed; n++ {
		if p = p.Previous(); n == 0 || p.String() >= before(kept, length) {
			missed = append([]period.Period{p}, missed...)
		}
	}
	there, err := opened(tx, d, missed[0].String())
	if err != nil {
		return err
	}
	k, err := deskOf(tx, journal.System, d, "")
	if err != nil {
		return err
	}
	asked := register.Measure{Stock: d.Opens.Stock}
	sites := map[period.Period][]Record{}
	if err := eachCounted(tx, d.Opens.Of, "", func(r Record) error {
		if unit, known := k.places.units[r.Unit]; !known || !unit.OpenOn(tx.Today()) {
			return nil
		}
		for i, p := range missed {
			last, known := i == len(missed)-1, p.String() >= before(r.CreatedAt, length)
			if (last || known) && !there[p.String()+" "+r.Number] && asked.In(r.Counted, p) {
				sites[p] = append(sites[p], r)
			}
		}
		return nil
	}); err != nil {
		return err
	}
	for _, p := range missed {
		for _, site := range sites[p] {
			if err := k.openOne(tx, site, p); err != nil {
				return err
			}
		}
	}
	return nil
}

// before is the month or year that was over at a time, by the length of its code: who begins then reports it first.
func before(at time.Time, length int) string {
	p, _ := period.Parse(at.In(db.China).Format(time.DateOnly)[:length]) // of a day
	return p.Previous().String()
}

// openOne opens the record of a site for a period, for the unit that keeps the site.
func (k desk) openOne(tx *db.Tx, site Record, p period.Period) error {
	begin := k.d.Begin()
	r := Record{ID: db.NewID(), Register: k.d.Code, Version: k.d.Version, Unit: site.Unit, Area: site.Area,
		AreaPath: site.AreaPath, State: begin.To, Since: tx.Now, Origin: Entered, CreatedBy: journal.System.ID,
		CreatedAt: tx.Now, Counted: register.Body{}}
	k.finish(&r, register.Body{k.d.Opens.Link: site.Number, k.d.Opens.At: p.String()})
	if err := k.number(tx, &r); err != nil {
		return err
	}
	return k.put(tx, journal.System, &r, Record{}, begin, auth.Post{Unit: r.Unit}, nil)
}

// reaches refuses a definition that asks another register for fields that it does not have.
func reaches(tx *db.Tx, d register.Definition) error {
	asked := map[string][]string{d.Opens.Of: d.Opens.Stock}
	for _, q := range d.Quiet {
		asked[q.Of] = append(asked[q.Of], q.Link, q.On)
	}
	delete(asked, "")
	for code, fields := range asked {
		of, err := ByCode(tx, code)
		if err != nil {
			return err
		}
		for _, field := range fields {
			if _, known := of.Field(field); !known {
				return errs.Invalidf("业务登记“%s”要用“%s”的字段“%s”，没有这个字段。", d.Name, of.Name, field)
			}
		}
	}
	return nil
}
