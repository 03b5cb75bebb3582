package cli

// `yipanqi jobs`: what happens by itself, as it stands, or done now.

import (
	"fmt"
	"time"

	"yipanqi/internal/app"
	"yipanqi/internal/db"
	"yipanqi/internal/job"
)

type jobsCommand struct {
	List jobsListCommand `cmd:"" help:"What runs when, last and next, and what failed."`
	Run  jobsRunCommand  `cmd:"" help:"Do what is due now, as serve does by itself."`
}

type jobsListCommand struct {
	JSON bool `help:"Print as JSON."`
}

func (j jobsListCommand) Run(c *console) error {
	a, err := c.openHeld()
	if err != nil {
		return err
	}
	defer a.Close()
	o, err := a.Jobs(c)
	if err != nil {
		return err
	}
	return c.overview(o, j.JSON)
}

type jobsRunCommand struct {
	Name    []string `arg:"" optional:"" help:"Jobs that are to be due now (default: only what is)."`
	BaseURL string   `name:"base-url" env:"YIPANQI_BASE_URL" placeholder:"URL" help:"Where users reach the server, for addresses in mails."`
	JSON    bool     `help:"Print how all stands afterwards as JSON."`
}

func (j jobsRunCommand) Run(c *console) error {
	base, err := baseURL(j.BaseURL)
	if err != nil {
		return err
	}
	if err := c.held(); err != nil {
		return err
	}
	a, err := c.open(app.Config{BaseURL: base})
	if err != nil {
		return err
	}
	defer a.Close()
	if err := a.BringJobs(c, j.Name...); err != nil {
		return err
	}
	o, err := a.RunJobs(c)
	if err != nil {
		return err
	}
	if err := c.overview(o, j.JSON); err != nil {
		return err
	}
	for _, s := range o.Jobs {
		if s.Failures > 0 {
			return errSaid
		}
	}
	return nil
}

func (c *console) overview(o job.Overview, asJSON bool) error {
	if asJSON {
		return c.json(o)
	}
	for _, s := range o.Jobs {
		fmt.Fprintf(c.out, "%-24s %s\n", s.Name, s.Label)
		if s.LastAt != nil {
			fmt.Fprintf(c.out, "  上次 last   %s", moment(*s.LastAt))
			if s.LastFor != "" {
				fmt.Fprintf(c.out, "  for %s", s.LastFor)
			}
			if s.Missed > 0 {
				fmt.Fprintf(c.out, "  missed before it: %d", s.Missed)
			}
			fmt.Fprintln(c.out)
		}
		if s.NextAt != nil {
			fmt.Fprintf(c.out, "  下次 next   %s\n", moment(*s.NextAt))
		}
		if s.Failures > 0 {
			fmt.Fprintf(c.out, "  失败 failed %d: %s\n", s.Failures, s.Error)
		}
	}
	for _, aside := range o.Asides {
		fmt.Fprintf(c.out, "搁置 set aside: %s #%d %s %s: %s\n", aside.Job, aside.Seq, aside.Verb, aside.Object,
			aside.Error)
	}
	_, err := fmt.Fprintf(c.out, "寄出 deliveries: %d waiting, %d sent, %d failed\n", o.Delivery.Waiting, o.Delivery.Sent,
		len(o.Delivery.Failed))
	return err
}

// moment is an instant as the office's clock has it.
func moment(at time.Time) string { return at.In(db.China).Format("2006-01-02 15:04") }
