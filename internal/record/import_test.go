package record_test

// Tables brought in by clerks, definitions that change under records, and steps that nobody takes.

import (
	"fmt"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/record"
	"yipanqi/internal/register"
	"yipanqi/internal/table"
)

// rows are homes as a clerk's table has them, every tenth with a mistake.
func rows(n int) (all []table.Record) {
	for i := range n {
		values := map[string]string{"名称": fmt.Sprintf("第%d号儿童之家", i), "服务社区": "桐花社区、银杏社区",
			"位置·经度": "118.1", "位置·纬度": "36.2", "依托场所": "社区服务站", "启用日期": "2023/5/1",
			"室内面积": "42.50", "免费": "是", "服务功能": "游戏、教育", "标准核查·门牌和统一标识": "符合"}
		switch i % 30 {
		case 9:
			values["启用日期"] = "2023-02-31"
		case 19:
			values["服务社区"] = "无此社区"
		case 29:
			values["室内面积"] = "很大"
		}
		all = append(all, table.Record{File: "homes.csv", Line: i + 2, Values: values})
	}
	return all
}

func (c *town) bring(who string, all []table.Record, some bool) (record.Imported, error) {
	return do(c, func(tx *db.Tx) (record.Imported, error) {
		return record.ImportRows(tx, c.people[who], "child_home", all, some)
	})
}

func (c *town) count() (n int) {
	c.view(func(tx *db.Tx) (err error) {
		n, err = record.CountOf(tx, "child_home")
		return err
	})
	return n
}

func TestATableOfRecordsIsBroughtInWholeOrItsGoodRowsAsDrafts(t *testing.T) {
	eachTown(t, func(c *town) {
		before := c.count()
		_, err := c.bring("east", rows(300), false)
		c.refused(errs.Invalid, err, "a table with thirty mistakes")
		if n := len(errs.FieldsOf(err)); n != 30 {
			c.Errorf("%d mistakes are named, of 30", n)
		}
		for place, words := range map[string]string{"00011 启用日期": "日期请写成", "00021 服务社区": "没有找到区域",
			"00031 室内面积": "请填数字"} {
			if said := errs.FieldsOf(err)[place]; !strings.Contains(said.String(), words) {
				c.Errorf("at %s it says %q, want %q", place, said, words)
			}
		}
		if c.count() != before {
			c.Error("a refused table left records behind")
		}
		got, err := c.bring("east", rows(300), true)
		if err != nil || got.Made != 270 || got.Refused != 30 || len(got.Problems) != 30 || c.count() != before+270 {
			c.Errorf("of 300 rows %d are made, %d left out with %d reasons, %d are there: %v", got.Made, got.Refused,
				len(got.Problems), c.count()-before, err)
		}
		_, err = c.bring("office", rows(1), false)
		c.refused(errs.Invalid, err, "who keeps no homes imports some")
		_, err = c.bring("east", []table.Record{{Line: 2, Values: map[string]string{"名称": "甲", "电话": "1"}}},
			false)
		c.refused(errs.Invalid, err, "a table with a column that the register does not have")
		confirmed := map[string]string{"记录编号": "CHH-1", "名称": "甲"}
		_, err = c.bring("east", []table.Record{{Line: 2, Values: confirmed}}, false)
		c.refused(errs.Invalid, err, "a confirmed record is changed by a table")
	})
}

func TestANewVersionSaysWhatItDoesToRecords(t *testing.T) {
	eachTown(t, func(c *town) {
		var text string
		c.view(func(tx *db.Tx) error {
			d, err := record.ByCode(tx, "child_home")
			text = d.Text
			return err
		})
		effects := func(old, new string) (all []record.Effect) {
			c.Helper()
			if !strings.Contains(text, old) {
				c.Fatalf("%q does not stand there", old)
			}
			d, problems := register.Parse("x.yaml", []byte(strings.ReplaceAll(text, old, new)), register.Known{})
			if len(problems) > 0 {
				c.Fatal(problems)
			}
			c.view(func(tx *db.Tx) (err error) {
				all, err = record.EffectsOf(tx, d)
				return err
			})
			return all
		}
		if all := effects("英文名: Books, 类型: 数", "英文名: Books, 类型: 文字"); len(all) != 1 || !all[0].Refused ||
			all[0].Records != 4 {
			c.Errorf("a field of four records that changes its type: %+v", all)
		}
		if all := effects("staff_part", "part_time"); len(all) != 1 || all[0].Refused {
			c.Errorf("a field that goes and that nobody filled: %+v", all)
		}
		if all := effects("说明: 每个", "说明: 全市每个"); len(all) != 0 {
			c.Errorf("a note that changes does something to records: %+v", all)
		}
	})
}

func TestWhatFallsDueByItself(t *testing.T) {
	eachTown(t, func(c *town) {
		var policy record.Record
		find := func() {
			c.view(func(tx *db.Tx) (err error) {
				policy, err = record.ByNumber(tx, "policy_document", "POL-2")
				return err
			})
		}
		find()
		advance := func() {
			if _, err := do(c, func(tx *db.Tx) (string, error) { return record.Advance(tx, "") }); err != nil {
				c.Fatal(err)
			}
			find()
		}
		if advance(); policy.State != "issued" {
			c.Errorf("a document without a day in force is %s", policy.State)
		}
		if _, err := do(c, func(tx *db.Tx) (int, error) {
			return 0, tx.Exec(`UPDATE records SET body = '{"in_force_from":"2023-05-01"}' WHERE id = $1`, policy.ID)
		}); err != nil {
			c.Fatal(err)
		}
		if advance(); policy.State != "in_force" || !policy.Counts {
			c.Errorf("on the day on which it comes into force it is %s", policy.State)
		}
	})
}

func TestOneReturnForEachSiteAndMonth(t *testing.T) {
	eachTown(t, func(c *town) {
		given := map[string]string{"sorting_street": "青石街道", "creation_started_on": "2023-05-01"}
		first, err := c.create("east", "waste_sorting_area", given)
		if err != nil {
			c.Fatal(err)
		}
		second, err := c.create("east", "waste_sorting_area", given)
		if err != nil {
			c.Fatal(err)
		}
		_, err = c.take("east", first, "submit", "", nil)
		if c.refused(errs.Invalid, err, "a street that another record has is sent in"); !strings.Contains(err.Error(),
			second.Number) {
			c.Errorf("the other record is not named: %v", err)
		}
		if _, err = c.take("east", second, "discard", "", nil); err != nil {
			c.Fatal(err)
		}
		if _, err = c.take("east", first, "submit", "", nil); err != nil {
			c.Errorf("after the other was discarded: %v", err)
		}
	})
}
