package tag_test

// The files of tags come in whole, or every mistake is said by row and column and nothing of them is taken.

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/element"
	"yipanqi/internal/form"
	"yipanqi/internal/indicator"
	"yipanqi/internal/intake"
	"yipanqi/internal/network"
	"yipanqi/internal/plan"
	"yipanqi/internal/tag"
)

const (
	sets = "code,name,name_en,opens_on,closes_on,note,source_title,source_url\n" +
		"L,一组,One,2021-01-01,,,模拟文本,https://example.org/\n"
	tags  = "set,code,name,name_en,opens_on,closes_on\nL,HEALTH,健康,Health,,\n"
	marks = "set,tag,plan,goal,indicator,opens_on,closes_on,note\nL,HEALTH,P,1,,,,\nL,HEALTH,,,C,,,\n"
)

func TestTagsAreImported(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		must(t, d.Update(context.Background(), func(tx *db.Tx) error { put(t, tx); return nil }))
		// plan and indicator are there already, so no other file is needed
		known := slices.Concat(network.Files(), plan.Files(), element.Files(), form.Files(), indicator.Files(),
			tag.Files())
		load := func(sets, tags, marks string) error {
			_, err := intake.Import(context.Background(), d, known, fstest.MapFS{
				"tag_sets.csv": {Data: []byte(sets)}, "tags.csv": {Data: []byte(tags)},
				"tagged.csv": {Data: []byte(marks)}}, func(string, int, int) {})
			return err
		}
		all := [3]string{sets, tags, marks}
		for old, c := range map[string]struct {
			file      int
			now, want string
		}{
			"L,一组":         {0, "L/1,一组", "tag_sets.csv第2行“code”列"},
			"一组,One":       {0, ",One", "tag_sets.csv第2行“name”列"},
			"模拟文本":         {0, "", "tag_sets.csv第2行“source_title”列"},
			"2021-01-01,":  {0, "2021-01-01,2020-01-01", "tag_sets.csv第2行“closes_on”列：停用日期要晚于启用日期"},
			"https":        {0, "javascript", "tag_sets.csv第2行“source_url”列"},
			"L,HEALTH,健康":  {1, "M,HEALTH,健康", "tags.csv第2行“set”列"},
			"HEALTH,健康":    {1, "HEALTH,", "tags.csv第2行“name”列"},
			"L,HEALTH,P,1": {2, "L,WEALTH,P,1", "tagged.csv第2行“tag”列"},
			"P,1,,":        {2, "P,9,,", "tagged.csv第2行“goal”列"},
			"HEALTH,P,1,":  {2, "HEALTH,P,1,C", "tagged.csv第2行“goal”列：目标和指标填一个"},
			"HEALTH,P,1":   {2, "HEALTH,,1", "tagged.csv第2行“plan”列：规划和目标要一起填"},
			",,,C,":        {2, ",,,X,", "tagged.csv第3行“indicator”列"},
		} {
			files := all
			if files[c.file] = strings.Replace(files[c.file], old, c.now, 1); files == all {
				t.Fatalf("%s is not in the file", old)
			}
			if err := load(files[0], files[1], files[2]); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s for %s: %v, want %s", c.now, old, err, c.want)
			}
		}
		count := func() (n int64) {
			must(t, d.View(context.Background(), func(tx *db.Tx) (err error) {
				n, err = db.Value[int64](tx, `SELECT count(*) FROM tagged WHERE tag_set = 'L'`)
				return err
			}))
			return n
		}
		if n := count(); n != 0 {
			t.Errorf("%d marks are kept of files with mistakes", n)
		}
		must(t, load(all[0], all[1], all[2]))
		if n := count(); n != 2 {
			t.Errorf("%d marks are imported, want 2", n)
		}
	})
}
