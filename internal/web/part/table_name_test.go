package part

// Whoever does not see a page tells its tables apart by their names, also two of one card.

import (
	"context"
	"testing"
)

func TestTablesOfOneCardHaveNamesOfTheirOwn(t *testing.T) {
	t.Parallel()
	ctx := With(context.Background(), Env{Lang: "zh"})
	card := within(ctx, "正文")
	for _, want := range []string{"正文（表格）", "正文（表格2）", "正文（表格3）"} {
		if got := tableName(card); got != want {
			t.Errorf("a table is called %s, want %s", got, want)
		}
	}
	if got := tableName(within(ctx, "正文")); got != "正文（表格）" {
		t.Errorf("the first table of another card is called %s", got)
	}
	if got := tableName(ctx); got != "表格" {
		t.Errorf("a table without a card is called %s", got)
	}
}
