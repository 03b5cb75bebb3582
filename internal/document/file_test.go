package document

// Names of files and days as they stand in Chinese papers.

import "testing"

func TestFileName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		" 示范督〔2024〕1号-1 督办通知单 ": "示范督〔2024〕1号-1 督办通知单.docx",
		"关于A/B：C?的通知\n附件":       "关于A_B：C_的通知_附件.docx",
		`..\..\a`:               ".._.._a.docx",
	} {
		if got := FileName(name); got != want {
			t.Errorf("%q is called %q, want %q", name, got, want)
		}
	}
}

func TestDay(t *testing.T) {
	t.Parallel()
	for day, want := range map[string]string{"2024-03-05": "2024年3月5日", "": "", "三月": "三月"} {
		if got := Day(day); got != want {
			t.Errorf("%q is written %q, want %q", day, got, want)
		}
	}
}
