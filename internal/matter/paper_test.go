package matter_test

// Each paper says what was said, on the day on which it was; none exists before its act, and who does not see the item
// gets none.

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/errs"
	"yipanqi/internal/matter"
)

// text is what a paper says, in one piece.
func text(t *testing.T, d document.Document) string {
	t.Helper()
	var b bytes.Buffer
	if err := document.Write(&b, d); err != nil {
		t.Fatal(err)
	}
	lines, err := document.Read(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}

func (c *city) paper(who, item, kind string) (string, error) {
	c.T.Helper()
	var d document.Document
	err := c.View(context.Background(), func(x *db.Tx) (err error) {
		d, err = matter.PaperOf(x, c.People[who], item, kind)
		return err
	})
	if err != nil {
		return "", err
	}
	return text(c.T, d), nil
}

func TestPapersSayWhatWasSaid(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		m := c.started("2024-03-20", "")
		item := m.Items[0].ID
		for _, kind := range []string{matter.PaperSlip, matter.PaperDone, matter.PaperClosing} {
			if _, err := c.paper("edu", item, kind); errs.KindOf(err) != errs.Missing {
				t.Errorf("before its act there is %s: %v", kind, err)
			}
		}
		if _, err := c.paper("hea", item, matter.PaperOrder); errs.KindOf(err) != errs.Missing {
			t.Errorf("somebody else reads the order: %v", err)
		}
		c.On("2024-03-25")
		may(c, "office", func(x *tx, by user) (result, error) {
			return matter.Urge(x, by, id(m), "", "请说明情况", "2024-03-28")
		})
		c.reported(m)
		c.judged(m, matter.Mostly)
		c.On("2024-04-02")
		for kind, wants := range map[string][]string{
			matter.PaperOrder: {"督办通知单", "示范市督〔2024〕1号-1", "请市教育局牵头研究。", "摸清底数",
				"2024年3月20日", "2024年3月1日"},
			matter.PaperSlip:    {"红色催办单", "请说明情况", "2024年3月28日", "2024年3月25日"},
			matter.PaperDone:    {"办结报告", "已办", "png", "edu-head", "2024年3月25日报办结"},
			matter.PaperClosing: {"复核销号单", "材料审核", "基本完成", "核对过", "台账"},
		} {
			said, err := c.paper("edu", item, kind)
			c.Must(err)
			for _, want := range wants {
				if !strings.Contains(said, want) {
					t.Errorf("%s does not say %s:\n%s", kind, want, said)
				}
			}
			if strings.Contains(said, "2024年4月2日") {
				t.Errorf("%s bears the day on which it is printed:\n%s", kind, said)
			}
		}
		c.Must(c.View(context.Background(), func(x *db.Tx) error {
			_, circular, err := matter.CircularPaper(x, c.People["office"], "WCCO")
			if said := text(t, circular); !strings.Contains(said, "在办0项") || !strings.Contains(said, "已销号1项") {
				t.Errorf("the circular says %s", said)
			}
			return err
		}))
	})
}
