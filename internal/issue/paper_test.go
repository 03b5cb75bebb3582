package issue_test

// The papers of an issue: their parts in order, their figures counted, and nobody's who has no part in the issue.

import (
	"context"
	"fmt"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/errs"
	"yipanqi/internal/issue"
)

// papers holds the papers of an issue at the end of its story.
func (c *city) papers(i issue.Issue) {
	c.T.Helper()
	c.Must(c.View(context.Background(), func(tx *db.Tx) error {
		for kind, want := range map[string]string{
			issue.PaperResearch: "联合调研报告 一、调研安排 二、要弄清的问题 三、现状 四、原因 五、建议 六、第二单位评议",
			issue.PaperReview:   "年度评议 一、问题 二、指标 三、举措 四、评议"} {
			d, err := issue.Paper(tx, c.People["a"], i.ID, kind, 0)
			c.Must(err)
			_, said, _ := strings.Cut(d.Title, "\n")
			figures := 0
			for _, b := range d.Blocks {
				switch b := b.(type) {
				case document.Heading:
					said += " " + b.Text
				case document.Table:
					if len(b.Columns) == 4 && b.Columns[3].Head == "依据" {
						figures += len(b.Rows)
					}
				}
			}
			note := fmt.Sprintf("本件共%d项数据，0项已双签字。", figures)
			if said != want || figures == 0 || d.Note != note {
				c.T.Errorf("the paper is %s with the note %s, want %s with %s", said, d.Note, want, note)
			}
			_, err = issue.Paper(tx, c.People["c"], i.ID, kind, 0)
			c.Refused(errs.Missing, err, "a paper of an issue that is another's")
		}
		_, err := issue.Paper(tx, c.People["a"], i.ID, issue.PaperResearch, 9)
		c.Refused(errs.Missing, err, "a paper of no research")
		return nil
	}))
}
