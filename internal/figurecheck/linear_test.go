package figurecheck

// Time is linear in the length of a text, whatever it says. What is found in it: find_test.go.

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Each of these was or could be quadratic, most of them by being repeated, some by what stands before or after.
// How long these take says BenchmarkLongInputs; go test's own time limit stops what is not linear.
var longInputs = []string{"1", "1 ", "1、", "1-", "1:", "1.", "111,", "1亿", "1和", "(1", "\n1", "-1", "百", "一二",
	"点一", " ", "“", "《", "\"", "比高于提高", "提高1个百分点", "a@",
	"婚检率为16.5%、", "2018年东河区婚检率为16.5%，比上年提高3.74个百分点。", "婚检率", "婚检率\t16.5\t", "长山县3个",
	"分别为1%、", "儿童之家", "1.5个、", "二、下一步打算\n", "相比2010年，提高3%，", "2017年2018年3个", "| 1,407 ",
	"\t", "指标\t2017年\t", "全市婚检率、全县3%", "婚检率\t12\t16.5\n", inOneCell,
	"1个、", "1%、", "占1%、", "2个，已办1个，占50%；余1个，占50%、", "女1个、",
	"甲区1%、", "婚检率3个、",
	"有车1户，占有车户1%，", "书1册，平均每校书1册、", "甲1人、合计2人、", "分别占1%、2%、", "检查率1%，",
	"应收2元，实收1元，收缴率1%，",
	"2016—2018年提高1个、", "一、总结\n（一）情况\n1.婚检率\n", "长山县、",
	"其中1人,", "“1个", "：1个", "由1%、", "长山县\n婚检率为16.5%\n", "单位：%\n", "年份 婚检率\n2018 16.5\n",
	"提高到1%、", "2018年、", "均为1%、", "较上年的1%、", "1个和婚检率、", "比1%、", "(", "全县、1%", "分别为1%，"}

// inOneCell is prose that a table's row ends: all of the line is one cell.
const inOneCell = "2018年，全市有幼儿园120所，比上年增加3所，其中普惠性占85.5%。"

// long is a text of so many bytes; most of it is the unit again and again.
func long(unit string, bytes int) string {
	text := strings.Repeat(unit, bytes/len(unit))
	if strings.HasSuffix(unit, "\t") { // a head, and a row as long
		text = "指标\t年\t" + text[:len(text)/2] + "\n" + text[:len(text)/2]
	}
	return text + "| a | 个 | 1,407 |"
}

func TestLongInputs(t *testing.T) {
	t.Parallel()
	v := town()
	for _, unit := range longInputs {
		text := long(unit, 1<<17)
		if wrong := sound(text, v.read(text, About{}).Figures); wrong != "" {
			t.Errorf("128 KB of %q: %s", unit, wrong)
		}
	}
}

// Twice the text takes twice as many looks at its characters and names, whatever the text; a quadratic rule takes four
// times as many.
func TestTwiceTheTextIsTwiceTheWork(t *testing.T) {
	t.Parallel()
	v := town()
	steps := func(text string) float64 {
		page := newPage(text)
		if _, err := v.readPage(context.Background(), page, About{}); err != nil {
			t.Fatal(err)
		}
		return float64(page.steps)
	}
	for _, unit := range longInputs {
		if once, twice := steps(long(unit, 1<<14)), steps(long(unit, 1<<15)); twice > 2.4*once {
			t.Errorf("%q again and again: 16 KB take %.0f steps, 32 KB %.0f", unit, once, twice)
		}
	}
}

// What the figures of one paragraph ask of the same words is worked out once for all of them.
func TestWordsOfAParagraphAreLookedAtOnce(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for n := range 2000 {
		fmt.Fprintf(&b, "其中甲%d项%d个、乙项占%d.5%%，", n, n%997, n%100)
	}
	page := newPage(b.String())
	if _, err := town().readPage(context.Background(), page, About{}); err != nil {
		t.Fatal(err)
	}
	if each := float64(page.worded) / float64(len(page.folded)); each > 2 {
		t.Errorf("a word is worked out %.1f times a character, want 2 at most", each)
	}
}

// processorTime is what this process has used, collector and all: a shared machine does not change it much.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkLongInputs says how long the worst megabyte takes, what five of it take, and the longest text that the
// program accepts, of the prose that once took 88 seconds for 0.8 MB.
func BenchmarkLongInputs(b *testing.B) {
	v := town()
	took := func(text string) time.Duration {
		runtime.GC()
		start := processorTime()
		v.read(text, About{})
		return processorTime() - start
	}
	say := func(what string, got, target float64, unit string) {
		missed := ""
		if got > target {
			missed = "   MISSED"
		}
		b.Logf("%-60s %8.2f %-4s target ≤ %g%s", what, got, unit, target, missed)
	}
	for b.Loop() {
		var worst time.Duration
		name := ""
		for _, unit := range longInputs {
			if took := took(long(unit, 1<<20)); took > worst {
				worst, name = took, unit
			}
		}
		say(fmt.Sprintf("1 MB of %q, the slowest of %d, processor time", name, len(longInputs)), worst.Seconds(), 5, "s")
		least := min(took(long(name, 1<<20)), took(long(name, 1<<20)), took(long(name, 1<<20)))
		say("5 MB of it ÷ 1 MB", took(long(name, 5<<20)).Seconds()/least.Seconds(), 7.5, "×")
		least = min(took(long(inOneCell, 1<<20)), took(long(inOneCell, 1<<20)))
		whole := took(long(inOneCell, 5<<20))
		say("5 MB of prose that a table's row ends, processor time", whole.Seconds(), 5, "s")
		say("5 MB of it ÷ 1 MB", whole.Seconds()/least.Seconds(), 7.5, "×")
	}
}
