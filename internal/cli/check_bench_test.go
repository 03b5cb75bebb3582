package cli_test

// What `yipanqi check` takes, in processor time and memory, on the longest texts of several shapes.

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"unicode/utf8"
)

// Targets of one check: seconds of processor time and MB resident, of which 70 MB are the program itself.
const (
	checkSeconds = 5
	checkMemory  = 300
)

// longTexts are as long as the program takes, or have as many numbers.
func longTexts() map[string]string {
	const sentence = "2018年，全市有幼儿园120所，比上年增加3所，其中普惠性占85.5%。"
	long := func(size int, piece func(n int) string) string {
		var b strings.Builder
		for n, count := 0, 0; ; n++ {
			part := piece(n)
			if count += utf8.RuneCountInString(part); count > size {
				return b.String()
			}
			b.WriteString(part)
		}
	}
	number := strconv.Itoa
	return map[string]string{
		"prose on one line that a table's row ends": long(1_990_000, func(int) string { return sentence }) +
			"\n| a | 个 | 1,407 |",
		"8,000 such sentences on one line": strings.Repeat(sentence, 8000) + "| a | 个 | 1,407 |",
		"12,000 tables": long(900_000, func(n int) string {
			return "表" + number(n) + "\n区\t婚检率（%）\t\n\t2017年\t2018年\n甲区\t" + number(n%90) +
				".5\t3.1\n合计\t22.5\t3.1\n\n"
		}),
		"one paragraph of figures": long(1_350_000, func(n int) string {
			return "其中甲" + number(n) + "项" + number(n%997) + "个、乙项占" + number(n%100) + ".5%，"
		}),
		"cells, each on its line": long(1_500_000, func(n int) string {
			return "指标\n2017年\n2018年\n婚检率（%）\n" + number(n%80) + ".5\n20.3\n普通高中在校生（人）\n4113\n4220\n\n"
		}),
		"blanks inside every number": long(1_990_000, func(int) string {
			return "四 百 点 五 个 百 分 点 三 分 之 一 "
		}),
	}
}

func BenchmarkLongChecks(b *testing.B) {
	k := &installed{t: b, data: b.TempDir(), tokens: map[string]string{}}
	k.database = filepath.Join(k.data, "yipanqi.db")
	if out, err := k.program("import", "--sample", samples).CombinedOutput(); err != nil {
		b.Fatalf("import: %v\n%s", err, out)
	}
	for what, text := range longTexts() {
		file := filepath.Join(k.data, "long.txt")
		must(b, os.WriteFile(file, []byte(text), 0o600))
		c := k.program("check", file)
		must(b, c.Run())
		used := c.ProcessState.SysUsage().(*syscall.Rusage)
		seconds, memory := (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds(), used.Maxrss>>10
		word := "met"
		if seconds > checkSeconds || memory > checkMemory {
			word = "MISSED"
		}
		b.Logf("%-45s %3.1f MB  %5.2f s, %4d MB   target ≤ %d s, %d MB: %s", what, float64(len(text))/1e6, seconds, memory,
			checkSeconds, checkMemory, word)
	}
}
