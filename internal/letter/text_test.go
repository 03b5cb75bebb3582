package letter_test

// What the lines of a letter's body are: headings, paragraphs, tables, and what stands above a table.

import (
	"fmt"
	"testing"

	"yipanqi/internal/letter"
)

func TestBlocksOfABody(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		"一、概况\n正文。":                              "[{1 一、概况 []  } {0 正文。 []  }]",
		"表：汇总\n| 甲 | 乙 |\n|1|2|\n| 3 |\n\n| 丙 |": "[{0  [[甲 乙] [1 2] [3 ]]  表：汇总} {0  [[丙]]  }]",
		"| 甲 | 乙 |\n| 1 | 2 | 3 |":               "[{0  [[甲 乙] [1 2 3]]  }]", // nothing is lost
		"图：各区\n{{table A year=2022}}":            "[{0 {{table A year=2022}} [] 图：各区 }]",
		"图：各区\n| 甲 | 乙 |\n正文。":                   "[{0  [[甲 乙]] 图：各区 } {0 正文。 []  }]",
		"图：见附件\n正文。\n表：无":                        "[{0 图：见附件 []  } {0 正文。 []  } {0 表：无 []  }]",
		"|":                                      "[{0 | []  }]",
	} {
		if got := fmt.Sprint(letter.Blocks(body)); got != want {
			t.Errorf("%q is\n%s\nwant\n%s", body, got, want)
		}
	}
}
