package report

// Writes a report: its text with every reference resolved. What a figure is, package reference says; layout is
// document's.

import (
	"strconv"
	"strings"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/reference"
	"yipanqi/internal/setting"
	"yipanqi/internal/sign"
	"yipanqi/internal/tag"
)

// annualCode is the template of the annual work report.
const annualCode = "annual"

// Annual writes the annual report of an area: year 0 is the newest with figures, areaCode "" the whole city. Every
// signed submission behind a figure is verified again while it is written. What by may not see is left out of it.
func Annual(tx *db.Tx, by auth.User, year int, areaCode string, secrets account.Secrets) (Report, error) {
	stored, err := ByCode(tx, annualCode)
	if errs.KindOf(err) == errs.Missing {
		return Report{}, errs.Missingf("还没有年度报告的模板。请把 report/annual.md 放进导入目录，再运行 yipanqi import。")
	}
	if err != nil {
		return Report{}, err
	}
	template, err := ParseTemplate(stored.Body)
	if err != nil {
		return Report{}, err
	}
	r := Report{template: template, Title: strings.ReplaceAll(template.Meta["title"], titleBreak, ""),
		byRef: map[*reference.Reference]reference.Figure{}, tables: map[*reference.Reference]reference.Table{}}
	issuer, err := secrets.Installation.Public()
	if err != nil {
		return Report{}, err
	}
	r.Issuer = sign.Fingerprint(issuer)
	if r.Journal, err = journal.LastSealed(tx); err != nil {
		return Report{}, err
	}
	err = r.write(tx, by, issuer, year, areaCode)
	return r, err
}

func (r *Report) write(tx *db.Tx, by auth.User, issuer sign.PublicKey, year int, areaCode string) (err error) {
	if r.Area, err = home(tx, by, areaCode); err != nil {
		return err
	}
	if r.Years, err = years(tx, r.Area.ID); err != nil {
		return err
	}
	if of := r.template.Year(); of != 0 {
		if year != 0 && year != of {
			return errs.Missingf("没有%d年的报告正文，现有的是%d年的。请写好%d年的正文，放进导入目录的 report/annual.md 再导入。",
				year, of, year)
		}
		r.Years = []int{of}
	}
	if r.Year = year; year == 0 && len(r.Years) > 0 {
		r.Year = r.Years[0]
	}
	if r.Period, err = period.Parse(strconv.Itoa(r.Year)); err != nil {
		return err
	}
	if r.Sample, err = setting.IsSample(tx); err != nil {
		return err
	}
	var refs []*reference.Reference
	for _, ref := range r.template.References(r.Year) {
		if ref.Kind != reference.TableRef {
			refs = append(refs, ref)
			continue
		}
		if r.tables[ref], err = ref.Lay(tx, r.Area); err != nil {
			return err
		}
		refs = append(refs, r.tables[ref].Cells...)
	}
	read, figures, err := reference.Read(tx, by, issuer, r.Area, refs)
	if err != nil {
		return err
	}
	for i, ref := range refs {
		r.byRef[ref] = figures[i]
	}
	r.all, r.Evidence, r.Tally = figures, read.Evidence, read.Tally
	r.keep(tag.Kept{})
	return nil
}

func home(tx *db.Tx, by auth.User, code string) (a network.Area, err error) {
	if code == "" {
		a, err = network.Root(tx)
	} else {
		a, err = network.AreaByCode(tx, code, "")
	}
	if err == nil && !by.SeesFigures(a.Path) {
		err = errs.Missingf("没有找到这个地区，或者它不在您的工作范围内。")
	}
	if code != "" {
		err = errs.In("area", err)
	}
	return a, err
}
