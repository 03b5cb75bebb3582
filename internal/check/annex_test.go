package check

// The annex of evidence that our own papers carry is not text to be checked; any other annex is.

import (
	"strings"
	"testing"
)

func TestAnnexOfEvidenceIsNoText(t *testing.T) {
	t.Parallel()
	row := "1\t16.5%\t" + strings.Repeat("0123456789abcdef", 4) + "\n"
	for _, c := range []struct{ text, want string }{
		{"婚检率为16.5%。\n附件\n数据出处\n" + row, "婚检率为16.5%。\n"},
		{"婚检率为16.5%。\n附件\n各区婚检率\n东山区\t15%\n", "婚检率为16.5%。\n附件\n各区婚检率\n东山区\t15%\n"},
		{"正文\n附件1\n各区\n东山区\t15%\n附件2\n数据出处\n" + row, "正文\n附件1\n各区\n东山区\t15%\n"},
		{"附件：数据出处\n婚检率为16.5%。\n" + row, "附件：数据出处\n婚检率为16.5%。\n" + row},
		{"没有附件", "没有附件"},
	} {
		if got := body(c.text); got != c.want {
			t.Errorf("of %q the text is %q", c.text, got)
		}
	}
}
