package submission_test

// Whoever writes into the database behind the program's back is found, and what they touched is named.

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/journal"
	"yipanqi/internal/sign"
	"yipanqi/internal/submission"
)

func (c *city) audit() []string {
	c.t.Helper()
	findings := view(c, func(tx *db.Tx) ([]journal.Finding, error) { return submission.Verify(tx, c.issuer) })
	var words []string
	for _, f := range findings {
		words = append(words, f.Object+" "+f.Words("zh"))
	}
	return words
}

func TestPlantedEditsAreFoundAndNamed(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		a, b, e := c.open(0, "2018"), c.open(1, "2018"), c.open(0, "2019")
		c.through(0, a.ID, cells("100", "120", "10", "20"))
		c.must(c.do(c.first[0], a.ID, amend))
		c.must(c.save(c.first[0], a.ID, cells("101", "120", "10", "20")))
		c.must(c.prepare(c.first[0], a.ID))
		c.must(c.do(c.second[0], a.ID, giveBack))
		c.through(1, b.ID, cells("7", "8", "5", "6"))
		c.must(c.save(c.first[0], e.ID, cells("1", "1", "1", "1")))
		c.must(c.prepare(c.first[0], e.ID))
		var unsigned submission.Submission
		c.must(c.update(func(tx *db.Tx) error {
			s, _, err := submission.Import(tx, journal.System, c.owed(1, "2016"),
				submission.Filled{Cells: cells("1", "2", "1", ""), Source: "年鉴"})
			unsigned = s
			return err
		}))
		if found := c.audit(); len(found) != 0 {
			t.Fatalf("an honest database has findings: %s", strings.Join(found, "\n"))
		}
		versionOf := func(s submission.Submission) int64 { return c.get(s.ID).AcceptedID }
		for _, edit := range []struct {
			what string
			edit func(tx *db.Tx) error
			id   string
			says string
		}{
			{"a fact's value", exec(`UPDATE facts SET value = value + 1
				WHERE version_id = $1 AND element_id = 1 AND sex = 1`, versionOf(b)), b.ID, "值是8"},
			{"a fact's mark", exec(`UPDATE facts SET mark = 12 WHERE version_id = $1 AND element_id = 1 AND sex = 1`,
				versionOf(b)), b.ID, "事实数据"},
			{"a fact made signed", exec(`UPDATE facts SET grade = 0 WHERE grade <> 0`), "", "事实数据"},
			{"a fact removed", exec(`DELETE FROM facts WHERE version_id = $1 AND element_id = 2 AND sex = 2`,
				versionOf(b)), b.ID, "缺少"},
			{"a fact added", exec(`INSERT INTO facts
				SELECT area_id, 201700, element_id, sex, category, calibre, value, mark, grade, version_id FROM facts
				WHERE version_id = $1`, versionOf(b)), "", "来历不明"},
			{"a fact under another version", exec(
				`UPDATE facts SET version_id = 999 WHERE version_id = $1 AND element_id = 1 AND sex = 1`,
				versionOf(b)), b.ID, "缺少"},
			{"one digit of a text", exec(`UPDATE versions SET text = replace(text, '"value":"7"', '"value":"9"')
				WHERE id = $1`, versionOf(b)), b.ID, "摘要"},
			{"a text in other words", exec(`UPDATE versions SET text = text || ' ' WHERE id = $1`,
				versionOf(b)), b.ID, "规范"},
			{"an unsigned text with its digest, draft and facts", func(tx *db.Tx) error {
				old := versionOf(unsigned)
				v, err := submission.VersionByID(tx, old)
				c.must(err)
				text := strings.Replace(v.Text, `"value":"2"`, `"value":"5"`, 1)
				c.must(exec(`UPDATE submissions SET draft = replace(draft, '"2"', '"5"') WHERE id = $1`,
					unsigned.ID)(tx))
				c.must(exec(`UPDATE facts SET value = 5 WHERE version_id = $1 AND value = 2`, old)(tx))
				return exec(`UPDATE versions SET text = $1, digest = $2 WHERE id = $3`, text,
					sign.Digest([]byte(text)), old)(tx)
			}, unsigned.ID, "摘要与存证日志不符"},
			{"a digest", exec(`UPDATE versions SET digest = replace(digest, substr(digest, 1, 2), 'zz') WHERE id = $1`,
				versionOf(b)), b.ID, "摘要"},
			{"a signature", exec(`UPDATE signatures
				SET signature = (SELECT signature FROM signatures WHERE role = 'first' AND version_id = $1)
				WHERE role = 'second' AND version_id = $1`, versionOf(b)), b.ID, "SM2签名"},
			{"a signer's name", exec(`UPDATE signatures SET person = '冒名' WHERE role = 'second' AND version_id = $1`,
				versionOf(b)), b.ID, "证书"},
			{"a signer's post", exec(`UPDATE signatures SET post = '局长' WHERE role = 'second' AND version_id = $1`,
				versionOf(b)), b.ID, "岗位"},
			{"a certificate", exec(`UPDATE signing_keys SET certificate = replace(certificate, $1, '冒名')`,
				c.second[1].Name), b.ID, "证书"},
			{"a signature removed", exec(`DELETE FROM signatures WHERE role = 'second' AND version_id = $1`,
				versionOf(b)), b.ID, "缺少存证日志"},
			{"a state", exec(`UPDATE submissions SET state = 'signed' WHERE id = $1`, e.ID), e.ID, "状态"},
			{"a live version", exec(`UPDATE submissions SET accepted_id = NULL WHERE id = $1`, b.ID), b.ID, "生效版本"},
			{"a draft that was frozen", exec(
				`UPDATE submissions SET draft = replace(draft, '"7"', '"9"') WHERE id = $1`, b.ID), b.ID, "填报内容"},
			{"a draft under one signature", exec(
				`UPDATE submissions SET draft = replace(draft, '"1"', '"9"') WHERE id = $1`, e.ID), e.ID, "填报内容"},
			{"a report moved to another year", exec(`UPDATE submissions SET period = 201500 WHERE id = $1`, b.ID),
				b.ID, "这份报表的这一版"},
			{"a signature dated back", exec(`UPDATE journal SET at = '2001-01-01 00:00:00+00:00'
				WHERE object = $1 AND verb = 'submission.sign'`, b.Object()), b.ID, "签字时间倒退"},
			{"a journal entry removed", exec(`DELETE FROM journal WHERE object = $1 AND verb = 'submission.accept'`,
				b.Object()), b.ID, "存证日志"},
			{"a journal entry made up", exec(
				`INSERT INTO journal (at, actor_id, actor, verb, object, object_seq, detail)
					SELECT at, actor_id, actor, verb, object, 99, detail FROM journal
					WHERE object = $1 AND object_seq = 1`, b.Object()), b.ID, "存证日志"},
		} {
			undone := fmt.Errorf("undo")
			err := c.Update(context.Background(), func(tx *db.Tx) error {
				c.must(edit.edit(tx))
				findings, err := submission.Verify(tx, c.issuer)
				c.must(err)
				for _, f := range findings {
					words := f.Object + " " + f.Words("zh")
					if strings.Contains(words, edit.id) && strings.Contains(words, edit.says) {
						return undone
					}
				}
				t.Errorf("%s was edited: %v", edit.what, findings)
				return undone
			})
			if err != undone {
				t.Fatal(err)
			}
		}
	})
}

func exec(query string, args ...any) func(*db.Tx) error {
	return func(tx *db.Tx) error {
		n, err := tx.ExecN(query, args...)
		if err == nil && n == 0 {
			err = fmt.Errorf("nothing to edit: %s", query)
		}
		return err
	}
}
