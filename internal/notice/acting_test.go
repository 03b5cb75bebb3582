package notice_test

// Who else is told: who acts for a signer, of what waits for that signature; the office, of its check.

import (
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/notice"
)

// What an acting post may, as the module of reports grants it.
var _ = auth.Grant(auth.Grants{auth.ActingStatistician: {"submission.prepare"}})

// Who acts for somebody is told what waits for the signature from the morning on on which they do, and only of steps
// that can be lent; the act ends it for both.
func TestWhoActsIsTold(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		object := o.due(1, "CLINIC", "2026-03-17")
		o.due(2, "SCHOOL", "2026-03-17")
		o.passes("2026-03-01", "2026-03-10")
		o.hire("周代 CLINIC acting_statistician", "2026-03-11")
		o.passes("2026-03-11", "2026-03-13")
		same(t, "told", o.told(object), "03-03 statistician -10wd", "03-11 acting_statistician -10wd",
			"03-13 statistician -3d", "03-13 acting_statistician -3d")
		if n := o.unread("周代", "CLINIC", auth.Liaison, auth.ActingStatistician); n != 1 {
			t.Errorf("who acts has %d unread, want the one of the own unit", n)
		}
		done := o.things[object]
		done.Step, done.DueOn = "submission.accept", "2026-03-20"
		o.things[object] = done
		if n := o.unread("周代", "CLINIC", auth.Liaison, auth.ActingStatistician); n != 0 {
			t.Errorf("%d unread after the act", n)
		}
		o.passes("2026-03-19", "2026-03-20")
		for _, line := range o.told(object) {
			if strings.Contains(line, "acting") && !strings.HasPrefix(line, "03-1") {
				t.Errorf("who acts is told of what cannot be lent: %s", line)
			}
		}
	})
}

// What a unit has sent reminds the office above it of its check, and nobody in the unit; the act ends it.
func TestTheOfficeIsRemindedOfItsCheck(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		object := o.due(1, "CLINIC", "2026-03-17")
		sent := o.things[object]
		sent.Step = "submission.accept"
		o.things[object] = sent
		o.passes("2026-03-01", "2026-03-18")
		same(t, "told", o.told(object), "03-16 office -1wd", "03-17 office 0d", "03-18 office +1wd")
		for _, m := range o.mails {
			own := m.Person == o.person["王五"] && strings.Contains(m.Body, "请审核")
			if m.Channel == notice.MailChannel && !own {
				t.Errorf("mail: %+v", m)
			}
		}
		sent.Step, sent.DueOn = "", ""
		o.things[object] = sent
		if n := o.unread("王五", "WCCO", "office"); n != 0 {
			t.Errorf("%d unread after the check", n)
		}
	})
}
