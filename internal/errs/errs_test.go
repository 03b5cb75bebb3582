package errs_test

// The kind and the fields of an error are found however it was wrapped; what is not ours is internal.

import (
	"errors"
	"fmt"
	"testing"

	"yipanqi/internal/errs"
	"yipanqi/internal/say"
)

func TestKindIsFoundThroughWrapping(t *testing.T) {
	t.Parallel()
	err := fmt.Errorf("while saving: %w", errs.Fields{"name": say.New("最多%d个字", 5)}.Check("不行。"))
	if errs.KindOf(err) != errs.Invalid || errs.FieldsOf(err)["name"].IsZero() {
		t.Errorf("kind %d, fields %v", errs.KindOf(err), errs.FieldsOf(err))
	}
	if got := errors.Unwrap(err).Error(); got != "不行。; name: 最多5个字" {
		t.Errorf("said as %q", got)
	}
	if errs.KindOf(errors.New("driver")) != errs.Internal || errs.FieldsOf(nil) != nil {
		t.Error("an error that is not ours is not internal")
	}
}
