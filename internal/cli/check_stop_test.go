package cli_test

// `yipanqi check` as a process of its own: it stops when it is asked to, in the middle of a long text, and tells
// programs what each figure lacks. What it takes on long texts: check_bench_test.go.

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestALongCheckStopsWhenAsked(t *testing.T) {
	t.Parallel()
	k := checking(t)
	file := filepath.Join(k.data, "long.txt")
	must(t, os.WriteFile(file, []byte(longTexts()["prose on one line that a table's row ends"]), 0o600))
	for _, signal := range []os.Signal{syscall.SIGTERM, os.Interrupt} {
		for _, args := range [][]string{{"check", file}, {"check", file, "--json"}} {
			c := k.program(args...)
			var said strings.Builder
			c.Stdout, c.Stderr = &said, &said
			must(t, c.Start())
			for used(t, c.Process.Pid) < 100 { // a second of work: it is past the start, and far from the end
				time.Sleep(5 * time.Millisecond)
			}
			must(t, c.Process.Signal(signal))
			err := c.Wait()
			out := said.String()
			if err == nil || strings.Contains(out, "statistics") || strings.Contains(out, "figures") {
				t.Errorf("%v at %v: it went on to its end: %v, %.200s", args, signal, err, out)
			}
		}
	}
}

// used is the processor time of a process, in hundredths of a second; more than any wait if it has ended.
func used(t *testing.T, pid int) int {
	t.Helper()
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		t.Skip("no /proc")
	}
	fields := strings.Fields(string(raw[strings.LastIndexByte(string(raw), ')')+1:]))
	user, err := strconv.Atoi(fields[11])
	must(t, err)
	system, err := strconv.Atoi(fields[12])
	must(t, err)
	return user + system
}

// What a figure lacks is told by the same codes as on the page.
func TestCheckTellsProgramsWhatFiguresLack(t *testing.T) {
	t.Parallel()
	k := checking(t)
	file := filepath.Join(k.data, "lacking.txt")
	for text, want := range map[string]string{
		"2017年，婴儿死亡率为6.8‰。":      "area",
		"北京市婴儿死亡率为6.8‰。":         "period",
		"2017年，北京市慰问职工38人。":      "indicator",
		"1990年，北京市婴儿死亡率为6.8‰。":   "data",
		"2017年，上海市婴儿死亡率为6.8‰。":   "elsewhere",
		"2017年，北京市农村婴儿死亡率为6.8‰。": "doubt",
		"2017年，北京市婴儿死亡率为6.8‰。":   "",
	} {
		must(t, os.WriteFile(file, []byte(text), 0o600))
		out, err := k.program("check", file, "--json").Output()
		must(t, err)
		var answer struct {
			Figures []struct{ Kind, Lacks string }
		}
		must(t, json.Unmarshal(out, &answer))
		last := answer.Figures[len(answer.Figures)-1]
		if last.Lacks != want {
			t.Errorf("%s lacks %q, want %q", text, last.Lacks, want)
		}
	}
}

// checking is an installation with the city of real figures.
func checking(t *testing.T) *installed {
	t.Helper()
	k := &installed{t: t, data: t.TempDir(), tokens: map[string]string{}}
	k.database = filepath.Join(k.data, "yipanqi.db")
	if out, err := k.program("import", "--sample", samples).CombinedOutput(); err != nil {
		t.Fatalf("import: %v\n%s", err, out)
	}
	return k
}
