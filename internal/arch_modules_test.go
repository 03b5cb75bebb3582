package internal

// What serves all modules names none of them: what it shows of one, that one's manifest says. What it may know is the
// way of a number, on which all stand: people, plans, forms, indicators and reports.

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// lastOfNumbers is the last rank on the way of a number; modules above it are the committee's work.
const lastOfNumbers = "submission"

// named are the files that name a module of work all the same, and why nothing in a manifest could say it.
var named = map[string]struct {
	modules []string
	why     string
}{
	"home/burden.go": {[]string{"record"}, "what a closing fills in is taken off the burden of a form: one count of two"},
	"home/screen.go": {[]string{"issue", "matter", "meeting", "request", "supervision"},
		"the wall is laid out by hand, as the board is: what stands beside what, and how large, is all there is to it"},
	"home/screen_members.go": {[]string{"meeting"}, "the same wall"},
	"home/web_plan.go": {[]string{"matter", "record"},
		"the page of a plan shows indicators, records and open work of a goal in one line: cards would part them"},
	"home/plan_templ.go": {[]string{"record"}, "the same page"},
	"cli/check.go":       {[]string{"check"}, "the command is the module's"},
	"cli/form.go":        {[]string{"edition"}, "the command is the module's"},
	"cli/matters.go":     {[]string{"matter"}, "the command is the module's"},
	"cli/register.go":    {[]string{"record"}, "the command is the module's"},
	"cli/report.go":      {[]string{"report"}, "the command is the module's"},
	"cli/round.go":       {[]string{"evaluation"}, "the command is the module's"},
}

func TestWhatServesAllNamesNoModule(t *testing.T) {
	t.Parallel()
	work := modulesOfWork(t)
	found := map[string][]string{}
	for _, s := range sources(t) {
		if s.test || !slices.Contains([]string{"intake", "home", "report", "sample", "cli"}, s.pkg) {
			continue
		}
		for _, path := range imports(s) {
			if pkg := strings.TrimPrefix(path, prefix); work[pkg] {
				found[s.path] = append(found[s.path], pkg)
			}
		}
	}
	for path, all := range found {
		slices.Sort(all)
		if !slices.Equal(all, named[path].modules) {
			t.Errorf("%s names %v: let their manifests say it, or say here why they cannot", path, all)
		}
	}
	for path, one := range named {
		if len(found[path]) == 0 {
			t.Errorf("%s names no module any more; take it out of this list (%s)", path, one.why)
		}
	}
}

// modulesOfWork are the packages with a manifest above the way of a number.
func modulesOfWork(t *testing.T) map[string]bool {
	t.Helper()
	from := slices.IndexFunc(ranks, func(equals []string) bool { return slices.Contains(equals, lastOfNumbers) })
	work := map[string]bool{}
	for _, equals := range ranks[from+1:] {
		for _, pkg := range equals {
			if _, err := os.Stat(filepath.Join(pkg, "module.go")); err == nil {
				work[pkg] = true
			}
		}
	}
	if len(work) < 15 {
		t.Fatalf("only %d modules of work were found", len(work))
	}
	return work
}
