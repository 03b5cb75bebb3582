package job

// The system administrator's page: what happens by itself, when, what failed, and one more try.

import (
	"context"
	"strconv"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/say"
	"yipanqi/internal/table"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// Remark is something else that the administrator should know, and where to mend it.
type Remark struct {
	Words say.Words `json:"words"`
	URL   string    `json:"url,omitempty"`
	Bad   bool      `json:"bad,omitempty"` // something is not as it should be
}

// Grants are for whom the pages of jobs are.
var Grants = auth.Grant(auth.Grants{auth.SystemAdmin: {"job.read", "job.retry"}})

// Routes adds the page. remarks are what the program around it has to say there.
func Routes(m *web.Mux, r *Runner, remarks func(*db.Tx) ([]Remark, error)) {
	web.View(m, "GET /jobs 列出定时作业", "job.read", func(q *web.Request, _ struct{}) (d pageData, err error) {
		d.run = r
		if d.Overview, err = r.Read(q.Tx); err != nil {
			return d, err
		}
		d.Remarks, err = remarks(q.Tx)
		return d, err
	}, jobsPage)
	web.Update(m, "POST /jobs/retry 重试失败的作业", "job.retry",
		func(q *web.Request, in retryInput) (web.Redirect, error) {
			return web.Redirect{To: "/jobs", Flash: part.In(q.Lang, "已安排重试，几秒钟后刷新本页看结果。")},
				r.Retry(q.Tx, q.User, in.Job, in.Entry)
		})
}

type retryInput struct {
	Job   string `json:"job" doc:"Name of a job; none: all deliveries that have not arrived."`
	Entry int64  `json:"entry" doc:"Number of a journal entry that the job set aside."`
}

type pageData struct {
	Overview
	Remarks []Remark `json:"remarks"`
	run     *Runner
}

// Table is the jobs, one a line.
func (d pageData) Table(context.Context) table.Table {
	t := table.Table{Name: "jobs", Columns: []table.Column{{Name: "作业"}, {Name: "内容", Words: true},
		{Name: "什么时候"}, {Name: "下次"}, {Name: "上次"}, {Name: "上次所办的日期"},
		{Name: "失败次数", Number: true}, {Name: "原因"}}}
	for _, s := range d.Jobs {
		t.Rows = append(t.Rows, []string{s.Name, string(s.Label), s.At + s.After, whenText(s.NextAt),
			whenText(s.LastAt), s.LastFor, strconv.Itoa(s.Failures), s.Error})
	}
	return t
}
