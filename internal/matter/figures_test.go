package matter_test

// What a report quotes is what it was on the day of the report, whatever is published later; what leads to nothing is
// refused.

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/journal"
	"yipanqi/internal/matter"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
	"yipanqi/internal/sign"
)

func TestAReportQuotesFiguresAsTheyWere(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		key, err := sign.Generate()
		c.Must(err)
		publish := func(value string) {
			c.Must(c.Update(context.Background(), func(x *db.Tx) error {
				i, _, err := indicator.Put(x, indicator.Indicator{Code: "HOMES", Name: "儿童之家覆盖率", Unit: "%",
					Direction: 1, Decimals: 1})
				c.Must(err)
				root, err := network.Root(x)
				c.Must(err)
				p, err := period.FromInt(202300)
				c.Must(err)
				_, err = indicator.PutPublished(x, indicator.Published{IndicatorID: i.ID, AreaID: root.ID, Period: p,
					Sex: quantity.SexTotal, Value: value, SourceTitle: "年鉴（模拟）"})
				return err
			}))
		}
		publish("61.5")
		m := c.started("2024-03-20", "")
		c.file("edu", m.Items[0].Object(), "photo.png")
		report := func(text string) func(*tx, user) (result, error) {
			return func(x *tx, by user) (result, error) {
				return matter.Report(x, by, id(m), matter.DoneReport{Result: text, Issuer: key.Public})
			}
		}
		for text, says := range map[string]string{"覆盖率{{figure HOMES}}": "写明年份",
			"覆盖率{{figure HOMES year=2023": "写完整", "覆盖率{{figure NONE year=2023}}": "没有数可取",
			"覆盖率{{figure HOMES year=2019}}": "没有数可取"} {
			refused(c, "edu-head", errs.Invalid, says, report(text))
		}
		may(c, "edu-head", report("一、覆盖率为{{figure HOMES year=2023}}。\n二、已开放。"))
		publish("70.0")
		c.Must(c.View(context.Background(), func(x *db.Tx) error {
			entries, err := journal.Of(x, m.Items[0].Object())
			c.Must(err)
			said := entries[len(entries)-1].Detail
			quoted := said["references"]
			if said["result"] != "一、覆盖率为61.5%。\n二、已开放。" || !strings.Contains(quoted, `"digest":"`) ||
				!strings.Contains(quoted, `"text":"61.5%"`) {
				t.Errorf("the entry says %v", said)
			}
			d, err := matter.PaperOf(x, c.People["office"], m.Items[0].ID, matter.PaperDone)
			c.Must(err)
			if paper := fmt.Sprint(d.Blocks); !strings.Contains(paper, "61.5%") ||
				!strings.Contains(paper, "1项数据，") {
				t.Errorf("the paper says %s", paper)
			}
			return nil
		}))
		c.verifies()
	})
}
