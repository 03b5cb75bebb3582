package check_test

// Whose word on what a figure means holds where: a unit's for itself, an office's for its area, the nearest first; one
// that SQL forged makes nothing stand.

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/attest"
	"yipanqi/internal/auth"
	"yipanqi/internal/check"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/network"
	"yipanqi/internal/web/webtest"
)

const rate = "2017年，北京市婚前医学检查率为12.76%。"

// desk is one unit's copy of a text whose figure units understand in different ways.
type desk struct {
	as, at, figure string
}

func newDesk(t *testing.T, s *webtest.Site, as string) desk {
	t.Helper()
	at := s.Check(t, webtest.Scenario{As: as, Method: "POST", Path: "/checks", Form: url.Values{"text": {rate}},
		Status: 303}).Header().Get("Location")
	d := desk{as: as, at: at}
	d.figure = at + "/figures/" + strconv.Itoa(len([]rune(rate[:strings.Index(rate, "12.76")])))
	return d
}

// stands fails unless the figure has the verdict, and was corrected by this unit ("" = nobody).
func (d desk) stands(t *testing.T, s *webtest.Site, verdict, unit string) {
	t.Helper()
	body := s.Check(t, webtest.Scenario{As: d.as, Path: d.at, JSON: true}).Body.String()
	by := strings.Contains(body, `"unit":"`+unit+`","unit_name"`)
	if !strings.Contains(body, `"verdict":"`+verdict+`"`) || by != (unit != "") ||
		unit == "" && strings.Contains(body, "corrected_by") {
		t.Errorf("for %s the figure is not %s, corrected by %q: %s", d.as, verdict, unit, body)
	}
}

func (d desk) post(t *testing.T, s *webtest.Site, step string, form url.Values, status int) string {
	t.Helper()
	return s.Check(t, webtest.Scenario{As: d.as, Method: "POST", Path: d.figure + "/" + step, Form: form,
		Status: status}).Body.String()
}

// districtOffice is the office of a district of the sample, which has none of its own.
func districtOffice(t *testing.T, s *webtest.Site) {
	t.Helper()
	must(t, s.DB.Update(context.Background(), func(tx *db.Tx) error {
		p, err := network.AddPerson(tx, network.Person{Name: "区妇儿工委办·工作人员（演示）", Sample: true})
		if err != nil {
			return err
		}
		if _, err = network.AddPost(tx, network.Post{PersonID: p.ID, Unit: "110105-WCC", Role: auth.Office,
			OpensOn: "2018-01-01"}); err != nil {
			return err
		}
		s.People["chaoyang-office"], err = account.UserOf(tx, p.ID)
		return err
	}))
}

// A correction is its unit's; an office's is the rule for its area; the nearest holds; nobody takes back another's.
func TestWhoseCorrection(t *testing.T) {
	each(t, func(t *testing.T, s *webtest.Site) {
		districtOffice(t, s)
		city, dong, chao, office := newDesk(t, s, "office"), newDesk(t, s, "dongcheng-statistician"),
			newDesk(t, s, "chaoyang-statistician"), newDesk(t, s, "chaoyang-office")
		none, right := url.Values{"none": {"true"}}, url.Values{"indicator": {"W-HEA-007"}}
		dong.post(t, s, "correct", none, 303)
		dong.stands(t, s, "unknown", "110101-MCH")
		city.stands(t, s, "proven", "")
		chao.stands(t, s, "proven", "")
		chao.post(t, s, "uncorrect", nil, 404) // what others say of theirs does not exist here

		city.post(t, s, "correct", url.Values{"indicator": {"W-HEA-007"}, "period": {"2016"}}, 303)
		for _, d := range []desk{city, chao, office} {
			d.stands(t, s, "contradicted", "BJ-WCCO")
		}
		dong.stands(t, s, "unknown", "110101-MCH")
		s.Run(t,
			webtest.Scenario{As: chao.as, Path: chao.at, Contains: []string{"已人工改正",
				"由北京市妇女儿童工作委员会办公室市妇儿工委办·工作人员（演示）于20", "改正对应"},
				NotContains: []string{"恢复自动核对"}},
			webtest.Scenario{As: chao.as, Path: chao.at + "?format=csv", Contains: []string{"改正单位,改正人,改正时间",
				",北京市妇女儿童工作委员会办公室,市妇儿工委办·工作人员（演示）,20"}})
		if body := chao.post(t, s, "uncorrect", nil, 403); !strings.Contains(body, "只有它能撤销") {
			t.Errorf("refused with %s", body)
		}

		office.post(t, s, "correct", right, 303)
		chao.stands(t, s, "proven", "110105-WCC")
		city.stands(t, s, "contradicted", "BJ-WCCO")
		chao.post(t, s, "correct", none, 303)
		chao.stands(t, s, "unknown", "110105-MCH")
		office.stands(t, s, "proven", "110105-WCC")

		dong.post(t, s, "uncorrect", nil, 303)
		dong.stands(t, s, "contradicted", "BJ-WCCO")
		dong.post(t, s, "uncorrect", nil, 403)
		must(t, s.DB.View(context.Background(), func(tx *db.Tx) error {
			r, err := check.Text(tx, check.Everything, rate, "", 0)
			if err == nil && (r.Figures[len(r.Figures)-1].Corrected == nil || r.Count(check.Contradicted) != 1) {
				t.Error("on the command line the rule for all does not hold")
			}
			return err
		}))
		city.post(t, s, "uncorrect", nil, 303)
		dong.stands(t, s, "proven", "")
		city.post(t, s, "uncorrect", nil, 404)
	})
}

// Who changes a correction, or any definition, behind the program's back makes no figure stand.
func TestForgedCorrection(t *testing.T) {
	each(t, func(t *testing.T, s *webtest.Site) {
		city := newDesk(t, s, "office")
		city.post(t, s, "correct", url.Values{"indicator": {"W-HEA-007"}, "period": {"2016"}}, 303)
		city.stands(t, s, "contradicted", "BJ-WCCO")
		dbtest.Outside(t, s.DB, `UPDATE corrections SET period = '2017' WHERE period = '2016'`)
		city.stands(t, s, "unknown", "BJ-WCCO")
		s.Run(t, webtest.Scenario{As: "office", Path: city.at, Contains: []string{"定义与存证日志不符"}})
		must(t, s.DB.View(context.Background(), func(tx *db.Tx) error {
			found, err := attest.Verify(tx)
			if len(found) != 1 || found[0].Table != "corrections" || found[0].Column != "period" {
				t.Errorf("found %+v", found)
			}
			return err
		}))
	})
}
