package errs_test

import (
	"errors"
	"fmt"
	"testing"

	"yipanqi/internal/errs"
)

func TestSayAndSaid(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		msg  string
		args []any
		want string
	}{
		{"此项必填。", nil, "此项必填。"},
		{"最多%d位小数", []any{2}, "最多2位小数"},
		{"没有%s，共%d处", []any{"12", 3}, "没有12，共3处"},
		{"坏字符：%s", []any{"a\x1fb"}, "坏字符：a b"},
		{"空：%s。", []any{""}, "空：。"},
	} {
		msg, args := errs.Said(errs.Say(c.msg, c.args...))
		if got := fmt.Sprintf(msg, args...); msg != c.msg || got != c.want {
			t.Errorf("%q with %v comes back as %q, want %q", c.msg, c.args, got, c.want)
		}
	}
}

func TestKindIsFoundThroughWrapping(t *testing.T) {
	t.Parallel()
	err := fmt.Errorf("while saving: %w", errs.Fields{"name": errs.Say("最多%d个字", 5)}.Check("不行。"))
	if errs.KindOf(err) != errs.Invalid || errs.FieldsOf(err)["name"] == "" {
		t.Errorf("kind %d, fields %v", errs.KindOf(err), errs.FieldsOf(err))
	}
	if got := errors.Unwrap(err).Error(); got != "不行。; name: 最多5个字" {
		t.Errorf("said as %q", got)
	}
	if errs.KindOf(errors.New("driver")) != errs.Internal || errs.FieldsOf(nil) != nil {
		t.Error("an error that is not ours is not internal")
	}
}
