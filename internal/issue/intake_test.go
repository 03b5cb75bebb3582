package issue_test

// Issues from a table: proposed once, by names as people write them, whole or not at all.

import (
	"context"
	"net/url"
	"testing"
	"testing/fstest"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/intake"
	"yipanqi/internal/issue"
	"yipanqi/internal/network"
	"yipanqi/internal/web/webtest"
)

func TestIssuesComeFromATable(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		const head = "提出的妇儿工委办,名称,指标,对应的目标,\"没有指标的，怎样看出缓解\",为什么难,难在哪里,牵头单位,配合单位," +
			"已公开的举措,来源\n"
		files := append(network.Files(), issue.Files()...)
		files[len(files)-1].After = files[len(files)-1].After[:1] // without indicators and plans
		count := func() int {
			return done(c, func(tx *db.Tx) (int, error) { return db.Value[int](tx, `SELECT count(*) FROM issues`) })
		}
		take := func(rows string) (int, error) {
			before := count()
			_, err := intake.Import(context.Background(), c.DB, files, fstest.MapFS{"issues.csv": {
				Data: []byte(head + rows)}}, func(string, int, int) {})
			return count() - before, err
		}
		const good = "CO,母婴室不够（模拟）,母婴室,,,涉及多个部门、经费不足,,a,b,,\n"
		for _, bad := range []string{"CO,另一个（模拟）,没有的指标,,,涉及多个部门,,a,b,,\n",
			"CO,另一个（模拟）,母婴室,,,天气,,a,b,,\n", "CO,另一个（模拟）,母婴室,,,涉及多个部门,,a,,,\n",
			"CO,另一个（模拟）,母婴室,,,涉及多个部门,,a、b,b,,\n",
			"CO,另一个（模拟）,母婴室,,,涉及多个部门,,a,b,2018 出台政策：印发意见,\n", // acts that no source tells
			"CO,另一个（模拟）,母婴室,,,,,,,去年印发意见,2018年工作总结\n"} {
			if n, err := take(good + bad); n != 0 || errs.KindOf(err) != errs.Invalid {
				t.Errorf("a table with the row %q brought %d issues: %v", bad, n, err)
			}
		}
		if n, err := take(good); n != 1 || err != nil {
			t.Errorf("a good table brought %d issues: %v", n, err)
		}
		if n, err := take(good); n != 0 || err != nil {
			t.Errorf("the same table brought %d issues again: %v", n, err)
		}
		// One that a source tells of: what it leaves out stays empty, nobody is asked to do anything, its acts stand.
		if n, err := take("CO,婚前医学检查（模拟）,母婴室,,,,,,,2018 其他举措：通报情况,2018年工作总结\n"); n != 1 || err != nil {
			t.Errorf("an issue that a source tells of brought %d issues: %v", n, err)
		}
		told := done(c, func(tx *db.Tx) (issue.Issue, error) {
			id, err := db.Value[string](tx, `SELECT id FROM issues WHERE source <> ''`)
			if err != nil {
				return issue.Issue{}, err
			}
			return issue.Get(tx, id)
		})
		c.site().Run(t, webtest.Scenario{As: "office", Path: told.URL(),
			Contains:    []string{"2018年工作总结", "来源没有说明", "通报情况"},
			NotContains: []string{"/research\"", "牵头单位"}}, webtest.Scenario{As: "office", Path: "/issues",
			Contains: []string{"婚前医学检查（模拟）"}}, webtest.Scenario{As: "office", Method: "POST",
			Path: told.URL() + "/carry", Form: url.Values{"version": {"1"}, "reason": {"不办"}}, Status: 409,
			Contains: []string{"按来源记载"}})
		if n, text := c.verified(); n != 0 {
			t.Errorf("what was imported does not fit the journal: %s", text)
		}
	})
}
