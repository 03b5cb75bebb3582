package letter_test

// The cover note tells who had a letter in their hands, of each edition its own, and only those who work on it.

import (
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/errs"
	"yipanqi/internal/letter"
	"yipanqi/internal/web/webtest"
)

func TestACoverNoteTellsThroughWhoseHandsALetterWent(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		l := c.draft("meeting/1")
		l.Countersigners, l.Urgency = []string{"HEA"}, "urgent"
		for range 2 { // saved twice in a row, told once
			c.Must(c.update(func(tx *db.Tx) (err error) {
				_, err = letter.Save(tx, c.People["office"], l.ID, 0, l)
				return err
			}))
		}
		c.Must(c.check("colleague", l.ID))
		c.told(l.ID, 1, "拟稿 某office 修改文稿 某office 核稿 某colleague 会签 待办 签发 待办")
		c.Must(c.update(func(tx *db.Tx) (err error) {
			_, err = letter.Return(tx, c.People["heahead"], l.ID, 0, "请写明报送时间")
			return err
		}))
		c.Must(c.check("colleague", l.ID))
		c.Must(c.signs("heahead", l.ID, letter.Countersign))
		c.Must(c.signs("head", l.ID, letter.Sign))
		c.Must(c.issue("office", l.ID))
		first := "拟稿 某office 修改文稿 某office 核稿 某colleague 退回修改 某heahead 核稿 某colleague 会签 某heahead " +
			"签发 某head 发出 某office"
		c.told(l.ID, 1, first)
		s := newSite(c)
		at := l.URL() + "/cover"
		s.Run(t,
			webtest.Scenario{As: "office", Path: l.URL(), Contains: []string{at + "?edition=1"}},
			webtest.Scenario{As: "office", Path: at, Contains: []string{"发文稿纸", "示妇儿工委办通知〔2024〕1号",
				"加急", "请写明报送时间", "3个单位中0个已签收"}},
			webtest.Scenario{As: "office", Path: at, JSON: true, Contains: []string{`"verb":"letter.return"`,
				`{"label":"紧急程度","text":"加急"}`}},
			webtest.Scenario{As: "heahead", Path: at, Contains: []string{"某colleague"}},
			webtest.Scenario{As: "edu", Path: l.URL(), NotContains: []string{"/cover"}},
			webtest.Scenario{As: "edu", Path: at, Status: 404},
			webtest.Scenario{As: "edu", Path: at + "/document", Status: 404},
			webtest.Scenario{As: "office", Path: at + "?edition=7", Status: 404},
			webtest.Scenario{As: "office", Path: at + "/document", Contains: []string{"PK"}})
		// a correction is an edition of its own, with hands of its own; given up, it is none
		begin := func() {
			c.Must(c.update(func(tx *db.Tx) error {
				_, err := letter.Replace(tx, c.People["office"], l.ID, 0, "日期写错了")
				return err
			}))
		}
		begin()
		c.told(l.ID, 2, "开始更正 某office")
		c.Must(c.update(func(tx *db.Tx) error {
			_, err := letter.Drop(tx, c.People["office"], l.ID, 0, "不必更正了")
			return err
		}))
		begin()
		c.Must(c.check("colleague", l.ID))
		c.told(l.ID, 2, "开始更正 某office 核稿 某colleague 会签 待办 签发 待办")
		c.told(l.ID, 1, first)
		c.Look(func(tx *db.Tx) error {
			note, err := letter.CoverOf(tx, c.People["office"], l.ID, 1, c.Issuer)
			c.Must(err)
			_, d := note.Paper()
			rows := d.Blocks[0].(document.Table).Rows
			if d.Title != "发文稿纸" || rows[1][1].Text != "示妇儿工委办通知〔2024〕1号" {
				t.Errorf("it is printed as %+v", d)
			}
			hands := d.Blocks[1].(document.Table).Rows
			if got := hands[3][4].Text; got != "请写明报送时间" {
				t.Errorf("sent back for %q", got)
			}
			_, err = letter.CoverOf(tx, c.People["edu"], l.ID, 1, c.Issuer)
			c.refused(err, errs.Missing, "只给办理这件发文的单位")
			return nil
		})
	})
}

// told holds a note's steps against what they should be: what, and who or that it is waited for.
func (c *city) told(id string, edition int64, want string) {
	c.T.Helper()
	c.Look(func(tx *db.Tx) error {
		note, err := letter.CoverOf(tx, c.People["office"], id, edition, c.Issuer)
		c.Must(err)
		_, d := note.Paper()
		var got []string
		for _, row := range d.Blocks[1].(document.Table).Rows {
			who := row[2].Text
			if who == "" {
				who = row[3].Text
			}
			got = append(got, row[0].Text, who)
		}
		if said := strings.Join(got, " "); said != want {
			c.T.Errorf("edition %d is told as\n%s\nwant\n%s", edition, said, want)
		}
		return nil
	})
}
